/*
 * What follows for a sales order when something was delivered on it, taken back or closed: the
 * quantities and statuses of its lines, those of the order, and planned stock.
 */
import type { Row, SqlValue } from '../store/database.ts';
import { findRow, updateRow, type Writer } from '../store/rows.ts';
import { number, rounded } from './effect.ts';
import { replan } from './stock.ts';

/** Statuses of sales orders and their lines (Exact KB, sales orders). */
export const SALES = { open: 12, partial: 20, complete: 21, cancelled: 45 } as const;

export function salesLinesOf(writer: Writer, orderId: SqlValue): Row[] {
  return writer.store.all(
    'SELECT * FROM "SalesOrderLines" WHERE "OrderID" = ? ORDER BY "LineNumber"',
    orderId,
  );
}

/** How far a line is; a trade-in line counts with negative quantities. */
function lineStatus(line: Row, delivered: number): number {
  const before = number(line['DeliveryStatus']);
  const wanted = number(line['Quantity']);
  const wasShort = Math.abs(number(line['QuantityDelivered'])) < Math.abs(wanted);
  // A line closed without its rest stays closed.
  if (before === SALES.cancelled || (before === SALES.complete && wasShort)) return before;
  if (delivered === 0) return SALES.open;
  return Math.abs(delivered) < Math.abs(wanted) ? SALES.partial : SALES.complete;
}

/** Complete needs both: a line that is delivered but not invoiced is partial. */
export function overall(delivery: number, invoice: number): number {
  if (delivery === SALES.cancelled) return delivery;
  if (delivery === SALES.complete && invoice === SALES.complete) return SALES.complete;
  return delivery === SALES.open && invoice === SALES.open ? SALES.open : SALES.partial;
}

/** Adds to what was delivered on a line (negative takes back, or books a trade-in). */
export function bookDelivered(writer: Writer, lineId: SqlValue, quantity: number): void {
  const line = findRow(writer, 'SalesOrderLines', lineId) ?? {};
  const delivered = rounded(number(line['QuantityDelivered']) + quantity);
  const status = lineStatus(line, delivered);
  updateRow(writer, 'SalesOrderLines', lineId, {
    ...{ QuantityDelivered: delivered, DeliveryStatus: status },
    OrderStatus: overall(status, number(line['InvoiceStatus'])),
  });
}

function joint(statuses: readonly number[]): number {
  const alive = statuses.filter((status) => status !== SALES.cancelled);
  if (alive.length === 0) return statuses.length === 0 ? SALES.open : SALES.cancelled;
  if (alive.every((status) => status === SALES.complete)) return SALES.complete;
  return alive.every((status) => status === SALES.open) ? SALES.open : SALES.partial;
}

/** Brings an order up to date after its lines changed: 12 open, 20 partial, 21 complete. */
export function refreshSalesOrder(writer: Writer, orderId: SqlValue): void {
  const order = findRow(writer, 'SalesOrders', orderId);
  if (!order) return;
  const lines = salesLinesOf(writer, orderId);
  const of = (name: string) => joint(lines.map((line) => number(line[name])));
  if (number(order['Status']) !== SALES.cancelled) {
    const delivery = of('DeliveryStatus');
    const invoice = of('InvoiceStatus');
    updateRow(writer, 'SalesOrders', orderId, {
      ...{ DeliveryStatus: delivery, InvoiceStatus: invoice, Status: overall(delivery, invoice) },
    });
  }
  for (const item of new Set(lines.map((line) => line['Item'] ?? null))) {
    if (order['WarehouseID'] !== null) replan(writer, item, order['WarehouseID'] ?? null);
  }
}
