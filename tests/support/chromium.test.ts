// How the tests come by their Chromium.

import { afterEach, beforeEach, expect, it } from 'vitest';
import { chromiumFlags, ensureChromium, findChromium, NoChromium } from './chromium.ts';

let before: string | undefined;
beforeEach(() => {
  before = process.env['SCANDOCK_CHROMIUM'];
});
afterEach(() => {
  if (before === undefined) delete process.env['SCANDOCK_CHROMIUM'];
  else process.env['SCANDOCK_CHROMIUM'] = before;
});

it('says plainly that a chosen one is not there, and takes no other', () => {
  process.env['SCANDOCK_CHROMIUM'] = '/nowhere/chromium';
  expect(() => findChromium()).toThrow(NoChromium);
  expect(() => ensureChromium()).toThrow('SCANDOCK_CHROMIUM names /nowhere/chromium');
});

it('takes the chosen one, and remembers what it found for child processes', () => {
  process.env['SCANDOCK_CHROMIUM'] = process.execPath;
  expect(ensureChromium()).toBe(process.execPath);
  expect(process.env['SCANDOCK_CHROMIUM']).toBe(process.execPath);
});

it('switches the sandbox off for root only, who could not start it otherwise', () => {
  const asRoot = process.getuid?.() === 0;
  expect(chromiumFlags().includes('--no-sandbox')).toBe(asRoot);
});
