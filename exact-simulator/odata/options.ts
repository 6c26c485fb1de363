/*
 * Reads the query options of a GET and enforces Exact's own rules about them (Exact KB, query
 * options and sync): mandatory `$select` and `$filter`, what sync refuses, unknown fields.
 */
import { ApiError } from '../http/answer.ts';
import type { Source } from '../store/sources.ts';
import type { Entity, Property } from './catalogue.ts';
import { collectionEntity } from './collections.ts';
import { parseFilter, syntaxError } from './filter-parser.ts';
import { allowOnly, filterToSql, type Condition } from './filter-sql.ts';

const PAGE_SIZE = 60;
/** Pages of `sync/…` and `bulk/…`. */
const LARGE_PAGE_SIZE = 1000;

export function pageSize(of: Entity): number {
  return of.isSync || of.isBulk ? LARGE_PAGE_SIZE : PAGE_SIZE;
}

export interface Order {
  field: string;
  descending: boolean;
}

export interface Options {
  /** Plain fields to show; undefined means all. */
  select: string[] | undefined;
  /** Navigation names chosen in `$select` or shown because there is none. */
  shownNavigations: Set<string>;
  /** Navigation → fields of its rows (undefined means all). */
  expand: Map<string, string[] | undefined>;
  filter: Condition | undefined;
  orderBy: Order[];
  top: number | undefined;
  skip: number;
  skipToken: string | undefined;
  inlineCount: boolean;
}

const list = (text: string | null): string[] =>
  (text ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean);

function wholeNumber(text: string | null): number | undefined {
  if (text === null) return undefined;
  if (!/^\d+$/.test(text.trim())) throw syntaxError();
  return Number(text);
}

function collections(of: Entity): string[] {
  return [...of.properties.values()].filter((p) => p.type === 'Collection').map((p) => p.name);
}

function readExpand(of: Entity, query: URLSearchParams): Options['expand'] {
  const expand: Options['expand'] = new Map();
  for (const name of list(query.get('$expand'))) {
    // One level only: a path into a second level has no property of that name.
    if (of.properties.get(name)?.type !== 'Collection') throw syntaxError();
    expand.set(name, undefined);
  }
  return expand;
}

/** Whether the rows of a collection have a field of that name. */
function isField(of: Entity, property: Property, name: string): boolean {
  return collectionEntity(of, property)?.properties.has(name) === true;
}

/** Splits `$select` into plain fields, whole navigations and fields of expanded navigations. */
function readSelect(of: Entity, query: URLSearchParams, expand: Options['expand']) {
  const names = list(query.get('$select'));
  const everything = names.length === 0 || names.includes('*');
  const shown = new Set(everything ? collections(of) : []);
  const fields: string[] = [];
  for (const name of names.filter((n) => n !== '*')) {
    const [head = '', tail, ...more] = name.split('/');
    const property = of.properties.get(head);
    if (!property || more.length > 0) throw syntaxError();
    if (tail !== undefined) {
      if (!expand.has(head) || !isField(of, property, tail)) throw syntaxError();
      shown.add(head);
      expand.set(head, [...(expand.get(head) ?? []), tail]);
    } else if (property.type === 'Collection') shown.add(head);
    else fields.push(head);
  }
  for (const name of expand.keys()) if (!shown.has(name)) expand.delete(name);
  return { select: everything ? undefined : fields, shownNavigations: shown };
}

function readOrder(of: Entity, query: URLSearchParams): Order[] {
  return list(query.get('$orderby')).map((part) => {
    const [field = '', direction = 'asc', ...more] = part.split(/\s+/);
    const property = of.properties.get(field);
    if (!property || property.type === 'Collection' || more.length > 0) throw syntaxError();
    if (!['asc', 'desc'].includes(direction)) throw syntaxError();
    return { field, descending: direction === 'desc' };
  });
}

function readFilter(of: Entity, query: URLSearchParams): Condition | undefined {
  const text = query.get('$filter');
  return text === null || text.trim() === '' ? undefined : filterToSql(of, parseFilter(text));
}

function refuseOnSync(of: Entity, options: Options, query: URLSearchParams): void {
  if (list(query.get('$select')).includes('*')) {
    throw new ApiError(400, `The endpoint ${of.path} does not support query { $select=* }`);
  }
  if (options.skip > 0 || options.expand.size > 0) throw syntaxError();
  if (options.orderBy.some((order) => order.field !== 'Timestamp' || order.descending)) {
    throw syntaxError();
  }
  const allowed = of.name === 'Sync/Deleted' ? ['Timestamp', 'EntityType'] : ['Timestamp'];
  if (options.filter) allowOnly(options.filter, allowed);
}

/** `$count` shows no fields, so it can hardly be asked to choose among them. */
export type Strictness = 'list' | 'count' | 'free';

function demand(
  of: Entity,
  source: Source,
  options: Options,
  query: URLSearchParams,
  strictness: Strictness,
): void {
  const heavy = of.isBulk || (of.isSync && of.name !== 'Sync/Deleted');
  const selects = strictness === 'list' && (source.selectRequired ?? heavy);
  if (selects && !query.get('$select') && options.top !== 1) {
    throw new ApiError(400, 'Please add a $select or a $top=1 statement to the query string.');
  }
  const fields = source.filterFields;
  if (fields && !fields.some((field) => options.filter?.fields.has(field))) {
    throw new ApiError(
      400,
      'This endpoint has mandatory filtering applied. A GET request for this endpoint must have ' +
        `a $filter parameter with one of the following fields in the url:${[...fields].sort()}`,
    );
  }
}

const KNOWN = ['$select', '$filter', '$expand', '$orderby', '$top', '$skip', '$skiptoken'];

/**
 * The options of a query on an entity.
 * @param strictness `free` for reads that are free of the mandatory options: by key, by navigation
 *   and from the control API.
 * Throws 400 with Exact's text when an option is unknown, malformed, missing or refused.
 */
export function readOptions(
  of: Entity,
  source: Source,
  query: URLSearchParams,
  strictness: Strictness,
): Options {
  for (const name of query.keys()) {
    const known = [...KNOWN, '$inlinecount', '$format'].includes(name);
    if (name.startsWith('$') && !known) throw syntaxError();
  }
  const inlineCount = query.get('$inlinecount') ?? 'none';
  if (!['allpages', 'none'].includes(inlineCount)) throw syntaxError();
  const expand = readExpand(of, query);
  const options: Options = {
    ...readSelect(of, query, expand),
    expand,
    filter: readFilter(of, query),
    orderBy: readOrder(of, query),
    top: wholeNumber(query.get('$top')),
    skip: wholeNumber(query.get('$skip')) ?? 0,
    skipToken: query.get('$skiptoken') ?? undefined,
    inlineCount: inlineCount === 'allpages',
  };
  if (of.isSync) refuseOnSync(of, options, query);
  const { noFilter = [] } = source;
  if (noFilter.some((field) => options.filter?.fields.has(field))) throw syntaxError();
  if (source.noSkip === true && query.has('$skip')) throw syntaxError();
  if (strictness !== 'free') demand(of, source, options, query, strictness);
  return options;
}
