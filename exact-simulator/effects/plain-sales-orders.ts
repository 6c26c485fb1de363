/*
 * Writing sales orders over the API (Exact KB, sales orders): header with nested lines, lines of an
 * open order on their own, order charges. Delivering is another document.
 */
import type { Row } from '../store/database.ts';
import { userMay } from '../store/rights.ts';
import { deleteRow, findRow, insertRow, updateRow, type Writer } from '../store/rows.ts';
import { ApiError } from '../http/answer.ts';
import { broken, number, rounded, type Body, type Effect } from './effect.ts';
import { nextLine } from './manufacturing-plain.ts';
import { text } from './messages.ts';
import { orderNumber } from './order-numbers.ts';
import { cents, checkLinks } from './order-fields.ts';
import { storable, today } from './plain-master.ts';
import { bookDelivered, refreshSalesOrder, SALES, salesLinesOf } from './sales-status.ts';
import { replan } from './stock.ts';

const APPROVED = 2;

const LINKS = {
  ...{ OrderedBy: 'Accounts', DeliverTo: 'Accounts', InvoiceTo: 'Accounts' },
  ...{ WarehouseID: 'Warehouses', ShippingMethod: 'ShippingMethods' },
  ...{ SelectionCode: 'SelectionCodes' },
};

const LINE_LINKS = {
  Item: 'Items',
  ShopOrder: 'ShopOrders',
  ItemVersion: 'BillOfMaterialVersions',
};

/** Approving by hand needs a right of its own (Exact KB, rights). */
function approval(writer: Writer, fields: Row, before: number): Row {
  const wanted = fields['ApprovalStatus'];
  if (wanted === undefined || wanted === null || wanted === before) return {};
  if (![0, 1, APPROVED].includes(Number(wanted))) throw broken(writer, 'invalid', 'ApprovalStatus');
  if (wanted !== APPROVED) return { Approved: null, Approver: null };
  if (!userMay(writer.store, 'salesorder/SalesOrders', 'APPROVE')) {
    throw new ApiError(403, text(writer.store, 'noRight'));
  }
  return { Approved: writer.clock.wallMs(), Approver: writer.user };
}

function checkQuantity(writer: Writer, item: Row, quantity: number): number {
  const code = String(item['Code'] ?? '');
  // Negative is a trade-in; only nothing at all is refused.
  if (quantity === 0) throw broken(writer, 'invalid', 'Quantity');
  if (number(item['IsFractionAllowedItem']) === 0 && !Number.isInteger(quantity)) {
    throw broken(writer, 'fraction', code);
  }
  return rounded(quantity);
}

function amounts(line: Row): Row {
  const unitPrice = number(line['UnitPrice']);
  const discount = number(line['Discount']);
  const netPrice = number(line['NetPrice'] ?? unitPrice * (1 - discount));
  const amount = cents(netPrice * number(line['Quantity']));
  const vat = number(line['VATPercentage'] ?? 0.21);
  return {
    ...{ UnitPrice: unitPrice, Discount: discount, NetPrice: netPrice, AmountFC: amount },
    ...{ AmountDC: amount, VATPercentage: vat, VATAmount: cents(amount * vat) },
  };
}

function putLine(writer: Writer, order: Row, body: Body): string {
  const fields = storable('SalesOrderLines', body.fields);
  checkLinks(writer, fields, LINE_LINKS);
  const item = findRow(writer, 'Items', fields['Item'] ?? null) ?? {};
  const quantity = checkQuantity(writer, item, number(fields['Quantity'] ?? 1));
  const unitPrice = fields['UnitPrice'] ?? item['StandardSalesPrice'] ?? null;
  const orderId = order['OrderID'] ?? null;
  return insertRow(writer, 'SalesOrderLines', {
    ...{ Description: item['Description'] ?? null, VATCode: '2  ', UseDropShipment: 0 },
    // Unit codes of sales lines come without padding (Exact KB, values in JSON).
    UnitCode: String(item['Unit'] ?? '').trim(),
    DeliveryDate: order['DeliveryDate'] ?? null,
    ...{ ...fields, Quantity: quantity },
    ...amounts({ ...fields, Quantity: quantity, UnitPrice: unitPrice }),
    ...{ OrderID: orderId, OrderNumber: order['OrderNumber'] ?? null },
    LineNumber: nextLine(writer, 'SalesOrderLines', 'OrderID', orderId),
    ...{ QuantityDelivered: 0, QuantityInvoiced: 0, OrderStatus: SALES.open },
    ...{ DeliveryStatus: SALES.open, InvoiceStatus: SALES.open },
  });
}

