// Who lives here: the fuse before Exact's own block (I-04). Exact counts the errors 400, 401, 403
// and 404 per key, user, company and endpoint, and blocks the key for that endpoint after ten in an
// hour, longer when errors go on (exact-online-api.md §3.4). The fifth opens our breaker for an
// hour; then one call may try; if it fails too, the breaker stays open twice as long.
//
// Terms: open (nobody calls this endpoint), half open (one call may try), level (how often it has
// opened again).

import { LIMITS } from '../../../domain/index.ts';
import type { TheirClock } from './their-clock.ts';

const HOUR_MS = 3_600_000;
/** A breaker that opens again within a day of its last time starts where it was. */
const MEMORY_MS = 24 * HOUR_MS;
const LONGEST_MS = 24 * HOUR_MS;
/** Who comes while the one try is under way asks again after this. */
const TRY_MS = 1_000;
const COUNTED = new Set([400, 401, 403, 404]);

/** `limitless`: a 429 without limit headers, which may be the block itself (§3.4). */
export function countsAsError(status: number, limitless: boolean): boolean {
  return COUNTED.has(status) || (status === 429 && limitless);
}

interface Fuse {
  /** Steady times of counted errors, oldest first, never more than `LIMITS.exactErrorsPerHour`. */
  errors: readonly number[];
  words: string;
  level: number;
  sinceMs: number;
  untilMs: number;
  state: 'closed' | 'open';
  trying: boolean;
}

/** A fuse as it outlives a restart: times are our own clock's. */
export interface KeptFuse {
  readonly errors: readonly number[];
  readonly words: string;
  readonly level: number;
  readonly sinceMs: number;
  readonly untilMs: number;
  readonly open: boolean;
}

/** An endpoint with errors in the last hour, or an open breaker. Times are our own clock's. */
export interface EndpointView {
  /** The path without division, query and key, e.g. `purchaseorder/goodsreceipts`. */
  readonly endpoint: string;
  readonly errors: number;
  /** Errors in an hour at which the breaker opens. */
  readonly limit: number;
  readonly state: 'closed' | 'open' | 'half-open';
  /** Only where the breaker is not closed. */
  readonly sinceMs?: number;
  readonly untilMs?: number;
  /** What Exact said last; fit to be shown. */
  readonly words: string;
}

export type BreakerChange = 'opened' | 'closed' | null;

export class Breakers {
  readonly #time: TheirClock;
  readonly #fuses = new Map<string, Fuse>();

  constructor(time: TheirClock) {
    this.#time = time;
  }

  recall(endpoint: string, kept: KeptFuse): void {
    const now = this.#time.now();
    // A clock that was set back must not make an error younger than now.
    const past = (wallMs: number) => Math.min(now, this.#time.toSteady(wallMs));
    const until = Math.min(this.#time.toSteady(kept.untilMs), now + LONGEST_MS);
    this.#fuses.set(endpoint, {
      ...{ errors: kept.errors.map(past), words: kept.words, level: kept.level },
      ...{ sinceMs: past(kept.sinceMs), untilMs: until },
      ...{ state: kept.open ? 'open' : 'closed', trying: false },
    });
  }

  /** What must outlive a restart, so that a crash loop cannot burn through the fuse. */
  kept(): Readonly<Record<string, KeptFuse>> {
    this.#tidy();
    const wall = (atMs: number) => Math.round(this.#time.toWall(atMs));
    const kept = [...this.#fuses].map(([endpoint, fuse]): [string, KeptFuse] => {
      const { words, level } = fuse;
      const times = { sinceMs: wall(fuse.sinceMs), untilMs: wall(fuse.untilMs) };
      const errors = this.#recent(fuse).map(wall);
      return [endpoint, { errors, words, level, ...times, open: fuse.state === 'open' }];
    });
    return Object.fromEntries(kept);
  }

  /** Steady; 0 for now. */
  freeAt(endpoint: string): number {
    const fuse = this.#fuses.get(endpoint);
    if (fuse?.state !== 'open') return 0;
    const now = this.#time.now();
    if (now < fuse.untilMs) return fuse.untilMs;
    return fuse.trying ? now + TRY_MS : 0;
  }

