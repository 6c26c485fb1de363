// What leaves the world, what stays in it, and that nothing decides otherwise because of it.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  command,
  contextOf,
  finish,
  order,
  ORDER,
  plain,
  serials,
  T0,
  undo,
  worldWith,
} from '../../../tests/torture/support/goods.ts';
import { fault, LIMITS } from '../domain/index.ts';
import type { Command, PostingId } from '../domain/index.ts';
import {
  decide,
  emptyWorld,
  fold,
  retire,
  revive,
  reversal,
  settlement,
  withOrder,
} from './index.ts';
import type { JournalEntry, SettledOutcome, World } from './index.ts';

const LATER_MS = T0 + LIMITS.documentKeepMs;
const POSTED: SettledOutcome = { kind: 'posted', exactId: 'x', documentNumber: '7' };
const REJECTED: SettledOutcome = { kind: 'rejected', fault: fault('exact.rejected') };
const DROPPED: SettledOutcome = {
  kind: 'rejected',
  fault: fault('exact.rejected', { dropped: 'enough' }),
};

/** A world and all the entries that made it. */
class Story {
  world: World;
  readonly entries: JournalEntry[] = [];

  constructor(world: World = worldWith(order())) {
    this.world = world;
  }

  tell(entries: readonly JournalEntry[]): this {
    this.world = entries.reduce(fold, this.world);
    this.entries.push(...entries);
    return this;
  }

  submit(...commands: Command[]): this {
    for (const each of commands) {
      this.tell(decide(this.world, each, contextOf(this.world)).entries);
    }
    return this;
  }

  settle(outcome: SettledOutcome): this {
    const open = [...(this.world.documents.get(ORDER)?.postings.values() ?? [])];
    for (const { posting, settled } of open) {
      if (settled !== undefined) continue;
      const told = { posting: posting.id, document: ORDER, outcome };
      this.tell(settlement(this.world, told, contextOf(this.world)));
    }
    return this;
  }

  close(): this {
    this.world = withOrder(this.world, order({ open: false, asOfMs: T0 }));
    return this;
  }
}

const FIRST = command(0, plain(1, { posting: 'line-complete' }));
const done = () => new Story().submit(command(1, plain(2)), command(2, finish()));
const held = (world: World) => [world.documents.size, world.commands.size, world.orders.size];

describe('what leaves the world (I-17)', () => {
  it('a closed order with everything booked, some time after its last entry, and not sooner', () => {
    const { world } = done().settle(POSTED).close();
    expect(held(retire(world, LATER_MS - 1))).toEqual([1, 2, 1]);
    expect(held(retire(world, LATER_MS))).toEqual([0, 0, 0]);
  });

  it('goods that a person dropped wait for nothing', () => {
    expect(held(retire(done().settle(DROPPED).close().world, LATER_MS))).toEqual([0, 0, 0]);
  });

  it('a clock that stepped back as far counts as long ago', () => {
    const { world } = done().settle(POSTED).close();
    expect(held(retire(world, T0 - LIMITS.documentKeepMs))).toEqual([0, 0, 0]);
  });

  it('an order that closed and that nobody worked on', () => {
    expect(held(retire(new Story().close().world, LATER_MS))).toEqual([0, 0, 0]);
  });
});

describe('what stays, however old', () => {
  it.each([
    ['an order that is open in Exact', () => done().settle(POSTED)],
    ['goods in no posting', () => new Story().submit(command(1, plain(2))).close()],
    ['a posting on its way', () => done().close()],
    ['a posting that a person must settle', () => done().settle(REJECTED).close()],
  ])('%s', (_what, make) => {
    const { world } = make();
    expect(held(retire(world, LATER_MS))).toEqual(held(world));
  });

  it('serial numbers: one that came a year ago does not come twice', () => {
    const story = new Story().submit(command(1, serials('S1')), command(2, finish()));
    const { world } = story.settle(POSTED).close();
    const left = withOrder(retire(world, LATER_MS), order());
    const again = command(3, serials('S1'));
    expect(decide(left, again, contextOf(left)).verdict).toMatchObject({
      fault: { code: 'ledger.serial-known' },
    });
  });
});

