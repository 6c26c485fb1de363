// Who lives here: the door of one division. One request is in flight at a time, because parallel
// ones are queued in random order on Exact's side (exact-online-api.md §2.4, §13.29). Who may go
// next: people, then postings, then look-ups of lost postings, then the mirror; each lane in order.

import { LIMITS } from '../../domain/index.ts';
import type { Lane } from './budget.ts';

const ORDER: readonly Lane[] = ['human', 'post', 'settle', 'sync'];

export class Turns {
  readonly #waiting = new Map<Lane, (() => void)[]>(ORDER.map((lane) => [lane, []]));
  #busy = false;

  /** Runs `act` when it is this caller's turn; null when too many wait already. */
  async run<T>(lane: Lane, act: () => Promise<T>): Promise<T | null> {
    if (this.#busy) {
      const queue = this.#waiting.get(lane) ?? [];
      if (queue.length >= LIMITS.exactWaitingCalls) return null;
      await new Promise<void>((resolve) => queue.push(resolve));
    }
    this.#busy = true;
    try {
      return await act();
    } finally {
      this.#next();
    }
  }

  /** Hands the turn over without freeing the door, so that nobody slips in between. */
  #next(): void {
    for (const lane of ORDER) {
      const resolve = this.#waiting.get(lane)?.shift();
      if (resolve === undefined) continue;
      resolve();
      return;
    }
    this.#busy = false;
  }
}