function putCharge(writer: Writer, orderId: string, body: Body): string {
  const { fields } = body;
  const net = number(fields['AmountFCExclVAT']);
  const gross = number(fields['AmountFCInclVAT'] ?? net * 1.21);
  return insertRow(writer, 'SalesOrderChargeLines', {
    ...{ IsShippingCost: 0, VATCode: '2  ', VATPercentage: 0.21 },
    ...{ ...fields, OrderID: orderId, AmountFCExclVAT: net, AmountFCInclVAT: cents(gross) },
    ...{ AmountVATFC: cents(gross - net), AmountDC: net },
    LineNumber: nextLine(writer, 'SalesOrderChargeLines', 'OrderID', orderId),
  });
}

function create(writer: Writer, body: Body): string {
  const fields = storable('SalesOrders', body.fields);
  checkLinks(writer, fields, LINKS);
  const main = writer.store.get(
    'SELECT "ID" FROM "Warehouses" WHERE "_division" = ? AND "Main" = 1',
    writer.division,
  );
  const day = today(writer);
  const customer = fields['OrderedBy'] ?? null;
  const id = insertRow(writer, 'SalesOrders', {
    ...{ OrderDate: day, DeliveryDate: day, Currency: 'EUR', Discount: 0, ApprovalStatus: 1 },
    ...{ ...fields, ...approval(writer, fields, 1) },
    ...{ DeliverTo: fields['DeliverTo'] ?? customer, InvoiceTo: fields['InvoiceTo'] ?? customer },
    OrderNumber: orderNumber(writer, 'SalesOrders', fields['OrderNumber']),
    WarehouseID: fields['WarehouseID'] ?? main?.['ID'] ?? null,
    ...{ Status: SALES.open, DeliveryStatus: SALES.open, InvoiceStatus: SALES.open },
  });
  const order = findRow(writer, 'SalesOrders', id) ?? {};
  for (const line of body.children['SalesOrderLines'] ?? []) putLine(writer, order, line);
  for (const charge of body.children['SalesOrderOrderChargeLines'] ?? []) {
    putCharge(writer, id, charge);
  }
  refreshSalesOrder(writer, id);
  return id;
}

function isDelivered(lines: Row[]): boolean {
  return lines.some((line) => number(line['QuantityDelivered']) !== 0);
}

/** Who ordered, where it goes and who pays cannot change later (Exact KB, sales orders). */
const FIXED = ['OrderedBy', 'DeliverTo', 'InvoiceTo'];

function update(writer: Writer, row: Row, body: Body): void {
  const id = row['OrderID'] ?? null;
  const fields = storable('SalesOrders', body.fields);
  checkLinks(writer, fields, LINKS);
  const isMoved = (name: string) => fields[name] !== undefined && fields[name] !== row[name];
  const fixed = FIXED.find(isMoved);
  if (fixed !== undefined) throw broken(writer, 'invalid', fixed);
  const lines = salesLinesOf(writer, id);
  const isElsewhere = isMoved('WarehouseID');
  if (isElsewhere && isDelivered(lines)) throw broken(writer, 'invalid', 'WarehouseID');
  if (isMoved('OrderNumber')) {
    fields['OrderNumber'] = orderNumber(writer, 'SalesOrders', fields['OrderNumber']);
  }
  const approved = approval(writer, fields, number(row['ApprovalStatus']));
  updateRow(writer, 'SalesOrders', id, { ...fields, ...approved });
  refreshSalesOrder(writer, id);
  if (!isElsewhere) return;
  for (const line of lines) replan(writer, line['Item'] ?? null, row['WarehouseID'] ?? null);
}

function dropLine(writer: Writer, line: Row): void {
  const id = line['ID'] ?? null;
  const picks = writer.store.all(
    'SELECT "ID" FROM "PickOrderLines" WHERE "SalesOrderLineID" = ?',
    id,
  );
  for (const pick of picks) {
    writer.store.run('DELETE FROM "PickLocations" WHERE "PickOrderLineID" = ?', pick['ID'] ?? null);
    deleteRow(writer, 'PickOrderLines', pick['ID'] ?? null);
  }
  deleteRow(writer, 'SalesOrderLines', id);
}

/** An order goes with its lines and charges; nothing is planned on it any more. */
export function deleteSalesOrder(writer: Writer, order: Row): void {
  const id = order['OrderID'] ?? null;
  const lines = salesLinesOf(writer, id);
  for (const line of lines) dropLine(writer, line);
  const charges = writer.store.all(
    'SELECT "ID" FROM "SalesOrderChargeLines" WHERE "OrderID" = ?',
    id,
  );
  for (const charge of charges) deleteRow(writer, 'SalesOrderChargeLines', charge['ID'] ?? null);
  deleteRow(writer, 'SalesOrders', id);
  for (const line of lines) {
    replan(writer, line['Item'] ?? null, order['WarehouseID'] ?? null);
  }
}

