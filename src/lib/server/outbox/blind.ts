// Who lives here: how long nobody is looked for among Exact's documents of one kind after a look
// there told nothing, or was not answered. Sending goes on meanwhile: what Exact won't show, it may
// still take. A look that Exact refuses may count as an error of that endpoint (I-04), so those
// pauses are long. It lives in memory.

import { LIMITS } from '../../domain/index.ts';

const FIRST_SILENT_MS = 2_000;

interface Pause {
  readonly untilMs: number;
  readonly lastMs: number;
  /** In a row, of whatever posting. */
  readonly looks: number;
}

export class LookPauses {
  readonly #pauses = new Map<string, Pause>();
  readonly #firstMs: number;
  readonly #mostMs: number;

  constructor(firstMs: number, mostMs: number) {
    this.#firstMs = firstMs;
    this.#mostMs = mostMs;
  }

  /** For looks that Exact answers, but so that nothing can be told. */
  static blind(): LookPauses {
    return new LookPauses(LIMITS.blindLookMs, LIMITS.blindLookMaxMs);
  }

  /** For looks without an answer: that may be over soon. */
  static silent(): LookPauses {
    return new LookPauses(FIRST_SILENT_MS, LIMITS.exactBackoffMaxMs);
  }

  /** When this kind may be looked for; in the past means now. */
  freeMs(kind: string): number {
    return this.#pauses.get(kind)?.untilMs ?? 0;
  }

  /** Looks of this kind that told nothing, since the last that did. */
  looks(kind: string): number {
    return this.#pauses.get(kind)?.looks ?? 0;
  }

  /** A look told nothing; the answer is when the next one may come, `leastMs` from now or later. */
  failed(kind: string, nowMs: number, leastMs = 0): number {
    const known = this.#pauses.get(kind);
    const lastMs = known === undefined ? this.#firstMs : Math.min(2 * known.lastMs, this.#mostMs);
    const untilMs = nowMs + Math.max(lastMs, leastMs);
    this.#pauses.set(kind, { untilMs, lastMs, looks: this.looks(kind) + 1 });
    return untilMs;
  }

  passed(kind: string): void {
    this.#pauses.delete(kind);
  }

  clear(): void {
    this.#pauses.clear();
  }
}
