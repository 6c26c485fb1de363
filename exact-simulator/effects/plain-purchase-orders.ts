/*
 * Writing purchase orders over the API (Exact KB, purchase orders): what a client sends is in
 * purchase units; stock units, prices and numbers follow from the supplier's item.
 */
import type { Row, SqlValue } from '../store/database.ts';
import { findRow, insertRow, updateRow, type Writer } from '../store/rows.ts';
import { broken, number, rounded, type Body, type Effect } from './effect.ts';
import { nextLine } from './manufacturing-plain.ts';
import { orderNumber } from './order-numbers.ts';
import { cents, checkLinks } from './order-fields.ts';
import { storable, today } from './plain-master.ts';
import {
  deleteLine,
  deleteOrder,
  linesOf,
  refreshLine,
  refreshOrder,
  unitFactor,
} from './purchase-orders.ts';
import { replan } from './stock.ts';

/** `Source` of an order made over the REST API. */
const SOURCE_REST = 11;
const APPROVED_AUTOMATICALLY = 1;

const LINKS = {
  ...{ Supplier: 'Accounts', Warehouse: 'Warehouses', ShippingMethod: 'ShippingMethods' },
  ...{ SelectionCode: 'SelectionCodes' },
};

/** The quantity in stock units; refuses what the item does not allow. */
function stockQuantity(writer: Writer, item: Row, quantity: number, factor: number): number {
  const code = String(item['Code'] ?? '');
  if (quantity <= 0) throw broken(writer, 'notPositive', code);
  const inStockUnits = rounded(quantity * factor);
  if (number(item['IsFractionAllowedItem']) === 0 && !Number.isInteger(inStockUnits)) {
    throw broken(writer, 'fraction', code);
  }
  return inStockUnits;
}

/** Price and amounts of a line, from what was sent or was there before. */
function amounts(line: Row, fallback: SqlValue): Row {
  const unitPrice = number(line['UnitPrice'] ?? fallback);
  const discount = number(line['Discount']);
  const netPrice = number(line['NetPrice'] ?? unitPrice * (1 - discount));
  const amount = cents(netPrice * number(line['QuantityInPurchaseUnits']));
  const vat = number(line['VATPercentage'] ?? 0.21);
  return {
    ...{ UnitPrice: unitPrice, Discount: discount, NetPrice: netPrice, AmountDC: amount },
    ...{ AmountFC: amount, VATPercentage: vat, VATAmount: cents(amount * vat) },
  };
}

function putLine(writer: Writer, order: Row, body: Body): void {
  const { fields } = body;
  checkLinks(writer, fields, { Item: 'Items' });
  const itemId = fields['Item'] ?? null;
  const item = findRow(writer, 'Items', itemId) ?? {};
  const offer = writer.store.get(
    'SELECT * FROM "SupplierItems" WHERE "Item" = ? AND "Supplier" = ?',
    itemId,
    order['Supplier'] ?? null,
  );
  const factor = number(offer?.['PurchaseUnitFactor'] ?? 1);
  const orderId = order['PurchaseOrderID'] ?? null;
  insertRow(writer, 'PurchaseOrderLines', {
    ...{ Description: item['Description'] ?? null, VATCode: '2  ', Rebill: 0 },
    ReceiptDate: order['ReceiptDate'] ?? null,
    ...storable('PurchaseOrderLines', fields),
    ...amounts(fields, offer?.['PurchasePrice'] ?? item['CostPriceStandard'] ?? null),
    Quantity: stockQuantity(writer, item, number(fields['QuantityInPurchaseUnits']), factor),
    Unit: offer?.['PurchaseUnit'] ?? item['Unit'] ?? null,
    SupplierItemCode: offer?.['SupplierItemCode'] ?? null,
    ...{ PurchaseOrderID: orderId, ReceivedQuantity: 0, InvoicedQuantity: 0 },
    LineNumber: nextLine(writer, 'PurchaseOrderLines', 'PurchaseOrderID', orderId),
    SupplierItemCopyRemarks: offer?.['CopyRemarks'] ?? 0,
  });
}

