// I-04: which answers are no answers, so that they may have been errors that Exact counts.

import { expect, it } from 'vitest';
import { LIMITS } from '../../../domain/index.ts';
import { CallBudget } from './budget.ts';

const START_MS = Date.UTC(2026, 10, 23, 8, 0, 30);

it('I-04: a 500 without words may hide an error; one with words refuses a document, and is none', () => {
  const clock = { nowMs: () => START_MS };
  const budget = new CallBudget({ clock, steady: { elapsedMs: () => 0 } });
  const call = (status: number, words: string | undefined) => {
    budget.take('post', 'a').answered(status, new Headers(), words);
  };
  call(400, 'Mandatory: Item');
  for (let n = 0; n < LIMITS.exactErrorsTried; n += 1) call(500, 'Exists');
  expect(budget.view().endpoints).toMatchObject([{ errors: 1, unheard: 0, state: 'closed' }]);
  call(500, undefined);
  call(408, undefined);
  call(201, undefined);
  expect(budget.view().endpoints).toMatchObject([{ errors: 1, unheard: 2, state: 'closed' }]);
});
