// Who lives here: the one table that says, for each kind of posting, in which of Exact's lists it
// stands, in which steps it gets there, how each step is recognised, and what takes it back.
// Whoever adds a kind adds a row; the compiler asks for all of it.
//
//   kind              steps                    marker       known again by        taken back by
//   goodsReceipt      1                        Description  marker                purchaseReturn
//   goodsDelivery     1                        Description  marker                the office
//   stockCount        draft, process (twice    Description  marker; status 21     a counter-count
//                     with numbers)
//   warehouseTransfer 1                        Description  marker                a counter-transfer
//   locationTransfer  1                        Description  marker                a counter-transfer
//   materialIssue     a draft a number, issue  Note         marker                materialReversal
//   materialSubstitution  a plan line, a draft  Note   marker               the office
//                     a number, issue, less planned
//   materialReturn    a reversal an issue      Note         marker and issue      materialIssue
//   shopOrderReceipt  a draft a number, receipt  none       draft id or likeness  shopOrderReversal
//   byProductReceipt  a draft a number, receipt  none       draft id or likeness  byProductReversal
//   purchaseReturn    1                        Description  marker                the office
//   materialReversal  1                        Note         marker                the office
//   shopOrderReversal 1                        Note         marker                the office
//   byProductReversal 1                        Note         marker                the office

import type { Posting, PostingKind, PostingOf } from '../../../domain/index.ts';
import { textLiteral } from '../values.ts';
import { countSteps, ownerOf, PROCESSED } from './counts.ts';
import {
  goodsDeliveryBody,
  goodsReceiptBody,
  purchaseReturnBody,
  transferBody,
} from './documents.ts';
import { ENTITIES } from './entities.ts';
import { draftSteps } from './numbers.ts';
import { readKey, textIn } from './step.ts';
import type { Desk, Entity, Look, Made, Step } from './step.ts';
import { substitutionSteps } from './substitution.ts';
import {
  materialIssueBody,
  outputBody,
  outputLooks,
  returnSteps,
  reversalBody,
} from './transactions.ts';

/** Kinds that take back one of another kind. */
type Undoes =
  | 'purchaseReturn'
  | 'materialReversal'
  | 'materialIssue'
  | 'shopOrderReversal'
  | 'byProductReversal';

export interface PostingSpec<K extends PostingKind> {
  readonly entity: Entity;
  /** The field of each line that carries the marker once more, for a person's eye. */
  readonly witness: string | null;
  readonly steps: (posting: PostingOf<K>) => readonly [...Step[], Step];
  /** `counter`: another document of the same kind, the other way round. */
  readonly undo: Undoes | 'counter' | 'office';
  /** Where one posting becomes several documents: the field that tells them apart. */
  readonly apart?: string;
  /** A row of the list that is only a draft says so; others are booked as they stand. */
  readonly booked?: { readonly field: string; readonly value: number };
  /** Where a posting may take several documents: whose one is by its text, and the end of how many steps. */
  readonly ownerOf?: (text: string) => { readonly marker: string; readonly steps: number };
  /** Another list that it leaves its marker in, and the end of how many steps that is. */
  readonly beside?: {
    readonly entity: Entity & { readonly marker: string };
    readonly steps: number;
  };
}

export type PostingTable = { readonly [K in PostingKind]: PostingSpec<K> };

/** The look that finds a document by its marker; undefined fields of other rows never match. */
function byMarker(entity: Entity & { readonly marker: string }, marker: string): Look {
  return {
    entity,
    filter: `${entity.marker} eq ${textLiteral(marker)}`,
    fields: [],
    is: (row) => textIn(row, entity.marker) === marker,
  };
}

/** The one step of a document that is booked as soon as it is posted. */
function booking<P extends Posting>(
  entity: Entity & { readonly marker: string },
  what: string,
  body: (desk: Desk, posting: P) => Made | Promise<Made>,
): (posting: P) => Step {
  return (posting) => ({
    ...{ path: entity.path, what, removable: false },
    make: async (desk) => body(desk, posting),
    read: readKey(entity),
    looks: () => [byMarker(entity, posting.marker)],
  });
}

