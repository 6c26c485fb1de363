// I-03 for every kind and at every step: whatever happens to an answer, and whenever the hub dies,
// a posting ends as one document, and no draft of it is left behind or made twice.

import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Posting } from '../../src/lib/domain/index.ts';
import { POSTINGS } from '../../src/lib/server/exact/index.ts';
import type { PostingTable } from '../../src/lib/server/exact/index.ts';
import { PostingKit, SETTLE_MS } from './posting-kit.ts';
import { FIRST_KINDS } from './posting-goods.ts';
import type { FirstKind, Tracking } from './posting-goods.ts';
import { makePostings, makePump, pumpUntil } from './world.ts';

// Real sockets and disks beside other tests on two cores.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 30_000 });

let kit: PostingKit;
beforeAll(async () => {
  kit = await PostingKit.make();
});
afterAll(async () => {
  await kit.world.close();
});

/** Every step of every kind: those that draft numbers first get a number. */
const STEPS: readonly (readonly [kind: FirstKind, tracking: Tracking, step: number])[] = [
  ...FIRST_KINDS.map((kind) => [kind, 'plain', 0] as const),
  ['materialSubstitution', 'plain', 1],
  ['stockCount', 'plain', 1],
  ['stockCount', 'batch', 0],
  ['stockCount', 'batch', 1],
  ...(['materialIssue', 'shopOrderReceipt'] as const).flatMap((kind) =>
    (['batch', 'serial'] as const).flatMap((tracking) => [
      [kind, tracking, 0] as const,
      [kind, tracking, 1] as const,
    ]),
  ),
];

/** Longer than two look-ups far apart and Exact's daily maintenance between them. */
const LONG_MS = 14 * SETTLE_MS;

async function once(posting: Posting) {
  const view = await kit.stateOf(posting.id);
  expect(view, view?.words ?? '').toMatchObject({ state: 'posted' });
  expect(kit.documents(posting)).toHaveLength(1);
  if (posting.kind === 'stockCount') expect(kit.documents(posting)[0]?.['Status']).toBe(21);
  expect(kit.drafts()).toEqual([]);
}

describe.each(STEPS)('%s of %s goods, step %i', (kind, tracking, step) => {
  it.each(['lose-answer', 'status-500-after', 'lose-request'] as const)(
    'I-03: %s: one document, sent once more only when it was not there',
    async (fault) => {
      const posting = await kit.put(kind, tracking);
      const posts = kit.world.wire.posts;
      kit.world.wire.faultAfter(step, { kind: fault });
      await kit.after(posting, LONG_MS);
      // Of a substitution one step only reads, and one is a PUT.
      const posted =
        kit.world.hub.postings.steps(posting) - (kind === 'materialSubstitution' ? 2 : 0);
      const sends = posted + (fault === 'lose-request' ? 1 : 0);
      expect(kit.world.wire.posts - posts).toBe(sends);
      await once(posting);
    },
  );

  it('I-03: applied minutes later, and readers see it later still: one document', async () => {
    const posting = await kit.put(kind, tracking);
    const late = { kind: 'apply-late', delayMs: SETTLE_MS / 2 } as const;
    kit.world.wire.faultAfter(step, late);
    await kit.world.control('faults', { kind: 'lag', match: { method: 'POST' }, delayMs: 60_000 });
    await kit.after(posting, LONG_MS);
    await once(posting);
  });
});

describe.each(STEPS)('%s of %s goods, killed around step %i', (kind, tracking, step) => {
  it('I-03: after every turn, and while the answer is on its way: one document', async () => {
    const posting = await kit.put(kind, tracking);
    kit.world.wire.faultAfter(step, { kind: 'lose-answer' });
    await kit.killedEachTurn(12);
    await kit.after(posting, LONG_MS);
    await once(posting);
  });
});

