// What pick places need, from the mirror of Exact's books: demand is what open orders still want, and
// what lies in the place is what Exact says.

import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { emptyWorld } from '../../src/lib/ledger/index.ts';
import type { World as Ledger } from '../../src/lib/ledger/index.ts';
import { Master } from '../../src/lib/server/house/master.ts';
import { Refills } from '../../src/lib/server/house/refills.ts';
import { stockPlaces } from '../../src/lib/server/house/stock-places.ts';
import { MirrorKit } from './mirror-kit.ts';
import { makeWorld } from './world.ts';
import type { World } from './world.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let world: World;
let kit: MirrorKit;
let master: Master;
beforeAll(async () => {
  world = await makeWorld();
  await world.connect();
  kit = new MirrorKit(world);
  await kit.round();
  master = new Master(world.hub.reader, {
    places: (items) => stockPlaces(world.hub.store.db, items),
    today: () => new Date(world.time.nowMs()).toISOString().slice(0, 10),
  });
});
afterAll(async () => {
  await world.close();
});

it('demand is what open sales orders and shop orders still want, each line once', async () => {
  const demands = await master.demands();
  const sold = kit.rows(`SELECT l.* FROM "SalesOrderLines" l JOIN "SalesOrders" o
    ON o."OrderID" = l."OrderID" WHERE o."ApprovalStatus" > 0 AND o."DeliveryStatus" < 21
    AND l."Quantity" > l."QuantityDelivered" AND coalesce(l."UseDropShipment", 0) = 0`);
  const sum = (all: readonly number[]) => Math.round(all.reduce((a, b) => a + b, 0) * 1e6) / 1e6;
  const wanted = sold.map((row) => Number(row['Quantity']) - Number(row['QuantityDelivered']));
  const orders = await world.hub.reader.shopOrdersById(
    await world.hub.reader.liveIds('ShopOrders'),
  );
  const material = [...orders.values()]
    .filter(({ released, onHold, status }) => released && !onHold && status < 30)
    .flatMap(({ materials }) => materials.filter(({ byProduct }) => !byProduct))
    .map(({ planned, issued }) => Math.max(0, planned - issued));
  expect(sum(wanted)).toBeGreaterThan(0);
  expect(sum(material)).toBeGreaterThan(0);
  expect(sum(demands.map(({ quantity }) => quantity))).toBe(sum([...wanted, ...material]));
});

it('a need starts from what Exact has in the pick place, and wants no more than lies elsewhere', async () => {
  let ledger: Ledger = emptyWorld();
  const refills = new Refills({
    ...{ source: master, clock: world.time, world: () => ledger },
    withWorld: (change) => {
      ledger = change(ledger);
      return Promise.resolve();
    },
    ...{ touch: () => undefined, later: () => () => undefined, asked: () => true },
    onFailure: (error) => {
      throw error;
    },
  });
  await refills.refresh();
  const needs = [...ledger.orders.entries()].map(([, order]) => order);
  expect(needs.length).toBeGreaterThan(0);
  for (const { warehouse = '', lines, asOfMs = 0 } of needs) {
    const [line] = lines;
    const item = await master.item(line?.item ?? '');
    const home = item?.defaultLocations[warehouse];
    const lies = await master.lying(line?.item ?? '', warehouse);
    const at = (there: boolean) =>
      lies
        .filter(({ location }) => (location?.id === home) === there)
        .reduce((sum, { quantity }) => sum + quantity, 0);
    expect(asOfMs).toBeGreaterThan(0);
    expect(line?.doneInExact).toBeCloseTo(at(true), 6);
    expect(line?.ordered).toBeGreaterThan(line?.doneInExact ?? 0);
    expect(line?.ordered).toBeLessThanOrEqual(at(true) + at(false));
    if (line?.tracking !== 'none') continue;
    const [row] = kit.rows(
      `SELECT sum("Stock") AS stock FROM "ItemWarehouseStorageLocations"
       WHERE "Item" = ? AND "StorageLocation" = ?`,
      line.item,
      home ?? '',
    );
    expect(Number(row?.['stock'] ?? 0)).toBeCloseTo(line.doneInExact, 6);
  }
  const [list = ''] = refills.ids();
  expect((await refills.list(list))?.lines).toHaveLength(Math.min(60, needs.length));
});
