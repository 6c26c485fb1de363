/*
 * Booking a goods receipt: document and lines, stock up, planned stock down, batch and serial
 * numbers, the statuses of the orders (Exact KB, state effects). The caller holds the transaction.
 */
import type { Row, SqlValue } from '../store/database.ts';
import { findRow, insertRow, updateRow, type Writer } from '../store/rows.ts';
import { number, rounded, type Body, type Effect } from './effect.ts';
import { planReceipt, type PlannedLine } from './goods-receipt-rules.ts';
import { moveNumber } from './numbers.ts';
import { refreshOrder } from './purchase-orders.ts';
import { moveStock } from './stock.ts';

/** `StockTransactionType` of a goods receipt. */
export const GOODS_RECEIPT = 130;

function bookStock(writer: Writer, line: PlannedLine, lineId: string): void {
  if (number(line.item['IsStockItem']) === 0) return;
  const item = line.item['ID'] ?? null;
  const warehouse = line.order['Warehouse'] ?? null;
  const perLocation = new Map<SqlValue, number>();
  for (const n of line.numbers) {
    moveNumber(writer, {
      ...{ type: n.type, item, warehouse, location: n.location, number: n.number },
      ...{ quantity: n.quantity, endDate: n.endDate, remarks: n.remarks },
      ...{ transactionId: lineId, transactionType: GOODS_RECEIPT },
    });
    perLocation.set(n.location, (perLocation.get(n.location) ?? 0) + n.quantity);
  }
  if (line.numbers.length === 0) perLocation.set(line.location, line.stockQuantity);
  for (const [location, quantity] of perLocation) {
    moveStock(writer, item, warehouse, location, quantity);
  }
}

function bookLine(writer: Writer, receiptId: string, line: PlannedLine, lineNumber: number): void {
  const { orderLine, order } = line;
  const lineId = insertRow(writer, 'GoodsReceiptLines', {
    GoodsReceiptID: receiptId,
    LineNumber: lineNumber,
    PurchaseOrderLineID: orderLine['ID'] ?? null,
    PurchaseOrderID: order['PurchaseOrderID'] ?? null,
    PurchaseOrderNumber: order['OrderNumber'] ?? null,
    Item: orderLine['Item'] ?? null,
    ItemUnitCode: orderLine['Unit'] ?? null,
    SupplierItemCode: orderLine['SupplierItemCode'] ?? null,
    QuantityOrdered: orderLine['QuantityInPurchaseUnits'] ?? null,
    QuantityReceived: line.quantity,
    Location: line.location,
    Description: line.body.fields['Description'] ?? orderLine['Description'] ?? null,
    Notes: line.body.fields['Notes'] ?? null,
    Rebill: 0,
  });
  bookStock(writer, line, lineId);
  // Two lines of one document may receive on the same order line, so the row is read again.
  const now = findRow(writer, 'PurchaseOrderLines', orderLine['ID'] ?? null);
  updateRow(writer, 'PurchaseOrderLines', orderLine['ID'] ?? null, {
    ReceivedQuantity: rounded(number(now?.['ReceivedQuantity']) + line.stockQuantity),
  });
}

function create(writer: Writer, body: Body): string {
  const lines = planReceipt(writer, body.children['GoodsReceiptLines'] ?? []);
  const order: Row = lines[0]?.order ?? {};
  const receiptNumber = writer.store.next('GoodsReceipts.ReceiptNumber');
  const year = new Date(writer.clock.wallMs()).getUTCFullYear() % 100;
  const receiptId = insertRow(writer, 'GoodsReceipts', {
    ReceiptDate: body.fields['ReceiptDate'] ?? null,
    Description: body.fields['Description'] ?? null,
    Remarks: body.fields['Remarks'] ?? null,
    YourRef: body.fields['YourRef'] ?? null,
    Document: body.fields['Document'] ?? null,
    ReceiptNumber: receiptNumber,
    // Two digits of the year, then the sequence of the journal: 26900011.
    EntryNumber: year * 1_000_000 + 900_000 + receiptNumber,
    Supplier: order['Supplier'] ?? null,
    SupplierContact: order['SupplierContact'] ?? null,
    Warehouse: order['Warehouse'] ?? null,
  });
  for (const [n, line] of lines.entries()) bookLine(writer, receiptId, line, n + 1);
  const orders = new Set(lines.map((line) => line.order['PurchaseOrderID'] ?? null));
  for (const orderId of orders) refreshOrder(writer, orderId);
  return receiptId;
}

/** PUT changes the header's date and texts only; lines in the body are left alone. */
function update(writer: Writer, row: Row, body: Body): void {
  updateRow(writer, 'GoodsReceipts', row['ID'] ?? null, body.fields);
}

export const goodsReceipt: Effect = {
  mandatory: {
    'PurchaseOrder/GoodsReceiptLines': ['PurchaseOrderLineID'],
    'Inventory/StockBatchNumbers': ['BatchNumber', 'Quantity'],
    'Inventory/StockSerialNumbers': ['SerialNumber'],
  },
  create,
  update,
};
