/*
 * Lines of a warehouse transfer (Exact KB, transfers): what moves from where to where, with the
 * numbers that go along, drafts until the transfer is completed. Completing makes two movements:
 * out of one place, into the other.
 */
import type { Row, SqlValue } from '../store/database.ts';
import { deleteRow, insertRow, updateRow, type Writer } from '../store/rows.ts';
import { addDraft, consumeDraft, draftsOf, dropDraft } from './drafts.ts';
import { broken, number, type Body } from './effect.ts';
import { checkQuantity, isNumbered, moveQuantities, numbersOf } from './manufacturing-stock.ts';
import {
  checkNumber,
  checkSum,
  demandLink,
  lineLocation,
  mustFind,
  nestedNumbers,
} from './movements.ts';
import { moveNumber } from './numbers.ts';

/** `StockTransactionType`: between warehouses, and between locations of one warehouse. */
const TYPES = {
  warehouse: { out: 124, into: 134 },
  location: { out: 125, into: 135 },
} as const;

export function isLocationTransfer(transfer: Row): boolean {
  return transfer['WarehouseFrom'] === transfer['WarehouseTo'];
}

function typesOf(transfer: Row) {
  return isLocationTransfer(transfer) ? TYPES.location : TYPES.warehouse;
}

function warehouseOf(writer: Writer, transfer: Row, side: 'From' | 'To'): Row {
  const field = `Warehouse${side}`;
  return mustFind(writer, 'Warehouses', transfer[field], field);
}

/** The places sent, checked; one left out of a transfer between warehouses stays empty for now. */
function placesOf(writer: Writer, transfer: Row, fields: Row): { from: SqlValue; to: SqlValue } {
  const local = isLocationTransfer(transfer);
  const place = (side: 'From' | 'To'): SqlValue => {
    const sent = fields[`StorageLocation${side}`] ?? null;
    if (sent === null && !local) return null;
    return lineLocation(writer, sent, warehouseOf(writer, transfer, side), 'refuse');
  };
  const [from, to] = [place('From'), place('To')];
  if (local && from === to) {
    throw broken(writer, 'transferSame', String(warehouseOf(writer, transfer, 'To')['Code']));
  }
  return { from, to };
}

function numberRows(writer: Writer, line: Row): Row[] {
  const row = writer.store.get(
    `SELECT "DraftTransactionID" AS n FROM "StockSerialBatchNumbers"
     WHERE "WarehouseTransferLine" = ? AND "IsDraft" = 1`,
    line['ID'] ?? null,
  );
  return row ? draftsOf(writer, row['n'] ?? null) : [];
}

function addNumbers(writer: Writer, transfer: Row, line: Row, body: Body): void {
  const item = mustFind(writer, 'Items', line['Item'], 'Item');
  const warehouse = warehouseOf(writer, transfer, 'From');
  const sent = line['StorageLocationFrom'];
  const location = lineLocation(writer, sent, warehouse, 'default');
  const numbers = nestedNumbers(writer, body, item, { warehouse, location });
  if (numbers.length === 0) return;
  checkSum(writer, item, numbers, number(line['Quantity']));
  const [itemId, from] = [item['ID'] ?? null, warehouse['ID'] ?? null];
  const draftId = writer.newId();
  for (const n of numbers) {
    checkNumber(writer, { item, warehouse: from, quantity: -n.quantity }, n);
    addDraft(writer, {
      ...{ type: n.type, item: itemId, warehouse: from, location: n.location, draftId },
      ...{ number: n.number, quantity: n.quantity, endDate: n.endDate, remarks: n.remarks },
      ...{ transactionType: typesOf(transfer).out },
      links: { WarehouseTransferLine: line['ID'] ?? null },
    });
  }
}

function dropNumbers(writer: Writer, line: Row): void {
  for (const row of numberRows(writer, line)) dropDraft(writer, row);
}

