/*
 * Seeds the sales orders to try deliveries with, and stock under known numbers to deliver: orders
 * 20000011 (warehouse with locations) and 20000012 (without) have a plain, an expiring batch, a
 * batch and a serial line; 20000013 is a drop shipment; 20000014 has a trade-in.
 */
import { refreshSalesOrder } from '../effects/sales-status.ts';
import { BATCH, moveNumber, SERIAL } from '../effects/numbers.ts';
import { moveStock } from '../effects/stock.ts';
import type { Row } from '../store/database.ts';
import { updateRow } from '../store/rows.ts';
import { bought, put, type Seeding, type SeedItem, type SqlValue } from './context.ts';

/** `StockTransactionType` of an opening balance. */
const OPENING_BALANCE = 10;
const DROP_SHIPMENT_ORDER = 10_000_006;

/** `[number, quantity, shelf, days until it expires]`; no shelf means the receiving dock. */
type Lot = readonly [number: string, quantity: number, shelf?: string | undefined, days?: number];

interface Kinds {
  plain: SeedItem;
  other: SeedItem;
  expiry: SeedItem;
  batch: SeedItem;
  serial: SeedItem;
}

function nth<T>(list: readonly T[], n: number): T {
  const found = list[n];
  if (found === undefined) throw new Error('the seed needs more of this kind');
  return found;
}

/** The second item of each tracked kind: the first ones are those of purchase order 10000001. */
function kindsOf(seeding: Seeding): Kinds {
  const plain = bought(seeding, 'plain').filter(
    (item) => item.pack === undefined && item.ware.family.unit === 'pc',
  );
  const of = (kind: 'expiry' | 'batch' | 'serial') => nth(bought(seeding, kind), 1);
  return {
    ...{ plain: nth(plain, 2), other: nth(plain, 3) },
    ...{ expiry: of('expiry'), batch: of('batch'), serial: of('serial') },
  };
}

function stockPlain(seeding: Seeding, item: SeedItem, warehouse: string, lots: readonly Lot[]) {
  for (const [, quantity, shelf] of lots) {
    moveStock(seeding.writer, item.id, warehouse, placeOf(seeding, warehouse, shelf), quantity);
  }
}

function placeOf(seeding: Seeding, warehouse: string, shelf: string | undefined): SqlValue {
  const { places, store } = seeding;
  if (warehouse !== places.main) return null;
  if (shelf === undefined) return places.dock;
  const row = store.get('SELECT "ID" FROM "StorageLocations" WHERE "Code" = ?', shelf);
  return row?.['ID'] ?? null;
}

function stockNumbers(seeding: Seeding, item: SeedItem, warehouse: string, lots: readonly Lot[]) {
  const { writer } = seeding;
  for (const [number, quantity, shelf, days] of lots) {
    const location = placeOf(seeding, warehouse, shelf);
    moveNumber(writer, {
      ...{ type: item.ware.family.tracking === 'serial' ? SERIAL : BATCH, item: item.id },
      ...{ warehouse, location, number, quantity, remarks: null },
      endDate: days === undefined ? null : seeding.day(days),
      ...{ transactionId: writer.newId(), transactionType: OPENING_BALANCE },
    });
    moveStock(writer, item.id, warehouse, location, quantity);
  }
}

/** Everything the orders ask for, and more, at more than one place. */
function seedNumberedStock(seeding: Seeding, kinds: Kinds): void {
  const { places, writer } = seeding;
  const { plain, other, expiry, batch, serial } = kinds;
  stockPlain(seeding, plain, places.main, [
    ['', 60, 'A-01-1'],
    ['', 40],
  ]);
  stockPlain(seeding, other, places.main, [['', 30]]);
  stockNumbers(seeding, expiry, places.main, [
    ['DEL-E1', 8, 'A-01-2', 300],
    ['DEL-E2', 10, 'B-01-1', 400],
    ['DEL-E3', 5, 'A-01-2', 500],
  ]);
  stockNumbers(seeding, batch, places.main, [
    ['DEL-B1', 5, 'A-02-1'],
    ['DEL-B1', 5, 'A-02-2'],
  ]);
  stockNumbers(seeding, serial, places.main, [
    ...(['DEL-S1', 'DEL-S2', 'DEL-S3'] as const).map((s) => [s, 1, 'A-03-1'] as const),
    ['DEL-S4', 1],
  ]);
  stockPlain(seeding, plain, places.outlet, [['', 50]]);
  stockNumbers(seeding, expiry, places.outlet, [
    ['OUT-E1', 8, undefined, 200],
    ['OUT-E2', 6, undefined, 260],
  ]);
  stockNumbers(seeding, batch, places.outlet, [['OUT-B1', 9]]);
  stockNumbers(seeding, serial, places.outlet, [
    ['OUT-S1', 1],
    ['OUT-S2', 1],
  ]);
  const blocked = seeding.store.get(
    'SELECT "ID" FROM "SerialBatchNumbers" WHERE "SerialBatchNumber" = ?',
    'DEL-E3',
  );
  updateRow(writer, 'SerialBatchNumbers', blocked?.['ID'] ?? null, { IsBlocked: 1 });
}

