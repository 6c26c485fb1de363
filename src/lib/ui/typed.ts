// Who lives here: what the digits of the pad mean, as pure functions.

import { LIMITS } from '../domain/index.ts';
import type { AskedFact, InputModel, ScreenModel } from '../workflows/index.ts';

const FORM = ['Y', 'Y', 'Y', 'Y', 'M', 'M', 'D', 'D'];

/** Eight digits as they fill up, `2027-0…`; what is missing stands as underscores. */
export function dateShown(digits: string): string {
  const filled = FORM.map((_place, at) => digits.charAt(at) || '_').join('');
  return `${filled.slice(0, 4)}-${filled.slice(4, 6)}-${filled.slice(6)}`;
}

/** Digits of an SSCC. */
export const UNIT_DIGITS = 18;

/** The digits of a logistic unit in groups of six; what is missing stands as underscores. */
export function digitsGrouped(digits: string): string {
  const groups = digits.padEnd(UNIT_DIGITS, '_').match(/.{6}/g) ?? [];
  return groups.join(' ');
}

const ANSWERED: readonly (AskedFact | undefined)[] = [
  ...(['reason', 'choice', 'text', 'number', 'yes-no', 'weight', 'show'] as const),
  ...(['logisticUnit', 'tote', 'photo', 'call'] as const),
];

/** Whether the screen asks for an answer of the warehouse's own, or shows a text. */
export const isAnswered = ({ asks }: ScreenModel): boolean => ANSWERED.includes(asks);

/** Characters that fit where a fact is typed in letters. */
export function lettersOf(fact: AskedFact, input: InputModel | undefined): number {
  if (input?.fact === 'text') return input.max;
  return fact === 'serial' ? LIMITS.serialChars : LIMITS.batchChars;
}

/** The sentence for what a number may be; nothing where any will do. */
export function boundsSaid({
  min,
  max,
  unit,
}: Extract<InputModel, { fact: 'number' | 'weight' }>):
  { key: string; data: Readonly<Record<string, string | number>> } | undefined {
  if (min !== undefined && max !== undefined)
    return { key: 'ask.between', data: { min, max, unit } };
  if (min !== undefined) return min === 0 ? undefined : { key: 'ask.least', data: { min, unit } };
  return max === undefined ? undefined : { key: 'ask.most', data: { max, unit } };
}

/** The value to enter for what was typed: the digits, or a calendar date `yyyy-mm-dd`. */
export function typedValue(input: InputModel, typed: string): string {
  return input.fact === 'expiry' ? dateShown(typed).replaceAll('_', '') : typed;
}
