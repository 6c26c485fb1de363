/*
 * Stock and planning: the quantities per warehouse and per location, and what purchase, sales and
 * shop orders still plan to bring or take. Planning is always worked out anew from the documents,
 * so no path of events can make it drift.
 */
import type { Row, SqlValue } from '../store/database.ts';
import { insertRow, updateRow, type Writer } from '../store/rows.ts';
import { number, rounded } from './effect.ts';
import { DOCUMENTS_IN, DOCUMENTS_OUT } from './planned-documents.ts';

/** What both queries are about: one item in one warehouse. */
const WHAT = 'WITH w(item, warehouse) AS (SELECT ?, ?)';

const PLANNED_IN = `${WHAT} SELECT ${DOCUMENTS_IN} +
  (SELECT coalesce(sum(max(l."Quantity" - l."ReceivedQuantity", 0)), 0)
   FROM "PurchaseOrderLines" l
   JOIN "PurchaseOrders" h ON h."PurchaseOrderID" = l."PurchaseOrderID"
   WHERE l."Item" = w.item AND h."Warehouse" = w.warehouse AND h."DropShipment" = 0
     AND h."ReceiptStatus" < 30) +
  (SELECT coalesce(sum(max(s."PlannedQuantity" - s."ProducedQuantity", 0)), 0)
   FROM "ShopOrders" s
   WHERE s."Item" = w.item AND s."Warehouse" = w.warehouse AND s."Status" < 30) +
  (SELECT coalesce(sum(max(p."PlannedQuantity" - coalesce(p."IssuedQuantity", 0), 0)), 0)
   FROM "ShopOrderMaterialPlans" p JOIN "ShopOrders" s ON s."ID" = p."ShopOrder"
   WHERE p."Item" = w.item AND s."Warehouse" = w.warehouse AND p."Type" = 2
     AND p."Status" < 30 AND s."Status" < 30) AS n
  FROM w`;

const PLANNED_OUT = `${WHAT} SELECT ${DOCUMENTS_OUT} +
  (SELECT coalesce(sum(max(p."PlannedQuantity" - coalesce(p."IssuedQuantity", 0), 0)), 0)
   FROM "ShopOrderMaterialPlans" p JOIN "ShopOrders" s ON s."ID" = p."ShopOrder"
   WHERE p."Item" = w.item AND s."Warehouse" = w.warehouse AND coalesce(p."Type", 1) = 1
     AND p."Status" < 30 AND s."Status" < 30) AS n
  FROM w`;

function itemWarehouse(writer: Writer, item: SqlValue, warehouse: SqlValue): void {
  const known = writer.store.get(
    'SELECT "ID" FROM "ItemWarehouses" WHERE "Item" = ? AND "Warehouse" = ?',
    item,
    warehouse,
  );
  if (!known) insertRow(writer, 'ItemWarehouses', { Item: item, Warehouse: warehouse });
}

/** The stock position of an item in a warehouse, made (with its item link) when it is missing. */
export function stockPosition(writer: Writer, item: SqlValue, warehouse: SqlValue): Row {
  const find = () =>
    writer.store.get(
      'SELECT * FROM "StockPositions" WHERE "ItemId" = ? AND "Warehouse" = ?',
      item,
      warehouse,
    );
  const known = find();
  if (known) return known;
  itemWarehouse(writer, item, warehouse);
  insertRow(writer, 'StockPositions', {
    ...{ ItemId: item, Warehouse: warehouse, CurrentStock: 0 },
    ...{ PlanningIn: 0, PlanningOut: 0, ReservedStock: 0, ReorderPoint: 0 },
  });
  const made = find();
  if (!made) throw new Error('a stock position vanished while it was made');
  return made;
}

/** Works the planned quantities of an item in a warehouse out again; true when they changed. */
export function replan(writer: Writer, item: SqlValue, warehouse: SqlValue): boolean {
  const position = stockPosition(writer, item, warehouse);
  const planned = (sql: string): number =>
    rounded(number(writer.store.get(sql, item, warehouse)?.['n']));
  const values = { PlanningIn: planned(PLANNED_IN), PlanningOut: planned(PLANNED_OUT) };
  const same =
    values.PlanningIn === number(position['PlanningIn']) &&
    values.PlanningOut === number(position['PlanningOut']);
  if (!same) updateRow(writer, 'StockPositions', position['ID'] ?? null, values);
  return !same;
}

/** Adds a quantity in item units (negative takes away) to a warehouse and, if given, a location. */
export function moveStock(
  writer: Writer,
  item: SqlValue,
  warehouse: SqlValue,
  location: SqlValue,
  quantity: number,
): void {
  const position = stockPosition(writer, item, warehouse);
  updateRow(writer, 'StockPositions', position['ID'] ?? null, {
    CurrentStock: rounded(number(position['CurrentStock']) + quantity),
  });
  if (location === null) return;
  const known = writer.store.get(
    'SELECT "ID", "Stock" FROM "LocationStock" WHERE "Item" = ? AND "StorageLocation" = ?',
    item,
    location,
  );
  if (known) {
    const stock = rounded(number(known['Stock']) + quantity);
    updateRow(writer, 'LocationStock', known['ID'] ?? null, { Stock: stock });
    return;
  }
  insertRow(writer, 'LocationStock', {
    ...{ Item: item, Warehouse: warehouse, StorageLocation: location, Stock: rounded(quantity) },
    ...{ ReservedPick: 0, QuantityToPicked: 0, SerialBatchReservedStock: 0 },
  });
}
