/*
 * Entities that are plain records: written as they are sent, with defaults, links that must exist,
 * and fields that must be unique. What is used elsewhere is not deleted.
 */
import type { Row, SqlValue } from '../store/database.ts';
import { deleteRow, findRow, insertRow, updateRow, type Writer } from '../store/rows.ts';
import { broken, type Effect } from './effect.ts';

interface PlainRules {
  table: string;
  /** Values of a new record for what was not sent. */
  defaults?: (writer: Writer, fields: Row) => Row;
  /** Field → table of the row it must point at. */
  links?: Readonly<Record<string, string>>;
  /** A field no two records may share. */
  unique?: string;
  /** Fields that no two records may share all of. */
  uniqueTogether?: readonly string[];
  /** Turns what was sent into what is stored: older names, units. */
  shape?: (writer: Writer, fields: Row, before: Row | undefined) => Row;
  /** Places (table and column) that keep a record from being deleted. */
  usedIn?: readonly (readonly [table: string, column: string])[];
  /** Field that names a record in a refusal. */
  label: string;
  /** Checks or changes what hangs on a record after it was written. */
  after?: (writer: Writer, row: Row) => void;
  /** Takes along what hangs on a record that goes. */
  before?: (writer: Writer, row: Row) => void;
}

function checkLinks(writer: Writer, rules: PlainRules, fields: Row): void {
  for (const [name, table] of Object.entries(rules.links ?? {})) {
    const id = fields[name] ?? null;
    if (id !== null && !findRow(writer, table, id)) throw broken(writer, 'invalid', name);
  }
}

function checkUnique(writer: Writer, rules: PlainRules, fields: Row, own: SqlValue): void {
  const value = rules.unique === undefined ? undefined : fields[rules.unique];
  if (value === undefined) return;
  const double = writer.store.get(
    `SELECT 1 FROM "${rules.table}" WHERE "${rules.unique}" = ? AND "_division" = ? AND "ID" IS NOT ?`,
    value,
    writer.division,
    own,
  );
  if (double) throw broken(writer, 'exists', String(value));
}

function checkTogether(writer: Writer, rules: PlainRules, row: Row, own: SqlValue): void {
  const fields = rules.uniqueTogether;
  if (!fields) return;
  const double = writer.store.get(
    `SELECT 1 FROM "${rules.table}" WHERE "_division" = ? AND "ID" IS NOT ?
     AND ${fields.map((field) => `"${field}" IS ?`).join(' AND ')}`,
    writer.division,
    own,
    ...fields.map((field) => row[field] ?? null),
  );
  if (double) throw broken(writer, 'dataExists');
}

/** Refuses to delete what another record points at. */
export function checkUnused(
  writer: Writer,
  id: SqlValue,
  label: string,
  usedIn: NonNullable<PlainRules['usedIn']>,
): void {
  for (const [table, column] of usedIn) {
    const used = writer.store.get(`SELECT 1 FROM "${table}" WHERE "${column}" = ?`, id);
    if (used) throw broken(writer, 'usedIn', label, table);
  }
}

/** The effect of creating, changing and deleting such a record. */
export function plainEffect(rules: PlainRules): Effect {
  const { table } = rules;
  return {
    create: (writer, body) => {
      const fields = rules.shape?.(writer, body.fields, undefined) ?? body.fields;
      checkLinks(writer, rules, fields);
      checkUnique(writer, rules, fields, null);
      const values = { ...rules.defaults?.(writer, fields), ...fields };
      checkTogether(writer, rules, values, null);
      const id = insertRow(writer, table, values);
      rules.after?.(writer, findRow(writer, table, id) ?? {});
      return id;
    },
    update: (writer, row, body) => {
      const id = row['ID'] ?? null;
      const fields = rules.shape?.(writer, body.fields, row) ?? body.fields;
      checkLinks(writer, rules, fields);
      checkUnique(writer, rules, fields, id);
      checkTogether(writer, rules, { ...row, ...fields }, id);
      updateRow(writer, table, id, fields);
      rules.after?.(writer, findRow(writer, table, id) ?? {});
    },
    remove: (writer, row) => {
      checkUnused(writer, row['ID'] ?? null, String(row[rules.label] ?? ''), rules.usedIn ?? []);
      rules.before?.(writer, row);
      deleteRow(writer, table, row['ID'] ?? null);
    },
  };
}

/** The next line number below a parent. */
export function nextLine(writer: Writer, table: string, column: string, parent: SqlValue): number {
  const sql = `SELECT max("LineNumber") AS n FROM "${table}" WHERE "${column}" = ?`;
  return Number(writer.store.get(sql, parent)?.['n'] ?? 0) + 1;
}
