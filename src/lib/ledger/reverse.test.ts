// A booked posting is taken back once, by entries in order; and what lines that wait for a call of
// their own become when calls are scarce and when they are not.

import { describe, expect, it } from 'vitest';
import {
  command,
  contextOf,
  id,
  order,
  ORDER,
  orderWith,
  plain,
  PLAIN,
  serials,
  T0,
  worldWith,
} from '../../../tests/torture/support/goods.ts';
import { fault, LIMITS } from '../domain/index.ts';
import type { Posting, PostingId, ReceiveLine } from '../domain/index.ts';
import { decide, fold, progress, reversal, settlement, sweep, withOrder } from './index.ts';
import type { Compensate, JournalEntry, SettledOutcome, World } from './index.ts';

const posted: SettledOutcome = { kind: 'posted', exactId: 'R-1', documentNumber: '101' };
const purchaseReturn: Compensate = (booked, receipt, name) =>
  booked.kind === 'goodsReceipt'
    ? {
        ...{ ...name, kind: 'purchaseReturn', document: booked.document, commands: [] },
        ...{ reverses: booked.id, receipt, lines: booked.lines },
      }
    : undefined;

function told(world: World, posting: PostingId, outcome: SettledOutcome): World {
  const entries = settlement(world, { posting, document: ORDER, outcome }, contextOf(world));
  return entries.reduce(fold, world);
}

function cutIn(entries: readonly JournalEntry[]): Posting {
  for (const { body } of entries) if (body.type === 'posting-cut') return body.posting;
  throw new Error('nothing was cut');
}

/** The order as the mirror has it when Exact has booked so many of the plain goods. */
function seen(doneInExact: number) {
  return orderWith(PLAIN.line, { doneInExact });
}

/** Four of ten received and booked, and the mirror has seen it. */
function booked(): { world: World; receipt: PostingId } {
  const fresh = worldWith(order());
  const line = plain(4, { posting: 'line-complete' });
  const { entries } = decide(fresh, command(1, line), contextOf(fresh));
  const receipt = cutIn(entries).id;
  const world = told(entries.reduce(fold, fresh), receipt, posted);
  return { world: withOrder(world, seen(4)), receipt };
}

const ask = (posting: PostingId) => ({ document: ORDER, posting, reason: 'wrong pallet' });
const received = (world: World) => progress(world, ORDER).get(PLAIN.line)?.received;

describe('taking a booked posting back', () => {
  it.each([
    ['a posting nobody knows', () => ask(id<PostingId>('b', 404)), 'unknown'],
    ['a document nobody knows', (p: PostingId) => ({ ...ask(p), document: 'x' }), 'unknown'],
  ])('refuses %s', (_name, asked, why) => {
    const { world, receipt } = booked();
    const refused = reversal(world, asked(receipt), purchaseReturn, contextOf(world));
    expect(refused).toEqual({ kind: 'refused', why });
  });

  it('refuses one that Exact does not have, and one for which Exact has no way back', () => {
    const fresh = worldWith(order());
    const line = plain(4, { posting: 'line-complete' });
    const { entries } = decide(fresh, command(1, line), contextOf(fresh));
    const { id: flying } = cutIn(entries);
    const world = entries.reduce(fold, fresh);
    const early = reversal(world, ask(flying), purchaseReturn, contextOf(world));
    expect(early).toEqual({ kind: 'refused', why: 'unbooked' });
    const known = told(world, flying, posted);
    const without = reversal(known, ask(flying), () => undefined, contextOf(known));
    expect(without).toEqual({ kind: 'refused', why: 'impossible' });
  });

  it('is cut once with its reason; a rejected one that was dropped may be tried anew', () => {
    const { world, receipt } = booked();
    const first = reversal(world, ask(receipt), purchaseReturn, contextOf(world));
    if (first.kind !== 'entries') throw new Error(first.why);
    expect(first.entries[0]?.body).toMatchObject({ type: 'posting-cut', reason: 'wrong pallet' });
    const cut = first.entries.reduce(fold, world);
    const again = reversal(cut, ask(receipt), purchaseReturn, contextOf(cut));
    expect(again).toEqual({ kind: 'refused', why: 'again' });
    const why = fault('exact.rejected', { words: 'no' });
    const rejected = told(cut, cutIn(first.entries).id, { kind: 'rejected', fault: why });
    expect(reversal(rejected, ask(receipt), purchaseReturn, contextOf(rejected)).kind).toBe(
      'refused',
    );
    const dropped = fault('exact.rejected', { words: 'no', dropped: 'by hand' });
    const free = told(cut, cutIn(first.entries).id, { kind: 'rejected', fault: dropped });
    expect(reversal(free, ask(receipt), purchaseReturn, contextOf(free)).kind).toBe('entries');
  });

  it('opens the order line again, before and after the mirror has seen it', () => {
    const { world, receipt } = booked();
    expect(received(world)).toBe(4);
    const back = reversal(world, ask(receipt), purchaseReturn, contextOf(world));
    if (back.kind !== 'entries') throw new Error(back.why);
    const flying = back.entries.reduce(fold, world);
    expect(received(flying), 'not before Exact has it').toBe(4);
    const done = told(flying, cutIn(back.entries).id, { ...posted, exactId: 'T-1' });
    expect(received(done)).toBe(0);
    expect(received(withOrder(done, seen(4))), 'an old mirror').toBe(0);
    expect(received(withOrder(done, seen(0))), 'a new mirror').toBe(0);
  });
});

