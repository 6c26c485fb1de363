// I-03, second half: what Exact applied later than anyone waits is found by the nightly look around;
// and I-17: what keeps one kind of posting from Exact does not keep the others.

import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { calmAtMs } from '../../src/lib/server/exact/index.ts';
import type { MarkerWatch } from '../../src/lib/server/house/marker-watch.ts';
import { PostingKit, SETTLE_MS } from './posting-kit.ts';
import { sweepOf, watchOf } from './sweeping.ts';
import { pumpUntil } from './world.ts';

// Real sockets and disks beside other tests on two cores.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 });

const HOUR_MS = 3_600_000;
const LONG_MS = 14 * SETTLE_MS;

let kit: PostingKit;
let watch: MarkerWatch;
beforeEach(async () => {
  kit = await PostingKit.make();
  watch = watchOf(kit);
});
afterEach(async () => {
  await watch.stop();
  await kit.world.close();
});

const sweep = () => sweepOf(kit, watch);

it('I-03: two documents with one marker become an exception with both numbers', async () => {
  const posting = await kit.put('locationTransfer');
  expect(await kit.after(posting)).toMatchObject({ state: 'posted', fault: null });
  // A try that everybody had given up comes through in the evening.
  await kit.world.control('records/inventory/WarehouseTransfers', {
    ...{ TransferNumber: 4711, Description: posting.marker, Status: 50 },
  });
  const numbers = kit.documents(posting).map((row) => String(row['TransferNumber']));
  expect(numbers).toHaveLength(2);
  const swept = await sweep();
  expect(swept).toMatchObject({ documents: 2, unread: [], findings: [{ kind: 'several' }] });
  const doubled = await kit.after(posting);
  expect(doubled).toMatchObject({ state: 'posted', fault: { code: 'exact.duplicate' } });
  for (const number of numbers) expect(doubled.fault?.data['numbers']).toContain(number);
  const { pump } = kit.world.hub;
  expect((await pump.waiting()).views.map(({ id }) => id)).toEqual([posting.id]);
  expect(await pump.resend(posting.id)).toMatchObject({ kind: 'refused' });
  // The person who has seen to it says so, and the next night is quiet about it.
  expect(await pump.drop(posting.id, 'one was removed by hand')).toEqual({ kind: 'done' });
  expect((await pump.waiting()).total).toBe(0);
  await sweep();
  await kit.after(posting);
  expect((await pump.waiting()).total).toBe(0);
});

it('I-03: a refused posting that is there after all is posted, and never sent again', async () => {
  const posting = await kit.put('goodsDelivery');
  const message = 'Period closed';
  const match = { method: 'POST', path: 'salesorder/GoodsDeliveries' };
  await kit.world.control('faults', { kind: 'status-500-message', match, message });
  expect(await kit.after(posting, LONG_MS)).toMatchObject({ state: 'rejected' });
  await kit.world.control('records/salesorder/GoodsDeliveries', {
    ...{ DeliveryNumber: 4711, Description: posting.marker },
  });
  expect((await sweep()).findings).toMatchObject([{ kind: 'there', marker: posting.marker }]);
  const posts = kit.world.wire.posts;
  const view = await kit.after(posting, LONG_MS);
  expect(view).toMatchObject({ state: 'posted', exactId: kit.documents(posting)[0]?.['EntryID'] });
  expect(kit.world.wire.posts).toBe(posts);
  expect(kit.world.hub.settled.map(({ outcome }) => outcome.kind)).toEqual(['rejected', 'posted']);
});

it('I-03: a receipt with drafted numbers that came twice becomes an exception', async () => {
  const posting = await kit.put('shopOrderReceipt', 'batch');
  const match = { method: 'POST', path: 'manufacturing/ShopOrderReceipts' };
  await kit.world.control('faults', { kind: 'lose-request', match });
  const posted = await kit.after(posting, LONG_MS);
  expect(posted).toMatchObject({ state: 'posted', attempts: 2, fault: null });
  expect((await sweep()).findings).toEqual([]);
  // The first try comes through in the evening.
  const [own = {}] = kit.documents(posting);
  const { ShopOrder, Quantity, DraftStockTransactionID } = own;
  await kit.world.control('records/manufacturing/ShopOrderReceipts', {
    ...{ ShopOrder, Quantity, DraftStockTransactionID },
  });
  expect(kit.documents(posting)).toHaveLength(2);
  const { findings } = await sweep();
  expect(findings).toMatchObject([{ kind: 'several', marker: posting.marker }]);
  expect(await kit.after(posting)).toMatchObject({ fault: { code: 'exact.duplicate' } });
});

