/*
 * Runs a query on an entity's view: page by page, in the order of the key (or `$orderby` and then
 * the key), with the position of the next page in a skip token (Exact KB, paging).
 */
import type { Row, SqlValue, Store } from '../store/database.ts';
import { sources, type Navigation } from '../store/sources.ts';
import { entity, type Entity, type Property } from './catalogue.ts';
import { syntaxError } from './filter-parser.ts';
import type { Condition } from './filter-sql.ts';
import { pageSize, type Options, type Order } from './options.ts';
import { parseMoment } from './values.ts';

export interface Page {
  rows: Row[];
  /** The skip token of the next page; undefined on the last one. */
  next: string | undefined;
  /** All rows of the filter, when `$inlinecount` asked for them. */
  count: number | undefined;
}

/** A condition of the address: the key, or the parent a navigation starts from. */
export interface Scope {
  field: string;
  value: SqlValue;
  /** Equal unless given; a function may ask for what is at least its argument. */
  operator?: '=' | '>=';
}

const quoted = (name: string): string => `"${name}"`;

function tokenText(property: Property, value: SqlValue): string {
  if (value === null) return 'null';
  if (property.type === 'Guid') return `guid'${value}'`;
  if (property.type === 'DateTime') {
    return `datetime'${new Date(Number(value)).toISOString().slice(0, 23)}'`;
  }
  if (property.type === 'Int64') return `${value}L`;
  return property.type === 'String' ? `'${String(value).replaceAll("'", "''")}'` : String(value);
}

function tokenValues(token: string): SqlValue[] {
  const pattern = /(guid|datetime)?'((?:[^']|'')*)'|(-?[\d.eE+-]+)L?|(null)/y;
  const values: SqlValue[] = [];
  while (pattern.lastIndex < token.length) {
    const match = pattern.exec(token);
    if (!match) throw syntaxError();
    const [, prefix, text, number] = match;
    if (number !== undefined) values.push(Number(number));
    else if (text === undefined) values.push(null);
    else if (prefix === 'datetime') values.push(parseMoment(text) ?? null);
    else values.push(text.replaceAll("''", "'"));
    if (token[pattern.lastIndex] === ',') pattern.lastIndex += 1;
  }
  return values;
}

/** `row > position` in the order of several columns, with empty values first as SQLite sorts. */
function after(order: Order[], position: SqlValue[], values: SqlValue[]): string {
  const [first, ...rest] = order;
  if (!first) return '0';
  const column = quoted(first.field);
  const value = position[0] ?? null;
  const parts: string[] = [];
  if (value === null) {
    if (!first.descending) parts.push(`${column} IS NOT NULL`);
  } else {
    parts.push(`${column} ${first.descending ? '<' : '>'} ?`);
    values.push(value);
    if (first.descending) parts.push(`${column} IS NULL`);
  }
  if (rest.length > 0) {
    values.push(value);
    parts.push(`(${column} IS ? AND ${after(rest, position.slice(1), values)})`);
  }
  return parts.length === 0 ? '0' : `(${parts.join(' OR ')})`;
}

function where(division: number, scopes: Scope[], filter: Condition | undefined) {
  const parts = [
    '"_division" = ?',
    ...scopes.map((s) => `${quoted(s.field)} ${s.operator ?? '='} ?`),
  ];
  const values: SqlValue[] = [division, ...scopes.map((s) => s.value)];
  if (filter) {
    parts.push(filter.sql);
    values.push(...filter.values);
  }
  return { sql: parts.join(' AND '), values };
}

function columnsFor(of: Entity, options: Options, order: Order[]): string[] {
  const plain = [...of.properties.values()].filter((p) => p.type !== 'Collection');
  if (options.select === undefined) return plain.map((p) => p.name);
  const locals = Object.values(sources[of.name]?.navigations ?? {}).flatMap((n) => [
    n.local,
    ...(n.and ? [n.and.local] : []),
  ]);
  return [...new Set([...options.select, ...order.map((o) => o.field), of.key.name, ...locals])];
}

/** How many rows the filter finds. */
export function countRows(
  store: Store,
  of: Entity,
  division: number,
  scopes: Scope[],
  filter: Condition | undefined,
): number {
  const condition = where(division, scopes, filter);
  const sql = `SELECT count(*) AS n FROM "${of.name}" WHERE ${condition.sql}`;
  return Number(store.get(sql, ...condition.values)?.['n'] ?? 0);
}

/** One page of a collection. Throws 400 for a skip token that does not belong to the query. */
export function listRows(
  store: Store,
  of: Entity,
  division: number,
  scopes: Scope[],
  options: Options,
): Page {
  const tail: Order = { field: of.key.name, descending: false };
  const order = [...options.orderBy.filter((o) => o.field !== tail.field), tail];
  if (options.orderBy.some((o) => o.field === tail.field))
    order.splice(0, order.length, ...options.orderBy);
  const condition = where(division, scopes, options.filter);
  if (options.skipToken !== undefined) {
    const position = tokenValues(options.skipToken);
    if (position.length !== order.length) throw syntaxError();
    condition.sql += ` AND ${after(order, position, condition.values)}`;
  }
  const limit = Math.min(pageSize(of), options.top ?? Infinity);
  const columns = columnsFor(of, options, order).map(quoted).join(', ');
  const sorted = order.map((o) => `${quoted(o.field)}${o.descending ? ' DESC' : ''}`).join(', ');
  const rows = store.all(
    `SELECT ${columns} FROM "${of.name}" WHERE ${condition.sql}
     ORDER BY ${sorted} LIMIT ? OFFSET ?`,
    ...condition.values,
    limit + 1,
    options.skip,
  );
  const more = rows.length > limit && (options.top === undefined || options.top > limit);
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const position = order.map((o) => {
    const property = of.properties.get(o.field);
    return property ? tokenText(property, last?.[o.field] ?? null) : 'null';
  });
  const count = options.inlineCount
    ? countRows(store, of, division, scopes, options.filter)
    : undefined;
  return { rows: shown, next: more ? position.join(',') : undefined, count };
}

/** What the rows a navigation reaches from a parent row have to equal. */
export function navigationScopes(navigation: Navigation, parent: Row): Scope[] {
  const pairs = [navigation, ...(navigation.and ? [navigation.and] : [])];
  return pairs.map((pair) => ({ field: pair.foreign, value: parent[pair.local] ?? null }));
}

/** The rows of a navigation from one parent row, in line order where lines are numbered. */
export function childRows(
  store: Store,
  of: Entity,
  division: number,
  parent: Row,
  name: string,
): { entity: Entity; rows: Row[] } | undefined {
  const navigation = sources[of.name]?.navigations?.[name];
  if (!navigation) return undefined;
  const child = entity(navigation.entity);
  const order = child.properties.has('LineNumber') ? '"LineNumber", ' : '';
  const condition = where(division, navigationScopes(navigation, parent), undefined);
  const rows = store.all(
    `SELECT * FROM "${child.name}" WHERE ${condition.sql}
     ORDER BY ${order}${quoted(child.key.name)}`,
    ...condition.values,
  );
  return { entity: child, rows };
}
