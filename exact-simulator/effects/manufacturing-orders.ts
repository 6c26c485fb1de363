/*
 * Shop orders as a planner makes them: from the item's bill of material, with a number of their own,
 * changed while they run, deleted while nothing is booked on them.
 */
import type { Row, SqlValue } from '../store/database.ts';
import { deleteRow, findRow, insertRow, updateRow, type Writer } from '../store/rows.ts';
import { broken, number, rounded, type Body, type Effect } from './effect.ts';
import { activeVersion, materialsOf, routingsOf } from './manufacturing-bom.ts';
import { neededFor, plannedHours } from './manufacturing-plans.ts';
import {
  checkNotCompleted,
  MATERIAL,
  PLAN,
  plansOf,
  planStatus,
  refreshShopOrder,
  replanOrder,
} from './manufacturing-rules.ts';
import { checkQuantity, itemOf } from './manufacturing-stock.ts';
import { replan } from './stock.ts';

const ORDER_TYPE = 9040;
const FIRST = 30_000_001;
const AUTOMATIC = 10;

function mainWarehouse(writer: Writer): SqlValue {
  const sql = 'SELECT "ID" FROM "Warehouses" WHERE "Main" = 1 AND "_division" = ?';
  return writer.store.get(sql, writer.division)?.['ID'] ?? null;
}

function warehouseOf(writer: Writer, sent: SqlValue | undefined): SqlValue {
  const warehouse = findRow(writer, 'Warehouses', sent ?? mainWarehouse(writer));
  if (!warehouse) throw broken(writer, 'invalid', 'Warehouse');
  return warehouse['ID'] ?? null;
}

/** The version sent, which must be one of the item, or the item's active one. */
function versionOf(writer: Writer, item: Row, sent: SqlValue | undefined): Row | undefined {
  if (sent === null || sent === undefined) return activeVersion(writer, item['ID'] ?? null);
  const version = findRow(writer, 'BillOfMaterialVersions', sent);
  if (version?.['Item'] !== item['ID']) throw broken(writer, 'invalid', 'ItemVersion');
  return version;
}

function putPlans(writer: Writer, order: Row, version: Row): void {
  const quantity = number(order['PlannedQuantity']);
  for (const [n, line] of materialsOf(writer, version['ID'] ?? null).entries()) {
    const part = itemOf(writer, line['PartItem']);
    const factor = number(line['Quantity']);
    const planned = neededFor(part, quantity, factor, line['WastePercentage'] ?? null);
    const price = number(part['CostPriceStandard']);
    insertRow(writer, 'ShopOrderMaterialPlans', {
      ...{ ShopOrder: order['ID'] ?? null, Item: line['PartItem'] ?? null, LineNumber: n + 1 },
      ...{ Description: line['Description'] ?? part['Description'] ?? null, IssuedQuantity: 0 },
      ...{ PlannedQuantity: planned, PlannedQuantityFactor: factor, Status: PLAN.open },
      ...{ Type: line['Type'] ?? MATERIAL, Backflush: line['Backflush'] ?? 0 },
      ...{ WastePercentage: line['WastePercentage'] ?? null, Notes: line['Notes'] ?? null },
      ...{
        CalculatorType: line['CalculatorType'] ?? 0,
        DetailDrawing: line['DetailDrawing'] ?? null,
      },
      ...{ PlannedDate: order['PlannedStartDate'] ?? order['PlannedDate'] ?? null },
      ...{ PlannedPriceFC: price, PlannedAmountFC: rounded(price * planned) },
    });
  }
}

function putSteps(writer: Writer, order: Row, version: Row): void {
  for (const [n, line] of routingsOf(writer, version['ID'] ?? null).entries()) {
    const resource = findRow(writer, 'OperationResources', line['OperationResource'] ?? null);
    const hours = plannedHours(line, number(order['PlannedQuantity']));
    insertRow(writer, 'ShopOrderRoutingStepPlans', {
      ...{ ShopOrder: order['ID'] ?? null, Operation: line['Operation'] ?? null },
      ...{ LineNumber: n + 1, Description: line['OperationDescription'] ?? null, Status: 10 },
      ...{ OperationResource: line['OperationResource'] ?? null, Notes: line['Notes'] ?? null },
      ...{ Workcenter: resource?.['Workcenter'] ?? null, Backflush: line['Backflush'] ?? 0 },
      ...{ Setup: line['Setup'] ?? 0, Run: line['Run'] ?? 0, RunMethod: line['RunMethod'] ?? 10 },
      ...{ RoutingStepType: line['RoutingStepType'] ?? 10, ...hours },
      PlannedStartDate: order['PlannedStartDate'] ?? null,
      PlannedEndDate: order['PlannedDate'] ?? null,
    });
  }
}