describe('what comes back', () => {
  it('is as it was, so that nothing is decided otherwise', () => {
    const { world, entries } = done().settle(POSTED).close();
    const back = revive(retire(world, LATER_MS), entries, LATER_MS);
    expect(back.documents.get(ORDER)).toEqual({
      ...world.documents.get(ORDER),
      touchedMs: T0 + LIMITS.documentRecalledMs,
    });
    expect(new Map(back.commands.entries())).toEqual(new Map(world.commands.entries()));
    const late = command(3, undo(1));
    expect(decide(back, late, contextOf(back)).verdict).toEqual(
      decide(world, late, contextOf(world)).verdict,
    );
    // It was asked for: it stays a while.
    const untilMs = LATER_MS + LIMITS.documentRecalledMs;
    expect(held(retire(back, untilMs - 1))).toEqual([1, 2, 0]);
    expect(held(retire(back, untilMs))).toEqual([0, 0, 0]);
  });

  it('an order that Exact opens again can be worked on, and its books are right', () => {
    const { world, entries } = done().settle(POSTED).close();
    const lines = order().lines.map((line, at) => (at === 0 ? { ...line, doneInExact: 2 } : line));
    const open = withOrder(retire(world, LATER_MS), order({ lines, asOfMs: LATER_MS }));
    const back = revive(open, entries, LATER_MS);
    const verdict = (quantity: number) =>
      decide(back, command(3, plain(quantity)), contextOf(back)).verdict.kind;
    expect([verdict(8), verdict(9)]).toEqual(['accepted', 'refused']);
  });

  it('a booked posting can still be taken back', () => {
    const { world, entries } = done().settle(POSTED).close();
    const [posting] = world.documents.get(ORDER)?.postings.keys() ?? [];
    const asked = { document: ORDER, posting: posting as PostingId, reason: 'wrong' };
    const left = retire(world, LATER_MS);
    const back = revive(left, entries, LATER_MS);
    const none = () => undefined;
    expect(reversal(left, asked, none, contextOf(left))).toMatchObject({ why: 'unknown' });
    expect(reversal(back, asked, none, contextOf(back))).toMatchObject({ why: 'impossible' });
  });

  it('a serial number that went between other documents does not stand in the way', () => {
    const one = new Story().submit(command(1, serials('S1')), command(2, finish()));
    one.settle(POSTED);
    const entries = [...one.entries, ...one.entries].filter(({ body }) => {
      return body.type === 'line-received';
    });
    // The same number twice on one document, as it is once it went out on another in between.
    const twice = entries.map((entry, at): JournalEntry => {
      const { body } = entry;
      if (body.type !== 'line-received' || at === 0) return entry;
      return { ...entry, body: { ...body, by: { ...body.by, command: command(9, plain(1)).id } } };
    });
    expect(revive(emptyWorld(), twice, T0).documents.get(ORDER)?.takes.size).toBe(2);
  });
});

it('a second use of an id says nothing about the first, whether or not that one is in memory', () => {
  const { world, entries } = done().settle(POSTED).close();
  const reused: JournalEntry = {
    seq: world.seq + 1,
    atMs: LATER_MS,
    body: {
      type: 'command-refused',
      by: { ...command(1, plain(1)), command: command(1, plain(1)).id },
      payload: plain(1, { document: 'another' }),
      fault: fault('ledger.id-reused'),
    },
  };
  const kept = fold(world, reused);
  const left = revive(fold(retire(world, LATER_MS), reused), entries, LATER_MS);
  expect(new Map(left.commands.entries())).toEqual(new Map(kept.commands.entries()));
});

it('I-06: whenever documents leave and come back, every verdict is what it would have been', () => {
  const act = fc.oneof(
    fc.record({ kind: fc.constant('take' as const), quantity: fc.integer({ min: 1, max: 4 }) }),
    fc.record({ kind: fc.constant('undo' as const), target: fc.integer({ min: 0, max: 12 }) }),
    fc.constantFrom({ kind: 'finish' as const }, { kind: 'retire' as const }),
    fc.constantFrom({ kind: 'posted' as const }, { kind: 'dropped' as const }),
    fc.constantFrom({ kind: 'closed' as const }, { kind: 'open' as const }),
  );
  fc.assert(
    fc.property(fc.array(act, { maxLength: 25 }), (acts) => {
      // Worked on: of an order that nobody touched and that closed, nothing is remembered.
      const [kept, thin] = [new Story(), new Story()].map((s) => s.submit(FIRST));
      if (kept === undefined || thin === undefined) throw new Error('two stories');
      acts.forEach((each, at) => {
        const n = at + 1;
        if (each.kind === 'retire') {
          for (const story of [kept, thin]) story.settle(POSTED).close();
          thin.world = retire(thin.world, LATER_MS);
        } else if (each.kind === 'posted' || each.kind === 'dropped') {
          for (const story of [kept, thin]) story.settle(each.kind === 'posted' ? POSTED : DROPPED);
        } else if (each.kind === 'closed' || each.kind === 'open') {
          const open = each.kind === 'open';
          for (const story of [kept, thin]) {
            const known = story.world.orders.has(ORDER) || open;
            if (known) story.world = withOrder(story.world, order({ open, asOfMs: T0 }));
          }
        } else {
          const payload =
            each.kind === 'take'
              ? plain(each.quantity, { posting: 'line-complete' })
              : each.kind === 'undo'
                ? undo(each.target)
                : finish();
          // As the writer does before it decides.
          thin.world = revive(thin.world, thin.entries, LATER_MS);
          const asked = command(n, payload);
          const [a, b] = [kept, thin].map(
            ({ world }) => decide(world, asked, contextOf(world)).verdict,
          );
          expect(b).toEqual(a);
          for (const story of [kept, thin]) story.submit(asked);
        }
      });
      expect(thin.entries).toEqual(kept.entries);
    }),
  );
});
