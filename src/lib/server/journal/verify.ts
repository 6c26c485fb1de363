// Who lives here: the walk over the whole journal that tells whether it is as it was written. A
// torn tail never gets here: SQLite drops what was not committed. What is wrong here was changed
// after it was acknowledged, so the hub must not start on it (I-16).

import { LIMITS } from '../../domain/index.ts';
import { StorageFailure } from '../store/index.ts';
import type { Store } from '../store/index.ts';
import { chainHash, GENESIS } from './rows.ts';

export type Verification =
  | { readonly ok: true; readonly entries: number }
  /** `entry`: the first one that is wrong; `sentence`: for the console. */
  | { readonly ok: false; readonly entry: number; readonly sentence: string };

/** Costs one read of the journal and one hash an entry: about 0.3 s for 100 000 entries. */
export async function verifyJournal(store: Store): Promise<Verification> {
  let entries = 0;
  try {
    let previous = GENESIS;
    for (;;) {
      const page = await store.db
        .selectFrom('entry')
        .selectAll()
        .where('seq', '>', entries)
        .orderBy('seq')
        .limit(LIMITS.journalPageEntries)
        .execute();
      for (const row of page) {
        if (row.seq !== entries + 1) return damaged(entries + 1, 'it is missing');
        if (row.hash !== chainHash(row, previous)) {
          return damaged(row.seq, 'it is not what was written');
        }
        previous = row.hash;
        entries = row.seq;
      }
      if (page.length === 0) break;
    }
    return (await orphans(store, entries)) ?? { ok: true, entries };
  } catch (error) {
    if (error instanceof StorageFailure) return damaged(entries + 1, error.message);
    throw error;
  }
}

function damaged(entry: number, why: string): Verification {
  const sentence =
    `The journal is damaged at entry ${entry}: ${why}. ` +
    'The hub does not start on it. Restore the last backup of the database.';
  return { ok: false, entry, sentence };
}

/** A verdict or posting whose entry is gone shows that the end was cut off. */
async function orphans(store: Store, head: number): Promise<Verification | undefined> {
  const verdict = await store.db
    .selectFrom('command')
    .select('seq')
    .where('seq', '>', head)
    .orderBy('seq')
    .limit(1)
    .executeTakeFirst();
  if (verdict !== undefined) return damaged(verdict.seq, 'a verdict names it, but it is missing');
  const cut = store.db.selectFrom('entry').select((of) => of.fn.countAll<number>().as('count'));
  const cuts = await cut.where('type', '=', 'posting-cut').executeTakeFirstOrThrow();
  const postings = await store.db
    .selectFrom('posting')
    .select((of) => of.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  if (cuts.count === postings.count) return undefined;
  return damaged(head, `it knows ${cuts.count} postings, but the outbox holds ${postings.count}`);
}
