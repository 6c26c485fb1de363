// Who lives here: what a person may want of a posting that cannot go on by itself: send it once
// more, look for it again, say that it is in Exact, or leave it. Nobody else moves a posting that
// the journal holds as final.

import type { Clock, PostingId } from '../../domain/index.ts';
import { confirmedBy, doubted, droppedBy, isDoubt, resent } from './moves.ts';
import type { PlaceOrder } from './order.ts';
import type { PostingView } from './ports.ts';
import { NEVER_MS } from './rows.ts';
import type { PostingChange, PostingRow, PostingRows } from './rows.ts';
import { faultOf } from './views.ts';

/** What a person's wish came to. */
export type Wish = { readonly kind: 'done' } | { readonly kind: 'refused'; readonly why: string };

export interface WishParts {
  readonly rows: PostingRows;
  readonly order: PlaceOrder;
  readonly clock: Clock;
  readonly onMoved: (row: PostingRow) => void;
}

/** What of a posting a person's decision rests on. */
export type Seen = Pick<PostingView, 'state' | 'updatedMs'>;

type Decide = (row: PostingRow, nowMs: number) => PostingChange;
/** Why not; undefined: nothing speaks against it. */
type Objection = (row: PostingRow) => string | undefined | Promise<string | undefined>;

const UNKNOWN = 'there is no such posting';
const RECORDING = 'it is just being recorded';
const CHANGED = 'it changed meanwhile: load the page anew, and decide again';
const AGAIN = 'a person wants it looked for again';

export class Wishes {
  readonly #parts: WishParts;

  constructor(parts: WishParts) {
    this.#parts = parts;
  }

  async mayResend(id: PostingId): Promise<Wish> {
    return this.#may(id, (row) => this.#notSendable(row));
  }

  /** `seen`: as what the person saw it; left out, as whatever it is now. */
  async resend(id: PostingId, seen?: Seen): Promise<Wish> {
    return this.#wish(id, (row) => (isAs(row, seen) ? this.#notSendable(row) : CHANGED), resent);
  }

  async mayLookAgain(id: PostingId): Promise<Wish> {
    return this.#may(id, (row) => this.#notLookedFor(row));
  }

  /** It is looked for by the law of doubt; where that does not find it, it is sent once more. */
  async lookAgain(id: PostingId): Promise<Wish> {
    return this.#wish(
      id,
      (row) => this.#notLookedFor(row),
      (row, nowMs) => doubted(row.words ?? AGAIN, nowMs),
    );
  }

  /** A person saw it in Exact under this number; `words` say who looked, and where. */
  async confirm(id: PostingId, documentNumber: string, words: string): Promise<Wish> {
    return this.#wish(id, notDoubted, (_row, nowMs) => confirmedBy(documentNumber, words, nowMs));
  }

  async drop(id: PostingId, reason: string): Promise<Wish> {
    return this.#wish(
      id,
      () => undefined,
      (row, nowMs) => droppedBy(row, reason, nowMs),
    );
  }

  async #notSendable(row: PostingRow): Promise<string | undefined> {
    if (faultOf(row)?.code === 'exact.duplicate') return 'it is in Exact twice already';
    return this.#parts.order.outdated(row);
  }

  async #notLookedFor(row: PostingRow): Promise<string | undefined> {
    return notDoubted(row) ?? (await this.#notSendable(row));
  }

  async #may(id: PostingId, object: Objection): Promise<Wish> {
    const found = await this.#movable(id, object);
    if (typeof found === 'string') return { kind: 'refused', why: found };
    return found.next_at_ms === NEVER_MS ? { kind: 'done' } : { kind: 'refused', why: RECORDING };
  }

  /** The row, or why a person cannot do this to it. */
  async #movable(id: PostingId, object: Objection): Promise<PostingRow | string> {
    const row = await this.#parts.rows.get(id);
    if (row === undefined) return UNKNOWN;
    return notMovable(row) ?? (await object(row)) ?? row;
  }

  async #wish(id: PostingId, object: Objection, decide: Decide): Promise<Wish> {
    const { rows, clock, onMoved } = this.#parts;
    const row = await this.#movable(id, object);
    if (typeof row === 'string') return { kind: 'refused', why: row };
    const nowMs = clock.nowMs();
    if (row.next_at_ms !== NEVER_MS) return { kind: 'refused', why: RECORDING };
    const moved = await rows.moveTold(row, { ...decide(row, nowMs), updated_ms: nowMs });
    if (moved === undefined) return { kind: 'refused', why: CHANGED };
    onMoved(moved);
    return { kind: 'done' };
  }
}

/** Why a person cannot move this row; undefined when one can. */
function notMovable(row: PostingRow): string | undefined {
  const doubled = row.state === 'posted' && row.fault !== null;
  if (row.state !== 'rejected' && !doubled) return `it is ${row.state}`;
  return faultOf(row)?.data['dropped'] === undefined ? undefined : 'it was dropped';
}

function isAs(row: PostingRow, seen: Seen | undefined): boolean {
  return seen === undefined || (row.state === seen.state && row.updated_ms === seen.updatedMs);
}

function notDoubted(row: PostingRow): string | undefined {
  return isDoubt(row) ? undefined : 'Exact has told what became of it';
}
