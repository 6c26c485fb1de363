// Tapes at a station: what is lost is counted and shown to nobody; what the hub gets is what happened.

import 'fake-indexeddb/auto';
import { gunzipSync } from 'node:zlib';
import { afterEach, expect, it, vi } from 'vitest';
import {
  boltScan,
  loadPage,
  ORDER,
  receiveBolts,
  receiveWorkflow,
} from '../../../tests/browser/world.ts';
import type { World } from '../../../tests/browser/world.ts';
import { LIMITS } from '../domain/index.ts';
import type { TapeMessage } from '../protocol/index.ts';
import { readTape, replayed } from '../workflows/index.ts';

let count = 0;
const freshName = () => `tapes-${(count += 1)}`;
afterEach(() => vi.restoreAllMocks());

const press = (word: 'FINISH' | 'OK' | 'HELP') => ({ type: 'press', word }) as const;

/** Receives what is open and finishes: the dialogue ends. */
async function wholeReceipt(world: World, quantity = 10): Promise<void> {
  await receiveBolts(world, quantity);
  await world.session.handle(press('FINISH'));
  if (world.session.running?.ended === undefined) await world.session.handle(press('FINISH'));
  expect(world.session.running?.ended).toBeDefined();
  await world.tapes.written();
}

async function again(world: World): Promise<void> {
  await world.session.leave();
  await world.session.start(receiveWorkflow());
}

function tapeIn({ gzip }: Pick<TapeMessage, 'gzip'>) {
  const read = readTape(gunzipSync(gzip).toString('utf8'));
  if (!read.ok) throw new Error(`${read.why} ${read.where ?? ''}`);
  return read.tape;
}

async function nextOf(world: World): Promise<TapeMessage> {
  const tape = await world.tapes.next();
  if (tape === undefined) throw new Error('there is no tape');
  return tape;
}

it('a disk that takes no tape costs the operator nothing: it is counted, and said with the next one', async () => {
  const world = await loadPage(freshName());
  const put = IDBObjectStore.prototype.put;
  vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (
    this: IDBObjectStore,
    ...args
  ) {
    if (this.name === 'tapes') throw new DOMException('full', 'QuotaExceededError');
    return put.apply(this, args);
  });
  await wholeReceipt(world);
  expect(world.shown.map(({ signal }) => signal)).not.toContain('error');
  expect(await world.tapes.next()).toBeUndefined();
  vi.restoreAllMocks();
  await again(world);
  await wholeReceipt(world);
  expect(await nextOf(world)).toMatchObject({ lost: 1 });
});

it('a tape that lacks an event after a reload is lost, and the session goes on without one', async () => {
  const name = freshName();
  const world = await loadPage(name);
  await world.session.handle({ type: 'open', order: ORDER });
  await world.tapes.written();
  await world.session.handle({ type: 'scan', scan: boltScan() });
  // The page is gone before the second event was written.
  world.db.close();
  const back = await loadPage(name);
  await back.session.handle({ type: 'enter', fact: 'quantity', value: '10' });
  await back.session.handle(press('FINISH'));
  await back.tapes.written();
  expect(await back.tapes.next()).toBeUndefined();
  await again(back);
  await wholeReceipt(back);
  expect(await nextOf(back)).toMatchObject({ lost: 1 });
  // Told once.
  await back.tapes.settled(await nextOf(back));
  await again(back);
  await wholeReceipt(back);
  expect(await nextOf(back)).toMatchObject({ lost: 0 });
});

it('an event on tape that the dialogue did not keep is no part of it', async () => {
  const name = freshName();
  const world = await loadPage(name);
  await world.session.handle({ type: 'open', order: ORDER });
  await world.session.handle(press('HELP'));
  await world.session.handle(press('HELP'));
  await world.tapes.written();
  const rest = await world.db.get('session', 'rest');
  world.db.close();
  const back = await loadPage(name);
  await back.session.handle({ type: 'scan', scan: boltScan() });
  await back.session.handle({ type: 'enter', fact: 'quantity', value: '10' });
  await back.session.handle(press('FINISH'));
  await back.tapes.written();
  const tape = tapeIn(await nextOf(back));
  const frames = typeof rest === 'object' && rest !== null && 'frames' in rest ? rest.frames : 0;
  expect(tape.frames).toHaveLength(Number(frames) + 3);
  expect(replayed(tape, [receiveWorkflow()]).replayed).toEqual({ kind: 'identical' });
});

it('is what happened, whole, with every reload in between, and no name of the supplier', async () => {
  const name = freshName();
  let world = await loadPage(name);
  const events = [
    { type: 'open', order: ORDER },
    { type: 'scan', scan: boltScan() },
    { type: 'enter', fact: 'quantity', value: '10' },
    { type: 'order', order: { ...ORDER, seq: 7 } },
    press('FINISH'),
  ] as const;
  for (const event of events) {
    await world.session.handle(event);
    await world.tapes.written();
    if (world.session.running?.ended !== undefined) break;
    world.db.close();
    world = await loadPage(name);
  }
  const sent = await nextOf(world);
  expect(sent.gzip.length).toBeLessThan(LIMITS.tapePackedBytes);
  const text = gunzipSync(sent.gzip).toString('utf8');
  expect(text).not.toContain(ORDER.partnerName);
  expect(text).toContain(ORDER.partnerCode);
  expect(replayed(tapeIn(sent), [receiveWorkflow()]).replayed).toEqual({ kind: 'identical' });
});

it('I-17 keeps the newest of too many, and counts the others', async () => {
  const world = await loadPage(freshName());
  await wholeReceipt(world);
  const kept = world.session.running?.id;
  // What is on the disk already leaves no room.
  const many = Array.from({ length: LIMITS.stationTapes }, (_, at) => `0000-${at + 1000}`);
  const tx = world.db.transaction('tapes', 'readwrite');
  for (const session of many) {
    void tx.store.put('{', [session, 0]);
    void tx.store.put({ bytes: 1, cut: false }, [session, 'end']);
  }
  await tx.done;
  await world.tapes.load();
  await again(world);
  await wholeReceipt(world);
  const left = new Set((await world.db.getAllKeys('tapes')).map(([session]) => session));
  left.delete('lost');
  expect(left.size).toBe(LIMITS.stationTapes);
  expect(left.has(kept ?? '')).toBe(true);
});

it('a session that is left without an end is a tape too; one without an event is none', async () => {
  const world = await loadPage(freshName());
  await again(world);
  await world.session.handle(press('HELP'));
  await again(world);
  await world.tapes.written();
  const sent = await nextOf(world);
  expect(tapeIn(sent).frames).toHaveLength(1);
  await world.tapes.settled(sent);
  expect(await world.tapes.next()).toBeUndefined();
  expect(await world.db.getAllKeys('tapes')).toEqual([['lost', 0]]);
});

it('a session that outgrows its tape goes on; the tape ends, says so, and is there at once', async () => {
  const world = await loadPage(freshName());
  const lines = Array.from({ length: 400 }, (_, at) => ({
    ...ORDER.lines[0],
    id: `line ${at}`,
    lineNumber: at,
  }));
  const order = (seq: number) => ({ ...ORDER, lines: lines as never, seq });
  await world.session.handle({ type: 'open', order: order(0) });
  for (let seq = 1; seq < 60; seq += 1) {
    await world.session.handle({ type: 'order', order: order(seq) });
  }
  expect(world.session.running?.ended).toBeUndefined();
  await world.tapes.written();
  const tape = tapeIn(await nextOf(world));
  expect(tape.cut).toBe(true);
  expect(tape.frames.length).toBeGreaterThan(20);
});
