// Who lives here: what we know of Exact's clock. Exact counts calls by its own clock minutes and
// days (exact-online-api.md §3.1); ours may be off and may be set at any time. So the windows live
// in steady time, which nobody sets, and this file tells between which bounds Exact's clock stands.
//
// Terms: steady (milliseconds since some start, never set), offset (Exact's clock less steady
// time), reset (the end of Exact's minute, which it names with every answer).

import type { Clock } from '../../../domain/index.ts';

/** Time that only passes: `performance.now()` of a process, say. */
export interface Steady {
  elapsedMs(): number;
}

const MINUTE_MS = 60_000;
/** Before Exact has named a reset, our clock is believed within this. */
const ASSUMED_MS = 60_000;
/** Counts in headers may lag (§3.3), and the reset that goes with them; never by more than this. */
export const LAG_MS = 5_000;
const SETTLES_MS = 3 * MINUTE_MS;
/** Crystals drift by 50 ppm; twice that, for both ends. */
const DRIFT = 0.000_1;

/** A clock as steady time, for processes and tests that have nothing better: setbacks are no time. */
export function steadyFrom(clock: Clock): Steady {
  let lastMs = clock.nowMs();
  let elapsedMs = 0;
  return {
    elapsedMs: () => {
      const nowMs = clock.nowMs();
      elapsedMs += Math.max(0, nowMs - lastMs);
      lastMs = nowMs;
      return elapsedMs;
    },
  };
}

interface Bounds {
  readonly low: number;
  readonly high: number;
  readonly atMs: number;
}

export class TheirClock {
  readonly #clock: Clock;
  readonly #steady: Steady;
  #learned: Bounds | undefined;
  #setAtMs = Number.NEGATIVE_INFINITY;

  constructor(clock: Clock, steady: Steady) {
    this.#clock = clock;
    this.#steady = steady;
  }

  /** Steady time; all of `atMs` here is steady. */
  now(): number {
    return this.#steady.elapsedMs();
  }

  /** A steady moment on our own clock. */
  toWall(atMs: number): number {
    return this.#clock.nowMs() + atMs - this.now();
  }

  /** A moment of our own clock in steady time. */
  toSteady(wallMs: number): number {
    return this.now() + wallMs - this.#clock.nowMs();
  }

  /** What Exact's clock shows at least, and at most. */
  earliest(atMs: number): number {
    return atMs + this.#bounds(atMs).low;
  }

  latest(atMs: number): number {
    return atMs + this.#bounds(atMs).high;
  }

  /** What Exact's clock shows, as far as we can tell. */
  likely(atMs: number): number {
    return (this.earliest(atMs) + this.latest(atMs)) / 2;
  }

  /** The steady moment at which Exact's clock has passed `theirMs` for certain. */
  surelyPast(theirMs: number): number {
    const now = this.now();
    const gapMs = theirMs - this.earliest(now);
    return gapMs <= 0 ? now : now + gapMs / (1 - DRIFT) + 1;
  }

  /** Exact's clock less ours; undefined until Exact has told. */
  skewMs(): number | undefined {
    if (this.#learned === undefined) return undefined;
    const now = this.now();
    const { low, high } = this.#bounds(now);
    if (this.#clock.nowMs() >= now + low && this.#clock.nowMs() <= now + high) return 0;
    return Math.round(this.likely(now) - this.#clock.nowMs());
  }

  /**
   * An answer named the end of its minute. Exact's clock stood before it and less than a minute
   * away when the call was counted, which was between the two moments. What contradicts that
   * (a clock was set over there) is forgotten.
   */
  heard(resetMs: number, sentAtMs: number, answeredAtMs: number): void {
    if (resetMs % MINUTE_MS !== 0) return;
    const low = resetMs - MINUTE_MS - answeredAtMs;
    const high = resetMs + LAG_MS - sentAtMs;
    const known = this.#learned === undefined ? { low, high } : this.#bounds(answeredAtMs);
    const both = { low: Math.max(low, known.low), high: Math.min(high, known.high) };
    const agrees = both.low <= both.high;
    if (!agrees) this.#setAtMs = answeredAtMs;
    this.#learned = { ...(agrees ? both : { low, high }), atMs: answeredAtMs };
  }

  /** False for a while after a clock was set over there: earlier calls lie who knows where. */
  settled(): boolean {
    return this.now() > this.#setAtMs + SETTLES_MS;
  }

  #bounds(atMs: number): { low: number; high: number } {
    const learned = this.#learned;
    if (learned === undefined) {
      const offset = this.#clock.nowMs() - this.now();
      return { low: offset - ASSUMED_MS, high: offset + ASSUMED_MS };
    }
    const drift = Math.abs(atMs - learned.atMs) * DRIFT;
    return { low: learned.low - drift, high: learned.high + drift };
  }
}
