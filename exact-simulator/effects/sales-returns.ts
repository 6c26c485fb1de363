/*
 * Planned sales returns (Exact KB, sales): open (20), confirmed (30), and processed (50), when what
 * was received comes into stock. Without a credit note the goods are delivered again, so that the
 * sales order line is open for them.
 */
import type { Row, SqlValue } from '../store/database.ts';
import { deleteRow, findRow, insertRow, updateRow, type Writer } from '../store/rows.ts';
import { addDraft, consumeDraft, draftsOf, dropDraft } from './drafts.ts';
import { broken, number, rounded, type Body, type Effect } from './effect.ts';
import { checkQuantity, isNumbered, moveQuantities, numbersOf } from './manufacturing-stock.ts';
import {
  checkNumber,
  checkSum,
  demandLink,
  lineLocation,
  mustFind,
  nestedNumbers,
  NESTED_NUMBERS,
} from './movements.ts';
import { bookDelivered, refreshSalesOrder } from './sales-status.ts';
import { WEB_SERVICE } from './stock-count-lines.ts';

const OPEN = 20;
const CONFIRMED = 30;
const PROCESSED = 50;
/** `StockTransactionType` of a sales return. */
const SALES_RETURN = 121;

function linesOf(writer: Writer, entry: Row): Row[] {
  return writer.store.all(
    'SELECT * FROM "PlannedSalesReturnLines" WHERE "PlannedSalesReturnID" = ? ORDER BY "LineNumber"',
    entry['PlannedSalesReturnID'] ?? null,
  );
}

function demandOpen(writer: Writer, entry: Row): void {
  if (number(entry['Status']) === PROCESSED) throw broken(writer, 'returnProcessed');
}

function numberRows(writer: Writer, line: Row): Row[] {
  const row = writer.store.get(
    `SELECT "DraftTransactionID" AS n FROM "StockSerialBatchNumbers"
     WHERE "SalesReturnLine" = ? AND "IsDraft" = 1`,
    line['ID'] ?? null,
  );
  return row ? draftsOf(writer, row['n'] ?? null) : [];
}

/** Only numbers that were part of the delivery line can come back. */
function addNumbers(writer: Writer, entry: Row, line: Row, body: Body): void {
  const item = mustFind(writer, 'Items', line['Item'], 'Item');
  const warehouse = mustFind(writer, 'Warehouses', entry['Warehouse'], 'Warehouse');
  const [itemId, warehouseId] = [item['ID'] ?? null, warehouse['ID'] ?? null];
  const location = line['StorageLocation'] ?? null;
  const numbers = nestedNumbers(writer, body, item, { warehouse, location });
  if (numbers.length === 0) return;
  checkSum(writer, item, numbers, number(line['ReceivedQuantity']));
  const delivered = numbersOf(writer, line['GoodDeliveryLineID'] ?? null);
  const draftId = writer.newId();
  for (const n of numbers) {
    const known = delivered.some((one) => one.number.toLowerCase() === n.number.toLowerCase());
    if (!known) throw broken(writer, 'numberUnknown', String(item['Code']), n.number);
    checkNumber(writer, { item, warehouse: warehouseId, quantity: n.quantity }, n);
    addDraft(writer, {
      ...{ type: n.type, item: itemId, warehouse: warehouseId, location: n.location, draftId },
      ...{ number: n.number, quantity: n.quantity, endDate: n.endDate, remarks: n.remarks },
      ...{ transactionType: SALES_RETURN, links: { SalesReturnLine: line['ID'] ?? null } },
    });
  }
}

/** Refuses to plan or receive more than was delivered and is not planned to come back already. */
function checkQuantities(writer: Writer, item: Row, deliveryLine: Row, line: Row): void {
  const code = String(item['Code']);
  const [planned, received] = ['PlannedReturnQuantity', 'ReceivedQuantity'].map((name) =>
    number(line[name]),
  );
  checkQuantity(writer, item, planned ?? 0);
  if (received !== 0) checkQuantity(writer, item, received ?? 0);
  const other = writer.store.get(
    `SELECT sum("PlannedReturnQuantity") AS n FROM "PlannedSalesReturnLines"
     WHERE "GoodDeliveryLineID" = ? AND "ID" IS NOT ?`,
    deliveryLine['ID'] ?? null,
    line['ID'] ?? null,
  );
  const left = rounded(number(deliveryLine['QuantityDelivered']) - number(other?.['n']));
  if ((planned ?? 0) > left) throw broken(writer, 'returnTooMuch', code, planned ?? 0, left);
  if ((received ?? 0) > (planned ?? 0)) {
    throw broken(writer, 'returnTooMuch', code, received ?? 0, planned ?? 0);
  }
}

