// I-23: a posting in doubt that can't be looked up does not wait for ever and keeps nobody waiting:
// a person is asked, and has a way out whatever is true.

import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { LIMITS } from '../../src/lib/domain/index.ts';
import type { Posting } from '../../src/lib/domain/index.ts';
import { PostingKit } from './posting-kit.ts';
import type { WireFault } from './wire.ts';

// Real sockets and disks beside other tests on two cores.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 });

const HOUR_MS = 3_600_000;
const LISTS = 'inventory/WarehouseTransfers';

let kit: PostingKit;
beforeEach(async () => {
  kit = await PostingKit.make();
});
afterEach(async () => {
  await kit.world.close();
});

const forbidLooks = () => fault('status-403', { reason: 'You have no right to read this' });

function fault(kind: string, more: object = {}): Promise<unknown> {
  const match = { method: 'GET', path: LISTS };
  return kit.world.control('faults', { kind, times: 1000, match, ...more });
}

const heal = () => kit.world.control('faults', undefined, 'DELETE');

async function doubtful(wire: WireFault['kind'] = 'lose-answer'): Promise<Posting> {
  const posting = await kit.put('locationTransfer');
  kit.world.wire.fault = wire === 'apply-late' ? { kind: wire, delayMs: 1 } : { kind: wire };
  await kit.world.hub.pump.step();
  return posting;
}

/** Until a person is asked about it. */
async function asked(wire?: WireFault['kind']): Promise<Posting> {
  const posting = await doubtful(wire);
  await forbidLooks();
  await kit.after(posting, 3 * HOUR_MS);
  const { views } = await kit.world.hub.pump.waiting();
  expect(views).toMatchObject([{ id: posting.id, fault: { code: 'exact.in-doubt' } }]);
  return posting;
}

it('I-23: a forbidden look-up keeps no other document of its kind', async () => {
  const doubted = await doubtful();
  await forbidLooks();
  await kit.after(doubted, 1000);
  const others: Posting[] = [];
  for (let hours = 0; hours < 4; hours += 1) {
    const other = await kit.put('locationTransfer', hours % 2 === 0 ? 'batch' : 'serial');
    others.push(other);
    expect(await kit.after(other, 60_000)).toMatchObject({ state: 'posted' });
    await kit.after(other, HOUR_MS / 4);
  }
  const { errors } = kit.world.sim.simulation.velocity.worstHour();
  expect(errors, 'room for documents below the breaker').toBeLessThan(
    LIMITS.exactErrorsPerHour - 1,
  );
});

it('I-23: a forbidden look-up becomes an exception that tells both stories', async () => {
  const posting = await asked();
  const view = await kit.stateOf(posting.id);
  expect(view).toMatchObject({ state: 'rejected', attempts: 1 });
  expect(view?.words).toContain('Looking it up: Exact forbids it');
  expect(kit.world.hub.settled.map(({ outcome }) => outcome.kind)).toEqual(['rejected']);
});

it('I-23: not before an hour has passed, also when the hub is started again and again', async () => {
  const posting = await doubtful();
  await forbidLooks();
  for (let starts = 0; starts < 5; starts += 1) {
    expect(await kit.after(posting, 11 * 60_000)).toMatchObject({ state: 'in-doubt' });
    await kit.world.restart();
  }
  expect(await kit.after(posting, 2 * HOUR_MS)).toMatchObject({ state: 'rejected' });
});

it('I-03: a look-up that is allowed again in time finds it, and nobody is asked', async () => {
  const posting = await doubtful();
  await forbidLooks();
  await kit.after(posting, HOUR_MS / 2);
  await heal();
  expect(await kit.after(posting, HOUR_MS)).toMatchObject({ state: 'posted', fault: null });
  expect(kit.documents(posting)).toHaveLength(1);
});

it('I-23: whoever connects again has it looked up at once', async () => {
  const posting = await doubtful();
  await forbidLooks();
  await kit.after(posting, 60_000);
  await heal();
  await kit.world.hub.pump.wake();
  expect(await kit.after(posting, 1000)).toMatchObject({ state: 'posted' });
});