/** Adds a line to an open transfer and returns its ID. */
export function addTransferLine(writer: Writer, transfer: Row, body: Body): string {
  const { fields } = body;
  const item = mustFind(writer, 'Items', fields['Item'], 'Item');
  checkQuantity(writer, item, number(fields['Quantity']));
  demandLink(writer, item, warehouseOf(writer, transfer, 'To'));
  const places = placesOf(writer, transfer, fields);
  const last = writer.store.get(
    'SELECT max("LineNumber") AS n FROM "WarehouseTransferLines" WHERE "TransferID" = ?',
    transfer['TransferID'] ?? null,
  );
  const row: Row = {
    ...{ TransferID: transfer['TransferID'] ?? null, LineNumber: number(last?.['n']) + 1 },
    ...{ Item: item['ID'] ?? null, Quantity: number(fields['Quantity']) },
    ...{ StorageLocationFrom: places.from, StorageLocationTo: places.to },
    Description: fields['Description'] ?? item['Description'] ?? null,
    PickedBy: fields['PickedBy'] ?? transfer['PickedBy'] ?? null,
    TransferredBy: fields['TransferredBy'] ?? transfer['TransferredBy'] ?? null,
  };
  const id = insertRow(writer, 'WarehouseTransferLines', row);
  addNumbers(writer, transfer, { ...row, ID: id }, body);
  return id;
}

const CHANGEABLE = ['Quantity', 'Description', 'PickedBy', 'TransferredBy'] as const;

/** Changes a line of an open transfer; another quantity or origin drops the numbers bound to it. */
export function changeTransferLine(writer: Writer, transfer: Row, line: Row, body: Body): void {
  const { fields } = body;
  for (const name of ['Item', 'TransferID']) {
    if (fields[name] !== undefined && fields[name] !== line[name]) {
      throw broken(writer, 'lineBooked', name);
    }
  }
  const places = placesOf(writer, transfer, { ...line, ...fields });
  const after: Row = { StorageLocationFrom: places.from, StorageLocationTo: places.to };
  for (const name of CHANGEABLE) {
    if (fields[name] !== undefined) after[name] = fields[name];
  }
  const whole = { ...line, ...after };
  checkQuantity(writer, mustFind(writer, 'Items', line['Item'], 'Item'), number(whole['Quantity']));
  const nested = (['BatchNumbers', 'SerialNumbers'] as const).some((name) => body.children[name]);
  const same = (['Quantity', 'StorageLocationFrom'] as const).every((n) => whole[n] === line[n]);
  if (nested || !same) dropNumbers(writer, line);
  updateRow(writer, 'WarehouseTransferLines', line['ID'] ?? null, after);
  if (nested) addNumbers(writer, transfer, whole, body);
}

/** Deletes a line with its draft numbers. */
export function deleteTransferLine(writer: Writer, line: Row): void {
  dropNumbers(writer, line);
  deleteRow(writer, 'WarehouseTransferLines', line['ID'] ?? null);
}

/**
 * Moves the stock of a line. Throws when stock or numbers are not there, when numbers are missing,
 * or when a warehouse with locations has none for the line (`'refuse'`) nor by default.
 */
export function completeLine(
  writer: Writer,
  transfer: Row,
  line: Row,
  missing: 'default' | 'refuse',
): void {
  const item = mustFind(writer, 'Items', line['Item'], 'Item');
  const [from, to] = [warehouseOf(writer, transfer, 'From'), warehouseOf(writer, transfer, 'To')];
  const origin = lineLocation(writer, line['StorageLocationFrom'], from, missing);
  const target = lineLocation(writer, line['StorageLocationTo'], to, missing);
  const quantity = number(line['Quantity']);
  const lineId = String(line['ID']);
  const types = typesOf(transfer);
  const [fromId, toId] = [from['ID'] ?? null, to['ID'] ?? null];
  const drafts = numberRows(writer, line);
  if (isNumbered(item)) {
    const lots = drafts.map((row) => ({ quantity: number(row['Quantity']) }));
    checkSum(writer, item, lots, quantity);
    consumeDraft(writer, drafts[0]?.['DraftTransactionID'] ?? null, {
      ...{ type: types.out, item: item['ID'] ?? null, warehouse: fromId, location: origin },
      ...{ quantity, transactionId: lineId, sign: -1 },
    });
  }
  const numbers = numbersOf(writer, lineId);
  const out = { transactionId: lineId, transactionType: types.out };
  moveQuantities(
    writer,
    { item, warehouse: fromId, location: origin, quantity: -quantity, ...out },
    numbers,
  );
  const into = { transactionId: writer.newId(), transactionType: types.into };
  for (const n of numbers) {
    moveNumber(writer, {
      ...{ type: n.type, item: item['ID'] ?? null, warehouse: toId, location: target },
      ...{ number: n.number, quantity: n.quantity, endDate: null, remarks: null, ...into },
      links: { WarehouseTransferLine: lineId },
    });
  }
  moveQuantities(writer, { item, warehouse: toId, location: target, quantity, ...into }, []);
  const places = { StorageLocationFrom: origin, StorageLocationTo: target };
  updateRow(writer, 'WarehouseTransferLines', lineId, places);
}