describe('a posting whose later step is refused', () => {
  const refuse = (path: string, message: string) =>
    kit.world.control('faults', {
      kind: 'status-500-message',
      match: { method: 'POST', path },
      message,
    });

  it('I-04: stands refused, says what is in Exact already, and goes on from there', async () => {
    const posting = await kit.put('stockCount');
    await refuse('inventory/ProcessStockCount', 'Period closed');
    const view = await kit.after(posting, LONG_MS);
    const number = String(kit.documents(posting)[0]?.['StockCountNumber']);
    expect(view).toMatchObject({ state: 'rejected', step: 1 });
    expect(view.words).toContain('Period closed');
    expect(view.words).toContain(`draft stock count ${number}`);
    expect(await kit.world.hub.pump.resend(posting.id)).toEqual({ kind: 'done' });
    const posts = kit.world.wire.posts;
    await kit.after(posting, LONG_MS);
    expect(kit.world.wire.posts - posts).toBe(1);
    await once(posting);
  });

  it('I-03: starts over where what it had left is gone, after looking twice', async () => {
    const posting = await kit.put('stockCount');
    await refuse('inventory/ProcessStockCount', 'Period closed');
    await kit.after(posting, LONG_MS);
    const id = String(kit.documents(posting)[0]?.['StockCountID']);
    await kit.world.control(`records/inventory/StockCounts/${id}`, undefined, 'DELETE');
    await kit.world.hub.pump.resend(posting.id);
    const view = await kit.after(posting, SETTLE_MS);
    expect(view).toMatchObject({ state: 'in-doubt', step: 0 });
    await kit.after(posting, LONG_MS);
    await once(posting);
  });

  it('I-03: somebody processed the count in Exact meanwhile: found, not refused again', async () => {
    const posting = await kit.put('stockCount');
    await refuse('inventory/ProcessStockCount', 'Period closed');
    await kit.after(posting, LONG_MS);
    const id = String(kit.documents(posting)[0]?.['StockCountID']);
    await kit.world.hub.session.client.post(
      ...(['inventory/ProcessStockCount', { StockCountID: id }, 'human'] as const),
    );
    await kit.world.hub.pump.resend(posting.id);
    await kit.after(posting, LONG_MS);
    await once(posting);
  });

  it.each(['batch', 'serial'] as const)('a refused issue of %s goods, sent again', async (of) => {
    const posting = await kit.put('materialIssue', of);
    await refuse('manufacturing/MaterialIssues', 'Period closed');
    expect(await kit.after(posting, LONG_MS)).toMatchObject({ state: 'rejected', step: 1 });
    expect(kit.drafts()).toHaveLength(1);
    await kit.world.hub.pump.resend(posting.id);
    await kit.after(posting, LONG_MS);
    await once(posting);
  });

  it.each([
    ['stockCount', 'plain', 'inventory/ProcessStockCount'],
    ['materialIssue', 'serial', 'manufacturing/MaterialIssues'],
    ['shopOrderReceipt', 'batch', 'manufacturing/ShopOrderReceipts'],
  ] as const)('dropped: the drafts of a %s of %s goods go too', async (kind, tracking, path) => {
    const posting = await kit.put(kind, tracking);
    await refuse(path, 'Period closed');
    await kit.after(posting, LONG_MS);
    await kit.world.hub.pump.drop(posting.id, 'counted anew');
    kit.world.wire.loseDeletes = 1;
    const view = await kit.after(posting, LONG_MS);
    expect(view.fault?.data['dropped']).toBe('counted anew');
    expect(kit.documents(posting)).toEqual([]);
    expect(kit.drafts()).toEqual([]);
  });

  it('dropped, but Exact keeps what it had: a person is told', async () => {
    const posting = await kit.put('stockCount');
    await refuse('inventory/ProcessStockCount', 'Period closed');
    await kit.after(posting, LONG_MS);
    const id = String(kit.documents(posting)[0]?.['StockCountID']);
    await kit.world.hub.session.client.post(
      ...(['inventory/ProcessStockCount', { StockCountID: id }, 'human'] as const),
    );
    await kit.world.hub.pump.drop(posting.id, 'enough');
    const view = await kit.after(posting, LONG_MS);
    expect(view.words).toContain('It stays in Exact');
    expect(kit.documents(posting)).toHaveLength(1);
  });
});

