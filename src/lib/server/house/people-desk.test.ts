// The desk of the people: what is written down reaches the ledger and the stations at once, and roles
// that the workflows ask for and nobody has are told.

import { expect, it } from 'vitest';
import { emptyWorld } from '../../ledger/index.ts';
import type { World } from '../../ledger/index.ts';
import type { People } from '../people/index.ts';
import type { PersonView } from '../../domain/index.ts';
import { PeopleDesk } from './people-desk.ts';

const label = { en: 'Supervisor', nl: 'L', de: 'L', fr: 'R' };
const ASKS = { roles: [{ name: 'supervisor', label }] } as never;

function desk(workflows: readonly never[] = [ASKS]) {
  let world: World = emptyWorld();
  const told: string[] = [];
  const list: PersonView[] = [];
  const people: Pick<People, 'list' | 'save' | 'remove'> = {
    list: () => list,
    save: ({ name, roles, badge }) => {
      if (badge === 'BOLT') return Promise.resolve({ kind: 'badge-known' });
      const person = { id: `key-${name}`, name, roles };
      list.push(person);
      return Promise.resolve({ kind: 'saved', person });
    },
    remove: (id) => {
      const at = list.findIndex((each) => each.id === id);
      if (at >= 0) list.splice(at, 1);
      return Promise.resolve(at >= 0);
    },
  };
  const made = new PeopleDesk({
    people: people as People,
    writer: {
      withWorld: (change) => {
        world = change(world);
        return Promise.resolve();
      },
    },
    projection: {
      // Loads that somebody sent are told anew as well: nobody sent any here.
      touch: (kind, ids) => {
        for (const id of ids) told.push(`${kind} ${id}`);
      },
      flush: () => Promise.resolve(void told.push('flushed')),
    },
    workflows: { inForce: workflows },
  });
  return { made, told, rolesOf: (id: string) => world.people.get(id) };
}

it('whoever is written down may say yes from now on, and every station hears of the badge', async () => {
  const { made, told, rolesOf } = desk();
  const anna = { name: 'Anna', badge: 'B-1', roles: ['supervisor'] };
  expect(await made.save(anna)).toEqual({ kind: 'done' });
  expect(rolesOf('key-Anna')).toEqual(['supervisor']);
  expect(told).toEqual(['person key-Anna', 'flushed']);
});

it('whoever is forgotten may not, and stations forget the badge', async () => {
  const { made, told, rolesOf } = desk();
  await made.save({ name: 'Anna', badge: 'B-1', roles: ['supervisor'] });
  expect(await made.remove('key-Anna')).toEqual({ kind: 'done' });
  expect(await made.remove('key-Anna')).toEqual({ kind: 'gone' });
  expect(rolesOf('key-Anna')).toBeUndefined();
  expect(told).toHaveLength(4);
});

it('what is refused changes nothing, and says why in a sentence', async () => {
  const { made, told } = desk();
  const outcome = await made.save({ name: 'Anna', badge: 'BOLT', roles: [] });
  expect(outcome).toMatchObject({
    kind: 'refused',
    reason: expect.stringMatching(/\.$/) as string,
  });
  expect(told).toEqual([]);
});

it('a role that is asked for is told once, with how many have it', async () => {
  const { made } = desk([ASKS, ASKS, {} as never]);
  const supervisor = { name: 'supervisor', label: 'Supervisor' };
  expect(made.report().roles).toEqual([{ ...supervisor, holders: 0 }]);
  await made.save({ name: 'Anna', badge: 'B-1', roles: ['supervisor'] });
  expect(made.report().roles).toEqual([{ ...supervisor, holders: 1 }]);
});
