// Which workflows a station runs, and what a trail says of a command.

import { expect, it } from 'vitest';
import { fits } from './words.ts';

it('a workflow for other stations does not fit', () => {
  expect(fits({ stations: ['dock-*'] }, 'pack-1')).toBe(false);
  expect(fits({ stations: ['dock-1'] }, 'dock-11')).toBe(false);
  expect(fits({ stations: ['a*a'] }, 'a')).toBe(false);
});

it('patterns are literal text with * for anything', () => {
  expect(fits({ stations: [] }, 'anything')).toBe(true);
  expect(fits({ stations: ['x', 'dock-*'] }, 'dock-2')).toBe(true);
  expect(fits({ stations: ['*'] }, '')).toBe(true);
  expect(fits({ stations: ['*-north-*'] }, 'dock-north-2')).toBe(true);
  expect(fits({ stations: ['d.ck'] }, 'dock')).toBe(false);
});
