// Who lives here: the reading of `sync/Deleted`, which names what is gone from the lists that are
// read by row version. Exact keeps it for two months (exact-online-api.md §4.2): whoever comes
// later must compare.

import type { Page } from '../envelope.ts';
import type { Outcome } from '../outcomes.ts';
import { int64 } from '../values.ts';
import { DELETED, DELETED_PATH, ENTITIES } from './entities.ts';
import { deletedForm } from './forms.ts';
import { advanced, begun, ended, readPlace, startPlace } from './place.ts';
import type { Place } from './place.ts';
import { surprise } from './pull.ts';
import type { Pulled, PullParts } from './pull.ts';
import { applyDeletions } from './rows.ts';
import type { Deletion, Gone } from './rows.ts';

export interface DeletedParts extends PullParts {
  readonly onGone: (gone: Gone) => void;
}

interface Deletions {
  readonly list: readonly Deletion[];
  readonly top: bigint;
}

/** Reads at most `pages` pages and removes what they name. */
export async function pullDeleted(parts: DeletedParts, pages: number): Promise<Pulled> {
  const { db, client, clock } = parts;
  const row = await db
    .selectFrom('sync_cursor')
    .select(['cursor', 'read'])
    .where('entity', '=', DELETED)
    .executeTakeFirst();
  const stored = (row && readPlace(row.cursor)) ?? startPlace('sync');
  let place = stored.begunMs === null ? begun(stored, 'sync', clock.nowMs()) : stored;
  let read = stored.begunMs === null ? 0 : (row?.read ?? 0);
  let news = false;
  const query = { $filter: `Timestamp gt ${place.since}L`, $select: SELECT };
  let answer: Outcome<Page> = await client.get(DELETED_PATH, query, 'sync');
  for (let count = 1; ; count += 1) {
    if (answer.kind !== 'ok') return { kind: 'failed', failure: answer };
    const found = deletionsIn(answer.value, place);
    if ('kind' in found) return found;
    const { next } = answer.value;
    read += answer.value.rows.length;
    place = advanced(place, 'sync', String(found.top));
    if (next === undefined) place = ended(place, 'sync', clock.nowMs());
    const cursor = JSON.stringify(place);
    const mark = { entity: DELETED, cursor, syncedMs: clock.nowMs(), read } as const;
    const full = next === undefined ? { fullMs: clock.nowMs() } : {};
    const gone = await applyDeletions(db, found.list, { ...mark, ...full });
    for (const each of gone) parts.onGone(each);
    news ||= gone.length > 0;
    if (next === undefined) return { kind: 'done', news };
    if (count >= pages) return { kind: 'more', news };
    answer = await client.follow(next, 'sync');
  }
}

const SELECT = 'Timestamp,EntityKey,EntityType';
const BY_TYPE = new Map(ENTITIES.map((spec) => [spec.deletedType, spec]));

function deletionsIn(page: Page, place: Place): Deletions | Pulled {
  const list: Deletion[] = [];
  let top = BigInt(place.since);
  for (const row of page.rows) {
    const parsed = deletedForm.safeParse(row);
    const position = int64(row['Timestamp']);
    if (!parsed.success || position === null) return surprise('Deleted: a row does not fit', row);
    if (position > top) top = position;
    const spec = BY_TYPE.get(parsed.data.EntityType);
    if (spec !== undefined) list.push({ spec, id: parsed.data.EntityKey });
  }
  return { list, top };
}
