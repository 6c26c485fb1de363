/*
 * Read functions: they take named arguments instead of `$filter`, all of them required (Exact KB,
 * gotchas). All but two are a look at a view narrowed by the arguments, so they are a table.
 */
import { ApiError, json, type Answer, type Request } from '../http/answer.ts';
import { userMay } from '../store/rights.ts';
import type { Row, SqlValue, Store } from '../store/database.ts';
import { sources } from '../store/sources.ts';
import { xmlValue } from './atom.ts';
import { allEntities, entity, entityAt, type EdmType, type Entity } from './catalogue.ts';
import { answerFeed, formatOf } from './formats.ts';
import { listRows, type Scope } from './list.ts';
import { readOptions } from './options.ts';
import { renderPage, type Place } from './render.ts';
import { scopeAllows } from './scopes.ts';
import { parseMoment } from './values.ts';

interface Parameter {
  name: string;
  type: EdmType;
  /** The field of the view the argument narrows. */
  field?: string;
  operator?: Scope['operator'];
}

/** A function as `$metadata` describes it. */
export interface FunctionImport {
  name: string;
  /** `read/logistics` */
  servicePath: string;
  /** The entity of the rows; undefined for a bare Boolean. */
  returns: Entity | undefined;
  parameters: readonly Parameter[];
}

interface ReadFunction extends FunctionImport {
  answer: (place: Place, request: Request, nowMs: number) => Answer;
}

const LITERALS: Partial<Record<EdmType, string>> = { Guid: 'guid', DateTime: 'datetime' };

/** An argument as `'text'`, `guid'…'` or `datetime'…'`; a missing or misspelt one is a 400. */
function argument(query: URLSearchParams, { name, type }: Parameter): SqlValue {
  const key = [...query.keys()].find((known) => known.toLowerCase() === name.toLowerCase());
  const match = new RegExp(`^${LITERALS[type] ?? ''}'(.*)'$`).exec(query.get(key ?? name) ?? '');
  const text = match?.[1]?.replaceAll("''", "'");
  const value = type === 'DateTime' ? parseMoment(text ?? '') : text;
  if (text === undefined || value === undefined) {
    throw new ApiError(400, `Bad Request - Error in query syntax. Missing parameter '${name}'.`);
  }
  return type === 'Guid' ? text.toLowerCase() : value;
}

function answerRows(place: Place, request: Request, of: Entity, rows: Row[], nowMs: number) {
  const options = readOptions(of, sources[of.name] ?? { table: '' }, request.query, 'free');
  const page = { rows, next: undefined, count: undefined };
  const d = renderPage(place, of, page, { ...options, top: undefined }, () => '');
  return answerFeed(request, { base: place.base, of, d, nowMs });
}

function readView(of: Entity, parameters: readonly Parameter[]): ReadFunction['answer'] {
  return (place, request, nowMs) => {
    const scopes = parameters.map((parameter): Scope => {
      const value = argument(request.query, parameter);
      const operator = parameter.operator ?? '=';
      return { field: parameter.field ?? parameter.name, value, operator };
    });
    const options = readOptions(of, sources[of.name] ?? { table: '' }, request.query, 'free');
    const page = listRows(place.store, of, place.division, scopes, options);
    return answerRows(place, request, of, page.rows, nowMs);
  };
}

const RIGHTS: readonly Parameter[] = [
  { name: 'endpoint', type: 'String' },
  { name: 'action', type: 'String' },
];

/** Whether both the person's rights and the app's scopes allow an action (Exact KB, rights). */
function userHasRights(place: Place, request: Request): Answer {
  const [endpoint = '', action = ''] = RIGHTS.map((p) => String(argument(request.query, p)));
  const of = entityAt(endpoint);
  const may =
    userMay(place.store, endpoint, action) &&
    (!of || scopeAllows(place.store, of, action.toUpperCase()));
  if (formatOf(request) === 'json') return json(200, { d: { UserHasRights: may } });
  const headers = { 'Content-Type': 'application/xml;charset=utf-8' };
  return { status: 200, headers, body: xmlValue('UserHasRights', may) };
}

