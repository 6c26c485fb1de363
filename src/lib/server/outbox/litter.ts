// Who lives here: the one who tidies up. A posting of several steps that was refused on its way and
// then dropped by a person has left drafts in Exact; what Exact lets us take away goes, what it
// does not is told.

import type { Holds } from './holds.ts';
import { readPosting } from './form.ts';
import { cleaned } from './moves.ts';
import type { ExactPort, StepResult } from './ports.ts';
import { NEVER_MS } from './rows.ts';
import type { PostingChange, PostingRow, PostingRows } from './rows.ts';

export interface LitterParts {
  readonly rows: PostingRows;
  readonly exact: ExactPort;
  readonly holds: Holds;
  readonly nowMs: () => number;
  readonly move: (row: PostingRow, change: PostingChange) => Promise<unknown>;
}

const UNKNOWN = 'What it left in Exact, if anything, is not known.';

export class Litter {
  readonly #parts: LitterParts;
  /** After a start there may be some. */
  #suspected = true;

  constructor(parts: LitterParts) {
    this.#parts = parts;
  }

  /** Somebody dropped something. */
  suspect(): void {
    this.#suspected = true;
  }

  /** Deals with one thing that was left, and says when to come again. */
  async tidy(): Promise<number> {
    const { rows, holds, nowMs } = this.#parts;
    if (!this.#suspected) return NEVER_MS;
    const row = await rows.litter();
    if (row === undefined) {
      this.#suspected = false;
      return NEVER_MS;
    }
    const freeMs = holds.freeMs(row.kind);
    return freeMs > nowMs() ? freeMs : this.#tidyRow(row);
  }

  async #tidyRow(row: PostingRow): Promise<number> {
    const { exact, holds, nowMs, move } = this.#parts;
    const read = readPosting(row);
    if (read.kind === 'unreadable') {
      await move(row, cleaned(row, [], UNKNOWN));
      return nowMs();
    }
    const step = read.results.findLastIndex((each) => each !== null);
    const left: StepResult | null = read.results[step] ?? null;
    if (left === null) {
      await move(row, cleaned(row, [], undefined));
      return nowMs();
    }
    const end = await exact.discard(read.posting, step, left);
    if (end.kind === 'later') {
      const scope = end.scope === 'posting' ? 'kind' : end.scope;
      holds.failed(row.kind, { ...end, scope }, nowMs());
      return holds.freeMs(row.kind);
    }
    holds.passed(row.kind);
    const kept = end.kind === 'kept' ? end.words : undefined;
    await move(row, cleaned(row, read.results.slice(0, step), kept));
    return nowMs();
  }
}
