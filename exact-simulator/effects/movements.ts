/*
 * What the lines of sales and inventory documents have in common: the place stock leaves or goes
 * to, the batch and serial numbers nested in a line, and booking both. A rule that breaks half-way
 * throws; the transaction of the call then takes back what was booked before it.
 */
import type { Row, SqlValue } from '../store/database.ts';
import { findRow, type Writer } from '../store/rows.ts';
import { broken, number, rounded, type Body } from './effect.ts';
import { isNumbered, moveQuantities, numberAt } from './manufacturing-stock.ts';
import { BATCH, findMaster, moveNumber, SERIAL, stockOfNumber } from './numbers.ts';

/** Types nested numbers need less of than stand-alone ones (Exact KB, goods delivery example). */
export const NESTED_NUMBERS = {
  'Inventory/StockBatchNumbers': ['BatchNumber', 'Quantity'],
  'Inventory/StockSerialNumbers': ['SerialNumber'],
} as const;

const NUMBER_LENGTH = 30;

export interface LineNumber {
  type: typeof BATCH | typeof SERIAL;
  number: string;
  /** In item units, always positive. */
  quantity: number;
  /** Where it leaves or goes to; null in a warehouse without locations. */
  location: SqlValue;
  endDate: SqlValue;
  remarks: SqlValue;
}

interface LineMovement {
  item: Row;
  warehouse: SqlValue;
  location: SqlValue;
  /** In item units; negative when stock leaves. */
  quantity: number;
  /** ID of the document line. */
  transactionId: string;
  transactionType: number;
  /** Foreign keys the rows of numbers carry besides. */
  links?: Row;
  /** False when only numbers already known may come in. */
  newNumbers?: boolean;
}

/** A row another one points to. Throws `Invalid` with the field's name when there is none. */
export function mustFind(
  writer: Writer,
  table: string,
  id: SqlValue | undefined,
  field: string,
): Row {
  const row = findRow(writer, table, id ?? null);
  if (!row) throw broken(writer, 'invalid', field);
  return row;
}

/** Refuses an item that is not linked to a warehouse (Exact KB, item warehouses). */
export function demandLink(writer: Writer, item: Row, warehouse: Row): void {
  const link = writer.store.get(
    'SELECT 1 FROM "ItemWarehouses" WHERE "Item" = ? AND "Warehouse" = ?',
    item['ID'] ?? null,
    warehouse['ID'] ?? null,
  );
  if (link) return;
  throw broken(writer, 'notLinked', String(item['Code']), String(warehouse['Code']));
}

/** Whether a warehouse works with storage locations. */
export function usesLocations(warehouse: Row): boolean {
  return number(warehouse['UseStorageLocations']) !== 0;
}

/**
 * The location of a line: the one sent, which must belong to the warehouse; without one the default
 * location, or a refusal where the document demands one. Null in a warehouse without locations.
 */
export function lineLocation(
  writer: Writer,
  sent: SqlValue | undefined,
  warehouse: Row,
  missing: 'default' | 'refuse',
): SqlValue {
  if (sent !== null && sent !== undefined) {
    const code = String(warehouse['Code']);
    if (!usesLocations(warehouse)) throw broken(writer, 'noLocations', code);
    const location = findRow(writer, 'StorageLocations', sent);
    if (location?.['Warehouse'] !== warehouse['ID']) {
      throw broken(writer, 'locationElsewhere', code);
    }
    return sent;
  }
  if (!usesLocations(warehouse)) return null;
  const fallback = missing === 'default' ? (warehouse['DefaultStorageLocation'] ?? null) : null;
  if (fallback === null) throw broken(writer, 'locationMandatory');
  return fallback;
}

function readNumber(
  writer: Writer,
  body: Body,
  type: LineNumber['type'],
  place: { warehouse: Row; location: SqlValue },
): LineNumber {
  const property = type === BATCH ? 'BatchNumber' : 'SerialNumber';
  const name = String(body.fields[property] ?? '').trim();
  if (name === '') throw broken(writer, 'invalid', property);
  if (name.length > NUMBER_LENGTH) throw broken(writer, 'numberTooLong', property);
  const own = body.fields['StorageLocation'] ?? null;
  return {
    type,
    number: name,
    quantity: type === SERIAL ? 1 : number(body.fields['Quantity']),
    location: own === null ? place.location : lineLocation(writer, own, place.warehouse, 'refuse'),
    endDate: body.fields['EndDate'] ?? null,
    remarks: body.fields['Remarks'] ?? null,
  };
}

