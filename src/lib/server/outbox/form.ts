// Who lives here: the body of a posting row, checked on its way out of the database. The journal
// wrote it in the transaction that accepted the goods; nothing that does not have this form is
// ever sent.

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

/** The posting of a row; throws what zod found when the row was not written by this program. */
export function readPosting(json: string): GoodsReceiptPosting {
  return posting.parse(JSON.parse(json));
}
