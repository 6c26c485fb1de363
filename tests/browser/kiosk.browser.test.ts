// What fingers do on the glass, in a real Chromium: every act comes out once, and as what it says.

import { expect, it } from 'vitest';
import { page } from 'vitest/browser';
import { cleanup, render } from 'vitest-browser-svelte';
import '../../src/app.css';
import { Kiosk, loadSpeaker } from '../../src/lib/ui/index.ts';
import type { KioskActs, KioskModel } from '../../src/lib/ui/index.ts';
import { GALLERY } from './models.ts';
import { OUTGOING } from './outgoing.ts';
import { NO_PHOTOS } from './pictures.ts';

async function shown(name: string, change: Partial<KioskModel> = {}) {
  const told: unknown[][] = [];
  const tell =
    (act: string) =>
    (...args: unknown[]) =>
      void told.push([act, ...args]);
  const acts: KioskActs = {
    photo: NO_PHOTOS,
    press: tell('press'),
    enter: tell('enter'),
    chooseLine: tell('chooseLine'),
    openOrder: tell('openOrder'),
    begin: tell('begin'),
    home: tell('home'),
    acknowledge: tell('acknowledge'),
    signOut: tell('signOut'),
    speak: tell('speak'),
  };
  const found = GALLERY[name] ?? OUTGOING[name];
  if (found === undefined) throw new Error(`no sample called ${name}`);
  const model = { ...found, ...change };
  await page.viewport(1280, 800);
  const speaker = await loadSpeaker('en');
  const { rerender } = await render(Kiosk, { model, speaker, acts, today: '2026-11-22' });
  return { told, rerender, model };
}

const tap = (testId: string) => page.getByTestId(testId).click();

it('OK takes the proposal, unless something was typed: then exactly that', async () => {
  const { told } = await shown('quantity');
  await tap('action-OK');
  await tap('key-1');
  await tap('key-2');
  await tap('key-delete');
  await tap('key-point');
  await tap('key-point');
  await tap('key-5');
  await tap('action-OK');
  expect(told).toEqual([
    ['press', 'OK'],
    ['enter', 'quantity', '1.5'],
  ]);
});

it('digits typed for one line never reach the next one', async () => {
  const { told, rerender, model } = await shown('quantity');
  await tap('key-9');
  const { screen } = model;
  if (screen === undefined) throw new Error('a dialogue has a screen');
  const item = { code: 'OTHER', name: 'Other goods', unit: 'pc' };
  await rerender({ model: { ...model, screen: { ...screen, item } } });
  await tap('action-OK');
  expect(told).toEqual([['press', 'OK']]);
});

it('a date is typed with eight digits', async () => {
  const { told } = await shown('expiry');
  for (const digit of '20270630') await tap(`key-${digit}`);
  await expect.element(page.getByTestId('entry-value')).toHaveTextContent('2027-06-30');
  await tap('action-OK');
  expect(told).toEqual([['enter', 'expiry', '2027-06-30']]);
});

it('without a keyboard, a batch is typed on the glass', async () => {
  const { told } = await shown('batch');
  await tap('type-it');
  for (const letter of 'L2-6') await tap(`letter-${letter}`);
  await tap('type-take');
  expect(told).toEqual([['enter', 'batch', 'L2-6']]);
  expect(document.querySelector('[data-testid="type-panel"]')).toBeNull();
});

it('a touched button keeps no focus: the Enter of a scanner must not press it again', async () => {
  const { told } = await shown('item');
  await tap('action-FINISH');
  expect(document.activeElement?.tagName).not.toBe('BUTTON');
  expect(told).toEqual([['press', 'FINISH']]);
});

it('lines can be touched only where an item is asked; orders always', async () => {
  const { told } = await shown('item');
  await page.getByRole('button', { name: /Submersible pump/ }).click();
  expect(told).toEqual([['chooseLine', 'PUMP-220']]);
  cleanup();
  const orders = await shown('choose-order');
  await page.getByRole('button', { name: /4500124/ }).click();
  expect(orders.told).toEqual([['openOrder', 'o3']]);
  cleanup();
  await shown('quantity');
  expect(document.querySelectorAll('[data-testid="line"] button')).toHaveLength(0);
});

