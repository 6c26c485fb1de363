// The mirror against the simulator: first load, changes, deletions, comparisons.

import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { DEFAULT_CONVENTIONS, Mirror } from '../../src/lib/server/exact/index.ts';
import { Master } from '../../src/lib/server/house/master.ts';
import { rowContent } from '../../src/lib/server/projection/rows.ts';
import { DAY_MS, MirrorKit } from './mirror-kit.ts';
import { makeWorld } from './world.ts';
import type { World } from './world.ts';

// Real sockets and disks beside other tests on two cores.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let world: World;
let kit: MirrorKit;
beforeEach(async () => {
  world = await makeWorld();
  await world.connect();
  kit = new MirrorKit(world);
});
afterEach(async () => {
  await world.close();
});

it('loads every list once, and the admin page hears of no fault', async () => {
  await kit.round();
  const status = await kit.mirror.status();
  expect(status.filter((row) => row.fault !== null)).toEqual([]);
  const rows = Object.fromEntries(status.map((row) => [row.entity, row.rows]));
  const tables = [
    'Items',
    'SalesItemPrices',
    'ItemWarehouses',
    'ItemStorageLocations',
    'Warehouses',
  ];
  const documents = ['SalesOrderLines', 'ShopOrders', 'ShopOrderMaterialPlans', 'MaterialIssues'];
  const numbers = ['SerialBatchNumbers', 'StockSerialBatchNumbers', 'StockPositions', 'Accounts'];
  for (const name of [...tables, ...documents, ...numbers, 'StorageLocations', 'Units']) {
    expect([name, rows[name]]).toEqual([name, kit.count(name)]);
  }
  expect(rows['SupplierItem']).toBe(kit.count('SupplierItems'));
  expect(rows['SalesOrderHeaders']).toBe(kit.count('SalesOrders'));
  expect(rows['PurchaseOrders']).toBe(
    kit.count('PurchaseOrders') + kit.count('PurchaseOrderLines'),
  );
  expect(rows['ReasonCodes']).toBeGreaterThan(0);
  expect(await kit.mirror.progress()).toMatchObject({ phase: 'steady', listsLeft: 0, leftMs: 0 });
});

it('reads items with packs and places, places, and open orders, each by its id', async () => {
  await kit.round();
  const { reader } = world.hub;
  const items = await reader.items();
  expect(items).toHaveLength(kit.count('Items'));
  for (const tracking of ['none', 'batch', 'serial'] as const) {
    expect(items.some((item) => item.tracking === tracking)).toBe(true);
  }
  expect(items.some((item) => item.hasExpiry)).toBe(true);
  expect(items.some((item) => item.packs.some((pack) => pack.quantity > 1))).toBe(true);
  expect(items.some((item) => Object.keys(item.defaultLocations).length > 0)).toBe(true);
  expect(items.every((item) => item.unit === item.unit.trim() && item.unit !== '')).toBe(true);
  const [first] = items;
  const alone = await reader.itemsById([first?.id ?? '', 'no such item']);
  expect([...alone.values()]).toEqual([first]);
  expect(Object.keys(await reader.pickPlacesOf(first?.id ?? '')).length).toBeGreaterThan(0);
  expect((await reader.warehouses()).map((w) => w.usesLocations).sort()).toContain(true);
  expect(await reader.locations()).toHaveLength(kit.count('StorageLocations'));
  const orders = await reader.orders();
  expect(orders).toHaveLength(kit.count('PurchaseOrders'));
  const open = await reader.openOrders();
  expect([...(await reader.liveIds('PurchaseOrders'))].sort()).toEqual(
    open.map((o) => o.id).sort(),
  );
  expect(open.length).toBeLessThan(orders.length);
  expect(open.every((order) => order.supplierCode === order.supplierCode.trim())).toBe(true);
  expect(open.every((order) => order.lines.length > 0)).toBe(true);
  expect(orders.some((o) => o.lines.some((line) => line.purchaseUnitFactor > 1))).toBe(true);
});

