/*
 * Dresses rows in Exact's verbose JSON (Exact KB, JSON shapes): `__metadata`, deferred and
 * expanded collections, `results` or a bare array, `__next` and `__count`.
 */
import type { Row, Store } from '../store/database.ts';
import type { Entity } from './catalogue.ts';
import { syntaxError } from './filter-parser.ts';
import { childRows, type Page } from './list.ts';
import { pageSize, type Options } from './options.ts';
import { blankJson, toJson } from './values.ts';

export interface Place {
  store: Store;
  division: number;
  /** `http://host/api/v1/123456`: what addresses of rows start with. */
  base: string;
}

/** The address of a row. */
export function rowUri(place: Place, of: Entity, row: Row): string {
  const value = row[of.key.name];
  if (of.key.type === 'Guid') return `${place.base}/${of.path}(guid'${value}')`;
  return `${place.base}/${of.path}(${value}${of.key.type === 'Int64' ? 'L' : ''})`;
}

function metadata(place: Place, of: Entity, row: Row) {
  return { uri: rowUri(place, of, row), type: of.typeName };
}

function fieldsOf(of: Entity, select: string[] | undefined): string[] {
  if (select !== undefined) return select;
  return [...of.properties.values()].filter((p) => p.type !== 'Collection').map((p) => p.name);
}

function plain(place: Place, of: Entity, row: Row, select: string[] | undefined) {
  const shown: Record<string, unknown> = { __metadata: metadata(place, of, row) };
  for (const name of fieldsOf(of, select)) {
    const property = of.properties.get(name);
    if (!property) throw syntaxError();
    if (property.type !== 'Collection') shown[name] = toJson(property, row[name]);
  }
  return shown;
}

function collectionNames(of: Entity, select: string[] | undefined): string[] {
  return [...of.properties.values()]
    .filter((p) => p.type === 'Collection' && (select === undefined || select.includes(p.name)))
    .map((p) => p.name);
}

function deferred(place: Place, of: Entity, row: Row, name: string) {
  return { __deferred: { uri: `${rowUri(place, of, row)}/${name}` } };
}

/** One row as the JSON object of an answer. */
export function renderRow(place: Place, of: Entity, row: Row, options: Options): unknown {
  const shown = plain(place, of, row, options.select);
  for (const name of options.shownNavigations) {
    if (!options.expand.has(name)) {
      shown[name] = deferred(place, of, row, name);
      continue;
    }
    const select = options.expand.get(name);
    const children = childRows(place.store, of, place.division, row, name);
    shown[name] = {
      results: (children?.rows ?? []).map((child) => {
        const inner = children?.entity ?? of;
        const dressed = plain(place, inner, child, select);
        for (const deeper of collectionNames(inner, select)) {
          dressed[deeper] = deferred(place, inner, child, deeper);
        }
        return dressed;
      }),
    };
  }
  return shown;
}

/** A new row without `Prefer: return=representation`: only the key is filled. */
export function renderBlank(place: Place, of: Entity, row: Row): unknown {
  const shown: Record<string, unknown> = { __metadata: metadata(place, of, row) };
  for (const property of of.properties.values()) {
    if (property.type === 'Collection') {
      shown[property.name] = deferred(place, of, row, property.name);
    } else
      shown[property.name] = property.key
        ? toJson(property, row[property.name])
        : blankJson(property);
  }
  return shown;
}

/**
 * The value of `d` for a collection: a bare array when the client kept the answer below a page
 * with `$top` and asked for no count, otherwise an object with `results`. The later pages of a
 * larger `$top` stay in `results`, whatever is left of it.
 */
export function renderPage(
  place: Place,
  of: Entity,
  page: Page,
  options: Options,
  nextUrl: (token: string) => string,
): unknown {
  const results = page.rows.map((row) => renderRow(place, of, row, options));
  const isShort = options.top !== undefined && options.top <= pageSize(of);
  if (isShort && options.skipToken === undefined && page.count === undefined) return results;
  return {
    ...(page.count === undefined ? {} : { __count: String(page.count) }),
    results,
    ...(page.next === undefined ? {} : { __next: nextUrl(page.next) }),
  };
}
