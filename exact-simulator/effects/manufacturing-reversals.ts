/*
 * What all reversals have in common: which part of the original transaction is left to undo, and
 * which of its numbers go back. Without a quantity the whole rest is reversed and the numbers follow
 * by themselves; a part names its numbers (Exact KB, material reversals).
 */
import type { Row, SqlValue } from '../store/database.ts';
import { findRow, type Writer } from '../store/rows.ts';
import { broken, number, rounded, type Body } from './effect.ts';
import { checkQuantity, numbersLeft, type PlacedNumber } from './manufacturing-stock.ts';

export interface Rest {
  quantity: number;
  numbers: PlacedNumber[];
}

/** Where the reversals of a kind of transaction stand. */
export interface ReversalTables {
  originals: string;
  reversals: string;
}

/** The transaction that is to be undone. Throws `Invalid` with the field's name when none. */
export function originalOf(writer: Writer, tables: ReversalTables, id: SqlValue, field: string) {
  const original = findRow(writer, tables.originals, id);
  if (!original) throw broken(writer, 'invalid', field);
  return original;
}

/** What is left to undo. Throws when that is nothing. */
export function restOf(writer: Writer, tables: ReversalTables, original: Row): Rest {
  const id = original['StockTransactionId'] ?? null;
  const rows = writer.store.all(
    `SELECT "ReversalStockTransactionId" AS "id", "Quantity" FROM "${tables.reversals}"
     WHERE "OriginalStockTransactionId" = ?`,
    id,
  );
  const reversed = rows.reduce((sum, row) => sum + number(row['Quantity']), 0);
  const quantity = rounded(number(original['Quantity']) - reversed);
  if (quantity <= 0) throw broken(writer, 'notReversible');
  const ids = rows.map((row) => row['id'] ?? null);
  return { quantity, numbers: numbersLeft(writer, id, ids) };
}

interface Wanted {
  number: string;
  quantity: number;
}

function wantedNumbers(body: Body): Wanted[] {
  const batches = (body.children['BatchNumbers'] ?? []).map((n) => ({
    number: String(n.fields['BatchNumber']),
    quantity: number(n.fields['Quantity']),
  }));
  const serials = (body.children['SerialNumbers'] ?? []).map((n) => ({
    number: String(n.fields['SerialNumber']),
    quantity: 1,
  }));
  return [...batches, ...serials];
}

const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

/** Takes the wanted numbers out of what is left, place by place. */
function chosen(writer: Writer, item: Row, left: PlacedNumber[], wanted: Wanted[]): PlacedNumber[] {
  const rest = left.map((n) => ({ ...n }));
  const out: PlacedNumber[] = [];
  for (const want of wanted) {
    if (want.quantity <= 0) throw broken(writer, 'notPositive', String(item['Code']));
    let open = want.quantity;
    for (const n of rest.filter((one) => same(one.number, want.number))) {
      const taken = Math.min(open, n.quantity);
      if (taken > 0) out.push({ ...n, quantity: taken });
      n.quantity = rounded(n.quantity - taken);
      open = rounded(open - taken);
    }
    if (open > 0) throw broken(writer, 'numberTooLow', String(item['Code']), want.number);
  }
  return out;
}

function checkKinds(writer: Writer, item: Row, body: Body): void {
  const code = String(item['Code']);
  const isBatch = number(item['IsBatchItem']) !== 0;
  const isSerial = number(item['IsSerialItem']) !== 0;
  if ((body.children['BatchNumbers'] ?? []).length > 0 && !isBatch) {
    throw broken(writer, 'notBatchItem', code);
  }
  if ((body.children['SerialNumbers'] ?? []).length > 0 && !isSerial) {
    throw broken(writer, 'notSerialItem', code);
  }
}

/** The part of the rest a body asks for. Throws when it is more than the rest, or unnamed. */
export function partOf(writer: Writer, item: Row, body: Body, rest: Rest): Rest {
  const code = String(item['Code']);
  checkKinds(writer, item, body);
  const wanted = wantedNumbers(body);
  const sum = rounded(wanted.reduce((total, n) => total + n.quantity, 0));
  const sent = body.fields['Quantity'] ?? null;
  if (sent === null && wanted.length === 0) return rest;
  const quantity = sent === null ? sum : number(sent);
  checkQuantity(writer, item, quantity);
  if (quantity > rest.quantity) {
    throw broken(writer, 'reverseTooMuch', quantity, rest.quantity);
  }
  if (rest.numbers.length === 0) return { quantity, numbers: [] };
  if (wanted.length === 0 && quantity === rest.quantity) return rest;
  if (sum !== quantity) throw broken(writer, 'numbersMissing', code, sum, quantity);
  return { quantity, numbers: chosen(writer, item, rest.numbers, wanted) };
}

/** Numbers nested in a reversal need no more than their name and quantity. */
export const nestedNumbers = {
  'Inventory/StockBatchNumbers': ['BatchNumber', 'Quantity'],
  'Inventory/StockSerialNumbers': ['SerialNumber'],
} as const;
