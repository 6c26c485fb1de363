// Batch quantities in the unit of their line: they add up to it, whatever rounding does.

import { describe, expect, it } from 'vitest';
import { nested } from './numbers.ts';

const batch = (number: string, quantity: number) => ({ number, quantity });

describe('batches in the unit of their line', () => {
  it.each([
    ['a unit of three pieces', 3, [1, 1, 1], [0.333333, 0.333333, 0.333334]],
    ['a unit of seven', 7, [5, 2], [0.714286, 0.285714]],
    ['the stock unit', 1, [1.5, 2.25], [1.5, 2.25]],
    ['what is missing, told without its sign', 1, [-2, -1], [2, 1]],
  ])('%s', (_name, factor, stock, unit) => {
    const batches = stock.map((quantity, at) => batch(`B${at}`, quantity));
    expect(nested({ batches }, factor)['BatchNumbers']).toEqual(
      unit.map((Quantity, at) => ({ BatchNumber: `B${at}`, Quantity })),
    );
  });
});
