/*
 * Read functions: they take named arguments instead of query options, all of them required (Exact
 * KB, gotchas). Each is a few lines of data access, so they stand together here.
 */
import { ApiError, json, type Answer } from '../http/answer.ts';
import type { Store } from '../store/database.ts';
import { entity } from './catalogue.ts';
import { listRows } from './list.ts';
import { readOptions } from './options.ts';
import { renderPage, type Place } from './render.ts';

type ReadFunction = (place: Place, query: URLSearchParams) => Answer;

/** An argument as `'text'` or `guid'…'`; a missing or misspelt one is a 400. */
function argument(query: URLSearchParams, name: string, prefix: '' | 'guid'): string {
  const match = new RegExp(`^${prefix}'(.*)'$`).exec(query.get(name) ?? '');
  if (match?.[1] === undefined) {
    throw new ApiError(400, `Bad Request - Error in query syntax. Missing parameter '${name}'.`);
  }
  return match[1];
}

/** The demo user may do everything, so the answer is yes for any endpoint and action. */
function userHasRights(_place: Place, query: URLSearchParams): Answer {
  argument(query, 'endpoint', '');
  argument(query, 'action', '');
  return json(200, { d: { UserHasRights: true } });
}

/** Stock of one item over all warehouses; an item without stock rows gives an empty list. */
function stockPosition(place: Place, query: URLSearchParams): Answer {
  const of = entity('Read/Logistics/StockPosition');
  const item = argument(query, 'itemId', 'guid').toLowerCase();
  const options = readOptions(of, { table: 'StockPositions' }, new URLSearchParams(), false);
  const scopes = [{ field: 'ItemId', value: item }];
  const page = listRows(place.store, of, place.division, scopes, options);
  return json(200, { d: renderPage(place, of, page, options, () => '') });
}

const functions: Readonly<Record<string, ReadFunction>> = {
  'users/userhasrights': userHasRights,
  'read/logistics/stockposition': stockPosition,
};

/** The function at an endpoint (lower-case path), or undefined. */
export function functionAt(endpoint: string): ReadFunction | undefined {
  return functions[endpoint];
}

/** Fields of `current/Me` that are worked out at the moment of asking. */
export function meNow(
  store: Store,
  wallIsoText: string,
  offsetMs: number,
  division: number,
): Record<string, string | number> {
  return {
    ServerTime: wallIsoText,
    ServerUtcOffset: offsetMs / 1000,
    CurrentDivision: store.settings.number('currentDivision', division),
  };
}
