// Who lives here: the parts of which the schema of workflows.yaml is made: texts in four languages,
// names, conditions, times, bounds; and what every step may say of itself.

import * as z from 'zod';
import { LIMITS } from '../domain/index.ts';
import type { Language } from './types.ts';

/** Sentences begin behind the name of the place: "is …" or "must …" reads on. */
export const text = (chars: number) =>
  z.string('must be a text').min(1, 'must not be empty').max(chars, `is longer than ${chars}`);

const labelOf = (chars: number) => {
  const each = text(chars);
  const every = { en: each, nl: each, de: each, fr: each } satisfies Record<Language, unknown>;
  return z.strictObject(every).describe('The same text in every language of the product.');
};
export const label = labelOf(80);
export const longLabel = labelOf(LIMITS.shownTextChars);

export const name = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,39}$/, 'must be lower-case letters, digits and dashes, 40 at most');
export const condition = text(LIMITS.conditionChars).describe('A condition in CEL.');

const A_TIME = `must be seconds or minutes such as 90s or 2m, an hour at most`;
export const within = z
  .string(A_TIME)
  .regex(/^(([1-9]\d{0,2}|[12]\d{3}|3[0-5]\d{2}|3600)s|([1-9]|[1-5]\d|60)m)$/, A_TIME)
  .describe('The station says when so much time has passed; left out: it waits in silence.');
export const bound = z
  .number('must be a number')
  .min(-LIMITS.answerMax, `is below ${-LIMITS.answerMax}`)
  .max(LIMITS.answerMax, `is above ${LIMITS.answerMax}`);

export const stepName = name
  .describe('Its own name; left out: what it asks for, or its verb.')
  .optional();
export const when = condition
  .describe('The step is put where this holds; left out: always.')
  .optional();
export const help = longLabel
  .describe('What HELP says of the step, before our own words.')
  .optional();