it('a draft is no booking: a count that was refused half-way stays refused', async () => {
  const posting = await kit.put('stockCount');
  await kit.world.control('faults', {
    ...{ kind: 'status-500-message', message: 'Period closed' },
    match: { method: 'POST', path: 'inventory/ProcessStockCount' },
  });
  await kit.after(posting, LONG_MS);
  expect((await sweep()).findings).toEqual([]);
  expect((await kit.after(posting)).state).toBe('rejected');
});

it('texts that are no markers of ours are nobody’s business', async () => {
  const posting = await kit.put('goodsReceipt');
  await kit.after(posting);
  for (const number of [1, 2]) {
    await kit.world.control('records/purchaseorder/GoodsReceipts', {
      ...{ ReceiptNumber: 900 + number, Description: 'Weekly order' },
    });
  }
  expect(await sweep()).toMatchObject({ documents: 1, findings: [] });
});

/** Time must not jump while an answer is on its way: it would be a time-out. */
async function rest(): Promise<void> {
  for (let calm = 0; calm < 30; calm = kit.world.wire.inFlight === 0 ? calm + 1 : 0) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

async function pass(times: number, stepMs: number): Promise<void> {
  for (let past = 0; past < times; past += 1) {
    kit.world.time.advance(stepMs);
    await rest();
  }
}

/** How often the sweep began to read this list. */
function asked(list: string): number {
  const sql = 'SELECT "at_ms" FROM sim_call WHERE "path" LIKE ?';
  return kit.sql(sql, `%${list}?$filter=Created%`).length;
}

it('looks around after a start and then once a day, over a restart too', async () => {
  await kit.after(await kit.put('goodsDelivery'));
  watch.start();
  await pass(9, 60_000);
  expect(asked('GoodsDeliveries'), 'the first minutes belong to others').toBe(0);
  await pass(2, 60_000);
  expect(asked('GoodsDeliveries')).toBe(1);
  await pass(18, HOUR_MS);
  expect(asked('GoodsDeliveries')).toBe(1);
  await watch.stop();
  watch = watchOf(kit);
  watch.start();
  await rest();
  await pass(7, HOUR_MS);
  expect(asked('GoodsDeliveries')).toBe(2);
});

it('I-23: leaves its calls to what is in doubt, for an hour at most', async () => {
  const posting = await kit.put('goodsDelivery');
  kit.world.wire.fault = { kind: 'lose-answer' };
  await kit.world.hub.pump.step();
  expect((await kit.stateOf(posting.id))?.state).toBe('in-doubt');
  watch.start();
  await pass(6, 10 * 60_000);
  expect(asked('GoodsDeliveries')).toBe(0);
  await pass(2, 10 * 60_000);
  expect(asked('GoodsDeliveries')).toBe(1);
});

it('a list into which nothing of ours ever went is not asked', async () => {
  await kit.after(await kit.put('goodsDelivery'));
  const swept = await sweep();
  expect(swept.read).toEqual(['salesorder/GoodsDeliveries']);
  expect(swept.idle).toContain('manufacturing/MaterialIssues');
  expect(asked('MaterialIssues')).toBe(0);
});

it('I-18: a list that Exact forbids is asked once a day, and the others are not asked again', async () => {
  await kit.after(await kit.put('goodsDelivery'));
  await kit.after(await kit.put('materialIssue'));
  await kit.world.control('faults', {
    ...{ kind: 'status-403', times: 1000, reason: 'No manufacturing licence' },
    match: { method: 'GET', path: 'manufacturing/MaterialIssues' },
  });
  watch.start();
  await rest();
  await pass(12, HOUR_MS);
  expect([asked('MaterialIssues'), asked('GoodsDeliveries')]).toEqual([1, 1]);
  const log = readFileSync(`${kit.world.folder}/hub.log`, 'utf8');
  expect(log).toContain('No manufacturing licence');
  await pass(24, HOUR_MS);
  expect([asked('MaterialIssues'), asked('GoodsDeliveries')]).toEqual([2, 2]);
  const warned = readFileSync(`${kit.world.folder}/hub.log`, 'utf8').match(
    /"level":\W*(40|.warn)/g,
  );
  expect(warned, 'told once').toHaveLength(1);
});

it('I-18: after a list that gave no answer only that one is read again, hourly', async () => {
  await kit.after(await kit.put('goodsDelivery'));
  await kit.after(await kit.put('locationTransfer'));
  await kit.world.control('faults', {
    ...{
      kind: 'html-503',
      times: 2,
      match: { method: 'GET', path: 'inventory/WarehouseTransfers' },
    },
  });
  watch.start();
  await rest();
  await pass(6, HOUR_MS);
  expect([asked('WarehouseTransfers'), asked('GoodsDeliveries')]).toEqual([3, 1]);
});

it('keeps out of the way of Exact’s maintenance, 04:00 to 04:30 in the Netherlands', () => {
  const dutch = (time: string) => Date.parse(`2026-11-23T${time}:00+01:00`);
  expect(calmAtMs(dutch('03:45'))).toBe(dutch('03:45'));
  expect(calmAtMs(dutch('03:55'))).toBe(dutch('04:30'));
  expect(calmAtMs(dutch('04:10'))).toBe(dutch('04:30'));
  expect(calmAtMs(dutch('04:31'))).toBe(dutch('04:31'));
});

it('I-17: an endpoint that is closed holds its kind, and no other', async () => {
  await kit.world.control('faults', {
    ...{ kind: 'status-403', times: 1000, reason: 'LicenseExpired' },
    match: { method: 'POST', path: 'manufacturing/MaterialIssues' },
  });
  for (let n = 0; n < 8; n += 1) await kit.put('materialIssue');
  const others = [
    await kit.put('goodsReceipt'),
    await kit.put('goodsDelivery'),
    // Of a place that no material is to leave: another one must not overtake the issues.
    await kit.put('stockCount', 'batch'),
    await kit.put('locationTransfer'),
  ];
  await pumpUntil(kit.world, kit.now() + 10 * 60_000);
  const issues = await kit.world.hub.pump.list(['ready', 'rejected']);
  expect(issues.filter(({ state }) => state === 'rejected').length).toBeLessThanOrEqual(5);
  expect(issues.some(({ state }) => state === 'ready')).toBe(true);
  for (const posting of others) expect((await kit.stateOf(posting.id))?.state).toBe('posted');
});

it('I-17: look-ups of one list that fail hold their kind, and no other', async () => {
  const doubted = await kit.put('locationTransfer');
  kit.world.wire.fault = { kind: 'lose-answer' };
  await kit.world.hub.pump.step();
  await kit.world.control('faults', {
    ...{ kind: 'html-503', times: 1000 },
    match: { method: 'GET', path: 'inventory/WarehouseTransfers' },
  });
  const other = await kit.put('goodsReceipt');
  expect((await kit.after(other, 120_000)).state).toBe('posted');
  expect((await kit.stateOf(doubted.id))?.state).toBe('in-doubt');
  await kit.world.control('faults', undefined, 'DELETE');
  expect((await kit.after(doubted, HOUR_MS)).state).toBe('posted');
  expect(kit.documents(doubted)).toHaveLength(1);
});

it('of two receipts of one shop order only one is under way while the other is in doubt', async () => {
  const first = await kit.put('shopOrderReceipt');
  const twin = await kit.commit({ ...first, ...kit.names() });
  kit.world.wire.fault = { kind: 'lose-answer' };
  await kit.world.hub.pump.step();
  const doubted = await kit.stateOf(first.id);
  const waiting = doubted?.state === 'in-doubt' ? twin : first;
  await kit.world.control('faults', {
    ...{ kind: 'html-503', times: 3 },
    match: { method: 'GET', path: 'manufacturing/ShopOrderReceipts' },
  });
  await kit.world.hub.pump.step();
  await kit.world.hub.pump.wake();
  await kit.world.hub.pump.step();
  expect(await kit.stateOf(waiting.id)).toMatchObject({ state: 'ready', attempts: 0 });
  await kit.after(waiting, LONG_MS);
  const views = [await kit.stateOf(first.id), await kit.stateOf(twin.id)];
  expect(views.map((view) => view?.state)).toEqual(['posted', 'posted']);
  expect(kit.documents(first)).toHaveLength(2);
});
