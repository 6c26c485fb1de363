// When the mirror asks: a quiet company costs next to nothing, a change shows within minutes all
// the same, our own postings do not make it run, hints are gathered. See docs/adr/0010.

import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { HOUR_MS, MINUTE_MS, MirrorKit } from './mirror-kit.ts';
import { makeWorld } from './world.ts';
import type { World } from './world.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });

const DAY_HOURS = 10;

let world: World;
let kit: MirrorKit;
beforeEach(async () => {
  world = await makeWorld();
  await world.connect();
  kit = new MirrorKit(world);
  await kit.round();
});
afterEach(async () => {
  await world.close();
});

const since = (before: number) => kit.calls('/api/v1/').slice(before);
const lists = (calls: readonly Readonly<Record<string, unknown>>[]) =>
  calls.map((call) => String(call['path']).split('?')[0]?.split('/').at(-1));

it('I-18: a quiet day of ten hours costs 5 % of the calls of a day, and no 429', async () => {
  const before = kit.calls('/api/v1/').length;
  await kit.days(DAY_HOURS * HOUR_MS);
  const calls = since(before);
  expect(calls.length).toBeLessThanOrEqual(260);
  expect(calls.filter((call) => call['status'] === 429)).toEqual([]);
  // Half of them are the canary's.
  const positions = lists(calls).filter((list) => list === 'StockPositions').length;
  expect(positions).toBe(DAY_HOURS * 12);
});

it('with webhooks it costs less still', async () => {
  kit.mirror.hooked = true;
  // Lists keep the times they had; from their next reading on they rest for longer.
  await kit.days(HOUR_MS);
  const before = kit.calls('/api/v1/').length;
  await kit.days(DAY_HOURS * HOUR_MS);
  expect(since(before).length).toBeLessThanOrEqual(175);
});

/** Lists that were read from now until `shown` says yes, and how long that took. */
async function until(shown: () => Promise<boolean>): Promise<{ ms: number; read: string[] }> {
  const startMs = world.time.nowMs();
  const before = kit.calls('/api/v1/').length;
  while (!(await shown())) {
    if (world.time.nowMs() > startMs + HOUR_MS) throw new Error('an hour went by');
    world.time.advanceTo(Math.max(world.time.nowMs(), kit.mirror.nextMs));
    await kit.round();
  }
  const read = lists(since(before)).flatMap((list) => (list === undefined ? [] : [list]));
  return { ms: world.time.nowMs() - startMs, read };
}

it('P-17: an order that somebody changed in Exact shows within six minutes, without webhooks', async () => {
  await kit.days(30 * MINUTE_MS);
  const [order] = await world.hub.reader.openOrders();
  const line = order?.lines[0];
  await kit.person('PATCH', `purchaseorder/PurchaseOrderLines/${line?.id}`, {
    QuantityInPurchaseUnits: 99,
  });
  const ordered = async () => {
    const orders = await world.hub.reader.ordersById([order?.id ?? '']);
    const found = orders.get(order?.id ?? '')?.lines.find((each) => each.id === line?.id);
    return found?.ordered !== line?.ordered;
  };
  const { ms, read } = await until(ordered);
  expect(ms).toBeLessThanOrEqual(6 * MINUTE_MS);
  // The canary told of the purchase orders, and nothing else was asked because of it.
  expect(read.filter((list) => list === 'SalesOrderLines' || list === 'ShopOrders')).toEqual([]);
});

it('P-17: a sales order line too, and its order, at its own lists', async () => {
  await kit.days(30 * MINUTE_MS);
  const [id = ''] = await world.hub.reader.liveIds('SalesOrderHeaders');
  const line = (await world.hub.reader.salesOrdersById([id])).get(id)?.lines[0];
  await kit.person('PATCH', `salesorder/SalesOrderLines/${line?.id}`, { Quantity: 77 });
  const { ms, read } = await until(async () => {
    const order = (await world.hub.reader.salesOrdersById([id])).get(id);
    return order?.lines.some((each) => each.ordered === 77) === true;
  });
  expect(ms).toBeLessThanOrEqual(6 * MINUTE_MS);
  expect(read).not.toContain('PurchaseOrders');
});

it('P-17: what the first list of a chain does not explain is found in the next', async () => {
  await kit.days(30 * MINUTE_MS);
  const plan = kit.rows(`SELECT p."ID", p."ShopOrder" FROM "ShopOrderMaterialPlans" p
    JOIN "ShopOrders" o ON o."ID" = p."ShopOrder" WHERE o."Status" = 10 AND p."Status" < 30`)[0];
  const [id, order] = [String(plan?.['ID']), String(plan?.['ShopOrder'])];
  await kit.person('PATCH', `manufacturing/ShopOrderMaterialPlans/${id}`, { PlannedQuantity: 321 });
  const { ms } = await until(async () => {
    const found = (await world.hub.reader.shopOrdersById([order])).get(order);
    return found?.materials.some((material) => material.planned === 321) === true;
  });
  expect(ms).toBeLessThanOrEqual(6 * MINUTE_MS);
});

