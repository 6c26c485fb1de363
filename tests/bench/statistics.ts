// Who lives here: the arithmetic of the benchmarks, pure and tested. An absolute number proves the
// machine; the ratio of ours to a limit taken beside it proves the code. Terms: a *pair* is one
// block of the limit and one block of ours, taken in turn; *noisy* means that the limit itself
// moved too much between blocks for any judgement.

import { assert } from '../../src/lib/domain/index.ts';

/** Fewer pairs than this say nothing about spread. */
export const PAIRS_MIN = 5;
/** A limit whose blocks differ by more than this share of their median is noise. */
const NOISY_SPREAD = 0.3;
/** A 99th percentile of fewer operations is the luck of a handful. */
export const P99_OPERATIONS_MIN = 3_000;

/** What one block of each side gave, in the same unit. */
export interface Pair {
  readonly limit: number;
  readonly ours: number;
}

export interface Ratio {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

export interface Comparison {
  /** Ours by the limit, pair by pair. */
  readonly ratio: Ratio;
  /** Medians over the blocks. */
  readonly limit: number;
  readonly ours: number;
  readonly pairs: number;
  readonly noisy: boolean;
}

/** `most`: the ratio may not be above the figure; `least`: not below. */
export interface Target {
  readonly kind: 'most' | 'least';
  readonly figure: number;
}

export type Judgement = 'met' | 'missed' | 'noisy';

/** The smallest value that at least a share `q` (0 < q <= 1) of all values does not exceed. */
export function quantile(values: readonly number[], q: number): number {
  assert(q > 0 && q <= 1, 'a quantile is a share above 0 and up to 1');
  const sorted = [...values].sort((a, b) => a - b);
  const found = sorted[Math.ceil(q * sorted.length) - 1];
  assert(found !== undefined && values.every(Number.isFinite), 'a quantile needs finite values');
  return found;
}

/** The middle value, or the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.ceil(sorted.length / 2) - 1];
  assert(upper !== undefined && lower !== undefined, 'a median needs a value');
  assert(values.every(Number.isFinite), 'a median needs finite values');
  return (lower + upper) / 2;
}

/** How far values lie apart, as a share of their median. */
export function spread(values: readonly number[]): number {
  return (Math.max(...values) - Math.min(...values)) / median(values);
}

/** Compares pair by pair; a limit that spreads more than 30 % makes the whole of it noisy. */
export function compare(pairs: readonly Pair[]): Comparison {
  assert(pairs.length >= PAIRS_MIN, `a comparison takes at least ${PAIRS_MIN} pairs`);
  const limits = pairs.map(({ limit }) => limit);
  assert(Math.min(...limits) > 0, 'a limit is above zero');
  const ratios = pairs.map(({ limit, ours }) => ours / limit);
  return {
    ratio: { median: median(ratios), min: Math.min(...ratios), max: Math.max(...ratios) },
    limit: median(limits),
    ours: median(pairs.map(({ ours }) => ours)),
    pairs: pairs.length,
    noisy: spread(limits) > NOISY_SPREAD,
  };
}

/** What is counted does not flicker: one pair is enough, and it is never noisy. */
export function compareCounted({ limit, ours }: Pair): Comparison {
  assert(limit > 0 && Number.isFinite(ours), 'a count is finite, and a limit above zero');
  const ratio = ours / limit;
  return { ratio: { median: ratio, min: ratio, max: ratio }, limit, ours, pairs: 1, noisy: false };
}

/** The median ratio against its target; where the limit was noisy nobody passes and nobody fails. */
export function judge({ ratio, noisy }: Comparison, { kind, figure }: Target): Judgement {
  if (noisy) return 'noisy';
  const isMet = kind === 'most' ? ratio.median <= figure : ratio.median >= figure;
  return isMet ? 'met' : 'missed';
}
