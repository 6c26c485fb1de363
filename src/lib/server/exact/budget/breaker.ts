// Who lives here: the fuse before Exact's own block (I-04). Exact counts the errors 400, 401, 403
// and 404 per key, user, company and endpoint, and blocks the key for that endpoint after ten in an
// hour, longer when errors go on (exact-online-api.md §3.4). It does not say that it tells reading
// from writing, so neither do we: our own law is five in any hour, all together. The last of the
// five is left to look-ups of what is in doubt, so that refused documents do not keep us from
// finding out what became of others.
//
// A document that Exact refuses says nothing about the next one: the breaker stands open until the
// hour has room for one more error, and no longer. Only what may be Exact's block itself (403, or a
// 429 without limits) shuts the endpoint to everybody, for twice as long each time.
//
// Terms: open (nobody but look-ups calls this endpoint), half open (one call may try), blocked
// (perhaps by Exact itself: look-ups neither), granted (a person lets one call through now).

import { LIMITS } from '../../../domain/index.ts';
import type { Lane } from './lanes.ts';
import type { TheirClock } from './their-clock.ts';

const HOUR_MS = 3_600_000;
/** A breaker that opens again within a day of its last time starts where it was. */
const MEMORY_MS = 24 * HOUR_MS;
const LONGEST_MS = 24 * HOUR_MS;
/** Who comes while the one try is under way asks again after this. */
const TRY_MS = 1_000;
const COUNTED = new Set([400, 401, 403, 404]);
/** A block is told with one of these (§3.4, not published which). */
const BLOCKS = new Set([403, 429]);
/** Errors in an hour at which documents stop. */
const OPENS_AT = LIMITS.exactErrorsPerHour - 1;
/** With what persons tried: still less than the ten of Exact. */
const REMEMBERED = LIMITS.exactErrorsTried;

/** What came back from an endpoint. `tried`: what `sent` said of the call. */
export interface BreakerAnswer {
  readonly status: number;
  readonly words: string;
  /** No limit headers came with it. */
  readonly limitless: boolean;
  readonly tried: boolean;
}

/** `limitless`: a 429 without limit headers, which may be the block itself (§3.4). */
export function countsAsError(status: number, limitless: boolean): boolean {
  return COUNTED.has(status) || (status === 429 && limitless);
}

interface Fuse {
  /** Steady times of counted errors, oldest first, never more than `LIMITS.exactErrorsTried`. */
  errors: readonly number[];
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
  readonly words: string;
  readonly level: number;
  readonly sinceMs: number;
  readonly untilMs: number;
  readonly open: boolean;
  readonly blocked: boolean;
}

/** An endpoint with errors in the last hour, or an open breaker. Times are our own clock's. */
export interface EndpointView {
  /** The path without division, query and key, e.g. `purchaseorder/goodsreceipts`. */
  readonly endpoint: string;
  readonly errors: number;
  /** Errors in an hour that calls of ours never go beyond by themselves. */
  readonly limit: number;
  readonly state: 'closed' | 'open' | 'half-open';
  /** Only where the breaker is not closed. */
  readonly sinceMs?: number;
  readonly untilMs?: number;
  /** Perhaps by Exact itself: nobody calls, look-ups neither. */
  readonly blocked?: true;
  /** What Exact said last; fit to be shown. */
  readonly words: string;
}

export type BreakerChange = 'opened' | 'closed' | null;

