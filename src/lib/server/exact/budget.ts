// Who lives here: the one who spends Exact's calls (I-18) and the fuse before Exact's own block
// (I-04). Exact counts 60 calls a clock minute and 5,000 a UTC day per app and company, says so in
// headers that may lag or be absent (absent is not zero), and blocks a key after ten errors per
// endpoint and hour (exact-online-api.md §3). We count ourselves and wait before it comes to that.
//
// Terms: lane (who wants to call), minute (any 60 seconds, so that a skewed clock cannot put two
// of ours into one of theirs), fuse (five counted errors on an endpoint open it for the hour).

import { LIMITS } from '../../domain/index.ts';
import type { Clock } from '../../domain/index.ts';

/** `human` an admin waits · `post` a document · `settle` a marker is looked up · `sync` the mirror. */
export type Lane = 'human' | 'post' | 'settle' | 'sync';

/** Counted errors that are still remembered: endpoint → times, oldest first. */
export type CountedErrors = Readonly<Record<string, readonly number[]>>;

/** Share of the day below which a lane stops: 10 % is kept for people, 10 % more for settling. */
const DAY_FLOOR: Readonly<Record<Lane, number>> = { human: 0, settle: 0.1, post: 0.2, sync: 0.4 };
const COUNTED = new Set([400, 401, 403, 404]);
const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

interface Window {
  readonly remaining: number;
  readonly limit: number;
  readonly resetMs: number;
}

function digits(headers: Headers, name: string): number | undefined {
  const text = headers.get(name);
  return text !== null && /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}

function readWindow(headers: Headers, prefix: string, limit: number): Window | undefined {
  const remaining = digits(headers, `${prefix}Remaining`);
  const resetMs = digits(headers, `${prefix}Reset`);
  if (remaining === undefined || resetMs === undefined) return undefined;
  return { remaining, resetMs, limit: digits(headers, `${prefix}Limit`) ?? limit };
}

export class CallBudget {
  readonly #clock: Clock;
  #recent: number[] = [];
  #minute: Window | undefined;
  #day: Window | undefined;
  #dayStartMs = 0;
  #dayCount = 0;
  #blockedUntilMs = 0;
  #errors = new Map<string, number[]>();

  constructor(clock: Clock, errors: CountedErrors = {}) {
    this.#clock = clock;
    for (const [endpoint, times] of Object.entries(errors)) this.#errors.set(endpoint, [...times]);
  }

  /** The earliest moment at which this lane may call this endpoint; in the past means now. */
  freeAtMs(lane: Lane, endpoint: string): number {
    const now = this.#clock.nowMs();
    return Math.max(
      this.#blockedUntilMs,
      this.#fuseUntilMs(endpoint, now),
      this.#minuteFreeMs(lane, now),
      this.#dayFreeMs(lane, now),
    );
  }

  /** A call to a URL with a division leaves now. */
  sent(): void {
    const now = this.#clock.nowMs();
    this.#recent = this.#recent.filter((at) => at > now - MINUTE_MS && at <= now);
    this.#recent.push(now);
    this.#turnDay(now);
    this.#dayCount += 1;
  }

  /** An answer came. Returns true when it was one of the errors that Exact counts. */
  heard(endpoint: string, status: number, headers: Headers): boolean {
    this.#minute = readWindow(headers, 'X-RateLimit-Minutely-', LIMITS.exactMinuteCalls);
    this.#day = readWindow(headers, 'X-RateLimit-', LIMITS.exactDayCalls) ?? this.#day;
    if (!COUNTED.has(status)) return false;
    const now = this.#clock.nowMs();
    const times = this.#errorsOf(endpoint, now);
    this.#errors.set(endpoint, [...times, now].slice(-LIMITS.exactErrorsPerHour));
    return true;
  }

  /** A 429 came: until when nobody calls. The limit that is used up is the one whose headers came. */
  throttled(headers: Headers): number {
    const now = this.#clock.nowMs();
    const sane = (ms: number | undefined) => ms !== undefined && ms > now && ms <= now + DAY_MS;
    const minute = digits(headers, 'X-RateLimit-Minutely-Reset');
    const day = digits(headers, 'X-RateLimit-Reset');
    const exhausted = digits(headers, 'X-RateLimit-Remaining') === 0 || minute === undefined;
    const nextMinute = (Math.floor(now / MINUTE_MS) + 1) * MINUTE_MS;
    if (exhausted && day !== undefined && sane(day)) this.#blockedUntilMs = day;
    else this.#blockedUntilMs = minute !== undefined && sane(minute) ? minute : nextMinute;
    return this.#blockedUntilMs;
  }

  /** What must outlive a restart, so that a crash loop cannot burn through the fuse. */
  countedErrors(): CountedErrors {
    const now = this.#clock.nowMs();
    const live = [...this.#errors.keys()].map((e) => [e, this.#errorsOf(e, now)] as const);
    return Object.fromEntries(live.filter(([, times]) => times.length > 0));
  }

  /** For the admin page: calls left today as far as we know, and how many went in the last 60 s. */
  status(): { dayLeft: number; lastMinute: number; blockedUntilMs: number } {
    const now = this.#clock.nowMs();
    const lastMinute = this.#recent.filter((at) => at > now - MINUTE_MS).length;
    return { dayLeft: this.#dayLeft(now).left, lastMinute, blockedUntilMs: this.#blockedUntilMs };
  }

  #errorsOf(endpoint: string, now: number): number[] {
    return (this.#errors.get(endpoint) ?? []).filter((at) => at > now - HOUR_MS && at <= now);
  }

  #fuseUntilMs(endpoint: string, now: number): number {
    const times = this.#errorsOf(endpoint, now);
    const oldest = times[0];
    return oldest !== undefined && times.length >= LIMITS.exactErrorsPerHour ? oldest + HOUR_MS : 0;
  }

  #minuteFreeMs(lane: Lane, now: number): number {
    const theirs =
      this.#minute !== undefined && this.#minute.resetMs > now ? this.#minute : undefined;
    const reserve = lane === 'post' || lane === 'human' ? 0 : LIMITS.exactMinuteReserve;
    const most = Math.max(1, (this.#minute?.limit ?? LIMITS.exactMinuteCalls) - reserve);
    const live = this.#recent.filter((at) => at > now - MINUTE_MS && at <= now);
    const gate = live.length >= most ? live[live.length - most] : undefined;
    const ours = gate === undefined ? 0 : gate + MINUTE_MS;
    return theirs !== undefined && theirs.remaining <= reserve
      ? Math.max(ours, theirs.resetMs)
      : ours;
  }

  #dayFreeMs(lane: Lane, now: number): number {
    const { left, limit, resetMs } = this.#dayLeft(now);
    return left <= limit * DAY_FLOOR[lane] ? resetMs : 0;
  }

  #dayLeft(now: number): { left: number; limit: number; resetMs: number } {
    this.#turnDay(now);
    const midnight = this.#dayStartMs + DAY_MS;
    const theirs = this.#day !== undefined && this.#day.resetMs > now ? this.#day : undefined;
    const limit = this.#day?.limit ?? LIMITS.exactDayCalls;
    const left = Math.min(limit - this.#dayCount, theirs?.remaining ?? limit);
    return { left, limit, resetMs: theirs?.resetMs ?? midnight };
  }

  #turnDay(now: number): void {
    const start = Math.floor(now / DAY_MS) * DAY_MS;
    if (start === this.#dayStartMs) return;
    this.#dayStartMs = start;
    this.#dayCount = 0;
  }
}
