/*
 * Stock that manufacturing and assembly move: where it comes from or goes to, whether there is
 * enough of it, and the batch and serial numbers that go with it, forth and back again.
 */
import type { Row, SqlValue } from '../store/database.ts';
import { findRow, type Writer } from '../store/rows.ts';
import { broken, number, rounded } from './effect.ts';
import { BATCH, moveNumber, SERIAL, stockOfNumber } from './numbers.ts';
import { moveStock } from './stock.ts';

/** `StockTransactionType` of what manufacturing books (Exact KB, batch and serial numbers). */
export const TYPES = {
  ...{ receipt: 140, receiptReversal: 141, byProduct: 147, byProductReversal: 148 },
  ...{ issue: 150, issueReversal: 151 },
  ...{ assembly: 160, disassembly: 161, part: 165, disassemblyPart: 166 },
} as const;

/** One number of a transaction, at one place. */
export interface PlacedNumber {
  type: typeof BATCH | typeof SERIAL;
  /** ID of the master row. */
  master: SqlValue;
  number: string;
  /** In item units, always positive. */
  quantity: number;
  location: SqlValue;
}

export interface Movement {
  item: Row;
  warehouse: SqlValue;
  location: SqlValue;
  /** In item units; negative when stock leaves. */
  quantity: number;
  transactionId: string;
  transactionType: number;
}

export function isNumbered(item: Row): boolean {
  return number(item['IsBatchItem']) !== 0 || number(item['IsSerialItem']) !== 0;
}

/** An item by its ID. Throws `Invalid` with the field's name when there is none. */
export function itemOf(writer: Writer, id: SqlValue | undefined, field = 'Item'): Row {
  const item = findRow(writer, 'Items', id ?? null);
  if (!item) throw broken(writer, 'invalid', field);
  return item;
}

/** Refuses quantities of zero and less, and fractions of items that know none. */
export function checkQuantity(writer: Writer, item: Row, quantity: number): void {
  const code = String(item['Code']);
  if (quantity <= 0) throw broken(writer, 'notPositive', code);
  if (number(item['IsFractionAllowedItem']) === 0 && !Number.isInteger(quantity)) {
    throw broken(writer, 'fraction', code);
  }
}

/**
 * The location stock comes from or goes to: the one sent, else the item's default in this
 * warehouse, else the warehouse's; null where a warehouse has none.
 */
export function placeOf(
  writer: Writer,
  warehouse: SqlValue,
  item: Row,
  sent: SqlValue | undefined,
): SqlValue {
  const row = findRow(writer, 'Warehouses', warehouse);
  if (!row) throw broken(writer, 'invalid', 'Warehouse');
  const usesLocations = number(row['UseStorageLocations']) !== 0;
  if (sent !== null && sent !== undefined) {
    if (!usesLocations) throw broken(writer, 'noLocations', String(row['Code']));
    const location = findRow(writer, 'StorageLocations', sent);
    if (location?.['Warehouse'] !== warehouse) {
      throw broken(writer, 'locationElsewhere', String(row['Code']));
    }
    return sent;
  }
  if (!usesLocations) return null;
  const link = writer.store.get(
    'SELECT "DefaultStorageLocation" AS n FROM "ItemWarehouses" WHERE "Item" = ? AND "Warehouse" = ?',
    item['ID'] ?? null,
    warehouse,
  );
  const fallback = link?.['n'] ?? row['DefaultStorageLocation'] ?? null;
  if (fallback === null) throw broken(writer, 'locationMandatory');
  return fallback;
}

/** Stock in item units at a location, or in the whole warehouse where there is none. */
export function stockAt(
  writer: Writer,
  item: SqlValue,
  warehouse: SqlValue,
  location: SqlValue,
): number {
  const row =
    location === null
      ? writer.store.get(
          'SELECT "CurrentStock" AS n FROM "StockPositions" WHERE "ItemId" = ? AND "Warehouse" = ?',
          item,
          warehouse,
        )
      : writer.store.get(
          'SELECT "Stock" AS n FROM "LocationStock" WHERE "Item" = ? AND "StorageLocation" = ?',
          item,
          location,
        );
  return number(row?.['n']);
}

