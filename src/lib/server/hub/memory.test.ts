// What the hub holds after thousands of documents, on a real database: the open ones. What left
// comes back when it is asked for, and a restart makes no difference.

import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { clock, FaultCountdown, folder } from '../../../../tests/torture/support/disk.ts';
import { command, id, order, plain, undo } from '../../../../tests/torture/support/goods.ts';
import { startHub } from '../../../../tests/torture/support/hub.ts';
import type { TestHub } from '../../../../tests/torture/support/hub.ts';
import { LIMITS } from '../../domain/index.ts';
import type { Command } from '../../domain/index.ts';
import { retire, settlement, withOrder, withUnread } from '../../ledger/index.ts';
import type { MirrorOrder, World } from '../../ledger/index.ts';
import type { StatementWatch } from '../store/index.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });

const DOCUMENTS = 5_000;
/** Every hundredth order stays open at Exact. */
const OPEN_EVERY = 100;

let place: ReturnType<typeof folder>;
let hub: TestHub | undefined;
beforeEach(() => {
  place = folder();
});
afterEach(async () => {
  await hub?.stop();
  hub = undefined;
  place.clean();
});

async function start(orders: readonly MirrorOrder[], watch?: StatementWatch): Promise<TestHub> {
  await hub?.stop();
  hub = await startHub(join(place.path, 'hub.sqlite'), orders, watch);
  return hub;
}

const documentOf = (n: number): string => id('d', n);
const ordersOf = (count: number, open: (n: number) => boolean): MirrorOrder[] =>
  Array.from({ length: count }, (_, at) => {
    return order({ id: documentOf(at + 1), open: open(at + 1), asOfMs: clock.nowMs() });
  });
const take = (n: number): Command =>
  command(n, plain(1, { document: documentOf(n), posting: 'line-complete' }));

/** A take on each of so many orders, each booked. */
async function work({ writer }: TestHub, count: number): Promise<void> {
  for (let from = 1; from <= count; from += LIMITS.commitBatch) {
    const ns = Array.from({ length: Math.min(LIMITS.commitBatch, count - from + 1) }, (_, at) => {
      return from + at;
    });
    const verdicts = await Promise.all(ns.map((n) => writer.submit(take(n))));
    expect(verdicts.every(({ kind }) => kind === 'accepted')).toBe(true);
    await Promise.all(
      ns.map((n) => {
        const document = documentOf(n);
        return writer.record((world, context) => {
          const [posting] = world.documents.get(document)?.postings.keys() ?? [];
          if (posting === undefined) throw new Error('nothing was cut');
          const outcome = { kind: 'posted', exactId: `x${n}`, documentNumber: `${n}` } as const;
          return settlement(world, { posting, document, outcome }, context);
        });
      }),
    );
  }
}

const inEightDaysMs = () => clock.nowMs() + LIMITS.documentKeepMs;
const held = (world: World) => ({
  documents: world.documents.size,
  commands: world.commands.size,
  orders: world.orders.size,
});
/** In passes, each of which is bounded. */
async function retireAll({ writer }: TestHub, nowMs: number): Promise<void> {
  for (let before = Infinity; writer.world().documents.size < before;) {
    before = writer.world().documents.size;
    await writer.withWorld((world) => retire(world, nowMs));
    expect(before - writer.world().documents.size).toBeLessThanOrEqual(LIMITS.retiredAtOnce);
  }
}
const close = (count: number) => (world: World) =>
  ordersOf(count, (n) => n % OPEN_EVERY === 0).reduce(withOrder, world);

it('I-17 I-02: of 5,000 documents the open ones are held; every repeat gets its first verdict', async () => {
  const one = await start(ordersOf(DOCUMENTS, () => true));
  await work(one, DOCUMENTS);
  expect(held(one.writer.world())).toEqual({
    ...{ documents: DOCUMENTS, commands: DOCUMENTS, orders: DOCUMENTS },
  });
  await one.writer.withWorld(close(DOCUMENTS));
  await retireAll(one, inEightDaysMs());
  const open = DOCUMENTS / OPEN_EVERY;
  expect(held(one.writer.world())).toEqual({ documents: open, commands: open, orders: open });

  const first = await one.writer.submit(take(7));
  expect(first).toMatchObject({ kind: 'accepted', again: true });
  // Asking for it brought it back, and it goes again.
  expect(one.writer.world().documents.get(documentOf(7))?.takes.size).toBe(1);
  await one.writer.withWorld((world) => retire(world, inEightDaysMs() + 1));
  const left = one.writer.world();
  expect(held(left).documents).toBe(open);

  const next = await start(ordersOf(DOCUMENTS, (n) => n % OPEN_EVERY === 0));
  expect(next.writer.world().documents.size).toBe(DOCUMENTS);
  await retireAll(next, inEightDaysMs());
  expect(held(next.writer.world())).toEqual(held(left));
  expect(new Map(next.writer.world().documents.entries())).toEqual(
    new Map(left.documents.entries()),
  );
  expect(new Map(next.writer.world().commands.entries())).toEqual(new Map(left.commands.entries()));
  expect(await next.writer.submit(take(7))).toEqual(first);
});

