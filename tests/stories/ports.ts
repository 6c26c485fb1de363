// Who lives here: time and chance of a story. The clock stands still unless the story says so, and
// chance is a seeded sequence, so that two runs of one story are the same to the last id.

import type { Clock, Random } from '../../src/lib/domain/index.ts';

const MINUTE_MS = 60_000;

export class StoryClock implements Clock {
  #nowMs: number;

  /** Noon of the story's day. */
  constructor(today: string) {
    this.#nowMs = Date.parse(`${today}T12:00:00Z`);
  }

  nowMs(): number {
    return this.#nowMs;
  }

  pass(minutes: number): void {
    this.#nowMs += minutes * MINUTE_MS;
  }

  /** `yyyy-mm-dd`. */
  today(): string {
    return new Date(this.#nowMs).toISOString().slice(0, 10);
  }
}

/** Marsaglia's xorshift32. */
export class StoryRandom implements Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed;
  }

  bytes(count: number): Uint8Array {
    return Uint8Array.from({ length: count }, () => this.#next() & 0xff);
  }

  #next(): number {
    this.#state ^= this.#state << 13;
    this.#state ^= this.#state >>> 17;
    this.#state ^= this.#state << 5;
    return this.#state >>> 8;
  }
}
