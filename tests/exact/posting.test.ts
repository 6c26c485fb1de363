// Postings on their way to the simulator: what is booked, what is refused, what has to wait.

import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { PostingKit } from './posting-kit.ts';
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

it('I-03: books a plain line: one receipt with our marker, and tells the journal its number', async () => {
  const open = await kit.plain();
  const posting = await kit.post(open, { quantity: 2 });
  await pumpUntil(kit.world, kit.now() + 1000);
  const [receipt, ...others] = receiptsWith(kit.world, posting.marker);
  expect(others).toEqual([]);
  const number = String(receipt?.['ReceiptNumber']);
  expect(await kit.stateOf(posting.id)).toMatchObject({
    state: 'posted',
    documentNumber: number,
    attempts: 1,
  });
  expect(kit.world.hub.settled).toEqual([
    {
      posting: posting.id,
      document: open.order.id,
      outcome: { kind: 'posted', exactId: receipt?.['ID'], documentNumber: number },
    },
  ]);
});

it('books batches with their expiry, in the unit of purchase', async () => {
  const open = await kit.openLine(({ item }) => item.tracking === 'batch' && item.hasExpiry);
  const stock = open.line.purchaseUnitFactor;
  const batches = [{ number: 'LOT-7', quantity: stock, expiry: '2027-06-30' }];
  const posting = await kit.post(open, { quantity: stock, batches });
  await pumpUntil(kit.world, kit.now() + 1000);
  expect((await kit.stateOf(posting.id))?.state).toBe('posted');
  const receipt = receiptsWith(kit.world, posting.marker)[0];
  const lines = kit.sql(
    'SELECT * FROM "GoodsReceiptLines" WHERE "GoodsReceiptID" = ?',
    String(receipt?.['ID']),
  );
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatchObject({ QuantityReceived: 1, Notes: posting.marker });
});

it('divides by the purchase unit: stock units here, boxes at Exact', async () => {
  const open = await kit.openLine(
    ({ item, line }) => item.tracking === 'none' && line.purchaseUnitFactor > 1,
  );
  const posting = await kit.post(open, { quantity: open.line.purchaseUnitFactor });
  await pumpUntil(kit.world, kit.now() + 1000);
  const receipt = receiptsWith(kit.world, posting.marker)[0];
  const [line] = kit.sql(
    'SELECT * FROM "GoodsReceiptLines" WHERE "GoodsReceiptID" = ?',
    String(receipt?.['ID']),
  );
  expect(line?.['QuantityReceived']).toBe(1);
  const [ordered] = kit.sql('SELECT * FROM "PurchaseOrderLines" WHERE "ID" = ?', open.line.id);
  const received = ordered?.['ReceivedQuantity'];
  expect(received).toBe(open.line.received + open.line.purchaseUnitFactor);
});

it('books serials one by one, at the place that was scanned', async () => {
  const open = await kit.openLine(
    ({ item, line }) => item.tracking === 'serial' && line.ordered - line.received >= 2,
  );
  const places = (await kit.world.hub.reader.locations()).filter(
    (l) => l.warehouseId === open.order.warehouseId,
  );
  const location = places.at(-1)?.id;
  const posting = await kit.post(open, {
    quantity: 2,
    serials: ['SN-A-1', 'SN-A-2'],
    ...(location === undefined ? {} : { location }),
  });
  await pumpUntil(kit.world, kit.now() + 1000);
  expect((await kit.stateOf(posting.id))?.state).toBe('posted');
});

it('I-04: a refusal is sent once, and shown in the words of Exact', async () => {
  const open = await kit.plain();
  const posting = await kit.post(open, { quantity: open.line.ordered * 10 });
  await pumpUntil(kit.world, kit.now() + 24 * 3_600_000);
  expect(kit.world.wire.posts).toBe(1);
  const view = await kit.stateOf(posting.id);
  expect(view).toMatchObject({ state: 'rejected', fault: { code: 'exact.rejected' } });
  expect(view?.words).toContain(open.item.code);
  expect(kit.world.hub.settled.map((s) => s.outcome.kind)).toEqual(['rejected']);
});

