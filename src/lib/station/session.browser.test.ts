// What a station promises of its dialogue, on a real IndexedDB in a real Chromium.

import { afterEach, expect, it, vi } from 'vitest';
import { LIMITS } from '../domain/index.ts';
import { boltScan, loadPage, ORDER, receiveBolts } from '../../../tests/browser/world.ts';

let count = 0;
const freshName = () => `test-${Date.now()}-${(count += 1)}`;

afterEach(() => vi.restoreAllMocks());

it('I-01 an aborted transaction is not green: same screen, no command, a fault', async () => {
  const world = await loadPage(freshName());
  await world.session.handle({ type: 'open', order: ORDER });
  await world.session.handle({ type: 'scan', scan: boltScan() });
  const before = world.session.running;
  const shownBefore = world.shown.length;
  const add = IDBObjectStore.prototype.add;
  vi.spyOn(IDBObjectStore.prototype, 'add').mockImplementation(function (
    this: IDBObjectStore,
    row,
  ) {
    const request = add.call(this, row);
    this.transaction.abort();
    return request;
  });
  const handled = await world.session.handle({ type: 'enter', fact: 'quantity', value: '4' });
  expect(handled).toMatchObject({ ok: false, fault: { code: 'station.storage-failed' } });
  expect(world.session.running).toBe(before);
  expect(world.shown.length).toBe(shownBefore);
  expect(await world.db.count('queue')).toBe(0);
  vi.restoreAllMocks();
  const again = await world.session.handle({ type: 'enter', fact: 'quantity', value: '4' });
  expect(again).toEqual({ ok: true, signal: 'green' });
  expect([...world.queue.rows].map((row) => row.command.stationSeq)).toEqual([1]);
});

it('I-01 a full disk is named as such and nothing changes', async () => {
  const world = await loadPage(freshName());
  vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
    throw new DOMException('full', 'QuotaExceededError');
  });
  const handled = await world.session.handle({ type: 'open', order: ORDER });
  expect(handled).toMatchObject({ ok: false, fault: { code: 'station.storage-full' } });
  expect(world.session.running?.screen.view).toBe('choose-order');
});

it('I-01 green is shown only after the command lies on the disk', async () => {
  const world = await loadPage(freshName());
  await world.session.handle({ type: 'open', order: ORDER });
  await world.session.handle({ type: 'scan', scan: boltScan() });
  let completed = false;
  const transaction = IDBDatabase.prototype.transaction;
  const durabilities: (string | undefined)[] = [];
  vi.spyOn(IDBDatabase.prototype, 'transaction').mockImplementation(function (
    this: IDBDatabase,
    ...asked: Parameters<IDBDatabase['transaction']>
  ) {
    const tx = transaction.apply(this, asked);
    // The tape of the session is written beside it, relaxed and in its own time (ADR 0019).
    if ([...tx.objectStoreNames].join() === 'tapes') return tx;
    durabilities.push(tx.durability);
    tx.addEventListener('complete', () => (completed = true));
    return tx;
  });
  const shownBefore = world.shown.length;
  const push = world.shown.push.bind(world.shown);
  let completedWhenShown: boolean | undefined;
  world.shown.push = (...items) => {
    completedWhenShown = completed;
    return push(...items);
  };
  await world.session.handle({ type: 'enter', fact: 'quantity', value: '4' });
  expect(world.shown.length).toBe(shownBefore + 1);
  expect(world.shown.at(-1)?.signal).toBe('green');
  expect(completedWhenShown).toBe(true);
  expect(durabilities).toEqual(['strict']);
});

it('I-13 a reload after every event comes back to the same screen and the same facts', async () => {
  const name = freshName();
  let world = await loadPage(name);
  const acts = [
    () => world.session.handle({ type: 'open', order: ORDER }),
    () => world.session.handle({ type: 'scan', scan: boltScan() }),
    () => world.session.handle({ type: 'press', word: 'HELP' }),
    () => world.session.handle({ type: 'enter', fact: 'quantity', value: '4' }),
    () => world.session.handle({ type: 'press', word: 'UNDO' }),
    () => world.session.handle({ type: 'press', word: 'OK' }),
  ];
  for (const act of acts) {
    await act();
    const before = world.session.running;
    world.db.close();
    world = await loadPage(name);
    expect(world.session.running).toEqual(before);
  }
  expect([...world.queue.rows].map((row) => row.command.payload.type)).toEqual([
    'receive.line',
    'line.undo',
  ]);
});

it('events are handled one at a time, in the order they came', async () => {
  const world = await loadPage(freshName());
  const all = await Promise.all([
    world.session.handle({ type: 'open', order: ORDER }),
    world.session.handle({ type: 'scan', scan: boltScan() }),
    world.session.handle({ type: 'enter', fact: 'quantity', value: '4' }),
    world.session.handle({ type: 'scan', scan: boltScan() }),
    world.session.handle({ type: 'enter', fact: 'quantity', value: '6' }),
  ]);
  expect(all.filter((handled) => handled.ok && handled.signal === 'green')).toHaveLength(2);
  const rows = [...world.queue.rows];
  expect(rows.map((row) => row.command.stationSeq)).toEqual([1, 2]);
  expect(new Set(rows.map((row) => row.command.id)).size).toBe(2);
  expect(rows[0]?.label).toEqual({
    order: '4500123',
    itemCode: 'BOLT',
    itemName: 'Bolt M8',
    unit: 'pc',
  });
});

it('I-17 more events than a person can cause are refused, not piled up', async () => {
  const world = await loadPage(freshName());
  const flood = Array.from({ length: LIMITS.dialogueEvents + 1 }, () =>
    world.session.handle({ type: 'scan', scan: boltScan() }),
  );
  const last = (await Promise.all(flood)).at(-1);
  expect(last).toMatchObject({ ok: false, fault: { code: 'hub.busy' } });
});

it('the end of a dialogue leaves its commands and nothing of itself on the disk', async () => {
  const name = freshName();
  const world = await loadPage(name);
  await receiveBolts(world, 10);
  await world.session.handle({ type: 'press', word: 'FINISH' });
  expect(world.session.running?.ended).toBe('done');
  expect(await world.db.count('session')).toBe(0);
  expect([...world.queue.rows].map((row) => row.command.payload.type)).toEqual([
    'receive.line',
    'document.finish',
  ]);
  world.db.close();
  const next = await loadPage(name);
  expect(next.session.running?.screen.view).toBe('choose-order');
});

it('an unreadable session goes to quarantine and a fresh dialogue begins', async () => {
  const name = freshName();
  const world = await loadPage(name);
  await world.session.handle({ type: 'open', order: ORDER });
  await world.db.put('session', { id: 7, state: 'eaten' }, 'rest');
  world.db.close();
  const next = await loadPage(name);
  expect(next.session.running?.screen.view).toBe('choose-order');
  expect(await next.db.count('quarantine')).toBe(1);
});

it('an unreadable queue row goes to quarantine and is counted, the others stay', async () => {
  const name = freshName();
  const world = await loadPage(name);
  await receiveBolts(world, 4);
  await world.db.add('queue', { command: 'eaten', status: 'waiting' });
  world.db.close();
  const next = await loadPage(name);
  expect(await next.db.count('quarantine')).toBe(1);
  expect(next.queue.waiting).toBe(1);
  await next.db.add('queue', { command: 'eaten again', status: 'waiting' });
  expect(await next.queue.load()).toEqual({ ok: true, value: 1 });
});
