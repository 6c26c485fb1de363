// Who lives here: the time of these tests. The hub and the simulator read the same clock, and
// nothing moves it but the test; timers fire in order as it passes them.

import type { Clock, Scheduler } from '../../src/lib/domain/index.ts';

interface Timer {
  readonly atMs: number;
  readonly act: () => void;
}

export class VirtualTime implements Clock, Scheduler {
  #nowMs: number;
  #timers = new Set<Timer>();

  constructor(startMs: number) {
    this.#nowMs = startMs;
  }

  nowMs(): number {
    return this.#nowMs;
  }

  /** When the next timer fires; undefined when nobody waits for time. */
  get nextMs(): number | undefined {
    let nextMs: number | undefined;
    for (const { atMs } of this.#timers) nextMs = Math.min(atMs, nextMs ?? atMs);
    return nextMs;
  }

  after(delayMs: number, act: () => void): () => void {
    const timer = { atMs: this.#nowMs + Math.max(0, delayMs), act };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  }

  advance(ms: number): void {
    this.advanceTo(this.#nowMs + ms);
  }

  advanceTo(ms: number): void {
    for (;;) {
      const due = [...this.#timers].filter((t) => t.atMs <= ms).sort((a, b) => a.atMs - b.atMs)[0];
      if (due === undefined) break;
      this.#timers.delete(due);
      this.#nowMs = Math.max(this.#nowMs, due.atMs);
      due.act();
    }
    this.#nowMs = Math.max(this.#nowMs, ms);
  }
}
