// Who lives here: who must wait before Exact is spoken to again. What concerns everybody (no token,
// too many calls) holds everybody; what concerns one endpoint holds the postings of that kind and
// no other. It lives in memory: after a restart the first call finds out again.

import { LIMITS } from '../../domain/index.ts';
import type { Later } from './ports.ts';

interface Hold {
  readonly untilMs: number;
  readonly failures: number;
}

const FIRST_BACKOFF_MS = 1_000;
const NONE: Hold = { untilMs: 0, failures: 0 };
/** No kind has this name. */
const ALL = '*';

/** How long to wait after so many failures in a row. */
export function backoffMs(failures: number): number {
  return Math.min(FIRST_BACKOFF_MS * 2 ** Math.min(failures, 20), LIMITS.exactBackoffMaxMs);
}

export class Holds {
  readonly #holds = new Map<string, Hold>();

  /** When anything at all may be said. */
  everybodyFreeMs(): number {
    return (this.#holds.get(ALL) ?? NONE).untilMs;
  }

  freeMs(kind: string): number {
    return Math.max(this.everybodyFreeMs(), (this.#holds.get(kind) ?? NONE).untilMs);
  }

  /** How long the next try waits when nobody named a time. */
  backoffMs(kind: string): number {
    const failures = [ALL, kind].map((name) => (this.#holds.get(name) ?? NONE).failures);
    return backoffMs(Math.max(...failures));
  }

  /**
   * A call of this kind could not be made, or its answer said to come later. Who names a time
   * decides over it, however often: only the waits that we make up ourselves grow.
   */
  failed(kind: string, { scope, retryAtMs }: Later, nowMs: number): void {
    if (scope === 'posting') return;
    const name = scope === 'all' ? ALL : kind;
    const { failures } = this.#holds.get(name) ?? NONE;
    const untilMs = Math.max(nowMs, retryAtMs ?? nowMs + this.backoffMs(kind));
    this.#holds.set(name, { untilMs, failures: retryAtMs === null ? failures + 1 : failures });
  }

  /** A call of this kind got through. */
  passed(kind: string): void {
    this.#holds.delete(ALL);
    this.#holds.delete(kind);
  }

  clear(): void {
    this.#holds.clear();
  }
}
