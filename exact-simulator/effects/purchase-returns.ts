/*
 * Purchase returns (Exact KB, purchase returns): goods of a receipt go back to their supplier. With
 * a credit note the order line stays received; without one the supplier delivers again, so that
 * the line is open for what went back.
 */
import type { Row, SqlValue } from '../store/database.ts';
import { findRow, insertRow, updateRow, type Writer } from '../store/rows.ts';
import { broken, number, rounded, type Body, type Effect } from './effect.ts';
import { updateTexts } from './goods-delivery.ts';
import { checkQuantity } from './manufacturing-stock.ts';
import { bookLine, checkSum, lineLocation, mustFind, nestedNumbers } from './movements.ts';
import { NESTED_NUMBERS } from './movements.ts';
import { BATCH } from './numbers.ts';
import { refreshOrder, unitFactor } from './purchase-orders.ts';

/** `StockTransactionType` of a purchase return. */
const PURCHASE_RETURN = 131;
const PROCESSED = 50;

interface ReturnLine {
  body: Body;
  receiptLine: Row;
  receipt: Row;
  orderLine: Row;
  item: Row;
  /** In purchase units, as on the receipt. */
  quantity: number;
}

function readLine(writer: Writer, body: Body): ReturnLine {
  const { fields } = body;
  const field = 'GoodsReceiptLineID';
  const receiptLine = mustFind(writer, 'GoodsReceiptLines', fields[field], field);
  const receipt = mustFind(writer, 'GoodsReceipts', receiptLine['GoodsReceiptID'], field);
  const orderLineId = fields['PurchaseOrderLineID'] ?? null;
  if (receiptLine['PurchaseOrderLineID'] !== orderLineId) {
    throw broken(writer, 'invalid', 'PurchaseOrderLineID');
  }
  const orderLine = mustFind(writer, 'PurchaseOrderLines', orderLineId, 'PurchaseOrderLineID');
  const item = mustFind(writer, 'Items', receiptLine['Item'], field);
  const quantity = number(fields['ReturnQuantity']);
  checkQuantity(writer, item, rounded(quantity * unitFactor(orderLine)));
  const before = writer.store.get(
    'SELECT sum("ReturnQuantity") AS n FROM "PurchaseReturnLines" WHERE "GoodsReceiptLineID" = ?',
    receiptLine['ID'] ?? null,
  );
  const left = rounded(number(receiptLine['QuantityReceived']) - number(before?.['n']));
  if (quantity > left) {
    throw broken(writer, 'returnTooMuch', String(item['Code']), quantity, left);
  }
  return { body, receiptLine, receipt, orderLine, item, quantity };
}

function bookReturnLine(writer: Writer, entryId: string, line: ReturnLine, n: number): void {
  const { body, receipt, receiptLine, orderLine, item, quantity } = line;
  const warehouse = mustFind(writer, 'Warehouses', receipt['Warehouse'], 'Warehouse');
  const sent = body.fields['Location'] ?? receiptLine['Location'];
  const location = lineLocation(writer, sent, warehouse, 'default');
  const factor = unitFactor(orderLine);
  const numbers = nestedNumbers(writer, body, item, { warehouse, location }).map((one) => ({
    ...one,
    quantity: one.type === BATCH ? rounded(one.quantity * factor) : 1,
  }));
  const stockQuantity = rounded(quantity * factor);
  checkSum(writer, item, numbers, stockQuantity);
  const createCredit = number(body.fields['CreateCredit']);
  const lineId = insertRow(writer, 'PurchaseReturnLines', {
    ...{ EntryID: entryId, LineNumber: n, GoodsReceiptLineID: receiptLine['ID'] ?? null },
    ...{ PurchaseOrderLineID: orderLine['ID'] ?? null, Item: item['ID'] ?? null },
    ...{ ReturnQuantity: quantity, Location: location, CreateCredit: createCredit, Rebill: 0 },
    Notes: body.fields['Notes'] ?? null,
  });
  bookLine(
    writer,
    {
      ...{ item, warehouse: warehouse['ID'] ?? null, location, quantity: -stockQuantity },
      ...{ transactionId: lineId, transactionType: PURCHASE_RETURN },
    },
    numbers,
  );
  if (createCredit !== 0) return;
  // Two lines of one document may return on the same order line, so the row is read again.
  const now = findRow(writer, 'PurchaseOrderLines', orderLine['ID'] ?? null);
  updateRow(writer, 'PurchaseOrderLines', orderLine['ID'] ?? null, {
    ReceivedQuantity: rounded(number(now?.['ReceivedQuantity']) - stockQuantity),
  });
}

function create(writer: Writer, body: Body): string {
  let entryId = '';
  let first: Row | undefined;
  const orders = new Set<SqlValue>();
  for (const [n, child] of (body.children['PurchaseReturnLines'] ?? []).entries()) {
    const line = readLine(writer, child);
    if (first === undefined) {
      first = line.receipt;
      const text = (name: string) => ({ [name]: body.fields[name] ?? null });
      entryId = insertRow(writer, 'PurchaseReturns', {
        ...{ ...text('ReturnDate'), ...text('Description'), ...text('Remarks') },
        ...{ ...text('YourRef'), ...text('TrackingNumber'), ...text('Document') },
        ...{ Supplier: first['Supplier'] ?? null, Warehouse: first['Warehouse'] ?? null },
        ...{ SupplierContact: first['SupplierContact'] ?? null, Status: PROCESSED },
        ReturnNumber: writer.store.next('PurchaseReturns.ReturnNumber'),
      });
    }
    const { Supplier, Warehouse } = first;
    if (Supplier !== line.receipt['Supplier'] || Warehouse !== line.receipt['Warehouse']) {
      throw broken(writer, 'returnMixed');
    }
    bookReturnLine(writer, entryId, line, n + 1);
    orders.add(line.orderLine['PurchaseOrderID'] ?? null);
  }
  for (const orderId of orders) refreshOrder(writer, orderId);
  return entryId;
}

export const purchaseReturn: Effect = {
  mandatory: NESTED_NUMBERS,
  create,
  update: (writer, row, body) => {
    updateRow(writer, 'PurchaseReturns', row['ID'] ?? null, body.fields);
  },
};

export const purchaseReturnLine: Effect = {
  createForbidden: 'linesThroughHeader',
  update: updateTexts('PurchaseReturnLines', [
    ...['GoodsReceiptLineID', 'PurchaseOrderLineID', 'ReturnQuantity', 'Location', 'EntryID'],
    'CreateCredit',
  ]),
};
