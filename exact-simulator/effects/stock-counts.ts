/*
 * Stock counts (Exact KB, stock counts): a draft (12) that may be changed, and processing (21),
 * which books every line at once or nothing at all.
 */
import { ApiError } from '../http/answer.ts';
import type { Row } from '../store/database.ts';
import { userMay } from '../store/rights.ts';
import { deleteRow, findRow, insertRow, updateRow, type Writer } from '../store/rows.ts';
import { broken, number, type Body, type Effect } from './effect.ts';
import { text } from './messages.ts';
import { mustFind, NESTED_NUMBERS } from './movements.ts';
import {
  addLine,
  changeLine,
  deleteCountLine,
  DRAFT,
  PROCESSED,
  processLine,
  WEB_SERVICE,
} from './stock-count-lines.ts';

function linesOf(writer: Writer, count: Row): Row[] {
  return writer.store.all(
    'SELECT * FROM "StockCountLines" WHERE "StockCountID" = ? ORDER BY "LineNumber"',
    count['StockCountID'] ?? null,
  );
}

function demandDraft(writer: Writer, count: Row): void {
  if (number(count['Status']) !== DRAFT) throw broken(writer, 'countProcessed');
}

/** Books all lines of a draft count. Throws, with nothing booked, when one cannot be. */
function processCount(writer: Writer, count: Row): void {
  demandDraft(writer, count);
  for (const line of linesOf(writer, count)) processLine(writer, line);
  const year = new Date(writer.clock.wallMs()).getUTCFullYear() % 100;
  updateRow(writer, 'StockCounts', count['StockCountID'] ?? null, {
    Status: PROCESSED,
    EntryNumber: year * 1_000_000 + 900_000 + writer.store.next('StockCounts.EntryNumber'),
  });
}

function create(writer: Writer, body: Body): string {
  const { fields } = body;
  const status = number(fields['Status'] ?? DRAFT);
  if (status !== DRAFT && status !== PROCESSED) throw broken(writer, 'invalid', 'Status');
  const may = userMay(writer.store, 'inventory/ProcessStockCount', 'POST');
  // Who may not process counts may only post drafts (Exact KB, stock counts).
  if (status === PROCESSED && !may) throw new ApiError(403, text(writer.store, 'noRight'));
  mustFind(writer, 'Warehouses', fields['Warehouse'], 'Warehouse');
  const id = insertRow(writer, 'StockCounts', {
    ...{ Warehouse: fields['Warehouse'] ?? null, StockCountDate: fields['StockCountDate'] ?? null },
    ...{ Description: fields['Description'] ?? null, CountedBy: fields['CountedBy'] ?? null },
    ...{ OffsetGLInventory: fields['OffsetGLInventory'] ?? null, EntryNumber: null },
    ...{ Status: DRAFT, Source: WEB_SERVICE },
    StockCountNumber: writer.store.next('StockCounts.StockCountNumber'),
  });
  const count = findRow(writer, 'StockCounts', id) ?? {};
  for (const child of body.children['StockCountLines'] ?? []) addLine(writer, count, child);
  if (status === PROCESSED) processCount(writer, count);
  return id;
}

/** PUT changes texts, date and ledger account of a draft; processing is a call of its own. */
function update(writer: Writer, row: Row, { fields }: Body): void {
  demandDraft(writer, row);
  for (const name of ['Warehouse', 'Status']) {
    if (fields[name] !== undefined && fields[name] !== row[name]) {
      throw broken(writer, 'lineBooked', name);
    }
  }
  updateRow(writer, 'StockCounts', row['StockCountID'] ?? null, fields);
}

function remove(writer: Writer, row: Row): void {
  demandDraft(writer, row);
  for (const line of linesOf(writer, row)) deleteCountLine(writer, line);
  deleteRow(writer, 'StockCounts', row['StockCountID'] ?? null);
}

function draftCount(writer: Writer, line: Row): Row {
  const count = mustFind(writer, 'StockCounts', line['StockCountID'], 'StockCountID');
  demandDraft(writer, count);
  return count;
}

/** Answers with `SuccessMessage` or `ErrorMessage`; a broken rule is no error of the call. */
function createProcess(writer: Writer, { fields }: Body): string {
  const count = mustFind(writer, 'StockCounts', fields['StockCountID'], 'StockCountID');
  const id = count['StockCountID'] ?? null;
  let said: Row;
  try {
    writer.store.transaction(() => processCount(writer, count));
    const done = text(writer.store, 'countDone', number(count['StockCountNumber']));
    said = { SuccessMessage: done, ErrorMessage: null };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    said = { SuccessMessage: null, ErrorMessage: error.message };
  }
  // A second try answers anew; only the last answer is kept.
  deleteRow(writer, 'ProcessedStockCounts', id);
  return insertRow(writer, 'ProcessedStockCounts', { StockCountID: id, ...said });
}

export const stockCount: Effect = {
  mandatory: { 'Inventory/StockCountLines': ['Item'], ...NESTED_NUMBERS },
  create,
  update,
  remove,
};

export const stockCountLine: Effect = {
  mandatory: NESTED_NUMBERS,
  create: (writer, body) => addLine(writer, draftCount(writer, body.fields), body),
  update: (writer, row, body) => changeLine(writer, draftCount(writer, row), row, body),
  remove: (writer, row) => {
    draftCount(writer, row);
    deleteCountLine(writer, row);
  },
};

export const stockCountProcess: Effect = {
  mandatory: { 'Inventory/ProcessStockCount': ['StockCountID'] },
  create: createProcess,
};