describe('serial numbers of goods that are not here after all', () => {
  const line = { ...serials('S1', 'S2'), posting: 'line-complete' } as const;
  const again = (world: World) => decide(world, command(9, line), contextOf(world)).verdict.kind;

  function cut(): { world: World; receipt: PostingId } {
    const fresh = worldWith(order());
    const { entries } = decide(fresh, command(1, line), contextOf(fresh));
    return { world: entries.reduce(fold, fresh), receipt: cutIn(entries).id };
  }

  it('may come again once their receipt was taken back in Exact, and not before', () => {
    const { world, receipt } = cut();
    const known = told(world, receipt, posted);
    const back = reversal(known, ask(receipt), purchaseReturn, contextOf(known));
    if (back.kind !== 'entries') throw new Error(back.why);
    const flying = back.entries.reduce(fold, known);
    expect(again(flying)).toBe('refused');
    const done = told(flying, cutIn(back.entries).id, { ...posted, exactId: 'T-1' });
    expect(again(done)).toBe('accepted');
  });

  it('may come again once a person dropped their rejected receipt, and not before', () => {
    const { world, receipt } = cut();
    const why = fault('exact.rejected', { words: 'no' });
    const rejected = told(world, receipt, { kind: 'rejected', fault: why });
    expect(again(rejected)).toBe('refused');
    const dropped = fault('exact.rejected', { words: 'no', dropped: 'by hand' });
    expect(again(told(rejected, receipt, { kind: 'rejected', fault: dropped }))).toBe('accepted');
  });
});

describe('lines whose posting goes by the budget', () => {
  const line: ReceiveLine = plain(1, { posting: 'budget' });
  const take = (bundle: boolean) => {
    const fresh = worldWith(order());
    const { entries } = decide(fresh, command(1, line), { ...contextOf(fresh), bundle });
    return { entries, world: entries.reduce(fold, fresh) };
  };
  const swept = (world: World, nowMs: number, bundle: boolean) =>
    sweep(world, { ...contextOf(world, nowMs), bundle }).map(({ body }) => body.type);

  it('are cut at once while calls suffice', () => {
    const types = take(false).entries.map(({ body }) => body.type);
    expect(types).toEqual(['line-received', 'posting-cut']);
  });

  it('wait for others while calls are scarce, but not long, and not longer than that lasts', () => {
    const { entries, world } = take(true);
    expect(entries.map(({ body }) => body.type)).toEqual(['line-received']);
    expect(swept(world, T0 + LIMITS.bundleIdleMs - 1, true)).toEqual([]);
    expect(swept(world, T0 + LIMITS.bundleIdleMs, true)).toEqual(['posting-cut']);
    expect(swept(world, T0 + 1, false)).toEqual(['posting-cut']);
  });

  it('go together: two lines of one session are one posting', () => {
    const { world } = take(true);
    const second = decide(world, command(2, line), { ...contextOf(world), bundle: true });
    const both = second.entries.reduce(fold, world);
    const [cut] = sweep(both, { ...contextOf(both, T0 + LIMITS.bundleIdleMs), bundle: true });
    expect(cut === undefined ? [] : cutIn([cut]).commands).toHaveLength(2);
  });
});
