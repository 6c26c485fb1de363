/*
 * Batch and serial numbers: master rows and the movements of stock they were part of (Exact KB,
 * batch and serial numbers). A master row is made the first time a number comes in.
 */
import type { Row, SqlValue } from '../store/database.ts';
import { insertRow, touchRow, type Writer } from '../store/rows.ts';
import { BATCH, SERIAL } from '../store/sources-stock.ts';
import { number } from './effect.ts';

export { BATCH, SERIAL };

export interface NumberedMove {
  type: typeof BATCH | typeof SERIAL;
  item: SqlValue;
  warehouse: SqlValue;
  location: SqlValue;
  number: string;
  /** In item units; negative when stock leaves. */
  quantity: number;
  endDate: SqlValue;
  remarks: SqlValue;
  /** The document line that moved the stock. */
  transactionId: SqlValue;
  /** `StockTransactionType`, e.g. 130 for a goods receipt. */
  transactionType: number;
  /** Foreign keys the movement carries besides, e.g. `SalesOrderLine`. */
  links?: Row;
}

/** The master row of a number of an item, or undefined. */
export function findMaster(
  writer: Writer,
  type: number,
  item: SqlValue,
  name: string,
): Row | undefined {
  return writer.store.get(
    `SELECT * FROM "SerialBatchNumbers"
     WHERE "Item" = ? AND "SerialBatchNumber" = ? AND "Type" = ?`,
    item,
    name,
    type,
  );
}

/** How much of a number is in stock over all warehouses, in item units. */
export function stockOfNumber(writer: Writer, master: SqlValue): number {
  const row = writer.store.get(
    `SELECT sum("Quantity") AS n FROM "StockSerialBatchNumbers"
     WHERE "SerialBatchNumber" = ? AND "IsDraft" = 0`,
    master,
  );
  return number(row?.['n']);
}

/** The master row of a number, touched, or made when the number is new; gives its ID. */
export function ensureMaster(
  writer: Writer,
  of: Pick<NumberedMove, 'type' | 'item' | 'number' | 'endDate' | 'remarks'>,
): SqlValue {
  const known = findMaster(writer, of.type, of.item, of.number);
  if (known) touchRow(writer, 'SerialBatchNumbers', known['ID'] ?? null);
  return (
    known?.['ID'] ??
    insertRow(writer, 'SerialBatchNumbers', {
      ...{ Type: of.type, Item: of.item, SerialBatchNumber: of.number, IsBlocked: 0 },
      ...{ StartDate: null, EndDate: of.endDate, Remarks: of.remarks },
    })
  );
}

/** Books one movement of a number and returns the movement's ID. */
export function moveNumber(writer: Writer, move: NumberedMove): string {
  const master = ensureMaster(writer, move);
  return insertRow(writer, 'StockSerialBatchNumbers', {
    ...{ SerialBatchNumber: master, Item: move.item, Warehouse: move.warehouse },
    ...{ StorageLocation: move.location, Quantity: move.quantity, Remarks: move.remarks },
    ...{ StockTransactionID: move.transactionId, StockTransactionType: move.transactionType },
    ...{ IsDraft: 0, ...move.links },
  });
}