interface OrderLine {
  item: SeedItem;
  quantity: number;
  more?: Row;
}

function putOrder(seeding: Seeding, n: number, warehouse: string, lines: readonly OrderLine[]) {
  const orderNumber = 20_000_000 + n;
  const customer = nth(seeding.customers, n % seeding.customers.length);
  const orderId = put(seeding, 'SalesOrders', {
    ...{ OrderNumber: orderNumber, OrderedBy: customer, DeliverTo: customer },
    ...{ InvoiceTo: customer, WarehouseID: warehouse, Currency: 'EUR', Discount: 0 },
    ...{ OrderDate: seeding.day(-3), DeliveryDate: seeding.day(1) },
    ...{ Status: 12, DeliveryStatus: 12, InvoiceStatus: 12, ApprovalStatus: 2 },
    ...{ Approved: seeding.day(-2), Approver: seeding.writer.user },
    ...{ Description: `Delivery ${n}`, YourRef: `PO-${7300 + n * 3}` },
  });
  for (const [index, { item, quantity, more }] of lines.entries()) {
    const price = Math.round(item.ware.price * 160) / 100;
    put(seeding, 'SalesOrderLines', {
      ...{ OrderID: orderId, OrderNumber: orderNumber, LineNumber: index + 1, Item: item.id },
      ...{ Description: item.ware.description, Quantity: quantity, QuantityDelivered: 0 },
      ...{ QuantityInvoiced: 0, UnitCode: item.ware.family.unit, UnitPrice: price },
      ...{ NetPrice: price, AmountDC: price * quantity, AmountFC: price * quantity },
      ...{ Discount: 0, VATCode: '2  ', OrderStatus: 12, DeliveryStatus: 12, InvoiceStatus: 12 },
      ...{ UseDropShipment: 0, DeliveryDate: seeding.day(1), ...more },
    });
  }
  refreshSalesOrder(seeding.writer, orderId);
}

/** Lines that the supplier of purchase order 10000006 sends to the customer himself. */
function dropShipped(seeding: Seeding): OrderLine[] {
  const rows = seeding.store.all(
    `SELECT l.*, h."OrderNumber" AS "number" FROM "PurchaseOrderLines" l
     JOIN "PurchaseOrders" h ON h."PurchaseOrderID" = l."PurchaseOrderID"
     WHERE h."OrderNumber" = ? ORDER BY l."LineNumber"`,
    DROP_SHIPMENT_ORDER,
  );
  return rows.flatMap((row) => {
    const item = seeding.items.find((one) => one.id === row['Item']);
    if (!item) return [];
    const order = { PurchaseOrder: row['PurchaseOrderID'] ?? null };
    const line = { PurchaseOrderLine: row['ID'] ?? null };
    return [{ item, quantity: 10, more: { ...order, ...line, UseDropShipment: 1 } }];
  });
}

/** Four approved sales orders with everything in stock that they ask for. */
export function seedDeliveries(seeding: Seeding): void {
  const { places } = seeding;
  const kinds = kindsOf(seeding);
  const { plain, other, expiry, batch, serial } = kinds;
  seedNumberedStock(seeding, kinds);
  const four = (...quantities: [number, number, number, number]) =>
    [plain, expiry, batch, serial].map((item, n) => ({ item, quantity: nth(quantities, n) }));
  putOrder(seeding, 11, places.main, four(24, 12, 6, 2));
  putOrder(seeding, 12, places.outlet, four(10, 5, 4, 1));
  putOrder(seeding, 13, places.main, dropShipped(seeding));
  putOrder(seeding, 14, places.main, [
    { item: plain, quantity: 5 },
    { item: other, quantity: -2 },
    { item: serial, quantity: -1 },
  ]);
}
