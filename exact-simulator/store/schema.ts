/*
 * Turns the table of entities and the sources into SQLite: one table per stored entity, whose
 * columns are its plain properties that are not computed, and one view per served entity that
 * shows exactly the entity's properties. Queries only ever meet the views.
 */
import type Database from 'better-sqlite3';
import { entity, type Entity, type Property } from '../odata/catalogue.ts';
import { conventions, sources, tables, type Source } from './sources.ts';

const SQL_TYPES: Record<Property['type'], string> = {
  ...{ Guid: 'TEXT', String: 'TEXT COLLATE NOCASE', Binary: 'TEXT', Collection: 'TEXT' },
  ...{ DateTime: 'INTEGER', Int16: 'INTEGER', Int32: 'INTEGER', Int64: 'INTEGER' },
  ...{ Byte: 'INTEGER', Boolean: 'INTEGER', Double: 'REAL' },
};

/** The expression that computes a property from a foreign key the table stores, if one applies. */
function byConvention(stored: ReadonlySet<string>, property: string): string | undefined {
  for (const rule of conventions) {
    if (stored.has(rule.when) && rule.gives[property] !== undefined) return rule.gives[property];
  }
  return undefined;
}

const derivable = new Map<string, string[]>();
for (const rule of conventions) {
  for (const property of Object.keys(rule.gives)) {
    derivable.set(property, [...(derivable.get(property) ?? []), rule.when]);
  }
}

function storedProperties(of: Entity, computed: Source['columns'], keeps: readonly string[]) {
  const isShown = (name: string) => computed?.[name] !== undefined && !keeps.includes(name);
  const has = (name: string) => of.properties.has(name) && !isShown(name);
  return [...of.properties.values()].filter(
    (p) =>
      p.type !== 'Collection' &&
      p.name !== 'Timestamp' &&
      !isShown(p.name) &&
      !(derivable.get(p.name) ?? []).some((fk) => fk !== p.name && has(fk)),
  );
}

const columnsOf = new Map<string, ReadonlySet<string>>();
const typesOf = new Map<string, Property[]>();
for (const [name, table] of Object.entries(tables)) {
  const names = table.also === undefined ? [table.entity] : [table.entity, table.also];
  const merged = new Map<string, Property>();
  for (const of of names) {
    const stored = storedProperties(entity(of), sources[of]?.columns, table.keeps ?? []);
    for (const p of stored) merged.set(p.name, p);
  }
  const properties = [...merged.values()];
  columnsOf.set(name, new Set(properties.map((p) => p.name)));
  typesOf.set(name, properties);
}

/** The names of the columns a table stores, without the simulator's own. */
export function storedColumns(table: string): ReadonlySet<string> {
  const columns = columnsOf.get(table);
  if (!columns) throw new Error(`no table ${table}`);
  return columns;
}

/** A file of an older simulator: what it never stored is empty there. */
function addMissing(db: Database.Database, name: string): void {
  const named = db.prepare<[string], { name: string }>('SELECT name FROM pragma_table_info(?)');
  const there = new Set(named.all(name).map((column) => column.name));
  for (const p of typesOf.get(name) ?? []) {
    if (there.has(p.name)) continue;
    db.exec(`ALTER TABLE "${name}" ADD COLUMN "${p.name}" ${SQL_TYPES[p.type]}`);
  }
}

function createTable(db: Database.Database, name: string): void {
  const table = tables[name];
  if (!table) throw new Error(`no table ${name}`);
  const columns = (typesOf.get(name) ?? []).map((p) => `"${p.name}" ${SQL_TYPES[p.type]}`);
  db.exec(`CREATE TABLE IF NOT EXISTS "${name}" (
    "_division" INTEGER NOT NULL, "_rowversion" INTEGER NOT NULL, ${columns.join(', ')},
    PRIMARY KEY ("${table.key}"))`);
  addMissing(db, name);
  db.exec(`CREATE INDEX IF NOT EXISTS "${name}_version" ON "${name}" ("_rowversion")`);
  for (const [n, indexed] of (table.indexes ?? []).entries()) {
    db.exec(`CREATE INDEX IF NOT EXISTS "${name}_${n}" ON "${name}" ("${indexed}")`);
  }
}

function expressionOf(source: Source, property: Property): string {
  const computed = source.columns?.[property.name];
  if (computed !== undefined) return computed;
  if (property.name === 'Timestamp') return 't."_rowversion"';
  const stored = storedColumns(source.table);
  if (stored.has(property.name)) return `t."${property.name}"`;
  return byConvention(stored, property.name) ?? 'NULL';
}

/**
 * @param casts true where several sources are put together: SQLite pages through them by their
 *   indexes only when their columns have the same type everywhere.
 */
function selectOf(of: Entity, source: Source, casts: boolean): string {
  const shown = (p: Property): string => {
    const expression = expressionOf(source, p);
    const type = SQL_TYPES[p.type].split(' ')[0];
    return casts && p.name !== 'Timestamp' ? `CAST(${expression} AS ${type})` : expression;
  };
  const columns = [...of.properties.values()]
    .filter((p) => p.type !== 'Collection')
    .map((p) => `${shown(p)} AS "${p.name}"`);
  return `SELECT t."_division" AS "_division", ${columns.join(', ')}
    FROM "${source.table}" t ${source.tail ?? ''}`;
}

/** Creates missing tables, columns and indexes, and makes the views anew so that they follow the code. */
export function createDataTables(db: Database.Database): void {
  for (const name of Object.keys(tables)) createTable(db, name);
  for (const [name, source] of Object.entries(sources)) {
    const of = entity(name);
    const parts: string[] = [];
    for (let part: Source | undefined = source; part; part = part.union) {
      parts.push(selectOf(of, part, source.union !== undefined));
    }
    db.exec(`CREATE TEMP VIEW "${name}" AS ${parts.join(' UNION ALL ')}`);
  }
}
