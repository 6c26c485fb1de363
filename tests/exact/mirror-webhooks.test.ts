// Exact's webhooks, from the subscription to the row at the hub: they shorten the wait and do
// nothing else, however often, late, out of order or wrongly signed they come.

import { once } from 'node:events';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Webhooks } from '../../src/lib/server/exact/index.ts';
import { DAY_MS, MINUTE_MS, MirrorKit } from './mirror-kit.ts';
import { makeWorld } from './world.ts';
import type { World } from './world.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let world: World;
let kit: MirrorKit;
let server: Server;
let hooks: Webhooks;
let answers: number[];
let troubles: string[];
const live: boolean[] = [];

function addressOf(): string {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('not open');
  return `http://127.0.0.1:${address.port}/api/exact/webhook`;
}

function makeHooks(callbackUrl: string, secret = world.sim.webhookSecret): Webhooks {
  const { session, mirror } = world.hub;
  return new Webhooks({
    ...{ client: session.client, callbackUrl, secret, division: () => session.division },
    clientId: async () => (await session.view()).clientId,
    ...{ clock: world.time, scheduler: world.time },
    heard: (topic, key, deleted) => mirror.heard(topic, key, deleted),
    live: (now) => {
      live.push(now);
      mirror.hooked = now;
    },
    trouble: (words) => troubles.push(words),
  });
}

