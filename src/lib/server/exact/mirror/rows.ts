// Who lives here: the mirror's writer. A page's rows and the place that says "read up to here"
// become durable together, so that a crash leaves neither a gap nor a claim to have read more than
// is there. A page that changes nothing writes only the place.
//
// Pages go to SQLite as one JSON text each: a thousand rows are then three statements that are
// prepared once, whatever their number.

import { sql } from 'kysely';
import type { Transaction } from 'kysely';
import * as z from 'zod';
import type { ExactDb, ExactTables } from '../tables.ts';
import { ENTITIES } from './entities.ts';
import type { EntitySpec, ListName, DIVISION } from './entities.ts';
import type { EntityName } from './forms.ts';

export interface CleanRow {
  readonly id: string;
  /** JSON of the row in its form. */
  readonly body: string;
  readonly subject: string;
  /** Empty: it has none. */
  readonly link: string;
  readonly live: 0 | 1;
  readonly timestamp: string | null;
}

/** What one list's line in `sync_cursor` becomes. Absent members stay as they are. */
export interface Mark {
  readonly entity: ListName;
  /** JSON of the place. */
  readonly cursor: string;
  readonly syncedMs: number;
  readonly fullMs?: number;
  readonly expected?: number | null;
  /** Rows read in this reading. */
  readonly read: number;
}

/** A row that is new, or not what it was. */
export interface ChangedRow {
  readonly id: string;
  readonly subject: string;
  readonly link: string;
  /** Null: it is new. */
  readonly before: string | null;
  readonly body: string;
}

export interface Applied {
  readonly rows: readonly ChangedRow[];
  /** Subjects whose rows changed or went, before and after. */
  readonly subjects: readonly string[];
}

type Tx = Transaction<ExactTables>;

const oldForm = z.array(z.object({ id: z.string(), body: z.string(), subject: z.string() }));
const goneForm = z.array(z.object({ subject: z.string(), link: z.string() }));
/** Rows that a comparison removes in one transaction. */
const SWEEP_ROWS = 1000;

/** One page and its place, in one transaction. Of a row that comes twice the last one counts. */
export async function applyPage(
  db: ExactDb,
  spec: EntitySpec,
  rows: readonly CleanRow[],
  comparison: number,
  mark: Mark,
): Promise<Applied> {
  const last = [...new Map(rows.map((row) => [row.id, row])).values()];
  return db.transaction().execute(async (tx) => {
    const applied = await upsert(tx, spec.name, last, comparison);
    const added = applied.rows.filter((row) => row.before === null).length;
    await saveMark(tx, mark, added);
    return applied;
  });
}

/** Rows that were fetched ahead of the list's own reading: the place stays at its start. */
export async function applyAhead(
  db: ExactDb,
  spec: EntitySpec,
  rows: readonly CleanRow[],
  startCursor: string,
): Promise<Applied> {
  return db.transaction().execute(async (tx) => {
    const applied = await upsert(tx, spec.name, rows, 0);
    await tx
      .insertInto('sync_cursor')
      .values(freshLine(spec.name, startCursor))
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    await countIn(tx, spec.name, applied.rows.filter((row) => row.before === null).length);
    return applied;
  });
}

function freshLine(entity: ListName | typeof DIVISION, cursor: string) {
  const counts = { rows: 0, expected: null, read: 0 };
  return { entity, cursor, ...counts, synced_ms: 0, full_ms: null, fault: null };
}

async function upsert(
  tx: Tx,
  entity: EntityName,
  rows: readonly CleanRow[],
  comparison: number,
): Promise<Applied> {
  if (rows.length === 0) return { rows: [], subjects: [] };
  const ids = JSON.stringify(rows.map((row) => row.id));
  const known = await sql`
    SELECT m.id, m.body, m.subject FROM json_each(${ids}) j
    CROSS JOIN mirror_row m ON m.entity = ${entity} AND m.id = j.value`.execute(tx);
  const old = new Map(oldForm.parse(known.rows).map((row) => [row.id, row]));
  const changed = rows.filter((row) => old.get(row.id)?.body !== row.body);
  if (changed.length > 0) await write(tx, entity, changed);
  if (comparison > 0) {
    await sql`UPDATE mirror_row SET seen = ${comparison} WHERE entity = ${entity}
      AND id IN (SELECT value FROM json_each(${ids}))`.execute(tx);
  }
  const subjects = changed.flatMap(({ id, subject }) => {
    const before = old.get(id)?.subject;
    return before === undefined || before === subject ? [subject] : [before, subject];
  });
  return {
    rows: changed.map(({ id, subject, link, body }) => {
      return { id, subject, link, body, before: old.get(id)?.body ?? null };
    }),
    subjects: [...new Set(subjects)],
  };
}

