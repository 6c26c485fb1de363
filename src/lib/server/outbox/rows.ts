// Who lives here: the posting table, as the outbox reads and moves it. The journal inserts the
// rows; every later step of a posting's life is one UPDATE here, durable before anyone acts on it.

import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { assert } from '../../domain/index.ts';
import type { PostingState } from '../../ledger/index.ts';
import { readPosting } from './form.ts';
import { Neighbours } from './neighbours.ts';

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
    step: number;
    results: string;
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

/** SQLite takes 32,766 values in one statement; this is far from it. */
const MARKERS_MAX = 500;

const NEWEST = 5_000;

/** Every kind that there is, by an index: one step a kind, however many rows. */
const KINDS = sql`
  with recursive kinds (kind) as (
    select min(kind) from posting
    union all
    select (select min(later.kind) from posting later where later.kind > kinds.kind)
    from kinds where kinds.kind is not null
  )`;

/** A person has not dropped it. A fault that is no JSON says nothing of that: not dropped. */
const notDropped = sql<boolean>`
  case when json_valid(fault) then json_extract(fault, '$.data.dropped') end is null`;

/** Nothing moves these but a person, or what somebody finds in Exact. */
export const FINAL: readonly PostingState[] = ['posted', 'rejected'];

export class PostingRows {
  /** What else went, or is to go, to the same places. */
  readonly neighbours: Neighbours;
  readonly #db: Kysely<OutboxTables>;

