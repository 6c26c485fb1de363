// A count of batches and serials says what lies there; Exact is told by how much its books are off,
// as they are at the moment of posting, in at most two documents. Afterwards its books say what was counted.

import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { CountLine, Posting, PostingOf } from '../../src/lib/domain/index.ts';
import { PostingKit, SETTLE_MS } from './posting-kit.ts';

// Real sockets and disks beside other tests on two cores.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 });

let kit: PostingKit;
beforeEach(async () => {
  kit = await PostingKit.make();
});
afterEach(() => kit.world.close());

type Line = Pick<CountLine, 'batches' | 'serials'>;

/** What stands in the seed: an item with numbers, in one place. */
function stocked(tracking: 'batch' | 'serial') {
  const { item, location = '' } = kit.goods.stocked(tracking, 'location');
  return { item, location };
}

/** Stock units there by number, as the simulator's own database adds them up. */
function there({ item, location }: { item: string; location: string }): Record<string, number> {
  const rows = kit.sql(
    `SELECT n."SerialBatchNumber" AS number, sum(m."Quantity") AS n
     FROM "StockSerialBatchNumbers" m JOIN "SerialBatchNumbers" n ON n."ID" = m."SerialBatchNumber"
     WHERE m."IsDraft" = 0 AND m."Item" = ? AND m."StorageLocation" = ?
     GROUP BY 1 HAVING sum(m."Quantity") <> 0`,
    ...[item, location],
  );
  return Object.fromEntries(rows.map((row) => [String(row['number']), Number(row['n'])]));
}

async function count(place: { item: string; location: string }, told: Line): Promise<Posting> {
  const quantity =
    told.batches?.reduce((sum, part) => sum + part.quantity, 0) ?? told.serials?.length ?? 0;
  const names = kit.names();
  const posting: PostingOf<'stockCount'> = {
    ...{ ...names, document: names.id, kind: 'stockCount' },
    warehouse: kit.goods.warehouse('location'),
    lines: [{ ...place, ...told, found: { kind: 'counted', quantity } }],
  };
  return kit.commit(posting);
}

const POSTED = { state: 'posted' };

/** Difference of every line of every processed count, the first document first. */
function differences(): number[] {
  const rows = kit.sql(
    `SELECT l."QuantityDifference" AS n FROM "StockCounts" h
     JOIN "StockCountLines" l ON l."StockCountID" = h."StockCountID"
     WHERE h."Status" = 21 ORDER BY h."StockCountNumber", l."LineNumber"`,
  );
  return rows.map((row) => Number(row['n']));
}

it('a batch of which some is missing, told in other letters', async () => {
  const place = stocked('batch');
  const [[number, had] = ['', 0]] = Object.entries(there(place));
  const before = there(place);
  const batches = [{ number: number.toLowerCase(), quantity: had - 1 }];
  expect(await kit.after(await count(place, { batches }))).toMatchObject(POSTED);
  expect(there(place)).toEqual({ ...before, [number]: had - 1 });
  expect(differences()).toEqual([-1]);
});

/** Between its two documents it waits until Exact surely shows the first. */
const BOTH_MS = 2 * SETTLE_MS;

it('a batch that is gone, one that nobody knew, and one as booked: two documents', async () => {
  const place = stocked('batch');
  const [[number, had] = ['', 0]] = Object.entries(there(place));
  const batches = [
    { number, quantity: 0 },
    { number: 'COUNTED-NEW', quantity: 3 },
  ];
  const before = there(place);
  expect(await kit.after(await count(place, { batches }), BOTH_MS)).toMatchObject(POSTED);
  const { [number]: _gone, ...others } = before;
  expect(there(place)).toEqual({ ...others, 'COUNTED-NEW': 3 });
  expect(differences()).toEqual([-had, 3]);

  expect(await kit.after(await count(place, { batches }), BOTH_MS)).toMatchObject(POSTED);
  expect(differences(), 'as booked: nothing more').toEqual([-had, 3, 0]);
});

