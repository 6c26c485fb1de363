/*
 * The bodies the control API takes, checked before anything happens.
 */
import { z } from 'zod';
import { DAY_WANTED, isDay } from '../seed/day.ts';
import { LEAST_ITEMS, MOST_ITEMS } from '../seed/seed.ts';

const count = z.number().int().min(0).max(1_000_000_000);

export const clockInput = z.strictObject({
  set: z.union([z.number().int(), z.iso.datetime({ offset: true })]).optional(),
  advanceMs: z.number().int().optional(),
  freeze: z.boolean().optional(),
});

export const limitsInput = z.strictObject({
  /** `older`: the limits of apps from before 2023; single values beside it win. */
  preset: z.enum(['current', 'older']).optional(),
  minutely: count.optional(),
  daily: count.optional(),
  contractDaily: count.optional(),
  errorsPerHour: count.optional(),
  errorBlockStatus: z.union([z.literal(403), z.literal(429)]).optional(),
  tokenCallsPerDay: count.optional(),
  headers: z.enum(['all', 'no-minutely']).optional(),
  resetCounters: z.boolean().optional(),
});

export const settingsInput = z.strictObject({
  overReceiptAllowed: z.boolean().optional(),
  negativeStockAllowed: z.boolean().optional(),
  language: z.enum(['en', 'nl']).optional(),
  currentDivision: count.optional(),
  maintenance: z.boolean().optional(),
});

export const resetInput = z.strictObject({
  seed: z.number().int().optional(),
  items: z.number().int().min(LEAST_ITEMS).max(MOST_ITEMS).optional(),
  day: z
    .string()
    .refine(isDay, { error: `wanted is ${DAY_WANTED}` })
    .optional(),
  keepLink: z.boolean().default(false),
});

export const expireInput = z.strictObject({
  access: z.boolean().default(true),
  refresh: z.boolean().default(false),
});

export const issueInput = z.strictObject({ divisions: z.array(z.number().int()).optional() });

export const nothing = z.strictObject({});
