// Who lives here: the answer to "are calls scarce just now?". While they are, lines wait to share
// a document; while they are not, each goes at once. The answer must not flutter: it changes at
// one mark and changes back only well below it, and not for every single call.

import { LIMITS } from '../../../domain/index.ts';

export interface Strain {
  /** Documents expected until the day's end, and calls left for them. */
  readonly documentsToCome: number;
  readonly documentsLeft: number;
  /** Postings of the last 60 s, and how many the lane may count on. */
  readonly minuteUsed: number;
  readonly minuteFloor: number;
  /** Postings waiting for their turn. */
  readonly waiting: number;
}

export type Reason = 'day' | 'minute';

/** Below this share of the mark, calls are no longer scarce. */
const CALM = 0.8;
const CALM_MINUTE = 0.5;
/** Once changed, the answer stands at least this long. */
const STANDS_MS = 5 * 60_000;

export class Tightness {
  #reason: Reason | null = null;
  #sinceMs = Number.NEGATIVE_INFINITY;

  /** Why calls are scarce; null when they are not. */
  get reason(): Reason | null {
    return this.#reason;
  }

  /** Steady. */
  get sinceMs(): number {
    return this.#sinceMs;
  }

  /** True when the answer changed. Becoming scarce is told at once, the end of it not too soon. */
  weigh(strain: Strain, nowMs: number): boolean {
    const found = scarce(strain);
    if (this.#reason === null) {
      if (found === null) return false;
      this.#reason = found;
      this.#sinceMs = nowMs;
      return true;
    }
    if (found !== null || !calm(strain) || nowMs - this.#sinceMs < STANDS_MS) return false;
    this.#reason = null;
    this.#sinceMs = nowMs;
    return true;
  }
}

function scarce(strain: Strain): Reason | null {
  if (strain.documentsToCome > strain.documentsLeft) return 'day';
  if (strain.waiting > LIMITS.exactPostQueue) return 'minute';
  return strain.minuteFloor > 0 && strain.minuteUsed >= strain.minuteFloor ? 'minute' : null;
}

function calm(strain: Strain): boolean {
  return (
    strain.documentsToCome <= strain.documentsLeft * CALM &&
    strain.minuteUsed <= strain.minuteFloor * CALM_MINUTE &&
    strain.waiting <= LIMITS.exactPostQueue * CALM_MINUTE
  );
}
