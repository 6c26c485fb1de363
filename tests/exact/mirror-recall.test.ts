// What a restart must not forget: that a posting of ours changed lists, and where a list began whose
// next page Exact no longer knows.

import { afterEach, describe, expect, it, vi } from 'vitest';
import { DEFAULT_CONVENTIONS, Mirror } from '../../src/lib/server/exact/index.ts';
import type { MirrorParts } from '../../src/lib/server/exact/index.ts';
import { HOUR_MS, MINUTE_MS, MirrorKit } from './mirror-kit.ts';
import { makeWorld } from './world.ts';
import type { World } from './world.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let world: World;
let kit: MirrorKit;
afterEach(async () => {
  await world.close();
});

async function open(read = true): Promise<void> {
  world = await makeWorld();
  await world.connect();
  kit = new MirrorKit(world);
  if (read) await kit.round();
}

/** The mirror as a killed hub's successor opens it. */
function successor(booked: NonNullable<MirrorParts['booked']>): Mirror {
  const { session, store } = world.hub;
  return new Mirror({
    ...{ db: store.db, client: session.client, baseUrl: world.wire.url, booked },
    ...{ clock: world.time, scheduler: world.time, conventions: DEFAULT_CONVENTIONS },
    division: () => session.division,
  });
}

const orders = () => kit.calls('sync/PurchaseOrder/PurchaseOrders').length;

describe('a list that a posting of ours changed', () => {
  it('is read soon after a kill, as it would have been without', async () => {
    await open();
    world.time.advance(2 * MINUTE_MS);
    const bookedMs = world.time.nowMs();
    const mirror = successor(() => Promise.resolve(new Map([['goodsReceipt', bookedMs]])));
    world.time.advance(MINUTE_MS);
    await kit.settle(mirror.round());
    const before = orders();
    world.time.advance(6 * MINUTE_MS);
    await kit.settle(mirror.round());
    expect(orders()).toBe(before + 1);
    // Once: the reading came after the booking.
    const next = successor(() => Promise.resolve(new Map([['goodsReceipt', bookedMs]])));
    await kit.settle(next.round());
    world.time.advance(6 * MINUTE_MS);
    await kit.settle(next.round());
    expect(orders()).toBe(before + 1);
  });

  it('and that was read since waits for its time', async () => {
    await open();
    const bookedMs = world.time.nowMs() - 10 * MINUTE_MS;
    const mirror = successor(() => Promise.resolve(new Map([['goodsReceipt', bookedMs]])));
    await kit.settle(mirror.round());
    const before = orders();
    world.time.advance(20 * MINUTE_MS);
    await kit.settle(mirror.round());
    expect(orders()).toBe(before);
  });
});

it('a polled list whose next page was refused begins anew and loses no row', async () => {
  await open(false);
  const [warehouse] = kit.rows('SELECT "ID" FROM "Warehouses" WHERE "UseStorageLocations" = 1');
  for (let count = 0; count < 150; count += 1) {
    const Code = `X-${count}`;
    await kit.person('POST', 'inventory/StorageLocations', {
      ...{ Code, Description: Code, Warehouse: warehouse?.['ID'] },
    });
  }
  let pages = 0;
  let unknown: string | undefined;
  world.wire.storm = (call, forward) => {
    if (!call.path.endsWith('/inventory/StorageLocations')) return forward();
    pages += 1;
    if (pages === 3) unknown = call.query;
    // Exact forgot this walk over the list; a new one has pages of its own.
    if (!call.query.includes('skiptoken')) unknown = undefined;
    if (call.query !== unknown) return forward();
    const body = Buffer.from(JSON.stringify({ error: { message: { value: 'no such page' } } }));
    return Promise.resolve({ status: 404, headers: { 'content-type': 'application/json' }, body });
  };
  await kit.round();
  const all = kit.count('StorageLocations');
  expect(all).toBeGreaterThan(150);
  expect(await kit.status('StorageLocations')).toMatchObject({ rows: 120, fullMs: null });
  expect((await kit.status('StorageLocations'))?.fault).not.toBeNull();
  // Refused once more, also after a restart, it is given up; then the list begins anew.
  await world.restart();
  for (let tries = 0; tries < 2; tries += 1) {
    world.time.advance(HOUR_MS);
    await kit.round();
  }
  expect(await kit.status('StorageLocations')).toMatchObject({ rows: all, fault: null });
  expect((await world.hub.reader.locations()).length).toBe(all);
});