/** Moves a quantity at one place. Refuses to go below zero unless the company allows it. */
function moveAt(writer: Writer, movement: Movement, location: SqlValue, quantity: number): void {
  const item = movement.item['ID'] ?? null;
  if (number(movement.item['IsStockItem']) === 0) return;
  if (quantity < 0 && !writer.store.settings.flag('negativeStockAllowed', false)) {
    const there = stockAt(writer, item, movement.warehouse, location);
    if (rounded(there + quantity) < 0) {
      throw broken(writer, 'stockTooLow', String(movement.item['Code']), there, -quantity);
    }
  }
  moveStock(writer, item, movement.warehouse, location, quantity);
}

/** Moves a plain quantity, or the places the numbers stand at; the numbers are booked already. */
export function moveQuantities(
  writer: Writer,
  movement: Movement,
  numbers: readonly Pick<PlacedNumber, 'location' | 'quantity'>[],
): void {
  const sign = Math.sign(movement.quantity);
  const places = new Map<SqlValue, number>();
  for (const n of numbers) places.set(n.location, (places.get(n.location) ?? 0) + n.quantity);
  if (numbers.length === 0) places.set(movement.location, Math.abs(movement.quantity));
  for (const [location, quantity] of places) {
    moveAt(writer, movement, location, rounded(sign * quantity));
  }
}

/** How much of a number stands at one place, drafts left out. */
export function numberAt(
  writer: Writer,
  master: SqlValue,
  warehouse: SqlValue,
  location: SqlValue,
): number {
  const row = writer.store.get(
    `SELECT sum("Quantity") AS n FROM "StockSerialBatchNumbers"
     WHERE "SerialBatchNumber" = ? AND "Warehouse" = ? AND "StorageLocation" IS ?
       AND "IsDraft" = 0`,
    master,
    warehouse,
    location,
  );
  return rounded(number(row?.['n']));
}

/** Books a movement with its numbers, which must be in stock when they leave. */
export function bookMovement(
  writer: Writer,
  movement: Movement,
  numbers: readonly PlacedNumber[],
): void {
  const sign = Math.sign(movement.quantity);
  for (const n of numbers) {
    const there = numberAt(writer, n.master, movement.warehouse, n.location);
    const code = String(movement.item['Code']);
    if (sign < 0 && there < n.quantity) throw broken(writer, 'numberTooLow', code, n.number);
    if (sign > 0 && n.type === SERIAL && stockOfNumber(writer, n.master) > 0) {
      throw broken(writer, 'serialInStock', n.number);
    }
    moveNumber(writer, {
      ...{ type: n.type, item: movement.item['ID'] ?? null, warehouse: movement.warehouse },
      ...{ location: n.location, number: n.number, quantity: rounded(sign * n.quantity) },
      ...{ endDate: null, remarks: null },
      ...{ transactionId: movement.transactionId, transactionType: movement.transactionType },
    });
  }
  moveQuantities(writer, movement, numbers);
}

/** The numbers a transaction moved, each with where it stood. */
export function numbersOf(writer: Writer, transactionId: SqlValue): PlacedNumber[] {
  const rows = writer.store.all(
    `SELECT m.*, n."SerialBatchNumber" AS "name", n."Type" AS "kind"
     FROM "StockSerialBatchNumbers" m
     JOIN "SerialBatchNumbers" n ON n."ID" = m."SerialBatchNumber"
     WHERE m."StockTransactionID" = ? AND m."IsDraft" = 0 ORDER BY m."_rowversion"`,
    transactionId,
  );
  return rows.map((row) => ({
    type: number(row['kind']) === SERIAL ? SERIAL : BATCH,
    master: row['SerialBatchNumber'] ?? null,
    number: String(row['name']),
    quantity: Math.abs(number(row['Quantity'])),
    location: row['StorageLocation'] ?? null,
  }));
}

/** What is left of the numbers of a transaction after those of its reversals. */
export function numbersLeft(
  writer: Writer,
  transactionId: SqlValue,
  reversals: readonly SqlValue[],
): PlacedNumber[] {
  const left = numbersOf(writer, transactionId);
  for (const back of reversals.flatMap((id) => numbersOf(writer, id))) {
    let rest = back.quantity;
    for (const n of left.filter((one) => one.master === back.master)) {
      const taken = Math.min(rest, n.quantity);
      n.quantity = rounded(n.quantity - taken);
      rest = rounded(rest - taken);
    }
  }
  return left.filter((n) => n.quantity > 0);
}
