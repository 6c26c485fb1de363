// Who lives here: how many messages one station may send: so many a second for long, a burst at
// once, so that an offline queue drains quickly and a mad page cannot drown the others (I-17).

import type { Clock } from '../../domain/index.ts';

export class TokenBucket {
  readonly #clock: Clock;
  readonly #perSecond: number;
  readonly #burst: number;
  #tokens: number;
  #atMs: number;

  constructor(clock: Clock, perSecond: number, burst: number) {
    this.#clock = clock;
    this.#perSecond = perSecond;
    this.#burst = burst;
    this.#tokens = burst;
    this.#atMs = clock.nowMs();
  }

  /** Takes one token; false when there is none. A clock that steps back gives none for free. */
  take(): boolean {
    const nowMs = this.#clock.nowMs();
    const passedMs = Math.max(0, nowMs - this.#atMs);
    this.#atMs = nowMs;
    this.#tokens = Math.min(this.#burst, this.#tokens + (passedMs / 1000) * this.#perSecond);
    if (this.#tokens < 1) return false;
    this.#tokens -= 1;
    return true;
  }

  /** How long until there is a token again, in whole milliseconds. */
  waitMs(): number {
    return Math.ceil((Math.max(0, 1 - this.#tokens) / this.#perSecond) * 1000);
  }
}