async function write(tx: Tx, entity: EntityName, rows: readonly CleanRow[]): Promise<void> {
  const values = rows.map((row) => {
    return [row.id, row.body, row.timestamp, row.subject, row.link, row.live];
  });
  await sql`
    INSERT INTO mirror_row (entity, id, body, timestamp, subject, link, live)
    SELECT ${entity}, value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5
    FROM json_each(${JSON.stringify(values)}) WHERE true
    ON CONFLICT (entity, id) DO UPDATE SET
      body = excluded.body, timestamp = excluded.timestamp, subject = excluded.subject,
      link = excluded.link, live = excluded.live`.execute(tx);
}

async function saveMark(tx: Tx, mark: Mark, added: number): Promise<void> {
  const { entity, cursor, syncedMs, fullMs, expected, read } = mark;
  const row = {
    ...{ cursor, read, synced_ms: syncedMs, fault: null },
    ...(fullMs === undefined ? {} : { full_ms: fullMs }),
    ...(expected === undefined ? {} : { expected }),
  };
  await tx
    .insertInto('sync_cursor')
    .values({ entity, rows: added, ...row })
    .onConflict((conflict) =>
      conflict
        .column('entity')
        .doUpdateSet((eb) => ({ ...row, rows: eb('sync_cursor.rows', '+', added) })),
    )
    .execute();
}

async function countIn(tx: Tx, entity: ListName, added: number): Promise<void> {
  if (added === 0) return;
  await tx
    .updateTable('sync_cursor')
    .set((eb) => ({ rows: eb('rows', '+', added) }))
    .where('entity', '=', entity)
    .execute();
}

/**
 * Ends a comparison: rows that were last seen before `threshold` are gone at Exact. A thousand at
 * a time; a crash in between leaves the comparison open, and it is ended again.
 */
export async function sweep(
  db: ExactDb,
  spec: EntitySpec,
  threshold: number,
  mark: Mark,
): Promise<readonly string[]> {
  const gone = new Set<string>();
  for (let full = true; full;) {
    full = await db.transaction().execute(async (tx) => {
      const { rows } = await sql`
        DELETE FROM mirror_row WHERE rowid IN (
          SELECT rowid FROM mirror_row WHERE entity = ${spec.name} AND seen < ${threshold}
          LIMIT ${SWEEP_ROWS})
        RETURNING subject, link`.execute(tx);
      for (const { subject } of goneForm.parse(rows)) gone.add(subject);
      if (rows.length === SWEEP_ROWS) {
        await countIn(tx, spec.name, -rows.length);
        return true;
      }
      await saveMark(tx, mark, -rows.length);
      return false;
    });
  }
  return [...gone];
}

export interface Deletion {
  readonly spec: EntitySpec;
  readonly id: string;
}

/** What went of one list: the subjects of the rows, and the other things they were about. */
export interface Gone {
  readonly entity: EntityName;
  readonly subjects: readonly string[];
  readonly links: readonly string[];
}

/** One page of `sync/Deleted` and its place. An order that goes takes its lines with it. */
export async function applyDeletions(
  db: ExactDb,
  deletions: readonly Deletion[],
  mark: Mark,
): Promise<readonly Gone[]> {
  return db.transaction().execute(async (tx) => {
    const gone: Gone[] = [];
    for (const spec of ENTITIES) {
      const ids = deletions.filter((each) => each.spec === spec).map((each) => each.id);
      if (ids.length === 0) continue;
      gone.push(await removeBy(tx, spec.name, 'id', ids));
      if (spec.owns !== undefined) gone.push(await removeBy(tx, spec.owns, 'subject', ids));
    }
    await saveMark(tx, mark, 0);
    return gone.filter((each) => each.subjects.length > 0);
  });
}

async function removeBy(
  tx: Tx,
  entity: EntityName,
  by: 'id' | 'subject',
  ids: readonly string[],
): Promise<Gone> {
  const found = await sql`
    DELETE FROM mirror_row WHERE entity = ${entity}
    AND ${sql.ref(by)} IN (SELECT value FROM json_each(${JSON.stringify(ids)}))
    RETURNING subject, link`.execute(tx);
  const rows = goneForm.parse(found.rows);
  await countIn(tx, entity, -rows.length);
  return {
    entity,
    subjects: [...new Set(rows.map((row) => row.subject))],
    links: rows.flatMap((row) => (row.link === '' ? [] : [row.link])),
  };
}

/** Notes why a list stands still; the next page that fits clears it. */
export async function saveFault(
  db: ExactDb,
  entity: ListName | typeof DIVISION,
  startCursor: string,
  fault: string,
): Promise<void> {
  await db
    .insertInto('sync_cursor')
    .values({ ...freshLine(entity, startCursor), fault })
    .onConflict((conflict) => conflict.column('entity').doUpdateSet({ fault }))
    .execute();
}

/** What is shown only while it fails is shown no more. */
export async function dropFault(db: ExactDb, entity: typeof DIVISION): Promise<void> {
  await db.deleteFrom('sync_cursor').where('entity', '=', entity).execute();
}
