/*
 * Goods deliveries (Exact KB, sales deliveries): the rules of a line, and booking it: stock down,
 * numbers out, the sales order line and its order further. A negative quantity is a trade-in, which
 * comes in. Drop shipments share what happens to the order.
 */
import type { Row, SqlValue } from '../store/database.ts';
import { deleteRow, findRow, insertRow, updateRow, type Writer } from '../store/rows.ts';
import { broken, number, rounded, type Body, type Effect } from './effect.ts';
import { bookLine, checkSum, lineLocation, mustFind, nestedNumbers } from './movements.ts';
import { NESTED_NUMBERS } from './movements.ts';
import { checkQuantity, moveQuantities, numbersOf } from './manufacturing-stock.ts';
import { bookDelivered, refreshSalesOrder, SALES } from './sales-status.ts';

/** `StockTransactionType` of a goods delivery and of a trade-in. */
const GOODS_DELIVERY = 120;
const TRADE_IN = 200;

export interface DeliveryLine {
  body: Body;
  orderLine: Row;
  order: Row;
  item: Row;
  /** In item units; negative for a trade-in. */
  quantity: number;
}

/** The order line a delivery line is about, when the order may be delivered. */
export function deliverable(writer: Writer, body: Body, dropShipment: boolean): DeliveryLine {
  const { fields } = body;
  const orderLine = mustFind(
    writer,
    'SalesOrderLines',
    fields['SalesOrderLineID'],
    'SalesOrderLineID',
  );
  const order = mustFind(writer, 'SalesOrders', orderLine['OrderID'], 'SalesOrderLineID');
  const item = mustFind(writer, 'Items', orderLine['Item'], 'SalesOrderLineID');
  const name = number(order['OrderNumber']);
  if (number(order['Status']) === SALES.cancelled) throw broken(writer, 'salesCancelled', name);
  if (number(order['ApprovalStatus']) === 0) throw broken(writer, 'salesNotApproved', name);
  const isDropShipment = number(orderLine['UseDropShipment']) !== 0;
  if (isDropShipment !== dropShipment) {
    throw broken(writer, isDropShipment ? 'salesDropShipment' : 'salesNoDropShipment', name);
  }
  return { body, orderLine, order, item, quantity: quantityOf(writer, fields, orderLine, item) };
}

function quantityOf(writer: Writer, fields: Row, orderLine: Row, item: Row): number {
  const code = String(item['Code']);
  const quantity = number(fields['QuantityDelivered']);
  const sign = number(orderLine['Quantity']) < 0 ? -1 : 1;
  const closed = number(orderLine['DeliveryStatus']) >= SALES.complete;
  const rest = number(orderLine['Quantity']) - number(orderLine['QuantityDelivered']);
  const open = closed ? 0 : Math.max(rounded(sign * rest), 0);
  checkQuantity(writer, item, sign * quantity);
  if (sign * quantity > open) throw broken(writer, 'deliverTooMuch', code, quantity, open);
  return quantity;
}

/** Refuses lines of several customers or warehouses in one document. */
export function checkTogether(writer: Writer, first: Row, order: Row): void {
  const same = (name: string) => (first[name] ?? null) === (order[name] ?? null);
  if (!same('DeliverTo') || !same('WarehouseID') || !same('DeliveryAddress')) {
    throw broken(writer, 'deliverMixed');
  }
}

function locationSent(writer: Writer, fields: Row, warehouse: Row): SqlValue {
  const sent = fields['StorageLocation'] ?? null;
  const code = fields['StorageLocationCode'] ?? null;
  if (sent !== null || code === null) return sent;
  const found = writer.store.get(
    'SELECT "ID" FROM "StorageLocations" WHERE "Warehouse" = ? AND "Code" = ?',
    warehouse['ID'] ?? null,
    code,
  );
  if (!found) throw broken(writer, 'locationElsewhere', String(warehouse['Code']));
  return found['ID'] ?? null;
}

/** What a document line takes over from its order line; for goods deliveries and drop shipments. */
export function lineRow(entryId: string, line: DeliveryLine, lineNumber: number): Row {
  const { fields } = line.body;
  return {
    ...{ EntryID: entryId, LineNumber: lineNumber, QuantityDelivered: line.quantity },
    ...{ SalesOrderLineID: line.orderLine['ID'] ?? null, Item: line.item['ID'] ?? null },
    Description: fields['Description'] ?? line.orderLine['Description'] ?? null,
    ...{ Notes: fields['Notes'] ?? null, TrackingNumber: fields['TrackingNumber'] ?? null },
  };
}

function bookDeliveryLine(writer: Writer, entryId: string, line: DeliveryLine, n: number): void {
  const { body, item, order, quantity } = line;
  const warehouse = mustFind(writer, 'Warehouses', order['WarehouseID'], 'Warehouse');
  const sent = locationSent(writer, body.fields, warehouse);
  const location = lineLocation(writer, sent, warehouse, 'default');
  const numbers = nestedNumbers(writer, body, item, { warehouse, location });
  checkSum(writer, item, numbers, Math.abs(quantity));
  const row = { ...lineRow(entryId, line, n), StorageLocation: location };
  const lineId = insertRow(writer, 'GoodsDeliveryLines', row);
  bookLine(
    writer,
    {
      ...{ item, warehouse: warehouse['ID'] ?? null, location, quantity: -quantity },
      ...{ transactionId: lineId, transactionType: quantity < 0 ? TRADE_IN : GOODS_DELIVERY },
      links: { SalesOrderLine: line.orderLine['ID'] ?? null },
    },
    numbers,
  );
  bookDelivered(writer, line.orderLine['ID'] ?? null, quantity);
}

