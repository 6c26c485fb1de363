// Who lives here: a model of how Exact counts (exact-online-api.md §3): 60 calls a clock minute and
// 5,000 a UTC day of its own clock, which is off; headers that lag, or that some gateway took away;
// calls by others on the same limit; a 429 that brings only the headers of the window that is full.

import type { VirtualLoop } from './virtual-loop.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

export interface ModelSettings {
  readonly minute: number;
  readonly day: number;
  /** Exact's clock less true time. */
  readonly skewMs: number;
  /** How old the counts in headers are, and the window that they speak of. */
  readonly lagMs: number;
  readonly headers: boolean;
}

export interface Answered {
  readonly status: number;
  readonly headers: Headers;
}

export class ExactModel {
  readonly #loop: VirtualLoop;
  readonly #settings: ModelSettings;
  /** Exact's time of every call that counted. */
  readonly #counted: number[] = [];
  /** Own calls that were refused: by true time. */
  readonly refused: number[] = [];

  constructor(loop: VirtualLoop, settings: ModelSettings) {
    this.#loop = loop;
    this.#settings = settings;
  }

  /** One call of ours arrives. */
  call(): Answered {
    const full = this.#take();
    if (full === undefined) return { status: 200, headers: this.#headers(['minute', 'day']) };
    this.refused.push(this.#loop.nowMs);
    return { status: 429, headers: this.#headers([full]) };
  }

  /** Somebody else calls with our limit. */
  foreign(): void {
    this.#take();
  }

  /** Calls in the fullest minute of Exact's clock. */
  worstMinute(): number {
    const minutes = new Map<number, number>();
    for (const at of this.#counted) {
      const minute = Math.floor(at / MINUTE_MS);
      minutes.set(minute, (minutes.get(minute) ?? 0) + 1);
    }
    return Math.max(0, ...minutes.values());
  }

  #take(): 'minute' | 'day' | undefined {
    const now = this.#loop.nowMs + this.#settings.skewMs;
    if (this.#used(MINUTE_MS, now) >= this.#settings.minute) return 'minute';
    if (this.#used(DAY_MS, now) >= this.#settings.day) return 'day';
    this.#counted.push(now);
    return undefined;
  }

  #used(windowMs: number, atMs: number): number {
    const from = Math.floor(atMs / windowMs) * windowMs;
    let used = 0;
    for (let n = this.#counted.length - 1; n >= 0; n -= 1) {
      const at = this.#counted[n] ?? 0;
      if (at < from) break;
      if (at <= atMs) used += 1;
    }
    return used;
  }

  #headers(windows: readonly ('minute' | 'day')[]): Headers {
    const headers = new Headers();
    if (!this.#settings.headers) return headers;
    const refused = windows.length === 1;
    const at = this.#loop.nowMs + this.#settings.skewMs - (refused ? 0 : this.#settings.lagMs);
    for (const window of windows) {
      const lengthMs = window === 'minute' ? MINUTE_MS : DAY_MS;
      const limit = this.#settings[window];
      const prefix = window === 'minute' ? 'X-RateLimit-Minutely' : 'X-RateLimit';
      const reset = (Math.floor(at / lengthMs) + 1) * lengthMs;
      headers.set(`${prefix}-Limit`, String(limit));
      headers.set(`${prefix}-Remaining`, String(Math.max(0, limit - this.#used(lengthMs, at))));
      headers.set(`${prefix}-Reset`, String(reset));
    }
    return headers;
  }
}
