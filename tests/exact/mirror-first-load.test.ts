// A first load of a company that takes many pages: as few calls as pages allow, what is open first,
// nothing lost and nothing read twice when the hub dies at any page, pages that misbehave.

import { setImmediate } from 'node:timers/promises';
import { afterEach, expect, it, vi } from 'vitest';
import { firstLoad, SYNCED } from './first-load.ts';
import { MirrorKit } from './mirror-kit.ts';
import { makeWorld } from './world.ts';
import type { World } from './world.ts';

vi.setConfig({ testTimeout: 240_000, hookTimeout: 60_000 });

let world: World;
let kit: MirrorKit;
async function open(items: number): Promise<void> {
  world = await makeWorld(items);
  await world.connect();
  kit = new MirrorKit(world);
}
afterEach(async () => {
  await world.close();
});

it('5,000 items: calls per thousand rows, what is open first, progress', async () => {
  await open(5_000);
  const load = await firstLoad(kit);
  expect(load.rows).toBeGreaterThan(40_000);
  // One call more than its pages: items of open orders are fetched ahead.
  expect(load.calls - load.pages).toBe(1);
  // The kiosk can begin within the calls of the first minute.
  expect(load.usableAtCall).toBeLessThanOrEqual(38);
  const known = load.shown.filter((each) => each.rowsExpected !== null);
  expect(known.length).toBeGreaterThan(3);
  expect(known.some((each) => (each.leftMs ?? 0) > 0)).toBe(true);
  expect(known.every((each) => each.rowsRead <= (each.rowsExpected ?? 0))).toBe(true);
  expect(await kit.mirror.progress()).toMatchObject({ phase: 'steady', leftMs: 0 });
});

it('a hub that dies at every page ends with each row once, and asks for no page again', async () => {
  await open(1_200);
  let deaths = 0;
  for (let complete = false; !complete;) {
    const before = kit.calls('/api/v1/').length;
    const round = kit.settle(world.hub.mirror.round());
    const ended = { done: false };
    const watched = round.finally(() => {
      ended.done = true;
    });
    // Two calls and a moment: the death falls before, while, or after a page is written.
    while (!ended.done && kit.calls('/api/v1/').length < before + 2) await setImmediate();
    for (let turns = deaths % 7; turns > 0; turns -= 1) await setImmediate();
    world.hub.session.client.stop();
    await watched;
    deaths += 1;
    complete = (await world.hub.mirror.progress()).phase === 'steady';
    await world.restart();
  }
  expect(deaths).toBeGreaterThan(20);
  for (const [list, table] of Object.entries(SYNCED)) {
    const { n } = await world.hub.store.db
      .selectFrom('mirror_row')
      .select((eb) => eb.fn.countAll<number>().as('n'))
      .where('entity', '=', list)
      .executeTakeFirstOrThrow();
    expect([list, n]).toEqual([list, kit.count(table)]);
    expect([list, (await kit.status(list))?.rows]).toEqual([list, n]);
    // A page that was written is not asked for again: every question begins further on.
    const asked = kit.calls(`sync/`).filter((call) => String(call['path']).includes(`/${list}?`));
    const from = asked.map((call) => /Timestamp gt (\d+)L/.exec(String(call['path']))?.[1] ?? '');
    expect(asked.length).toBeLessThanOrEqual(Math.ceil(n / 1000) * 3 + 3);
    expect(new Set(from).size).toBeGreaterThan(0);
  }
});

it('a disk that fails at any write of a page leaves neither a gap nor a claim to have read it', async () => {
  const disk = { writes: 0, failAt: Number.POSITIVE_INFINITY };
  world = await makeWorld(undefined, {
    before: (sql) => {
      if (!/^\s*(insert|update|delete)/i.test(sql) || !/mirror_row|sync_cursor/.test(sql)) return;
      disk.writes += 1;
      if (disk.writes === disk.failAt) throw new Error('the disk fails');
    },
  });
  await world.connect();
  kit = new MirrorKit(world);
  let failures = 0;
  for (let complete = false; !complete;) {
    disk.failAt = disk.writes + 1 + (failures % 5);
    await kit.round().catch(() => {
      failures += 1;
    });
    complete = (await kit.mirror.progress()).phase === 'steady';
    for (const { entity, rows } of await kit.mirror.status()) {
      const { n } = await world.hub.store.db
        .selectFrom('mirror_row')
        .select((eb) => eb.fn.countAll<number>().as('n'))
        .where('entity', '=', entity)
        .executeTakeFirstOrThrow();
      expect([entity, n]).toEqual([entity, rows]);
    }
  }
  expect(failures).toBeGreaterThan(10);
  for (const [list, table] of Object.entries(SYNCED)) {
    expect([list, (await kit.status(list))?.rows]).toEqual([list, kit.count(table)]);
  }
});

it('pages that repeat, and rows that move while they are paged, lose and double nothing', async () => {
  await open(1_200);
  const { faults } = world.sim.simulation;
  faults.add({ kind: 'repeat-page', match: { path: 'sync/Logistics/Items' } });
  faults.add({ kind: 'page-shift', match: { path: 'inventory/StorageLocations' }, times: 5 });
  const told = kit.listen();
  await kit.round();
  expect(told.faults).toEqual([]);
  expect((await kit.status('Items'))?.rows).toBe(1_200);
  expect(await world.hub.reader.items()).toHaveLength(1_200);
  expect(await world.hub.reader.locations()).toHaveLength(kit.count('StorageLocations'));
});

it('pages that stand still for ever are got over by asking anew, without an endless loop', async () => {
  await open(1_200);
  const match = { path: 'sync/Logistics/SalesItemPrices' };
  world.sim.simulation.faults.add({ kind: 'repeat-page', match, times: 1_000 });
  await kit.round();
  expect((await kit.status('SalesItemPrices'))?.rows).toBe(kit.count('SalesItemPrices'));
  expect(kit.calls('sync/Logistics/SalesItemPrices').length).toBeLessThan(10);
});
