// The form of the people page: what is refused before anybody is written down.

import { expect, it } from 'vitest';
import { actOnPeople, peopleLine } from './index.ts';
import type { PeoplePort, PersonForm } from './index.ts';

function port(): PeoplePort & { saved: PersonForm[]; removed: string[] } {
  const [saved, removed]: [PersonForm[], string[]] = [[], []];
  return {
    ...{ saved, removed },
    report: () => ({ people: [], roles: [] }),
    save: (person) => {
      saved.push(person);
      return Promise.resolve({ kind: 'done' });
    },
    remove: (id) => {
      removed.push(id);
      return Promise.resolve({ kind: 'gone' });
    },
  };
}

function form(fields: Readonly<Record<string, string>>, roles: readonly string[] = []): FormData {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.set(name, value);
  for (const role of roles) data.append('role', role);
  return data;
}

it.each([
  ['without a badge', { name: 'Anna' }, 'Scan the badge into its field.'],
  ['without a name', { name: ' ', badge: 'B-1' }, 'Say whose badge it is.'],
  ['with a name of a novel', { name: 'A'.repeat(61), badge: 'B-1' }, 'at most 60'],
  ['with a role that no file could use', { name: 'A', badge: 'B', roles: 'The Boss' }, 'A role is'],
  ['with an id that is none', { id: 'x', name: 'A' }, 'Invalid'],
])('nobody is written down %s', async (_what, fields, words) => {
  const desk = port();
  const message = await actOnPeople(desk, form(fields));
  expect(message.ok).toBe(false);
  expect(message.message).toContain(words);
  expect(message.message).not.toContain('B-1');
  expect(desk.saved).toEqual([]);
});

it('roles are ticked or typed, each once', async () => {
  const desk = port();
  const fields = { name: ' Anna ', badge: 'B-1', roles: 'office, supervisor' };
  expect((await actOnPeople(desk, form(fields, ['supervisor']))).ok).toBe(true);
  expect(desk.saved).toEqual([{ name: 'Anna', badge: 'B-1', roles: ['supervisor', 'office'] }]);
});

it('whoever is gone already is said to be', async () => {
  const desk = port();
  const message = await actOnPeople(desk, form({ act: 'remove', id: 'someone' }));
  expect(message).toEqual({ ok: false, message: 'Somebody has already removed this person.' });
  expect(desk.removed).toEqual(['someone']);
});

it('the admin page says which role is nobody’s', () => {
  const roles = [
    { name: 'supervisor', label: 'Supervisor', holders: 0 },
    { name: 'office', label: 'Office', holders: 2 },
  ];
  const line = peopleLine({ people: [], roles });
  expect(line).toEqual({ ok: false, words: '0 badges. Nobody is: Supervisor.' });
});