beforeEach(async () => {
  [answers, troubles] = [[], []];
  live.length = 0;
  world = await makeWorld();
  await world.connect();
  kit = new MirrorKit(world);
  server = createServer((message, response) => {
    const body = Readable.toWeb(message) as ReadableStream<Uint8Array>;
    hooks.receive(body).then(
      (status) => {
        answers.push(status);
        response.writeHead(status).end();
      },
      () => response.destroy(),
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  hooks = makeHooks(addressOf());
  await kit.round();
  await kit.settle(hooks.keep());
});
afterEach(async () => {
  await hooks.stop();
  await world.close();
  server.close();
  server.closeAllConnections();
});

const subscriptions = () =>
  kit.rows('SELECT "Topic", "CallbackURL" FROM "WebhookSubscriptions" ORDER BY "Topic"');
const TOPICS = ['Accounts', 'GoodsDeliveries', 'Items', 'PurchaseOrders', 'SalesOrders'];

it('subscribes to every topic once, looks after them, and leaves nothing behind', async () => {
  expect(subscriptions().map((row) => row['Topic'])).toEqual([...TOPICS, 'StockPositions']);
  // Each was tried with an empty body.
  expect(answers).toEqual([200, 200, 200, 200, 200, 200]);
  expect(hooks.status()).toMatchObject({ live: true, problem: null, received: 0 });
  const before = kit.calls('WebhookSubscriptions').length;
  expect(await kit.settle(hooks.keep())).toEqual({ kind: 'kept' });
  expect(kit.calls('WebhookSubscriptions').length).toBe(before + 1);
  await kit.person('DELETE', `webhooks/WebhookSubscriptions/${await idOf('Items')}`);
  expect(await kit.settle(hooks.keep())).toEqual({ kind: 'kept' });
  expect(subscriptions()).toHaveLength(6);
  await kit.settle(hooks.leave());
  expect(subscriptions()).toEqual([]);
  expect(live.at(-1)).toBe(false);
});

async function idOf(topic: string): Promise<string> {
  const sql = 'SELECT "ID" FROM "WebhookSubscriptions" WHERE "Topic" = ?';
  return Promise.resolve(String(kit.rows(sql, topic)[0]?.['ID']));
}

it('after a move to another address the old one is called no more', async () => {
  const moved = makeHooks(`${addressOf()}/new`);
  expect(await kit.settle(moved.keep())).toEqual({ kind: 'kept' });
  expect(new Set(subscriptions().map((row) => row['CallbackURL']))).toEqual(
    new Set([`${addressOf()}/new`]),
  );
});

it('is tried again when Exact cannot reach us, and says so once', async () => {
  await kit.settle(hooks.leave());
  server.close();
  server.closeAllConnections();
  expect(await kit.settle(hooks.keep())).toMatchObject({ kind: 'missing' });
  expect(await kit.settle(hooks.keep())).toMatchObject({ kind: 'missing' });
  expect(troubles).toHaveLength(1);
  expect(hooks.status()).toMatchObject({ live: false });
  expect(hooks.status().problem).toContain('Items');
});

async function deliver(): Promise<void> {
  await world.sim.simulation.webhooks.deliverDue();
}

async function rename(text: string): Promise<string> {
  const [item] = await world.hub.reader.items();
  await kit.person('PATCH', `logistics/Items/${item?.id}`, { Description: text });
  return item?.id ?? '';
}

it('P-17: a change shows within a minute', async () => {
  await kit.days(10 * MINUTE_MS);
  const id = await rename('Changed just now');
  await deliver();
  await kit.days(MINUTE_MS);
  expect((await world.hub.reader.itemsById([id])).get(id)?.name).toBe('Changed just now');
});

it.each([
  ['webhook-duplicate', 2],
  ['webhook-reorder', 1],
] as const)('%s: one reading all the same', async (kind, times) => {
  await kit.days(10 * MINUTE_MS);
  const before = kit.calls('sync/Logistics/Items').length;
  world.sim.simulation.faults.add({ kind, match: { topic: 'Items' }, times: 20 });
  let id = '';
  for (let count = 0; count < 5; count += 1) id = await rename(`Changed ${count}`);
  await deliver();
  expect(hooks.status().received).toBeGreaterThanOrEqual(times);
  await kit.days(MINUTE_MS);
  expect((await world.hub.reader.itemsById([id])).get(id)?.name).toBe('Changed 4');
  expect(kit.calls('sync/Logistics/Items').length - before).toBe(1);
});

it('a wrong signature does nothing but count, and the change shows at its time', async () => {
  await kit.days(10 * MINUTE_MS);
  world.sim.simulation.faults.add({
    kind: 'webhook-bad-hash',
    match: { topic: 'Items' },
    times: 9,
  });
  const id = await rename('Changed, and wrongly signed');
  const next = kit.mirror.nextMs;
  await deliver();
  expect(answers.at(-1)).toBe(401);
  expect(hooks.status()).toMatchObject({ received: 0, refused: 1 });
  expect(kit.mirror.nextMs).toBe(next);
  await kit.days(2 * 60 * MINUTE_MS);
  expect((await world.hub.reader.itemsById([id])).get(id)?.name).toContain('wrongly');
});

it('lost ones cost only time', async () => {
  await kit.days(10 * MINUTE_MS);
  world.sim.simulation.faults.add({ kind: 'webhook-lost', match: { topic: 'Items' }, times: 9 });
  const id = await rename('Changed, and nobody told us');
  await deliver();
  await kit.days(2 * 60 * MINUTE_MS);
  expect((await world.hub.reader.itemsById([id])).get(id)?.name).toContain('nobody');
});

it('a body that is too long is refused before it is read to its end', async () => {
  const answer = await fetch(addressOf(), { method: 'POST', body: 'x'.repeat(70_000) });
  expect(answer.status).toBe(413);
  expect(hooks.status().refused).toBe(1);
});

it('a deleted item goes within a minute', async () => {
  const id = await kit.person('POST', 'logistics/Items', { Code: 'GONE', Description: 'Gone' });
  await deliver();
  await kit.days(5 * MINUTE_MS);
  expect((await world.hub.reader.itemsById([id])).size).toBe(1);
  await kit.days(10 * MINUTE_MS);
  await kit.person('DELETE', `logistics/Items/${id}`);
  await deliver();
  await kit.days(2 * MINUTE_MS);
  expect((await world.hub.reader.itemsById([id])).size).toBe(0);
});

it('looks after them once a day by itself, and not oftener', async () => {
  const before = kit.calls('WebhookSubscriptions').length;
  hooks.start();
  for (let day = 0; day < 3; day += 1) {
    world.time.advance(DAY_MS);
    await kit.settle(new Promise<void>((resolve) => setTimeout(resolve, 100)));
  }
  expect(kit.calls('WebhookSubscriptions').length - before).toBeLessThanOrEqual(4);
  expect(kit.calls('WebhookSubscriptions').length - before).toBeGreaterThanOrEqual(1);
});
