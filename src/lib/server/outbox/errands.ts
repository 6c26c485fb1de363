// Who lives here: the one who goes to Exact for one posting: to send its next step, or to look for
// it. What an answer means stands in moves.ts and doubt.ts; when it is whose turn, in pump.ts.

import type { BlindLooks } from './blind.ts';
import { afterLooking } from './doubt.ts';
import { readPosting } from './form.ts';
import type { ReadPosting } from './form.ts';
import type { Holds } from './holds.ts';
import { afterSending, sending, unfindable, unsendable } from './moves.ts';
import type { MoveContext } from './moves.ts';
import { waitUntilMs } from './order.ts';
import type { PlaceOrder } from './order.ts';
import type { ExactPort, Sighting } from './ports.ts';
import type { PostingChange, PostingRow, PostingRows } from './rows.ts';

export interface ErrandParts {
  readonly rows: PostingRows;
  readonly exact: ExactPort;
  readonly order: PlaceOrder;
  readonly holds: Holds;
  readonly blind: BlindLooks;
  readonly settleMs: number;
  readonly nowMs: () => number;
  readonly move: (row: PostingRow, change: PostingChange) => Promise<PostingRow>;
}

type Readable = Extract<ReadPosting, { readonly kind: 'read' }>;

export class Errands {
  readonly #parts: ErrandParts;

  constructor(parts: ErrandParts) {
    this.#parts = parts;
  }

  /** Sends the next step, or looks for it when it is done by our own record; or says when. */
  async send(row: PostingRow): Promise<number | undefined> {
    const read = readPosting(row);
    // A body that was not written by this program stops here, before anything is said to be sent.
    if (read.kind === 'unreadable') {
      await this.#parts.move(row, unsendable(read.words, this.#parts.nowMs()));
      return undefined;
    }
    if ((read.results[row.step] ?? null) !== null) await this.look(row);
    else {
      const freeMs = this.#parts.exact.mayPostAtMs(read.posting, read.done);
      if (freeMs > this.#parts.nowMs()) return freeMs;
      if (!(await this.#waits(row, read))) await this.#post(row, read);
    }
    return undefined;
  }

  /** What must not overtake another stays ready. */
  async #waits(row: PostingRow, { posting }: Readable): Promise<boolean> {
    const nowMs = this.#parts.nowMs();
    const before = await this.#parts.order.blocker(row, posting);
    if (before === undefined) return false;
    await this.#parts.rows.move(row.id, {
      next_at_ms: waitUntilMs(this.#dueMs(before), nowMs),
      words: `it must not overtake ${before.marker}`,
    });
    return true;
  }

  #dueMs(row: PostingRow): number {
    const { exact, holds, blind } = this.#parts;
    const read = readPosting(row);
    const ready = row.state === 'ready' && read.kind === 'read';
    const ownMs = ready ? exact.mayPostAtMs(read.posting, read.done) : blind.freeMs(row.kind);
    return Math.max(row.next_at_ms, holds.freeMs(row.kind), ownMs);
  }

  async #post(ready: PostingRow, read: Readable): Promise<void> {
    const row = await this.#parts.move(ready, sending(ready, this.#parts.nowMs()));
    const sinceMs = row.first_sent_ms ?? row.updated_ms;
    const sent = await this.#parts.exact.send(read.posting, read.done, sinceMs);
    await this.#parts.move(row, afterSending(row, sent, this.#context(row, read)));
    if (sent.kind === 'not-applied') this.#parts.holds.failed(row.kind, sent, this.#parts.nowMs());
    else this.#parts.holds.passed(row.kind);
  }

  /** Looks for the step that is next, and comes again at once. */
  async look(row: PostingRow): Promise<number> {
    const read = readPosting(row);
    if (read.kind === 'unreadable') {
      await this.#parts.move(row, unfindable(row, read.words, this.#parts.nowMs()));
      return this.#parts.nowMs();
    }
    const sinceMs = row.first_sent_ms ?? row.updated_ms;
    const found = await this.#parts.exact.find(read.posting, read.done, sinceMs);
    const sighting = this.#blinded(row.kind, found);
    await this.#parts.move(row, afterLooking(row, sighting, this.#context(row, read)));
    if (sighting.kind !== 'unknown') this.#parts.blind.passed(row.kind);
    if (sighting.kind !== 'unknown' || sighting.blind === true) this.#parts.holds.passed(row.kind);
    else this.#parts.holds.failed(row.kind, sighting, this.#parts.nowMs());
    return this.#parts.nowMs();
  }

  /** Exact answers, but a look tells nothing: only looks at this kind wait, and for long. */
  #blinded(kind: string, found: Sighting): Sighting {
    if (found.kind !== 'unknown' || found.blind !== true) return found;
    return { ...found, retryAtMs: this.#parts.blind.failed(kind, this.#parts.nowMs()) };
  }

  #context(row: PostingRow, read: Readable): MoveContext {
    return {
      nowMs: this.#parts.nowMs(),
      settleMs: this.#parts.settleMs,
      backoffMs: this.#parts.holds.backoffMs(row.kind),
      steps: this.#parts.exact.steps(read.posting),
      results: read.results,
    };
  }
}
