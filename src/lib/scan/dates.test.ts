// Who lives here: proofs of the GS1 dates.

import { describe, expect, it } from 'vitest';
import { gs1Date } from './dates.ts';

describe('gs1Date', () => {
  it.each(['261301', '260001', '260132', '260230', '260431', '250229', '', '26010', '2601011'])(
    'has no day for %j',
    (text) => {
      expect(gs1Date(text, 2026)).toBeUndefined();
    },
  );

  it.each([
    ['260131', '2026-01-31'],
    ['280229', '2028-02-29'],
    ['260400', '2026-04-30'],
    ['260200', '2026-02-28'],
    ['280200', '2028-02-29'],
    ['000200', '2000-02-29'],
  ])('reads %j as %j', (text, date) => {
    expect(gs1Date(text, 2026)).toBe(date);
  });

  it.each([
    [2026, '76', '2076'],
    [2026, '77', '1977'],
    [2026, '99', '1999'],
    [2026, '00', '2000'],
    [2049, '99', '2099'],
    [2049, '00', '2000'],
    [2050, '00', '2100'],
    [2050, '01', '2001'],
    [2051, '01', '2101'],
    [2051, '02', '2002'],
    [2099, '49', '2149'],
    [2099, '50', '2050'],
    [1999, '00', '2000'],
  ])('places year %i, digits %j in %s', (thisYear, digits, year) => {
    expect(gs1Date(`${digits}0615`, thisYear)).toBe(`${year}-06-15`);
  });
});
