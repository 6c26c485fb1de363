/*
 * The OData layer: one generic GET, POST and PUT for every entity in the table. It knows nothing
 * of receipts or stock; what a write means comes from effects/.
 */
import { randomUUID } from 'node:crypto';
import type { SimClock } from '../clock/clock.ts';
import { dutchOffsetMs, wallIso } from '../clock/dutch.ts';
import { effectOf } from '../effects/index.ts';
import { text } from '../effects/messages.ts';
import { ApiError, empty, json, type Answer, type Request } from '../http/answer.ts';
import type { Row, Store } from '../store/database.ts';
import { forgetOldDeletions, type Writer } from '../store/rows.ts';
import { sources, tableOf } from '../store/sources.ts';
import { notFound, type Address, type KeyLiteral } from './address.ts';
import { atomOf } from './atom.ts';
import { readCreateBody, readUpdateBody } from './body.ts';
import { entity, type Entity } from './catalogue.ts';
import { functionAt, meNow } from './functions.ts';
import { countRows, listRows, type Scope } from './list.ts';
import { readOptions } from './options.ts';
import { renderBlank, renderPage, renderRow, rowUri, type Place } from './render.ts';

/** Who asks, and what they may see. */
export interface Caller {
  store: Store;
  clock: SimClock;
  user: string;
  mainDivision: number;
  /** Divisions the consent covers: `Divisions` lists only these. */
  divisions: readonly number[];
  /** False for the control API, which is free of mandatory options. */
  strict: boolean;
}

function keyScope(of: Entity, key: KeyLiteral): Scope {
  const fits = (of.key.type === 'Guid') === (key.type === 'guid');
  if (!fits) throw new ApiError(400, 'Bad Request - Error in query syntax.');
  return { field: of.key.name, value: key.value };
}

/** The whole row of a key. Throws 404 when there is none. */
function readRow(place: Place, of: Entity, key: KeyLiteral): Row {
  const scope = keyScope(of, key);
  const row = place.store.get(
    `SELECT * FROM "${of.name}" WHERE "_division" = ? AND "${scope.field}" = ?`,
    place.division,
    scope.value,
  );
  if (!row) throw notFound(of.set);
  return row;
}

function answerAs(request: Request, d: unknown): Answer {
  const accept = request.headers['accept'] ?? '';
  if (accept.includes('json')) return json(200, { d });
  // A client that forgets Accept gets Atom, as from Exact.
  const headers = { 'Content-Type': 'application/atom+xml;type=feed;charset=utf-8' };
  return { status: 200, headers, body: atomOf(d) };
}

function served(of: Entity | undefined, endpoint: string): Entity {
  if (!of || !sources[of.name]) throw notFound(endpoint);
  return of;
}

/** The collection an address means: the entity itself, or a navigation from one of its rows. */
function target(place: Place, address: Address): { of: Entity; scopes: Scope[] } {
  const of = served(address.entity, address.endpoint);
  if (address.navigation === undefined || address.key === undefined) return { of, scopes: [] };
  const parent = readRow(place, of, address.key);
  const property = of.properties.get(address.navigation);
  if (property?.type !== 'Collection') throw notFound(address.navigation);
  const navigation = sources[of.name]?.navigations?.[address.navigation];
  if (!navigation) throw notFound(address.navigation);
  const value = parent[navigation.local] ?? null;
  return { of: entity(navigation.entity), scopes: [{ field: navigation.foreign, value }] };
}

/** `Divisions` shows only what was consented to; `Me` has fields of the moment. */
function special(caller: Caller, of: Entity, rows: Row[]): Row[] {
  if (of.name === 'System/Me') {
    const nowMs = caller.clock.nowMs();
    const time = wallIso(caller.clock.wallMs());
    const now = meNow(caller.store, time, dutchOffsetMs(nowMs), caller.mainDivision);
    return rows.map((row) => ({ ...row, ...now }));
  }
  if (!of.name.endsWith('/Divisions')) return rows;
  return rows
    .filter((row) => caller.divisions.includes(Number(row['Code'])))
    .map((row) => ({ ...row, Current: Number(row['Code'] === caller.mainDivision) }));
}

function nextUrl(request: Request, token: string): string {
  const query = [...request.query.entries()].filter(([name]) => name !== '$skiptoken');
  const parts = [...query, ['$skiptoken', token]].map(
    ([name = '', value = '']) => `${name}=${encodeURIComponent(value)}`,
  );
  return `${request.origin}${request.path}?${parts.join('&')}`;
}

