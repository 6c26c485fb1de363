// The button beside a stopped endpoint: what it asks of the hub, and what it says.

import { expect, it } from 'vitest';
import { tryEndpointNow } from './index.ts';
import type { ActionOutcome } from './index.ts';

function pressed(outcome: ActionOutcome, fields: Readonly<Record<string, string>>) {
  const asked: string[] = [];
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  const port = {
    tryNow: (endpoint: string) => {
      asked.push(endpoint);
      return outcome;
    },
  };
  return tryEndpointNow(port, form).then((message) => ({ message, asked }));
}

it.each([{}, { endpoint: '' }, { endpoint: 'x'.repeat(201) }])(
  'asks nothing with %j',
  async (of) => {
    const { message, asked } = await pressed({ kind: 'done' }, of);
    expect([message.ok, asked]).toEqual([false, []]);
  },
);

it.each([
  [{ kind: 'done' }, true, 'the others follow'],
  [{ kind: 'gone' }, false, 'called already'],
  [{ kind: 'refused', reason: 'too many errors' }, false, 'too many errors'],
] as const)('says what came of it: %j', async (outcome, ok, words) => {
  const { message, asked } = await pressed(outcome, { endpoint: 'inventory/stockcounts' });
  expect(asked).toEqual(['inventory/stockcounts']);
  expect(message).toMatchObject({ ok, endpoint: 'inventory/stockcounts' });
  expect(message.message).toContain(words);
});