it('I-23: "it is in Exact" settles it as posted under the number that a person read', async () => {
  const posting = await asked();
  const number = String(kit.documents(posting)[0]?.['TransferNumber']);
  const { pump, settled } = kit.world.hub;
  const posts = kit.world.wire.posts;
  expect(await pump.confirm(posting.id, number, 'Nadia saw it')).toEqual({ kind: 'done' });
  expect(await kit.after(posting)).toMatchObject({ state: 'posted', documentNumber: number });
  const outcome = { kind: 'posted', documentNumber: number, confirmed: 'Nadia saw it' };
  expect(settled.at(-1)?.outcome).toMatchObject(outcome);
  expect(kit.world.wire.posts).toBe(posts);
  expect((await pump.waiting()).total).toBe(0);
  expect(await pump.confirm(posting.id, number, 'twice')).toMatchObject({ kind: 'refused' });
});

it('I-03: "it is not in Exact" sends it once more, without another look', async () => {
  const posting = await asked('lose-request');
  const { pump } = kit.world.hub;
  expect(await pump.resend(posting.id)).toEqual({ kind: 'done' });
  expect(await kit.after(posting)).toMatchObject({ state: 'posted', attempts: 2 });
  expect(kit.documents(posting)).toHaveLength(1);
});

it('I-03: looked for again once it may be, it is found and not sent', async () => {
  const posting = await asked();
  await heal();
  const posts = kit.world.wire.posts;
  expect(await kit.world.hub.pump.lookAgain(posting.id)).toEqual({ kind: 'done' });
  expect(await kit.after(posting, 2 * HOUR_MS)).toMatchObject({ state: 'posted' });
  expect(kit.world.wire.posts).toBe(posts);
});

it('dropped with a reason, nothing more is sent or looked for', async () => {
  const posting = await asked('lose-request');
  await kit.world.hub.pump.drop(posting.id, 'carried back');
  await heal();
  const view = await kit.after(posting, HOUR_MS);
  expect(view).toMatchObject({ state: 'rejected', fault: { data: { dropped: 'carried back' } } });
  expect(kit.documents(posting)).toEqual([]);
});

it('what Exact refused is no doubt: nobody may say that it is there', async () => {
  const posting = await kit.put('locationTransfer');
  const match = { method: 'POST', path: LISTS };
  await kit.world.control('faults', { kind: 'status-500-message', message: 'Closed', match });
  await kit.after(posting);
  const { pump } = kit.world.hub;
  expect(await pump.confirm(posting.id, '17', 'a guess')).toMatchObject({ kind: 'refused' });
  expect(await pump.lookAgain(posting.id)).toMatchObject({ kind: 'refused' });
});

it('I-23: a count in doubt at its second step goes on at that step', async () => {
  const posting = await kit.put('stockCount');
  kit.world.wire.faultAfter(1, { kind: 'lose-request' });
  const match = { method: 'GET', path: 'inventory/StockCounts' };
  await kit.world.control('faults', { kind: 'status-403', times: 1000, match });
  expect(await kit.after(posting, 3 * HOUR_MS)).toMatchObject({ state: 'rejected', step: 1 });
  const posts = kit.world.wire.posts;
  await kit.world.hub.pump.resend(posting.id);
  expect(await kit.after(posting)).toMatchObject({ state: 'posted' });
  expect(kit.world.wire.posts - posts).toBe(1);
  expect(kit.documents(posting)).toMatchObject([{ Status: 21 }]);
});

it('I-23: a row of another form is asked about too, and keeps nobody', async () => {
  const posting = await doubtful();
  kit.world.wire.storm = async (call, forward) => {
    const answer = await forward();
    if (call.method !== 'GET' || !call.path.endsWith(LISTS)) return answer;
    const body = Buffer.from(answer.body.toString('utf8').replaceAll('"Description"', '"Text"'));
    return { ...answer, headers: { 'content-type': 'application/json' }, body };
  };
  const other = await kit.put('locationTransfer', 'batch');
  expect(await kit.after(other, 60_000)).toMatchObject({ state: 'posted' });
  const view = await kit.after(posting, 3 * HOUR_MS);
  expect(view).toMatchObject({ state: 'rejected', fault: { code: 'exact.in-doubt' } });
  expect(view.words).toContain('another form');
});

it('I-23: a list that never answers is asked about after a working day', async () => {
  const posting = await doubtful();
  await fault('html-503');
  expect(await kit.after(posting, 7 * HOUR_MS)).toMatchObject({ state: 'in-doubt' });
  expect(await kit.after(posting, 2 * HOUR_MS)).toMatchObject({
    ...{ state: 'rejected', fault: { code: 'exact.in-doubt' } },
  });
});