/** Endpoints SyncTimestamp knows: items and stock positions are not among them (Exact KB, sync). */
const WITH_TIMESTAMP = [
  ...['GoodsDeliveries', 'GoodsDeliveryLines', 'PurchaseOrders', 'SalesOrderHeaders'],
  ...['SalesOrderLines', 'ItemStorageLocations', 'ShopOrders', 'ShopOrderMaterialPlans'],
  ...['ShopOrderRoutingStepPlans', 'ShopOrderPurchasePlanning', 'ShopOrderSubOrders'],
  ...['MaterialIssues', 'BillOfMaterialVersions', 'BillOfMaterialMaterials'],
];
const TIMESTAMP: readonly Parameter[] = [
  { name: 'modified', type: 'DateTime' },
  { name: 'endPoint', type: 'String' },
];

/** Manufacturing transactions never change, so the moment they were made is their stamp. */
const STAMPS = ['Modified', 'ModifiedDate', 'sysmodified', 'CreatedDate'];

/** The row version after which everything was changed at or after a moment. */
function timestampBefore(place: Place, of: Entity, modifiedMs: SqlValue): number {
  const stamp = STAMPS.find((name) => of.properties.has(name));
  const first = place.store.get(
    `SELECT min("Timestamp") AS n FROM "${of.name}"
     WHERE "_division" = ? AND "${stamp ?? 'Modified'}" >= ?`,
    place.division,
    modifiedMs,
  );
  const found = first?.['n'] ?? null;
  return found === null ? place.store.lastRowVersion() : Number(found) - 1;
}

function syncTimestamp(place: Place, request: Request, nowMs: number): Answer {
  const [modified, endPoint] = TIMESTAMP.map((parameter) => argument(request.query, parameter));
  const set = String(endPoint ?? '');
  const synced = allEntities().find((e) => e.isSync && e.set.toLowerCase() === set.toLowerCase());
  if (!synced || !WITH_TIMESTAMP.includes(synced.set)) {
    throw new ApiError(400, `Bad Request - The endpoint '${set}' is not supported.`);
  }
  const timestamp = timestampBefore(place, synced, modified ?? null);
  const row: Row = { TimeStampAsBigInt: timestamp, API: synced.set, Modified: modified ?? null };
  return answerRows(place, request, entity('Read/Sync/SyncTimestamp'), [row], nowMs);
}

function view(entityName: string, parameters: readonly Parameter[]): ReadFunction {
  const of = entity(entityName);
  const servicePath = of.path.slice(0, of.path.lastIndexOf('/')).toLowerCase();
  const answer = readView(of, parameters);
  return { name: of.set, servicePath, returns: of, parameters, answer };
}

const functions: readonly ReadFunction[] = [
  {
    ...{ name: 'UserHasRights', servicePath: 'users', returns: undefined },
    ...{ parameters: RIGHTS, answer: userHasRights },
  },
  {
    ...{ name: 'SyncTimestamp', servicePath: 'read/sync/sync', parameters: TIMESTAMP },
    ...{ returns: entity('Read/Sync/SyncTimestamp'), answer: syncTimestamp },
  },
  view('Read/Logistics/StockPosition', [{ name: 'itemId', type: 'Guid', field: 'ItemId' }]),
  view('Read/Logistics/ItemDetailsByID', [{ name: 'itemId', type: 'Guid', field: 'ID' }]),
  view('Read/Logistics/ItemExtraField', [
    { name: 'itemId', type: 'Guid', field: 'ItemID' },
    { name: 'modified', type: 'DateTime', field: 'Modified', operator: '>=' },
  ]),
  view('Read/Logistics/AccountItems', [{ name: 'accountId', type: 'Guid', field: 'AccountID' }]),
];

/** The function at an endpoint (lower-case path), or undefined. */
export function functionAt(endpoint: string): ReadFunction | undefined {
  return functions.find((f) => `${f.servicePath}/${f.name.toLowerCase()}` === endpoint);
}

/** The functions of a data service, for its `$metadata`. */
export function functionsOfService(servicePath: string): readonly FunctionImport[] {
  return functions.filter((f) => f.servicePath === servicePath.toLowerCase());
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
