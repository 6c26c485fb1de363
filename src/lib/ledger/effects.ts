// Who lives here: what a posting does to the lines of its own order once Exact has booked it. The
// books of a document are kept by it, whatever kind of document it is.

import { backLineOf, insteadLineOf, unreachable } from '../domain/index.ts';
import type { Posting, PostingId, PostingOf } from '../domain/index.ts';

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
      return issued(posting);
    case 'materialSubstitution':
      // What is planned of its line falls; what was issued on it does not rise.
      return [{ line: insteadLineOf(posting.plan), quantity: posting.quantity }];
    case 'materialReturn':
      return issued({ ...posting, quantity: -posting.quantity, reverses: posting.id });
    case 'shopOrderReceipt':
      return [{ line: posting.document, quantity: posting.quantity }];
    case 'byProductReceipt':
      return [{ line: posting.plan, quantity: posting.quantity }];
    case 'stockCount':
      return [];
    case 'warehouseTransfer':
    case 'locationTransfer': {
      const sign = posting.reverses === undefined ? 1 : -1;
      return posting.lines.flatMap(({ orderLine: line, quantity }) =>
        line === undefined ? [] : [{ line, quantity: sign * quantity }],
      );
    }
    case 'purchaseReturn':
      return posting.lines.map(({ orderLine, quantity }) => ({
        line: orderLine,
        quantity: -quantity,
      }));
    case 'materialReversal':
    case 'shopOrderReversal':
    case 'byProductReversal': {
      const original = others.get(posting.reverses)?.posting;
      const taken = original === undefined ? [] : effectsOf(original, others);
      const part = 'quantity' in posting ? posting.quantity : undefined;
      return taken.map(({ line, quantity }) => ({ line, quantity: -(part ?? quantity) }));
    }
    default:
      return unreachable(posting);
  }
}

/** Material went to its plan line; what came back, or went there once more, stands on its other one. */
function issued({
  plan,
  quantity,
  reverses,
}: Pick<PostingOf<'materialIssue'>, 'plan' | 'quantity' | 'reverses'>): readonly OrderEffect[] {
  const own = { line: plan, quantity };
  return reverses === undefined ? [own] : [own, { line: backLineOf(plan), quantity: -quantity }];
}
