/*
 * The rules a goods receipt must keep (Exact KB, purchase receiving), turned into a plan of what
 * will be booked. Nothing is written here: a document that breaks a rule leaves no trace.
 */
import type { Row, SqlValue } from '../store/database.ts';
import { findRow, type Writer } from '../store/rows.ts';
import { broken, number, rounded, type Body } from './effect.ts';
import { BATCH, findMaster, SERIAL, stockOfNumber } from './numbers.ts';
import { CANCELLED, unitFactor } from './purchase-orders.ts';

export interface PlannedNumber {
  type: typeof BATCH | typeof SERIAL;
  number: string;
  /** In item units. */
  quantity: number;
  location: SqlValue;
  endDate: SqlValue;
  remarks: SqlValue;
}

export interface PlannedLine {
  body: Body;
  orderLine: Row;
  order: Row;
  item: Row;
  /** In purchase units, as the document shows it. */
  quantity: number;
  /** In item units, as stock counts it. */
  stockQuantity: number;
  location: SqlValue;
  numbers: PlannedNumber[];
}

/** What the rules must remember from line to line of one document. */
interface Memory {
  receivedOnLine: Map<SqlValue, number>;
  serials: Set<string>;
}

function text(value: SqlValue | undefined): string {
  return value === null || value === undefined ? '' : String(value);
}

function orderOf(writer: Writer, body: Body): { orderLine: Row; order: Row; item: Row } {
  const id = body.fields['PurchaseOrderLineID'] ?? null;
  const orderLine = findRow(writer, 'PurchaseOrderLines', id);
  if (!orderLine) throw broken(writer, 'invalid', 'PurchaseOrderLineID');
  const order = findRow(writer, 'PurchaseOrders', orderLine['PurchaseOrderID'] ?? null);
  const item = findRow(writer, 'Items', orderLine['Item'] ?? null);
  if (!order || !item) throw broken(writer, 'invalid', 'PurchaseOrderLineID');
  const name = text(order['OrderNumber']);
  if (number(order['OrderStatus']) === CANCELLED) throw broken(writer, 'cancelled', name);
  if (number(order['ApprovalStatus']) === 0) throw broken(writer, 'notApproved', name);
  if (number(order['DropShipment']) !== 0) throw broken(writer, 'dropShipment', name);
  return { orderLine, order, item };
}

function quantityOf(writer: Writer, body: Body, orderLine: Row, item: Row, memory: Memory): number {
  const code = text(item['Code']);
  const before = memory.receivedOnLine.get(orderLine['ID'] ?? null) ?? 0;
  const ordered = number(orderLine['Quantity']) - number(orderLine['ReceivedQuantity']);
  const open = rounded(ordered / unitFactor(orderLine) - before);
  const sent = body.fields['QuantityReceived'];
  const quantity = sent === null || sent === undefined ? open : number(sent);
  if (quantity <= 0) {
    throw broken(writer, sent === null || sent === undefined ? 'nothingOpen' : 'notPositive', code);
  }
  const overAllowed = writer.store.settings.flag('overReceiptAllowed', false);
  if (quantity > open && !overAllowed) throw broken(writer, 'tooMuch', code, quantity, open);
  const stockQuantity = rounded(quantity * unitFactor(orderLine));
  if (number(item['IsFractionAllowedItem']) === 0 && !Number.isInteger(stockQuantity)) {
    throw broken(writer, 'fraction', code);
  }
  memory.receivedOnLine.set(orderLine['ID'] ?? null, before + quantity);
  return quantity;
}

/** The location stock goes to: the one sent, or the default of a warehouse that has locations. */
function locationOf(writer: Writer, sent: SqlValue | undefined, warehouse: Row): SqlValue {
  const usesLocations = number(warehouse['UseStorageLocations']) !== 0;
  const code = text(warehouse['Code']);
  if (sent !== null && sent !== undefined) {
    if (!usesLocations) throw broken(writer, 'noLocations', code);
    const location = findRow(writer, 'StorageLocations', sent);
    if (location?.['Warehouse'] !== warehouse['ID']) {
      throw broken(writer, 'locationElsewhere', code);
    }
    return sent;
  }
  if (!usesLocations) return null;
  const fallback = warehouse['DefaultStorageLocation'] ?? null;
  if (fallback === null) throw broken(writer, 'locationMandatory');
  return fallback;
}

