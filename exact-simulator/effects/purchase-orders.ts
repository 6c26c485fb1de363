/*
 * What follows for a purchase order when something was received on it or a person changed it:
 * statuses, planned stock and the row versions of the flat purchase order sync.
 */
import type { Row, SqlValue } from '../store/database.ts';
import { deleteRow, findRow, touchRow, updateRow, type Writer } from '../store/rows.ts';
import { number, rounded } from './effect.ts';
import { replan } from './stock.ts';

export const OPEN = 10;
export const PARTIAL = 20;
export const COMPLETE = 30;
export const CANCELLED = 40;

export function linesOf(writer: Writer, orderId: SqlValue): Row[] {
  return writer.store.all(
    'SELECT * FROM "PurchaseOrderLines" WHERE "PurchaseOrderID" = ? ORDER BY "LineNumber"',
    orderId,
  );
}

/** Item units in one purchase unit of an order line (1 for a line without quantity). */
export function unitFactor(line: Row): number {
  const inPurchaseUnits = number(line['QuantityInPurchaseUnits']);
  return inPurchaseUnits === 0 ? 1 : number(line['Quantity']) / inPurchaseUnits;
}

function receiptStatus(lines: Row[]): number {
  const done = lines.every((l) => number(l['ReceivedQuantity']) >= number(l['Quantity']));
  if (done && lines.length > 0) return COMPLETE;
  return lines.some((l) => number(l['ReceivedQuantity']) > 0) ? PARTIAL : OPEN;
}

/**
 * Brings an order up to date after its lines changed: `ReceiptStatus` 10, 20 or 30; `OrderStatus`
 * is complete only once the order is invoiced as well; planned stock; and, because purchase order
 * sync is flat, a fresh row version for the header and every line.
 */
export function refreshOrder(writer: Writer, orderId: SqlValue): void {
  const order = findRow(writer, 'PurchaseOrders', orderId);
  if (!order) return;
  const lines = linesOf(writer, orderId);
  const status = receiptStatus(lines);
  const cancelled = number(order['OrderStatus']) === CANCELLED;
  const invoiced = number(order['InvoiceStatus']) === COMPLETE;
  const orderStatus = status === COMPLETE && !invoiced ? PARTIAL : status;
  const values = cancelled ? {} : { ReceiptStatus: status, OrderStatus: orderStatus };
  updateRow(writer, 'PurchaseOrders', orderId, values);
  for (const line of lines) {
    touchRow(writer, 'PurchaseOrderLines', line['ID'] ?? null);
    replan(writer, line['Item'] ?? null, order['Warehouse'] ?? null);
  }
}

/** A person changed a line in Exact: the stock quantity follows, then the order. */
export function refreshLine(writer: Writer, before: Row, after: Row): void {
  const wanted = number(after['QuantityInPurchaseUnits']);
  if (wanted !== number(before['QuantityInPurchaseUnits'])) {
    updateRow(writer, 'PurchaseOrderLines', after['ID'] ?? null, {
      Quantity: rounded(wanted * unitFactor(before)),
    });
  }
  const order = findRow(writer, 'PurchaseOrders', after['PurchaseOrderID'] ?? null);
  if (before['Item'] !== after['Item']) {
    replan(writer, before['Item'] ?? null, order?.['Warehouse'] ?? null);
  }
  refreshOrder(writer, after['PurchaseOrderID'] ?? null);
}

/** A person deleted an order: its lines go with it and nothing is planned on it any more. */
export function deleteOrder(writer: Writer, order: Row): void {
  const lines = linesOf(writer, order['PurchaseOrderID'] ?? null);
  for (const line of lines) deleteRow(writer, 'PurchaseOrderLines', line['ID'] ?? null);
  deleteRow(writer, 'PurchaseOrders', order['PurchaseOrderID'] ?? null);
  for (const line of lines) replan(writer, line['Item'] ?? null, order['Warehouse'] ?? null);
}

/** A person deleted one line of an order. */
export function deleteLine(writer: Writer, line: Row): void {
  const order = findRow(writer, 'PurchaseOrders', line['PurchaseOrderID'] ?? null);
  deleteRow(writer, 'PurchaseOrderLines', line['ID'] ?? null);
  replan(writer, line['Item'] ?? null, order?.['Warehouse'] ?? null);
  refreshOrder(writer, line['PurchaseOrderID'] ?? null);
}
