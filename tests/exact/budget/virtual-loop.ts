// Who lives here: true time for the budget's properties: timers fire in order, and after each one
// everything that was waiting for it runs before time goes on.

import type { Scheduler } from '../../../src/lib/domain/index.ts';

interface Timer {
  readonly atMs: number;
  readonly act: () => void;
}

export class VirtualLoop implements Scheduler {
  nowMs: number;
  readonly #timers = new Set<Timer>();

  constructor(startMs: number) {
    this.nowMs = startMs;
  }

  after(delayMs: number, act: () => void): () => void {
    const timer = { atMs: this.nowMs + Math.max(0, delayMs), act };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  }

  async sleep(ms: number): Promise<void> {
    await new Promise<void>((resolve) => this.after(ms, resolve));
  }

  /** Runs until `untilMs`, or until `done` says so. */
  async run(untilMs: number, done: () => boolean = () => false): Promise<void> {
    await settle();
    while (!done()) {
      let next: Timer | undefined;
      for (const timer of this.#timers) if (!next || timer.atMs < next.atMs) next = timer;
      if (next === undefined || next.atMs > untilMs) break;
      this.#timers.delete(next);
      this.nowMs = Math.max(this.nowMs, next.atMs);
      next.act();
      await settle();
    }
    if (!done()) this.nowMs = Math.max(this.nowMs, untilMs);
  }
}

async function settle(): Promise<void> {
  await new Promise<void>((resolve) => setImmediate(resolve));
}
