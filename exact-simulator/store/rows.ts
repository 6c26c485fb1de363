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

/** `values` plus audit fields, as far as the table has them. */
function stamped(writer: Writer, table: string, values: Row, fresh: boolean): Row {
  const columns = storedColumns(table);
  const nowMs = writer.clock.wallMs();
  const stamps: Row = { Modified: nowMs, Modifier: writer.user };
  if (fresh) Object.assign(stamps, { Created: nowMs, Creator: writer.user });
  if (fresh) Object.assign(stamps, { Division: writer.division });
  const row: Row = {};
  for (const [name, value] of Object.entries({ ...stamps, ...values })) {
    if (columns.has(name)) row[name] = value;
    else if (stamps[name] === undefined) throw new Error(`${table} does not store ${name}`);
  }
  return row;
}

/** Inserts a row and returns its key. A missing guid key is made up. Throws on a double key. */
export function insertRow(writer: Writer, table: string, values: Row): string {
  const key = keyOf(table);
  const id = values[key] ?? writer.newId();
  const row: Row = {
    ...stamped(writer, table, { ...values, [key]: id }, true),
    _division: writer.division,
    _rowversion: writer.store.nextRowVersion(),
  };
  const names = Object.keys(row);
  writer.store.run(
    `INSERT INTO "${table}" (${names.map((n) => `"${n}"`).join(', ')})
     VALUES (${names.map(() => '?').join(', ')})`,
    ...Object.values(row),
  );
  return String(id);
}

/** Changes some columns of a row, stamps it and gives it a new row version. */
export function updateRow(writer: Writer, table: string, id: SqlValue, values: Row): void {
  const row: Row = {
    ...stamped(writer, table, values, false),
    _rowversion: writer.store.nextRowVersion(),
  };
  const names = Object.keys(row);
  writer.store.run(
    `UPDATE "${table}" SET ${names.map((n) => `"${n}" = ?`).join(', ')}
     WHERE "${keyOf(table)}" = ?`,
    ...Object.values(row),
    id,
  );
}

/** Gives a row a new row version without changing anything else than its stamp. */
export function touchRow(writer: Writer, table: string, id: SqlValue): void {
  updateRow(writer, table, id, {});
}

/** Deletes a row and leaves a trace in `sync/Deleted` when its kind has an entity type there. */
export function deleteRow(writer: Writer, table: string, id: SqlValue): void {
  writer.store.run(`DELETE FROM "${table}" WHERE "${keyOf(table)}" = ?`, id);
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