/**
 * The numbers nested in a line. Throws when the item takes no such numbers, when a quantity is not
 * positive, or when a number stands twice at one place.
 */
export function nestedNumbers(
  writer: Writer,
  body: Body,
  item: Row,
  place: { warehouse: Row; location: SqlValue },
): LineNumber[] {
  const code = String(item['Code']);
  const batches = body.children['BatchNumbers'] ?? [];
  const serials = body.children['SerialNumbers'] ?? [];
  if (batches.length > 0 && number(item['IsBatchItem']) === 0) {
    throw broken(writer, 'notBatchItem', code);
  }
  if (serials.length > 0 && number(item['IsSerialItem']) === 0) {
    throw broken(writer, 'notSerialItem', code);
  }
  const numbers = [
    ...batches.map((batch) => readNumber(writer, batch, BATCH, place)),
    ...serials.map((serial) => readNumber(writer, serial, SERIAL, place)),
  ];
  const seen = new Set<string>();
  for (const n of numbers) {
    if (n.quantity <= 0) throw broken(writer, 'notPositive', code);
    const key = `${n.number.toLowerCase()} ${n.type === SERIAL ? '' : String(n.location)}`;
    if (seen.has(key)) throw broken(writer, 'numberTwice', n.number);
    seen.add(key);
  }
  return numbers;
}

/** Refuses numbers of a tracked item that do not add up to its quantity (always positive). */
export function checkSum(
  writer: Writer,
  item: Row,
  numbers: readonly Pick<LineNumber, 'quantity'>[],
  quantity: number,
): void {
  if (!isNumbered(item)) return;
  const sum = rounded(numbers.reduce((total, n) => total + n.quantity, 0));
  if (sum === rounded(quantity)) return;
  throw broken(writer, 'numbersMissing', String(item['Code']), sum, quantity);
}

/** Refuses a number that cannot leave its place, or cannot come in. */
export function checkNumber(
  writer: Writer,
  movement: Pick<LineMovement, 'item' | 'warehouse' | 'quantity' | 'newNumbers'>,
  n: LineNumber,
): void {
  const { item, warehouse } = movement;
  const code = String(item['Code']);
  const master = findMaster(writer, n.type, item['ID'] ?? null, n.number);
  if (!master) {
    if (movement.quantity > 0 && movement.newNumbers !== false) return;
    throw broken(writer, 'numberUnknown', code, n.number);
  }
  const id = master['ID'] ?? null;
  if (movement.quantity > 0) {
    if (n.type === SERIAL && stockOfNumber(writer, id) > 0) {
      throw broken(writer, 'serialInStock', n.number);
    }
    return;
  }
  if (number(master['IsBlocked']) !== 0) throw broken(writer, 'numberBlocked', code, n.number);
  if (numberAt(writer, id, warehouse, n.location) < n.quantity) {
    throw broken(writer, 'numberTooLow', code, n.number);
  }
}

/**
 * Moves the stock of one document line, with its numbers, at the places they stand. Throws when
 * numbers are unknown, blocked, already in stock or not in stock, or when stock would fall below
 * zero and the company does not allow that. A quantity of zero moves nothing.
 */
export function bookLine(
  writer: Writer,
  movement: LineMovement,
  numbers: readonly LineNumber[],
): void {
  if (movement.quantity === 0) return;
  const sign = Math.sign(movement.quantity);
  for (const n of numbers) {
    checkNumber(writer, movement, n);
    moveNumber(writer, {
      ...{ type: n.type, number: n.number, location: n.location },
      ...{ item: movement.item['ID'] ?? null, warehouse: movement.warehouse },
      ...{ quantity: rounded(sign * n.quantity), endDate: n.endDate, remarks: n.remarks },
      ...{ transactionId: movement.transactionId, transactionType: movement.transactionType },
      ...(movement.links ? { links: movement.links } : {}),
    });
  }
  moveQuantities(writer, movement, numbers);
}
