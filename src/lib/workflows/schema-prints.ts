// Who lives here: the form of a step that asks for a label or a packing list.

import * as z from 'zod';
import { LIMITS, PRINTED } from '../domain/index.ts';
import { condition, stepName, when } from './schema-parts.ts';

const COPIES = `must be a number from 1 to ${LIMITS.printCopies}, quantity, or a condition`;
const number = z.int(COPIES).min(1, COPIES).max(LIMITS.printCopies, COPIES);
export const print = z.strictObject({
  print: z.enum(PRINTED).describe('What is asked for: a label of it, or the list of the order.'),
  id: stepName,
  when,
  copies: z
    .union([number, condition], COPIES)
    .describe('How many; quantity: one for each stock unit; left out: one.')
    .optional(),
});
export type RawPrint = z.infer<typeof print>;
