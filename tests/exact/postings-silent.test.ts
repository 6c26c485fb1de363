// I-17, I-23: what gives no answer at one end of Exact keeps nobody waiting who goes to another: a
// list that can't be read, the lines of a receipt, the endpoint of one step.

import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Posting } from '../../src/lib/domain/index.ts';
import { compensationOf } from '../../src/lib/ledger/index.ts';
import { PostingKit } from './posting-kit.ts';
import { pumpUntil } from './world.ts';

// Real sockets and disks beside other tests on two cores.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 });

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
const TRANSFERS = 'inventory/WarehouseTransfers';
const LINES = 'purchaseorder/GoodsReceiptLines';

let kit: PostingKit;
beforeEach(async () => {
  kit = await PostingKit.make();
});
afterEach(() => kit.world.close());

function silent(path: string, method = 'GET'): Promise<unknown> {
  return kit.world.control('faults', { kind: 'html-503', times: 5000, match: { method, path } });
}

const heal = () => kit.world.control('faults', undefined, 'DELETE');

async function doubtful(): Promise<Posting> {
  const posting = await kit.put('locationTransfer');
  kit.world.wire.fault = { kind: 'lose-answer' };
  await kit.world.hub.pump.step();
  return posting;
}

it('I-23: doubts whose list is silent keep no other document of their kind', async () => {
  await silent(TRANSFERS);
  const doubts = [await doubtful(), await kit.put('locationTransfer')];
  kit.world.wire.fault = { kind: 'lose-answer' };
  await pumpUntil(kit.world, kit.now() + MINUTE_MS);
  for (let hours = 0; hours < 4; hours += 1) {
    const other = await kit.put('locationTransfer', hours % 2 === 0 ? 'batch' : 'serial');
    expect(await kit.after(other, 11 * MINUTE_MS)).toMatchObject({ state: 'posted' });
    await kit.after(other, HOUR_MS / 4);
  }
  for (const { id } of doubts) expect(await kit.stateOf(id)).toMatchObject({ state: 'in-doubt' });
  await heal();
  for (const doubted of doubts) {
    expect(await kit.after(doubted, 25 * MINUTE_MS)).toMatchObject({ state: 'posted' });
    expect(kit.documents(doubted)).toHaveLength(1);
  }
});

it('I-17: where documents get no answer either, not one after another is put in doubt', async () => {
  for (let n = 0; n < 12; n += 1) await kit.put('locationTransfer');
  kit.world.wire.storm = async ({ method, path }, forward) => {
    if (!path.endsWith(TRANSFERS)) return forward();
    if (method === 'POST') await forward();
    return method === 'POST' ? null : { status: 503, headers: {}, body: Buffer.from('') };
  };

  await pumpUntil(kit.world, kit.now() + 2 * MINUTE_MS);
  expect(await kit.world.hub.pump.count(['in-doubt'])).toBeLessThanOrEqual(7);
});

it('I-23: one sent once more whose list is silent is in doubt, and asked about in the end', async () => {
  const posting = await kit.put('stockCount');
  await kit.world.control('faults', {
    ...{ kind: 'status-500-message', message: 'Period closed' },
    match: { method: 'POST', path: 'inventory/ProcessStockCount' },
  });
  expect(await kit.after(posting)).toMatchObject({ state: 'rejected', step: 1 });
  await silent('inventory/StockCounts');
  await kit.world.hub.pump.resend(posting.id);
  expect(await kit.after(posting, 7 * HOUR_MS)).toMatchObject({ state: 'in-doubt', step: 0 });
  const view = await kit.after(posting, 2 * HOUR_MS);
  expect(view).toMatchObject({ state: 'rejected', fault: { code: 'exact.in-doubt' } });
});

it('I-23: a doubt of an older release, whose beginning nobody wrote down, ends too', async () => {
  const posting = await doubtful();
  const { db } = kit.world.hub.store;
  const fault = JSON.stringify({ code: 'exact.in-doubt', data: { words: 'the answer was lost' } });
  await db.updateTable('posting').set({ fault }).where('id', '=', posting.id).execute();
  await silent(TRANSFERS);
  expect(await kit.after(posting, 9 * HOUR_MS)).toMatchObject({ state: 'rejected' });
});

async function takenBack(): Promise<Posting> {
  const receipt = await kit.put('goodsReceipt');
  const { exactId } = await kit.after(receipt, MINUTE_MS);
  const way = compensationOf(receipt, exactId ?? '', kit.names());
  if (way.kind !== 'posting') throw new Error(way.words);
  return kit.commit(way.posting);
}

it.each([
  ['status-403', { reason: 'You have no right to read this' }],
  ['status-500-message', { message: 'No such endpoint' }],
])('I-23: a return whose receipt can’t be read (%s) is an exception', async (kind, more) => {
  const posting = await takenBack();
  const match = { method: 'GET', path: LINES };
  await kit.world.control('faults', { kind, times: 1000, match, ...more });
  const posts = kit.world.wire.posts;
  const view = await kit.after(posting, MINUTE_MS);
  expect(view).toMatchObject({ state: 'rejected', fault: { code: 'exact.rejected' } });
  expect(view.words).toContain('Nothing was sent');
  expect(kit.world.wire.posts).toBe(posts);
});

it('I-23: a return whose receipt is not shown waits for a working day, and no longer', async () => {
  const posting = await takenBack();
  await silent(LINES);
  expect(await kit.after(posting, 7 * HOUR_MS)).toMatchObject({ state: 'ready' });
  expect(await kit.after(posting, 2 * HOUR_MS)).toMatchObject({ state: 'rejected' });
});

it('I-04 I-23: a stopped endpoint of one step keeps no other document of its kind', async () => {
  const { budget } = kit.world.hub.session;
  const drafts = 'inventory/stockbatchnumbers';
  for (let n = 0; n < 4; n += 1) budget.take('post', drafts).answered(400, new Headers(), 'no');
  expect(budget.waitMs('post', drafts)).toBeGreaterThan(2 * MINUTE_MS);
  const stopped = await kit.put('materialIssue', 'batch');
  // The head of its kind, by when it was due.
  kit.world.time.advance(1_000);
  const other = await kit.put('materialIssue', 'plain');
  expect(await kit.after(other, MINUTE_MS)).toMatchObject({ state: 'posted' });
  expect(await kit.stateOf(stopped.id)).toMatchObject({ state: 'ready', attempts: 0 });
  expect(await kit.after(stopped, 2 * HOUR_MS)).toMatchObject({ state: 'posted' });
});