it('what was scanned before the goods is seen while the goods are asked', async () => {
  const known = [{ fact: 'location', text: 'B-02-1' }] as const;
  const screen = GALLERY['item']?.screen;
  if (screen === undefined) throw new Error('a dialogue has a screen');
  await shown('item', { screen: { ...screen, known } });
  await expect.element(page.getByTestId('known')).toHaveTextContent('B-02-1');
  expect(document.querySelectorAll('[data-testid="line"]').length).toBeGreaterThan(0);
});

it('a fault says what was read, why it does not fit and what to do, as an alert', async () => {
  await shown('fault');
  const panel = page.getByRole('alert');
  await expect.element(panel).toHaveAttribute('data-fault', 'step.finish-line-first');
  await expect.element(page.getByTestId('fault-read')).toHaveTextContent('(10)X-99');
  await expect.element(page.getByTestId('fault-ways')).toHaveTextContent('Finish this line first');
});

it('hub away: a shape, words and the number that waits', async () => {
  await shown('quantity');
  await expect.element(page.getByTestId('hub-state')).toHaveTextContent(/Hub away.*4 waiting/);
  expect(document.querySelector('[data-testid="hub-state"] svg.away')).not.toBeNull();
});

it('a notice stands over everything until it is read', async () => {
  const { told } = await shown('notice');
  await tap('notice-close');
  expect(told).toEqual([['acknowledge', 'n1']]);
});

it('help can be closed and its commands are those that are printed', async () => {
  await shown('help');
  await expect.element(page.getByText('SD:UNDO')).toBeVisible();
  await tap('help-close');
  expect(document.querySelector('[data-testid="help"]')).toBeNull();
});

it('an order is shown as booked only when every line of it is', async () => {
  await shown('ended');
  await expect.element(page.getByTestId('stages')).toHaveAttribute('data-stage', 'accepted');
  cleanup();
  await shown('booked');
  await expect.element(page.getByTestId('stages')).toHaveAttribute('data-stage', 'booked');
});

it('an order says what kind it is: for whom, or what is made of it', async () => {
  await shown('pick-orders');
  await expect.element(page.getByRole('heading', { name: /Orders to pick/ })).toBeVisible();
  await expect.element(page.getByText('for Hôpital Saint-Louis')).toBeVisible();
  cleanup();
  await shown('shop-orders');
  const [card] = page.getByTestId('order').elements();
  expect(card?.textContent).toContain('makes 40 pc Extraction unit');
  // Progress is that of the materials: what the order makes is other work.
  expect(card?.textContent).toContain('2 / 6');
  cleanup();
  await shown('issue-item');
  await expect
    .element(page.getByTestId('document'))
    .toHaveTextContent(/Shop order for Extraction unit/);
  const listed = page
    .getByTestId('line')
    .elements()
    .map((line) => line.getAttribute('data-item'));
  expect(listed).toContain('RESIN-5');
  expect(listed).not.toContain('AX-2000');
});

it('a line says where to go: the first place and its batch; what is complete says nothing', async () => {
  await shown('pick-item');
  const placeOn = (item: string) =>
    document.querySelector(`[data-item="${item}"] [data-testid="place"]`)?.textContent ?? '';
  expect(placeOn('RESIN-5')).toMatch(/B-02-1[^]*L26-0815/);
  expect(placeOn('RESIN-5')).not.toContain('C-11-4');
  expect(placeOn('BOLT-M8-40')).toBe('');
  expect(placeOn('GLOVE-XL')).toBe('');
  cleanup();
  await shown('pick-quantity');
  await expect.element(page.getByTestId('take-from')).toHaveTextContent(/B-02-1.*Jun 30, 2027/);
  cleanup();
  // A place that is proposed is not said twice.
  await shown('pick-place');
  expect(document.querySelector('[data-testid="take-from"]')).toBeNull();
});
