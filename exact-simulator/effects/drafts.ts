/*
 * Draft numbers: batch and serial rows posted before the transaction that will use them (Exact KB,
 * batch and serial numbers). All rows of one transaction share a DraftStockTransactionID; they
 * count as no stock until the transaction turns them into movements.
 */
import type { Row, SqlValue } from '../store/database.ts';
import { deleteRow, findRow, insertRow, touchRow, updateRow, type Writer } from '../store/rows.ts';
import { broken, number, rounded } from './effect.ts';
import { numberAt } from './manufacturing-stock.ts';
import { ensureMaster, SERIAL, stockOfNumber, type NumberedMove } from './numbers.ts';

/** What a transaction needs its drafts to be. */
interface DraftUse {
  /** `StockTransactionType`, e.g. 150 for a material issue. */
  type: number;
  item: SqlValue;
  warehouse: SqlValue;
  /** Where numbers go that name no location of their own; null without locations. */
  location: SqlValue;
  /** In item units, positive. */
  quantity: number;
  /** Key of the transaction that uses the numbers. */
  transactionId: SqlValue;
  /** -1 when stock leaves. */
  sign: 1 | -1;
}

/** A draft row: a number that will move, and what it belongs to. */
export type Draft = Pick<
  NumberedMove,
  'type' | 'item' | 'warehouse' | 'location' | 'number' | 'endDate' | 'remarks'
> & {
  /** In item units; negative only where a stock count says so. */
  quantity: number;
  draftId: SqlValue;
  transactionType: number;
  /** Foreign keys of the row, e.g. `StockCountLine`. */
  links: Row;
};

/** Books a draft, with a master row when the number is new, and returns the ID of its row. */
export function addDraft(writer: Writer, draft: Draft): string {
  return insertRow(writer, 'StockSerialBatchNumbers', {
    ...{ SerialBatchNumber: ensureMaster(writer, draft), Item: draft.item, IsDraft: 1 },
    ...{ Warehouse: draft.warehouse, StorageLocation: draft.location, Quantity: draft.quantity },
    ...{ StockTransactionType: draft.transactionType, DraftTransactionID: draft.draftId },
    ...{ Remarks: draft.remarks, ...draft.links },
  });
}

/** Deletes a draft, and the master row it made when nothing else uses that. */
export function dropDraft(writer: Writer, row: Row): void {
  const master = row['SerialBatchNumber'] ?? null;
  deleteRow(writer, 'StockSerialBatchNumbers', row['ID'] ?? null);
  const other = writer.store.get(
    'SELECT 1 FROM "StockSerialBatchNumbers" WHERE "SerialBatchNumber" = ? LIMIT 1',
    master,
  );
  if (!other) deleteRow(writer, 'SerialBatchNumbers', master);
}

/**
 * The draft rows of a transaction in the order they came, each with `name` (the number) and `kind`
 * (1 serial, 2 batch) of its master row.
 */
export function draftsOf(writer: Writer, draftStockTransactionId: SqlValue): Row[] {
  return writer.store.all(
    `SELECT m.*, n."SerialBatchNumber" AS "name", n."Type" AS "kind", n."IsBlocked" AS "blocked"
     FROM "StockSerialBatchNumbers" m
     JOIN "SerialBatchNumbers" n ON n."ID" = m."SerialBatchNumber"
     WHERE m."DraftTransactionID" = ? AND m."IsDraft" = 1 AND m."_division" = ?
     ORDER BY m."_rowversion"`,
    draftStockTransactionId,
    writer.division,
  );
}

function checkDrafts(writer: Writer, id: string, rows: readonly Row[], use: DraftUse): void {
  if (rows.length === 0) throw broken(writer, 'draftUnknown', id);
  for (const row of rows) {
    if (row['Item'] !== use.item) throw broken(writer, 'draftMismatch', id, 'Item');
    if (row['Warehouse'] !== use.warehouse) throw broken(writer, 'draftMismatch', id, 'Warehouse');
    if (number(row['StockTransactionType']) !== use.type) {
      throw broken(writer, 'draftMismatch', id, 'StockTransactionType');
    }
  }
  const sum = rounded(rows.reduce((total, row) => total + Math.abs(number(row['Quantity'])), 0));
  if (sum !== rounded(use.quantity)) {
    const code = String(findRow(writer, 'Items', use.item)?.['Code']);
    throw broken(writer, 'numbersMissing', code, sum, use.quantity);
  }
}

function checkStock(writer: Writer, row: Row, use: DraftUse, location: SqlValue): void {
  const master = row['SerialBatchNumber'] ?? null;
  const name = String(row['name']);
  const code = String(findRow(writer, 'Items', use.item)?.['Code']);
  if (use.sign < 0) {
    if (number(row['blocked']) !== 0) throw broken(writer, 'numberBlocked', code, name);
    const there = numberAt(writer, master, use.warehouse, location);
    if (there < Math.abs(number(row['Quantity']))) {
      throw broken(writer, 'numberTooLow', code, name);
    }
  } else if (number(row['kind']) === SERIAL && stockOfNumber(writer, master) > 0) {
    throw broken(writer, 'serialInStock', name);
  }
}

/**
 * Turns the drafts of a transaction into movements of it. Moves no stock position: what each place
 * gained or lost can be read back from the movements of `transactionId`.
 * Throws 500 when there are no drafts, when they belong to another item, warehouse or type, when
 * they do not add up to the quantity (serial numbers count one each), when a number that leaves is
 * blocked or not in stock at its place, or when a serial number that comes in is in stock already.
 */
export function consumeDraft(
  writer: Writer,
  draftStockTransactionId: SqlValue,
  use: DraftUse,
): void {
  const rows = draftsOf(writer, draftStockTransactionId);
  checkDrafts(writer, String(draftStockTransactionId), rows, use);
  for (const row of rows) {
    const location = row['StorageLocation'] ?? use.location;
    checkStock(writer, row, use, location);
    updateRow(writer, 'StockSerialBatchNumbers', row['ID'] ?? null, {
      ...{ IsDraft: 0, StorageLocation: location, StockTransactionID: use.transactionId },
      Quantity: rounded(use.sign * Math.abs(number(row['Quantity']))),
    });
    touchRow(writer, 'SerialBatchNumbers', row['SerialBatchNumber'] ?? null);
  }
}
