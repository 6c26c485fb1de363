// The arithmetic of the benchmarks. What it refuses comes first: a wrong figure that looks right is
// worse than none. Nothing here is timed.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  compare,
  compareCounted,
  judge,
  median,
  PAIRS_MIN,
  quantile,
  spread,
} from './statistics.ts';
import type { Pair } from './statistics.ts';

const RUNS = { numRuns: 300, seed: 20261122 };
const pairsOf = (...rows: readonly (readonly [limit: number, ours: number])[]): Pair[] =>
  rows.map(([limit, ours]) => ({ limit, ours }));
const figures = fc.array(fc.double({ min: 0.001, max: 1e6, noNaN: true }), { minLength: 1 });

describe('what it refuses', () => {
  it('gives no median and no quantile of nothing, nor of what is no number', () => {
    expect(() => median([])).toThrow('a median needs a value');
    expect(() => median([1, Number.NaN, 2])).toThrow('finite');
    expect(() => quantile([], 0.5)).toThrow('finite');
    expect(() => quantile([1, Number.POSITIVE_INFINITY], 0.5)).toThrow('finite');
  });

  it('takes no share outside of 0 to 1 for a quantile', () => {
    for (const q of [0, -0.1, 1.01, 99]) expect(() => quantile([1, 2], q)).toThrow('share');
  });

  it('compares nothing with fewer pairs than it takes to see a spread', () => {
    const four = pairsOf([1, 1], [1, 1], [1, 1], [1, 1]);
    expect(four.length).toBe(PAIRS_MIN - 1);
    expect(() => compare(four)).toThrow('at least 5 pairs');
  });

  it('divides by no limit of zero', () => {
    expect(() => compare(pairsOf([1, 1], [1, 1], [0, 1], [1, 1], [1, 1]))).toThrow('above zero');
    expect(() => compareCounted({ limit: 0, ours: 3 })).toThrow('above zero');
  });
});

describe('median, quantile, spread', () => {
  it('takes the middle one, or the mean of the two in the middle, in whatever order they came', () => {
    expect(median([9, 1, 5])).toBe(5);
    expect(median([9, 1, 5, 6])).toBe(5.5);
    expect(median([7])).toBe(7);
  });

  it('sorts as numbers, not as words', () => {
    expect(median([10, 9, 100])).toBe(10);
    expect(quantile([10, 9, 100], 1)).toBe(100);
  });

  it('counts a quantile by nearest rank: the 99th of a hundred, not the hundredth', () => {
    const hundred = Array.from({ length: 100 }, (_, index) => 100 - index);
    expect(quantile(hundred, 0.99)).toBe(99);
    expect(quantile(hundred, 0.5)).toBe(50);
    expect(quantile(hundred, 1)).toBe(100);
    expect(quantile([3, 4], 0.01)).toBe(3);
  });

  it('leaves the order of its argument alone', () => {
    const given = [3, 1, 2];
    median(given);
    quantile(given, 0.5);
    expect(given).toEqual([3, 1, 2]);
  });

  it('never leaves the range of its values', () => {
    fc.assert(
      fc.property(figures, fc.double({ min: 0.01, max: 1, noNaN: true }), (values, q) => {
        const [low, high] = [Math.min(...values), Math.max(...values)];
        expect(median(values)).toBeGreaterThanOrEqual(low);
        expect(median(values)).toBeLessThanOrEqual(high);
        expect(values).toContain(quantile(values, q));
      }),
      RUNS,
    );
  });

  it('measures a spread against the median, so that the unit does not matter', () => {
    expect(spread([10, 10, 10])).toBe(0);
    expect(spread([9, 10, 12])).toBeCloseTo(0.3);
    expect(spread([9_000, 10_000, 12_000])).toBeCloseTo(0.3);
  });
});

describe('pairs', () => {
  it('divides within each pair: a machine that slows down for both sides changes nothing', () => {
    const steady = compare(pairsOf([1, 2], [1.1, 2.2], [1.2, 2.4], [1.1, 2.2], [1, 2]));
    expect(steady.ratio.median).toBeCloseTo(2);
    expect(steady.ratio.min).toBeCloseTo(2);
    expect(steady.ratio.max).toBeCloseTo(2);
  });

  it('gives the median of the ratios, which one bad block cannot move, and says how bad it was', () => {
    const one = compare(pairsOf([1, 2], [1, 2], [1, 40], [1, 2], [1, 1.5]));
    expect(one.ratio).toEqual({ median: 2, min: 1.5, max: 40 });
    expect([one.limit, one.ours, one.pairs]).toEqual([1, 2, 5]);
  });

  it('is not the ratio of the medians', () => {
    const { ratio, limit, ours } = compare(pairsOf([1, 3], [2, 2], [3, 9], [4, 4], [5, 5]));
    expect(ratio.median).toBe(1);
    expect(ours / limit).toBeCloseTo(4 / 3);
  });

  it('takes a count as it is', () => {
    const bytes = compareCounted({ limit: 50, ours: 80 });
    expect(bytes.ratio).toEqual({ median: 1.6, min: 1.6, max: 1.6 });
    expect(bytes.noisy).toBe(false);
  });
});

describe('noise', () => {
  const withLimits = (...limits: readonly number[]) =>
    compare(limits.map((limit) => ({ limit, ours: limit })));

  it('is a limit that spreads more than 30 %, and 30 % is not more', () => {
    expect(withLimits(100, 100, 100, 100, 131).noisy).toBe(true);
    expect(withLimits(100, 100, 100, 100, 130).noisy).toBe(false);
    expect(withLimits(85, 100, 100, 100, 116).noisy).toBe(true);
  });

  it('is of the limit alone: ours may jump as it likes, that is a finding', () => {
    expect(compare(pairsOf([1, 1], [1, 9], [1, 1], [1, 5], [1, 30])).noisy).toBe(false);
  });

  it('lets nobody pass and nobody fail', () => {
    const noisy = withLimits(1, 1, 1, 1, 2);
    expect(judge(noisy, { kind: 'most', figure: 100 })).toBe('noisy');
    expect(judge(noisy, { kind: 'most', figure: 0.01 })).toBe('noisy');
  });
});

describe('judgement', () => {
  const twice = compareCounted({ limit: 10, ours: 20 });

  it.each([
    ['most', 1.9, 'missed'],
    ['most', 2, 'met'],
    ['least', 2, 'met'],
    ['least', 2.1, 'missed'],
  ] as const)('of a ratio of 2 against "at %s %d" is "%s"', (kind, figure, judgement) => {
    expect(judge(twice, { kind, figure })).toBe(judgement);
  });
});
