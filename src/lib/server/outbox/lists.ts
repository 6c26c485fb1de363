// Who lives here: the postings as a person reads them: by state and kind, newest first, page after
// page. It only reads; whatever moves a posting is the pump.

import type { Kysely } from 'kysely';
import type { PostingState } from '../../ledger/index.ts';
import type { PostingView } from './ports.ts';
import type { OutboxTables, PostingRow } from './rows.ts';
import { viewOf } from './views.ts';

/** Only those of this state and this kind; left out, all of them. */
export interface PostingFilter {
  readonly state?: PostingState;
  readonly kind?: string;
}

export interface ListedPosting extends PostingView {
  /** How often this doubt was looked up and nothing was found. */
  readonly looks: number;
}

export class PostingLists {
  readonly #db: Kysely<OutboxTables>;

  constructor(db: Kysely<OutboxTables>) {
    this.#db = db;
  }

  /** Newest first, at most `limit`, older than the posting `before`. */
  async page(
    filter: PostingFilter,
    limit: number,
    before?: string,
  ): Promise<readonly ListedPosting[]> {
    const found = this.#found(filter).selectAll().orderBy('id', 'desc').limit(limit);
    const rows = await (before === undefined ? found : found.where('id', '<', before)).execute();
    return rows.map(listed);
  }

  async count(filter: PostingFilter): Promise<number> {
    const { total } = await this.#found(filter)
      .select((e) => e.fn.countAll<number>().as('total'))
      .executeTakeFirstOrThrow();
    return total;
  }

  #found({ state, kind }: PostingFilter) {
    const all = this.#db.selectFrom('posting');
    const ofState = state === undefined ? all : all.where('state', '=', state);
    return kind === undefined ? ofState : ofState.where('kind', '=', kind);
  }
}

function listed(row: PostingRow): ListedPosting {
  return { ...viewOf(row), looks: row.looked_up_count };
}
