// Who lives here: the shop orders that a story gives, in the form in which it writes them.

import { z } from 'zod';

const text = z.string().min(1);
const count = z.number().nonnegative();

/** What goes into a shop order, or comes out of it beside its product; Exact books backflush itself. */
const material = z.strictObject({
  ...{ item: text, planned: count, issued: count.default(0) },
  ...{ 'by-product': z.boolean().default(false), backflush: z.boolean().default(false) },
});

export const shopOrder = z.strictObject({
  number: text,
  warehouse: text,
  /** The item that it makes, how many are planned, and how many were made. */
  makes: text,
  planned: count,
  made: count.default(0),
  materials: z.array(material),
});
