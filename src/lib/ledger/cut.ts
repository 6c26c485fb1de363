// Who lives here: how accepted goods become documents that Exact owes us: entries with a posting
// each, and what is known of the order lines that they book on.

import { assert } from '../domain/index.ts';
import type { Marker, PostingId, Seq } from '../domain/index.ts';
import { effectsOf } from './effects.ts';
import { postingsOf } from './postings.ts';
import { allotter } from './returns.ts';
import type { JournalEntry, LineBook } from './types.ts';
import { bookOf } from './world.ts';
import type { Take, World } from './world.ts';

/** What a decision may use of the world outside: time, order and fresh names, as values. */
export interface DecisionContext {
  /** The hub's clock. */
  readonly nowMs: number;
  /** The number of the next entry: `world.seq + 1`. */
  readonly nextSeq: Seq;
  /** Exact's calls are scarce: lines that may wait for others do. */
  readonly bundle: boolean;
  /** A fresh id and marker at each call. */
  newPosting(): { readonly id: PostingId; readonly marker: Marker };
}

/** The entries that cut `takes`, all of one document, all accepted and uncut. */
export function cutEntries(
  world: World,
  takes: readonly Take[],
  context: Pick<DecisionContext, 'nowMs' | 'newPosting'>,
  firstSeq: Seq,
): readonly JournalEntry[] {
  const [first] = takes;
  if (first === undefined) return [];
  const { document } = first.line;
  assert(
    takes.every((take) => take.line.document === document),
    'a posting belongs to one document',
  );
  const state = world.documents.get(document);
  const others = state?.postings ?? new Map();
  return postingsOf(takes, allotter(state)).map((make, at) => {
    const posting = make(context.newPosting());
    const books = effectsOf(posting, others).map(({ line }) => bookOf(world, document, line));
    const body = { type: 'posting-cut', posting, books: booksOnce(books) } as const;
    return { seq: firstSeq + at, atMs: context.nowMs, body };
  });
}

/** One book a line, in the words of an entry. */
export function booksOnce(books: readonly LineBook[]): readonly LineBook[] {
  const once = new Map(books.map(({ line, base, booked }) => [line, { line, base, booked }]));
  return [...once.values()];
}