function addLine(writer: Writer, entry: Row, body: Body, n: number): void {
  const { fields } = body;
  const field = 'GoodDeliveryLineID';
  const deliveryLine = mustFind(writer, 'GoodsDeliveryLines', fields[field], field);
  const delivery = mustFind(writer, 'GoodsDeliveries', deliveryLine['EntryID'], field);
  const item = mustFind(writer, 'Items', fields['Item'], 'Item');
  if (deliveryLine['Item'] !== item['ID']) throw broken(writer, 'invalid', 'Item');
  if (delivery['DeliveryAccount'] !== entry['DeliveredTo']) {
    throw broken(writer, 'invalid', 'DeliveredTo');
  }
  const warehouse = mustFind(writer, 'Warehouses', entry['Warehouse'], 'Warehouse');
  demandLink(writer, item, warehouse);
  const sent = fields['StorageLocation'] ?? null;
  const row: Row = {
    ...{ PlannedSalesReturnID: entry['PlannedSalesReturnID'] ?? null, LineNumber: n },
    ...{ GoodDeliveryLineID: deliveryLine['ID'] ?? null, Item: item['ID'] ?? null },
    PlannedReturnQuantity: number(fields['PlannedReturnQuantity']),
    ReceivedQuantity: number(fields['ReceivedQuantity']),
    ...{ CreateCredit: fields['CreateCredit'] ?? 0, Notes: fields['Notes'] ?? null },
    StorageLocation: sent === null ? null : lineLocation(writer, sent, warehouse, 'refuse'),
    SalesOrderLineID: deliveryLine['SalesOrderLineID'] ?? null,
  };
  checkQuantities(writer, item, deliveryLine, row);
  const id = insertRow(writer, 'PlannedSalesReturnLines', row);
  addNumbers(writer, entry, { ...row, ID: id }, body);
}

/** Brings what was received of one line into stock. */
function processLine(writer: Writer, entry: Row, line: Row): void {
  const quantity = number(line['ReceivedQuantity']);
  if (quantity === 0) return;
  const item = mustFind(writer, 'Items', line['Item'], 'Item');
  const warehouse = mustFind(writer, 'Warehouses', entry['Warehouse'], 'Warehouse');
  const location = lineLocation(writer, line['StorageLocation'], warehouse, 'default');
  const lineId = String(line['ID']);
  const warehouseId = warehouse['ID'] ?? null;
  if (isNumbered(item)) {
    const drafts = numberRows(writer, line);
    const lots = drafts.map((row) => ({ quantity: number(row['Quantity']) }));
    checkSum(writer, item, lots, quantity);
    consumeDraft(writer, drafts[0]?.['DraftTransactionID'] ?? null, {
      ...{ type: SALES_RETURN, item: item['ID'] ?? null, warehouse: warehouseId, location },
      ...{ quantity, transactionId: lineId, sign: 1 },
    });
  }
  const movement = { transactionId: lineId, transactionType: SALES_RETURN };
  moveQuantities(
    writer,
    { item, warehouse: warehouseId, location, quantity, ...movement },
    numbersOf(writer, lineId),
  );
  updateRow(writer, 'PlannedSalesReturnLines', lineId, {
    ...{
      StorageLocation: location,
      StockTransactionEntryID: entry['PlannedSalesReturnID'] ?? null,
    },
  });
  if (number(line['CreateCredit']) !== 0) return;
  const salesLine = findRow(writer, 'SalesOrderLines', line['SalesOrderLineID'] ?? null);
  if (!salesLine) return;
  bookDelivered(writer, salesLine['ID'] ?? null, -quantity);
  refreshSalesOrder(writer, salesLine['OrderID'] ?? null);
}

function setStatus(writer: Writer, entry: Row, wanted: SqlValue | undefined): void {
  const status = number(wanted ?? OPEN);
  if (![OPEN, CONFIRMED, PROCESSED].includes(status)) throw broken(writer, 'invalid', 'Status');
  if (status === PROCESSED) {
    for (const line of linesOf(writer, entry)) processLine(writer, entry, line);
  }
  const id = entry['PlannedSalesReturnID'] ?? null;
  updateRow(writer, 'PlannedSalesReturns', id, { Status: status });
}

