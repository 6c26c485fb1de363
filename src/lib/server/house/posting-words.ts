// Who lives here: what the page of the postings says of one: where it is looked for while it is in
// doubt, what may help after a rejection, and why one can't be taken back.

import type { PostingKind } from '../../domain/index.ts';
import type { Reversal } from '../../ledger/index.ts';
import { kindName } from '../admin/index.ts';
import { isPostingKind, POSTINGS } from '../exact/index.ts';

/** What is looked for in Exact while a posting of this kind is in doubt. */
export function lookedForWords(kind: string, marker: string): string {
  if (!isPostingKind(kind)) return `${kindName(kind)} ${marker}`;
  const { path, marker: field } = POSTINGS[kind].entity;
  const what = kindName(kind).toLowerCase();
  if (field === null) return `a ${what} with our draft numbers, or of the same goods, in ${path}`;
  return `a ${what} whose ${field} is ${marker}, in ${path}`;
}

const ORDER = 'the order is still approved and open';
const PERIOD = 'the financial period is open';
const NUMBERS = 'no batch or serial number is blocked';

/** What a person looks at in Exact, because it stops a document of this kind. */
const LOOK_AT: Readonly<Record<PostingKind, readonly string[]>> = {
  goodsReceipt: [ORDER, PERIOD, NUMBERS, 'the warehouse and location are in use'],
  goodsDelivery: [ORDER, 'the goods are in stock there', NUMBERS, PERIOD],
  stockCount: ['no other count of these goods is open', PERIOD, NUMBERS],
  warehouseTransfer: [
    'the goods are in stock where they leave',
    'both warehouses are in use',
    PERIOD,
  ],
  locationTransfer: [
    'the goods are in stock where they leave',
    'both locations are in use',
    PERIOD,
  ],
  materialIssue: ['the shop order is in process', 'the material is in stock', NUMBERS, PERIOD],
  materialSubstitution: [
    'the shop order is in process',
    'the material is in stock',
    'the plan may be changed',
    NUMBERS,
    PERIOD,
  ],
  materialReturn: ['the shop order is not completed', PERIOD],
  shopOrderReceipt: ['the shop order is in process', NUMBERS, PERIOD],
  byProductReceipt: ['the shop order is in process', NUMBERS, PERIOD],
  purchaseReturn: ['the goods are still in stock', PERIOD],
  materialReversal: ['the shop order is not finished', PERIOD],
  shopOrderReversal: ['the goods are still in stock', 'the shop order is not finished', PERIOD],
  byProductReversal: ['the goods are still in stock', 'the shop order is not completed', PERIOD],
};

/** What a person may put right in Exact before it is sent once more. */
export function adviceFor(kind: string): string | null {
  if (!isPostingKind(kind)) return null;
  return `Put right in Exact what its words speak of, then send it once more. Look whether ${LOOK_AT[kind].join(', ')}.`;
}

type Why = Extract<Reversal, { readonly kind: 'refused' }>['why'];

/** `office`: the words of whoever knows what Exact has no way for. */
export function unreversedWords(why: Why, office: string | undefined): string {
  switch (why) {
    case 'unknown':
      return 'The journal knows no such posting.';
    case 'unbooked':
      return 'Exact has not booked it, so there is nothing to take back.';
    case 'again':
      return 'It was taken back before.';
    case 'part':
      return 'A station took goods of it back: take the rest back in Exact.';
    case 'impossible':
      return `It can’t be taken back from here: ${office ?? 'Exact has no way back'}.`;
  }
}
