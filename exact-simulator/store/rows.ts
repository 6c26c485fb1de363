/*
 * Writing rows: every insert, change and delete of business data passes here, so that the audit
 * fields (Dutch clock), the row version and `sync/Deleted` can never be forgotten.
 */
import type { Row, SqlValue, Store } from './database.ts';
import { storedColumns } from './schema.ts';
import { tables } from './sources.ts';

/** Who changes what where: passed to every write. */
export interface Writer {
  store: Store;
  /** Dutch wall-clock milliseconds for the stamps. */
  clock: { wallMs: () => number };
  /** Makes the guid of a new row; the seed passes one that repeats itself. */
  newId: () => string;
  division: number;
  /** UserID of the person or integration user the change is booked on. */
  user: string;
}

function keyOf(table: string): string {
  const found = tables[table];
  if (!found) throw new Error(`no table ${table}`);
  return found.key;
}

/** Who made or changed a row and when; manufacturing names the same in two other ways. */
const CHANGED = {
  at: ['Modified', 'ModifiedDate', 'sysmodified'],
  by: ['Modifier', 'ModifiedBy', 'sysmodifier'],
};
const MADE = {
  at: ['Created', 'CreatedDate', 'syscreated'],
  by: ['Creator', 'CreatedBy', 'syscreator'],
};
const STAMPS: ReadonlySet<string> = new Set(
  [CHANGED, MADE].flatMap(({ at, by }) => [...at, ...by]).concat('Division'),
);

/** `values` plus audit fields, as far as the table has them. */
function stamped(writer: Writer, table: string, values: Row, fresh: boolean): Row {
  const columns = storedColumns(table);
  const nowMs = writer.clock.wallMs();
  const row: Row = {};
  for (const { at, by } of fresh ? [CHANGED, MADE] : [CHANGED]) {
    for (const name of at) if (columns.has(name)) row[name] = nowMs;
    for (const name of by) if (columns.has(name)) row[name] = writer.user;
  }
  if (fresh && columns.has('Division')) row['Division'] = writer.division;
  for (const name in values) {
    if (columns.has(name)) row[name] = values[name] ?? null;
    else if (!STAMPS.has(name)) throw new Error(`${table} does not store ${name}`);
  }
  return row;
}

/** Inserts a row and returns its key. A missing guid key is made up. Throws on a double key. */
export function insertRow(writer: Writer, table: string, values: Row): string {
  const key = keyOf(table);
  const id = values[key] ?? writer.newId();
  const row = stamped(writer, table, values, true);
  row[key] = id;
  row['_division'] = writer.division;
  row['_rowversion'] = writer.store.nextRowVersion();
  const names = Object.keys(row);
  writer.store.change({ table, key, id, action: 'Create' }, () => {
    writer.store.run(
      `INSERT INTO "${table}" (${names.map((n) => `"${n}"`).join(', ')})
       VALUES (${names.map(() => '?').join(', ')})`,
      ...Object.values(row),
    );
  });
  return String(id);
}

/** Changes some columns of a row, stamps it and gives it a new row version. */
export function updateRow(writer: Writer, table: string, id: SqlValue, values: Row): void {
  const row = stamped(writer, table, values, false);
  row['_rowversion'] = writer.store.nextRowVersion();
  const names = Object.keys(row);
  const key = keyOf(table);
  writer.store.change({ table, key, id, action: 'Update' }, () => {
    writer.store.run(
      `UPDATE "${table}" SET ${names.map((n) => `"${n}" = ?`).join(', ')} WHERE "${key}" = ?`,
      ...Object.values(row),
      id,
    );
  });
}

/** Gives a row a new row version without changing anything else than its stamp. */
export function touchRow(writer: Writer, table: string, id: SqlValue): void {
  updateRow(writer, table, id, {});
}

/** Deletes a row and leaves a trace in `sync/Deleted` when its kind has an entity type there. */
export function deleteRow(writer: Writer, table: string, id: SqlValue): void {
  const key = keyOf(table);
  writer.store.change({ table, key, id, action: 'Delete' }, () => {
    writer.store.run(`DELETE FROM "${table}" WHERE "${key}" = ?`, id);
  });
  const deletedType = tables[table]?.deletedType;
  if (deletedType === undefined) return;
  insertRow(writer, 'Deleted', {
    EntityKey: id,
    EntityType: deletedType,
    DeletedBy: writer.user,
    DeletedDate: writer.clock.wallMs(),
  });
}

/** `sync/Deleted` keeps a deletion for two months (Exact KB, deleted); older ones are gone. */
const DELETED_KEPT_MS = 61 * 86_400_000;

/** Drops the deletions that Exact would not tell about any more. */
export function forgetOldDeletions(store: Store, clock: Writer['clock']): void {
  const oldestMs = clock.wallMs() - DELETED_KEPT_MS;
  store.run('DELETE FROM "Deleted" WHERE "DeletedDate" < ?', oldestMs);
}

/** The stored row of a key in the writer's division, or undefined. */
export function findRow(writer: Writer, table: string, id: SqlValue): Row | undefined {
  return writer.store.get(
    `SELECT * FROM "${table}" WHERE "${keyOf(table)}" = ? AND "_division" = ?`,
    id,
    writer.division,
  );
}
