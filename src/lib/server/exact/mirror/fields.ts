// Who lives here: how one field of Exact's is checked and put into a clean form: trimmed codes,
// flags as booleans, dates as calendar dates, statuses that the reference knows
// (exact-online-api.md §2.5, §2.6). A field also reads what it wrote, so that stored rows pass the
// same check on their way out.

import * as z from 'zod';
import { calendarDate } from '../values.ts';

export const text = z.string().transform((value) => value.trim());

export const guid = z
  .string()
  .regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i)
  .transform((value) => value.toLowerCase());

/** Byte or Boolean, as the same flag comes in different entities. */
export const flag = z
  .union([z.boolean(), z.literal(0), z.literal(1), z.null()])
  .transform((value) => value === true || value === 1);

export const date = z
  .union([z.string().regex(/^\/Date\(-?\d+\)\/$/), z.iso.date(), z.null()])
  .transform((value) => (value === null ? null : (calendarDate(value) ?? value)));

export const number = z.number();

/** One of the values that the reference names; anything else is a surprise. */
export const oneOf = <const T extends readonly number[]>(...values: T) => z.literal(values);