/** What a person's wish to try an endpoint now came to. */
export type TryNow =
  | { readonly kind: 'granted' }
  /** It is called anyway. */
  | { readonly kind: 'not-stopped' }
  /** One more error could bring Exact's own block; steady time. */
  | { readonly kind: 'too-many'; readonly untilMs: number };

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
      ...{ sinceMs: past(kept.sinceMs), untilMs: until, blocked: kept.blocked },
      ...{ state: kept.open ? 'open' : 'closed', granted: false, trying: false },
    });
  }

  /** What must outlive a restart, so that a crash loop cannot burn through the fuse. */
  kept(): Readonly<Record<string, KeptFuse>> {
    this.#tidy();
    const wall = (atMs: number) => Math.round(this.#time.toWall(atMs));
    const kept = [...this.#fuses].map(([endpoint, fuse]): [string, KeptFuse] => {
      const { words, level, blocked } = fuse;
      const times = { sinceMs: wall(fuse.sinceMs), untilMs: wall(fuse.untilMs) };
      const errors = this.#recent(fuse).map(wall);
      return [endpoint, { errors, words, level, blocked, ...times, open: fuse.state === 'open' }];
    });
    return Object.fromEntries(kept);
  }

  /** Steady; 0 for now. */
  freeAt(lane: Lane, endpoint: string): number {
    const fuse = this.#fuses.get(endpoint);
    if (fuse?.state !== 'open') return 0;
    if (this.#spares(fuse, lane)) return 0;
    const now = this.#time.now();
    if (now < fuse.untilMs && !fuse.granted) {
      const fifth = this.#recent(fuse).at(-LIMITS.exactErrorsPerHour);
      const spare = lane === 'settle' && !fuse.blocked && fifth !== undefined;
      return spare ? Math.min(fuse.untilMs, fifth + HOUR_MS) : fuse.untilMs;
    }
    return fuse.trying ? now + TRY_MS : 0;
  }

  /** True when this call is the one that may try. */
  sent(lane: Lane, endpoint: string): boolean {
    const fuse = this.#fuses.get(endpoint);
    if (fuse?.state !== 'open' || this.#spares(fuse, lane)) return false;
    fuse.granted = false;
    fuse.trying = true;
    return true;
  }

  /** No answer came to the call that tried: the next one may. */
  lost(endpoint: string): void {
    const fuse = this.#fuses.get(endpoint);
    if (fuse !== undefined) fuse.trying = false;
  }

  /** A person lets one call through, whoever comes first; if that fails, the breaker stays. */
  tryNow(endpoint: string): TryNow {
    const fuse = this.#fuses.get(endpoint);
    if (fuse?.state !== 'open') return { kind: 'not-stopped' };
    const earliest = this.#recent(fuse).at(-REMEMBERED);
    if (earliest !== undefined) return { kind: 'too-many', untilMs: earliest + HOUR_MS };
    fuse.granted = true;
    return { kind: 'granted' };
  }

  answered(endpoint: string, answer: BreakerAnswer): BreakerChange {
    const { status, words, limitless, tried } = answer;
    if (tried) this.lost(endpoint);
    if (!countsAsError(status, limitless)) {
      return tried && status !== 429 ? this.#close(endpoint) : null;
    }
    const now = this.#time.now();
    const known = this.#fuses.get(endpoint);
    const fuse: Fuse = known ?? {
      ...{ errors: [], words, level: 0, blocked: false, sinceMs: now, untilMs: now },
      ...{ state: 'closed', granted: false, trying: false },
    };
    fuse.errors = [...this.#recent(fuse), now].slice(-REMEMBERED);
    fuse.words = words.slice(0, LIMITS.exactShownChars);
    this.#fuses.set(endpoint, fuse);
    this.#tidy();
    return this.#failed(fuse, BLOCKS.has(status), tried);
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
      const times = { sinceMs: wall(fuse.sinceMs), untilMs: wall(fuse.untilMs) };
      return { ...base, state, ...times, ...(fuse.blocked ? { blocked: true } : {}) };
    });
    const shown = views.filter((each) => each.errors > 0 || each.state !== 'closed');
    return shown.sort(
      (a, b) => Number(a.state === 'closed') - Number(b.state === 'closed') || b.errors - a.errors,
    );
  }

  #failed(fuse: Fuse, block: boolean, tried: boolean): BreakerChange {
    const now = this.#time.now();
    const recent = this.#recent(fuse);
    const full = recent.at(-OPENS_AT);
    const wasOpen = fuse.state === 'open';
    // A person let it through before its time: what we know of Exact's block stands.
    const early = tried && now < fuse.untilMs;
    if (!wasOpen && full === undefined) return null;
    if (!wasOpen) fuse.sinceMs = now;
    fuse.state = 'open';
    fuse.granted = false;
    if (block && !early) {
      fuse.level = now - fuse.untilMs < MEMORY_MS ? fuse.level + 1 : 1;
      fuse.untilMs = now + Math.min(HOUR_MS * 2 ** Math.min(fuse.level - 1, 10), LONGEST_MS);
    }
    // A refusal at a shut endpoint shows that Exact does not block it.
    if (!block && !early) fuse.untilMs = now;
    fuse.blocked = block || (early && fuse.blocked);
    fuse.untilMs = Math.max(fuse.untilMs, (full ?? now - HOUR_MS) + HOUR_MS);
    if (fuse.untilMs <= now) return this.#shut(fuse);
    return wasOpen && !tried ? null : 'opened';
  }

  /** Look-ups have the last error of the five, and need no try: they say nothing of documents. */
  #spares(fuse: Fuse, lane: Lane): boolean {
    if (lane !== 'settle' || fuse.blocked) return false;
    return this.#recent(fuse).length < LIMITS.exactErrorsPerHour;
  }

  #close(endpoint: string): BreakerChange {
    const fuse = this.#fuses.get(endpoint);
    return fuse?.state === 'open' ? this.#shut(fuse) : null;
  }

  #shut(fuse: Fuse): 'closed' {
    fuse.state = 'closed';
    fuse.blocked = false;
    fuse.granted = false;
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
