/*
 * What every transaction of the shop floor checks and keeps up to date: the order it may be booked
 * on, how far its plans and the order are, and the planned stock that follows.
 */
import type { Row, SqlValue } from '../store/database.ts';
import { findRow, updateRow, type Writer } from '../store/rows.ts';
import { broken, number, rounded } from './effect.ts';
import { replan } from './stock.ts';

/** Shop order statuses (Exact KB, shop orders). */
export const ORDER = { open: 10, inProcess: 20, finished: 30, completed: 40 } as const;
/** Material plan statuses (Exact KB, shop order material plan details). */
export const PLAN = { draft: 5, open: 10, onOrder: 20, partial: 25, finished: 30 } as const;

export const MATERIAL = 1;
export const BY_PRODUCT = 2;

/** A shop order by its ID. Throws `Invalid` with the field's name when there is none. */
export function orderOf(writer: Writer, id: SqlValue | undefined, field = 'ShopOrder'): Row {
  const order = findRow(writer, 'ShopOrders', id ?? null);
  if (!order) throw broken(writer, 'invalid', field);
  return order;
}

/** Refuses every booking on a completed order. */
export function checkNotCompleted(writer: Writer, order: Row): void {
  if (number(order['Status']) !== ORDER.completed) return;
  throw broken(writer, 'orderCompleted', number(order['ShopOrderNumber']));
}

/** Refuses an order nothing may be issued to or received from: on hold, not released, completed. */
export function checkWorkable(writer: Writer, order: Row): void {
  const name = number(order['ShopOrderNumber']);
  checkNotCompleted(writer, order);
  if (number(order['IsOnHold']) !== 0) throw broken(writer, 'orderOnHold', name);
  if (number(order['IsReleased']) === 0) throw broken(writer, 'orderNotReleased', name);
}

export function plansOf(writer: Writer, orderId: SqlValue): Row[] {
  return writer.store.all(
    'SELECT * FROM "ShopOrderMaterialPlans" WHERE "ShopOrder" = ? ORDER BY "LineNumber", "ID"',
    orderId,
  );
}

/** A plan of one kind (material or by-product). Throws `Invalid` when there is none of that kind. */
export function planOf(writer: Writer, id: SqlValue | undefined, type: number): Row {
  const plan = findRow(writer, 'ShopOrderMaterialPlans', id ?? null);
  if (!plan || (number(plan['Type']) || MATERIAL) !== type) {
    throw broken(writer, 'invalid', 'ShopOrderMaterialPlan');
  }
  return plan;
}

/** How far a plan is, from what was issued on it (or received, for a by-product). */
export function planStatus(issued: number, planned: number): number {
  if (issued <= 0) return PLAN.open;
  return issued < planned ? PLAN.partial : PLAN.finished;
}

/** Adds to what was issued on a plan (received, for a by-product); negative takes back. */
export function bookOnPlan(writer: Writer, planId: SqlValue, quantity: number): void {
  const plan = findRow(writer, 'ShopOrderMaterialPlans', planId) ?? {};
  const issued = rounded(number(plan['IssuedQuantity']) + quantity);
  updateRow(writer, 'ShopOrderMaterialPlans', planId, {
    IssuedQuantity: issued,
    Status: planStatus(issued, number(plan['PlannedQuantity'])),
  });
}

/** Adds to what an order has produced; negative takes back. */
export function bookOnOrder(writer: Writer, orderId: SqlValue, quantity: number): void {
  const order = findRow(writer, 'ShopOrders', orderId) ?? {};
  const produced = rounded(number(order['ProducedQuantity']) + quantity);
  updateRow(writer, 'ShopOrders', orderId, { ProducedQuantity: produced });
}

function orderStatus(order: Row, plans: readonly Row[]): number {
  const produced = number(order['ProducedQuantity']);
  if (number(order['Status']) === ORDER.completed) return ORDER.completed;
  if (produced > 0 && produced >= number(order['PlannedQuantity'])) return ORDER.finished;
  const begun = produced > 0 || plans.some((plan) => number(plan['IssuedQuantity']) > 0);
  return begun ? ORDER.inProcess : ORDER.open;
}

/** Backflushed routing steps report themselves: they are as far as their order. */
function followOrder(writer: Writer, orderId: SqlValue, status: number): void {
  const steps = writer.store.all(
    `SELECT "ID" FROM "ShopOrderRoutingStepPlans"
     WHERE "ShopOrder" = ? AND "Backflush" = 1 AND coalesce("Status", 0) <> ?`,
    orderId,
    status,
  );
  for (const step of steps) {
    updateRow(writer, 'ShopOrderRoutingStepPlans', step['ID'] ?? null, { Status: status });
  }
}

/** Works out what is planned to come and go for an order's item and its materials. */
export function replanOrder(writer: Writer, order: Row, plans: readonly Row[]): void {
  const items = [order['Item'], ...plans.map((plan) => plan['Item'])];
  for (const item of new Set(items)) replan(writer, item ?? null, order['Warehouse'] ?? null);
}

/**
 * Brings an order up to date after a booking: `Status` 10, 20 or 30, its backflushed routing steps
 * and planned stock.
 */
export function refreshShopOrder(writer: Writer, orderId: SqlValue): void {
  const order = findRow(writer, 'ShopOrders', orderId);
  if (!order) return;
  const plans = plansOf(writer, orderId);
  const status = orderStatus(order, plans);
  updateRow(writer, 'ShopOrders', orderId, { Status: status });
  followOrder(writer, orderId, status);
  replanOrder(writer, order, plans);
}
