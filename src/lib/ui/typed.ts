// Who lives here: what the digits of the pad mean, as pure functions.

import type { InputModel } from '../workflows/index.ts';

const FORM = ['Y', 'Y', 'Y', 'Y', 'M', 'M', 'D', 'D'];

/** Eight digits as they fill up, `2027-0…`; what is missing stands as underscores. */
export function dateShown(digits: string): string {
  const filled = FORM.map((_place, at) => digits.charAt(at) || '_').join('');
  return `${filled.slice(0, 4)}-${filled.slice(4, 6)}-${filled.slice(6)}`;
}

/** The value to enter for what was typed: the digits, or a calendar date `yyyy-mm-dd`. */
export function typedValue(input: InputModel, typed: string): string {
  return input.fact === 'expiry' ? dateShown(typed).replaceAll('_', '') : typed;
}
