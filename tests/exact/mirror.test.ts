// The mirror against the simulator: first load, changes, deletions, bad pages, restarts.

import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { makeWorld } from './world.ts';
import type { World } from './world.ts';

// Real sockets and disks beside other tests on two cores.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 });

let world: World;
beforeEach(async () => {
  world = await makeWorld();
  await world.connect();
});
afterEach(async () => {
  await world.close();
});

const count = (table: string) =>
  Number(world.sim.simulation.store.get(`SELECT count(*) AS n FROM "${table}"`)?.['n']);
const calls = (like: string) =>
  world.sim.simulation.store.all('SELECT * FROM sim_call WHERE path LIKE ?', `%${like}%`);
const statusOf = async (entity: string) =>
  (await world.hub.mirror.status()).find((row) => row.entity === entity);
async function patch(path: string, body: unknown, method = 'PATCH') {
  const url = `${world.sim.url}/control/records/${path}`;
  const answer = await fetch(url, { method, body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  return answer.status === 204 ? null : ((await answer.json()) as { key: string });
}

it('loads everything once: items, packs, places, orders, stock', async () => {
  await world.hub.mirror.round();
  const status = await world.hub.mirror.status();
  expect(status.filter((row) => row.fault !== null)).toEqual([]);
  expect((await statusOf('Items'))?.rows).toBe(count('Items'));
  const { reader } = world.hub;
  const items = await reader.items();
  expect(items).toHaveLength(count('Items'));
  for (const kind of ['none', 'batch', 'serial'] as const) {
    expect(items.some((item) => item.tracking === kind)).toBe(true);
  }
  expect(items.some((item) => item.hasExpiry)).toBe(true);
  expect(items.some((item) => item.packs.some((pack) => pack.quantity > 1))).toBe(true);
  expect(items.some((item) => Object.keys(item.defaultLocations).length > 0)).toBe(true);
  expect(items.every((item) => item.unit === item.unit.trim() && item.unit !== '')).toBe(true);
  const warehouses = await reader.warehouses();
  expect(warehouses.map((w) => w.usesLocations).sort()).toContain(true);
  expect(await reader.locations()).toHaveLength(count('StorageLocations'));
  expect((await reader.stock()).length).toBeGreaterThan(0);
  const orders = await reader.orders();
  expect(orders).toHaveLength(count('PurchaseOrders'));
  const open = await reader.openOrders();
  expect(open.length).toBeGreaterThan(0);
  expect(open.length).toBeLessThan(orders.length);
  expect(open.every((order) => order.supplierCode === order.supplierCode.trim())).toBe(true);
  expect(open.every((order) => order.lines.length > 0)).toBe(true);
  expect(orders.some((o) => o.lines.some((line) => line.purchaseUnitFactor > 1))).toBe(true);
});

it('asks for what changed only, and tells which items and orders those are', async () => {
  await world.hub.mirror.round();
  const told: [string, readonly string[]][] = [];
  world.hub.mirror.events.on('changed', (entity, ids) => told.push([entity, ids]));
  await world.hub.mirror.round('all');
  expect(told).toEqual([]);
  const item = (await world.hub.reader.items())[3];
  await patch(`logistics/Items/${item?.id}`, { Description: 'Renamed goods' });
  await world.hub.mirror.round('all');
  const items = told.filter(([entity]) => entity === 'Items');
  expect(items).toEqual([['Items', [item?.id]]]);
  const again = (await world.hub.reader.items()).find((i) => i.id === item?.id);
  expect(again?.name).toBe('Renamed goods');
  expect(calls('sync/Logistics/Items').at(-1)?.['path']).not.toContain('Timestamp gt 1L');
});

it('keeps its own rhythm: orders every minute, items every five', async () => {
  await world.hub.mirror.round();
  world.time.advance(61_000);
  const before = calls('sync/').length;
  await world.hub.mirror.round();
  const asked = calls('sync/')
    .slice(before)
    .map((call) => String(call['path']));
  expect(asked.map((path) => path.split('?')[0]?.split('/sync/')[1])).toEqual([
    'PurchaseOrder/PurchaseOrders',
  ]);
});

it('removes what was deleted in Exact, an order with its lines', async () => {
  await world.hub.mirror.round();
  const created = await patch(
    'logistics/Items',
    { Code: 'GONE-1', Description: 'Soon gone' },
    'POST',
  );
  await world.hub.mirror.round('all');
  const find = async () => (await world.hub.reader.items()).find((i) => i.id === created?.key);
  expect((await find())?.code).toBe('GONE-1');
  await patch(`logistics/Items/${created?.key}`, {}, 'DELETE');
  await world.hub.mirror.round('all');
  expect(await find()).toBeUndefined();
  const order = (await world.hub.reader.openOrders())[0];
  await patch(`purchaseorder/PurchaseOrders/${order?.id}`, {}, 'DELETE');
  const told: string[] = [];
  world.hub.mirror.events.on('changed', (entity, ids) => told.push(entity, ...ids));
  await world.hub.mirror.round('all');
  expect((await world.hub.reader.orders()).some((o) => o.id === order?.id)).toBe(false);
  expect(told).toContain(order?.id);
});

it('finds in the daily full reading what no deletion told', async () => {
  await world.hub.mirror.round();
  const { db } = world.hub.store;
  const body = JSON.stringify({ ...(await anItem()), ID: '00000000-0000-4000-8000-000000000000' });
  const ghost = { entity: 'Items', id: '00000000-0000-4000-8000-000000000000', body };
  await db
    .insertInto('mirror_row')
    .values({ ...ghost, timestamp: '5' })
    .execute();
  await world.hub.mirror.round('all');
  expect(await world.hub.reader.items()).toHaveLength(count('Items') + 1);
  world.time.advance(25 * 3_600_000);
  await world.hub.mirror.round('all');
  expect(await world.hub.reader.items()).toHaveLength(count('Items'));
});

async function anItem(): Promise<Record<string, unknown>> {
  const row = await world.hub.store.db
    .selectFrom('mirror_row')
    .select('body')
    .where('entity', '=', 'Items')
    .executeTakeFirstOrThrow();
  return JSON.parse(row.body) as Record<string, unknown>;
}

it.each([['truncate'], ['html-503'], ['status-500'], ['lose-answer']])(
  'a page that comes as %s stops that list only, says so, and heals by itself',
  async (kind) => {
    await world.control('faults', { kind, match: { path: 'sync/Logistics/Items' } });
    const told: string[] = [];
    world.hub.mirror.events.on('fault', (entity) => told.push(entity));
    world.hub.mirror.events.on('healed', (entity) => told.push(`healed ${entity}`));
    await world.hub.mirror.round();
    expect(await statusOf('Items')).toMatchObject({ rows: 0, fault: { code: 'exact.mirror' } });
    expect((await statusOf('PurchaseOrders'))?.rows).toBeGreaterThan(0);
    world.time.advance(10_000);
    await world.hub.mirror.round();
    expect(await statusOf('Items')).toMatchObject({ rows: count('Items'), fault: null });
    expect(told).toEqual(['Items', 'healed Items']);
  },
);

it('a refused list is not asked again and again (I-04)', async () => {
  const fault = { kind: 'status-403', match: { path: 'sync/Logistics/SupplierItem' }, times: 1000 };
  await world.control('faults', { ...fault, reason: 'NoDivisionAccess' });
  for (let minute = 0; minute < 60; minute += 1) {
    await world.hub.mirror.round();
    world.time.advance(60_000);
  }
  const refused = calls('sync/Logistics/SupplierItem').filter((call) => call['status'] === 403);
  expect(refused.length).toBeGreaterThan(1);
  expect(refused.length).toBeLessThanOrEqual(5);
});

it('I-18: an hour of mirroring stays within the minute and causes no 429', async () => {
  for (let minute = 0; minute < 60; minute += 1) {
    await world.hub.mirror.round();
    world.time.advance(60_000);
  }
  expect(calls('').filter((call) => call['status'] === 429)).toEqual([]);
  const day = calls('/api/v1/').length * 24;
  expect(day).toBeLessThan(5000 * 0.8);
});

it('a throttled round waits for the time that Exact names', async () => {
  await world.control('faults', { kind: 'status-429', match: { path: 'logistics/Units' } });
  await world.hub.mirror.round();
  const before = calls('').length;
  await world.hub.mirror.round();
  expect(calls('').length).toBe(before);
  world.time.advance(60_000);
  await world.hub.mirror.round();
  expect((await statusOf('Items'))?.rows).toBe(count('Items'));
});

it('forgets the rows of another division before it reads its own', async () => {
  await world.hub.mirror.round();
  const { db } = world.hub.store;
  await db
    .updateTable('meta')
    .set({ value: 'elsewhere 1 x' })
    .where('key', '=', 'exact.mirror-of')
    .execute();
  await world.hub.mirror.round('all');
  expect((await statusOf('Items'))?.rows).toBe(count('Items'));
});

it('a hub that dies between two pages goes on behind the last page that is durable', async () => {
  await world.close();
  world = await makeWorld(1500);
  await world.connect();
  const { faults } = world.sim.simulation;
  const match = { path: 'sync/Logistics/Items' };
  world.hub.mirror.events.on('changed', (entity) => {
    if (entity !== 'Items') return;
    faults.add({ kind: 'lose-answer', match, times: 1, delayMs: 0, window: 'minute' });
  });
  await world.hub.mirror.round();
  expect((await statusOf('Items'))?.rows).toBe(1000);
  await world.restart();
  faults.clear();
  const before = calls('sync/Logistics/Items').length;
  const told: string[] = [];
  world.hub.mirror.events.on('changed', (entity, ids) => entity === 'Items' && told.push(...ids));
  await world.hub.mirror.round();
  expect((await statusOf('Items'))?.rows).toBe(1500);
  expect(told).toHaveLength(500);
  expect(calls('sync/Logistics/Items').length - before).toBe(1);
});

it('keeps itself once started, hurries after a hint, and stops cleanly', async () => {
  const { mirror } = world.hub;
  const rounds = async (done: () => Promise<boolean> | boolean) => {
    while (!(await done())) {
      await new Promise((resolve) => setTimeout(resolve, 5));
      world.time.advance(1);
    }
  };
  mirror.start();
  await rounds(async () => ((await statusOf('PurchaseOrders'))?.fullMs ?? null) !== null);
  await rounds(async () => (await statusOf('sync/Deleted')) !== undefined);
  const before = calls('sync/Inventory/StockPositions').length;
  mirror.hint(['StockPositions']);
  await rounds(() => calls('sync/Inventory/StockPositions').length > before);
  await mirror.stop();
  const after = calls('').length;
  world.time.advance(24 * 3_600_000);
  expect(calls('').length).toBe(after);
});
