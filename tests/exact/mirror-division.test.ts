// The question whether the division moved, or is gone, is asked once a day. A failing question
// stops only itself; the lists go on. Only a division that is gone stops everything.

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DAY_MS, HOUR_MS, MINUTE_MS, MirrorKit } from './mirror-kit.ts';
import { makeWorld } from './world.ts';
import type { World } from './world.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const CHECK = 'system/Divisions';

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

const checks = () => kit.calls(CHECK).length;
const positions = () => kit.calls('sync/Inventory/StockPositions').length;

describe('a check that fails stops only itself', () => {
  it.each(['status-403', 'status-500', 'html-200', 'truncate', 'lose-answer'] as const)(
    '%s: the lists are read, the check is tried again less and less often, and heals',
    async (kind) => {
      world.sim.simulation.faults.add({ kind, times: 100_000, match: { path: CHECK } });
      const told = kit.listen();
      const before = checks();
      await kit.round();
      expect((await kit.status('Items'))?.fullMs).not.toBeNull();
      expect(await kit.status('Divisions')).toMatchObject({ fault: { code: 'exact.mirror' } });
      const read = positions();
      await kit.days(HOUR_MS);
      expect(positions() - read).toBeGreaterThanOrEqual(8);
      // I-04: what Exact counts as an error stays far below its ten an hour.
      expect(checks() - before).toBeLessThanOrEqual(kind === 'status-403' ? 4 : 12);
      await world.control('faults', undefined, 'DELETE');
      world.time.advance(HOUR_MS);
      await kit.round();
      expect(await kit.status('Divisions')).toBeUndefined();
      expect(told.faults).toEqual(['Divisions', 'healed Divisions']);
    },
  );

  it('I-04: a refused check is asked four times in its first hour, and hardly any more', async () => {
    const match = { path: CHECK };
    world.sim.simulation.faults.add({ kind: 'status-403', times: 1000, match });
    const before = checks();
    await kit.round();
    await kit.days(HOUR_MS - MINUTE_MS);
    expect(checks() - before).toBeLessThanOrEqual(4);
    for (let hour = 1; hour <= 9; hour += 1) {
      world.time.advance(HOUR_MS);
      await kit.round();
    }
    expect(checks() - before).toBeLessThanOrEqual(8);
  });

  it('a restart asks no sooner: when the next check is due is durable', async () => {
    const match = { path: CHECK };
    world.sim.simulation.faults.add({ kind: 'status-403', times: 1000, match });
    await kit.round();
    const before = checks();
    for (let count = 0; count < 5; count += 1) {
      await world.restart();
      await kit.round();
    }
    expect(checks()).toBe(before);
    world.time.advance(HOUR_MS);
    await kit.round();
    expect(checks()).toBe(before + 1);
  });

  it('a check that went well is not asked again before a day has passed, nor after a restart', async () => {
    await kit.round();
    const before = checks();
    await world.restart();
    await kit.round();
    world.time.advance(23 * HOUR_MS);
    await kit.round();
    expect(checks()).toBe(before);
    world.time.advance(2 * HOUR_MS);
    await kit.round();
    expect(checks()).toBe(before + 1);
  });
});

/** Exact answers the question, and our division is not in the answer. */
async function withoutDivision(work: () => Promise<void>): Promise<void> {
  world.wire.storm = async (call, forward) => {
    const answer = await forward();
    if (!call.path.endsWith(CHECK)) return answer;
    const body = Buffer.from(JSON.stringify({ d: { results: [] } }));
    return { status: 200, headers: { 'content-type': 'application/json' }, body };
  };
  await work();
  world.wire.storm = undefined;
}

it('I-04: a division that is gone stops every list, also over a restart, until it is back', async () => {
  await kit.round();
  world.time.advance(25 * HOUR_MS);
  const told = kit.listen();
  const before = positions();
  await withoutDivision(async () => {
    await kit.round();
    await kit.days(30 * MINUTE_MS);
    await world.restart();
    await kit.round();
  });
  expect(positions()).toBe(before);
  expect(told.faults).toEqual(['Divisions']);
  expect((await kit.status('Divisions'))?.fault?.data['words']).toContain('consented');
  await kit.days(11 * MINUTE_MS);
  expect(positions()).toBeGreaterThan(before);
  expect(await kit.status('Divisions')).toBeUndefined();
});

it('a hub that was away for too long compares everything, though the check fails', async () => {
  await kit.round();
  const begun = (await kit.status('Items'))?.fullMs ?? 0;
  const match = { path: CHECK };
  world.sim.simulation.faults.add({ kind: 'status-403', times: 1000, match });
  await world.hub.store.db
    .updateTable('sync_cursor')
    .set({ synced_ms: world.time.nowMs() - 60 * DAY_MS })
    .where('entity', '=', 'Deleted')
    .execute();
  world.time.advance(25 * HOUR_MS);
  await kit.round();
  expect((await kit.status('Items'))?.fullMs).toBeGreaterThan(begun);
});
