// What Exact may send by mistake: a list that surprises stands still alone, shows what came, and
// heals by itself. What only looks odd is taken as it is meant.

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { HOUR_MS, MINUTE_MS, MirrorKit } from './mirror-kit.ts';
import { makeWorld } from './world.ts';
import type { World } from './world.ts';

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

const wordsOf = async (entity: string) => (await kit.status(entity))?.fault?.data;

describe('an answer that is none stops its list only, is shown, and heals by itself', () => {
  it.each([
    ['truncate', 'broke off', 'A problem has occurred'],
    ['half-body', 'was lost', ''],
    ['html-200', 'expected JSON', '<html'],
    ['html-503', 'status 503', '<html'],
    ['status-500', 'status 500', ''],
    ['lose-answer', 'was lost', ''],
    ['status-408', '408', ''],
    ['wrong-answer-division', 'belongs to division', '__metadata'],
    ['missing-field', 'Items.', '"Code"'],
  ] as const)('%s', async (kind, words, raw) => {
    world.sim.simulation.faults.add({ kind, match: { path: 'sync/Logistics/Items' } });
    const told = kit.listen();
    await kit.round();
    expect(await kit.status('Items')).toMatchObject({
      fullMs: null,
      fault: { code: 'exact.mirror' },
    });
    const shown = await wordsOf('Items');
    expect(shown?.['words']).toContain(words);
    expect(shown?.['raw']).toContain(raw);
    expect(String(shown?.['raw']).length).toBeLessThanOrEqual(2_010);
    expect((await kit.status('PurchaseOrders'))?.fullMs).not.toBeNull();
    expect((await kit.status('StockPositions'))?.fullMs).not.toBeNull();
    world.time.advance(MINUTE_MS);
    await kit.round();
    expect(await kit.status('Items')).toMatchObject({ rows: kit.count('Items'), fault: null });
    expect(told.faults).toEqual(['Items', 'healed Items']);
  });
});

it.each(['d-array', 'int64-number', 'unknown-field', 'no-minutely'] as const)(
  '%s is odd and no fault',
  async (kind) => {
    world.sim.simulation.faults.add({ kind, times: 1000 });
    await kit.round();
    expect((await kit.mirror.status()).filter((each) => each.fault !== null)).toEqual([]);
    expect((await kit.status('Items'))?.rows).toBe(kit.count('Items'));
  },
);

it('a value that the reference does not know stops orders, not stock, until a person mends it', async () => {
  await kit.round();
  const [order] = await world.hub.reader.openOrders();
  const set = (status: number) =>
    kit.person('PATCH', `purchaseorder/PurchaseOrders/${order?.id}`, { ApprovalStatus: status });
  await set(7);
  const told = kit.listen();
  await kit.round('all');
  expect(told.faults).toEqual(['PurchaseOrders']);
  expect(await wordsOf('PurchaseOrders')).toMatchObject({
    words: expect.stringContaining('ApprovalStatus') as string,
    raw: expect.stringContaining('"ApprovalStatus":7') as string,
  });
  // What was known before stays in use.
  expect((await world.hub.reader.ordersById([order?.id ?? ''])).size).toBe(1);
  expect((await kit.status('StockPositions'))?.fault).toBeNull();
  await set(2);
  await kit.days(10 * MINUTE_MS);
  expect((await kit.status('PurchaseOrders'))?.fault).toBeNull();
  expect(told.faults).toEqual(['PurchaseOrders', 'healed PurchaseOrders']);
});

it('a list that stays broken is not asked without end', async () => {
  await kit.round();
  world.sim.simulation.faults.add({
    ...{ kind: 'missing-field', times: 100_000 },
    match: { path: 'sync/Inventory/StockPositions' },
  });
  await kit.person('PATCH', `logistics/Items/${(await world.hub.reader.items())[0]?.id}`, {
    Description: 'x',
  });
  await kit.days(2 * HOUR_MS);
  expect(kit.calls('sync/Inventory/StockPositions').length).toBeLessThan(40);
});

it('I-04: a refused list is asked four times in its first hour, and hardly any more', async () => {
  world.sim.simulation.faults.add({
    ...{ kind: 'status-403', times: 1000, reason: 'NoDivisionAccess' },
    match: { path: 'sync/Logistics/SupplierItem' },
  });
  await kit.round();
  await kit.days(10 * HOUR_MS);
  const refused = kit.calls('sync/Logistics/SupplierItem').filter((call) => call['status'] === 403);
  expect(refused.length).toBeGreaterThan(3);
  expect(refused.length).toBeLessThanOrEqual(8);
});

it('I-04: a list that is blocked stands still alone; the others go on', async () => {
  const match = { path: 'sync/Logistics/SupplierItem' };
  world.sim.simulation.faults.add({ kind: 'status-403', times: 1000, match });
  // Somebody presses the button again and again: our own fuse blows before Exact's does.
  for (let count = 0; count < 12; count += 1) await kit.round('all');
  const refused = kit.calls('sync/Logistics/SupplierItem').filter((c) => c['status'] === 403);
  expect(refused.length).toBeLessThanOrEqual(5);
  const before = kit.calls('sync/Inventory/StockPositions').length;
  await kit.days(20 * MINUTE_MS);
  expect(kit.calls('sync/Inventory/StockPositions').length - before).toBeGreaterThanOrEqual(3);
  expect((await kit.mirror.status()).filter((each) => each.fault !== null)).toMatchObject([
    { entity: 'SupplierItem' },
  ]);
});

it('a throttled round waits for the time that Exact names', async () => {
  const match = { path: 'sync/Logistics/Items' };
  world.sim.simulation.faults.add({ kind: 'status-429', match });
  await world.hub.mirror.round();
  expect(kit.calls('').at(-1)?.['status']).toBe(429);
  expect(kit.mirror.nextMs).toBeGreaterThan(world.time.nowMs());
  const before = kit.calls('').length;
  await world.hub.mirror.round();
  expect(kit.calls('').length).toBe(before);
  await kit.days(2 * MINUTE_MS);
  expect((await kit.status('Items'))?.rows).toBe(kit.count('Items'));
});

it('one of the two names of a list is enough, and the one that works is remembered', async () => {
  world.wire.unknownLists.add('logistics/ReasonCodes');
  world.wire.unknownLists.add('logistics/ReasonForLogistics');
  await kit.round();
  expect(await wordsOf('ReasonCodes')).toMatchObject({
    words: expect.stringContaining('404') as string,
  });
  world.wire.unknownLists.delete('logistics/ReasonForLogistics');
  world.time.advance(HOUR_MS);
  await kit.round();
  expect((await world.hub.reader.reasonCodes()).length).toBeGreaterThan(0);
  world.wire.unknownLists.clear();
  world.time.advance(25 * HOUR_MS);
  await kit.round();
  expect(kit.calls('logistics/ReasonCodes')).toEqual([]);
  expect(kit.calls('logistics/ReasonForLogistics').length).toBe(2);
});
