// Who lives here: the kinds of postings that the tests put in, with the goods that each is tried with.

import type { PostingKind } from '../../src/lib/domain/index.ts';

export type Tracking = 'plain' | 'batch' | 'serial';
/** In the warehouse with storage locations, or in the one without. */
export type Place = 'location' | 'none';

/** Kinds that begin something; the others take one of these back. */
export type FirstKind = Exclude<
  PostingKind,
  | 'purchaseReturn'
  | 'materialReturn'
  | 'materialReversal'
  | 'shopOrderReversal'
  | 'byProductReversal'
>;
export const TRACKINGS: readonly Tracking[] = ['plain', 'batch', 'serial'];

export const FIRST_KINDS: readonly FirstKind[] = [
  ...(['goodsReceipt', 'goodsDelivery', 'stockCount', 'warehouseTransfer'] as const),
  ...(['locationTransfer', 'materialIssue', 'shopOrderReceipt', 'byProductReceipt'] as const),
  'materialSubstitution',
];

/** Each first kind × plain, batch, serial × with a location and without. */
export const GOODS_CASES = FIRST_KINDS.flatMap((kind) =>
  TRACKINGS.flatMap((tracking) =>
    (['location', 'none'] as const)
      .filter((place) => place === 'location' || kind !== 'locationTransfer')
      .map((place) => [kind, tracking, place] as const),
  ),
);

/** So much is planned of what a substitution takes the place of. */
export const PLANNED_INSTEAD = 10;
