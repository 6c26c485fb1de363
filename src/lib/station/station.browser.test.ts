// The whole station on a real IndexedDB, with Web Locks, and no hub anywhere near.

import { afterEach, expect, it } from 'vitest';
import type { CompiledWorkflow, Signal } from '../workflows/index.ts';
import {
  boltScan,
  loadPage,
  ORDER,
  ORDER_ROW,
  random,
  receiveBolts,
  receiveWorkflow,
  RUNTIME,
  TestClock,
} from '../../../tests/browser/world.ts';
import { Shelf } from './shelf.ts';
import { Station } from './station.ts';

/** Nobody listens there. */
const NO_HUB = 'http://127.0.0.1:9';

let count = 0;
const open: Station[] = [];
afterEach(() => open.splice(0).forEach((station) => station.close()));

/** A database with workflows and one open order on it, as a station that has met its hub has. */
async function prepared(workflows: readonly CompiledWorkflow[]): Promise<string> {
  const name = `station-${Date.now()}-${(count += 1)}`;
  const world = await loadPage(name);
  await new Shelf(world.db).takeWorkflows({ workflowSet: 'w1', workflows });
  await world.replica.apply({ rows: [ORDER_ROW], version: 2, complete: true });
  world.db.close();
  return name;
}

function station(databaseName: string, name?: string): { it: Station; played: Signal[] } {
  const played: Signal[] = [];
  const made = new Station({
    hubUrl: NO_HUB,
    databaseName,
    defaultName: 'dock-1',
    ...(name === undefined ? {} : { name }),
    clock: new TestClock(),
    random,
    runtime: RUNTIME,
    feedback: { play: (signal) => played.push(signal) },
  });
  open.push(made);
  return { it: made, played };
}

async function until(holds: () => boolean): Promise<void> {
  for (let tries = 0; tries < 500 && !holds(); tries += 1) {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  expect(holds()).toBe(true);
}

it('I-01 a second tab says so and does nothing, and takes over when the first one closes', async () => {
  const name = await prepared([receiveWorkflow()]);
  const first = station(name).it;
  await first.start();
  const second = station(name).it;
  const started = second.start();
  await until(() => second.view().phase === 'blocked');
  expect(second.view().fault?.code).toBe('station.second-tab');
  await second.dispatch({ type: 'open', order: ORDER });
  expect(second.view().screen).toBeUndefined();
  await first.dispatch({ type: 'open', order: ORDER });
  first.close();
  await started;
  expect(second.view().phase).toBe('dialogue');
  expect(second.view().screen?.document?.number).toBe('4500123');
});

it('with the hub away, a receipt goes from the order list to its end, and the trail waits', async () => {
  const name = await prepared([receiveWorkflow()]);
  const { it: kiosk, played } = station(name);
  await kiosk.start();
  expect(kiosk.view()).toMatchObject({ phase: 'dialogue', hub: { kind: 'away' }, waiting: 0 });
  expect(kiosk.view().orders.map((order) => order.number)).toEqual(['4500123']);
  await kiosk.openOrder(ORDER.id);
  await kiosk.dispatch({ type: 'scan', scan: boltScan() });
  await kiosk.dispatch({ type: 'enter', fact: 'quantity', value: '10' });
  await kiosk.dispatch({ type: 'press', word: 'FINISH' });
  expect(kiosk.view()).toMatchObject({
    waiting: 2,
    screen: { view: 'ended' },
    trail: [{ itemCode: 'BOLT', quantity: 10, stage: 'accepted', order: '4500123' }],
  });
  expect(played).toContain('green');
  expect(played.at(-1)).toBe('done');
  await kiosk.dispatch({ type: 'press', word: 'OK' });
  expect(kiosk.view().screen?.view).toBe('choose-order');
  // I-10: own work is counted in, although the hub's copy of the order knows nothing of it.
  expect(kiosk.view().orders).toEqual([]);
});

it('an order opened by scanning one of its items takes the item along', async () => {
  const name = await prepared([receiveWorkflow()]);
  const { it: kiosk } = station(name);
  await kiosk.start();
  await kiosk.dispatch({ type: 'scan', scan: boltScan() });
  expect(kiosk.view().screen).toMatchObject({
    asks: 'quantity',
    item: { code: 'BOLT' },
    document: { number: '4500123' },
  });
});

it('several workflows that fit are a menu; none is a calm wait; the name is remembered', async () => {
  const receive = receiveWorkflow();
  const other = { ...receive, id: 'other', stations: ['gate-*'] };
  const name = await prepared([receive, { ...receive, id: 'second' }, other]);
  const dock = station(name).it;
  await dock.start();
  expect(dock.view().phase).toBe('menu');
  expect(dock.view().menu.map((entry) => entry.id)).toEqual(['receive', 'second']);
  await dock.begin('second');
  expect(dock.view().phase).toBe('dialogue');
  await dock.home();
  expect(dock.view().phase).toBe('menu');
  dock.close();
  const gate = station(name, 'office').it;
  await gate.start();
  expect(gate.view()).toMatchObject({ phase: 'waiting', stationName: 'office' });
  gate.close();
  const again = station(name).it;
  await again.start();
  expect(again.view().stationName).toBe('office');
});

it('a refusal of a former dialogue stays as a notice until an operator has read it', async () => {
  const name = await prepared([receiveWorkflow()]);
  const world = await loadPage(name);
  await receiveBolts(world, 10);
  await world.session.handle({ type: 'press', word: 'FINISH' });
  const [row] = [...world.queue.rows];
  if (row === undefined) throw new Error('no command');
  const why = { code: 'ledger.over-receipt', data: {} } as const;
  await world.queue.settle(row.command.id, { kind: 'refused', seq: 7, fault: why });
  world.db.close();
  const first = station(name).it;
  await first.start();
  expect(first.view().notices).toMatchObject([
    { id: row.command.id, fault: why, itemCode: 'BOLT' },
  ]);
  first.close();
  const second = station(name).it;
  await second.start();
  await second.acknowledge(row.command.id);
  expect(second.view().notices).toEqual([]);
  second.close();
  const third = station(name).it;
  await third.start();
  expect(third.view().notices).toEqual([]);
});

it('a refusal of the running dialogue comes into its screen once, also after a reload', async () => {
  const name = await prepared([receiveWorkflow()]);
  const world = await loadPage(name);
  await receiveBolts(world, 4);
  const [row] = [...world.queue.rows];
  if (row === undefined) throw new Error('no command');
  const why = { code: 'ledger.over-receipt', data: { allowed: 1, unit: 'pc' } } as const;
  await world.queue.settle(row.command.id, { kind: 'refused', seq: 7, fault: why });
  world.db.close();
  const { it: kiosk } = station(name);
  await kiosk.start();
  await until(() => kiosk.view().screen?.message?.fault?.code === 'ledger.over-receipt');
  expect(kiosk.view().notices).toEqual([]);
  expect(kiosk.view().screen?.lines?.[0]?.done).toBe(0);
});
