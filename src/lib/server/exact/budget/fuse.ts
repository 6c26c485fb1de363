// Who lives here: what one endpoint's errors of the last hour are, and what they may be (I-04). The
// breaker decides by it who may call.

import { LIMITS } from '../../../domain/index.ts';

export const HOUR_MS = 3_600_000;
/** Errors in an hour, with what persons tried and what was not heard: less than the ten of Exact. */
export const REMEMBERED = LIMITS.exactErrorsTried;
const COUNTED = new Set([400, 401, 403, 404]);

export interface Fuse {
  /** Steady times of counted errors, oldest first, never more than `LIMITS.exactErrorsTried`. */
  errors: readonly number[];
  /** The same of answers that were not heard. */
  unheard: readonly number[];
  words: string;
  /** How often in a row Exact may have blocked us; 0 for never. */
  level: number;
  blocked: boolean;
  sinceMs: number;
  untilMs: number;
  state: 'closed' | 'open';
  granted: boolean;
  trying: boolean;
}

/** A fuse as it outlives a restart: times are our own clock's. */
export interface KeptFuse {
  readonly errors: readonly number[];
  readonly unheard: readonly number[];
  readonly words: string;
  readonly level: number;
  readonly sinceMs: number;
  readonly untilMs: number;
  readonly open: boolean;
  readonly blocked: boolean;
}

export function newFuse(words: string, now: number): Fuse {
  return {
    ...{ errors: [], unheard: [], words, level: 0, blocked: false, sinceMs: now, untilMs: now },
    ...{ state: 'closed', granted: false, trying: false },
  };
}

/** `limitless`: a 429 without limit headers, which may be the block itself (§3.4). */
export function countsAsError(status: number, limitless: boolean): boolean {
  return COUNTED.has(status) || (status === 429 && limitless);
}

/** Without words of Exact's own this says nothing of the call; with words it refuses (§2.8). */
export function saysNothing(status: number): boolean {
  return status >= 500 || status === 408;
}

export function withinHour(times: readonly number[], now: number): readonly number[] {
  return times.filter((at) => at > now - HOUR_MS);
}

/** Counted errors of the last hour, oldest first. */
export function recent(fuse: Fuse, now: number): readonly number[] {
  return withinHour(fuse.errors, now);
}

/** Those, and what may have been errors, oldest first. */
export function doubted(fuse: Fuse, now: number): readonly number[] {
  return [...recent(fuse, now), ...withinHour(fuse.unheard, now)].sort((a, b) => a - b);
}

/** Until when one more error could bring Exact's own block, steady; 0 where it surely could not. */
export function fullUntil(fuse: Fuse, now: number): number {
  const earliest = doubted(fuse, now).at(-REMEMBERED);
  if (earliest === undefined || recent(fuse, now).length === 0) return 0;
  return earliest + HOUR_MS;
}