it('stock by warehouse, location, batch and serial equals the books of Exact', async () => {
  await kit.round();
  const { reader } = world.hub;
  let tracked = 0;
  for (const item of await reader.items()) {
    const stock = await reader.stockOf(item.id);
    const whole = stock.filter((each) => each.locationId === undefined);
    const sql = 'SELECT * FROM "StockPositions" WHERE "ItemId" = ? ORDER BY "Warehouse"';
    const books = kit.rows(sql, item.id).map((row) => [row['Warehouse'], row['CurrentStock']]);
    expect(whole.map((each) => [each.warehouseId, each.quantity]).sort()).toEqual(books);
    if (item.tracking === 'none') continue;
    const numbers = await reader.numbersOf(item.id);
    tracked += numbers.length;
    const there = numbers.flatMap((number) => number.places);
    const total = (list: readonly { quantity: number }[]) =>
      list.reduce((sum, each) => sum + each.quantity, 0);
    expect(total(there)).toBe(total(whole));
    const kind = item.tracking === 'serial' ? 'serial' : 'batch';
    expect(numbers.every((number) => number.kind === kind)).toBe(true);
    if (item.hasExpiry)
      expect(numbers.every((n) => /^\d{4}-\d\d-\d\d$/.test(n.expiry ?? ''))).toBe(true);
  }
  expect(tracked).toBe(kit.count('SerialBatchNumbers'));
});

it('asks for what changed only, and tells which items and orders those are', async () => {
  await kit.round();
  const told = kit.listen();
  await kit.round('all');
  expect(told.changed).toEqual([]);
  const item = (await world.hub.reader.items())[3];
  await kit.person('PATCH', `logistics/Items/${item?.id}`, { Description: 'Renamed goods' });
  await kit.round('all');
  expect(told.changed).toEqual([['Items', [item?.id]]]);
  const again = (await world.hub.reader.itemsById([item?.id ?? ''])).get(item?.id ?? '');
  expect(again?.name).toBe('Renamed goods');
  expect(kit.calls('sync/Logistics/Items').at(-1)?.['path']).not.toContain('Timestamp gt 1L');
});

it('removes what was deleted in Exact, an order with its lines', async () => {
  await kit.round();
  const created = await kit.person('POST', 'logistics/Items', {
    Code: 'GONE-1',
    Description: 'Soon gone',
  });
  await kit.round('all');
  const find = async () => (await world.hub.reader.itemsById([created])).get(created);
  expect((await find())?.code).toBe('GONE-1');
  await kit.person('DELETE', `logistics/Items/${created}`);
  await kit.round('all');
  expect(await find()).toBeUndefined();
  const order = (await world.hub.reader.openOrders())[0];
  await kit.person('DELETE', `purchaseorder/PurchaseOrders/${order?.id}`);
  const told = kit.listen();
  await kit.round('all');
  const id = order?.id ?? '';
  expect((await world.hub.reader.ordersById([id])).size).toBe(0);
  expect(
    told.changed.some(([entity, ids]) => entity === 'PurchaseOrders' && ids.includes(id)),
  ).toBe(true);
});

it('a row version that was committed late is read all the same', async () => {
  await kit.round();
  const [first, second] = await world.hub.reader.items();
  const { faults } = world.sim.simulation;
  const receipt = { method: 'PUT', path: 'logistics/Items' };
  faults.add({ kind: 'late-commit', match: receipt, delayMs: 120_000 });
  await put(first?.id ?? '', 'Committed late');
  await put(second?.id ?? '', 'Committed at once');
  await kit.round('all');
  const name = async (id = '') => (await world.hub.reader.itemsById([id])).get(id)?.name;
  expect(await name(second?.id)).toBe('Committed at once');
  expect(await name(first?.id)).not.toBe('Committed late');
  world.time.advance(130_000);
  await kit.round('all');
  expect(await name(first?.id)).toBe('Committed late');
});

/** Another client of the same company writes. */
async function put(id: string, description: string): Promise<void> {
  const made = (await world.control('tokens/issue', {})) as { accessToken: string };
  const { division } = world.sim;
  const url = `${world.sim.url}/api/v1/${division}/logistics/Items(guid'${id}')`;
  const answer = await fetch(url, {
    method: 'PUT',
    headers: { Authorization: `Bearer ${made.accessToken}`, 'Content-Type': 'application/json' },
    body: JSON.stringify({ Description: description }),
  });
  if (answer.status !== 204) throw new Error(`${answer.status} ${await answer.text()}`);
}

