// Who lives here: the body of a posting row, checked on its way out of the database. The journal
// wrote it in the transaction that accepted the goods; nothing that does not have this form, or
// that speaks of another row, is ever sent.

import * as z from 'zod';
import type { CommandId, Marker, PostingId } from '../../domain/index.ts';
import type { GoodsReceiptPosting } from '../../ledger/index.ts';

const isName = (value: unknown) => typeof value === 'string' && value !== '';
const brand = <T extends string>() => z.custom<T>(isName, 'a name');
const amount = z.number().positive();

const posting = z.object({
  id: brand<PostingId>(),
  kind: z.literal('goodsReceipt'),
  marker: brand<Marker>(),
  document: z.string(),
  commands: z.array(brand<CommandId>()),
  lines: z
    .array(
      z.object({
        orderLine: z.string(),
        item: z.string(),
        quantity: amount,
        location: z.string().exactOptional(),
        batches: z
          .array(
            z.object({
              number: z.string(),
              quantity: amount,
              expiry: z.string().exactOptional(),
            }),
          )
          .exactOptional(),
        serials: z.array(z.string()).exactOptional(),
      }),
    )
    .min(1),
});

const names = z.object({ id: brand<PostingId>(), marker: brand<Marker>() });

/** The names of a row: its columns, which hold even when its body does not. */
export function readNames(row: { readonly id: string; readonly marker: string }) {
  return names.parse(row);
}

export type ReadPosting =
  | { readonly kind: 'read'; readonly posting: GoodsReceiptPosting }
  | { readonly kind: 'unreadable'; readonly words: string };

/** The posting of a row, or why a damaged body, or one of another row, is none. */
export function readPosting(row: {
  readonly id: string;
  readonly marker: string;
  readonly body: string;
}): ReadPosting {
  const json = readJson(row.body);
  if (json === undefined) return unreadable('it is no JSON');
  const parsed = posting.safeParse(json.value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return unreadable(`${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`.trim());
  }
  const { id, marker } = parsed.data;
  if (id !== row.id || marker !== row.marker) return unreadable('it is that of another posting');
  return { kind: 'read', posting: parsed.data };
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