function create(writer: Writer, body: Body): string {
  const { fields } = body;
  const item = itemOf(writer, fields['Item']);
  if (number(item['IsMakeItem']) === 0) {
    throw broken(writer, 'notMadeHere', String(item['Code']));
  }
  checkQuantity(writer, item, number(fields['PlannedQuantity']));
  const version = versionOf(writer, item, fields['ItemVersion']);
  const id = insertRow(writer, 'ShopOrders', {
    ...{ IsReleased: 1, IsInPlanning: 1, IsOnHold: 0, Description: item['Description'] ?? null },
    ...{ EntryDate: writer.clock.wallMs(), ReadyToShipQuantity: 0 },
    ...fields,
    ...{
      Warehouse: warehouseOf(writer, fields['Warehouse']),
      ItemVersion: version?.['ID'] ?? null,
    },
    ...{ ShopOrderNumber: nextOrderNumber(writer), Type: ORDER_TYPE },
    ...{ Status: 10, ProducedQuantity: 0 },
  });
  insertRow(writer, 'ShopOrderPriorities', { ShopOrder: id, Mode: AUTOMATIC, Priority: 0 });
  const order = findRow(writer, 'ShopOrders', id) ?? {};
  if (version) {
    putPlans(writer, order, version);
    putSteps(writer, order, version);
  }
  replanOrder(writer, order, plansOf(writer, id));
  return id;
}

/** The first number given out follows the highest one there is. */
function nextOrderNumber(writer: Writer): number {
  const row = writer.store.get(
    'SELECT max("ShopOrderNumber") AS n FROM "ShopOrders" WHERE "_division" = ?',
    writer.division,
  );
  return writer.store.next('ShopOrders.ShopOrderNumber', Math.max(number(row?.['n']), FIRST - 1));
}

/** Whether anything was ever booked on an order. */
function isBooked(writer: Writer, orderId: SqlValue): boolean {
  const kinds = ['MaterialIssues', 'ShopOrderReceipts', 'ByProductReceipts'];
  return [...kinds, 'StageForDeliveryReceipts', 'TimeTransactions'].some(
    (table) =>
      writer.store.get(`SELECT 1 FROM "${table}" WHERE "ShopOrder" = ?`, orderId) !== undefined,
  );
}

function scalePlans(writer: Writer, order: Row, quantity: number): void {
  for (const plan of plansOf(writer, order['ID'] ?? null)) {
    const part = itemOf(writer, plan['Item']);
    const factor = number(plan['PlannedQuantityFactor']);
    const planned = neededFor(part, quantity, factor, plan['WastePercentage'] ?? null);
    updateRow(writer, 'ShopOrderMaterialPlans', plan['ID'] ?? null, {
      PlannedQuantity: planned,
      PlannedAmountFC: rounded(number(plan['PlannedPriceFC']) * planned),
      Status: planStatus(number(plan['IssuedQuantity']), planned),
    });
  }
}

function update(writer: Writer, row: Row, body: Body): void {
  const { fields } = body;
  const id = row['ID'] ?? null;
  checkNotCompleted(writer, row);
  for (const name of ['Item', 'Warehouse', 'ItemVersion']) {
    const changed = fields[name] !== undefined && fields[name] !== row[name];
    if (changed && (name === 'Item' || isBooked(writer, id))) throw broken(writer, 'invalid', name);
  }
  const item = itemOf(writer, row['Item']);
  if (fields['Warehouse'] !== undefined) warehouseOf(writer, fields['Warehouse']);
  if (fields['ItemVersion'] !== undefined) versionOf(writer, item, fields['ItemVersion']);
  const wanted = fields['PlannedQuantity'];
  if (wanted !== undefined) checkQuantity(writer, item, number(wanted));
  updateRow(writer, 'ShopOrders', id, fields);
  if (wanted !== undefined && wanted !== row['PlannedQuantity']) {
    scalePlans(writer, row, number(wanted));
  }
  const items = [row['Item'], ...plansOf(writer, id).map((plan) => plan['Item'])];
  refreshShopOrder(writer, id);
  // The old warehouse plans nothing for this order any more.
  for (const one of new Set(items)) replan(writer, one ?? null, row['Warehouse'] ?? null);
}

/** Takes an order away with its plans, steps, links and priority. */
export function deleteShopOrder(writer: Writer, row: Row): void {
  const id = row['ID'] ?? null;
  const plans = plansOf(writer, id);
  for (const plan of plans) deleteRow(writer, 'ShopOrderMaterialPlans', plan['ID'] ?? null);
  for (const table of [
    ...['ShopOrderRoutingStepPlans', 'ShopOrderSubOrders', 'ShopOrderPurchasePlanning'],
    'ShopOrderPriorities',
  ]) {
    const rows = writer.store.all(`SELECT "ID" FROM "${table}" WHERE "ShopOrder" = ?`, id);
    for (const one of rows) deleteRow(writer, table, one['ID'] ?? null);
  }
  deleteRow(writer, 'ShopOrders', id);
  replanOrder(writer, row, plans);
}

function remove(writer: Writer, row: Row): void {
  const name = number(row['ShopOrderNumber']);
  const parent = writer.store.get(
    'SELECT 1 FROM "ShopOrderSubOrders" WHERE "ShopOrderParent" = ?',
    row['ID'] ?? null,
  );
  if (isBooked(writer, row['ID'] ?? null))
    throw broken(writer, 'usedIn', name, 'StockTransactions');
  if (parent) throw broken(writer, 'usedIn', name, 'ShopOrderSubOrders');
  deleteShopOrder(writer, row);
}

export const shopOrder: Effect = { create, update, remove };

/** Priorities are made with their orders; only their mode and rank can be changed. */
export const shopOrderPriority: Effect = {
  update: (writer, row, body) => {
    updateRow(writer, 'ShopOrderPriorities', row['ID'] ?? null, body.fields);
  },
};
