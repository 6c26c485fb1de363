// I-03: what the nightly look around must not believe: a list that shows nothing because nobody may
// see it, and a document that looks like one of ours and is another's.

import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { fault } from '../../src/lib/domain/index.ts';
import type { Posting, PostingOf } from '../../src/lib/domain/index.ts';
import { openLog } from '../../src/lib/server/house/log.ts';
import { MarkerWatch } from '../../src/lib/server/house/marker-watch.ts';
import { PostingRows } from '../../src/lib/server/outbox/index.ts';
import { PostingKit } from './posting-kit.ts';

// Real sockets and disks beside other tests on two cores.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 });

const HOUR_MS = 3_600_000;

let kit: PostingKit;
beforeEach(async () => {
  kit = await PostingKit.make();
});
afterEach(() => kit.world.close());

/** A sweep waits when the minute is used up: time goes on until it is through. */
async function sweep() {
  const { store, session, pump } = kit.world.hub;
  const watch = new MarkerWatch({
    ...{ client: session.client, db: store.db, rows: new PostingRows(store.db), pump },
    ...{ clock: kit.world.time, scheduler: kit.world.time },
    log: openLog(`${kit.world.folder}/hub.log`, 'info'),
  });
  const swept = watch.sweep();
  let through = false;
  void swept.finally(() => (through = true));
  while (!through) {
    kit.world.time.advance(1000);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  return swept;
}

it('I-03: a list that shows nothing of ours, though we booked there, counts as closed', async () => {
  await kit.after(await kit.put('goodsDelivery'));
  const denied = [{ endpoint: 'salesorder/GoodsDeliveries', action: 'GET' }];
  await kit.world.control('rights', { denied });
  const swept = await sweep();
  expect(swept).toMatchObject({ read: [], closed: [{ list: 'salesorder/GoodsDeliveries' }] });
  await kit.world.control('rights', { denied: [] });
  expect(await sweep()).toMatchObject({ read: ['salesorder/GoodsDeliveries'], closed: [] });
  // Four days on it is no wonder that nothing of ours is to be seen.
  kit.world.time.advance(96 * HOUR_MS);
  await kit.world.control('rights', { denied });
  expect(await sweep()).toMatchObject({ read: ['salesorder/GoodsDeliveries'], closed: [] });
});

/** Somebody books the like of it by hand; its number there is the answer. */
async function handMade({ document }: Posting, like: PostingOf<'shopOrderReceipt'>) {
  const number = 4711;
  await kit.world.control('records/manufacturing/ShopOrderReceipts', {
    ...{ ShopOrder: document, Quantity: like.quantity, ReceiptNumber: number },
    ...(like.location === undefined ? {} : { StorageLocation: like.location }),
  });
  return String(number);
}

async function made(): Promise<PostingOf<'shopOrderReceipt'>> {
  const posting = await kit.put('shopOrderReceipt');
  if (posting.kind !== 'shopOrderReceipt') throw new Error('another kind');
  return posting;
}

/** Sent twice, and then a person was asked. */
async function askedAbout(posting: Posting): Promise<void> {
  const words = 'nobody could look';
  const change = {
    ...{ state: 'rejected' as const, attempts: 2, next_at_ms: Number.MAX_SAFE_INTEGER, words },
    ...{ first_sent_ms: kit.now(), last_sent_ms: kit.now() },
    fault: JSON.stringify(fault('exact.in-doubt', { words })),
  };
  const { db } = kit.world.hub.store;
  await db.updateTable('posting').set(change).where('id', '=', posting.id).execute();
}

it('I-03: what was refused clearly and sent once more has no double to look for', async () => {
  const posting = await made();
  const match = { method: 'POST', path: 'manufacturing/ShopOrderReceipts' };
  await kit.world.control('faults', { kind: 'status-500-message', message: 'Closed', match });
  expect(await kit.after(posting)).toMatchObject({ state: 'rejected', attempts: 1 });
  await kit.world.hub.pump.resend(posting.id);
  expect(await kit.after(posting)).toMatchObject({ state: 'posted', attempts: 1 });
  await handMade(posting, posting);
  expect((await sweep()).findings).toEqual([]);
});

it('I-03: one document made by hand is not taken for two of ours', async () => {
  const first = await made();
  const second = await kit.commit({ ...first, ...kit.names() });
  for (const posting of [first, second]) await askedAbout(posting);
  await handMade(first, first);
  expect((await sweep()).findings).toHaveLength(2);
  await kit.after(first);
  const views = [await kit.stateOf(first.id), await kit.stateOf(second.id)];
  expect(views.map((view) => view?.state).sort()).toEqual(['posted', 'rejected']);
});

it('I-03: what a person confirmed is no double of itself', async () => {
  const posting = await made();
  await askedAbout(posting);
  const number = await handMade(posting, posting);
  const { pump } = kit.world.hub;
  expect(await pump.confirm(posting.id, number, 'Nadia saw it')).toEqual({ kind: 'done' });
  expect((await sweep()).findings).toEqual([]);
  expect(await kit.after(posting)).toMatchObject({ state: 'posted', fault: null });
});

it('a person decides on what is, and not on what was', async () => {
  const posting = await made();
  await askedAbout(posting);
  const { pump, store } = kit.world.hub;
  const seen = await kit.stateOf(posting.id);
  const rows = new PostingRows(store.db);
  const read = await rows.get(posting.id);
  if (seen === null || read === undefined) throw new Error('it is gone');
  const later = { updated_ms: read.updated_ms + 1 };
  await store.db.updateTable('posting').set(later).where('id', '=', posting.id).execute();
  expect(await pump.resend(posting.id, seen)).toMatchObject({
    ...{ kind: 'refused', why: expect.stringContaining('it changed meanwhile') },
  });
  expect(await rows.moveTold(read, { state: 'ready' })).toBeUndefined();
  expect((await kit.stateOf(posting.id))?.state).toBe('rejected');
  expect(await pump.resend(posting.id)).toEqual({ kind: 'done' });
});
