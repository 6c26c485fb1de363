/*
 * Warehouse transfers (Exact KB, transfers): open (10) until completed (50), either at once with the
 * POST or later by the process endpoint. The same warehouse twice is a transfer between locations.
 */
import type { Row } from '../store/database.ts';
import { deleteRow, findRow, insertRow, updateRow, type Writer } from '../store/rows.ts';
import { broken, number, type Body, type Effect } from './effect.ts';
import { isNumbered } from './manufacturing-stock.ts';
import { mustFind, NESTED_NUMBERS, usesLocations } from './movements.ts';
import { WEB_SERVICE } from './stock-count-lines.ts';
import { replan } from './stock.ts';
import {
  addTransferLine,
  changeTransferLine,
  completeLine,
  deleteTransferLine,
  isLocationTransfer,
} from './transfer-lines.ts';

const OPEN = 10;
const COMPLETE = 50;

function linesOf(writer: Writer, transfer: Row): Row[] {
  return writer.store.all(
    'SELECT * FROM "WarehouseTransferLines" WHERE "TransferID" = ? ORDER BY "LineNumber"',
    transfer['TransferID'] ?? null,
  );
}

function demandOpen(writer: Writer, transfer: Row): void {
  if (number(transfer['Status']) !== OPEN) throw broken(writer, 'transferCompleted');
}

function replanLines(writer: Writer, transfer: Row, lines: readonly Row[]): void {
  for (const item of new Set(lines.map((line) => line['Item'] ?? null))) {
    for (const side of ['WarehouseFrom', 'WarehouseTo'] as const) {
      replan(writer, item, transfer[side] ?? null);
    }
  }
}

function complete(
  writer: Writer,
  transfer: Row,
  dateMs: Row[string],
  missing: 'default' | 'refuse',
): void {
  demandOpen(writer, transfer);
  const lines = linesOf(writer, transfer);
  for (const line of lines) completeLine(writer, transfer, line, missing);
  updateRow(writer, 'WarehouseTransfers', transfer['TransferID'] ?? null, {
    Status: COMPLETE,
    TransferDate: dateMs ?? transfer['PlannedDeliveryDate'] ?? transfer['EntryDate'] ?? null,
  });
  replanLines(writer, transfer, lines);
}

/** Both planned dates of a transfer between locations mean the same day. */
function plannedDates(fields: Row, local: boolean): Row {
  const delivery = fields['PlannedDeliveryDate'] ?? null;
  const receipt = fields['PlannedReceiptDate'] ?? null;
  return {
    PlannedDeliveryDate: local ? (delivery ?? receipt) : delivery,
    PlannedReceiptDate: local ? (delivery ?? receipt) : receipt,
  };
}

function create(writer: Writer, body: Body): string {
  const { fields } = body;
  const status = number(fields['Status'] ?? OPEN);
  if (status !== OPEN && status !== COMPLETE) throw broken(writer, 'invalid', 'Status');
  const from = mustFind(writer, 'Warehouses', fields['WarehouseFrom'], 'WarehouseFrom');
  const to = mustFind(writer, 'Warehouses', fields['WarehouseTo'], 'WarehouseTo');
  const local = from['ID'] === to['ID'];
  if (local && !usesLocations(from)) {
    throw broken(writer, 'transferSame', String(from['Code']));
  }
  const text = (name: string) => ({ [name]: fields[name] ?? null });
  const id = insertRow(writer, 'WarehouseTransfers', {
    ...{ WarehouseFrom: from['ID'] ?? null, WarehouseTo: to['ID'] ?? null },
    ...{ ...text('EntryDate'), ...plannedDates(fields, local), TransferDate: null },
    ...{ ...text('Description'), ...text('Remarks'), ...text('PickedBy') },
    ...{ ...text('TransferredBy'), Status: OPEN, Source: WEB_SERVICE },
    TransferNumber: writer.store.next('WarehouseTransfers.TransferNumber'),
  });
  const transfer = findRow(writer, 'WarehouseTransfers', id) ?? {};
  for (const child of body.children['WarehouseTransferLines'] ?? []) {
    addTransferLine(writer, transfer, child);
  }
  if (status === COMPLETE) complete(writer, transfer, null, 'default');
  else replanLines(writer, transfer, linesOf(writer, transfer));
  return id;
}

/** PUT changes dates, texts and people of an open transfer; completing is a call of its own. */
function update(writer: Writer, row: Row, { fields }: Body): void {
  demandOpen(writer, row);
  for (const name of ['WarehouseFrom', 'WarehouseTo', 'Status']) {
    if (fields[name] !== undefined && fields[name] !== row[name]) {
      throw broken(writer, 'lineBooked', name);
    }
  }
  const dates = plannedDates({ ...row, ...fields }, isLocationTransfer(row));
  updateRow(writer, 'WarehouseTransfers', row['TransferID'] ?? null, { ...fields, ...dates });
}

function remove(writer: Writer, row: Row): void {
  demandOpen(writer, row);
  const lines = linesOf(writer, row);
  for (const line of lines) deleteTransferLine(writer, line);
  deleteRow(writer, 'WarehouseTransfers', row['TransferID'] ?? null);
  replanLines(writer, row, lines);
}

function openTransfer(writer: Writer, line: Row): Row {
  const transfer = mustFind(writer, 'WarehouseTransfers', line['TransferID'], 'TransferID');
  demandOpen(writer, transfer);
  return transfer;
}

/** Only for plain items, and every line needs its locations (Exact KB, process transfer). */
function process(writer: Writer, { fields }: Body): string {
  const transfer = openTransfer(writer, fields);
  for (const line of linesOf(writer, transfer)) {
    const item = mustFind(writer, 'Items', line['Item'], 'Item');
    if (isNumbered(item)) throw broken(writer, 'transferNumbers', String(item['Code']));
  }
  complete(writer, transfer, fields['TransferDate'] ?? null, 'refuse');
  return String(transfer['TransferID']);
}

export const warehouseTransfer: Effect = {
  mandatory: { 'Inventory/WarehouseTransferLines': ['Item', 'Quantity'], ...NESTED_NUMBERS },
  create,
  update,
  remove,
};

export const warehouseTransferLine: Effect = {
  mandatory: NESTED_NUMBERS,
  create: (writer, body) => {
    const transfer = openTransfer(writer, body.fields);
    const id = addTransferLine(writer, transfer, body);
    replanLines(writer, transfer, [body.fields]);
    return id;
  },
  update: (writer, row, body) => {
    const transfer = openTransfer(writer, row);
    changeTransferLine(writer, transfer, row, body);
    replanLines(writer, transfer, [row]);
  },
  remove: (writer, row) => {
    const transfer = openTransfer(writer, row);
    deleteTransferLine(writer, row);
    replanLines(writer, transfer, [row]);
  },
};

export const warehouseTransferProcess: Effect = {
  mandatory: { 'Inventory/ProcessWarehouseTransfer': ['TransferID'] },
  create: process,
};