  constructor(db: Kysely<OutboxTables>) {
    this.#db = db;
    this.neighbours = new Neighbours(db);
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

  /** With a fault that nobody has dropped: the newest of them, and how many there are. */
  async waiting(limit: number): Promise<{ rows: readonly PostingRow[]; total: number }> {
    const open = this.#db
      .selectFrom('posting')
      .where('fault', 'is not', null)
      .where('state', 'in', [...FINAL])
      .where(notDropped);
    const rows = await open.selectAll().orderBy('id', 'desc').limit(limit).execute();
    const counted = open.select((e) => e.fn.countAll<number>().as('total'));
    const { total } = await counted.executeTakeFirstOrThrow();
    return { rows, total };
  }

  /** Postings that nobody can be sending: their answers are lost. */
  async orphans(): Promise<readonly PostingRow[]> {
    return this.#db.selectFrom('posting').selectAll().where('state', '=', 'sending').execute();
  }

  /**
   * Of every kind the row of this state that is due first, soonest first. Of the kinds that are
   * `unmarked` no order is touched while another posting of that kind and order is in doubt.
   */
  async heads(
    state: 'ready' | 'in-doubt',
    unmarked: readonly string[],
  ): Promise<readonly PostingRow[]> {
    const { rows } = await sql<PostingRow>`
      ${KINDS}
      select head.* from kinds join posting head on head.id = (
        select row.id from posting row
        where row.kind = kinds.kind and row.state = ${state} and row.next_at_ms < ${NEVER_MS}
          and not (
            ${state} = 'ready' and row.kind in (${sql.join(unmarked)}) and exists (
              select 1 from posting other
              where other.document = row.document and other.kind = row.kind
                and other.state = 'in-doubt'
            )
          )
        order by row.next_at_ms, row.id limit 1
      )
      order by head.next_at_ms, head.id`.execute(this.#db);
    return rows;
  }

  /** Kinds of which something has left for Exact. */
  async kindsSent(): Promise<ReadonlySet<string>> {
    const { rows } = await sql<{ kind: string }>`
      ${KINDS}
      select kinds.kind from kinds where exists (
        select 1 from posting row where row.kind = kinds.kind and row.state <> 'ready'
      )`.execute(this.#db);
    return new Set(rows.map(({ kind }) => kind));
  }

  /** Kinds of which one of the newest, first sent since then, is in Exact by its own word. */
  async kindsPosted(sinceMs: number): Promise<ReadonlySet<string>> {
    const { rows } = await sql<{ kind: string }>`
      select distinct kind from (select * from posting order by id desc limit ${NEWEST})
      where state = 'posted' and exact_id <> '' and first_sent_ms >= ${sinceMs}`.execute(this.#db);
    return new Set(rows.map(({ kind }) => kind));
  }

  /** Final, and the journal may not know yet. */
  async untold(): Promise<PostingRow | undefined> {
    return this.#db
      .selectFrom('posting')
      .selectAll()
      .where('state', 'in', [...FINAL])
      .where('next_at_ms', '<', NEVER_MS)
      .orderBy('next_at_ms')
      .orderBy('id')
      .limit(1)
      .executeTakeFirst();
  }

  /** Dropped, told, and parts of it are still in Exact. */
  async litter(): Promise<PostingRow | undefined> {
    return this.#db
      .selectFrom('posting')
      .selectAll()
      .where('fault', 'is not', null)
      .where('state', '=', 'rejected')
      .where('next_at_ms', '=', NEVER_MS)
      .where('results', '<>', '[]')
      .where((e) => e.not(notDropped))
      .orderBy('id')
      .limit(1)
      .executeTakeFirst();
  }

  /** The postings with these markers; at most 500 of them are asked for. */
  async marked(markers: readonly string[]): Promise<readonly PostingRow[]> {
    assert(markers.length <= MARKERS_MAX, 'markers are asked for in portions');
    return this.#db
      .selectFrom('posting')
      .selectAll()
      .where('marker', 'in', [...markers])
      .execute();
  }

  /** Which of these ids of Exact belong to documents of our postings of this kind. */
  async known(kind: string, exactIds: readonly string[]): Promise<ReadonlySet<string>> {
    assert(exactIds.length <= MARKERS_MAX, 'ids are asked for in portions');
    const rows = await this.#db
      .selectFrom('posting')
      .select('exact_id')
      .where('kind', '=', kind)
      .where('exact_id', 'in', [...exactIds])
      .execute();
    return new Set(rows.flatMap(({ exact_id }) => exact_id ?? []));
  }

  /** Postings of these kinds whose last step was sent more than once: the newest 500. */
  async sentAgain(kinds: readonly string[], sinceMs: number) {
    const rows = await this.#db
      .selectFrom('posting')
      .selectAll()
      .where('kind', 'in', [...kinds])
      .where('attempts', '>', 1)
      .where('last_sent_ms', '>=', sinceMs)
      .orderBy('id', 'desc')
      .limit(MARKERS_MAX)
      .execute();
    return rows.flatMap((row) => {
      const read = readPosting(row);
      if (read.kind === 'unreadable' || row.first_sent_ms === null) return [];
      const { state, first_sent_ms: firstSentMs, document_number: documentNumber } = row;
      // What a person saw there has a number, and no id that we know.
      const exactId = row.exact_id === '' ? null : row.exact_id;
      return [{ posting: read.posting, state, firstSentMs, exactId, documentNumber }];
    });
  }

  async move(id: string, change: PostingChange): Promise<PostingRow> {
    return this.#db
      .updateTable('posting')
      .set(change)
      .where('id', '=', id)
      .returningAll()
      .executeTakeFirstOrThrow();
  }

  /** Moves a final posting that the journal knows of, as it was read; undefined: it is not so. */
  async moveTold(read: PostingRow, change: PostingChange): Promise<PostingRow | undefined> {
    return this.#db
      .updateTable('posting')
      .set(change)
      .where('id', '=', read.id)
      .where('state', '=', read.state)
      .where('updated_ms', '=', read.updated_ms)
      .where('next_at_ms', '=', NEVER_MS)
      .returningAll()
      .executeTakeFirst();
  }

  /**
   * Ready ones need not wait any longer, nor those in doubt whose looks said nothing so far: Exact
   * can be reached again. Looks that found nothing keep their distance (I-03).
   */
  async wake(nowMs: number): Promise<void> {
    await this.#db
      .updateTable('posting')
      .set({ next_at_ms: nowMs })
      .where((e) =>
        e.or([
          e('state', '=', 'ready'),
          e.and([e('state', '=', 'in-doubt'), e('looked_up_count', '=', 0)]),
        ]),
      )
      .where('next_at_ms', '>', nowMs)
      .execute();
  }
}
