// I-03: postings whose answer was lost, in every way that HTTP can lose one.

import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { PostingKit, SETTLE_MS } from './posting-kit.ts';
import { pumpUntil, receiptsWith } from './world.ts';

// Real sockets and disks beside other tests on two cores.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 });

let kit: PostingKit;
beforeEach(async () => {
  kit = await PostingKit.make();
});
afterEach(async () => {
  await kit.world.close();
});

it('I-03: a lost answer leaves exactly one receipt, found by its marker and not sent again', async () => {
  const posting = await kit.post(await kit.plain());
  kit.world.wire.fault = { kind: 'lose-answer' };
  await pumpUntil(kit.world, kit.now() + 1000);
  expect(kit.world.wire.posts).toBe(1);
  expect(receiptsWith(kit.world, posting.marker)).toHaveLength(1);
  const number = String(receiptsWith(kit.world, posting.marker)[0]?.['ReceiptNumber']);
  expect(await kit.stateOf(posting.id)).toMatchObject({ state: 'posted', documentNumber: number });
});

it('I-03: a 500 without words is looked up twice, settleMs apart, before it is sent again', async () => {
  const posting = await kit.post(await kit.plain());
  await kit.receiptFault('status-500');
  const startMs = kit.now();
  await pumpUntil(kit.world, startMs + 2 * SETTLE_MS - 1);
  expect(await kit.stateOf(posting.id)).toMatchObject({ state: 'in-doubt', attempts: 1 });
  expect(kit.world.wire.posts).toBe(1);
  await pumpUntil(kit.world, startMs + 2 * SETTLE_MS + 1000);
  expect(await kit.stateOf(posting.id)).toMatchObject({ state: 'posted', attempts: 2 });
  expect(receiptsWith(kit.world, posting.marker)).toHaveLength(1);
});

it('I-03: a truncated answer, a 500 after the fact, a 408: one receipt each', async () => {
  for (const kind of ['truncate', 'status-500-after', 'status-408']) {
    const posting = await kit.post(await kit.plain());
    await kit.receiptFault(kind);
    await pumpUntil(kit.world, kit.now() + 3 * SETTLE_MS);
    expect((await kit.stateOf(posting.id))?.state).toBe('posted');
    expect(receiptsWith(kit.world, posting.marker)).toHaveLength(1);
  }
});

it('I-03: finds its receipt also where Exact refuses to filter by text', async () => {
  const posting = await kit.post(await kit.plain());
  kit.world.wire.fault = { kind: 'lose-answer' };
  const match = { method: 'GET', path: 'purchaseorder/GoodsReceipts' };
  await kit.world.hub.pump.step();
  const message = 'Bad Request - Error in query syntax.';
  await kit.world.control('faults', { kind: 'status-500-message', message, match });
  await pumpUntil(kit.world, kit.now() + 1000);
  expect((await kit.stateOf(posting.id))?.state).toBe('posted');
  expect(kit.world.wire.posts).toBe(1);
});

it('I-03: two receipts with one marker are an exception, and cannot be sent once more', async () => {
  const open = await kit.openLine(
    ({ item, line }) =>
      item.tracking === 'none' && line.ordered - line.received >= 2 * line.purchaseUnitFactor,
  );
  const posting = await kit.post(open);
  kit.world.wire.fault = { kind: 'apply-twice' };
  await pumpUntil(kit.world, kit.now() + 1000);
  expect(receiptsWith(kit.world, posting.marker)).toHaveLength(2);
  expect(await kit.stateOf(posting.id)).toMatchObject({
    state: 'rejected',
    fault: { code: 'exact.duplicate' },
  });
  expect(await kit.world.hub.pump.resend(posting.id)).toMatchObject({ kind: 'refused' });
});

it('I-03: a hub killed between `sending` and the answer looks, and does not send', async () => {
  const posting = await kit.post(await kit.plain());
  // The row as the dead hub left it, and the receipt that Exact booked meanwhile.
  kit.world.wire.fault = { kind: 'lose-answer' };
  await kit.world.hub.pump.step();
  await kit.world.hub.store.db.updateTable('posting').set({ state: 'sending' }).execute();
  await kit.world.restart();
  await pumpUntil(kit.world, kit.now() + 1000);
  expect(kit.world.wire.posts).toBe(1);
  expect((await kit.stateOf(posting.id))?.state).toBe('posted');
  expect(receiptsWith(kit.world, posting.marker)).toHaveLength(1);
});

it('I-23: a journal that cannot take the settlement is told again', async () => {
  const posting = await kit.post(await kit.plain());
  const { settled } = kit.world.hub;
  let refusals = 0;
  settled.push = (...told) => {
    refusals += 1;
    if (refusals <= 2) throw new Error('disk full');
    return Array.prototype.push.apply(settled, told);
  };
  await kit.world.hub.pump.step();
  await expect(kit.world.hub.pump.step()).rejects.toThrow('disk full');
  await expect(kit.world.hub.pump.step()).rejects.toThrow('disk full');
  await pumpUntil(kit.world, kit.now() + 1000);
  expect(settled.map((s) => s.posting)).toEqual([posting.id]);
  expect(receiptsWith(kit.world, posting.marker)).toHaveLength(1);
});
