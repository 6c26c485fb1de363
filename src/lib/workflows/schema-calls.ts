// Who lives here: the form of what calls another workflow: as a step, and as a detour.

import * as z from 'zod';
import { help, label, name, stepName, when, within } from './schema-parts.ts';
import { BROUGHT } from './types.ts';

const BRING = 'must be a list of facts';
const bring = z
  .array(z.enum(BROUGHT), BRING)
  .min(1, 'must not be empty')
  .max(BROUGHT.length, 'names facts twice')
  .describe('The facts that come back; left out: all that there are.')
  .optional();
const calls = name.describe('The workflow of this file that runs in between.');
export const call = z.strictObject({
  call: calls,
  id: stepName,
  when,
  bring,
  prompt: label.describe('Your words for it; left out: its label.').optional(),
  help,
  skip: z
    .boolean('must be true or false')
    .describe('One tap passes it over; left out: it must be done.')
    .optional(),
  within: within.optional(),
});
/** An entry of `detours`. */
export const detour = z.strictObject(
  { call: calls, bring },
  'must be - call: and the id of a workflow',
);
export type RawCall = z.infer<typeof call>;