function create(writer: Writer, body: Body): string {
  const { fields } = body;
  const text = (name: string) => ({ [name]: fields[name] ?? null });
  mustFind(writer, 'Accounts', fields['DeliveredTo'], 'DeliveredTo');
  mustFind(writer, 'Warehouses', fields['Warehouse'], 'Warehouse');
  const id = insertRow(writer, 'PlannedSalesReturns', {
    ...{ ...text('DeliveredTo'), ...text('Warehouse'), ...text('DeliveredToContactPerson') },
    ...{ ...text('Description'), ...text('Remarks'), ...text('ReturnDate') },
    ...{ Status: OPEN, Source: WEB_SERVICE },
    ReturnNumber: writer.store.next('PlannedSalesReturns.ReturnNumber'),
  });
  const entry = findRow(writer, 'PlannedSalesReturns', id) ?? {};
  for (const [n, child] of (body.children['PlannedSalesReturnLines'] ?? []).entries()) {
    addLine(writer, entry, child, n + 1);
  }
  setStatus(writer, entry, fields['Status']);
  return id;
}

function update(writer: Writer, row: Row, { fields }: Body): void {
  demandOpen(writer, row);
  for (const name of ['DeliveredTo', 'Warehouse']) {
    if (fields[name] !== undefined && fields[name] !== row[name]) {
      throw broken(writer, 'lineBooked', name);
    }
  }
  const { Status, ...rest } = fields;
  updateRow(writer, 'PlannedSalesReturns', row['PlannedSalesReturnID'] ?? null, rest);
  setStatus(writer, row, Status ?? row['Status']);
}

function dropLine(writer: Writer, line: Row): void {
  for (const row of numberRows(writer, line)) dropDraft(writer, row);
  deleteRow(writer, 'PlannedSalesReturnLines', line['ID'] ?? null);
}

function openEntry(writer: Writer, line: Row): Row {
  const id = line['PlannedSalesReturnID'];
  const entry = mustFind(writer, 'PlannedSalesReturns', id, 'PlannedSalesReturnID');
  demandOpen(writer, entry);
  return entry;
}

const CHANGEABLE = [
  ...(['PlannedReturnQuantity', 'ReceivedQuantity', 'CreateCredit', 'Notes'] as const),
  'StorageLocation',
] as const;

/** PUT of a line: what was received and where; another quantity drops the numbers bound to it. */
function updateLine(writer: Writer, row: Row, body: Body): void {
  const entry = openEntry(writer, row);
  for (const name of ['Item', 'GoodDeliveryLineID']) {
    const sent = body.fields[name];
    if (sent !== undefined && sent !== row[name]) throw broken(writer, 'lineBooked', name);
  }
  const after: Row = {};
  for (const name of CHANGEABLE) {
    if (body.fields[name] !== undefined) after[name] = body.fields[name];
  }
  const whole = { ...row, ...after };
  const item = mustFind(writer, 'Items', row['Item'], 'Item');
  const deliveryId = row['GoodDeliveryLineID'];
  const delivery = mustFind(writer, 'GoodsDeliveryLines', deliveryId, 'GoodDeliveryLineID');
  checkQuantities(writer, item, delivery, whole);
  if ((after['StorageLocation'] ?? null) !== null) {
    const warehouse = mustFind(writer, 'Warehouses', entry['Warehouse'], 'Warehouse');
    lineLocation(writer, after['StorageLocation'], warehouse, 'refuse');
  }
  const nested = (['BatchNumbers', 'SerialNumbers'] as const).some((name) => body.children[name]);
  if (nested || number(whole['ReceivedQuantity']) !== number(row['ReceivedQuantity'])) {
    for (const draft of numberRows(writer, row)) dropDraft(writer, draft);
  }
  updateRow(writer, 'PlannedSalesReturnLines', row['ID'] ?? null, after);
  if (nested) addNumbers(writer, entry, whole, body);
}

export const plannedSalesReturn: Effect = {
  mandatory: {
    'SalesOrder/PlannedSalesReturnLines': [
      ...['GoodDeliveryLineID', 'Item', 'PlannedReturnQuantity', 'ReceivedQuantity'],
      'CreateCredit',
    ],
    ...NESTED_NUMBERS,
  },
  create,
  update,
  remove: (writer, row) => {
    demandOpen(writer, row);
    for (const line of linesOf(writer, row)) dropLine(writer, line);
    deleteRow(writer, 'PlannedSalesReturns', row['PlannedSalesReturnID'] ?? null);
  },
};

export const plannedSalesReturnLine: Effect = {
  createForbidden: 'linesThroughHeader',
  update: updateLine,
  remove: (writer, row) => {
    openEntry(writer, row);
    dropLine(writer, row);
  },
};
