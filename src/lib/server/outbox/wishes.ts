// Who lives here: what a person may want of a posting that cannot go on by itself: send it once
// more, or leave it. Nobody else moves a posting that the journal holds as final.

import type { Clock, PostingId } from '../../domain/index.ts';
import { droppedBy, resent } from './moves.ts';
import { faultOf, NEVER_MS } from './rows.ts';
import type { PostingChange, PostingRow, PostingRows } from './rows.ts';

/** What a person's wish came to. */
export type Wish = { readonly kind: 'done' } | { readonly kind: 'refused'; readonly why: string };

const UNKNOWN = 'there is no such posting';
const RECORDING = 'it is just being recorded';

export class Wishes {
  readonly #rows: PostingRows;
  readonly #clock: Clock;
  readonly #onMoved: (row: PostingRow) => void;

  constructor(rows: PostingRows, clock: Clock, onMoved: (row: PostingRow) => void) {
    this.#rows = rows;
    this.#clock = clock;
    this.#onMoved = onMoved;
  }

  async mayResend(id: PostingId): Promise<Wish> {
    const row = await this.#rows.get(id);
    if (row === undefined) return { kind: 'refused', why: UNKNOWN };
    const why = notMovable(row) ?? twice(row);
    if (why !== undefined) return { kind: 'refused', why };
    return row.next_at_ms === NEVER_MS ? { kind: 'done' } : { kind: 'refused', why: RECORDING };
  }

  async resend(id: PostingId): Promise<Wish> {
    return this.#wish(id, (row, nowMs) => twice(row) ?? resent(row, nowMs));
  }

  async drop(id: PostingId, reason: string): Promise<Wish> {
    return this.#wish(id, (row, nowMs) => droppedBy(row, reason, nowMs));
  }

  async #wish(
    id: PostingId,
    decide: (row: PostingRow, nowMs: number) => PostingChange | string,
  ): Promise<Wish> {
    const row = await this.#rows.get(id);
    if (row === undefined) return { kind: 'refused', why: UNKNOWN };
    const why = notMovable(row);
    if (why !== undefined) return { kind: 'refused', why };
    const nowMs = this.#clock.nowMs();
    const change = decide(row, nowMs);
    if (typeof change === 'string') return { kind: 'refused', why: change };
    const moved = await this.#rows.moveTold(id, { ...change, updated_ms: nowMs });
    if (moved === undefined) return { kind: 'refused', why: RECORDING };
    this.#onMoved(moved);
    return { kind: 'done' };
  }
}

/** Why a person cannot move this row; undefined when one can. */
function notMovable(row: PostingRow): string | undefined {
  const doubled = row.state === 'posted' && row.fault !== null;
  if (row.state !== 'rejected' && !doubled) return `it is ${row.state}`;
  return faultOf(row)?.data['dropped'] === undefined ? undefined : 'it was dropped';
}

function twice(row: PostingRow): string | undefined {
  return faultOf(row)?.code === 'exact.duplicate' ? 'it is in Exact twice already' : undefined;
}
