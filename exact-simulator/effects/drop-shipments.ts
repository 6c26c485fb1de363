/*
 * Drop shipments (Exact KB, sales): the supplier sends the goods to the customer himself. Sales and
 * purchase order lines go on together; stock stays as it is, numbers come and go at once.
 */
import type { Row, SqlValue } from '../store/database.ts';
import { findRow, insertRow, updateRow, type Writer } from '../store/rows.ts';
import { broken, number, rounded, type Body, type Effect } from './effect.ts';
import {
  checkTogether,
  deliverable,
  headerRow,
  lineRow,
  updateTexts,
  type DeliveryLine,
} from './goods-delivery.ts';
import { checkNumber, checkSum, mustFind, nestedNumbers, NESTED_NUMBERS } from './movements.ts';
import { moveNumber } from './numbers.ts';
import { CANCELLED, refreshOrder } from './purchase-orders.ts';
import { bookDelivered, refreshSalesOrder } from './sales-status.ts';

/** `StockTransactionType` of a drop shipment out and in. */
const OUT = 122;
const INTO = 132;

/** The purchase line the goods come from. Throws when it is not that of the sales line. */
function purchaseLineOf(writer: Writer, line: DeliveryLine): Row {
  const field = 'PurchaseOrderLineID';
  const purchaseLine = mustFind(writer, 'PurchaseOrderLines', line.body.fields[field], field);
  const order = mustFind(writer, 'PurchaseOrders', purchaseLine['PurchaseOrderID'], field);
  const linked = line.orderLine['PurchaseOrderLine'] ?? purchaseLine['ID'];
  const fits = purchaseLine['Item'] === line.item['ID'] && linked === purchaseLine['ID'];
  if (!fits || number(order['DropShipment']) === 0) throw broken(writer, 'invalid', field);
  const name = String(order['OrderNumber']);
  if (number(order['OrderStatus']) === CANCELLED) throw broken(writer, 'cancelled', name);
  if (number(order['ApprovalStatus']) === 0) throw broken(writer, 'notApproved', name);
  const open = number(purchaseLine['Quantity']) - number(purchaseLine['ReceivedQuantity']);
  if (line.quantity > rounded(open)) {
    const code = String(line.item['Code']);
    throw broken(writer, 'deliverTooMuch', code, line.quantity, rounded(open));
  }
  return purchaseLine;
}

function bookNumbers(writer: Writer, line: DeliveryLine, lineId: string): void {
  const { body, item, order } = line;
  const warehouse = mustFind(writer, 'Warehouses', order['WarehouseID'], 'Warehouse');
  const numbers = nestedNumbers(writer, body, item, { warehouse, location: null });
  checkSum(writer, item, numbers, line.quantity);
  const place = { item: item['ID'] ?? null, warehouse: warehouse['ID'] ?? null, location: null };
  for (const n of numbers) {
    const { quantity } = n;
    checkNumber(writer, { item, warehouse: place.warehouse, quantity }, n);
    const { type, number: name, endDate, remarks } = n;
    const common = { type, number: name, endDate, remarks, ...place };
    const arrival = { transactionId: writer.newId(), transactionType: INTO };
    moveNumber(writer, { ...common, quantity, ...arrival });
    moveNumber(writer, {
      ...{ ...common, quantity: -quantity, transactionId: lineId, transactionType: OUT },
      links: { SalesOrderLine: line.orderLine['ID'] ?? null },
    });
  }
}

function create(writer: Writer, body: Body): string {
  let entryId = '';
  let first: Row | undefined;
  const sales = new Set<SqlValue>();
  const purchases = new Set<SqlValue>();
  for (const [n, child] of (body.children['DropShipmentLines'] ?? []).entries()) {
    const line = deliverable(writer, child, true);
    const purchaseLine = purchaseLineOf(writer, line);
    if (first === undefined) {
      first = line.order;
      entryId = insertRow(writer, 'DropShipments', headerRow(writer, body, first));
    }
    checkTogether(writer, first, line.order);
    const purchaseLineId = purchaseLine['ID'] ?? null;
    const lineId = insertRow(writer, 'DropShipmentLines', {
      ...{ ...lineRow(entryId, line, n + 1), PurchaseOrderLineID: purchaseLineId },
    });
    bookNumbers(writer, line, lineId);
    bookDelivered(writer, line.orderLine['ID'] ?? null, line.quantity);
    const now = findRow(writer, 'PurchaseOrderLines', purchaseLineId);
    updateRow(writer, 'PurchaseOrderLines', purchaseLineId, {
      ReceivedQuantity: rounded(number(now?.['ReceivedQuantity']) + line.quantity),
    });
    sales.add(line.order['OrderID'] ?? null);
    purchases.add(purchaseLine['PurchaseOrderID'] ?? null);
  }
  for (const orderId of sales) refreshSalesOrder(writer, orderId);
  for (const orderId of purchases) refreshOrder(writer, orderId);
  return entryId;
}

export const dropShipment: Effect = {
  mandatory: NESTED_NUMBERS,
  create,
  update: (writer, row, body) => {
    updateRow(writer, 'DropShipments', row['EntryID'] ?? null, body.fields);
  },
};

export const dropShipmentLine: Effect = {
  createForbidden: 'linesThroughHeader',
  update: updateTexts('DropShipmentLines', [
    ...['SalesOrderLineID', 'PurchaseOrderLineID', 'QuantityDelivered', 'EntryID'],
  ]),
};