it('I-04: a person sends a refused one again, or drops it for a reason', async () => {
  const open = await kit.plain();
  const posting = await kit.post(open, { quantity: open.line.ordered - open.line.received + 1 });
  expect(await kit.world.hub.pump.resend(posting.id)).toMatchObject({ kind: 'refused' });
  await pumpUntil(kit.world, kit.now() + 1000);
  await kit.world.control('settings', { overReceiptAllowed: true });
  expect(await kit.world.hub.pump.resend(posting.id)).toEqual({ kind: 'done' });
  await pumpUntil(kit.world, kit.now() + 1000);
  expect((await kit.stateOf(posting.id))?.state).toBe('posted');
  expect(kit.world.hub.settled.map((s) => s.outcome.kind)).toEqual(['rejected', 'posted']);
  await kit.world.control('settings', { overReceiptAllowed: false });
  const second = await kit.post(open);
  await pumpUntil(kit.world, kit.now() + 1000);
  expect(await kit.world.hub.pump.drop(second.id, 'booked by hand')).toEqual({ kind: 'done' });
  await pumpUntil(kit.world, kit.now() + 1000);
  expect((await kit.stateOf(second.id))?.fault?.data['dropped']).toBe('booked by hand');
  expect(await kit.world.hub.pump.drop(second.id, 'again')).toMatchObject({ kind: 'refused' });
  expect(await kit.world.hub.pump.resend(second.id)).toMatchObject({ kind: 'refused' });
});

it('I-04: a poisoned queue stops itself before five counted errors an hour, over a restart too', async () => {
  const match = { method: 'POST', path: 'purchaseorder/GoodsReceipts' };
  await kit.world.control('faults', {
    kind: 'status-403',
    match,
    times: 1000,
    reason: 'LicenseExpired',
  });
  const open = await kit.plain();
  for (let n = 0; n < 12; n += 1) await kit.post(open);
  await pumpUntil(kit.world, kit.now() + 10 * 60_000);
  // The fifth is left to look-ups.
  expect(kit.world.wire.posts).toBe(4);
  await kit.world.restart();
  await pumpUntil(kit.world, kit.now() + 40 * 60_000);
  expect(kit.world.wire.posts).toBe(4);
  await pumpUntil(kit.world, kit.now() + 15 * 60_000);
  // The hour is over: it is tried again, carefully.
  expect(kit.world.wire.posts).toBeGreaterThan(4);
  expect(kit.world.wire.posts).toBeLessThanOrEqual(10);
});

it('a 429 was not applied: it is sent again when Exact says so, not before', async () => {
  const posting = await kit.post(await kit.plain());
  await kit.receiptFault('status-429');
  await pumpUntil(kit.world, kit.now() + 20_000);
  expect(await kit.stateOf(posting.id)).toMatchObject({ state: 'ready', attempts: 0 });
  expect(kit.world.wire.posts).toBe(1);
  await pumpUntil(kit.world, kit.now() + 60_000);
  expect(await kit.stateOf(posting.id)).toMatchObject({ state: 'posted', attempts: 1 });
});

it('a token that dies in the middle costs time, not a receipt', async () => {
  const posting = await kit.post(await kit.plain());
  await kit.receiptFault('expire-tokens');
  await pumpUntil(kit.world, kit.now() + 11 * 60_000);
  expect((await kit.stateOf(posting.id))?.state).toBe('posted');
  expect(receiptsWith(kit.world, posting.marker)).toHaveLength(1);
});

it('needs-consent holds the outbox, and a new consent lets it go', async () => {
  const posting = await kit.post(await kit.plain());
  await kit.world.control('tokens/expire', { access: true, refresh: true });
  await pumpUntil(kit.world, kit.now() + 30 * 60_000);
  expect((await kit.world.hub.session.view()).state).toBe('needs-consent');
  expect(await kit.stateOf(posting.id)).toMatchObject({ state: 'ready', attempts: 0 });
  expect(kit.world.wire.posts).toBeLessThanOrEqual(1);
  await kit.world.connect();
  await kit.world.hub.pump.wake();
  await pumpUntil(kit.world, kit.now() + 1000);
  expect((await kit.stateOf(posting.id))?.state).toBe('posted');
});

it('I-23: works by itself once started, and stops cleanly', async () => {
  const posting = await kit.post(await kit.plain());
  kit.world.hub.pump.start();
  const done = new Promise<void>((resolve) =>
    kit.world.hub.pump.events.once('settled', () => resolve()),
  );
  let arrived = false;
  void done.then(() => (arrived = true));
  while (!arrived) {
    kit.world.time.advance(1);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  await kit.world.hub.pump.stop();
  expect((await kit.stateOf(posting.id))?.state).toBe('posted');
});