/** The header of a delivery or drop shipment, numbered; the shipping method is only what was sent. */
export function headerRow(writer: Writer, body: Body, order: Row): Row {
  const deliveryNumber = writer.store.next('GoodsDeliveries.DeliveryNumber');
  const year = new Date(writer.clock.wallMs()).getUTCFullYear() % 100;
  const { fields } = body;
  return {
    ...{ DeliveryDate: fields['DeliveryDate'] ?? null, DeliveryNumber: deliveryNumber },
    EntryNumber: year * 1_000_000 + 900_000 + deliveryNumber,
    ...{ Description: fields['Description'] ?? null, Remarks: fields['Remarks'] ?? null },
    ...{ Document: fields['Document'] ?? null, ShippingMethod: fields['ShippingMethod'] ?? null },
    TrackingNumber: fields['TrackingNumber'] ?? null,
    DeliveryAccount: order['DeliverTo'] ?? order['OrderedBy'] ?? null,
    DeliveryAddress: order['DeliveryAddress'] ?? null,
    DeliveryContact: order['DeliverToContactPerson'] ?? null,
  };
}

function create(writer: Writer, body: Body): string {
  let entryId = '';
  let first: Row | undefined;
  const orders = new Set<SqlValue>();
  // Line by line, so that a line sees what the lines before it left of its order line and stock.
  for (const [n, child] of (body.children['GoodsDeliveryLines'] ?? []).entries()) {
    const line = deliverable(writer, child, false);
    if (first === undefined) {
      first = line.order;
      const row = headerRow(writer, body, first);
      entryId = insertRow(writer, 'GoodsDeliveries', {
        ...{ ...row, Warehouse: first['WarehouseID'] ?? null },
      });
    }
    checkTogether(writer, first, line.order);
    bookDeliveryLine(writer, entryId, line, n + 1);
    orders.add(line.order['OrderID'] ?? null);
  }
  for (const orderId of orders) refreshSalesOrder(writer, orderId);
  return entryId;
}

/** Fields of a line that are booked and cannot change any more. */
const BOOKED = ['SalesOrderLineID', 'QuantityDelivered', 'StorageLocation', 'EntryID'] as const;

/** PUT of a line changes its texts; what was booked may only be repeated. */
export function updateTexts(table: string, fixed: readonly string[]) {
  return (writer: Writer, row: Row, body: Body): void => {
    const changed = fixed.find((name) => {
      return body.fields[name] !== undefined && body.fields[name] !== row[name];
    });
    if (changed !== undefined) throw broken(writer, 'lineBooked', changed);
    const { Description, Notes, TrackingNumber } = body.fields;
    const texts = Object.entries({ Description, Notes, TrackingNumber });
    const sent = texts.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]));
    updateRow(writer, table, row['ID'] ?? null, Object.fromEntries(sent));
  };
}

/** A person deleted a delivery: stock, numbers and the order are as before it. */
export function deleteDelivery(writer: Writer, delivery: Row): void {
  const entryId = delivery['EntryID'] ?? null;
  const lines = writer.store.all('SELECT * FROM "GoodsDeliveryLines" WHERE "EntryID" = ?', entryId);
  const orders = new Set<SqlValue>();
  for (const line of lines) {
    const lineId = String(line['ID']);
    const item = mustFind(writer, 'Items', line['Item'], 'Item');
    const quantity = number(line['QuantityDelivered']);
    const warehouse = delivery['Warehouse'] ?? null;
    const place = { item, warehouse, location: line['StorageLocation'] ?? null };
    const numbers = numbersOf(writer, lineId);
    moveQuantities(
      writer,
      { ...place, quantity, transactionId: lineId, transactionType: GOODS_DELIVERY },
      numbers,
    );
    const moved = writer.store.all(
      'SELECT "ID" FROM "StockSerialBatchNumbers" WHERE "StockTransactionID" = ?',
      lineId,
    );
    for (const row of moved) deleteRow(writer, 'StockSerialBatchNumbers', row['ID'] ?? null);
    deleteRow(writer, 'GoodsDeliveryLines', lineId);
    bookDelivered(writer, line['SalesOrderLineID'] ?? null, -quantity);
    orders.add(
      findRow(writer, 'SalesOrderLines', line['SalesOrderLineID'] ?? null)?.['OrderID'] ?? null,
    );
  }
  deleteRow(writer, 'GoodsDeliveries', entryId);
  for (const orderId of orders) refreshSalesOrder(writer, orderId);
}

export const goodsDelivery: Effect = {
  mandatory: {
    'SalesOrder/GoodsDeliveryLines': ['SalesOrderLineID', 'QuantityDelivered'],
    ...NESTED_NUMBERS,
  },
  create,
  update: (writer, row, body) => {
    updateRow(writer, 'GoodsDeliveries', row['EntryID'] ?? null, body.fields);
  },
};

export const goodsDeliveryLine: Effect = {
  createForbidden: 'linesThroughHeader',
  update: updateTexts('GoodsDeliveryLines', BOOKED),
};
