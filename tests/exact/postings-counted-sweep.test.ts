// I-03 for a count that takes two documents of Exact: the nightly look around knows the second one as
// its own, and does not take one of them for the whole.

import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { MarkerWatch } from '../../src/lib/server/house/marker-watch.ts';
import type { Posting } from '../../src/lib/domain/index.ts';
import { PostingKit, SETTLE_MS } from './posting-kit.ts';
import { sweepOf, watchOf } from './sweeping.ts';

// Real sockets and disks beside other tests on two cores.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 });

const LONG_MS = 14 * SETTLE_MS;
/** As Exact has it when it is processed. */
const PROCESSED = 21;

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

/** One piece of a batch is gone, and three of an unknown one came to light: two documents. */
function bothWays(): Promise<Posting> {
  const { item, location = '', batches = [] } = kit.goods.stocked('batch', 'location');
  const [{ number } = { number: '' }] = batches;
  const names = kit.names();
  const parts = [
    { number, quantity: 1 },
    { number: 'COUNTED-NEW', quantity: 3 },
  ];
  return kit.commit({
    ...{ ...names, document: names.id, kind: 'stockCount' },
    warehouse: kit.goods.warehouse('location'),
    lines: [{ item, location, batches: parts, found: { kind: 'counted', quantity: 4 } }],
  });
}

const second = ({ marker }: Posting) =>
  kit.sql('SELECT * FROM "StockCounts" WHERE "Description" = ?', `${marker} 2`);

it('I-03: a second document that came twice becomes an exception', async () => {
  const posting = await bothWays();
  expect(await kit.after(posting, LONG_MS)).toMatchObject({ state: 'posted', fault: null });
  expect(second(posting)).toHaveLength(1);
  expect((await sweepOf(kit, watch)).findings).toEqual([]);
  await kit.world.control('records/inventory/StockCounts', {
    ...{ StockCountNumber: 4711, Description: `${posting.marker} 2`, Status: PROCESSED },
  });
  expect((await sweepOf(kit, watch)).findings).toMatchObject([
    { kind: 'several', marker: posting.marker },
  ]);
  const doubled = await kit.after(posting);
  expect(doubled).toMatchObject({ state: 'posted', fault: { code: 'exact.duplicate' } });
  expect(doubled.fault?.data['numbers']).toContain('4711');
});

it('I-03: refused at its second document, it stays refused until that is there too', async () => {
  const posting = await bothWays();
  const { pump } = kit.world.hub;
  expect(await kit.after(posting)).toMatchObject({ state: 'ready', step: 2 });
  const match = { method: 'POST', path: 'inventory/StockCounts' };
  await kit.world.control('faults', { kind: 'status-500-message', message: 'Closed', match });
  const refused = await kit.after(posting, LONG_MS);
  expect(refused).toMatchObject({ state: 'rejected', step: 2 });
  expect(refused.words).toContain('In Exact already');
  expect((await sweepOf(kit, watch)).findings).toMatchObject([{ kind: 'there', steps: 2 }]);
  expect(await kit.after(posting)).toMatchObject({ state: 'rejected', words: refused.words });

  expect(await pump.resend(posting.id)).toEqual({ kind: 'done' });
  expect(await kit.after(posting, LONG_MS)).toMatchObject({ state: 'posted' });
  expect([kit.documents(posting).length, second(posting).length]).toEqual([1, 1]);
});

it('I-03: refused, and half of it is there after all: a person is told, and may send the rest', async () => {
  const posting = await bothWays();
  const match = { method: 'POST', path: 'inventory/ProcessStockCount' };
  await kit.world.control('faults', { kind: 'status-500-message', message: 'Closed', match });
  expect(await kit.after(posting, LONG_MS)).toMatchObject({ state: 'rejected', step: 1 });
  const [draft = {}] = kit.documents(posting);
  // Exact did it after everybody had given it up.
  await kit.world.control('faults', { kind: 'lose-answer', match });
  const key = String(draft['StockCountID']);
  await kit.world.hub.session.client.post(match.path, { StockCountID: key }, 'post');

  expect((await sweepOf(kit, watch)).findings).toMatchObject([{ kind: 'there', steps: 2 }]);
  const told = await kit.after(posting);
  expect(told).toMatchObject({ state: 'rejected', step: 2 });
  expect(told.words).toContain('the rest of it is not');
  expect(await kit.world.hub.pump.resend(posting.id)).toEqual({ kind: 'done' });
  expect(await kit.after(posting, LONG_MS)).toMatchObject({ state: 'posted' });
  expect([kit.documents(posting).length, second(posting).length]).toEqual([1, 1]);
});
