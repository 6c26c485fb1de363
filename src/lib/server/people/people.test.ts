// People on a real disk: what is written down, what never is, and who is refused.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { folder } from '../../../../tests/torture/support/disk.ts';
import { LIMITS } from '../../domain/index.ts';
import { openStore } from '../store/index.ts';
import type { Store } from '../store/index.ts';
import { People } from './index.ts';

const clock = { nowMs: () => Date.UTC(2026, 5, 15) };
let drawn = 0;
const random = {
  bytes: (count: number) => {
    drawn += 1;
    return new Uint8Array(count).map((_, at) => (drawn >> (8 * (count - 1 - at))) & 255);
  },
};
let place: ReturnType<typeof folder>;
let store: Store;
let people: People;

const file = () => join(place.path, 'hub.sqlite');
const parts = () => ({ store, clock, random });
const ANNA = { name: 'Anna', badge: 'CARD-4711', roles: ['supervisor'] };

beforeEach(async () => {
  place = folder();
  store = await openStore({ file: file(), clock, random });
  people = await People.open(parts());
});
afterEach(async () => {
  await store.close();
  place.clean();
});

async function again(): Promise<void> {
  await store.close();
  store = await openStore({ file: file(), clock, random });
  people = await People.open(parts());
}

/** Everything that the database's files hold, as bytes that are letters. */
const onDisk = () =>
  ['', '-wal'].map((tail) => readFileSync(`${file()}${tail}`, 'latin1')).join('\n');

it('a code that goods have is no badge, and neither is a command or nothing at all', async () => {
  await store.transaction((tx) => {
    tx.run(
      `INSERT INTO replica_row (kind, id, version, keys, body) VALUES ('item', 'i', 1, ?, '{}')`,
      JSON.stringify(['code:BOLT']),
    );
  });
  expect(await people.save({ ...ANNA, badge: ' bolt ' })).toEqual({ kind: 'badge-known' });
  expect(await people.save({ ...ANNA, badge: 'SD:OK' })).toEqual({ kind: 'badge-known' });
  expect(await people.save({ ...ANNA, badge: '  ' })).toEqual({ kind: 'not-a-code' });
  expect(await people.save({ name: 'Anna', roles: [] })).toEqual({ kind: 'not-a-code' });
  expect(people.list()).toEqual([]);
});

it('a badge is one person’s, however it is written', async () => {
  await people.save(ANNA);
  const other = { name: 'Bert', badge: 'card-4711', roles: [] };
  expect(await people.save(other)).toEqual({ kind: 'badge-of', name: 'Anna' });
});

it('so many people and no more', async () => {
  await store.transaction((tx) => {
    for (let at = 0; at < LIMITS.people; at += 1) {
      tx.run(`INSERT INTO person VALUES (?, 'P', ?, '[]', 0)`, `id-${at}`, `badge:${at}`);
    }
  });
  people = await People.open(parts());
  expect(await people.save(ANNA)).toEqual({ kind: 'full' });
});

it('the code of a badge stands nowhere on the disk; its salted hash does', async () => {
  await people.save(ANNA);
  const [first] = people.list();
  const key = people.row(first?.id ?? '')?.keys[0] ?? '';
  expect(key).toMatch(/^badge:[0-9a-f]{64}$/);
  expect(onDisk()).toContain(key);
  expect(onDisk()).toContain('Anna');
  expect(onDisk()).not.toContain('CARD-4711');
});

it('the same badge has another hash at another hub', async () => {
  await people.save(ANNA);
  const other = await openStore({ file: join(place.path, 'other.sqlite'), clock, random });
  const theirs = await People.open({ store: other, clock, random });
  await theirs.save(ANNA);
  const keys = [people, theirs].map((each) => each.row(each.list()[0]?.id ?? '')?.keys[0]);
  await other.close();
  expect(keys[0]).not.toEqual(keys[1]);
});

it('a change keeps the badge that is not written anew, also over a restart', async () => {
  await people.save(ANNA);
  const id = people.list()[0]?.id ?? '';
  const key = people.row(id)?.keys;
  await people.save({ id, name: 'Anna B.', roles: ['supervisor', 'office'] });
  await again();
  const view = { id, name: 'Anna B.', roles: ['supervisor', 'office'] };
  expect(people.row(id)).toEqual({ keys: key, body: view });
  await people.save({ id, name: 'Anna B.', badge: 'CARD-2', roles: [] });
  expect(people.row(id)?.keys).not.toEqual(key);
});

it('whoever is forgotten is gone with the name, and their badge is free', async () => {
  await people.save(ANNA);
  const id = people.list()[0]?.id ?? '';
  expect(await people.remove(id)).toBe(true);
  expect(await people.remove(id)).toBe(false);
  expect(await people.save({ id, name: 'Anna', roles: [] })).toEqual({ kind: 'gone' });
  await again();
  expect(people.list()).toEqual([]);
  expect(await people.save({ ...ANNA, name: 'Bert' })).toMatchObject({ kind: 'saved' });
});
