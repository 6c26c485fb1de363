// Who lives here: whether what the mirror holds is still Exact's: rows of another division go, and
// lists are compared from the beginning when the division moved to another database (its row
// versions are new then, exact-online-api.md §4.1) or when we were away for so long that Exact has
// forgotten what was deleted (§4.2). While a list is compared its rows stay: nobody misses anything.

import type { Clock } from '../../../domain/index.ts';
import { readMoveDate } from '../divisions.ts';
import type { ExactClient } from '../http.ts';
import type { Outcome } from '../outcomes.ts';
import { readMeta, writeMeta } from '../tables.ts';
import type { ExactDb } from '../tables.ts';
import { DELETED, ENTITIES } from './entities.ts';
import type { Conventions } from './entities.ts';
import { FORMS_VERSION } from './forms.ts';
import type { EntityName } from './forms.ts';
import { readPlace, startPlace } from './place.ts';

export interface UpkeepParts {
  readonly db: ExactDb;
  readonly client: ExactClient;
  readonly baseUrl: string;
  readonly clock: Clock;
  readonly conventions: Conventions;
}

const OWNER_KEY = 'exact.mirror-of';
const CONVENTIONS_KEY = 'exact.mirror-conventions';
const MOVED_KEY = 'exact.division-moved';
const CHECKED_KEY = 'exact.division-checked-ms';
const DAY_MS = 24 * 3_600_000;
/** Exact keeps deletions for two months; a few days are left for clocks and outages. */
const DELETIONS_KEPT_MS = 55 * DAY_MS;
/** Subjects that are told of in one go. */
const WIPE_ROWS = 5_000;

export type Told = (entity: EntityName, subjects: readonly string[]) => void;

/** Rows of another site or division, or in an older form, are not ours: they go, and we begin anew. */
export async function ownMirror(parts: UpkeepParts, division: number, told: Told): Promise<void> {
  const { db, baseUrl, conventions } = parts;
  const owner = `${baseUrl} ${division} forms ${FORMS_VERSION}`;
  if ((await readMeta(db, OWNER_KEY)) !== owner) {
    for (const { name } of ENTITIES) await wipe(db, name, told);
    await db.deleteFrom('sync_cursor').execute();
    await db.deleteFrom('meta').where('key', 'in', [MOVED_KEY, CHECKED_KEY]).execute();
    await writeMeta(db, OWNER_KEY, owner);
  }
  const convention = JSON.stringify([conventions.expiryField, conventions.barcodeFields]);
  const known = await readMeta(db, CONVENTIONS_KEY);
  if (known === convention) return;
  if (known !== undefined) await compareList(db, 'Items');
  await writeMeta(db, CONVENTIONS_KEY, convention);
}

async function wipe(db: ExactDb, entity: EntityName, told: Told): Promise<void> {
  for (;;) {
    const rows = await db
      .selectFrom('mirror_row')
      .select(['id', 'subject'])
      .where('entity', '=', entity)
      .orderBy('id')
      .limit(WIPE_ROWS)
      .execute();
    const last = rows.at(-1);
    if (last === undefined) return;
    await db
      .deleteFrom('mirror_row')
      .where('entity', '=', entity)
      .where('id', '<=', last.id)
      .execute();
    told(entity, [...new Set(rows.map((row) => row.subject))]);
  }
}

/**
 * Asks once a day whether the division moved, and looks how long ago deletions were read.
 * Returns whether lists are to be compared now.
 */
export async function upkeep(parts: UpkeepParts, division: number): Promise<Outcome<boolean>> {
  const { db, client, clock } = parts;
  const checkedMs = Number((await readMeta(db, CHECKED_KEY)) ?? 0);
  if (Math.abs(clock.nowMs() - checkedMs) < DAY_MS) return { kind: 'ok', value: false };
  const moved = await readMoveDate(client, division);
  if (moved.kind !== 'ok') return moved;
  const known = await readMeta(db, MOVED_KEY);
  const elsewhere = known !== undefined && known !== moved.value;
  const deletions = await db
    .selectFrom('sync_cursor')
    .select('synced_ms')
    .where('entity', '=', DELETED)
    .executeTakeFirst();
  const readMs = deletions?.synced_ms ?? 0;
  const away = readMs > 0 && readMs < clock.nowMs() - DELETIONS_KEPT_MS;
  if (elsewhere || away) {
    for (const spec of ENTITIES) if (spec.by === 'sync') await compareList(db, spec.name);
    // Row versions of deletions are new too, and everything older is compared away.
    await db.deleteFrom('sync_cursor').where('entity', '=', DELETED).execute();
  }
  await writeMeta(db, MOVED_KEY, moved.value);
  await writeMeta(db, CHECKED_KEY, String(clock.nowMs()));
  return { kind: 'ok', value: elsewhere || away };
}

async function compareList(db: ExactDb, name: EntityName): Promise<void> {
  const row = await db
    .selectFrom('sync_cursor')
    .select('cursor')
    .where('entity', '=', name)
    .executeTakeFirst();
  if (row === undefined) return;
  const place = readPlace(row.cursor) ?? startPlace('sync');
  const cursor = JSON.stringify({ ...place, comparing: true, begunMs: null });
  await db.updateTable('sync_cursor').set({ cursor }).where('entity', '=', name).execute();
}
