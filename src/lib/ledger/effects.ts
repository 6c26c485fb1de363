// Who lives here: what a posting does to the lines of its own order once Exact has booked it. The
// books of a document are kept by it, whatever kind of document it is.

import { unreachable } from '../domain/index.ts';
import type { Posting, PostingId } from '../domain/index.ts';

/** Stock units by order line; below zero for goods that are taken back. */
export interface OrderEffect {
  readonly line: string;
  readonly quantity: number;
}

/** `others`: the postings of the same document, for what a reversal takes back. */
export function effectsOf(
  posting: Posting,
  others: ReadonlyMap<PostingId, { readonly posting: Posting }>,
): readonly OrderEffect[] {
  switch (posting.kind) {
    case 'goodsReceipt':
    case 'goodsDelivery':
      return posting.lines.map(({ orderLine, quantity }) => ({ line: orderLine, quantity }));
    case 'materialIssue':
      return [{ line: posting.plan, quantity: posting.quantity }];
    case 'shopOrderReceipt':
      return [{ line: posting.document, quantity: posting.quantity }];
    case 'stockCount':
    case 'warehouseTransfer':
    case 'locationTransfer':
      return [];
    case 'purchaseReturn':
      return posting.lines.map(({ orderLine, quantity }) => ({
        line: orderLine,
        quantity: -quantity,
      }));
    case 'materialReversal':
    case 'shopOrderReversal': {
      const original = others.get(posting.reverses)?.posting;
      const taken = original === undefined ? [] : effectsOf(original, others);
      const part = 'quantity' in posting ? posting.quantity : undefined;
      return taken.map(({ line, quantity }) => ({ line, quantity: -(part ?? quantity) }));
    }
    default:
      return unreachable(posting);
  }
}
