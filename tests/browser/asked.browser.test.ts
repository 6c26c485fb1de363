// Who lives here: a warehouse's own questions on the glass, in a real Chromium: what a finger touches is
// what the dialogue is told, and a time that is over says so and does nothing else.

import { afterEach, expect, it, vi } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import '../../src/app.css';
import { Kiosk, loadSpeaker } from '../../src/lib/ui/index.ts';
import type { KioskActs } from '../../src/lib/ui/index.ts';
import { ASKED } from './asked.ts';
import { NO_PHOTOS } from './pictures.ts';

const speaker = await loadSpeaker('en');

/** The screen of this name, and what it tells of each touch. */
async function shown(name: string) {
  const told: unknown[] = [];
  const nothing = () => undefined;
  const acts: KioskActs = {
    photo: NO_PHOTOS,
    press: (word) => told.push(word),
    enter: (fact, value) => told.push([fact, value]),
    chooseLine: (id) => told.push(['choose', id]),
    ...{ openOrder: nothing, begin: nothing, home: nothing },
    ...{ acknowledge: nothing, signOut: nothing, speak: nothing },
  };
  const model = ASKED[name];
  if (model === undefined) throw new Error(`no sample is called ${name}`);
  await page.viewport(1280, 800);
  await render(Kiosk, { model, speaker, acts, today: '2026-11-22' });
  return { told, touch: (id: string) => page.getByTestId(id).click() };
}

afterEach(() => vi.useRealTimers());

it('a yes or a no is one touch', async () => {
  const { told, touch } = await shown('yes-no');
  await touch('answer-yes');
  await touch('answer-no');
  expect(told).toEqual([
    ['yes-no', 'yes'],
    ['yes-no', 'no'],
  ]);
});

it('a choice is told by its code and read by its words', async () => {
  const { told, touch } = await shown('choice-few');
  await expect.element(page.getByTestId('choice-C2')).toHaveTextContent('Torn box 2');
  await touch('choice-C2');
  expect(told).toEqual([['choice', 'C2']]);
});

it('a number is typed with its sign and its point, and taken with OK', async () => {
  const { told, touch } = await shown('number');
  for (const key of ['key-1', 'key-8', 'key-point', 'key-5', 'key-sign']) await touch(key);
  await expect.element(page.getByTestId('entry-value')).toHaveTextContent('−18.5 °C');
  await touch('action-OK');
  expect(told).toEqual([['number', '-18.5']]);
});

it('what is only scanned has no keys', async () => {
  await shown('weight');
  await expect.element(page.getByTestId('number-entry')).toBeInTheDocument();
  expect(page.getByTestId('numpad').elements()).toEqual([]);
});

it('a pallet’s number is typed in groups, no digit too many, and taken with OK', async () => {
  const { told, touch } = await shown('unit');
  for (const digit of '3401234500000000170') await touch(`key-${digit}`);
  await expect.element(page.getByTestId('entry-value')).toHaveTextContent('340123 450000 000017');
  await touch('action-OK');
  expect(told).toEqual([['logisticUnit', '340123450000000017']]);
});

it('a text is typed with spaces', async () => {
  const { told, touch } = await shown('text');
  await touch('type-it');
  for (const key of ['letter-A', 'letter-space', 'letter-1', 'type-take']) await touch(key);
  expect(told).toEqual([['text', 'A 1']]);
});

it('a text to read stands large with its facts, and waits for OK', async () => {
  const { told, touch } = await shown('show');
  await expect
    .element(page.getByTestId('shown-text'))
    .toHaveTextContent('PUMP-220 is heavy: two people');
  await touch('action-OK');
  expect(told).toEqual(['OK']);
});

it('what waits behind other work is said, and more other work is one touch', async () => {
  const { told, touch } = await shown('between');
  await expect.element(page.getByTestId('between')).toHaveTextContent('Receive waits with PO-1');
  await touch('detour-look-up');
  await touch('action-CANCEL');
  expect(told).toEqual([['choose', 'call:look-up'], 'CANCEL']);
});

it('a step that leads to other work says which, and waits for OK', async () => {
  const { told, touch } = await shown('call');
  await expect.element(page.getByTestId('prompt')).toHaveTextContent('Count');
  await touch('action-OK');
  expect(told).toEqual(['OK']);
});

it('a time that is over is said calmly, and nothing is done', async () => {
  vi.useFakeTimers();
  const { told } = await shown('number');
  expect(page.getByTestId('time-up').elements()).toEqual([]);
  vi.advanceTimersByTime(90_000);
  vi.useRealTimers();
  await expect.element(page.getByTestId('time-up')).toBeVisible();
  expect(told).toEqual([]);
});
