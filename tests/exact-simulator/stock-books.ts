/*
 * The laws stock and planning must keep after every document (Exact KB, state effects), worked out
 * here anew from the stored rows, so that the simulator's own sums have something to disagree with.
 */
import type { Row, Store } from '../../exact-simulator/store/database.ts';

const num = (value: unknown): number => Number(value ?? 0);
const round = (value: number): number => Math.round(value * 1e6) / 1e6;

class Sums {
  private readonly sums = new Map<string, number>();

  add(key: string, quantity: number): void {
    this.sums.set(key, round(this.get(key) + quantity));
  }

  get(key: string): number {
    return this.sums.get(key) ?? 0;
  }

  keys(): string[] {
    return [...this.sums.keys()];
  }
}

const key = (...parts: unknown[]): string => parts.map((part) => String(part ?? '-')).join(' ');

function byId(store: Store, table: string, id = 'ID'): Map<string, Row> {
  return new Map(store.all(`SELECT * FROM "${table}"`).map((row) => [String(row[id]), row]));
}

/** What all documents still plan to bring to and take from each item and warehouse. */
function planning(store: Store): { into: Sums; out: Sums } {
  const [into, out] = [new Sums(), new Sums()];
  const purchases = byId(store, 'PurchaseOrders', 'PurchaseOrderID');
  for (const line of store.all('SELECT * FROM "PurchaseOrderLines"')) {
    const order = purchases.get(String(line['PurchaseOrderID']));
    if (num(order?.['DropShipment']) !== 0 || num(order?.['ReceiptStatus']) >= 30) continue;
    const rest = num(line['Quantity']) - num(line['ReceivedQuantity']);
    into.add(key(line['Item'], order?.['Warehouse']), Math.max(rest, 0));
  }
  const sales = byId(store, 'SalesOrders', 'OrderID');
  for (const line of store.all('SELECT * FROM "SalesOrderLines"')) {
    const order = sales.get(String(line['OrderID']));
    if (num(line['UseDropShipment']) !== 0 || num(order?.['DeliveryStatus']) >= 21) continue;
    if (num(line['DeliveryStatus']) >= 21) continue;
    const rest = num(line['Quantity']) - num(line['QuantityDelivered']);
    (rest < 0 ? into : out).add(key(line['Item'], order?.['WarehouseID']), Math.abs(rest));
  }
  const transfers = byId(store, 'WarehouseTransfers', 'TransferID');
  for (const line of store.all('SELECT * FROM "WarehouseTransferLines"')) {
    const { Status, WarehouseFrom, WarehouseTo } = transfers.get(String(line['TransferID'])) ?? {};
    if (num(Status) >= 50 || WarehouseFrom === WarehouseTo) continue;
    out.add(key(line['Item'], WarehouseFrom), num(line['Quantity']));
    into.add(key(line['Item'], WarehouseTo), num(line['Quantity']));
  }
  const shopOrders = byId(store, 'ShopOrders');
  for (const order of shopOrders.values()) {
    if (num(order['Status']) >= 30) continue;
    const rest = num(order['PlannedQuantity']) - num(order['ProducedQuantity']);
    into.add(key(order['Item'], order['Warehouse']), Math.max(rest, 0));
  }
  for (const plan of store.all('SELECT * FROM "ShopOrderMaterialPlans"')) {
    const order = shopOrders.get(String(plan['ShopOrder']));
    if (num(order?.['Status']) >= 30 || num(plan['Status']) >= 30) continue;
    const rest = Math.max(num(plan['PlannedQuantity']) - num(plan['IssuedQuantity']), 0);
    (num(plan['Type'] ?? 1) === 2 ? into : out).add(key(plan['Item'], order?.['Warehouse']), rest);
  }
  return { into, out };
}

/** Stock per item and warehouse, and per item, warehouse and location. */
function stockOf(store: Store) {
  const [warehouses, places] = [new Sums(), new Sums()];
  for (const row of store.all('SELECT * FROM "StockPositions"')) {
    warehouses.add(key(row['ItemId'], row['Warehouse']), num(row['CurrentStock']));
  }
  for (const row of store.all('SELECT * FROM "LocationStock"')) {
    places.add(key(row['Item'], row['Warehouse'], row['StorageLocation']), num(row['Stock']));
  }
  return { warehouses, places };
}

