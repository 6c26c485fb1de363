/*
 * The OData layer: one generic GET for every entity in the table, and the way to everything else
 * an address can mean. It knows nothing of receipts or stock.
 */
import { dutchOffsetMs, wallIso } from '../clock/dutch.ts';
import { ApiError, json, type Answer, type Request } from '../http/answer.ts';
import type { Row } from '../store/database.ts';
import { userMay } from '../store/rights.ts';
import { forgetOldDeletions } from '../store/rows.ts';
import { sources } from '../store/sources.ts';
import { notFound, type Address, type KeyLiteral } from './address.ts';
import { entity, type Entity } from './catalogue.ts';
import { answerEntry, answerFeed, demandXml, formatOf } from './formats.ts';
import { functionAt, meNow } from './functions.ts';
import { countRows, listRows, navigationScopes, type Page, type Scope } from './list.ts';
import { metadataXml, serviceDocumentXml, setsOfService } from './metadata.ts';
import { pageSize, readOptions, type Options } from './options.ts';
import { renderPage, renderRow, type Place } from './render.ts';
import { demandScope } from './scopes.ts';
import { post, put, readRow, remove, served, type Caller } from './writing.ts';

export type { Caller };

/** The collection an address means: the entity itself, or a navigation from one of its rows. */
function target(place: Place, address: Address): { of: Entity; scopes: Scope[] } {
  const of = served(address.entity, address.endpoint);
  if (address.navigation === undefined || address.key === undefined) return { of, scopes: [] };
  const parent = readRow(place, of, address.key);
  const property = of.properties.get(address.navigation);
  if (property?.type !== 'Collection') throw notFound(address.navigation);
  const navigation = sources[of.name]?.navigations?.[address.navigation];
  if (!navigation) throw notFound(address.navigation);
  return { of: entity(navigation.entity), scopes: navigationScopes(navigation, parent) };
}

/** `Divisions` shows only what was consented to; `Me` has fields of the moment. */
function special(caller: Caller, of: Entity, rows: Row[]): Row[] {
  if (of.name === 'System/Me') {
    const nowMs = caller.clock.nowMs();
    const time = wallIso(caller.clock.wallMs());
    const now = meNow(caller.store, time, dutchOffsetMs(nowMs), caller.mainDivision);
    return rows.map((row) => ({ ...row, ...now }));
  }
  if (!of.name.endsWith('Divisions')) return rows;
  const isAll = of.name === 'System/AllDivisions';
  return rows
    .filter((row) => isAll || caller.divisions.includes(Number(row['Code'])))
    .map((row) => ({ ...row, Current: Number(row['Code'] === caller.mainDivision) }));
}

/** The address of the next page: all options as they came, with what `$top` still leaves. */
function nextUrl(request: Request, of: Entity, top: number | undefined, token: string): string {
  const query = [...request.query.entries()].filter(([name]) => name !== '$skiptoken');
  const left = top === undefined ? undefined : top - pageSize(of);
  const parts = [...query, ['$skiptoken', token]].map(([name = '', value = '']) => {
    const shown = name === '$top' && left !== undefined ? String(left) : value;
    return `${name}=${encodeURIComponent(shown)}`;
  });
  return `${request.origin}${request.path}?${parts.join('&')}`;
}

function getOne(caller: Caller, place: Place, request: Request, of: Entity, key: KeyLiteral) {
  const options = readOptions(of, sources[of.name] ?? { table: '' }, request.query, 'free');
  const [row] = special(caller, of, [readRow(place, of, key)]);
  if (!row) throw notFound(of.set);
  if (!mayRead(caller, of)) throw new ApiError(403, 'Forbidden');
  const d = renderRow(place, of, row, options);
  return answerEntry(request, { base: place.base, of, d, nowMs: caller.clock.nowMs() }, 200);
}

function mayRead(caller: Caller, of: Entity): boolean {
  return !caller.strict || userMay(caller.store, of.path, 'GET');
}

/** A missing right on a list shows as an empty one, without a word (Exact KB, rights). */
function pageOf(caller: Caller, place: Place, of: Entity, scopes: Scope[], options: Options): Page {
  if (mayRead(caller, of)) return listRows(place.store, of, place.division, scopes, options);
  return { rows: [], next: undefined, count: options.inlineCount ? 0 : undefined };
}

