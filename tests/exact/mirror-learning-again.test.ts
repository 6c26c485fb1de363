// A database that fails while the ledger learns of Exact's orders: nothing of it is lost.

import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { sql } from 'kysely';
import { LIMITS } from '../../src/lib/domain/index.ts';
import { Hub, openLine } from './learning-kit.ts';
import { MirrorKit } from './mirror-kit.ts';
import { makeWorld } from './world.ts';
import type { World } from './world.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let world: World;
let kit: MirrorKit;
let hub: Hub;
beforeEach(async () => {
  world = await makeWorld();
  await world.connect();
  kit = new MirrorKit(world);
  hub = await Hub.open(world);
});
afterEach(async () => {
  await hub.close();
  await world.close();
});

it('I-16: a change that the database hid is learnt once it speaks again, before any other', async () => {
  await kit.round();
  await hub.settled();
  const { order } = await openLine(world);
  const { reader } = world.hub;
  const sees = () => hub.writer.world().orders.get(order)?.open;
  const { db } = world.hub.store;
  const close = db
    .updateTable('mirror_row')
    .set({ body: sql`json_set(body, '$.ReceiptStatus', 30)` })
    .where('entity', '=', 'PurchaseOrders')
    .where('subject', '=', order);
  await close.execute();
  const broken = vi.spyOn(reader, 'ordersById').mockRejectedValue(new Error('disk I/O error'));
  hub.learning.changed('PurchaseOrders', [order]);
  hub.learning.reached();
  await hub.learning.settled();
  world.time.advance(5 * LIMITS.projectionRetryMs);
  await hub.learning.settled();
  expect(hub.failures.length).toBeGreaterThan(1);
  expect(sees()).toBe(true);
  broken.mockRestore();
  hub.failures.length = 0;
  world.time.advance(LIMITS.projectionRetryMs);
  await hub.settled();
  expect(sees()).toBe(false);
});

it('I-01: as long as a change is not learnt, nothing counts as read that was not before', async () => {
  const broken = vi
    .spyOn(world.hub.reader, 'ordersById')
    .mockRejectedValue(new Error('disk I/O error'));
  await kit.round();
  await hub.learning.settled();
  expect(hub.writer.world().unread).toContain('purchaseOrder');
  broken.mockRestore();
  hub.failures.length = 0;
  world.time.advance(LIMITS.projectionRetryMs);
  await hub.settled();
  expect([...hub.writer.world().unread]).toEqual([]);
  const { order } = await openLine(world);
  expect(hub.writer.world().orders.get(order)?.open).toBe(true);
});
