// I-23 and I-03 of what must not overtake each other: a count overwrites its place, and goods that
// are carried on must have come. Everything else goes past what is in doubt.

import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { CountLine, Posting, PostingOf, TransferLine } from '../../src/lib/domain/index.ts';
import { PostingKit, SETTLE_MS } from './posting-kit.ts';

// Real sockets and disks beside other tests on two cores.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 });

const LONG_MS = 14 * SETTLE_MS;

let kit: PostingKit;
let place: { readonly item: string; readonly location: string; readonly warehouse: string };
beforeEach(async () => {
  kit = await PostingKit.make();
  const { item, location } = kit.goods.stocked('plain', 'location');
  if (location === undefined) throw new Error('the seed has stock in a location');
  place = { item, location, warehouse: kit.goods.warehouse('location') };
});
afterEach(async () => {
  await kit.world.close();
});

/** Ids are made by the clock: what comes later is later by a moment. */
function head() {
  kit.world.time.advance(1);
  const names = kit.names();
  return { ...names, document: names.id };
}

function count(quantity: number, more: Partial<CountLine> = {}): Promise<Posting> {
  const { item, location, warehouse } = place;
  const found = { kind: 'counted', quantity } as const;
  const lines = [{ item, location, found, ...more }];
  return kit.commit({ ...head(), kind: 'stockCount', warehouse, lines });
}

function carry(line: Partial<TransferLine>): Promise<Posting> {
  const { item, warehouse } = place;
  const lines = [{ item, quantity: 1, ...line }];
  return kit.commit({ ...head(), kind: 'locationTransfer', warehouse, lines });
}

function stock(location: string = place.location): number {
  const sql = 'SELECT "Stock" FROM "LocationStock" WHERE "Item" = ? AND "StorageLocation" = ?';
  return Number(kit.sql(sql, place.item, location)[0]?.['Stock'] ?? 0);
}

/** What comes next is lost on its way there. */
async function lost(posting: Promise<Posting>): Promise<Posting> {
  kit.world.wire.fault = { kind: 'lose-request' };
  const committed = await posting;
  await kit.world.hub.pump.step();
  expect(await stateOf(committed)).toBe('in-doubt');
  return committed;
}

async function stateOf({ id }: Posting) {
  return (await kit.stateOf(id))?.state;
}

async function refuseNext(path: string, kind = 'status-500-message'): Promise<void> {
  const match = { method: 'POST', path };
  const words = kind === 'status-403' ? { reason: 'LicenseExpired' } : { message: 'Closed' };
  await kit.world.control('faults', { kind, match, ...words });
}

it('I-03: a count waits for an older one of its place that is in doubt, and overwrites it', async () => {
  const older = await lost(count(40));
  const newer = await count(70);
  const words = `it must not overtake ${older.marker}`;
  expect(await kit.after(newer, SETTLE_MS)).toMatchObject({ state: 'ready', attempts: 0, words });
  await kit.after(newer, LONG_MS);
  expect([await stateOf(older), await stateOf(newer)]).toEqual(['posted', 'posted']);
  expect(stock()).toBe(70);
});

it('I-03: what moves there after a count waits for it; what moves elsewhere does not', async () => {
  const counted = await lost(count(40));
  const other = kit.goods.location(place.location);
  const out = await carry({ fromLocation: place.location, toLocation: other });
  const away = await kit.put('locationTransfer', 'batch');
  const receipt = await kit.put('goodsReceipt', 'batch');
  await kit.after(away, 2 * 60_000);
  expect([await stateOf(away), await stateOf(receipt)]).toEqual(['posted', 'posted']);
  expect([await stateOf(counted), await stateOf(out)]).toEqual(['in-doubt', 'ready']);
  await kit.after(out, LONG_MS);
  expect([await stateOf(counted), await stateOf(out)]).toEqual(['posted', 'posted']);
  expect(stock()).toBe(39);
});

it('I-03: goods whose coming is in doubt are carried on once they have come', async () => {
  const there = kit.goods.location(place.location);
  const before = stock(there);
  const first = await lost(carry({ fromLocation: place.location, toLocation: there }));
  const second = await carry({ fromLocation: there, toLocation: place.location });
  expect(await kit.after(second, SETTLE_MS)).toMatchObject({ state: 'ready', attempts: 0 });
  await kit.after(second, LONG_MS);
  expect([await stateOf(first), await stateOf(second)]).toEqual(['posted', 'posted']);
  expect(stock(there)).toBe(before);
});

