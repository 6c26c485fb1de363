// Check digits of places: those of the standard, and different ones for what is easily mixed up.

import { describe, expect, it } from 'vitest';
import { placeDigits } from './place-digits.ts';

const CODES = ['A', 'B', 'C'].flatMap((aisle) =>
  Array.from({ length: 60 }, (_, at) => `${aisle}-${String(at + 1).padStart(2, '0')}`),
);

describe('check digits of places', () => {
  it.each([
    // The example of ISO/IEC 7064, and the creditor reference of ISO 11649 (RF18 539007547034).
    ['0794', '44'],
    ['539007547034RF', '18'],
    ['a-01', placeDigits('A01')],
  ])('of %s are %s', (code, digits) => expect(placeDigits(code)).toBe(digits));

  it('are two digits for every code, also for one without a letter or digit', () => {
    for (const code of [...CODES, '', '--']) expect(placeDigits(code)).toMatch(/^\d{2}$/);
  });

  it('differ where one character was misread, or two neighbours were swapped', () => {
    for (const code of CODES) {
      const others = CODES.filter(
        (other) => [...other].filter((character, at) => character !== code[at]).length === 1,
      );
      const swapped = code.slice(0, -2) + [...code.slice(-2)].reverse().join('');
      for (const other of swapped === code ? others : [...others, swapped]) {
        expect([other, placeDigits(other)]).not.toEqual([other, placeDigits(code)]);
      }
    }
  });
});
