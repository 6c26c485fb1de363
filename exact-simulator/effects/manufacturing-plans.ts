/*
 * The plans of a shop order: materials and by-products, and the steps of its routing.
 */
import type { Row, SqlValue } from '../store/database.ts';
import { deleteRow, findRow, insertRow, touchRow, updateRow, type Writer } from '../store/rows.ts';
import { broken, number, rounded, type Body, type Effect } from './effect.ts';
import {
  checkNotCompleted,
  MATERIAL,
  orderOf,
  PLAN,
  planStatus,
  refreshShopOrder,
} from './manufacturing-rules.ts';
import { isNumbered, itemOf } from './manufacturing-stock.ts';
import { createTime } from './manufacturing-time.ts';
import { replan } from './stock.ts';

const HOURS_PER_PIECE = 10;

/**
 * What an order needs of a part: factor per piece, and waste in whole per cent on top (Exact KB,
 * material plans). Parts that know no fractions are needed by the whole piece.
 */
export function neededFor(part: Row, quantity: number, factor: number, waste: SqlValue): number {
  const exact = rounded(quantity * factor * (1 + number(waste) / 100));
  return number(part['IsFractionAllowedItem']) === 0 ? Math.ceil(exact) : exact;
}

/** Hours of a routing step for so many pieces; `RunMethod` 10 is hours a piece, else pieces an hour. */
export function plannedHours(step: Row, quantity: number): Row {
  const run = number(step['Run']);
  const perPiece = number(step['RunMethod'] ?? HOURS_PER_PIECE) === HOURS_PER_PIECE;
  const runHours = rounded(perPiece ? run * quantity : run === 0 ? 0 : quantity / run);
  const setupHours = number(step['Setup']);
  return {
    ...{ PlannedRunHours: runHours, PlannedSetupHours: setupHours },
    PlannedTotalHours: rounded(runHours + setupHours),
  };
}

function nextLine(writer: Writer, table: string, orderId: SqlValue): number {
  const sql = `SELECT max("LineNumber") AS n FROM "${table}" WHERE "ShopOrder" = ?`;
  return number(writer.store.get(sql, orderId)?.['n']) + 1;
}

function checkBackflush(writer: Writer, item: Row, backflush: SqlValue | undefined): void {
  if (number(backflush) === 0 || !isNumbered(item)) return;
  throw broken(writer, 'backflushNumbers', String(item['Code']));
}

function checkPlan(writer: Writer, fields: Row): void {
  const { Type: type, Status: status, PlannedQuantity: planned } = fields;
  if (type !== undefined && ![1, 2].includes(number(type))) throw broken(writer, 'invalid', 'Type');
  const statuses: number[] = Object.values(PLAN);
  if (status !== undefined && !statuses.includes(number(status))) {
    throw broken(writer, 'invalid', 'Status');
  }
  if (planned !== undefined && number(planned) < 0) {
    throw broken(writer, 'invalid', 'PlannedQuantity');
  }
}

function createPlan(writer: Writer, body: Body): string {
  const { fields } = body;
  const order = orderOf(writer, fields['ShopOrder']);
  checkNotCompleted(writer, order);
  const item = itemOf(writer, fields['Item']);
  checkBackflush(writer, item, fields['Backflush']);
  checkPlan(writer, fields);
  const orderId = order['ID'] ?? null;
  const quantity = number(order['PlannedQuantity']);
  const waste = fields['WastePercentage'] ?? null;
  const sent = fields['PlannedQuantity'] ?? null;
  const factor = fields['PlannedQuantityFactor'] ?? (sent === null ? 1 : number(sent) / quantity);
  const planned = sent === null ? neededFor(item, quantity, number(factor), waste) : number(sent);
  const price = number(fields['PlannedPriceFC'] ?? item['CostPriceStandard']);
  const id = insertRow(writer, 'ShopOrderMaterialPlans', {
    ...{ Description: item['Description'] ?? null, Status: PLAN.open, Type: MATERIAL },
    ...{ LineNumber: nextLine(writer, 'ShopOrderMaterialPlans', orderId), Backflush: 0 },
    ...{ CalculatorType: 0, PlannedDate: order['PlannedStartDate'] ?? null },
    ...{ PlannedPriceFC: price, PlannedAmountFC: rounded(price * planned) },
    ...fields,
    ...{ PlannedQuantity: planned, PlannedQuantityFactor: rounded(number(factor)) },
    IssuedQuantity: 0,
  });
  touchRow(writer, 'ShopOrders', orderId);
  replan(writer, item['ID'] ?? null, order['Warehouse'] ?? null);
  return id;
}

/** Whether anything was ever issued on a plan, or received for a by-product. */
function isBooked(writer: Writer, planId: SqlValue): boolean {
  return ['MaterialIssues', 'ByProductReceipts'].some((table) => {
    const sql = `SELECT 1 FROM "${table}" WHERE "ShopOrderMaterialPlan" = ?`;
    return writer.store.get(sql, planId) !== undefined;
  });
}

