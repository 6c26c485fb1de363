// What the digits of the pad mean.

import { expect, it } from 'vitest';
import { dateShown, typedValue } from './typed.ts';

it('an unfinished date is shown unfinished and entered unfinished, so that it is refused', () => {
  expect(dateShown('20270')).toBe('2027-0_-__');
  expect(typedValue({ fact: 'expiry', value: '' }, '20270')).toBe('2027-0-');
});

it('eight digits are a date, and a quantity stays as typed', () => {
  expect(typedValue({ fact: 'expiry', value: '' }, '20270630')).toBe('2027-06-30');
  expect(typedValue({ fact: 'quantity', value: '5', unit: 'pc', max: 9 }, '1.5')).toBe('1.5');
});
