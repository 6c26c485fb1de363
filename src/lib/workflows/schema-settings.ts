// Who lives here: the form of named values, and of others for some stations or some roles.

import * as z from 'zod';
import { LIMITS } from '../domain/index.ts';
import { atMost } from './at-most.ts';
import { text } from './schema-parts.ts';
import { roleNames } from './schema-people.ts';

/** In a condition it stands behind `settings.`: CEL reads no dash there, and not these words. */
const settingName = z
  .string()
  .regex(
    /^(?!(?:true|false|null|in)$)[A-Za-z][A-Za-z0-9]{0,39}$/,
    'must be letters and digits, 40 at most, and not true, false, null or in',
  );
const A_SETTING = 'must be a number, true or false, a text, or a percentage such as 10%';
export const settings = atMost(
  LIMITS.settingsPerFile,
  z.record(settingName, z.union([z.boolean(), z.number(), text(200)], A_SETTING), {
    error: 'must be names with their values',
  }),
).describe('Named values, for conditions (settings.name), tolerance and default.');

const ONE_OF = 'must have stations, or roles: one of the two';
const override = z
  .strictObject({
    stations: z
      .array(text(60), 'must be a list of station names')
      .min(1, 'must not be empty')
      .max(50)
      .describe('Names of stations, * for anything.')
      .optional(),
    roles: roleNames.describe('Roles of which whoever is signed in has one.').optional(),
    settings: settings.describe('The values that are others there, or for them.'),
  })
  .refine(({ stations, roles }) => (stations === undefined) !== (roles === undefined), {
    error: ONE_OF,
  });
export const overrides = z
  .array(override, 'must be a list')
  .max(LIMITS.overridesPerFile, `has more than ${LIMITS.overridesPerFile} entries`)
  .describe(
    'Other values for some stations or roles; the first that fits counts, roles before stations.',
  );
