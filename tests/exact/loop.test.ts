// I-03 by brute force: seeded faults between the hub and Exact, on one virtual clock for both, with
// the hub killed now and then. The law: however a send goes wrong, and however late Exact applies
// it (up to settleMs), each posting ends as exactly one receipt, or none where Exact refused it.
// The same loop is first shown to catch a pump that resends blindly.

import { expect, it } from 'vitest';
import type { ExactPort, Pump } from '../../src/lib/server/outbox/index.ts';
import { commitPosting, makePump, makeWorld, pumpUntil, receiptsWith } from './world.ts';
import type { World } from './world.ts';

const SEED = Number(process.env['SCANDOCK_TEST_SEED'] ?? 20_261_123);
const SETTLE_MS = 5 * 60_000;
const RUNS = 200;
const BLIND_RUNS = 40;

/** mulberry32: small, seeded, good enough to choose faults. */
function dice(seed: number): (sides: number) => number {
  let state = seed >>> 0;
  return (sides) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t = (t + Math.imul(t ^ (t >>> 7), t | 61)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % sides;
  };
}

const SIMULATOR_FAULTS = [
  ...['status-500', 'status-500-after', 'status-500-message', 'status-429', 'status-408'],
  ...['truncate', 'html-503', 'expire-tokens', 'ignore-prefer', 'lose-request', 'lose-answer'],
];

interface Run {
  readonly fault: string;
  readonly delayMs: number;
  readonly killed: boolean;
}

async function plant(world: World, roll: (sides: number) => number): Promise<Run> {
  const delayMs = roll(SETTLE_MS);
  const killed = roll(4) === 0;
  const choice = roll(SIMULATOR_FAULTS.length + 4);
  const fault = SIMULATOR_FAULTS[choice] ?? 'apply-late';
  if (fault === 'apply-late') world.wire.fault = { kind: 'apply-late', delayMs };
  else {
    const match = { method: 'POST', path: 'purchaseorder/GoodsReceipts' };
    const message = 'Ongeldig: Aantal';
    await world.control('faults', {
      kind: fault,
      match,
      ...(/message/.test(fault) ? { message } : {}),
    });
  }
  return { fault, delayMs, killed };
}

/** As a `kill -9` between the send and its answer leaves the row. */
async function kill(world: World, id: string): Promise<void> {
  const { db } = world.hub.store;
  const row = await db
    .selectFrom('posting')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  if (row.state !== 'in-doubt') return;
  await db.updateTable('posting').set({ state: 'sending' }).where('id', '=', id).execute();
  await world.restart();
}

/** Plays `runs` postings and says in which ones the law was broken. */
async function play(runs: number, remake: (world: World) => Pump | null): Promise<string[]> {
  const world = await makeWorld();
  const broken: string[] = [];
  try {
    await world.connect();
    await world.hub.mirror.round();
    // The mirror has used up a minute of calls; this is about postings.
    world.time.advance(2 * 60_000);
    await world.control('settings', { overReceiptAllowed: true });
    const items = new Map((await world.hub.reader.items()).map((item) => [item.id, item]));
    const orders = await world.hub.reader.openOrders();
    const [target] = orders.flatMap((order) =>
      order.lines
        .filter(
          (line) => items.get(line.itemId)?.tracking === 'none' && line.purchaseUnitFactor === 1,
        )
        .map((line) => ({ order, line })),
    );
    if (target === undefined) throw new Error('the seed has no plain order line');
    const roll = dice(SEED);
    for (let run = 0; run < runs; run += 1) {
      const other = remake(world);
      if (other !== null) world.hub = { ...world.hub, pump: other };
      const line = { orderLine: target.line.id, item: target.line.itemId, quantity: 1 };
      const now = world.time.nowMs();
      const posting = await commitPosting(world.hub, target.order.id, [line], now);
      const planned = await plant(world, roll);
      await world.hub.pump.step();
      if (planned.killed && other === null) await kill(world, posting.id);
      // Longer than Exact's maintenance and two look-ups.
      await pumpUntil(world, now + 12 * SETTLE_MS);
      const receipts = receiptsWith(world, posting.marker).length;
      const state = (await world.hub.pump.status(posting.id))?.state;
      const refused = planned.fault === 'status-500-message';
      const lawful = refused
        ? receipts === 0 && state === 'rejected'
        : receipts === 1 && state === 'posted';
      if (!lawful)
        broken.push(`run ${run} ${JSON.stringify(planned)}: ${receipts} receipts, ${state}`);
    }
    return broken;
  } finally {
    await world.close();
  }
}

/** A pump whose Exact never has doubts: what it did not hear of, it sends again. */
function blindPump(world: World): Pump {
  const { postings, store } = world.hub;
  const blind: ExactPort = {
    unmarked: postings.unmarked,
    steps: (posting) => postings.steps(posting),
    mayPostAtMs: (posting, done) => postings.mayPostAtMs(posting, done),
    reckons: (posting, done) => postings.reckons(posting, done),
    find: () => Promise.resolve({ kind: 'absent' }),
    send: async (posting, done) => {
      const sent = await postings.send(posting, done);
      return sent.kind === 'unknown'
        ? { kind: 'not-applied', scope: 'all', retryAtMs: null, words: sent.words }
        : sent;
    },
    discard: (posting, step, left) => postings.discard(posting, step, left),
  };
  return makePump(store, blind, world.time, world.hub.settled);
}

it(
  `I-03: the loop catches a pump that resends blindly (seed ${SEED})`,
  { timeout: 60_000 },
  async () => {
    const broken = await play(BLIND_RUNS, blindPump);
    expect(broken.filter((words) => words.includes('2 receipts')).length).toBeGreaterThan(5);
  },
);

it(
  `I-03 I-04 I-23: ${RUNS} faulty sends, one receipt each (seed ${SEED})`,
  { timeout: 120_000 },
  async () => {
    expect(await play(RUNS, () => null)).toEqual([]);
  },
);