function checkLocations(store: Store, found: string[]): void {
  const { warehouses, places } = stockOf(store);
  const uses = byId(store, 'Warehouses');
  const sums = new Sums();
  for (const place of places.keys()) {
    const [item, warehouse] = place.split(' ');
    sums.add(key(item, warehouse), places.get(place));
  }
  for (const at of warehouses.keys()) {
    const warehouse = uses.get(at.split(' ')[1] ?? '');
    const located = num(warehouse?.['UseStorageLocations']) !== 0;
    const wanted = located ? warehouses.get(at) : 0;
    if (sums.get(at) !== wanted) found.push(`locations ${at}: ${sums.get(at)}, not ${wanted}`);
  }
}

function checkNumbers(store: Store, found: string[]): void {
  const { warehouses, places } = stockOf(store);
  const items = byId(store, 'Items');
  const masters = byId(store, 'SerialBatchNumbers');
  const [perWarehouse, perPlace, perNumber] = [new Sums(), new Sums(), new Sums()];
  for (const row of store.all('SELECT * FROM "StockSerialBatchNumbers" WHERE "IsDraft" = 0')) {
    const { Item, Warehouse, StorageLocation, SerialBatchNumber } = row;
    perWarehouse.add(key(Item, Warehouse), num(row['Quantity']));
    perPlace.add(key(Item, Warehouse, StorageLocation), num(row['Quantity']));
    perNumber.add(key(SerialBatchNumber, Warehouse, StorageLocation), num(row['Quantity']));
  }
  const tracked = (at: string) => {
    const item = items.get(at.split(' ')[0] ?? '');
    return num(item?.['IsBatchItem']) + num(item?.['IsSerialItem']) > 0;
  };
  for (const at of warehouses.keys()) {
    if (!tracked(at) || perWarehouse.get(at) === warehouses.get(at)) continue;
    found.push(`numbers ${at}: ${perWarehouse.get(at)}, not ${warehouses.get(at)}`);
  }
  for (const at of places.keys()) {
    if (!tracked(at) || perPlace.get(at) === places.get(at)) continue;
    found.push(`numbers ${at}: ${perPlace.get(at)}, not ${places.get(at)}`);
  }
  for (const at of perNumber.keys()) {
    const isSerial = num(masters.get(at.split(' ')[0] ?? '')?.['Type']) === 1;
    const quantity = perNumber.get(at);
    if (quantity < 0 || (isSerial && quantity > 1)) found.push(`number ${at}: ${quantity}`);
  }
}

function checkPlanning(store: Store, found: string[]): void {
  const { into, out } = planning(store);
  const seen = new Set<string>();
  for (const row of store.all('SELECT * FROM "Sync/Inventory/StockPositions"')) {
    const at = key(row['ItemId'], row['Warehouse']);
    seen.add(at);
    const now = [num(row['PlanningIn']), num(row['PlanningOut'])];
    const wanted = [into.get(at), out.get(at)];
    if (String(now) !== String(wanted)) found.push(`planned ${at}: ${now}, not ${wanted}`);
    const projected = num(row['CurrentStock']) + into.get(at) - out.get(at);
    if (round(num(row['ProjectedStock'])) !== round(projected)) found.push(`projected ${at}`);
    const free = num(row['CurrentStock']) - num(row['ReservedStock']);
    if (round(num(row['FreeStock'])) !== round(free)) found.push(`free ${at}`);
  }
  for (const at of [...into.keys(), ...out.keys()]) {
    if (!seen.has(at)) found.push(`planned ${at} without a position`);
  }
}

/** Every law that is broken, in words; empty when the books are right. */
export function brokenLaws(store: Store): string[] {
  const found: string[] = [];
  checkLocations(store, found);
  checkNumbers(store, found);
  checkPlanning(store, found);
  return found;
}

/** Stock per item and place as text, to see what a document changed. */
export function stockPicture(store: Store): Map<string, number> {
  const { warehouses, places } = stockOf(store);
  return new Map([
    ...warehouses.keys().map((at): [string, number] => [at, warehouses.get(at)]),
    ...places.keys().map((at): [string, number] => [at, places.get(at)]),
  ]);
}
