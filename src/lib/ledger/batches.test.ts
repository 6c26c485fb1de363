// Batches of one line: Exact tells their numbers apart without case, and takes each once.

import { expect, it } from 'vitest';
import {
  batch,
  command,
  contextOf,
  finish,
  order,
  worldWith,
} from '../../../tests/torture/support/goods.ts';
import type { ReceiveLine } from '../domain/index.ts';
import { decide, fold } from './index.ts';

/** The batches of the one line that these lines become. */
function cut(...lines: ReceiveLine[]) {
  const all = [...lines, finish()];
  const world = all.reduce((known, payload, at) => {
    return decide(known, command(at + 1, payload), contextOf(known)).entries.reduce(fold, known);
  }, worldWith(order()));
  const [state] = [...world.documents.entries()].map(([, each]) => each);
  return [...(state?.postings.values() ?? [])].flatMap(({ posting }) =>
    posting.kind === 'goodsReceipt' ? posting.lines.map(({ batches }) => batches) : [],
  );
}

it('a number in other letters is the same batch, in the letters that came first', () => {
  expect(cut(batch(1, { batch: 'Lot-a' }), batch(0.2, { batch: 'LOT-A' }))).toEqual([
    [{ number: 'Lot-a', quantity: 1.2, expiry: '2027-02-28' }],
  ]);
});

it('two expiries of one batch stay two: they contradict each other, and nobody chooses', () => {
  expect(cut(batch(1), batch(2, { expiry: '2027-03-01' }), batch(3))).toEqual([
    [
      { number: 'L1', quantity: 4, expiry: '2027-02-28' },
      { number: 'L1', quantity: 2, expiry: '2027-03-01' },
    ],
  ]);
});

it('other numbers stay apart', () => {
  expect(cut(batch(1), batch(2, { batch: 'L2' }))[0]?.map(({ number }) => number)).toEqual([
    ...['L1', 'L2'],
  ]);
});
