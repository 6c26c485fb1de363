// Who lives here: the rows of postings before and after one, for whoever asks which of them must not
// be overtaken (order.ts). In portions, because there may be many.

import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { OutboxTables, PostingRow } from './rows.ts';

const NEIGHBOURS_AT_ONCE = 500;

export class Neighbours {
  readonly #db: Kysely<OutboxTables>;

  constructor(db: Kysely<OutboxTables>) {
    this.#db = db;
  }

  /**
   * Committed before this one, not final, and perhaps not to be overtaken: a portion of those after
   * `from`, oldest first. `all`: also those that were not sent yet and are no counts.
   */
  async before(id: string, from: string, all: boolean): Promise<readonly PostingRow[]> {
    return this.#db
      .selectFrom('posting')
      .selectAll()
      .where('state', 'in', ['ready', 'sending', 'in-doubt'])
      .where('id', '>', from)
      .where('id', '<', id)
      .$if(!all, (query) =>
        query.where((e) =>
          e.or([e('kind', '=', 'stockCount'), e('state', '<>', 'ready'), e('attempts', '>', 0)]),
        ),
      )
      .orderBy('id')
      .limit(NEIGHBOURS_AT_ONCE)
      .execute();
  }

  /** Booked in Exact by what was sent since then: a portion of those after `from`. */
  async postedSince(sinceMs: number, from: string): Promise<readonly PostingRow[]> {
    return this.#db
      .selectFrom('posting')
      .selectAll()
      .where('last_sent_ms', '>', sinceMs)
      .where(sql<string>`+state`, '=', 'posted')
      .where('id', '>', from)
      .orderBy('id')
      .limit(NEIGHBOURS_AT_ONCE)
      .execute();
  }

  /** Committed after this one, and in Exact or perhaps there: a portion, oldest first. */
  async after(id: string): Promise<readonly PostingRow[]> {
    return (
      this.#db
        .selectFrom('posting')
        .selectAll()
        .where('id', '>', id)
        // Not by the index of states: nearly all are posted, and those since then are few.
        .where(sql<string>`+state`, 'in', ['sending', 'in-doubt', 'posted'])
        .orderBy('id')
        .limit(NEIGHBOURS_AT_ONCE)
        .execute()
    );
  }
}
