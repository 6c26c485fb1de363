// Who lives here: how accepted goods become documents that Exact owes us. Takes of one order line
// that went to one place become one line; batches of one number and expiry add up; serials follow
// each other. A posting holds at most LIMITS.linesPerDocument lines; more become a second posting.

import { assert, LIMITS, plus } from '../domain/index.ts';
import type { Marker, PostingId, Seq } from '../domain/index.ts';
import type { GoodsReceiptPosting, JournalEntry, LineBook, ReceiptLine } from './types.ts';
import { bookOf } from './world.ts';
import type { Take, World } from './world.ts';

/** What a decision may use of the world outside: time, order and fresh names, as values. */
export interface DecisionContext {
  /** The hub's clock. */
  readonly nowMs: number;
  /** The number of the next entry: `world.seq + 1`. */
  readonly nextSeq: Seq;
  /** A fresh id and marker at each call. */
  newPosting(): { readonly id: PostingId; readonly marker: Marker };
}

/** Takes that will share one line of the receipt. */
type Pile = readonly [Take, ...Take[]];

/** The entries that cut `takes`, all of one document, all accepted and uncut. */
export function cutEntries(
  world: World,
  takes: readonly Take[],
  context: Pick<DecisionContext, 'nowMs' | 'newPosting'>,
  firstSeq: Seq,
): readonly JournalEntry[] {
  const piles = pile(takes);
  const entries: JournalEntry[] = [];
  for (let at = 0; at < piles.length; at += LIMITS.linesPerDocument) {
    const posting = receipt(piles.slice(at, at + LIMITS.linesPerDocument), context.newPosting());
    const books = posting.lines.map(({ orderLine }) => bookOf(world, posting.document, orderLine));
    const body = { type: 'posting-cut', posting, books: booksOnce(books) } as const;
    entries.push({ seq: firstSeq + entries.length, atMs: context.nowMs, body });
  }
  return entries;
}

/** One book a line, in the words of an entry. */
export function booksOnce(books: readonly LineBook[]): readonly LineBook[] {
  const once = new Map(books.map(({ line, base, booked }) => [line, { line, base, booked }]));
  return [...once.values()];
}

function pile(takes: readonly Take[]): readonly Pile[] {
  const piles = new Map<string, Pile>();
  for (const take of takes) {
    const key = `${take.line.line}\n${take.line.location ?? ''}`;
    const known = piles.get(key);
    piles.set(key, known === undefined ? [take] : [...known, take]);
  }
  return [...piles.values()];
}

function receipt(
  piles: readonly Pile[],
  name: { readonly id: PostingId; readonly marker: Marker },
): GoodsReceiptPosting {
  const takes = piles.flat();
  const document = takes[0]?.line.document;
  assert(document !== undefined, 'a posting holds goods');
  assert(
    takes.every((take) => take.line.document === document),
    'a posting belongs to one document',
  );
  const commands = takes.map((take) => take.command);
  return { ...name, kind: 'goodsReceipt', document, commands, lines: piles.map(receiptLine) };
}

function receiptLine(goods: Pile): ReceiptLine {
  const [{ line }] = goods;
  const batches = batchesOf(goods);
  const serials = goods.flatMap((take) => take.line.serials ?? []);
  return {
    orderLine: line.line,
    item: line.item,
    quantity: goods.reduce((sum, take) => plus(sum, take.line.quantity), 0),
    ...(line.location === undefined ? {} : { location: line.location }),
    ...(batches.length === 0 ? {} : { batches }),
    ...(serials.length === 0 ? {} : { serials }),
  };
}

function batchesOf(goods: Pile): NonNullable<ReceiptLine['batches']> {
  const batches = new Map<string, { number: string; quantity: number; expiry?: string }>();
  for (const { line } of goods) {
    if (line.batch === undefined) continue;
    const key = `${line.batch}\n${line.expiry ?? ''}`;
    batches.set(key, {
      number: line.batch,
      quantity: plus(batches.get(key)?.quantity ?? 0, line.quantity),
      ...(line.expiry === undefined ? {} : { expiry: line.expiry }),
    });
  }
  return [...batches.values()];
}