function create(writer: Writer, body: Body): string {
  checkLinks(writer, body.fields, LINKS);
  const fields = storable('PurchaseOrders', body.fields);
  const main = writer.store.get(
    'SELECT "ID" FROM "Warehouses" WHERE "_division" = ? AND "Main" = 1',
    writer.division,
  );
  const day = today(writer);
  const id = insertRow(writer, 'PurchaseOrders', {
    ...{ OrderDate: day, ReceiptDate: day, Currency: 'EUR', ExchangeRate: 1 },
    ...fields,
    OrderNumber: orderNumber(writer, 'PurchaseOrders', fields['OrderNumber']),
    Warehouse: fields['Warehouse'] ?? main?.['ID'] ?? null,
    ...{ OrderStatus: 10, ReceiptStatus: 10, InvoiceStatus: 10, Source: SOURCE_REST },
    ...{ ApprovalStatus: APPROVED_AUTOMATICALLY, DropShipment: 0 },
  });
  const order = findRow(writer, 'PurchaseOrders', id) ?? {};
  for (const line of body.children['PurchaseOrderLines'] ?? []) putLine(writer, order, line);
  refreshOrder(writer, id);
  return id;
}

function isReceived(lines: Row[]): boolean {
  return lines.some((line) => number(line['ReceivedQuantity']) !== 0);
}

function update(writer: Writer, row: Row, body: Body): void {
  const id = row['PurchaseOrderID'] ?? null;
  const fields = storable('PurchaseOrders', body.fields);
  checkLinks(writer, fields, LINKS);
  const lines = linesOf(writer, id);
  for (const name of ['Supplier', 'Warehouse']) {
    const isOther = fields[name] !== undefined && fields[name] !== row[name];
    if (isOther && isReceived(lines)) throw broken(writer, 'invalid', name);
  }
  const sent = fields['OrderNumber'];
  if (sent !== undefined && sent !== row['OrderNumber']) {
    fields['OrderNumber'] = orderNumber(writer, 'PurchaseOrders', sent);
  }
  updateRow(writer, 'PurchaseOrders', id, fields);
  refreshOrder(writer, id);
  if (fields['Warehouse'] === undefined || fields['Warehouse'] === row['Warehouse']) return;
  for (const line of lines) replan(writer, line['Item'] ?? null, row['Warehouse'] ?? null);
}

function remove(writer: Writer, row: Row): void {
  const number_ = String(row['OrderNumber'] ?? '');
  if (isReceived(linesOf(writer, row['PurchaseOrderID'] ?? null))) {
    throw broken(writer, 'usedIn', number_, 'GoodsReceipts');
  }
  deleteOrder(writer, row);
}

function updateLine(writer: Writer, row: Row, body: Body): void {
  const fields = storable('PurchaseOrderLines', body.fields);
  checkLinks(writer, fields, { Item: 'Items' });
  const isMoved = (name: string) => fields[name] !== undefined && fields[name] !== row[name];
  if (isMoved('PurchaseOrderID')) throw broken(writer, 'invalid', 'PurchaseOrderID');
  if (isMoved('Item') && isReceived([row])) throw broken(writer, 'invalid', 'Item');
  const line = { ...row, ...fields };
  // A new price or discount makes a new net price, unless that was sent as a new one itself.
  const isRepriced = isMoved('UnitPrice') || isMoved('Discount');
  const isPriced = ['QuantityInPurchaseUnits', 'NetPrice', 'VATPercentage'].some(isMoved);
  if (isRepriced && !isMoved('NetPrice')) line['NetPrice'] = null;
  const item = findRow(writer, 'Items', line['Item'] ?? null) ?? {};
  const wanted = number(line['QuantityInPurchaseUnits']);
  const quantity = stockQuantity(writer, item, wanted, unitFactor(row));
  if (quantity < number(row['ReceivedQuantity']) && quantity !== number(row['Quantity'])) {
    throw broken(writer, 'invalid', 'QuantityInPurchaseUnits');
  }
  updateRow(writer, 'PurchaseOrderLines', row['ID'] ?? null, {
    ...{ ...fields, Quantity: quantity },
    ...(isRepriced || isPriced ? amounts(line, null) : {}),
  });
  const after = findRow(writer, 'PurchaseOrderLines', row['ID'] ?? null) ?? {};
  refreshLine(writer, { ...row, QuantityInPurchaseUnits: wanted }, after);
}

function removeLine(writer: Writer, row: Row): void {
  if (linesOf(writer, row['PurchaseOrderID'] ?? null).length <= 1) throw broken(writer, 'lastLine');
  if (isReceived([row])) {
    throw broken(writer, 'usedIn', String(row['Description'] ?? ''), 'GoodsReceipts');
  }
  deleteLine(writer, row);
}

export const purchaseOrderEffects: Readonly<Record<string, Effect>> = {
  'PurchaseOrder/PurchaseOrders': {
    mandatory: { 'PurchaseOrder/PurchaseOrderLines': ['Item', 'QuantityInPurchaseUnits'] },
    ...{ create, update, remove },
  },
  'PurchaseOrder/PurchaseOrderLines': {
    createForbidden: 'linesThroughHeader',
    ...{ update: updateLine, remove: removeLine },
  },
};
