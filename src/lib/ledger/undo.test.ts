// Taking one line back, for every kind of work: what does it, who is in the way, and that the books
// are then what they were. The books here are an auditor's: he reads postings and adds up.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  batch,
  command,
  contextOf,
  id,
  order,
  ORDER,
  OTHER_PLACE,
  plain,
  serials,
  T0,
} from '../../../tests/torture/support/goods.ts';
import {
  count,
  counted,
  deliver,
  difference,
  from,
  fresh as shopFloor,
  GLUE,
  HERE,
  issue,
  LAMP,
  MADE,
  move,
  produce,
  SHOP,
  THERE,
  WORK,
} from '../../../tests/torture/support/kinds.ts';
import { fault, LIMITS, plus } from '../domain/index.ts';
import type {
  Command,
  CommandId,
  CommandPayload,
  GoodsLine,
  Posting,
  SessionId,
} from '../domain/index.ts';
import { decide, fold, progress, reversal, settlement, stateOf, withOrder } from './index.ts';
import type { Decision, JournalEntry, SettledOutcome, World } from './index.ts';

const fresh = withOrder(shopFloor, order());
const posted: SettledOutcome = { kind: 'posted', exactId: 'E-1', documentNumber: '7' };

/** A hub with its journal, on which commands follow each other. */
class Hub {
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
  const sign = { goodsReceipt: 1, shopOrderReceipt: 1 }[posting.kind as string] ?? -1;
  switch (posting.kind) {
    case 'goodsReceipt':
    case 'goodsDelivery':
    case 'purchaseReturn':
      return posting.lines.flatMap((line) => at(line, line.location, sign));
    case 'materialIssue':
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
    case 'shopOrderReversal': {
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

const glue = { ...GLUE, batch: 'B1' };
const lamp = { ...LAMP, serials: ['S9'] };
const tracked = (tracking: string, more: object) => ({ ...more, tracking, line: undefined });

/** Every kind of work × goods without numbers, in batches, with serial numbers. */
const LINES: [name: string, line: GoodsLine, by: string | undefined][] = [
  ['plain goods received', plain(4), 'purchaseReturn'],
  ['a batch received', batch(3), 'purchaseReturn'],
  ['serials received', serials('S1', 'S2'), 'purchaseReturn'],
  ['plain goods delivered', deliver(4), undefined],
  ['a batch delivered', deliver(2, glue), undefined],
  ['serials delivered', deliver(1, lamp), undefined],
  ['plain material issued', issue(4), 'materialReversal'],
  ['a batch issued', issue(2, glue), 'materialReversal'],
  ['serials issued', issue(1, lamp), 'materialReversal'],
  ['a batch produced', produce(2), 'shopOrderReversal'],
  ['plain goods moved', move(4), 'locationTransfer'],
  ['a batch moved', move(2, tracked('batch', glue)), 'locationTransfer'],
  ['serials moved', move(1, tracked('serial', lamp)), 'locationTransfer'],
  ['goods moved far', move(4, { to: { warehouse: THERE } }), 'warehouseTransfer'],
  ['a difference counted', count(difference(-2)), 'stockCount'],
  ['a batch counted', count(difference(2), tracked('batch', glue)), 'stockCount'],
  ['a quantity counted', count(counted(5)), undefined],
];

describe.each(LINES)('%s', (_name, line, by) => {
  it('before the cut: done and undone, the books are as they were', () => {
    const hub = new Hub();
    const before = hub.books();
    const { id: target } = hub.say(line);
    expect(hub.undo(line, target)).toMatchObject({ kind: 'accepted' });
    expect(hub.books()).toEqual(before);
    expect(hub.postings()).toEqual([]);
  });

  it('I-03: on its way to Exact nothing is taken back; it waits and says so', () => {
    const hub = new Hub();
    const { id: target } = hub.say({ ...line, posting: 'line-complete' });
    for (const type of ['line.undo', 'line.reverse'] as const) {
      expect(hub.undo(line, target, type)).toMatchObject({
        fault: { code: 'ledger.undo-under-way' },
      });
    }
    expect(hub.postings()).toHaveLength(1);
  });

  it('in Exact: the first undo tells what does it and changes nothing; the word does it once', () => {
    const hub = new Hub();
    const before = hub.books();
    const target = hub.booked(line);
    const standing = hub.books();
    const told = hub.undo(line, target);
    const code = by === undefined ? 'ledger.undo-office' : 'ledger.undo-posted';
    expect(told).toMatchObject({ kind: 'refused', fault: { code, data: { number: '7' } } });
    expect([hub.books(), hub.postings().length]).toEqual([standing, 1]);
    const word = hub.undo(line, target, 'line.reverse');
    if (by === undefined) {
      expect(word).toMatchObject({ fault: { code } });
      return;
    }
    expect([word.kind, hub.last?.kind]).toEqual(['accepted', by]);
    expect(hub.entries.at(-1)?.body).toMatchObject({ type: 'posting-cut', reason: 'wrong' });
    expect(hub.undo(line, target, 'line.reverse')).toMatchObject({
      fault: { code: 'ledger.undo-again' },
    });
    hub.settle();
    expect(hub.books()).toEqual(before);
    expect(stateOf(hub.world, target)).toEqual({ kind: 'undone' });
    expect(hub.undo(line, target)).toMatchObject({ fault: { code: 'ledger.undo-again' } });
    expect(hub.postings()).toHaveLength(2);
    expect(hub.entries.reduce(fold, fresh).documents.get(line.document)).toEqual(
      hub.world.documents.get(line.document),
    );
  });
});

describe('one line of a posting of several', () => {
  const shares: [string, GoodsLine, GoodsLine, string | undefined][] = [
    ['the same order line', plain(4), plain(3), 'purchaseReturn'],
    ['another batch of it', batch(3), batch(2, { batch: 'L2' }), 'purchaseReturn'],
    ['another order line', plain(4), batch(2), 'purchaseReturn'],
    ['an issue in parts', issue(4), issue(3), 'materialReversal'],
    ['batches issued', issue(2, glue), issue(3, { ...GLUE, batch: 'B2' }), 'materialReversal'],
    ['moved together', move(4), move(3), 'locationTransfer'],
    ['counted together', count(difference(2)), count(difference(1)), 'stockCount'],
    ['made in parts', produce(2), produce(1), undefined],
  ];

  it.each(shares)('%s: that line alone goes back', (_name, line, other, by) => {
    const hub = new Hub();
    hub.booked(other);
    const rest = hub.books().stock;
    const together = new Hub();
    const target = together.booked(line, other);
    if (by === undefined) {
      expect(together.undo(line, target)).toMatchObject({ fault: { code: 'ledger.undo-office' } });
      return;
    }
    together.undo(line, target, 'line.reverse');
    expect(together.last).toMatchObject({ kind: by, takesBack: [target] });
    together.settle();
    expect(together.books().stock).toEqual(rest);
    expect(stateOf(together.world, target)).toEqual({ kind: 'undone' });
  });

  it('the other line can go back too, and the office no longer takes back the whole', () => {
    const hub = new Hub();
    const lines = [plain(4), batch(2)] as const;
    const first = hub.booked(...lines);
    const second = id<CommandId>('c', 2);
    const whole = hub.last;
    hub.undo(lines[0], first, 'line.reverse');
    hub.settle();
    const asked = { document: ORDER, posting: whole?.id ?? id('b', 1), reason: 'all of it' };
    const refused = reversal(hub.world, asked, () => whole, contextOf(hub.world));
    expect(refused).toEqual({ kind: 'refused', why: 'part' });
    expect(hub.undo(lines[1], second, 'line.reverse').kind).toBe('accepted');
    hub.settle();
    expect(hub.books().stock).toEqual({});
  });
});

describe('goods that somebody used since', () => {
  const there = { location: OTHER_PLACE };
  const uses: [string, GoodsLine, GoodsLine, object][] = [
    ['received, then moved on', plain(4), move(1, { item: plain(1).item }), { used: 1 }],
    [
      'a batch received, then moved on',
      batch(3),
      move(2, { item: batch(1).item, tracking: 'batch', batch: 'l1' }),
      { used: 2 },
    ],
    [
      'serials received, then moved on',
      serials('S1', 'S2'),
      move(1, { item: serials('S').item, tracking: 'serial', serials: ['S2'] }),
      { used: 1 },
    ],
    [
      'made, then moved on',
      produce(2),
      move(2, { item: MADE, tracking: 'batch', batch: 'P1' }),
      { used: 2 },
    ],
    ['moved, then issued there', move(4), issue(3, there), { did: 'issue.line', used: 3 }],
    ['moved, then delivered there', move(4), deliver(2, there), { did: 'deliver.line', used: 2 }],
    ['counted more, then issued', count(difference(2)), issue(1), { did: 'issue.line', used: 1 }],
  ];

  it.each(uses)('%s: refused, and it is said who, what, how many, when', (_n, line, use, said) => {
    const hub = new Hub();
    const target = hub.booked(line);
    hub.nowMs += 7 * 60_000;
    hub.say(use, { operator: 'Bert', session: id<SessionId>('a', 202) });
    for (const type of ['line.undo', 'line.reverse'] as const) {
      expect(hub.undo(line, target, type)).toMatchObject({
        fault: { code: 'ledger.undo-used', data: { operator: 'Bert', minutes: 0, ...said } },
      });
    }
    hub.nowMs += 3 * 60_000;
    expect(hub.undo(line, target)).toMatchObject({ fault: { data: { minutes: 3 } } });
    expect(hub.postings().filter(({ reverses }) => reverses !== undefined)).toEqual([]);
  });

  it('elsewhere, of another batch, or undone: nobody is in the way', () => {
    const hub = new Hub();
    const line = batch(3);
    const other = { item: line.item, tracking: 'batch' };
    const target = hub.booked(line);
    hub.say(move(1, { ...other, batch: 'L2' }));
    hub.say(
      move(1, {
        ...other,
        batch: 'L1',
        from: { ...from, location: OTHER_PLACE },
        to: { warehouse: HERE, location: id('f', 97) },
      }),
    );
    const away = move(1, { ...other, batch: 'L1' });
    const { id: moved } = hub.say(away);
    expect(hub.undo(line, target)).toMatchObject({ fault: { code: 'ledger.undo-used' } });
    hub.undo(away, moved);
    expect(hub.undo(line, target)).toMatchObject({ fault: { code: 'ledger.undo-posted' } });
  });

  it('made up for since: shown, and it goes back', () => {
    const hub = new Hub();
    const target = hub.booked(plain(4));
    hub.say(move(1, { item: plain(1).item }), { operator: 'Bert' });
    hub.say(plain(2));
    const told = hub.undo(plain(4), target);
    const said = { operator: 'Bert', did: 'move.line', used: 1 };
    expect(told).toMatchObject({ fault: { code: 'ledger.undo-posted', data: said } });
    expect(hub.undo(plain(4), target, 'line.reverse').kind).toBe('accepted');
  });

  it('a place that was counted since: told anew, nothing goes back', () => {
    const hub = new Hub();
    const target = hub.booked(issue(4));
    hub.say(count(counted(6)), { operator: 'Bert' });
    const said = { operator: 'Bert', minutes: 0 };
    expect(hub.undo(issue(4), target, 'line.reverse')).toMatchObject({
      fault: { code: 'ledger.undo-counted', data: said },
    });
  });
});

describe('who may not', () => {
  it('another session, an unknown line, a line that was undone', () => {
    const hub = new Hub();
    const target = hub.booked(plain(4));
    const stranger = { session: id<SessionId>('a', 202) };
    const asked = { type: 'line.reverse', document: ORDER, target, reason: 'x' } as const;
    const nothing = { fault: { code: 'ledger.nothing-to-undo' } };
    expect(hub.say(asked, stranger).verdict).toMatchObject(nothing);
    expect(hub.undo(plain(4), id('c', 404), 'line.reverse')).toMatchObject(nothing);
  });

  it('what Exact refused is the office’s; dropped there it is nobody’s to take back', () => {
    const hub = new Hub();
    const { id: target } = hub.say({ ...plain(4), posting: 'line-complete' });
    hub.settle({ kind: 'rejected', fault: fault('exact.rejected', { words: 'no' }) });
    expect(hub.undo(plain(4), target)).toMatchObject({ fault: { code: 'ledger.undo-rejected' } });
  });

  it('after the time that the hub remembers others, nobody knows who used the goods', () => {
    const hub = new Hub();
    const target = hub.booked(plain(4));
    hub.nowMs += LIMITS.documentKeepMs;
    expect(hub.undo(plain(4), target)).toMatchObject({ fault: { code: 'ledger.undo-office' } });
  });

  it('a reversal that Exact refused stands as an exception; dropped, it may be tried anew', () => {
    const hub = new Hub();
    const target = hub.booked(plain(4));
    hub.undo(plain(4), target, 'line.reverse');
    hub.settle({ kind: 'rejected', fault: fault('exact.rejected', { words: 'no' }) });
    expect(stateOf(hub.world, target)).toMatchObject({ kind: 'exception' });
    expect(hub.undo(plain(4), target)).toMatchObject({ fault: { code: 'ledger.undo-again' } });
    hub.settle({ kind: 'rejected', fault: fault('exact.rejected', { words: 'no', dropped: 'x' }) });
    expect(hub.undo(plain(4), target)).toMatchObject({ fault: { code: 'ledger.undo-posted' } });
  });
});

const anyLine = fc.constantFrom(...LINES.filter(([, , by]) => by !== undefined));

/** Any lines, cut or not; then all of them taken back, the last first. */
function doAndUndo(decideWith: typeof decide) {
  return fc.property(fc.array(anyLine, { maxLength: 6 }), fc.boolean(), (lines, cut) => {
    const hub = new Hub();
    const before = hub.books();
    const done: [GoodsLine, CommandId][] = [];
    for (const [, line] of lines) {
      const said = hub.say(line);
      if (said.verdict.kind === 'accepted') done.push([line, said.id]);
    }
    if (cut) {
      for (const document of [ORDER, SHOP, WORK]) {
        hub.say({ type: 'document.finish', document, linesLeftOpen: 0 });
      }
      hub.settle();
    }
    let all = true;
    for (const [line, target] of done.reverse()) {
      const made = command(1_000 + hub.entries.length, {
        ...{ type: 'line.reverse', document: line.document, target, reason: 'wrong' },
      });
      const { entries, verdict } = decideWith(hub.world, made, contextOf(hub.world));
      hub.take(entries);
      hub.settle();
      all &&= verdict.kind === 'accepted';
    }
    if (all) expect(hub.books()).toEqual(before);
  });
}

describe('any lines, done and undone the last first', () => {
  it('I-03 I-06: leave the books equal, before the cut and after Exact has them', () => {
    fc.assert(doAndUndo(decide), { numRuns: 400 });
  });

  it('a ledger that takes back the whole posting for one of its lines is seen: planted', () => {
    const careless: typeof decide = (world, made, context) => {
      const decision = decide(world, made, context);
      const entries = decision.entries.map((entry) => {
        if (entry.body.type !== 'posting-cut') return entry;
        const { posting } = entry.body;
        const whole = [...(world.documents.get(posting.document)?.postings.values() ?? [])].find(
          ({ posting: { id: known } }) => known === posting.reverses,
        );
        if (posting.takesBack === undefined || whole === undefined || !('lines' in posting))
          return entry;
        const lines = 'lines' in whole.posting ? whole.posting.lines : [];
        return { ...entry, body: { ...entry.body, posting: { ...posting, lines } as Posting } };
      });
      return { ...decision, entries };
    };
    expect(fc.check(doAndUndo(careless), { numRuns: 400 }).failed).toBe(true);
  });
});
