// A pallet of an order is taken in once, whoever scans it: its goods stand in the books once.

import { describe, expect, it } from 'vitest';
import { command, contextOf, id, undo } from '../../../tests/torture/support/goods.ts';
import {
  after,
  count,
  counted,
  deliver,
  fresh,
  GLUE,
  move,
  SALES,
} from '../../../tests/torture/support/kinds.ts';
import type { Command, GoodsLine, SessionId } from '../domain/index.ts';
import { decide } from './index.ts';

const on = (value: string) => ({
  answers: [{ step: 'pallet', value, kind: 'logisticUnit' as const }],
});
const OTHER = { station: id('a', 2), session: id<SessionId>('a', 102) } as Partial<Command>;

function second(first: GoodsLine, next: GoodsLine) {
  const world = after(fresh, command(1, first));
  return decide(world, command(2, next, OTHER), contextOf(world)).verdict;
}

describe('a logistic unit', () => {
  it('that another station took in on this order is refused, and named', () => {
    expect(second(deliver(2, on('U1')), deliver(2, on('U1')))).toMatchObject({
      fault: { code: 'ledger.unit-twice', data: { unit: 'U1' } },
    });
    expect(second(count(counted(2), on('U1')), count(counted(2), on('U1')))).toMatchObject({
      fault: { code: 'ledger.unit-twice' },
    });
  });

  it.each<[string, GoodsLine, GoodsLine]>([
    ['another unit', deliver(2, on('U1')), deliver(2, on('U2'))],
    ['none', deliver(2, on('U1')), deliver(2)],
    [
      'a question of the same value that is no unit',
      deliver(2, on('U1')),
      deliver(2, { answers: [{ step: 'text', value: 'U1' }] }),
    ],
    [
      'another batch on one pallet',
      deliver(2, { ...GLUE, batch: 'B1', ...on('U1') }),
      deliver(2, { ...GLUE, batch: 'B2', ...on('U1') }),
    ],
    [
      'other goods on one pallet',
      deliver(2, on('U1')),
      deliver(2, { ...GLUE, batch: 'B1', ...on('U1') }),
    ],
    ['what is carried on', move(2, on('U1')), move(2, on('U1'))],
  ])('goes with %s', (_name, first, next) => {
    expect(second(first, next).kind).toBe('accepted');
  });

  it('whose line was undone may come again', () => {
    const world = after(
      fresh,
      command(1, deliver(2, on('U1'))),
      command(2, { ...undo(1), document: SALES }),
    );
    const again = decide(world, command(3, deliver(2, on('U1'))), contextOf(world));
    expect(again.verdict.kind).toBe('accepted');
  });
});
