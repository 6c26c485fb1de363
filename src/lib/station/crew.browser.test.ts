// Who works at a station, on a real IndexedDB and with the browser's own hash; no hub anywhere.

import { expect, it } from 'vitest';
import { LIMITS } from '../domain/index.ts';
import type { PersonView } from '../domain/index.ts';
import { badgeKey, badgeText } from '../protocol/index.ts';
import type { ReplicaRow } from '../protocol/index.ts';
import { loadPage, TestClock } from '../../../tests/browser/world.ts';
import { Crew } from './crew.ts';

const HUB = 'hub-1';
const ANNA: PersonView = { id: 'key-1', name: 'Anna', roles: ['supervisor'] };
let count = 0;

async function rowOf(body: PersonView | null, badge: string, version: number) {
  const text = new TextEncoder().encode(badgeText(HUB, `code:${badge}`));
  const hash = await crypto.subtle.digest('SHA-256', text);
  const row: ReplicaRow = {
    ...{ kind: 'person', id: ANNA.id, version, body },
    keys: body === null ? [] : [badgeKey(new Uint8Array(hash))],
  };
  return { rows: [row], version, complete: true };
}

async function page(name: string, clock = new TestClock()) {
  const { db, replica } = await loadPage(name);
  const hub = () => Promise.resolve({ ok: true, value: HUB } as const);
  const crew = new Crew(db, { clock, replica, hub });
  await crew.load();
  return { crew, replica, clock, db };
}

async function registered() {
  const name = `crew-${Date.now()}-${(count += 1)}`;
  const world = await page(name);
  await world.replica.apply(await rowOf(ANNA, 'B-1', 1));
  return { ...world, name };
}

it('nobody’s code is a badge where nobody has one, and no other code where somebody has', async () => {
  const empty = await page(`crew-${Date.now()}-${(count += 1)}`);
  expect(await empty.crew.badge('B-1')).toBeUndefined();
  const { crew } = await registered();
  expect(await crew.badge('B-2')).toBeUndefined();
  expect(await crew.badge('')).toBeUndefined();
  expect(await crew.badge(' b-1 ')).toEqual(ANNA);
});

it('I-13 whoever is signed in stays so over a reload, by key and not by name', async () => {
  const { crew, name, db } = await registered();
  await crew.signIn(ANNA);
  const held = await db.get('meta', 'signedIn');
  expect(JSON.stringify(held)).toContain('key-1');
  expect(JSON.stringify(held)).not.toContain('Anna');
  db.close();
  expect((await page(name)).crew.operator).toEqual(ANNA);
});

it('signing out holds over a reload', async () => {
  const { crew, name, db } = await registered();
  await crew.signIn(ANNA);
  await crew.signOut();
  expect(crew.operator).toBeUndefined();
  db.close();
  expect((await page(name)).crew.operator).toBeUndefined();
});

it('walking away signs out, working does not, and a shift has an end', async () => {
  const { crew, clock } = await registered();
  await crew.signIn(ANNA);
  const times = Math.ceil(LIMITS.signedInMostMs / (LIMITS.signedInIdleMs - 1));
  for (let time = 1; time < times; time += 1) {
    clock.now += LIMITS.signedInIdleMs - 1;
    expect(crew.operator).toEqual(ANNA);
    crew.acted();
  }
  clock.now += LIMITS.signedInIdleMs - 1;
  expect(crew.operator).toBeUndefined();
  await crew.signIn(ANNA);
  clock.now += LIMITS.signedInIdleMs;
  expect(crew.operator).toBeUndefined();
  // What is touched then is nobody's work: a badge is scanned anew.
  crew.acted();
  expect(crew.operator).toBeUndefined();
});

it('a badge that the admin takes away signs out', async () => {
  const { crew, replica } = await registered();
  await crew.signIn(ANNA);
  await replica.apply(await rowOf(null, '', 2));
  expect(crew.operator).toBeUndefined();
  expect(await crew.badge('B-1')).toBeUndefined();
});