it('I-03: a refusal because it is done already is believed, however long ago that was', async () => {
  const posting = await kit.put('materialIssue', 'serial');
  const { db } = kit.world.hub.store;
  await db.deleteFrom('posting').where('id', '=', posting.id).execute();
  const { postings } = kit.world.hub;
  const sinceMs = kit.now();
  const first = await postings.send(posting, [], sinceMs);
  kit.world.time.advance(3 * 3_600_000);
  // The list is asked by time: from now on would be too late.
  const match = { method: 'GET', path: 'inventory/StockSerialNumbers' };
  await kit.world.control('faults', { kind: 'status-500-message', message: 'Syntax', match });
  expect(first).toMatchObject({ kind: 'done' });
  expect(await postings.send(posting, [], sinceMs)).toEqual(first);
  if (first.kind === 'done') await postings.discard(posting, 0, first.result);
});

it('I-03: a failure inside a 2xx is a refusal, not a booking', async () => {
  const posting = await kit.put('stockCount', 'batch');
  if (posting.kind !== 'stockCount') throw new Error('it is a count');
  // Five are missing, two are named: the draft is taken, processing it is not.
  const [line] = posting.lines;
  if (line === undefined) throw new Error('a count has lines');
  const lines = [{ ...line, found: { kind: 'difference', quantity: 5 } as const }];
  const body = JSON.stringify({ ...posting, lines });
  const { db } = kit.world.hub.store;
  await db.updateTable('posting').set({ body }).where('id', '=', posting.id).execute();
  const view = await kit.after(posting, LONG_MS);
  expect(view).toMatchObject({ state: 'rejected', fault: { data: { status: 200 } } });
  await kit.world.hub.pump.drop(posting.id, 'a test');
  await kit.after(posting, LONG_MS);
});

it('I-03: an answer without words is looked after, not believed', async () => {
  for (const [kind, tracking] of [
    ['stockCount', 'plain'],
    ['shopOrderReceipt', 'serial'],
  ] as const) {
    const posting = await kit.put(kind, tracking);
    await kit.world.control('faults', {
      ...{ kind: 'ignore-prefer', match: { method: 'POST' }, times: 2 },
    });
    await kit.after(posting, LONG_MS);
    await once(posting);
  }
});

it('a document without a marker is not taken for one of another posting', async () => {
  const first = await kit.put('shopOrderReceipt', 'plain');
  if (first.kind !== 'shopOrderReceipt') throw new Error('it is a receipt of a shop order');
  await kit.world.control('settings', { overReceiptAllowed: true });
  await kit.after(first, 1000);
  // The same order, quantity and place; its request never reaches Exact.
  const twin = await kit.commit({ ...first, ...kit.names() });
  kit.world.wire.fault = { kind: 'lose-request' };
  await kit.after(twin, LONG_MS);
  const views = [await kit.stateOf(first.id), await kit.stateOf(twin.id)];
  expect(views.map((view) => view?.state)).toEqual(['posted', 'posted']);
  expect(new Set(views.map((view) => view?.exactId)).size).toBe(2);
  expect(kit.documents(first)).toHaveLength(2);
});

describe('the proofs can fail', () => {
  /** A table in which a kind cannot be looked up. */
  const blind: PostingTable = {
    ...POSTINGS,
    warehouseTransfer: {
      ...POSTINGS.warehouseTransfer,
      steps: (posting) => {
        const [step] = POSTINGS.warehouseTransfer.steps(posting);
        const [look] = step.looks([]);
        return [{ ...step, looks: () => [{ ...look, is: () => false }] }];
      },
    },
  };

  it('I-03: a kind whose look-up finds nothing is booked twice, and that is seen', async () => {
    const { store, session, reader, settled } = kit.world.hub;
    const { time } = kit.world;
    const postings = makePostings(store, session, reader, time, blind);
    const pump = makePump(store, postings, time, settled);
    const { hub } = kit.world;
    kit.world.hub = { ...hub, pump, postings };
    const posting = await kit.put('warehouseTransfer');
    kit.world.wire.fault = { kind: 'lose-answer' };
    await pumpUntil(kit.world, kit.now() + LONG_MS);
    kit.world.hub = hub;
    expect(kit.documents(posting)).toHaveLength(2);
  });
});