/** A row that Exact does not have, as a forgotten deletion leaves it. */
async function ghost(): Promise<void> {
  const [item] = await world.hub.reader.items();
  const row = await world.hub.store.db
    .selectFrom('mirror_row')
    .selectAll()
    .where('entity', '=', 'Items')
    .where('id', '=', item?.id ?? '')
    .executeTakeFirstOrThrow();
  const id = '00000000-0000-4000-8000-000000000000';
  const body = JSON.stringify({ ...(JSON.parse(row.body) as object), ID: id });
  await world.hub.store.db
    .insertInto('mirror_row')
    .values({ ...row, id, subject: id, body })
    .execute();
}

const itemCount = async () => (await world.hub.reader.items()).length;

it('compares everything after two months without news of deletions, and loses nothing meanwhile', async () => {
  await kit.round();
  await ghost();
  await kit.round('all');
  expect(await itemCount()).toBe(kit.count('Items') + 1);
  world.time.advance(60 * DAY_MS);
  // So long after the last refresh the chain of tokens is dead too (§1.4).
  await kit.round();
  await kit.settle(world.connect());
  const seen: number[] = [];
  kit.mirror.events.on('changed', () => {
    itemCount().then(
      (n) => seen.push(n),
      () => seen.push(0),
    );
  });
  await kit.round();
  expect(await itemCount()).toBe(kit.count('Items'));
  expect(seen.every((n) => n >= kit.count('Items'))).toBe(true);
  expect(await kit.mirror.progress()).toMatchObject({ phase: 'steady' });
});

it('compares everything when the division moved to another database', async () => {
  await kit.round();
  await ghost();
  const { faults } = world.sim.simulation;
  faults.add({ kind: 'move-company', match: { path: 'system/Divisions' } });
  const told = kit.listen();
  world.time.advance(25 * 3_600_000);
  await kit.round();
  world.time.advance(25 * 3_600_000);
  await kit.round();
  expect(await itemCount()).toBe(kit.count('Items'));
  // Rows that are as they were are told to nobody.
  expect(told.changed.filter(([entity]) => entity === 'Items')).toEqual([
    ['Items', ['00000000-0000-4000-8000-000000000000']],
  ]);
});

it('forgets the rows of another division before it reads its own', async () => {
  await kit.round();
  const { db } = world.hub.store;
  await db
    .updateTable('meta')
    .set({ value: 'elsewhere 1 forms 1' })
    .where('key', '=', 'exact.mirror-of')
    .execute();
  const told = kit.listen();
  await kit.round('all');
  expect((await kit.status('Items'))?.rows).toBe(kit.count('Items'));
  // Told twice: they went, and they came.
  const items = told.changed.filter(([entity]) => entity === 'Items').flatMap(([, ids]) => ids);
  expect(new Set(items).size).toBe(kit.count('Items'));
  expect(items.length).toBeGreaterThanOrEqual(2 * kit.count('Items'));
});

it('barcodes in free fields are looked up, and a changed convention reads items anew', async () => {
  await kit.round();
  const [item] = await world.hub.reader.items();
  const id = item?.id ?? '';
  await kit.person('PATCH', `logistics/Items/${id}`, { FreeTextField_03: ' 5012345678900 ' });
  await kit.round('all');
  expect(item?.extraCodes).toEqual([]);
  const { session, store } = world.hub;
  const mirror = new Mirror({
    ...{ db: store.db, client: session.client, baseUrl: world.wire.url },
    division: () => session.division,
    ...{ clock: world.time, scheduler: world.time },
    conventions: {
      ...DEFAULT_CONVENTIONS,
      barcodeFields: ['FreeTextField_02', 'FreeTextField_03'],
    },
  });
  await kit.settle(mirror.round('all'));
  expect(await itemCount()).toBe(kit.count('Items'));
  const found = (await world.hub.reader.itemsById([id])).get(id);
  expect(found?.extraCodes).toEqual(['5012345678900']);
  const ledger = { progress: () => ({ seq: 0, lines: new Map() }) };
  const row = await rowContent('item', id, new Master(world.hub.reader), ledger);
  expect(row?.keys).toContain('gtin:05012345678900');
});