it('P-17: an order that is gone goes here within minutes, though deletions are asked hourly', async () => {
  await kit.days(30 * MINUTE_MS);
  const [id = ''] = await world.hub.reader.liveIds('PurchaseOrders');
  await kit.person('DELETE', `purchaseorder/PurchaseOrders/${id}`);
  const { ms } = await until(async () => (await world.hub.reader.ordersById([id])).size === 0);
  expect(ms).toBeLessThanOrEqual(8 * MINUTE_MS);
});

it('hints are gathered: a hundred webhooks are one reading', async () => {
  await kit.days(30 * MINUTE_MS);
  const before = kit.calls('/api/v1/').length;
  for (let count = 0; count < 100; count += 1) {
    kit.mirror.heard(
      'SalesOrders',
      `00000000-0000-4000-8000-${String(count).padStart(12, '0')}`,
      false,
    );
  }
  world.time.advance(20_000);
  await kit.round();
  expect(lists(since(before)).sort()).toEqual(['SalesOrderHeaders', 'SalesOrderLines']);
});

it('what we posted ourselves is read back without haste, however often Exact tells us of it', async () => {
  await kit.days(30 * MINUTE_MS);
  const before = kit.calls('/api/v1/').length;
  const [order] = await world.hub.reader.openOrders();
  for (let minute = 0; minute < 60; minute += 1) {
    kit.mirror.posted('goodsReceipt', order?.id ?? '', []);
    kit.mirror.heard('PurchaseOrders', order?.id ?? '', false);
    kit.mirror.heard('StockPositions', 'some key', false);
    await kit.days(MINUTE_MS);
  }
  const read = lists(since(before));
  expect(read.filter((list) => list === 'PurchaseOrders').length).toBeLessThanOrEqual(13);
  expect(read.filter((list) => list === 'StockPositions').length).toBeLessThanOrEqual(13);
});

it('a hint never wakes a list that is in trouble', async () => {
  const match = { path: 'sync/PurchaseOrder/PurchaseOrders' };
  world.sim.simulation.faults.add({ kind: 'status-403', match, times: 1000 });
  await kit.days(2 * HOUR_MS);
  const before = kit.calls('sync/PurchaseOrder').length;
  for (let count = 0; count < 50; count += 1) {
    kit.mirror.hint(['PurchaseOrders']);
    await kit.days(10_000);
  }
  expect(kit.calls('sync/PurchaseOrder').length - before).toBeLessThanOrEqual(1);
});

it('a restart costs no calls: every list keeps its time', async () => {
  await world.restart();
  const before = kit.calls('/api/v1/').length;
  await kit.round();
  expect(since(before)).toEqual([]);
});

it('keeps itself once started, hurries after a hint, and stops cleanly', async () => {
  const { mirror } = world.hub;
  mirror.start();
  const positions = () => kit.calls('sync/Inventory/StockPositions').length;
  const before = positions();
  const work = (async () => {
    while (positions() < before + 2) await new Promise((resolve) => setTimeout(resolve, 5));
  })();
  await kit.settle(work);
  mirror.hint(['PurchaseOrders']);
  const orders = kit.calls('sync/PurchaseOrder').length;
  await kit.settle(
    (async () => {
      while (kit.calls('sync/PurchaseOrder').length === orders) {
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    })(),
  );
  await mirror.stop();
  const after = kit.calls('').length;
  world.time.advance(24 * HOUR_MS);
  expect(kit.calls('').length).toBe(after);
});

it('P-13: on a busy day nearly every call brings news', async () => {
  const told = { pages: 0 };
  kit.mirror.events.on('changed', () => {
    told.pages += 1;
  });
  const orders = await world.hub.reader.openOrders();
  const lines = orders.flatMap((order) => order.lines.map((line) => ({ order, line })));
  const items = await world.hub.reader.items();
  const before = kit.calls('/api/v1/').length;
  const documents = 200;
  // A hundred documents an hour, ten items changed by the office in the same time.
  for (let count = 0; count < documents; count += 1) {
    const { order, line } = lines[count % lines.length] ?? {};
    await kit.person('PATCH', `purchaseorder/PurchaseOrderLines/${line?.id}`, {
      ReceivedQuantity: 1 + (count % 3),
    });
    kit.mirror.posted('goodsReceipt', order?.id ?? '', [line?.itemId ?? '']);
    if (count % 10 === 0) {
      const item = items[count % items.length];
      await kit.person('PATCH', `logistics/Items/${item?.id}`, { Description: `Changed ${count}` });
    }
    await kit.days(36_000);
  }
  const calls = since(before).length;
  const floor = documents + told.pages;
  // The documents' own calls are the outbox's; it may use up to 1.03 for each.
  const ratio = (1.03 * documents + calls) / floor;
  expect(ratio).toBeLessThanOrEqual(1.15);
});