function remove(writer: Writer, row: Row): void {
  if (isDelivered(salesLinesOf(writer, row['OrderID'] ?? null))) {
    throw broken(writer, 'usedIn', String(row['OrderNumber'] ?? ''), 'GoodsDeliveries');
  }
  deleteSalesOrder(writer, row);
}

function createLine(writer: Writer, body: Body): string {
  const order = findRow(writer, 'SalesOrders', body.fields['OrderID'] ?? null);
  if (!order) throw broken(writer, 'invalid', 'OrderID');
  if (number(order['Status']) === SALES.cancelled) {
    throw broken(writer, 'salesCancelled', number(order['OrderNumber']));
  }
  if (number(order['Status']) === SALES.complete) throw broken(writer, 'invalid', 'OrderID');
  const id = putLine(writer, order, body);
  refreshSalesOrder(writer, order['OrderID'] ?? null);
  return id;
}

function updateLine(writer: Writer, row: Row, body: Body): void {
  const id = row['ID'] ?? null;
  const fields = storable('SalesOrderLines', body.fields);
  checkLinks(writer, fields, LINE_LINKS);
  const isMoved = (name: string) => fields[name] !== undefined && fields[name] !== row[name];
  for (const name of ['OrderID', 'OrderNumber']) {
    if (isMoved(name)) throw broken(writer, 'invalid', name);
  }
  if (isMoved('Item') && isDelivered([row])) throw broken(writer, 'invalid', 'Item');
  const line = { ...row, ...fields };
  const isRepriced = isMoved('UnitPrice') || isMoved('Discount');
  const isPriced = ['Quantity', 'NetPrice', 'VATPercentage'].some(isMoved);
  if (isRepriced && !isMoved('NetPrice')) line['NetPrice'] = null;
  const item = findRow(writer, 'Items', line['Item'] ?? null) ?? {};
  const quantity = checkQuantity(writer, item, number(line['Quantity']));
  if (Math.abs(quantity) < Math.abs(number(row['QuantityDelivered']))) {
    throw broken(writer, 'invalid', 'Quantity');
  }
  const priced = isRepriced || isPriced ? amounts({ ...line, Quantity: quantity }) : {};
  updateRow(writer, 'SalesOrderLines', id, { ...fields, ...priced, Quantity: quantity });
  bookDelivered(writer, id, 0);
  refreshSalesOrder(writer, row['OrderID'] ?? null);
  const order = findRow(writer, 'SalesOrders', row['OrderID'] ?? null);
  if (isMoved('Item')) replan(writer, row['Item'] ?? null, order?.['WarehouseID'] ?? null);
}

/** A person, or the API, takes one line off an order. */
export function deleteSalesLine(writer: Writer, line: Row): void {
  const order = findRow(writer, 'SalesOrders', line['OrderID'] ?? null);
  dropLine(writer, line);
  refreshSalesOrder(writer, line['OrderID'] ?? null);
  replan(writer, line['Item'] ?? null, order?.['WarehouseID'] ?? null);
}

function removeLine(writer: Writer, row: Row): void {
  if (salesLinesOf(writer, row['OrderID'] ?? null).length <= 1) throw broken(writer, 'lastLine');
  if (isDelivered([row])) {
    throw broken(writer, 'usedIn', String(row['Description'] ?? ''), 'GoodsDeliveries');
  }
  deleteSalesLine(writer, row);
}

const chargeLine: Effect = {
  create: (writer, body) => {
    const orderId = body.fields['OrderID'] ?? null;
    if (!findRow(writer, 'SalesOrders', orderId)) throw broken(writer, 'invalid', 'OrderID');
    return putCharge(writer, String(orderId), body);
  },
  update: (writer, row, body) => {
    const isOther = ![undefined, row['OrderID']].includes(body.fields['OrderID']);
    if (isOther) throw broken(writer, 'invalid', 'OrderID');
    const line = { ...row, ...body.fields };
    const net = number(line['AmountFCExclVAT']);
    const vat = cents(number(line['AmountFCInclVAT']) - net);
    const values = { ...body.fields, AmountVATFC: vat, AmountDC: net };
    updateRow(writer, 'SalesOrderChargeLines', row['ID'] ?? null, values);
  },
  remove: (writer, row) => {
    deleteRow(writer, 'SalesOrderChargeLines', row['ID'] ?? null);
  },
};

export const salesOrderEffects: Readonly<Record<string, Effect>> = {
  'SalesOrder/SalesOrders': {
    mandatory: {
      'SalesOrder/SalesOrderLines': ['Item'],
      'SalesOrder/SalesOrderOrderChargeLines': [],
    },
    ...{ create, update, remove },
  },
  'SalesOrder/SalesOrderLines': { create: createLine, update: updateLine, remove: removeLine },
  'SalesOrder/SalesOrderOrderChargeLines': chargeLine,
};