const receiptStep = booking(ENTITIES.goodsReceipts, 'goods receipt', goodsReceiptBody);
const deliveryStep = booking(ENTITIES.goodsDeliveries, 'goods delivery', goodsDeliveryBody);
const transferStep = booking(ENTITIES.warehouseTransfers, 'transfer', transferBody);
const issueStep = booking(ENTITIES.materialIssues, 'material issue', materialIssueBody);
const returnStep = booking(ENTITIES.purchaseReturns, 'purchase return', purchaseReturnBody);
const issueBackStep = booking(ENTITIES.materialReversals, 'material reversal', reversalBody);
const madeBackStep = booking(ENTITIES.shopOrderReversals, 'shop order reversal', reversalBody);

const byProductBackStep = booking(ENTITIES.byProductReversals, 'by-product reversal', reversalBody);

function outStep(posting: PostingOf<'shopOrderReceipt' | 'byProductReceipt'>): Step {
  const { entity } = POSTINGS[posting.kind];
  const what = posting.kind === 'byProductReceipt' ? 'by-product' : 'shop order';
  return {
    ...{ path: entity.path, what: `${what} receipt`, removable: false },
    make: (desk) => Promise.resolve(outputBody(desk, posting)),
    read: readKey(entity),
    looks: () => outputLooks(posting),
  };
}

export const POSTINGS: PostingTable = {
  goodsReceipt: {
    ...{ entity: ENTITIES.goodsReceipts, witness: 'Notes', undo: 'purchaseReturn' },
    steps: (posting) => [receiptStep(posting)],
  },
  goodsDelivery: {
    ...{ entity: ENTITIES.goodsDeliveries, witness: 'Notes', undo: 'office' },
    steps: (posting) => [deliveryStep(posting)],
  },
  stockCount: {
    ...{ entity: ENTITIES.stockCounts, witness: null, undo: 'counter', booked: PROCESSED },
    ...{ steps: countSteps, ownerOf },
  },
  warehouseTransfer: {
    ...{ entity: ENTITIES.warehouseTransfers, witness: 'Description', undo: 'counter' },
    steps: (posting) => [transferStep(posting)],
  },
  locationTransfer: {
    ...{ entity: ENTITIES.warehouseTransfers, witness: 'Description', undo: 'counter' },
    steps: (posting) => [transferStep(posting)],
  },
  materialIssue: {
    ...{ entity: ENTITIES.materialIssues, witness: null, undo: 'materialReversal' },
    steps: (posting) => [...draftSteps(posting), issueStep(posting)],
  },
  materialSubstitution: {
    ...{ entity: ENTITIES.materialIssues, witness: null, undo: 'office' },
    ...{ steps: substitutionSteps, beside: { entity: ENTITIES.materialPlans, steps: 1 } },
  },
  materialReturn: {
    ...{ entity: ENTITIES.materialReversals, witness: null, undo: 'materialIssue' },
    apart: 'OriginalStockTransactionId',
    steps: returnSteps,
  },
  shopOrderReceipt: {
    ...{ entity: ENTITIES.shopOrderReceipts, witness: null, undo: 'shopOrderReversal' },
    steps: (posting) => [...draftSteps(posting), outStep(posting)],
  },
  byProductReceipt: {
    ...{ entity: ENTITIES.byProductReceipts, witness: null, undo: 'byProductReversal' },
    steps: (posting) => [...draftSteps(posting), outStep(posting)],
  },
  purchaseReturn: {
    ...{ entity: ENTITIES.purchaseReturns, witness: 'Notes', undo: 'office' },
    steps: (posting) => [returnStep(posting)],
  },
  materialReversal: {
    ...{ entity: ENTITIES.materialReversals, witness: null, undo: 'office' },
    steps: (posting) => [issueBackStep(posting)],
  },
  shopOrderReversal: {
    ...{ entity: ENTITIES.shopOrderReversals, witness: null, undo: 'office' },
    steps: (posting) => [madeBackStep(posting)],
  },
  byProductReversal: {
    ...{ entity: ENTITIES.byProductReversals, witness: null, undo: 'office' },
    steps: (posting) => [byProductBackStep(posting)],
  },
};

/** The steps of any posting. */
export function stepsOf(table: PostingTable, posting: Posting): readonly [...Step[], Step] {
  return specOf(table, posting.kind).steps(posting);
}

/**
 * A row of the table as one for any posting: TypeScript cannot see that the row chosen by a
 * posting's kind takes that posting.
 */
function specOf(table: PostingTable, kind: PostingKind): PostingSpec<PostingKind> {
  return table[kind] as PostingSpec<PostingKind>;
}

export function isPostingKind(kind: string): kind is PostingKind {
  return Object.hasOwn(POSTINGS, kind);
}