it('I-03: a count waits for goods whose coming is in doubt', async () => {
  const there = kit.goods.location(place.location);
  const moved = await lost(carry({ fromLocation: place.location, toLocation: there }));
  const { item, warehouse } = place;
  const found = { kind: 'counted', quantity: 5 } as const;
  const lines = [{ item, location: there, found }];
  const counted = await kit.commit({ ...head(), kind: 'stockCount', warehouse, lines });
  await kit.after(counted, LONG_MS);
  expect([await stateOf(moved), await stateOf(counted)]).toEqual(['posted', 'posted']);
  expect(stock(there)).toBe(5);
});

it('I-03: a count waits for goods that came before it, though they were not sent yet', async () => {
  const there = kit.goods.location(place.location);
  // Five are refused: what comes after them is not even tried until a person says so.
  for (let n = 0; n < 5; n += 1) {
    await refuseNext('inventory/WarehouseTransfers', 'status-403');
    await kit.after(await kit.put('locationTransfer', 'batch'));
  }
  const moved = await carry({ fromLocation: place.location, toLocation: there });
  const { item, warehouse } = place;
  const found = { kind: 'counted', quantity: 5 } as const;
  const lines = [{ item, location: there, found }];
  const counted = await kit.commit({ ...head(), kind: 'stockCount', warehouse, lines });
  const words = `it must not overtake ${moved.marker}`;
  expect(await kit.after(counted)).toMatchObject({ state: 'ready', attempts: 0, words });
  expect(await stateOf(moved)).toBe('ready');
});

it('I-23: nothing waits for a count that only a person can move', async () => {
  await refuseNext('inventory/StockCounts');
  const refused = await count(40);
  await kit.after(refused);
  const newer = await count(70);
  expect(await kit.after(newer, 60_000)).toMatchObject({ state: 'posted' });
  expect(await stateOf(refused)).toBe('rejected');
});

it('an old count is not sent over a newer one: a person may only drop it', async () => {
  await refuseNext('inventory/StockCounts');
  const refused = await count(40);
  await kit.after(refused);
  const { pump } = kit.world.hub;
  expect(await pump.mayResend(refused.id), 'as long as it is the newest').toEqual({ kind: 'done' });
  const newer = await count(70);
  await kit.after(newer, 60_000);
  const number = (await kit.stateOf(newer.id))?.documentNumber ?? '';
  const no = { kind: 'refused', why: expect.stringContaining(`counted again since (${number}`) };
  expect(await pump.mayResend(refused.id)).toEqual(no);
  expect(await pump.resend(refused.id)).toEqual(no);
  expect(await pump.drop(refused.id, 'counted anew')).toEqual({ kind: 'done' });
  expect(stock()).toBe(70);
});

it('an old count is not sent over goods that moved since, but over those of other places', async () => {
  await refuseNext('inventory/StockCounts');
  const refused = await count(40);
  await kit.after(refused);
  await kit.after(await kit.put('locationTransfer', 'batch'));
  expect(await kit.world.hub.pump.mayResend(refused.id)).toEqual({ kind: 'done' });
  const there = kit.goods.location(place.location);
  await kit.after(await carry({ fromLocation: place.location, toLocation: there }));
  const may = await kit.world.hub.pump.mayResend(refused.id);
  expect(may).toMatchObject({ why: expect.stringContaining('goods moved there since') });
});

it('differences of one place pass each other: they sum up', async () => {
  const before = stock();
  const more = { found: { kind: 'difference', quantity: 3 } as const };
  const first = await lost(count(0, more));
  const second = await count(0, more);
  expect(await kit.after(second, 60_000)).toMatchObject({ state: 'posted' });
  await kit.after(first, LONG_MS);
  expect(stock()).toBe(before + 6);
});

it('a place without locations is the warehouse: a receipt there waits for a count', async () => {
  const receipt = (await kit.put('goodsReceipt', 'plain', 'none')) as PostingOf<'goodsReceipt'>;
  const item = receipt.lines[0]?.item ?? '';
  const { db } = kit.world.hub.store;
  await db.deleteFrom('posting').where('id', '=', receipt.id).execute();
  const warehouse = kit.goods.warehouse('none');
  const lines = [{ item, found: { kind: 'counted', quantity: 9 } as const }];
  const counted = await lost(kit.commit({ ...head(), kind: 'stockCount', warehouse, lines }));
  const after = await kit.commit({ ...receipt, ...head(), document: receipt.document });
  expect(await kit.after(after, SETTLE_MS)).toMatchObject({ state: 'ready', attempts: 0 });
  await kit.after(after, LONG_MS);
  expect([await stateOf(counted), await stateOf(after)]).toEqual(['posted', 'posted']);
});
