// Which workflows a station runs: those whose patterns its name fits, and of the variants that
// overrides make of one workflow the first.

import { expect, it } from 'vitest';
import { fitting } from './words.ts';

const fits = (stations: readonly string[], name: string): boolean =>
  fitting([{ id: 'w', stations }], name).length === 1;

it('a workflow for other stations does not fit', () => {
  expect(fits(['dock-*'], 'pack-1')).toBe(false);
  expect(fits(['dock-1'], 'dock-11')).toBe(false);
  expect(fits(['a*a'], 'a')).toBe(false);
});

it('patterns are literal text with * for anything', () => {
  expect(fits([], 'anything')).toBe(true);
  expect(fits(['x', 'dock-*'], 'dock-2')).toBe(true);
  expect(fits(['*'], '')).toBe(true);
  expect(fits(['*-north-*'], 'dock-north-2')).toBe(true);
  expect(fits(['d.ck'], 'dock')).toBe(false);
});

it('of the variants of one workflow a station has the first that fits, and the menu has it once', () => {
  const variants = [
    { id: 'receive', stations: ['dock-*', 'cold-*'], only: ['cold-1'] },
    { id: 'receive', stations: ['dock-*', 'cold-*'], only: ['cold-*', 'pack-*'] },
    { id: 'receive', stations: ['dock-*', 'cold-*'] },
    { id: 'count', stations: [] },
  ];
  const chosen = (name: string) => fitting(variants, name).map((one) => variants.indexOf(one));
  expect(chosen('cold-1')).toEqual([0, 3]);
  expect(chosen('cold-2')).toEqual([1, 3]);
  expect(chosen('dock-1')).toEqual([2, 3]);
  // An override does not bring a workflow to a station that it is not for.
  expect(chosen('pack-1')).toEqual([3]);
});
