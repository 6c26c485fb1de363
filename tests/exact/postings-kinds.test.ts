// Every kind of posting into the simulator: one document each, in as many calls as it has steps,
// under the number that Exact gave it; and the ways back.

import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { Posting, PostingId } from '../../src/lib/domain/index.ts';
import { compensationOf } from '../../src/lib/ledger/index.ts';
import { PostingKit } from './posting-kit.ts';
import { GOODS_CASES, TRACKINGS } from './posting-goods.ts';
import { freshName } from './world.ts';

// Real sockets and disks beside other tests on two cores.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 });

let kit: PostingKit;
beforeAll(async () => {
  kit = await PostingKit.make();
});
afterAll(async () => {
  await kit.world.close();
});

function calls(posting: Posting): number {
  if (posting.kind === 'stockCount') return 2;
  const drafted = ['materialIssue', 'shopOrderReceipt', 'byProductReceipt', 'materialSubstitution'];
  if (!drafted.includes(posting.kind) || !('item' in posting)) return 1;
  const plan = posting.kind === 'materialSubstitution' ? 1 : 0;
  return 1 + plan + (posting.batches?.length ?? 0) + (posting.serials?.length ?? 0);
}

async function booked(posting: Posting) {
  const posts = kit.world.wire.posts;
  // Long enough for the budget of a minute to come back: these tests share one.
  const view = await kit.after(posting, 120_000);
  expect(view, view.words ?? '').toMatchObject({ state: 'posted', attempts: 1, fault: null });
  expect(kit.world.wire.posts - posts).toBe(calls(posting));
  expect(kit.documents(posting)).toHaveLength(1);
  expect(kit.drafts()).toEqual([]);
  return view;
}

it.each(GOODS_CASES)('I-03: %s of %s goods, %s: one document, its number told', async (...what) => {
  const posting = await kit.put(...what);
  const view = await booked(posting);
  const stands = JSON.stringify(kit.documents(posting).at(-1));
  expect(stands).toContain(view.exactId);
  expect(Number(view.documentNumber)).toBeGreaterThan(0);
  const told = kit.world.hub.settled.find((one) => one.posting === posting.id);
  expect(told?.outcome).toMatchObject({ exactId: view.exactId });
});

it('a count is processed, not only drafted', async () => {
  const posting = await kit.put('stockCount');
  await booked(posting);
  expect(kit.documents(posting)[0]?.['Status']).toBe(21);
});

it('each line carries the marker once more, for the eye of the office', async () => {
  const receipt = await kit.put('goodsReceipt');
  const delivery = await kit.put('goodsDelivery');
  const transfer = await kit.put('locationTransfer');
  await kit.after(transfer, 120_000);
  const notes = (table: string, field: string, marker: string) =>
    kit.sql(`SELECT 1 FROM "${table}" WHERE "${field}" = ?`, marker);
  expect(notes('GoodsReceiptLines', 'Notes', receipt.marker)).toHaveLength(1);
  expect(notes('GoodsDeliveryLines', 'Notes', delivery.marker)).toHaveLength(1);
  expect(notes('WarehouseTransferLines', 'Description', transfer.marker)).toHaveLength(1);
});

async function back(posting: Posting, exactId: string | null) {
  const { id, marker } = freshName(kit.now());
  const way = compensationOf(posting, exactId ?? '', { id, marker });
  if (way.kind !== 'posting') throw new Error(way.words);
  expect(way.posting).toMatchObject({ id, marker, reverses: posting.id satisfies PostingId });
  return kit.commit(way.posting);
}

it.each(TRACKINGS)('%s goods that were received go back to the supplier', async (tracking) => {
  const posting = await kit.put('goodsReceipt', tracking);
  const { exactId } = await booked(posting);
  await booked(await back(posting, exactId));
  const [line] = kit.sql(
    `SELECT r."GoodsReceiptID" FROM "PurchaseReturnLines" l
     JOIN "GoodsReceiptLines" r ON r."ID" = l."GoodsReceiptLineID" WHERE r."Notes" = ?`,
    posting.marker,
  );
  expect(line?.['GoodsReceiptID']).toBe(exactId);
});

it.each(TRACKINGS)('%s material that was issued is taken back', async (tracking) => {
  const posting = await kit.put('materialIssue', tracking);
  const { exactId } = await booked(posting);
  const reversal = await back(posting, exactId);
  await booked(reversal);
  expect(kit.documents(reversal)[0]?.['OriginalStockTransactionId']).toBe(exactId);
});

it.each(TRACKINGS)('%s goods that were produced are taken back', async (tracking) => {
  const posting = await kit.put('shopOrderReceipt', tracking);
  const { exactId } = await booked(posting);
  const reversal = await back(posting, exactId);
  await booked(reversal);
  expect(kit.documents(reversal)[0]?.['OriginalStockTransactionId']).toBe(exactId);
});

it.each(TRACKINGS)('%s by-products that came in are taken back', async (tracking) => {
  const posting = await kit.put('byProductReceipt', tracking);
  const { exactId } = await booked(posting);
  const reversal = await back(posting, exactId);
  await booked(reversal);
  expect(kit.documents(reversal)[0]?.['OriginalStockTransactionId']).toBe(exactId);
});

it.each(['warehouseTransfer', 'locationTransfer'] as const)('a %s goes back', async (kind) => {
  const stock = () => kit.sql('SELECT * FROM "LocationStock" WHERE "Stock" <> 0 ORDER BY "ID"');
  const levels = () => stock().map((row) => [row['ID'], row['Stock']]);
  const before = levels();
  const posting = await kit.put(kind, 'batch');
  const { exactId } = await booked(posting);
  expect(levels()).not.toEqual(before);
  await booked(await back(posting, exactId));
  expect(levels()).toEqual(before);
});

it('a counted difference goes back; a counted quantity is for the office', async () => {
  const posting = await kit.put('stockCount', 'batch');
  const { exactId } = await booked(posting);
  await booked(await back(posting, exactId));
  const counted = await kit.put('stockCount', 'plain');
  const name = freshName(kit.now());
  expect(compensationOf(counted, 'x', name)).toMatchObject({ kind: 'office' });
});