function plannedNumber(
  writer: Writer,
  body: Body,
  type: PlannedNumber['type'],
  line: { location: SqlValue; factor: number; warehouse: Row },
): PlannedNumber {
  const property = type === BATCH ? 'BatchNumber' : 'SerialNumber';
  const name = text(body.fields[property]).trim();
  if (name.length > 30) throw broken(writer, 'numberTooLong', property);
  const own = body.fields['StorageLocation'] ?? null;
  return {
    type,
    number: name,
    quantity: type === SERIAL ? 1 : rounded(number(body.fields['Quantity']) * line.factor),
    location: own === null ? line.location : locationOf(writer, own, line.warehouse),
    endDate: body.fields['EndDate'] ?? null,
    remarks: body.fields['Remarks'] ?? null,
  };
}

function checkSerial(writer: Writer, item: Row, name: string, memory: Memory): void {
  const key = `${text(item['ID'])} ${name.toLowerCase()}`;
  if (memory.serials.has(key)) throw broken(writer, 'serialTwice', name);
  memory.serials.add(key);
  const master = findMaster(writer, SERIAL, item['ID'] ?? null, name);
  if (master && stockOfNumber(writer, master['ID'] ?? null) > 0) {
    throw broken(writer, 'serialInStock', name);
  }
}

function numbersOf(writer: Writer, line: PlannedLine, warehouse: Row, memory: Memory) {
  const { body, item } = line;
  const code = text(item['Code']);
  const batches = body.children['BatchNumbers'] ?? [];
  const serials = body.children['SerialNumbers'] ?? [];
  const isBatch = number(item['IsBatchItem']) !== 0;
  const isSerial = number(item['IsSerialItem']) !== 0;
  if (batches.length > 0 && !isBatch) throw broken(writer, 'notBatchItem', code);
  if (serials.length > 0 && !isSerial) throw broken(writer, 'notSerialItem', code);
  const around = { location: line.location, factor: unitFactor(line.orderLine), warehouse };
  const numbers = isBatch
    ? batches.map((batch) => plannedNumber(writer, batch, BATCH, around))
    : serials.map((serial) => plannedNumber(writer, serial, SERIAL, around));
  if (numbers.some((n) => n.quantity <= 0)) throw broken(writer, 'notPositive', code);
  if (isBatch || isSerial) {
    const sum = rounded(numbers.reduce((total, n) => total + n.quantity, 0));
    if (sum !== line.stockQuantity) {
      throw broken(writer, 'numbersMissing', code, sum, line.stockQuantity);
    }
  }
  for (const n of numbers) if (n.type === SERIAL) checkSerial(writer, item, n.number, memory);
  return numbers;
}

/** Checks every rule and says what to book. Throws the business error of the first broken rule. */
export function planReceipt(writer: Writer, lines: Body[]): PlannedLine[] {
  const memory: Memory = { receivedOnLine: new Map(), serials: new Set() };
  const planned: PlannedLine[] = [];
  for (const body of lines) {
    const { orderLine, order, item } = orderOf(writer, body);
    const first = planned[0]?.order ?? order;
    if (
      first['Supplier'] !== order['Supplier'] ||
      (first['Warehouse'] ?? null) !== (order['Warehouse'] ?? null)
    ) {
      throw broken(writer, 'mixed');
    }
    const warehouse = findRow(writer, 'Warehouses', order['Warehouse'] ?? null);
    if (!warehouse) throw broken(writer, 'invalid', 'Warehouse');
    const quantity = quantityOf(writer, body, orderLine, item, memory);
    const line: PlannedLine = {
      ...{ body, orderLine, order, item, quantity, numbers: [] },
      stockQuantity: rounded(quantity * unitFactor(orderLine)),
      location: locationOf(writer, body.fields['Location'], warehouse),
    };
    line.numbers = numbersOf(writer, line, warehouse, memory);
    planned.push(line);
  }
  return planned;
}
