// Who lives here: the one who goes to Exact for one posting: to send its next step, or to look for
// it. What an answer means stands in moves.ts and doubt.ts; when it is whose turn, in pump.ts.

import type { LookPauses } from './blind.ts';
import { afterLooking, isSilent } from './doubt.ts';
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
  readonly blind: LookPauses;
  readonly silent: LookPauses;
  readonly settleMs: number;
  readonly nowMs: () => number;
  readonly move: (row: PostingRow, change: PostingChange) => Promise<PostingRow>;
}

const TOGETHER_MAX = 500;

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
      const nowMs = this.#parts.nowMs();
      const freeMs = this.#parts.exact.mayPostAtMs(read.posting, read.done);
      // What is full for a minute is full for all; one stopped endpoint must not stop the others
      // of its kind, whose next step goes elsewhere.
      const nextMs = waitUntilMs(freeMs, nowMs);
      if (freeMs > nextMs) await this.#parts.rows.move(row.id, { next_at_ms: nextMs });
      else if (freeMs > nowMs) return freeMs;
      else if (!(await this.#waits(row, read))) await this.#post(row, read);
    }
    return undefined;
  }

  /** What must not overtake another stays ready. */
  async #waits(row: PostingRow, { posting, done }: Readable): Promise<boolean> {
    const nowMs = this.#parts.nowMs();
    const { exact, order, settleMs } = this.#parts;
    const before = await order.blocker(row, posting);
    if (before === undefined) {
      if (!exact.reckons(posting, done)) return false;
      const shownMs = await order.shownAtMs(row, posting, settleMs, nowMs);
      if (shownMs <= nowMs) return false;
      const words =
        'it is reckoned from what Exact shows, which may be behind what was just booked';
      await this.#parts.rows.move(row.id, { next_at_ms: shownMs, words });
      return true;
    }
    await this.#parts.rows.move(row.id, {
      next_at_ms: waitUntilMs(this.#dueMs(before), nowMs),
      words: `it must not overtake ${before.marker}`,
    });
    return true;
  }

  /** How many steps it has; none where its body can't be read, for then what is there is all. */
  stepsOf(row: PostingRow): number {
    const read = readPosting(row);
    return read.kind === 'read' ? this.#parts.exact.steps(read.posting) : 0;
  }

  /** When somebody of this kind may be looked for. */
  lookFreeMs(kind: string): number {
    const { blind, silent } = this.#parts;
    return Math.max(blind.freeMs(kind), silent.freeMs(kind));
  }

  #dueMs(row: PostingRow): number {
    const { exact, holds } = this.#parts;
    const read = readPosting(row);
    const ready = row.state === 'ready' && read.kind === 'read';
    const ownMs = ready ? exact.mayPostAtMs(read.posting, read.done) : this.lookFreeMs(row.kind);
    return Math.max(row.next_at_ms, holds.freeMs(row.kind), ownMs);
  }

  async #post(ready: PostingRow, read: Readable): Promise<void> {
    const row = await this.#parts.move(ready, sending(ready, this.#parts.nowMs()));
    const sinceMs = row.first_sent_ms ?? row.updated_ms;
    const sent = await this.#parts.exact.send(read.posting, read.done, sinceMs);
    await this.#parts.move(row, afterSending(row, sent, this.#context(row, read)));
    const { holds, silent, nowMs } = this.#parts;
    if (sent.kind === 'not-applied') holds.failed(row.kind, sent, nowMs());
    else if (sent.kind === 'unknown' && silent.freeMs(row.kind) > nowMs()) {
      // Neither this list nor its documents are answered: not one doubt after another.
      holds.failed(row.kind, { scope: 'kind', retryAtMs: null, words: sent.words }, nowMs());
    } else holds.passed(row.kind);
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
    const { blind, silent, holds, nowMs } = this.#parts;
    const context = {
      ...{ ...this.#context(row, read), ...this.#paused(row.kind, sighting) },
      blindLooks: blind.looks(row.kind),
    };
    const change = afterLooking(row, sighting, context);
    await this.#parts.move(row, change);
    if (change.state === 'rejected') await this.#askTogether(row, sighting, context);
    if (sighting.kind !== 'unknown') blind.passed(row.kind);
    if (sighting.kind !== 'unknown' || sighting.blind === true) {
      silent.passed(row.kind);
      holds.passed(row.kind);
    } else holds.failed(row.kind, sighting, nowMs());
    return nowMs();
  }

  /**
   * What this look could not tell, one for each of the others could not either, with a long pause
   * before each: those that are in doubt as long are asked about at once.
   */
  async #askTogether(row: PostingRow, sighting: Sighting, context: MoveContext): Promise<void> {
    if (sighting.kind !== 'unknown' || sighting.blind !== true) return;
    for (const other of await this.#parts.rows.list(['in-doubt'], TOGETHER_MAX)) {
      if (other.kind !== row.kind || other.step !== row.step) continue;
      const change = afterLooking(other, sighting, context);
      if (change.state === 'rejected') await this.#parts.move(other, change);
    }
  }

  /**
   * A list without an answer holds its kind; looks wait for longer than that, so that at the end of
   * the hold a document goes first: Exact may take what it can't show.
   */
  #paused(kind: string, sighting: Sighting): Partial<MoveContext> {
    if (sighting.kind !== 'unknown' || !isSilent(sighting)) return {};
    const { silent, holds } = this.#parts;
    const nowMs = this.#parts.nowMs();
    return { backoffMs: silent.failed(kind, nowMs, 2 * holds.backoffMs(kind)) - nowMs };
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
