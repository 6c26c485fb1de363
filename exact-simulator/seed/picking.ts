/*
 * Seeds two digital pick orders for the first open sales orders of the warehouse with locations
 * (Exact KB, sales). Picks are confirmed in Exact's own app, so they stay as they are seeded.
 */
import type { Row } from '../store/database.ts';
import { put, type Seeding } from './context.ts';

/** `Status` of pick orders and lines: 12 open (Exact KB, digital order picking). */
const OPEN = 12;
const ONE_ORDER = 1;
const FIRST_PICK = 40_000_001;

function putPickLine(seeding: Seeding, entryId: string, line: Row, n: number): void {
  const { store, writer } = seeding;
  const place = store.get(
    `SELECT "StorageLocation" FROM "LocationStock"
     WHERE "Item" = ? AND "Warehouse" = ? AND "Stock" > 0 ORDER BY "_rowversion" LIMIT 1`,
    line['Item'] ?? null,
    seeding.places.main,
  );
  const location = place?.['StorageLocation'] ?? null;
  const wanted = { QuantityToBePicked: line['Quantity'] ?? null, QuantityPicked: 0, Status: OPEN };
  const id = put(seeding, 'PickOrderLines', {
    ...{ ...wanted, EntryID: entryId, LineNumber: n, SalesOrderLineID: line['ID'] ?? null },
    ...{ Item: line['Item'] ?? null, UnitFactor: 1, StorageLocation: location },
    ...{ RelatedID: writer.newId(), Bin: null },
  });
  if (location === null) return;
  put(seeding, 'PickLocations', {
    ...{ ...wanted, PickOrderLineID: id, StorageLocation: location },
    ...{ IsReservedStock: 0, Bin: null },
  });
}

/** A pick order for each of two sales orders, with the shelves to go to. */
export function seedPicking(seeding: Seeding): void {
  const { store, places } = seeding;
  const orders = store.all(
    `SELECT "OrderID", "DeliveryDate" FROM "SalesOrders"
     WHERE "WarehouseID" = ? ORDER BY "OrderNumber" LIMIT 2`,
    places.main,
  );
  for (const [n, order] of orders.entries()) {
    const entryId = put(seeding, 'PickOrders', {
      ...{ PickOrderNumber: FIRST_PICK + n, Status: OPEN, Type: ONE_ORDER },
      ...{ Warehouse: places.main, PickedOrderDeliveryDate: order['DeliveryDate'] ?? null },
      ...{ PickedDate: null, OrderPicker: null },
    });
    const lines = store.all(
      'SELECT * FROM "SalesOrderLines" WHERE "OrderID" = ? ORDER BY "LineNumber"',
      order['OrderID'] ?? null,
    );
    for (const [index, line] of lines.entries()) putPickLine(seeding, entryId, line, index + 1);
  }
}