  sent(endpoint: string): void {
    const fuse = this.#fuses.get(endpoint);
    if (fuse?.state === 'open') fuse.trying = true;
  }

  /** No answer came: the next call may try. */
  lost(endpoint: string): void {
    const fuse = this.#fuses.get(endpoint);
    if (fuse !== undefined) fuse.trying = false;
  }

  answered(endpoint: string, status: number, words: string, limitless: boolean): BreakerChange {
    if (!countsAsError(status, limitless)) {
      this.lost(endpoint);
      return status === 429 ? null : this.#close(endpoint);
    }
    const now = this.#time.now();
    const known = this.#fuses.get(endpoint);
    const fuse: Fuse = known ?? {
      ...{ errors: [], words, level: 0, sinceMs: now, untilMs: now },
      ...{ state: 'closed', trying: false },
    };
    fuse.errors = [...this.#recent(fuse), now].slice(-LIMITS.exactErrorsPerHour);
    fuse.words = words.slice(0, LIMITS.exactShownChars);
    this.#fuses.set(endpoint, fuse);
    this.#tidy();
    const tried = fuse.state === 'open';
    fuse.trying = false;
    if (!tried && fuse.errors.length < LIMITS.exactErrorsPerHour) return null;
    this.#open(fuse, tried);
    return 'opened';
  }

  /** Those with errors in the last hour, the open ones first. */
  view(): readonly EndpointView[] {
    this.#tidy();
    const now = this.#time.now();
    const wall = (atMs: number) => Math.round(this.#time.toWall(atMs));
    const views = [...this.#fuses].map(([endpoint, fuse]): EndpointView => {
      const errors = this.#recent(fuse).length;
      const base = { endpoint, errors, limit: LIMITS.exactErrorsPerHour, words: fuse.words };
      if (fuse.state === 'closed') return { ...base, state: 'closed' };
      const state = now < fuse.untilMs ? 'open' : 'half-open';
      return { ...base, state, sinceMs: wall(fuse.sinceMs), untilMs: wall(fuse.untilMs) };
    });
    const shown = views.filter((each) => each.errors > 0 || each.state !== 'closed');
    return shown.sort(
      (a, b) => Number(a.state === 'closed') - Number(b.state === 'closed') || b.errors - a.errors,
    );
  }

  #open(fuse: Fuse, tried: boolean): void {
    const now = this.#time.now();
    const again = tried || (fuse.untilMs > fuse.sinceMs && now - fuse.untilMs < MEMORY_MS);
    fuse.level = again ? fuse.level + 1 : 0;
    if (!tried) fuse.sinceMs = now;
    fuse.state = 'open';
    fuse.untilMs = now + Math.min(HOUR_MS * 2 ** Math.min(fuse.level, 10), LONGEST_MS);
  }

  #close(endpoint: string): BreakerChange {
    const fuse = this.#fuses.get(endpoint);
    if (fuse?.state !== 'open') return null;
    fuse.state = 'closed';
    return 'closed';
  }

  #recent(fuse: Fuse): readonly number[] {
    const since = this.#time.now() - HOUR_MS;
    return fuse.errors.filter((at) => at > since);
  }

  /** Forgets what is over; of too many endpoints, the ones that are quiet for longest. */
  #tidy(): void {
    const now = this.#time.now();
    for (const [endpoint, fuse] of this.#fuses) {
      const over = fuse.state === 'closed' && this.#recent(fuse).length === 0;
      if (over && now - fuse.untilMs > MEMORY_MS) this.#fuses.delete(endpoint);
    }
    const quiet = [...this.#fuses].filter(([, fuse]) => fuse.state === 'closed');
    quiet.sort(([, a], [, b]) => (a.errors.at(-1) ?? 0) - (b.errors.at(-1) ?? 0));
    const surplus = this.#fuses.size - LIMITS.exactEndpoints;
    for (const [endpoint] of quiet.slice(0, Math.max(0, surplus))) this.#fuses.delete(endpoint);
  }
}