it('serials: those that were not seen are gone, one that came to light is there', async () => {
  const place = stocked('serial');
  const [first = '', ...missing] = Object.keys(there(place));
  const told = { serials: [first, 'SEEN-1'] };
  expect(await kit.after(await count(place, told), BOTH_MS)).toMatchObject(POSTED);
  expect(there(place)).toEqual({ [first]: 1, 'SEEN-1': 1 });
  expect(differences()).toEqual(missing.length === 0 ? [1] : [-missing.length, 1]);

  expect(await kit.after(await count(place, { serials: [] }), BOTH_MS)).toMatchObject(POSTED);
  expect(there(place)).toEqual({});
});

it('what was booked in Exact since the count was cut is taken into the difference', async () => {
  const place = stocked('batch');
  const [[number, had] = ['', 0]] = Object.entries(there(place));
  const posting = await count(place, { batches: [{ number, quantity: had + 5 }] });
  kit.world.time.advance(1);
  const other = await count(place, { batches: [{ number, quantity: had + 2 }] });
  await kit.after(posting);
  expect(await kit.after(other, BOTH_MS)).toMatchObject(POSTED);
  expect(there(place)).toMatchObject({ [number]: had + 2 });
  expect(differences()).toEqual([5, -3]);
});

/** Exact shows what is posted next only after so long. */
const lag = (delayMs: number) => {
  const match = { method: 'POST', path: 'inventory/ProcessStockCount' };
  return kit.world.control('faults', { kind: 'lag', delayMs, match });
};

it('I-03: a second document waits until Exact shows the first, and tells it once', async () => {
  const place = stocked('batch');
  const [[number, had] = ['', 0]] = Object.entries(there(place));
  const batches = [
    { number, quantity: had - 1 },
    { number: 'COUNTED-NEW', quantity: 3 },
  ];
  await lag(2 * 60_000);
  const posting = await count(place, { batches });
  expect(await kit.after(posting, 60_000)).toMatchObject({ state: 'ready', step: 2 });
  expect(await kit.after(posting, BOTH_MS)).toMatchObject(POSTED);
  expect(there(place)).toMatchObject({ [number]: had - 1, 'COUNTED-NEW': 3 });
  expect(differences()).toEqual([-1, 3]);
});

it('I-03: a count waits until Exact shows what was booked in its place just before', async () => {
  const place = stocked('batch');
  await lag(2 * 60_000);
  const first = await count(place, { batches: [{ number: 'COUNTED-NEW', quantity: 3 }] });
  expect(await kit.after(first)).toMatchObject(POSTED);
  const again = await count(place, { batches: [{ number: 'COUNTED-NEW', quantity: 3 }] });
  expect(await kit.after(again, 60_000)).toMatchObject({ state: 'ready', step: 0 });
  expect(await kit.after(again, BOTH_MS)).toMatchObject(POSTED);
  expect(there(place)).toMatchObject({ 'COUNTED-NEW': 3 });
});

it.each([
  ['inventory/StockBatchNumbers', 'batch'],
  ['inventory/SerialNumbers', 'serial'],
] as const)('I-03: nothing is sent while %s may not be read', async (endpoint, tracking) => {
  const place = stocked(tracking);
  const before = there(place);
  const [[number, had] = ['', 0]] = Object.entries(before);
  await kit.world.control('rights', { denied: [{ endpoint, action: 'GET' }] });
  const told =
    tracking === 'batch' ? { batches: [{ number, quantity: had }] } : { serials: [number] };
  const posting = await count(place, told);
  expect(await kit.after(posting)).toMatchObject({ state: 'ready' });
  expect(kit.documents(posting)).toEqual([]);
  expect(there(place)).toEqual(before);
});

it('I-03: the answers to both documents are lost: they are found, not booked again', async () => {
  const place = stocked('batch');
  const [[number, had] = ['', 0]] = Object.entries(there(place));
  const batches = [
    { number, quantity: had - 1 },
    { number: 'COUNTED-NEW', quantity: 3 },
  ];
  const match = { path: 'inventory/StockCounts', method: 'POST' };
  await kit.world.control('faults', { kind: 'lose-answer', times: 2, match });
  const posting = await count(place, { batches });
  await kit.after(posting);
  await kit.after(posting, 30 * 60_000);
  expect(await kit.stateOf(posting.id)).toMatchObject(POSTED);
  expect(differences()).toEqual([-1, 3]);
});
