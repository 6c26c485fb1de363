// Who lives here: how long nobody is looked for among Exact's documents of one kind after a look
// there told nothing. Sending goes on meanwhile: what Exact won't show, it may still take. Each such
// look may count as an error of that endpoint (I-04), so the pauses are long. It lives in memory.

import { LIMITS } from '../../domain/index.ts';

interface Pause {
  readonly untilMs: number;
  readonly lastMs: number;
}

export class BlindLooks {
  readonly #pauses = new Map<string, Pause>();

  /** When this kind may be looked for; in the past means now. */
  freeMs(kind: string): number {
    return this.#pauses.get(kind)?.untilMs ?? 0;
  }

  /** A look told nothing; the answer is when the next one may come. */
  failed(kind: string, nowMs: number): number {
    const known = this.#pauses.get(kind)?.lastMs;
    const lastMs =
      known === undefined ? LIMITS.blindLookMs : Math.min(2 * known, LIMITS.blindLookMaxMs);
    const untilMs = nowMs + lastMs;
    this.#pauses.set(kind, { untilMs, lastMs });
    return untilMs;
  }

  passed(kind: string): void {
    this.#pauses.delete(kind);
  }

  clear(): void {
    this.#pauses.clear();
  }
}
