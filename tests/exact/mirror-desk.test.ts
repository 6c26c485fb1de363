// The page of the mirror on the real mirror: how lists are shown, and what a person may have read.

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { mirrorLine, readListNow } from '../../src/lib/server/admin/index.ts';
import { MirrorDesk } from '../../src/lib/server/house/mirror-desk.ts';
import { MINUTE_MS, MirrorKit } from './mirror-kit.ts';
import { makeWorld } from './world.ts';
import type { World } from './world.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let world: World;
let kit: MirrorKit;
let desk: MirrorDesk;
beforeEach(async () => {
  world = await makeWorld();
  kit = new MirrorKit(world);
  const { mirror, session } = world.hub;
  desk = new MirrorDesk({ mirror, session, webhooks: undefined });
});
afterEach(async () => {
  await world.close();
});

const listed = async (name: string) =>
  (await desk.report()).lists.find((list) => list.name === name);
const calls = (list: string) => kit.calls(`/${list}`).length;
const asked = (list: string) => {
  const form = new FormData();
  form.set('list', list);
  return readListNow(desk, form);
};

describe('without a connection', () => {
  it('nothing is read, and the page says so', async () => {
    expect(await desk.report()).toMatchObject({ connected: false, lists: [], phase: 'first-load' });
    const refused = { kind: 'refused', reason: expect.stringContaining('no connection') as string };
    expect(await desk.readNow()).toMatchObject(refused);
    expect(await desk.readList('Items')).toMatchObject(refused);
    expect(await asked('Items')).toMatchObject({ ok: false });
  });
});

describe('with a connection', () => {
  beforeEach(async () => {
    await world.connect();
    await kit.round();
  });

  it('a list that was read is shown with its rows, and up to date', async () => {
    expect(await listed('Items')).toMatchObject({
      ...{ state: 'current', rows: kit.count('Items'), askable: true },
    });
    const report = await desk.report();
    expect(report).toMatchObject({ connected: true, phase: 'steady', inTrouble: 0 });
    expect(mirrorLine(report)).toBe(`${report.lists.length} lists up to date`);
  });

  it('one list is read when a person wants it, and no other', async () => {
    world.time.advance(MINUTE_MS);
    await kit.round();
    const before = kit.calls('/api/v1/').length;
    const accounts = calls('Accounts');
    expect(await asked('Accounts')).toEqual({
      ok: true,
      message: expect.stringContaining('Accounts') as string,
    });
    expect((await listed('Accounts'))?.dueMs).toBeLessThanOrEqual(world.time.nowMs());
    await kit.round();
    expect(calls('Accounts')).toBe(accounts + 1);
    expect(kit.calls('/api/v1/').length).toBe(before + 1);
  });

  it('I-18: however often somebody presses, it is one reading, by the budget', async () => {
    const before = calls('Accounts');
    for (let count = 0; count < 50; count += 1) await asked('Accounts');
    await kit.round();
    expect(calls('Accounts')).toBe(before + 1);
  });

  it.each(['', 'Elephants', 'Divisions', 'x'.repeat(101)])(
    'there is no list "%s"',
    async (name) => {
      expect(await asked(name)).toMatchObject({ ok: false });
    },
  );

  it('a list in trouble shows what came, and heals when a person has it read', async () => {
    const match = { path: 'sync/CRM/Accounts' };
    world.sim.simulation.faults.add({ kind: 'html-200', match });
    await asked('Accounts');
    await kit.round();
    expect(await listed('Accounts')).toMatchObject({
      ...{ state: 'trouble', fault: { raw: expect.stringContaining('<html') as string } },
    });
    const report = await desk.report();
    expect([report.inTrouble, mirrorLine(report)]).toEqual([1, '1 list in trouble']);
    await asked('Accounts');
    await kit.round();
    expect(await listed('Accounts')).toMatchObject({ state: 'current' });
  });

  it('the question about the division is shown while it fails, and asked again with everything', async () => {
    const match = { path: 'system/Divisions' };
    world.sim.simulation.faults.add({ kind: 'status-403', match });
    world.time.advance(25 * 60 * MINUTE_MS);
    await kit.round();
    const shown = await listed('Divisions');
    expect(shown).toMatchObject({ state: 'trouble', askable: false });
    expect(shown?.dueMs).toBeGreaterThan(world.time.nowMs());
    expect(await desk.readNow()).toEqual({ kind: 'done' });
    expect(await desk.readNow()).toMatchObject({ kind: 'refused' });
    await kit.round();
    expect(await listed('Divisions')).toBeUndefined();
    expect((await desk.report()).inTrouble).toBe(0);
  });
});

it('the log hears of the shape of a surprise, never of what came', async () => {
  await world.connect();
  await kit.round();
  const account = kit.rows('SELECT "ID" FROM "Accounts" LIMIT 1')[0];
  await kit.person('PATCH', `crm/Accounts/${String(account?.['ID'])}`, { Name: 'Jan Jansen' });
  const match = { path: 'sync/CRM/Accounts' };
  world.sim.simulation.faults.add({ kind: 'missing-field', match });
  const told: unknown[] = [];
  kit.mirror.events.on('fault', (list, { code }, shape) => told.push({ list, code, shape }));
  await asked('Accounts');
  await kit.round();
  expect(told).toEqual([
    {
      list: 'Accounts',
      code: 'exact.mirror',
      shape: expect.stringContaining('surprise') as string,
    },
  ]);
  expect(JSON.stringify(told)).not.toContain('Jansen');
  expect((await listed('Accounts'))?.fault?.raw).toContain('Jansen');
});
