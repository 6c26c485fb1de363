// Who lives here: the mirror's writer. A page's rows and the cursor that says "read up to here"
// become durable together, so that a crash leaves neither a gap nor a claim to have read more than
// is there. A page that changes nothing writes only the cursor.

import { sql } from 'kysely';
import type { Transaction } from 'kysely';
import type { ExactDb, ExactTables } from '../tables.ts';
import type { EntityName } from './forms.ts';

export interface CleanRow {
  readonly id: string;
  /** JSON of the row in its form. */
  readonly body: string;
  /** What readers speak of: see EntitySpec.subject. */
  readonly subject: string;
  readonly timestamp: string | null;
}

export interface Cursor {
  readonly entity: string;
  readonly cursor: string;
  readonly syncedMs: number;
  /** Set when the entity was read to its end; null keeps what stands there. */
  readonly fullMs: number | null;
}

export interface Applied {
  /** Subjects whose rows changed or went. */
  readonly changed: readonly string[];
}

type Tx = Transaction<ExactTables>;

/** Rows in one INSERT: SQLite takes 32,766 values, four a row. */
const CHUNK = 500;

async function bodiesOf(tx: Tx, entity: string, ids: readonly string[]) {
  const rows = await tx
    .selectFrom('mirror_row')
    .select(['id', 'body', 'timestamp'])
    .where('entity', '=', entity)
    .where('id', 'in', [...ids])
    .execute();
  return new Map(rows.map((row) => [row.id, row]));
}

async function upsert(tx: Tx, entity: EntityName, rows: readonly CleanRow[]): Promise<string[]> {
  const changed: string[] = [];
  for (let from = 0; from < rows.length; from += CHUNK) {
    const chunk = rows.slice(from, from + CHUNK);
    const ids = chunk.map((row) => row.id);
    const old = await bodiesOf(tx, entity, ids);
    const differ = (row: CleanRow) => old.get(row.id)?.body !== row.body;
    changed.push(...chunk.filter(differ).map((row) => row.subject));
    const touched = chunk.filter(
      (row) => differ(row) || old.get(row.id)?.timestamp !== row.timestamp,
    );
    if (touched.length === 0) continue;
    await tx
      .insertInto('mirror_row')
      .values(touched.map(({ id, body, timestamp }) => ({ entity, id, body, timestamp })))
      .onConflict((conflict) =>
        conflict.columns(['entity', 'id']).doUpdateSet((eb) => ({
          body: eb.ref('excluded.body'),
          timestamp: eb.ref('excluded.timestamp'),
        })),
      )
      .execute();
  }
  return changed;
}

async function saveCursor(tx: Tx, cursor: Cursor): Promise<void> {
  const { total } = await tx
    .selectFrom('mirror_row')
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .where('entity', '=', cursor.entity)
    .executeTakeFirstOrThrow();
  const row = {
    cursor: cursor.cursor,
    rows: total,
    synced_ms: cursor.syncedMs,
    fault: null,
    ...(cursor.fullMs === null ? {} : { full_ms: cursor.fullMs }),
  };
  await tx
    .insertInto('sync_cursor')
    .values({ entity: cursor.entity, ...row })
    .onConflict((conflict) => conflict.column('entity').doUpdateSet(row))
    .execute();
}

/** One page and its cursor, in one transaction. Of a row that comes twice the last one counts. */
export async function applyPage(
  db: ExactDb,
  entity: EntityName,
  rows: readonly CleanRow[],
  cursor: Cursor,
): Promise<Applied> {
  const last = [...new Map(rows.map((row) => [row.id, row])).values()];
  return db.transaction().execute(async (tx) => {
    const changed = await upsert(tx, entity, last);
    await saveCursor(tx, cursor);
    return { changed: [...new Set(changed)] };
  });
}

/** Ends a reading from the beginning: rows that were not seen in it are gone at Exact. */
export async function sweep(
  db: ExactDb,
  entity: EntityName,
  subjectField: string,
  seen: ReadonlySet<string>,
  cursor: Cursor,
): Promise<Applied> {
  return db.transaction().execute(async (tx) => {
    const rows = await tx
      .selectFrom('mirror_row')
      .select(['id', subjectOf(subjectField).as('subject')])
      .where('entity', '=', entity)
      .execute();
    const gone = rows.filter((row) => !seen.has(row.id));
    for (const row of gone) await remove(tx, entity, row.id);
    await saveCursor(tx, cursor);
    return { changed: [...new Set(gone.map((row) => row.subject))] };
  });
}

export interface Deletion {
  readonly entity: EntityName;
  readonly subjectField: string;
  readonly id: string;
}

/** One page of `sync/Deleted` and its cursor. An order that goes takes its lines with it. */
export async function applyDeletions(
  db: ExactDb,
  deletions: readonly Deletion[],
  cursor: Cursor,
): Promise<ReadonlyMap<EntityName, readonly string[]>> {
  return db.transaction().execute(async (tx) => {
    const changed = new Map<EntityName, string[]>();
    for (const { entity, subjectField, id } of deletions) {
      const subject = subjectOf(subjectField);
      const rows = await tx
        .selectFrom('mirror_row')
        .select(['id', subject.as('subject')])
        .where('entity', '=', entity)
        .where((eb) =>
          entity === 'PurchaseOrders'
            ? eb.or([eb('id', '=', id), eb(subject, '=', id)])
            : eb('id', '=', id),
        )
        .execute();
      for (const row of rows) {
        await remove(tx, entity, row.id);
        changed.set(entity, [...(changed.get(entity) ?? []), row.subject]);
      }
    }
    await saveCursor(tx, cursor);
    return changed;
  });
}

function subjectOf(field: string) {
  return sql<string>`json_extract(body, ${`$.${field}`})`;
}

async function remove(tx: Tx, entity: EntityName, id: string): Promise<void> {
  await tx.deleteFrom('mirror_row').where('entity', '=', entity).where('id', '=', id).execute();
}

/** Notes why an entity stands still; the next page that fits clears it. */
export async function saveFault(
  db: ExactDb,
  entity: string,
  startCursor: string,
  fault: string,
): Promise<void> {
  await db
    .insertInto('sync_cursor')
    .values({ entity, cursor: startCursor, rows: 0, synced_ms: 0, full_ms: null, fault })
    .onConflict((conflict) => conflict.column('entity').doUpdateSet({ fault }))
    .execute();
}
