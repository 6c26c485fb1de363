// Who lives here: the form of what a workflow file says of people: roles, and counts that are held
// against the books and counted again by somebody else.

import * as z from 'zod';
import { LIMITS } from '../domain/index.ts';
import { atMost } from './at-most.ts';
import { label, name } from './schema-parts.ts';

export const A_TOLERANCE = 'must be a percentage such as 10%, or a setting such as settings.over';
export const TOLERANCE = /^(\d{1,3}(\.\d{1,2})?%|settings\.[A-Za-z][A-Za-z0-9]{0,39})$/;

export const roles = atMost(
  LIMITS.rolesPerFile,
  z.record(name, label, { error: 'must be names with their labels' }),
).describe('Who may say yes: names, and what operators read; people are on the admin page.');

export const roleNames = z
  .array(name, 'must be a list of roles')
  .min(1, 'must not be empty')
  .max(LIMITS.rolesPerFile, `has more than ${LIMITS.rolesPerFile} entries`);

/** Other material than was planned, which somebody says yes to. */
export const substitute = z.strictObject({ role: name.describe('Whose badge says yes to it.') });

const share = z
  .string(A_TOLERANCE)
  .regex(TOLERANCE, A_TOLERANCE)
  .describe('So far off in a share of what the books have; left out: none of it.')
  .optional();
const pieces = z
  .number('must be a number')
  .min(0, 'must be 0 at least')
  .max(LIMITS.countPieces, `is above ${LIMITS.countPieces}`)
  .describe('So far off in stock units; left out: not one.')
  .optional();
export const recount = z.strictObject({
  tolerance: share,
  pieces,
  by: z.literal('other').describe('Somebody else counts again; left out: anybody.').optional(),
  above: z
    .strictObject({
      tolerance: share,
      pieces,
      role: name.describe('Whose badge says yes to it.'),
    })
    .describe('Farther off than this somebody must say yes; left out: nobody must.')
    .optional(),
});