function updatePlan(writer: Writer, row: Row, body: Body): void {
  const { fields } = body;
  const id = row['ID'] ?? null;
  const order = orderOf(writer, row['ShopOrder']);
  checkNotCompleted(writer, order);
  checkPlan(writer, fields);
  for (const name of ['ShopOrder', 'Item', 'Type']) {
    const changed = fields[name] !== undefined && fields[name] !== row[name];
    if (changed && (name === 'ShopOrder' || isBooked(writer, id))) {
      throw broken(writer, 'invalid', name);
    }
  }
  const item = itemOf(writer, fields['Item'] ?? row['Item']);
  checkBackflush(writer, item, fields['Backflush'] ?? row['Backflush']);
  const planned = number(fields['PlannedQuantity'] ?? row['PlannedQuantity']);
  const issued = number(row['IssuedQuantity']);
  // Once something is issued, how far the plan is follows from that.
  const status = issued > 0 ? { Status: planStatus(issued, planned) } : {};
  updateRow(writer, 'ShopOrderMaterialPlans', id, { ...fields, ...status });
  refreshShopOrder(writer, order['ID'] ?? null);
  replan(writer, row['Item'] ?? null, order['Warehouse'] ?? null);
}

/** Takes a plan away with the links that hang on it. */
export function deletePlan(writer: Writer, row: Row): void {
  const id = row['ID'] ?? null;
  const sql = 'SELECT "ID" FROM "ShopOrderPurchasePlanning" WHERE "ShopOrderMaterialPlan" = ?';
  for (const link of writer.store.all(sql, id)) {
    deleteRow(writer, 'ShopOrderPurchasePlanning', link['ID'] ?? null);
  }
  deleteRow(writer, 'ShopOrderMaterialPlans', id);
  const order = findRow(writer, 'ShopOrders', row['ShopOrder'] ?? null);
  if (order) touchRow(writer, 'ShopOrders', order['ID'] ?? null);
  replan(writer, row['Item'] ?? null, order?.['Warehouse'] ?? null);
}

function removePlan(writer: Writer, row: Row): void {
  checkNotCompleted(writer, orderOf(writer, row['ShopOrder']));
  const code = String(itemOf(writer, row['Item'])['Code']);
  if (isBooked(writer, row['ID'] ?? null))
    throw broken(writer, 'usedIn', code, 'StockTransactions');
  const sql = 'SELECT 1 FROM "ShopOrderSubOrders" WHERE "ShopOrderMaterialPlan" = ?';
  if (writer.store.get(sql, row['ID'] ?? null)) throw broken(writer, 'usedIn', code, 'ShopOrders');
  deletePlan(writer, row);
}

export const materialPlan: Effect = {
  ...{ create: createPlan, update: updatePlan, remove: removePlan },
};

function checkLinks(writer: Writer, fields: Row): void {
  const tables = {
    ...{ Operation: 'Operations', Workcenter: 'Workcenters', Account: 'Accounts' },
    OperationResource: 'OperationResources',
  };
  for (const [name, table] of Object.entries(tables)) {
    const id = fields[name] ?? null;
    if (id !== null && !findRow(writer, table, id)) throw broken(writer, 'invalid', name);
  }
}

function createStep(writer: Writer, body: Body): string {
  const { fields } = body;
  const order = orderOf(writer, fields['ShopOrder']);
  checkNotCompleted(writer, order);
  checkLinks(writer, fields);
  const orderId = order['ID'] ?? null;
  const operation = findRow(writer, 'Operations', fields['Operation'] ?? null);
  const id = insertRow(writer, 'ShopOrderRoutingStepPlans', {
    ...{ LineNumber: nextLine(writer, 'ShopOrderRoutingStepPlans', orderId), Status: 10 },
    ...{ Description: operation?.['Description'] ?? null, Backflush: 0, RoutingStepType: 10 },
    ...plannedHours(fields, number(order['PlannedQuantity'])),
    ...fields,
  });
  for (const time of body.children['TimeTransactions'] ?? []) {
    createTime(writer, { ...time, fields: { ...time.fields, RoutingStepPlan: id } });
  }
  touchRow(writer, 'ShopOrders', orderId);
  return id;
}

function updateStep(writer: Writer, row: Row, body: Body): void {
  const { fields } = body;
  if (fields['ShopOrder'] !== undefined && fields['ShopOrder'] !== row['ShopOrder']) {
    throw broken(writer, 'invalid', 'ShopOrder');
  }
  checkNotCompleted(writer, orderOf(writer, row['ShopOrder']));
  checkLinks(writer, fields);
  updateRow(writer, 'ShopOrderRoutingStepPlans', row['ID'] ?? null, fields);
}

function removeStep(writer: Writer, row: Row): void {
  const id = row['ID'] ?? null;
  const used = ([table, column]: [string, string]) =>
    writer.store.get(`SELECT 1 FROM "${table}" WHERE "${column}" = ?`, id) !== undefined;
  const name = String(row['Description'] ?? row['LineNumber']);
  if (used(['TimeTransactions', 'RoutingStepPlan'])) {
    throw broken(writer, 'usedIn', name, 'TimeTransactions');
  }
  if (used(['TimedTimeTransactions', 'ShopOrderRoutingStepPlan'])) {
    throw broken(writer, 'usedIn', name, 'TimedTimeTransactions');
  }
  deleteRow(writer, 'ShopOrderRoutingStepPlans', id);
  touchRow(writer, 'ShopOrders', row['ShopOrder'] ?? null);
}

export const routingStepPlan: Effect = {
  ...{ create: createStep, update: updateStep, remove: removeStep },
};
