// Which days exist. The rest of facts.ts is in the tables of decide.test.ts.

import { describe, expect, it } from 'vitest';
import { isCalendarDate } from './facts.ts';

describe('isCalendarDate', () => {
  it.each([
    ['2028-02-29', true],
    ['2027-02-29', false],
    ['2000-02-29', true],
    ['2100-02-29', false],
    ['2027-12-31', true],
    ['2027-13-01', false],
    ['2027-00-10', false],
    ['2027-04-31', false],
    ['2027-04-00', false],
    ['27-04-01', false],
    ['', false],
  ])('%s: %s', (text, is) => {
    expect(isCalendarDate(text)).toBe(is);
  });
});
