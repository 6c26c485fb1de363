// Who lives here: the form of the replica's rows, for who finds some on a disk. What a row says more
// than is asked for here is kept: an older program reads what it knows.

import * as z from 'zod/mini';
import { ORDER_PARTS } from '../domain/index.ts';
import type { ReplicaRow } from './messages.ts';

const text = z.string();
const amount = z.number();
const place = z.object({ id: text, code: text });

const item = z.object({
  ...{ id: text, code: text, name: text, unit: text },
  tracking: z.enum(['none', 'batch', 'serial']),
  ...{ hasExpiry: z.boolean(), fractions: z.boolean(), barcode: z.optional(text) },
  packs: z.array(z.object({ barcode: text, quantity: amount, unit: text })),
  defaultLocations: z.record(text, place),
});
const warehouse = z.object({
  ...{ id: text, code: text, name: text, usesLocations: z.boolean() },
  defaultLocation: z.optional(place),
});
const location = z.object({
  ...{ id: text, code: text, name: text, warehouseId: text },
  sequence: z.optional(amount),
});

const source = z.object({
  ...{ location: z.optional(place), sequence: z.optional(amount) },
  ...{ batch: z.optional(text), expiry: z.optional(text), quantity: amount },
});
const line = z.object({
  ...{ id: text, lineNumber: amount, item, supplierItemCode: z.optional(text) },
  ...{ ordered: amount, done: amount, pending: amount },
  part: z.optional(z.enum(ORDER_PARTS)),
  ...{ sources: z.optional(z.array(source)), held: z.optional(text) },
});
const order = z.object({
  kind: z.enum(['purchaseOrder', 'salesOrder', 'shopOrder', 'load', 'refill']),
  ...{ id: text, number: text, partnerName: text, partnerCode: text, warehouse },
  ...{ expectedDate: z.optional(text), lines: z.array(line), seq: amount },
  totes: z.optional(z.array(text)),
});

const person = z.object({ id: text, name: text, roles: z.array(text) });

const base = { id: text, version: amount, keys: z.array(text) };
const row = z.discriminatedUnion('kind', [
  z.object({ ...base, kind: z.literal('item'), body: z.nullable(item) }),
  z.object({ ...base, kind: z.literal('location'), body: z.nullable(location) }),
  z.object({ ...base, kind: z.literal('warehouse'), body: z.nullable(warehouse) }),
  z.object({ ...base, kind: z.literal('order'), body: z.nullable(order) }),
  z.object({ ...base, kind: z.literal('person'), body: z.nullable(person) }),
]);

/** Whether `value` is a row as this protocol has them. */
export function isReplicaRow(value: unknown): value is ReplicaRow {
  return row.safeParse(value).success;
}
