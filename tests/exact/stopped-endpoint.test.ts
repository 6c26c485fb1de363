// I-04: an endpoint that the hub stopped calling because Exact refused too much there: what is in
// doubt is still found, and a person may let one document through.

import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { PostingKit } from './posting-kit.ts';
import { pumpUntil } from './world.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 30_000 });

const RECEIPTS = 'purchaseorder/goodsreceipts';
const HOUR_MS = 3_600_000;

let kit: PostingKit;
beforeEach(async () => {
  kit = await PostingKit.make();
});
afterEach(() => kit.world.close());

/** Exact refuses so many receipts, in its words. */
function refuse(times: number): void {
  let left = times;
  kit.world.wire.storm = ({ method, path }, forward) => {
    if (method !== 'POST' || !path.toLowerCase().endsWith(RECEIPTS) || left === 0) return forward();
    left -= 1;
    const words = { error: { code: '', message: { lang: '', value: 'Mandatory: Item' } } };
    const headers = { 'content-type': 'application/json' };
    return Promise.resolve({ status: 400, headers, body: Buffer.from(JSON.stringify(words)) });
  };
}

/** Refuses receipts until documents stop. */
async function stop(): Promise<void> {
  const open = await kit.plain();
  refuse(4);
  for (let n = 0; n < 4; n += 1) await kit.post(open);
  await pumpUntil(kit.world, kit.now() + 1_000);
  expect(kit.world.hub.session.budget.view().endpoints).toMatchObject([
    { endpoint: RECEIPTS, state: 'open', errors: 4 },
  ]);
}

it('I-04 I-03: a receipt whose answer was lost is found while receipts are stopped', async () => {
  const { world } = kit;
  const open = await kit.plain();
  world.wire.fault = { kind: 'lose-answer' };
  const doubtful = await kit.post(open);
  await world.hub.pump.step();
  expect(await kit.stateOf(doubtful.id)).toMatchObject({ state: 'in-doubt' });
  const { budget } = world.hub.session;
  for (let n = 0; n < 4; n += 1) {
    budget.take('post', RECEIPTS).answered(400, new Headers(), 'refused');
  }
  expect(budget.waitMs('post', RECEIPTS)).toBeGreaterThan(0);
  await pumpUntil(world, kit.now() + 10_000);
  expect(await kit.stateOf(doubtful.id)).toMatchObject({ state: 'posted' });
  expect(budget.waitMs('post', RECEIPTS)).toBeGreaterThan(0);
});

it('I-04 I-23: a good document waits at most an hour behind refused ones, day after day', async () => {
  await stop();
  const good = await kit.post(await kit.plain());
  await pumpUntil(kit.world, kit.now() + HOUR_MS);
  expect(await kit.stateOf(good.id)).toMatchObject({ state: 'posted' });
});

it('I-04: a person tries it now: one document goes, and the others when that one is taken', async () => {
  await stop();
  const open = await kit.plain();
  const waiting = [await kit.post(open), await kit.post(open)];
  await pumpUntil(kit.world, kit.now() + 60_000);
  for (const { id } of waiting) expect(await kit.stateOf(id)).toMatchObject({ state: 'ready' });
  const { session, pump } = kit.world.hub;
  expect(session.budget.tryNow(RECEIPTS)).toEqual({ kind: 'granted' });
  await pump.wake();
  await pumpUntil(kit.world, kit.now() + 1_000);
  for (const { id } of waiting) expect(await kit.stateOf(id)).toMatchObject({ state: 'posted' });
});

it('I-04: a person tries it now and Exact still refuses: one document goes and no other', async () => {
  await stop();
  const open = await kit.plain();
  const waiting = [await kit.post(open), await kit.post(open)];
  await pumpUntil(kit.world, kit.now() + 60_000);
  refuse(1);
  const { session, pump } = kit.world.hub;
  session.budget.tryNow(RECEIPTS);
  await pump.wake();
  await pumpUntil(kit.world, kit.now() + 1_000);
  const states = await Promise.all(waiting.map(({ id }) => kit.stateOf(id)));
  expect(states.map((view) => view?.state).sort()).toEqual(['ready', 'rejected']);
});
