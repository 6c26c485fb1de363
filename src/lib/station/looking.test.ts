// Asking the hub about what is looked up: each question once at a time, again when the hub is back.

import { expect, it } from 'vitest';
import type { LookAnswer, LookQuestion } from '../domain/index.ts';
import type { DialogueEvent, LookModel, ScreenModel } from '../workflows/index.ts';
import { Looking } from './looking.ts';

const BOLT: LookQuestion = { kind: 'item', id: 'bolt' };
const NUT: LookQuestion = { kind: 'item', id: 'nut' };

function screen(ask: LookQuestion, state: LookModel['state']): ScreenModel {
  const look = { ask, state, lies: [], more: 0, planned: [] };
  const title = { key: 'prompt.look' };
  return { view: 'ask', step: 'item', title, prompt: title, known: [], actions: [], look };
}

function desk() {
  const asked: LookQuestion[] = [];
  const told: DialogueEvent[] = [];
  const waiting: ((answer: LookAnswer | undefined) => void)[] = [];
  const looking = new Looking({
    look: (ask) => {
      asked.push(ask);
      return new Promise((resolve) => waiting.push(resolve));
    },
    orders: () => [],
    tell: (event) => {
      told.push(event);
      return Promise.resolve();
    },
  });
  const answer = async (given: LookAnswer | undefined) => {
    waiting.shift()?.(given);
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { looking, asked, told, answer };
}

it('a screen that is shown again while its answer is on the way does not ask again', async () => {
  const { looking, asked, told, answer } = desk();
  looking.shown(screen(BOLT, 'asked'));
  looking.shown(screen(BOLT, 'asked'));
  looking.shown(screen(NUT, 'asked'));
  expect(asked).toEqual([BOLT, NUT]);
  await answer({ lies: [], more: 0 });
  expect(told).toEqual([{ type: 'looked', ask: BOLT, planned: [], answer: { lies: [], more: 0 } }]);
});

it('what is known, and what is no look-up, asks nothing', () => {
  const { looking, asked } = desk();
  looking.shown(screen(BOLT, 'known'));
  looking.shown(undefined);
  looking.hubBack(screen(BOLT, 'known'));
  expect(asked).toEqual([]);
});

it('an answer that did not come is told as none, and asked again when the hub is back', async () => {
  const { looking, asked, told, answer } = desk();
  looking.shown(screen(BOLT, 'asked'));
  await answer(undefined);
  expect(told).toEqual([{ type: 'looked', ask: BOLT, planned: [] }]);
  looking.shown(screen(BOLT, 'away'));
  expect(asked).toHaveLength(1);
  looking.hubBack(screen(BOLT, 'away'));
  expect(asked).toEqual([BOLT, BOLT]);
});
