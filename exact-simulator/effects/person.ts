/*
 * Edits as a person makes them in Exact's own screens, ordered over the control API: a changed
 * quantity, a deleted order. They touch what Exact would touch (planned stock, statuses, row
 * versions, sync/Deleted) but follow none of the API's rules about which field may be sent.
 */
import { ApiError } from '../http/answer.ts';
import { entity } from '../odata/catalogue.ts';
import { fromJson } from '../odata/values.ts';
import type { Row, SqlValue } from '../store/database.ts';
import { deleteRow, findRow, insertRow, updateRow, type Writer } from '../store/rows.ts';
import { storedColumns } from '../store/schema.ts';
import { sources } from '../store/sources.ts';
import { deleteShopOrder } from './manufacturing-orders.ts';
import { deletePlan } from './manufacturing-plans.ts';
import { plansOf, refreshShopOrder, replanOrder } from './manufacturing-rules.ts';
import { deleteDelivery } from './goods-delivery.ts';
import { deleteSalesLine, deleteSalesOrder } from './plain-sales-orders.ts';
import { deleteLine, deleteOrder, refreshLine, refreshOrder } from './purchase-orders.ts';
import { replan } from './stock.ts';

interface Consequences {
  changed?: (writer: Writer, before: Row, after: Row) => void;
  deleted?: (writer: Writer, row: Row) => void;
}

/** The statuses a person sets stay; only what is planned follows. */
function replanShopOrder(writer: Writer, before: Row, after: Row): void {
  const plans = plansOf(writer, after['ID'] ?? null);
  for (const order of [before, after]) replanOrder(writer, order, plans);
}

function replanPlan(writer: Writer, before: Row, after: Row): void {
  const order = findRow(writer, 'ShopOrders', after['ShopOrder'] ?? null);
  replan(writer, before['Item'] ?? null, order?.['Warehouse'] ?? null);
  refreshShopOrder(writer, after['ShopOrder'] ?? null);
}

function replanSalesLine(writer: Writer, _before: Row, after: Row): void {
  const order = findRow(writer, 'SalesOrders', after['OrderID'] ?? null);
  replan(writer, after['Item'] ?? null, order?.['WarehouseID'] ?? null);
}

/** What follows from a person's edit, per table; tables without an entry just change. */
const consequences: Readonly<Record<string, Consequences>> = {
  PurchaseOrders: {
    changed: (writer, _before, after) => refreshOrder(writer, after['PurchaseOrderID'] ?? null),
    deleted: deleteOrder,
  },
  PurchaseOrderLines: { changed: refreshLine, deleted: deleteLine },
  GoodsDeliveries: { deleted: deleteDelivery },
  ShopOrders: { changed: replanShopOrder, deleted: deleteShopOrder },
  ShopOrderMaterialPlans: { changed: replanPlan, deleted: deletePlan },
  SalesOrders: { deleted: deleteSalesOrder },
  SalesOrderLines: { changed: replanSalesLine, deleted: deleteSalesLine },
};

function tableFor(entityName: string): string {
  const source = sources[entityName];
  if (!source) throw new ApiError(404, `No entity ${entityName} is served`);
  return source.table;
}

/** Stored values of a JSON object, by the types of the entity. */
function readValues(entityName: string, json: Record<string, unknown>): Row {
  const of = entity(entityName);
  const columns = storedColumns(tableFor(entityName));
  const values: Row = {};
  for (const [name, value] of Object.entries(json)) {
    const property = of.properties.get(name);
    if (!property || !columns.has(name)) {
      throw new ApiError(400, `${entityName} does not store a field ${name}`);
    }
    const stored = fromJson(property, value);
    if (stored === undefined) throw new ApiError(400, `${name} is no ${property.type}`);
    values[name] = stored;
  }
  return values;
}

function existing(writer: Writer, table: string, id: SqlValue): Row {
  const row = findRow(writer, table, id);
  if (!row) throw new ApiError(404, `No row ${id} in ${table}`);
  return row;
}

/** Creates a row with exactly these values and returns its key. */
export function personCreates(
  writer: Writer,
  entityName: string,
  json: Record<string, unknown>,
): string {
  return insertRow(writer, tableFor(entityName), readValues(entityName, json));
}

/** Changes a row; throws 404 when it does not exist. */
export function personChanges(
  writer: Writer,
  entityName: string,
  id: SqlValue,
  json: Record<string, unknown>,
): void {
  const table = tableFor(entityName);
  const before = existing(writer, table, id);
  updateRow(writer, table, id, readValues(entityName, json));
  consequences[table]?.changed?.(writer, before, existing(writer, table, id));
}

/** Deletes a row, with its trace in `sync/Deleted`; throws 404 when it does not exist. */
export function personDeletes(writer: Writer, entityName: string, id: SqlValue): void {
  const table = tableFor(entityName);
  const row = existing(writer, table, id);
  const deleted = consequences[table]?.deleted;
  if (deleted) deleted(writer, row);
  else deleteRow(writer, table, id);
}