function getList(caller: Caller, place: Place, request: Request, address: Address): Answer {
  const { of, scopes } = target(place, address);
  if (of.name === 'Sync/Deleted') forgetOldDeletions(caller.store, caller.clock);
  const strict = caller.strict && scopes.length === 0;
  const strictness = address.count ? 'count' : 'list';
  const options = readOptions(
    of,
    sources[of.name] ?? { table: '' },
    request.query,
    strict ? strictness : 'free',
  );
  if (address.count) {
    const count = mayRead(caller, of)
      ? countRows(place.store, of, place.division, scopes, options.filter)
      : 0;
    return { status: 200, headers: { 'Content-Type': 'text/plain' }, body: String(count) };
  }
  // What the client will not take is not worth a query.
  formatOf(request);
  const page = pageOf(caller, place, of, scopes, options);
  page.rows = special(caller, of, page.rows);
  // Me always answers with a list of one, whatever $top says (Exact KB, current/Me).
  const shape = of.name === 'System/Me' ? { ...options, top: undefined } : options;
  const next = (token: string) => nextUrl(request, of, options.top, token);
  const d = renderPage(place, of, page, shape, next);
  return answerFeed(request, { base: place.base, of, d, nowMs: caller.clock.nowMs() });
}

function metadata(request: Request, endpoint: string): Answer {
  const body = metadataXml(endpoint);
  if (body === undefined) throw notFound(endpoint);
  demandXml(request);
  return { status: 200, headers: { 'Content-Type': 'application/xml;charset=utf-8' }, body };
}

/** What a data service offers, at its own address (Exact KB, OData dialect). */
function serviceDocument(place: Place, request: Request, endpoint: string): Answer | undefined {
  const sets = setsOfService(endpoint);
  if (sets.length === 0) return undefined;
  if ((request.headers['accept'] ?? '').includes('json')) {
    return json(200, { d: { EntitySets: sets } });
  }
  const headers = { 'Content-Type': 'application/atomsvc+xml;charset=utf-8' };
  const body = serviceDocumentXml(`${place.base}/${endpoint}/`, sets);
  return { status: 200, headers, body };
}

function get(caller: Caller, place: Place, request: Request, address: Address): Answer {
  if (address.metadata) return metadata(request, address.endpoint);
  const callable = functionAt(address.endpoint);
  // The control API reads the view behind a function like any other entity.
  if (callable && caller.strict) return callable.answer(place, request, caller.clock.nowMs());
  if (!address.entity) {
    const document = serviceDocument(place, request, address.endpoint);
    if (document) return document;
  }
  const of = served(address.entity, address.endpoint);
  if (!of.methods.includes('GET')) throw new ApiError(405, 'Method Not Allowed');
  if (address.key && address.navigation === undefined && !address.count) {
    return getOne(caller, place, request, of, address.key);
  }
  return getList(caller, place, request, address);
}

/** Scope and right of a call; reading without the right is answered by an empty list instead. */
function demandRights(caller: Caller, request: Request, address: Address): void {
  const of = address.entity;
  if (!caller.strict || !of || address.metadata) return;
  demandScope(caller.store, of, request.method);
  if (request.method === 'GET' || userMay(caller.store, of.path, request.method)) return;
  throw new ApiError(403, 'Forbidden');
}

/** Answers one call below a division, or `current/Me`. Throws ApiError for every refusal. */
export function answerOData(caller: Caller, request: Request, address: Address): Answer {
  // People and companies belong to the licence, whatever company stands in the URL.
  const ofLicence = /divisions$|^current\/me$|^users\/users$|^system\/availablefeatures$/.test(
    address.endpoint,
  );
  const division = ofLicence ? caller.mainDivision : (address.division ?? caller.mainDivision);
  const head = address.division === undefined ? '' : `/${address.division}`;
  const place: Place = { store: caller.store, division, base: `${request.origin}/api/v1${head}` };
  if (address.endpoint.endsWith('$batch')) throw new ApiError(501, 'Not Implemented');
  demandRights(caller, request, address);
  if (request.method !== 'GET' && functionAt(address.endpoint)) {
    throw new ApiError(405, 'Method Not Allowed');
  }
  switch (request.method) {
    case 'GET':
      return get(caller, place, request, address);
    case 'POST':
      return post(caller, place, request, address);
    case 'PUT':
      return put(caller, place, request, address);
    case 'DELETE':
      return remove(caller, place, address);
    default:
      served(address.entity, address.endpoint);
      throw new ApiError(405, 'Method Not Allowed');
  }
}
