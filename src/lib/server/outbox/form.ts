// Who lives here: what a posting row holds as JSON, checked on its way out of the database. The
// journal wrote the body in the transaction that accepted the goods; nothing that does not have
// this form, or that speaks of another row, is ever sent.

import * as z from 'zod';
import type { CommandId, Marker, Posting, PostingId } from '../../domain/index.ts';
import type { StepResult } from './ports.ts';

const isName = (value: unknown) => typeof value === 'string' && value !== '';
const brand = <T extends string>() => z.custom<T>(isName, 'a name');
const text = z.string();
const maybe = z.string().exactOptional();
const amount = z.number().positive();
/** A difference goes either way, never nowhere. */
const signed = z.number().refine((value) => value !== 0, 'not zero');

const numbersOf = <Q extends z.ZodType<number, number>>(quantity: Q) => ({
  batches: z.array(z.object({ number: text, quantity, expiry: maybe })).exactOptional(),
  serials: z.array(text).exactOptional(),
});
const numbers = numbersOf(amount);
const goods = { item: text, quantity: amount, location: maybe, ...numbers };
const orderLines = z.array(z.object({ orderLine: text, ...goods })).min(1);
const moved = { item: text, quantity: amount, fromLocation: maybe, toLocation: maybe, ...numbers };
const transferLines = z.array(z.object(moved)).min(1);
const found = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('counted'), quantity: z.number().nonnegative() }),
  z.object({ kind: z.literal('difference'), quantity: signed }),
]);
const countLine = z
  .object({ item: text, location: maybe, reason: maybe, found, ...numbersOf(z.number()) })
  .refine(
    ({ found: { kind }, batches = [] }) =>
      batches.every(({ quantity }) => (kind === 'counted' ? quantity >= 0 : quantity !== 0)),
    'batches that say something',
  );

const head = {
  id: brand<PostingId>(),
  marker: brand<Marker>(),
  document: text,
  commands: z.array(brand<CommandId>()),
  reverses: brand<PostingId>().exactOptional(),
  takesBack: z.array(brand<CommandId>()).exactOptional(),
};
const undoing = { ...head, reverses: brand<PostingId>() };

const issuedPart = z.object({
  ...{ posting: brand<PostingId>(), original: text.min(1), quantity: amount, ...numbers },
});

const posting = z.discriminatedUnion('kind', [
  z.object({ ...head, kind: z.literal('goodsReceipt'), lines: orderLines }),
  z.object({ ...head, kind: z.literal('goodsDelivery'), lines: orderLines }),
  z.object({
    ...{ ...head, kind: z.literal('stockCount'), warehouse: text },
    lines: z.array(countLine).min(1),
  }),
  z.object({
    ...{ ...head, kind: z.literal('warehouseTransfer'), lines: transferLines },
    ...{ fromWarehouse: text, toWarehouse: text },
  }),
  z.object({
    ...{ ...head, kind: z.literal('locationTransfer'), lines: transferLines, warehouse: text },
  }),
  z.object({ ...head, ...goods, kind: z.literal('materialIssue'), plan: text, warehouse: text }),
  z.object({
    ...{ ...head, ...goods, kind: z.literal('materialSubstitution'), plan: text, warehouse: text },
  }),
  z.object({
    ...{ ...head, ...goods, kind: z.literal('materialReturn'), plan: text, warehouse: text },
    of: z.array(issuedPart).min(1),
  }),
  z.object({ ...head, ...goods, kind: z.literal('shopOrderReceipt'), warehouse: text }),
  z.object({
    ...{ ...head, ...goods, kind: z.literal('byProductReceipt'), plan: text, warehouse: text },
  }),
  z.object({ ...undoing, kind: z.literal('purchaseReturn'), receipt: text, lines: orderLines }),
  z.object({
    ...{ ...undoing, kind: z.literal('materialReversal'), original: text, ...numbers },
    quantity: amount.exactOptional(),
  }),
  z.object({ ...undoing, kind: z.literal('shopOrderReversal'), original: text }),
  z.object({ ...undoing, kind: z.literal('byProductReversal'), original: text }),
]);

const result = z.object({
  ...{ exactId: text.min(1), documentNumber: z.string().nullable() },
  whole: z.literal(true).exactOptional(),
  plan: z.object({ was: z.number(), is: z.number() }).exactOptional(),
});
/** A hole: the step was done, and what it left in Exact is gone. */
const results = z.array(result.nullable());

const names = z.object({ id: brand<PostingId>(), marker: brand<Marker>() });

/** The names of a row: its columns, which hold even when its body does not. */
export function readNames(row: { readonly id: string; readonly marker: string }) {
  return names.parse(row);
}

export type ReadPosting =
  | {
      readonly kind: 'read';
      readonly posting: Posting;
      /** By step; null where the thing is gone again, nothing for steps that were never done. */
      readonly results: readonly (StepResult | null)[];
      /** The results of the steps before the one that is next. */
      readonly done: readonly StepResult[];
    }
  | { readonly kind: 'unreadable'; readonly words: string };

interface StoredPosting {
  readonly id: string;
  readonly marker: string;
  readonly kind: string;
  readonly body: string;
  readonly step: number;
  readonly results: string;
}

/** The posting of a row, or why a damaged body, or one of another row, is none. */
export function readPosting(row: StoredPosting): ReadPosting {
  const json = readJson(row.body);
  if (json === undefined) return unreadable('it is no JSON');
  const parsed = posting.safeParse(json.value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return unreadable(`${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`.trim());
  }
  const { id, marker, kind } = parsed.data;
  if (id !== row.id || marker !== row.marker || kind !== row.kind) {
    return unreadable('it is that of another posting');
  }
  const stored = results.safeParse(readJson(row.results)?.value);
  const done = stored.data?.slice(0, row.step).filter((each) => each !== null);
  if (!stored.success || done?.length !== row.step) return unreadable('its steps are damaged');
  return { kind: 'read', posting: parsed.data, results: stored.data, done };
}

/** How many documents the posting of a row becomes; one that can't be read is taken for one. */
export function partsIn(row: StoredPosting): number {
  const read = readPosting(row);
  return read.kind === 'read' && 'of' in read.posting ? read.posting.of.length : 1;
}

/** Undefined when the text is no JSON; JSON.parse says so only by throwing. */
export function readJson(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function unreadable(why: string): ReadPosting {
  return { kind: 'unreadable', words: `The stored body of this posting can't be read: ${why}` };
}
