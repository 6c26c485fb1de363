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
import { deleteLine, deleteOrder, refreshLine, refreshOrder } from './purchase-orders.ts';
import { replan } from './stock.ts';

interface Consequences {
  changed?: (writer: Writer, before: Row, after: Row) => void;
  deleted?: (writer: Writer, row: Row) => void;
}

function replanShopOrder(writer: Writer, _before: Row, after: Row): void {
  replan(writer, after['Item'] ?? null, after['Warehouse'] ?? null);
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
  ShopOrders: { changed: replanShopOrder },
  SalesOrderLines: { changed: replanSalesLine },
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
