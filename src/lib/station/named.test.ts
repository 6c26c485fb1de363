// Keys become names at the last moment, and only those of people.

import { expect, it } from 'vitest';
import { fault } from '../domain/index.ts';
import type { ScreenModel } from '../workflows/index.ts';
import { namedFault, namedScreen } from './named.ts';

const PEOPLE = [{ id: 'key-1', name: 'Anna', roles: [] }];
const used = (operator: string) => fault('ledger.undo-used', { operator, used: 3 });

it('a fault says the name of a person, and of a station what it always said', () => {
  expect(namedFault(used('key-1'), PEOPLE).data).toEqual({ operator: 'Anna', used: 3 });
  expect(namedFault(used('dock-1'), PEOPLE).data['operator']).toBe('dock-1');
  expect(namedFault(used('key-1'), []).data['operator']).toBe('key-1');
  const plain = fault('step.expired', { expiry: '2026-01-01' });
  expect(namedFault(plain, PEOPLE)).toBe(plain);
});

it('message and goods that go back speak of people by name, and keep their other words', () => {
  const title = { key: 'prompt.item' };
  const line = { id: 'c', itemCode: 'BOLT', itemName: 'Bolt', quantity: 1, unit: 'pc' };
  const sold = { operator: 'key-1', did: 'deliver.line', used: 1, minutes: 2 };
  const screen: ScreenModel = {
    ...{ view: 'reverse', step: 'reverse', title, prompt: title, known: [], actions: [] },
    message: { tone: 'error', fault: used('key-1'), read: 'x' },
    back: { line, number: '17', by: 'purchaseReturn', used: sold },
  };
  const seen = namedScreen(screen, PEOPLE);
  expect(seen.message).toEqual({ tone: 'error', fault: used('Anna'), read: 'x' });
  expect(seen.back?.used?.operator).toBe('Anna');
  expect(namedScreen({ ...screen, back: { line, number: '17', by: 'x' } }, PEOPLE).back).toEqual({
    ...{ line, number: '17', by: 'x' },
  });
});
