// Who lives here: documents that Exact refuses: something in them does not exist, or is no id.
// The hub cannot know; it finds out by Exact's answer, once.

import type { Posting } from '../../../src/lib/domain/index.ts';
import type { Chance } from './plan.ts';

function nobody(chance: Chance): string {
  const digits = Array.from({ length: 12 }, () => chance.below(16).toString(16)).join('');
  // Exact answers 500 where something does not exist, which it does not count, and 400 where it can't
  // even read what is asked for, which it does.
  return digits < '8' ? `dead0000-0000-4000-8000-${digits}` : `dead0000-${digits}`;
}

export function poisoned(posting: Posting, chance: Chance): Posting {
  const id = nobody(chance);
  switch (posting.kind) {
    case 'goodsReceipt':
      return { ...posting, lines: posting.lines.map((line) => ({ ...line, location: id })) };
    case 'goodsDelivery':
      return { ...posting, lines: posting.lines.map((line) => ({ ...line, orderLine: id })) };
    case 'stockCount':
      return { ...posting, lines: posting.lines.map((line) => ({ ...line, item: id })) };
    case 'warehouseTransfer':
      return { ...posting, lines: posting.lines.map((line) => ({ ...line, item: id })) };
    case 'locationTransfer':
      return { ...posting, lines: posting.lines.map((line) => ({ ...line, item: id })) };
    case 'materialSubstitution':
      return { ...posting, item: id };
    case 'materialIssue':
      return { ...posting, plan: id };
    case 'byProductReceipt':
      return { ...posting, plan: id };
    case 'shopOrderReceipt':
      return { ...posting, document: id };
    case 'materialReturn':
      return { ...posting, of: posting.of.map((part) => ({ ...part, original: id })) };
    case 'purchaseReturn':
      return { ...posting, receipt: id };
    case 'materialReversal':
    case 'shopOrderReversal':
    case 'byProductReversal':
      return { ...posting, original: id };
  }
}