describe('a document that left', () => {
  it('I-02: another command under an id of its own is refused, and it is what it was', async () => {
    const one = await start(ordersOf(1, () => true));
    await work(one, 1);
    await one.writer.withWorld(close(1));
    await one.writer.withWorld((world) => retire(world, inEightDaysMs()));
    const forged = { ...take(2), id: take(1).id };
    expect(await one.writer.submit(forged)).toMatchObject({ fault: { code: 'ledger.id-reused' } });
    expect(await one.writer.submit(take(1))).toMatchObject({ kind: 'accepted', again: true });
    const next = await start(ordersOf(1, () => true));
    expect(next.writer.world().documents.get(documentOf(1))?.takes.size).toBe(1);
    expect(next.writer.world().commands.get(take(1).id)).toBe(documentOf(1));
  });

  it('hears an undo as if it had never left', async () => {
    const one = await start(ordersOf(1, () => true));
    await work(one, 1);
    await one.writer.withWorld(close(1));
    await one.writer.withWorld((world) => retire(world, inEightDaysMs()));
    const late = command(2, { ...undo(1), document: documentOf(1) });
    expect(await one.writer.submit(late)).toMatchObject({
      fault: { code: 'ledger.undo-posted' },
    });
  });

  it('does not leave between the jobs of a batch that are about it, nor soon after', async () => {
    const one = await start(ordersOf(1, () => true));
    await work(one, 1);
    await one.writer.withWorld(close(1));
    await one.writer.withWorld((world) => {
      const state = world.documents.get(documentOf(1));
      if (state === undefined) throw new Error('nobody worked on it');
      const aged = { ...state, touchedMs: clock.nowMs() - LIMITS.documentKeepMs };
      return { ...world, documents: world.documents.set(documentOf(1), aged) };
    });
    const late = command(2, { ...undo(1), document: documentOf(1) });
    const leave = () => one.writer.withWorld((world) => retire(world, clock.nowMs()));
    const [, verdict] = await Promise.all([leave(), one.writer.submit(late)]);
    expect(verdict).toMatchObject({ fault: { code: 'ledger.undo-posted' } });
    await leave();
    expect(one.writer.world().documents.size).toBe(1);
  });

  it('I-16: is recalled though the disk takes nothing new', async () => {
    const disk = new FaultCountdown();
    const one = await start(
      ordersOf(1, () => true),
      disk,
    );
    await work(one, 1);
    await one.writer.withWorld(close(1));
    await one.writer.withWorld((world) => retire(world, inEightDaysMs()));
    // Reading: the entries, the station's numbers, the verdicts. Then the commit, which fails.
    disk.arm(4, { persistent: true, late: false });
    const late = command(2, { ...undo(1), document: documentOf(1) });
    const [verdict, recalled] = await Promise.all([
      one.writer.submit(late),
      one.writer.recall([documentOf(1)]),
    ]);
    expect(verdict).toMatchObject({ kind: 'later', fault: { code: 'hub.storage' } });
    expect(recalled.ok).toBe(true);
    expect(one.writer.world().documents.size).toBe(1);
  });

  it('is worked on again when Exact opens it, up to what is left', async () => {
    const one = await start(ordersOf(1, () => true));
    await work(one, 1);
    await one.writer.withWorld(close(1));
    await one.writer.withWorld((world) => retire(world, inEightDaysMs()));
    await one.writer.withWorld((world) => ordersOf(1, () => true).reduce(withOrder, world));
    const more = (n: number, quantity: number) =>
      one.writer.submit(command(n, plain(quantity, { document: documentOf(1) })));
    expect(await more(2, 10)).toMatchObject({ fault: { code: 'ledger.over-receipt' } });
    expect(await more(3, 9)).toMatchObject({ kind: 'accepted' });
    const next = await start(ordersOf(1, () => true));
    expect(next.writer.world().documents.get(documentOf(1))?.takes.size).toBe(2);
  });

  it('I-16: is not decided on while the disk cannot tell of it', async () => {
    const disk = new FaultCountdown();
    const one = await start(
      ordersOf(1, () => true),
      disk,
    );
    await work(one, 1);
    await one.writer.withWorld(close(1));
    await one.writer.withWorld((world) => retire(world, inEightDaysMs()));
    disk.arm(1, { persistent: true, late: false });
    const late = command(2, { ...undo(1), document: documentOf(1) });
    expect(await one.writer.submit(late)).toMatchObject({ kind: 'later' });
    expect((await one.writer.recall([documentOf(1)])).ok).toBe(false);
    disk.disarm();
    expect(await one.writer.submit(late)).toMatchObject({
      fault: { code: 'ledger.undo-posted' },
    });
  });
});

it('I-01: while orders are being read, what nobody knows is put off, and nothing is used up', async () => {
  const one = await start([]);
  await one.writer.withWorld((world) => withUnread(world, new Set(['purchaseOrder'])));
  const ahead = await one.writer.submit(take(1));
  expect(ahead).toMatchObject({ kind: 'later', afterMs: LIMITS.orderUnreadMs });
  const read = await one.journal.read(1, 10);
  expect(read).toMatchObject({ ok: true, value: [] });
  await one.writer.withWorld((world) => ordersOf(1, () => true).reduce(withOrder, world));
  expect(await one.writer.submit(take(1))).toMatchObject({ kind: 'accepted' });
  // Read in full: what is not there is not there.
  const unknown = take(2);
  expect(await one.writer.submit(unknown)).toMatchObject({ kind: 'later' });
  await one.writer.withWorld((world) => withUnread(world, new Set()));
  expect(await one.writer.submit(unknown)).toMatchObject({
    fault: { code: 'ledger.unknown-document' },
  });
});
