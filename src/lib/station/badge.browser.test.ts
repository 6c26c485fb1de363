// A badge at a whole station: it signs in, or it is the yes that the screen asks for; and what was
// booked carries the key of whoever booked it. No hub anywhere near.

import { afterEach, expect, it } from 'vitest';
import type { PersonView } from '../domain/index.ts';
import { badgeKey, badgeText } from '../protocol/index.ts';
import type { ReplicaRow } from '../protocol/index.ts';
import type { CompiledWorkflow } from '../workflows/index.ts';
import {
  boltScan,
  loadPage,
  ORDER,
  ORDER_ROW,
  random,
  receiveWorkflow,
  RUNTIME,
  TestClock,
} from '../../../tests/browser/world.ts';
import { Shelf } from './shelf.ts';
import { Station } from './station.ts';

const HUB = 'hub-1';
const key = (n: number) => `00000000-0000-4000-9000-00000000000${n}`;
const ANNA: PersonView = { id: key(1), name: 'Anna', roles: [] };
const BERT: PersonView = { id: key(2), name: 'Bert', roles: ['supervisor'] };

let count = 0;
const open: Station[] = [];
afterEach(() => open.splice(0).forEach((station) => station.close()));

async function rowOf(body: PersonView, badge: string, version: number): Promise<ReplicaRow> {
  const text = new TextEncoder().encode(badgeText(HUB, `code:${badge}`));
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', text));
  return { kind: 'person', id: body.id, version, keys: [badgeKey(hash)], body };
}

async function kiosk(workflow: CompiledWorkflow, name?: string) {
  const databaseName = name ?? `badge-${Date.now()}-${(count += 1)}`;
  if (name === undefined) {
    const world = await loadPage(databaseName);
    const shelf = new Shelf(world.db);
    await shelf.takeWorkflows({ workflowSet: 'w1', workflows: [workflow] });
    await shelf.rememberHub(HUB);
    const rows = [ORDER_ROW, await rowOf(ANNA, 'B-1', 3), await rowOf(BERT, 'B-2', 4)];
    await world.replica.apply({ rows, version: 4, complete: true });
    world.db.close();
  }
  const it = new Station({
    ...{ hubUrl: 'http://127.0.0.1:9', databaseName, defaultName: 'dock-1' },
    ...{ clock: new TestClock(), random, runtime: RUNTIME },
    feedback: { play: () => undefined },
  });
  open.push(it);
  await it.start();
  return { it, databaseName };
}

/** Who booked, and who said yes, as it lies on the disk. */
async function booked(databaseName: string) {
  const world = await loadPage(databaseName);
  const commands = [...world.queue.rows].map(({ command }) => command);
  world.db.close();
  return commands.map(({ operator, payload }) => ({ operator, ...payload }));
}

it('one scan signs in, another badge takes over amid a line, and a touch signs out', async () => {
  const { it: station, databaseName } = await kiosk(receiveWorkflow());
  expect(station.view()).toMatchObject({ badges: true });
  expect(station.view().operator).toBeUndefined();
  expect(await station.badge('unknown')).toBe(false);
  expect(await station.badge('B-1')).toBe(true);
  expect(station.view().operator).toBe('Anna');
  await station.openOrder(ORDER.id);
  await station.dispatch({ type: 'scan', scan: boltScan() });
  await station.badge('B-2');
  expect(station.view()).toMatchObject({ operator: 'Bert', screen: { asks: 'quantity' } });
  await station.dispatch({ type: 'enter', fact: 'quantity', value: '4' });
  await station.signOut();
  expect(station.view().operator).toBeUndefined();
  await station.dispatch({ type: 'scan', scan: boltScan() });
  await station.dispatch({ type: 'enter', fact: 'quantity', value: '1' });
  station.close();
  const lines = await booked(databaseName);
  expect(lines.map(({ operator }) => operator)).toEqual([BERT.id, 'dock-1']);
});

it('where a yes is asked a badge is the answer, and whoever works goes on working', async () => {
  const { it: station, databaseName } = await kiosk(receiveWorkflow(true));
  await station.badge('B-1');
  await station.openOrder(ORDER.id);
  await station.dispatch({ type: 'scan', scan: boltScan() });
  await station.dispatch({ type: 'enter', fact: 'quantity', value: '12' });
  expect(station.view().screen).toMatchObject({ asks: 'approval', badge: { name: 'supervisor' } });
  expect(station.view().nobody).toBeUndefined();
  await station.badge('B-1');
  expect(station.view().screen?.message?.fault?.code).toBe('step.not-approved');
  await station.badge('B-2');
  expect(station.view()).toMatchObject({ operator: 'Anna', flash: { signal: 'green' } });
  station.close();
  const [line] = await booked(databaseName);
  const approvals = [{ role: 'supervisor', by: BERT.id, over: 2, step: 'quantity-approval' }];
  expect(line).toMatchObject({ operator: ANNA.id, quantity: 12, approvals });
});

it('work for a role begins with its badge, and another badge books nothing in it', async () => {
  const only = { ...receiveWorkflow(), allowed: ['supervisor'] };
  const { it: station, databaseName } = await kiosk(only);
  expect(station.view()).toMatchObject({ phase: 'menu', menu: [], more: true });
  await station.badge('B-1');
  expect(station.view()).toMatchObject({ phase: 'menu', menu: [], more: true });
  await station.badge('B-2');
  expect(station.view()).toMatchObject({ phase: 'dialogue', operator: 'Bert' });
  expect(station.view().more).toBeUndefined();
  await station.openOrder(ORDER.id);
  await station.dispatch({ type: 'scan', scan: boltScan() });
  await station.badge('B-1');
  await station.dispatch({ type: 'enter', fact: 'quantity', value: '4' });
  expect(station.view()).toMatchObject({
    ...{ fault: { code: 'station.not-your-work' }, screen: { asks: 'quantity' } },
  });
  await station.badge('B-2');
  await station.dispatch({ type: 'enter', fact: 'quantity', value: '4' });
  expect(station.view().flash.signal).toBe('green');
  await station.signOut();
  expect(station.view().phase).toBe('dialogue');
  station.close();
  const lines = await booked(databaseName);
  expect(lines.map(({ operator }) => operator)).toEqual([BERT.id]);
});

it('what was not begun yet begins anew with the settings of whoever signs in', async () => {
  const usual = receiveWorkflow();
  const theirs = { ...usual, revision: 'theirs' as typeof usual.revision };
  const { it: station } = await kiosk({ ...theirs, onlyRoles: ['supervisor'] });
  expect(station.view()).toMatchObject({ phase: 'menu', menu: [] });
  await station.badge('B-2');
  expect(station.view()).toMatchObject({ phase: 'dialogue' });
  await station.signOut();
  expect(station.view()).toMatchObject({ phase: 'menu', menu: [], more: true });
});