function getOne(caller: Caller, place: Place, request: Request, of: Entity, key: KeyLiteral) {
  const options = readOptions(of, sources[of.name] ?? { table: '' }, request.query, false);
  const [row] = special(caller, of, [readRow(place, of, key)]);
  if (!row) throw notFound(of.set);
  return answerAs(request, renderRow(place, of, row, options));
}

function get(caller: Caller, place: Place, request: Request, address: Address): Answer {
  const callable = functionAt(address.endpoint);
  if (callable) return callable(place, request.query);
  const { of, scopes } = target(place, address);
  if (of.name === 'Sync/Deleted') forgetOldDeletions(caller.store, caller.clock);
  if (!of.methods.includes('GET')) throw new ApiError(405, 'Method Not Allowed');
  if (address.key && address.navigation === undefined) {
    return getOne(caller, place, request, of, address.key);
  }
  const strict = caller.strict && scopes.length === 0;
  const source = sources[of.name] ?? { table: '' };
  const options = readOptions(of, source, request.query, strict);
  if (address.count) {
    const count = countRows(place.store, of, place.division, scopes, options.filter);
    return { status: 200, headers: { 'Content-Type': 'text/plain' }, body: String(count) };
  }
  const page = listRows(place.store, of, place.division, scopes, options);
  page.rows = special(caller, of, page.rows);
  // Me always answers with a list of one, whatever $top says (Exact KB, current/Me).
  const shape = of.name === 'System/Me' ? { ...options, top: undefined } : options;
  return answerAs(
    request,
    renderPage(place, of, page, shape, (token) => nextUrl(request, token)),
  );
}

function writer(caller: Caller, place: Place): Writer {
  const { store, clock, user } = caller;
  return { store, clock, user, division: place.division, newId: randomUUID };
}

function demandJson(request: Request): void {
  if ((request.headers['content-type'] ?? '').toLowerCase().includes('json')) return;
  throw new ApiError(
    400,
    'Error processing request stream. The request should be a valid top-level resource object.',
  );
}

function post(caller: Caller, place: Place, request: Request, address: Address): Answer {
  const of = served(address.entity, address.endpoint);
  const effect = effectOf(of.name);
  if (effect?.createForbidden !== undefined) {
    throw new ApiError(403, text(place.store, effect.createForbidden));
  }
  const create = effect?.create;
  if (!create || address.key) throw new ApiError(405, 'Method Not Allowed');
  demandJson(request);
  const body = readCreateBody(place.store, of, request.body, effect);
  const id = place.store.transaction(() => create(writer(caller, place), body));
  const row = readRow(place, of, { type: 'guid', value: id });
  const wanted = (request.headers['prefer'] ?? '').includes('return=representation');
  const options = readOptions(of, sources[of.name] ?? { table: '' }, new URLSearchParams(), false);
  const d = wanted ? renderRow(place, of, row, options) : renderBlank(place, of, row);
  return json(201, { d }, { Location: rowUri(place, of, row) });
}

function put(caller: Caller, place: Place, request: Request, address: Address): Answer {
  const of = served(address.entity, address.endpoint);
  const update = effectOf(of.name)?.update;
  if (!update || !address.key) throw new ApiError(405, 'Method Not Allowed');
  demandJson(request);
  const id = readRow(place, of, address.key)[of.key.name] ?? null;
  const body = readUpdateBody(place.store, of, request.body);
  place.store.transaction(() => {
    const stored = place.store.get(
      `SELECT * FROM "${tableOf(of.name)}" WHERE "${of.key.name}" = ?`,
      id,
    );
    update(writer(caller, place), stored ?? {}, body);
  });
  return empty(204);
}

/** Answers one call below a division, or `current/Me`. Throws ApiError for every refusal. */
export function answerOData(caller: Caller, request: Request, address: Address): Answer {
  // People and companies belong to the licence, whatever company stands in the URL.
  const ofLicence = /divisions$|^current\/me$/.test(address.endpoint);
  const division = ofLicence ? caller.mainDivision : (address.division ?? caller.mainDivision);
  const head = address.division === undefined ? '' : `/${address.division}`;
  const place: Place = { store: caller.store, division, base: `${request.origin}/api/v1${head}` };
  if (address.endpoint.endsWith('$batch')) throw new ApiError(501, 'Not Implemented');
  switch (request.method) {
    case 'GET':
      return get(caller, place, request, address);
    case 'POST':
      return post(caller, place, request, address);
    case 'PUT':
      return put(caller, place, request, address);
    default:
      served(address.entity, address.endpoint);
      throw new ApiError(405, 'Method Not Allowed');
  }
}
