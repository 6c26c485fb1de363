// Who lives here: a bound on how many names a map of the schema may have, for the reader and editors.

import type * as z from 'zod';

/** Not more names than that; an editor is told, too. */
export function atMost<T extends z.ZodType<Readonly<Record<string, unknown>>>>(
  most: number,
  names: T,
): T {
  return names
    .refine((named) => Object.keys(named).length <= most, `has more than ${most} names`)
    .meta({ maxProperties: most });
}
