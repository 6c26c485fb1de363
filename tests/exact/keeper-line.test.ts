// I-18, I-19, I-23: an outage of the line costs neither calls nor tokens, and is over for the whole
// hub within seconds after the line is back, however long it lasted.

import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { LIMITS } from '../../src/lib/domain/index.ts';
import { PostingKit } from './posting-kit.ts';
import { pumpUntil } from './world.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 30_000 });

const MINUTE_MS = 60_000;
/** Long enough for any wait that doubles to have reached its ten minutes. */
const OUTAGE_MS = 25 * MINUTE_MS;

let kit: PostingKit;
beforeEach(async () => {
  kit = await PostingKit.make();
});
afterEach(() => kit.world.close());

/** Nobody gets through, and our side has seen its open connections go. */
async function cut(): Promise<number> {
  const port = await kit.world.wire.down();
  await setTimeout(50);
  return port;
}

const used = async () => {
  const view = await kit.world.hub.session.budgetView();
  return { calls: view.day.used, tokens: view.tokens?.used };
};

it('I-18 I-19: an outage of the line costs no call and no token', async () => {
  const { world } = kit;
  await kit.post(await kit.plain());
  const before = await used();
  const port = await cut();
  const downMs = kit.now();
  // Both are tried: documents by the pump, and reading by the mirror, with a token long expired.
  while (kit.now() < downMs + OUTAGE_MS) {
    await world.hub.pump.step();
    const read = await world.hub.session.client.get('crm/Accounts', {}, 'sync');
    expect(read).toMatchObject({ kind: 'unavailable', nothingSent: true });
    world.time.advance(20_000);
  }
  expect(await used()).toEqual(before);
  expect(world.hub.session.client.silence()?.sinceMs).toBe(downMs);
  await world.wire.up(port);
});

it('P-15 I-23: after a long outage the first document is booked 15 s after the line is back', async () => {
  const { world } = kit;
  const posting = await kit.post(await kit.plain());
  const port = await cut();
  const downMs = kit.now();
  await pumpUntil(world, downMs + MINUTE_MS);
  for (let minutes = 1; kit.now() < downMs + OUTAGE_MS; minutes += 1) {
    await pumpUntil(world, downMs + minutes * MINUTE_MS);
  }
  expect(await kit.stateOf(posting.id)).toMatchObject({ state: 'ready', attempts: 0 });
  await world.wire.up(port);
  await pumpUntil(world, kit.now() + LIMITS.exactLineTryMs);
  expect(await kit.stateOf(posting.id)).toMatchObject({ state: 'posted', attempts: 1 });
  expect(world.hub.session.client.silence()).toBeUndefined();
});

it('a person who waits is not sent away by what others met', async () => {
  const { world } = kit;
  const { client } = world.hub.session;
  const port = await cut();
  for (let n = 0; n < 6; n += 1) {
    await client.get('crm/Accounts', {}, 'sync');
    world.time.advance(LIMITS.exactLineTryMs);
  }
  await client.get('crm/Accounts', {}, 'sync');
  await world.wire.up(port);
  const query = { $select: 'ID' };
  expect(await client.get('inventory/Warehouses', query, 'sync')).toMatchObject({
    kind: 'unavailable',
  });
  expect(await client.get('inventory/Warehouses', query, 'human')).toMatchObject({ kind: 'ok' });
  expect(await client.get('inventory/Warehouses', query, 'sync')).toMatchObject({ kind: 'ok' });
});

it('I-18: what Exact answers, and what may have reached it, is counted and waits as before', async () => {
  const { world } = kit;
  const { client } = world.hub.session;
  const before = await used();
  await world.control('faults', { kind: 'html-503', times: 1, match: { path: 'crm/Accounts' } });
  expect(await client.get('crm/Accounts', {}, 'sync')).toMatchObject({ nothingSent: false });
  await world.control('faults', { kind: 'lose-answer', times: 1, match: { path: 'crm/Accounts' } });
  expect(await client.get('crm/Accounts', {}, 'sync')).toMatchObject({ kind: 'unknown' });
  expect((await used()).calls).toBe(before.calls + 2);
});
