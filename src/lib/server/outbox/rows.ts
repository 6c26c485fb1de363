// Who lives here: the posting table, as the outbox reads and moves it. The journal inserts the
// rows; every later step of a posting's life is one UPDATE here, durable before anyone acts on it.

import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { fault, isFault } from '../../domain/index.ts';
import type { Fault } from '../../domain/index.ts';
import type { PostingState } from '../../ledger/index.ts';
import { readJson, readNames, readPosting } from './form.ts';
import type { PostingView } from './ports.ts';

/** The columns this room needs; whoever opens the database hands over a table that has them. */
export interface OutboxTables {
  posting: {
    id: string;
    marker: string;
    kind: string;
    document: string;
    body: string;
    state: PostingState;
    attempts: number;
    first_sent_ms: number | null;
    last_sent_ms: number | null;
    looked_up_count: number;
    next_at_ms: number;
    exact_id: string | null;
    document_number: string | null;
    fault: string | null;
    words: string | null;
    updated_ms: number;
  };
}

export type PostingRow = OutboxTables['posting'];
export type PostingChange = Partial<
  Omit<PostingRow, 'id' | 'marker' | 'kind' | 'document' | 'body'>
>;

/** `next_at_ms` of a posting that is final and whose settlement the journal has. */
export const NEVER_MS = Number.MAX_SAFE_INTEGER;

const UNREADABLE = "its stored fault can't be read";

/** A person has not dropped it. A fault that is no JSON says nothing of that: not dropped. */
const notDropped = sql<boolean>`
  case when json_valid(fault) then json_extract(fault, '$.data.dropped') end is null`;

const FINAL: readonly PostingState[] = ['posted', 'rejected'];

export class PostingRows {
  readonly #db: Kysely<OutboxTables>;

  constructor(db: Kysely<OutboxTables>) {
    this.#db = db;
  }

  async get(id: string): Promise<PostingRow | undefined> {
    return this.#db.selectFrom('posting').selectAll().where('id', '=', id).executeTakeFirst();
  }

  async list(states: readonly PostingState[], limit: number): Promise<readonly PostingRow[]> {
    return this.#db
      .selectFrom('posting')
      .selectAll()
      .where('state', 'in', [...states])
      .orderBy('id', 'desc')
      .limit(limit)
      .execute();
  }

  async count(states: readonly PostingState[]): Promise<number> {
    const { total } = await this.#db
      .selectFrom('posting')
      .select((e) => e.fn.countAll<number>().as('total'))
      .where('state', 'in', [...states])
      .executeTakeFirstOrThrow();
    return total;
  }

  /** Rejected, and nobody has dropped them: the newest of them, and how many there are. */
  async waiting(limit: number): Promise<{ rows: readonly PostingRow[]; total: number }> {
    const open = this.#db.selectFrom('posting').where('state', '=', 'rejected').where(notDropped);
    const rows = await open.selectAll().orderBy('id', 'desc').limit(limit).execute();
    const counted = open.select((e) => e.fn.countAll<number>().as('total'));
    const { total } = await counted.executeTakeFirstOrThrow();
    return { rows, total };
  }

  /** Postings that nobody can be sending: their answers are lost. */
  async orphans(): Promise<readonly PostingRow[]> {
    return this.#db.selectFrom('posting').selectAll().where('state', '=', 'sending').execute();
  }

  /** The row of these states that is due first. */
  async next(states: readonly PostingState[]): Promise<PostingRow | undefined> {
    return this.#db
      .selectFrom('posting')
      .selectAll()
      .where('state', 'in', [...states])
      .where('next_at_ms', '<', NEVER_MS)
      .orderBy('next_at_ms')
      .orderBy('id')
      .limit(1)
      .executeTakeFirst();
  }

  /** Final, and the journal may not know yet. */
  async untold(): Promise<PostingRow | undefined> {
    return this.next(FINAL);
  }

  async move(id: string, change: PostingChange): Promise<PostingRow> {
    return this.#db
      .updateTable('posting')
      .set(change)
      .where('id', '=', id)
      .returningAll()
      .executeTakeFirstOrThrow();
  }

  /** Moves a rejected posting that the journal knows of; undefined when somebody was faster. */
  async moveTold(id: string, change: PostingChange): Promise<PostingRow | undefined> {
    return this.#db
      .updateTable('posting')
      .set(change)
      .where('id', '=', id)
      .where('state', '=', 'rejected')
      .where('next_at_ms', '=', NEVER_MS)
      .returningAll()
      .executeTakeFirst();
  }

  /** Ready ones need not wait any longer: Exact can be reached again. */
  async wake(nowMs: number): Promise<void> {
    await this.#db
      .updateTable('posting')
      .set({ next_at_ms: nowMs })
      .where('state', '=', 'ready')
      .where('next_at_ms', '>', nowMs)
      .execute();
  }
}

export function faultOf(row: PostingRow): Fault | null {
  if (row.fault === null) return null;
  const stored = readJson(row.fault);
  if (stored === undefined) return fault('exact.rejected', { words: row.words ?? UNREADABLE });
  return isFault(stored.value) ? stored.value : null;
}

export function viewOf(row: PostingRow): PostingView {
  const read = readPosting(row);
  return {
    ...readNames(row),
    document: row.document,
    lines: read.kind === 'read' ? read.posting.lines.length : 0,
    state: row.state,
    attempts: row.attempts,
    firstSentMs: row.first_sent_ms,
    lastSentMs: row.last_sent_ms,
    nextAtMs: FINAL.includes(row.state) ? null : row.next_at_ms,
    exactId: row.exact_id,
    documentNumber: row.document_number,
    fault: faultOf(row),
    words: row.words,
    updatedMs: row.updated_ms,
  };
}
