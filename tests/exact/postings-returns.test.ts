// Material that comes back from a shop order, into the simulator: a reversal of a part of each issue
// that it is of, known again by marker and issue; and what happens when an answer is lost between.

import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { Posting, PostingOf } from '../../src/lib/domain/index.ts';
import { sweepMarkers } from '../../src/lib/server/exact/index.ts';
import { partsIn, PostingRows } from '../../src/lib/server/outbox/index.ts';
import { PostingKit, SETTLE_MS } from './posting-kit.ts';
import { TRACKINGS } from './posting-goods.ts';
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

interface Booked {
  readonly issue: PostingOf<'materialIssue'>;
  readonly original: string;
}

async function issued(tracking: (typeof TRACKINGS)[number] = 'plain'): Promise<Booked> {
  const issue = await kit.put('materialIssue', tracking);
  if (issue.kind !== 'materialIssue') throw new Error('an issue is one');
  const view = await kit.after(issue, 120_000);
  expect(view, view.words ?? '').toMatchObject({ state: 'posted' });
  return { issue, original: view.exactId ?? '' };
}

/** One piece of each issue comes back, to the place that is told. */
function comeBack(all: readonly Booked[], location?: string): Promise<Posting> {
  const [first] = all;
  if (first === undefined) throw new Error('of what?');
  const of = all.map(({ issue, original }) => ({
    ...{ posting: issue.id, original, quantity: 1 },
    ...(issue.batches && { batches: issue.batches.map((one) => ({ ...one, quantity: 1 })) }),
    ...(issue.serials && { serials: issue.serials.slice(0, 1) }),
  }));
  const { document, plan, item, warehouse, batches, serials } = first.issue;
  return kit.commit({
    ...{ ...freshName(kit.now()), document, kind: 'materialReturn', plan, item, warehouse },
    ...(batches && { batches: batches.map((one) => ({ ...one, quantity: all.length })) }),
    ...(serials && { serials }),
    ...(location === undefined ? {} : { location }),
    ...{ quantity: all.length, of },
  });
}

it.each(TRACKINGS)('a part of %s material comes back, with its numbers', async (tracking) => {
  const booked = await issued(tracking);
  const place = kit.goods.location(booked.issue.location);
  const back = await comeBack([booked], place);
  const view = await kit.after(back, 120_000);
  expect(view, view.words ?? '').toMatchObject({ state: 'posted', attempts: 1 });
  expect(kit.documents(back)).toMatchObject([
    { OriginalStockTransactionId: booked.original, Quantity: 1, StorageLocation: place },
  ]);
});

it('I-03: of two issues it is two reversals, one each', async () => {
  const both = [await issued(), await issued()];
  const back = await comeBack(both);
  const view = await kit.after(back, 120_000);
  expect(view, view.words ?? '').toMatchObject({ state: 'posted', attempts: 1 });
  const originals = kit.documents(back).map((row) => row['OriginalStockTransactionId']);
  expect(originals.sort()).toEqual(both.map(({ original }) => original).sort());
});

/** The first of two reversals is there, and the second meets this fault. */
async function secondMeets(kind: string): Promise<readonly [Posting, readonly Booked[]]> {
  const both = [await issued(), await issued()];
  const back = await comeBack(both);
  while (kit.documents(back).length === 0) await kit.world.hub.pump.step();
  const match = { method: 'POST', path: 'manufacturing/MaterialReversals' };
  await kit.world.control('faults', { kind, match });
  return [back, both];
}

it.each([
  ['comes back no more', 'lose-answer'],
  ['was never asked for', 'lose-request'],
])('I-03: the second answer %s: the first reversal is not taken for it', async (_how, kind) => {
  const [back, both] = await secondMeets(kind);
  const view = await kit.after(back, 4 * SETTLE_MS);
  expect(view, view.words ?? '').toMatchObject({ state: 'posted' });
  const originals = kit.documents(back).map((row) => row['OriginalStockTransactionId']);
  expect(originals.sort()).toEqual(both.map(({ original }) => original).sort());
});

/** What the nightly look around finds wrong about our markers. */
async function sweep() {
  const { store, session } = kit.world.hub;
  const rows = new PostingRows(store.db);
  const held = async (texts: readonly string[]) =>
    (await rows.marked(texts)).map((row) => ({ ...row, parts: partsIn(row) }));
  kit.world.time.advance(120_000);
  return sweepMarkers({
    ...{ client: session.client, clock: kit.world.time, scheduler: kit.world.time },
    ...{ signal: new AbortController().signal, held, sent: sentKinds },
    ...{ known: (kind, ids) => rows.known(kind, ids) },
    sentAgain: (kinds, sinceMs) => rows.sentAgain(kinds, sinceMs),
  });
}

const sentKinds = () => Promise.resolve(new Set(['materialReturn']));

it('I-03: the sweep takes reversals of two issues for no doubles, but the same one twice', async () => {
  const back = await comeBack([await issued(), await issued()]);
  expect(await kit.after(back, 120_000)).toMatchObject({ state: 'posted', fault: null });
  expect(await sweep()).toMatchObject({ findings: [] });
  const [once] = kit.documents(back);
  await kit.world.control('records/manufacturing/MaterialReversals', {
    ...{ Note: back.marker, OriginalStockTransactionId: once?.['OriginalStockTransactionId'] },
    ...{ ShopOrder: back.document, Quantity: 1 },
  });
  expect(await sweep()).toMatchObject({ findings: [{ kind: 'several', marker: back.marker }] });
});
