/*
 * The generic POST, PUT and DELETE: names, types and rights are checked here; what a write means
 * comes from effects/.
 */
import { randomUUID } from 'node:crypto';
import type { SimClock } from '../clock/clock.ts';
import { effectOf } from '../effects/index.ts';
import { text } from '../effects/messages.ts';
import { ApiError, empty, type Answer, type Request } from '../http/answer.ts';
import type { Row, Store } from '../store/database.ts';
import type { Writer } from '../store/rows.ts';
import { sources, tableOf } from '../store/sources.ts';
import { notFound, type Address, type KeyLiteral } from './address.ts';
import { readCreateBody, readUpdateBody } from './body.ts';
import type { Entity } from './catalogue.ts';
import { answerEntry, formatOf } from './formats.ts';
import type { Scope } from './list.ts';
import { readOptions } from './options.ts';
import { renderBlank, renderRow, rowUri, type Place } from './render.ts';

/** Who asks, and what they may see. */
export interface Caller {
  store: Store;
  clock: SimClock;
  user: string;
  mainDivision: number;
  /** Divisions the consent covers: `Divisions` lists only these. */
  divisions: readonly number[];
  /** False for the control API, which is free of mandatory options and rights. */
  strict: boolean;
}

function keyScope(of: Entity, key: KeyLiteral): Scope {
  const fits = (of.key.type === 'Guid') === (key.type === 'guid');
  if (!fits) throw new ApiError(400, 'Bad Request - Error in query syntax.');
  return { field: of.key.name, value: key.value };
}

/** The whole row of a key. Throws 404 when there is none. */
export function readRow(place: Place, of: Entity, key: KeyLiteral): Row {
  const scope = keyScope(of, key);
  const row = place.store.get(
    `SELECT * FROM "${of.name}" WHERE "_division" = ? AND "${scope.field}" = ?`,
    place.division,
    scope.value,
  );
  if (!row) throw notFound(of.set);
  return row;
}

/** The entity of an endpoint; throws 404 for one that is unknown or not served. */
export function served(of: Entity | undefined, endpoint: string): Entity {
  if (!of || !sources[of.name]) throw notFound(endpoint);
  return of;
}

function writer(caller: Caller, place: Place): Writer {
  const { store, clock, user } = caller;
  return { store, clock, user, division: place.division, newId: randomUUID };
}

export function post(caller: Caller, place: Place, request: Request, address: Address): Answer {
  const of = served(address.entity, address.endpoint);
  const effect = effectOf(of.name);
  if (effect?.createForbidden !== undefined) {
    throw new ApiError(403, text(place.store, effect.createForbidden));
  }
  const create = effect?.create;
  if (!create || address.key) throw new ApiError(405, 'Method Not Allowed');
  // What the client will not take as an answer must not be booked first.
  formatOf(request);
  const body = readCreateBody(place.store, of, request, effect);
  const id = place.store.transaction(() => create(writer(caller, place), body));
  const row = readRow(place, of, { type: 'guid', value: id });
  // What can only be posted (the process endpoints) says in its answer what became of it.
  const wanted =
    !of.methods.includes('GET') ||
    (request.headers['prefer'] ?? '').includes('return=representation');
  const options = readOptions(of, sources[of.name] ?? { table: '' }, new URLSearchParams(), 'free');
  const d = wanted ? renderRow(place, of, row, options) : renderBlank(place, of, row);
  const shown = { base: place.base, of, d, nowMs: caller.clock.nowMs() };
  return answerEntry(request, shown, 201, { Location: rowUri(place, of, row) });
}

/** The stored row behind a key of a served entity. */
function storedRow(place: Place, of: Entity, key: KeyLiteral): Row {
  const id = readRow(place, of, key)[of.key.name] ?? null;
  const sql = `SELECT * FROM "${tableOf(of.name)}" WHERE "${of.key.name}" = ?`;
  return place.store.get(sql, id) ?? {};
}

export function put(caller: Caller, place: Place, request: Request, address: Address): Answer {
  const of = served(address.entity, address.endpoint);
  const update = effectOf(of.name)?.update;
  const { key } = address;
  if (!update || !key) throw new ApiError(405, 'Method Not Allowed');
  const body = readUpdateBody(place.store, of, request);
  place.store.transaction(() => {
    update(writer(caller, place), storedRow(place, of, key), body);
  });
  return empty(204);
}

export function remove(caller: Caller, place: Place, address: Address): Answer {
  const of = served(address.entity, address.endpoint);
  const take = effectOf(of.name)?.remove;
  const { key } = address;
  if (!take || !key) throw new ApiError(405, 'Method Not Allowed');
  place.store.transaction(() => take(writer(caller, place), storedRow(place, of, key)));
  return empty(204);
}
