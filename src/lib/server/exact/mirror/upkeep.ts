// Who lives here: whether what the mirror holds is still Exact's: rows of another division go, and
// lists are compared from the beginning when the division moved to another database (its row
// versions are new then, exact-online-api.md §4.1) or when we were away for so long that Exact has
// forgotten what was deleted (§4.2). While a list is compared its rows stay: nobody misses anything.

import type { Clock } from '../../../domain/index.ts';
import type { ExactClient } from '../http.ts';
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

/** Facts of the division that was; they go with its rows. See division-check.ts. */
export const MOVED_KEY = 'exact.division-moved';
export const CHECK_KEY = 'exact.division-check';
const OWNER_KEY = 'exact.mirror-of';
const CONVENTIONS_KEY = 'exact.mirror-conventions';
const DAY_MS = 24 * 3_600_000;
/** Exact keeps deletions for two months; a few days are left for clocks and outages. */
const DELETIONS_KEPT_MS = 55 * DAY_MS;
/** Subjects that are told of in one go. */
const WIPE_ROWS = 5_000;

/** `anew`: nothing was read yet; then `gone`, as rows go. */
export interface Told {
  readonly anew: () => void;
  readonly gone: (entity: EntityName, subjects: readonly string[]) => void;
}

/**
 * Rows of another site or division, or in an older form, are not ours: they go, and we begin anew.
 * That nothing was read comes first, so that nobody takes a row that went for an order that closed.
 */
export async function ownMirror(parts: UpkeepParts, division: number, told: Told): Promise<void> {
  const { db, baseUrl, conventions } = parts;
  const owner = `${baseUrl} ${division} forms ${FORMS_VERSION}`;
  if ((await readMeta(db, OWNER_KEY)) !== owner) {
    await db.deleteFrom('sync_cursor').execute();
    told.anew();
    for (const { name } of ENTITIES) await wipe(db, name, told.gone);
    await db.deleteFrom('meta').where('key', 'in', [MOVED_KEY, CHECK_KEY]).execute();
    await writeMeta(db, OWNER_KEY, owner);
  }
  const convention = JSON.stringify([conventions.expiryField, conventions.barcodeFields]);
  const known = await readMeta(db, CONVENTIONS_KEY);
  if (known === convention) return;
  if (known !== undefined) await compareList(db, 'Items');
  await writeMeta(db, CONVENTIONS_KEY, convention);
}

async function wipe(db: ExactDb, entity: EntityName, told: Told['gone']): Promise<void> {
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
 * Looks how long ago deletions were read, before they are read again: Exact forgets them. Returns
 * whether lists are to be compared now.
 */
export async function afterAbsence({ db, clock }: UpkeepParts): Promise<boolean> {
  const deletions = await db
    .selectFrom('sync_cursor')
    .select('synced_ms')
    .where('entity', '=', DELETED)
    .executeTakeFirst();
  const readMs = deletions?.synced_ms ?? 0;
  const away = readMs > 0 && readMs < clock.nowMs() - DELETIONS_KEPT_MS;
  if (away) await compareAll(db);
  return away;
}

/** Every list that is read by row version is compared from its beginning. */
export async function compareAll(db: ExactDb): Promise<void> {
  for (const spec of ENTITIES) if (spec.by === 'sync') await compareList(db, spec.name);
  // Row versions of deletions are new too, and everything older is compared away.
  await db.deleteFrom('sync_cursor').where('entity', '=', DELETED).execute();
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
