// Who lives here: a hub with its journal for the tests of undo, an auditor who adds up postings, and
// a line of every kind of work.

import { batch, command, contextOf, order, ORDER, plain, serials, T0 } from './goods.ts';
import {
  beside,
  count,
  counted,
  deliver,
  difference,
  fresh as shopFloor,
  GLUE,
  issue,
  LAMP,
  move,
  produce,
  SHOP,
  THERE,
} from './kinds.ts';
import { plus } from '../../../src/lib/domain/index.ts';
import type {
  Command,
  CommandId,
  CommandPayload,
  GoodsLine,
  Posting,
} from '../../../src/lib/domain/index.ts';
import { decide, fold, progress, settlement, withOrder } from '../../../src/lib/ledger/index.ts';
import type {
  Decision,
  JournalEntry,
  SettledOutcome,
  World,
} from '../../../src/lib/ledger/index.ts';

export const fresh = withOrder(shopFloor, order());
export const posted: SettledOutcome = { kind: 'posted', exactId: 'E-1', documentNumber: '7' };

/** A hub with its journal, on which commands follow each other. */
export class Hub {
  entries: JournalEntry[] = [];
  world: World = fresh;
  nowMs = T0;
  #made = 0;

  say(payload: CommandPayload, more: Partial<Command> = {}): Decision & { id: CommandId } {
    this.#made += 1;
    const made = command(this.#made, payload, more);
    const decision = decide(this.world, made, contextOf(this.world, this.nowMs));
    this.take(decision.entries);
    return { ...decision, id: made.id };
  }

  /** The line, cut alone unless `with` others, and booked. */
  booked(line: GoodsLine, ...others: GoodsLine[]): CommandId {
    const { id: first } = this.say(line);
    for (const other of others) this.say(other);
    this.say({ type: 'document.finish', document: line.document, linesLeftOpen: 0 });
    this.settle();
    return first;
  }

  undo(line: GoodsLine, target: CommandId, type: 'line.undo' | 'line.reverse' = 'line.undo') {
    const { document } = line;
    const reason = 'wrong';
    return this.say(
      type === 'line.undo' ? { type, document, target } : { type, document, target, reason },
    ).verdict;
  }

  settle(outcome: SettledOutcome = posted): void {
    for (const [document, state] of this.world.documents.entries()) {
      for (const [posting, { settled }] of state.postings) {
        if (settled?.kind === 'posted') continue;
        const told = { posting, document, outcome };
        this.take(settlement(this.world, told, contextOf(this.world)));
      }
    }
  }

  take(entries: readonly JournalEntry[]): void {
    this.entries.push(...entries);
    this.world = entries.reduce(fold, this.world);
  }

  postings(): Posting[] {
    return this.entries.flatMap(({ body }) => (body.type === 'posting-cut' ? [body.posting] : []));
  }

  get last(): Posting | undefined {
    return this.postings().at(-1);
  }

  /** What Exact has, by item, place and number, from the booked postings alone. */
  stock(): Record<string, number> {
    const sums = new Map<string, number>();
    const booked = [...this.world.documents.entries()].flatMap(([, state]) =>
      [...state.postings.values()].filter(({ settled }) => settled?.kind === 'posted'),
    );
    const originals = new Map(booked.map(({ posting }) => [posting.id, posting]));
    for (const { posting } of booked) {
      for (const [key, change] of changesOf(posting, originals)) {
        sums.set(key, plus(sums.get(key) ?? 0, change));
      }
    }
    return Object.fromEntries([...sums].filter(([, sum]) => sum !== 0));
  }

  /** What the ledger says of everything that a later decision looks at. */
  books() {
    const orders = [ORDER, SHOP].map((document) => [...progress(this.world, document)]);
    const numbers = [...this.world.serials.entries()].map(([key, moves]) => [key, moves.length]);
    return { orders, numbers, stock: this.stock() };
  }
}

type Change = readonly [key: string, change: number];

/** An auditor's reading of a posting; he knows nothing of takes, books or undo. */
function changesOf(posting: Posting, others: ReadonlyMap<string, Posting>): Change[] {
  const sign =
    { goodsReceipt: 1, shopOrderReceipt: 1, byProductReceipt: 1, materialReturn: 1 }[
      posting.kind as string
    ] ?? -1;
  switch (posting.kind) {
    case 'goodsReceipt':
    case 'goodsDelivery':
    case 'purchaseReturn':
      return posting.lines.flatMap((line) => at(line, line.location, sign));
    case 'materialIssue':
    case 'materialSubstitution':
    case 'materialReturn':
    case 'byProductReceipt':
    case 'shopOrderReceipt':
      return at(posting, posting.location, sign);
    case 'stockCount':
      return posting.lines.flatMap((line) =>
        at({ ...line, quantity: line.found.quantity }, line.location, 1),
      );
    case 'locationTransfer':
    case 'warehouseTransfer':
      return posting.lines.flatMap((line) => [
        ...at(line, line.fromLocation, -1),
        ...at(line, line.toLocation, 1),
      ]);
    case 'materialReversal':
    case 'shopOrderReversal':
    case 'byProductReversal': {
      const original = others.get(posting.reverses);
      if (original === undefined || !('item' in original)) throw new Error('reverses nothing');
      const part = 'quantity' in posting ? { ...original, ...posting } : original;
      const back = at(
        { ...part, item: original.item, quantity: part.quantity ?? 0 },
        original.location,
        original.kind === 'materialIssue' ? 1 : -1,
      );
      return back;
    }
  }
}

interface Moved {
  readonly item: string;
  readonly quantity: number;
  readonly batches?: readonly { readonly number: string; readonly quantity: number }[];
  readonly serials?: readonly string[];
}

function at({ item, quantity, batches, serials: pieces }: Moved, place = '-', sign: number) {
  const named: Change[] = [
    ...(batches ?? []).map(({ number, quantity: part }): Change => [number, part]),
    ...(pieces ?? []).map((number): Change => [number, 1]),
  ];
  const parts: Change[] = named.length === 0 ? [['', quantity]] : named;
  return parts.map(([number, part]): Change => [`${item} ${place} ${number}`, sign * part]);
}

export const glue = { ...GLUE, batch: 'B1' };
export const lamp = { ...LAMP, serials: ['S9'] };
const tracked = (tracking: string, more: object) => ({ ...more, tracking, line: undefined });

/** Every kind of work × goods without numbers, in batches, with serial numbers. */
export const LINES: [name: string, line: GoodsLine, by: string | undefined][] = [
  ['plain goods received', plain(4), 'purchaseReturn'],
  ['a batch received', batch(3), 'purchaseReturn'],
  ['serials received', serials('S1', 'S2'), 'purchaseReturn'],
  ['plain goods delivered', deliver(4), undefined],
  ['a batch delivered', deliver(2, glue), undefined],
  ['serials delivered', deliver(1, lamp), undefined],
  ['plain material issued', issue(4), 'materialReversal'],
  ['a batch issued', issue(2, glue), 'materialReversal'],
  ['serials issued', issue(1, lamp), 'materialReversal'],
  ['a by-product', beside(3), 'byProductReversal'],
  ['a batch produced', produce(2), 'shopOrderReversal'],
  ['plain goods moved', move(4), 'locationTransfer'],
  ['a batch moved', move(2, tracked('batch', glue)), 'locationTransfer'],
  ['serials moved', move(1, tracked('serial', lamp)), 'locationTransfer'],
  ['goods moved far', move(4, { to: { warehouse: THERE } }), 'warehouseTransfer'],
  ['a difference counted', count(difference(-2)), 'stockCount'],
  ['a batch counted', count(difference(2), tracked('batch', glue)), 'stockCount'],
  ['a quantity counted', count(counted(5)), undefined],
];