it('I-03: one refused question is not taken for a list that can’t be asked narrowly', async () => {
  const filters = () =>
    kit
      .sql(`SELECT "path" FROM sim_call WHERE "path" LIKE '%${LISTS}?%' ORDER BY "id"`)
      .map(({ path }) => (/Description(%20| )eq/.test(String(path)) ? 'narrow' : 'wide'));
  const first = await doubtful();
  await kit.world.control('faults', {
    ...{ kind: 'status-500-message', message: 'The division is being moved.', times: 2 },
    match: { method: 'GET', path: LISTS },
  });
  await kit.after(first, HOUR_MS);
  expect(filters().slice(-3)).toEqual(['narrow', 'wide', 'narrow']);
});

const READ_RECEIPTS = { endpoint: 'purchaseorder/GoodsReceipts', action: 'GET' };

it('I-03: an empty list that may not be read clears nothing: a person is asked', async () => {
  const posting = await kit.post(await kit.plain());
  kit.world.wire.fault = { kind: 'lose-answer' };
  await kit.world.hub.pump.step();
  await kit.world.control('rights', { denied: [READ_RECEIPTS] });
  const view = await kit.after(posting, 3 * HOUR_MS);
  expect(view).toMatchObject({ state: 'rejected', fault: { code: 'exact.in-doubt' }, attempts: 1 });
  expect(view.words).toContain('the right to read purchaseorder/GoodsReceipts is missing');
  expect(kit.documents(posting)).toHaveLength(1);
});

it('I-03: nor while nobody says whether the list may be read', async () => {
  const posting = await kit.post(await kit.plain());
  kit.world.wire.fault = { kind: 'lose-request' };
  await kit.world.hub.pump.step();
  const match = { method: 'GET', path: 'users/UserHasRights' };
  await kit.world.control('faults', { kind: 'html-503', times: 1000, match });
  expect(await kit.after(posting, HOUR_MS)).toMatchObject({ state: 'in-doubt', attempts: 1 });
  await heal();
  expect(await kit.after(posting, HOUR_MS)).toMatchObject({ state: 'posted', attempts: 2 });
  expect(kit.documents(posting)).toHaveLength(1);
});

it('one question a list in ten minutes says whether it may be read', async () => {
  const posting = await kit.post(await kit.plain());
  kit.world.wire.fault = { kind: 'lose-request' };
  await kit.world.hub.pump.step();
  expect(await kit.after(posting, HOUR_MS)).toMatchObject({ state: 'posted', attempts: 2 });
  const asked = kit.sql(`SELECT "id" FROM sim_call WHERE "path" LIKE '%UserHasRights%'`);
  expect(asked).toHaveLength(2);
});

it('I-23: twenty that nobody can look up are asked about after an hour or two, not after days', async () => {
  await forbidLooks();
  kit.world.wire.storm = async ({ method, path }, forward) => {
    const answer = await forward();
    return method === 'POST' && path.endsWith(LISTS) ? null : answer;
  };
  const postings: Posting[] = [];
  for (let n = 0; n < 20; n += 1) postings.push(await kit.put('locationTransfer'));
  const [first] = postings;
  if (first === undefined) throw new Error('nothing was put');
  await kit.after(first, HOUR_MS / 2);
  const { pump } = kit.world.hub;
  expect(await pump.count(['in-doubt'])).toBe(20);
  await kit.after(first, 2 * HOUR_MS);
  expect((await pump.waiting()).total).toBe(20);
});

it('I-23: a refused question that used up the errors of the hour is put widely the next time', async () => {
  const posting = await doubtful();
  // Four of the five errors of the hour are used up, so far apart that only one at a time is forgotten.
  const { budget } = kit.world.hub.session;
  const endpoint = LISTS.toLowerCase();
  for (let n = 0; n < LIMITS.exactErrorsPerHour - 1; n += 1) {
    budget.take('settle', endpoint).answered(400, new Headers(), 'Mandatory: Item');
    kit.world.time.advance(HOUR_MS / LIMITS.exactErrorsPerHour);
  }
  // Exact can't read the narrow question, and each refusal counts; the wide one it answers.
  kit.world.wire.storm = (call, forward) => {
    const narrow = call.method === 'GET' && /Description(%20| )eq/.test(call.query);
    if (!narrow) return forward();
    const headers = { 'content-type': 'application/json' };
    const body = Buffer.from(JSON.stringify({ error: { message: { value: 'Query syntax.' } } }));
    return Promise.resolve({ status: 400, headers, body });
  };
  expect(await kit.after(posting, 4 * HOUR_MS)).toMatchObject({ state: 'posted' });
});
