// Who lives here: the form of the options about places, and about goods that are carried from one to
// another. See schema.ts.

import * as z from 'zod';
import { LIMITS } from '../domain/index.ts';

export const carrying = {
  check: z
    .literal('digits')
    .describe('Who says its check digits stands at the place; left out: not asked for.')
    .optional(),
  zeroCheck: z
    .boolean('must be true or false')
    .describe('Whether a place that should be empty now is asked about; left out: no.')
    .optional(),
  everything: z
    .boolean('must be true or false')
    .describe('ALL carries everything that lies in the place; left out: goods one by one.')
    .optional(),
  places: z
    .array(
      z
        .string('must be a text')
        .min(1, 'must not be empty')
        .max(LIMITS.codeChars, `is longer than ${LIMITS.codeChars}`),
      'must be a list of codes of places',
    )
    .min(1, 'must not be empty')
    .max(LIMITS.placesNamed, `has more than ${LIMITS.placesNamed} entries`)
    .describe('Codes of the places that it may be, * for anything; left out: any place.')
    .optional(),
  totes: z
    .array(
      z
        .string('must be a text')
        .min(1, 'must not be empty')
        .max(LIMITS.codeChars, `is longer than ${LIMITS.codeChars}`),
      'must be a list of codes of totes',
    )
    .min(1, 'must not be empty')
    .max(LIMITS.placesNamed, `has more than ${LIMITS.placesNamed} entries`)
    .describe('Codes of totes, * for anything; a tote needs it: what fits is no other code.')
    .optional(),
};
