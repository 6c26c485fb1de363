// Who lives here: the documents that Exact owes us, in the warehouse's own terms. A posting is cut
// once from what operators did and never changes; how Exact wants it (entities, drafts, steps,
// units) is the business of server/exact. All quantities are stock units.
//
// Terms: marker (our own name inside Exact's document), numbers (batches or serials of tracked
// goods), counter-movement (the same kind of document the other way round), reversal (Exact's own
// undoing of one booked transaction).

import type { LineAnswer } from './line-answers.ts';
import type { CommandId, Marker, PostingId } from './ids.ts';

/** Part of a quantity that carries one batch number. */
export interface BatchPart {
  readonly number: string;
  /** Above zero, or zero of what was counted; a difference has the sign of its line. */
  readonly quantity: number;
  /** Calendar date, `yyyy-mm-dd`; only goods that come in bring one. */
  readonly expiry?: string;
}

/** Numbers of tracked goods: batches add up to the line's quantity, serials are one piece each. */
export interface Numbers {
  readonly batches?: readonly BatchPart[];
  readonly serials?: readonly string[];
}

/** What every posting has. */
export interface PostingHead {
  readonly id: PostingId;
  readonly marker: Marker;
  /**
   * What it is about: the id of Exact's purchase, sales or shop order; for counts and transfers,
   * which have no order, the id that the station gave to the piece of work.
   */
  readonly document: string;
  /** The commands whose goods it holds; none for a reversal that a person asked for. */
  readonly commands: readonly CommandId[];
  /** The posting of ours that this one takes back. */
  readonly reverses?: PostingId;
  /** Of that posting, the commands whose goods it takes back; absent: all of them. */
  readonly takesBack?: readonly CommandId[];
  /** What operators answered about its goods. Exact is not told, but for a count's reason. */
  readonly answers?: readonly PostedAnswer[];
}

/** One answer, and the command whose goods it is about. */
export interface PostedAnswer extends LineAnswer {
  readonly command: CommandId;
}

/** Goods of one order line put into one place. */
export interface ReceiptLine extends Numbers {
  readonly orderLine: string;
  readonly item: string;
  readonly quantity: number;
  readonly location?: string;
}

/** Purchase order lines came in. */
export interface GoodsReceiptPosting extends PostingHead {
  readonly kind: 'goodsReceipt';
  readonly lines: readonly ReceiptLine[];
}

/** Goods of one sales order line taken from one place. */
export interface DeliveryLine extends Numbers {
  readonly orderLine: string;
  readonly item: string;
  readonly quantity: number;
  readonly location?: string;
}

/** Sales order lines went out. */
export interface GoodsDeliveryPosting extends PostingHead {
  readonly kind: 'goodsDelivery';
  readonly lines: readonly DeliveryLine[];
}

/**
 * What was found of one item in one place. `counted` is the whole quantity there and overwrites: of
 * tracked goods the whole of each batch that is named, or the serials of the place, all of them
 * (none: an empty list). `difference` adds or takes away, with its numbers.
 */
export interface CountLine extends Numbers {
  readonly item: string;
  readonly location?: string;
  readonly found:
    | { readonly kind: 'counted'; readonly quantity: number }
    | { readonly kind: 'difference'; readonly quantity: number };
  /** Code of one of Exact's reason codes. */
  readonly reason?: string;
}

/** Whether Exact is told of it by how much its own books are off, which are asked first. */
export function countsNumbers({ found, batches, serials }: CountLine): boolean {
  return found.kind === 'counted' && (batches ?? serials) !== undefined;
}

/** A place or several of one warehouse were counted. */
export interface StockCountPosting extends PostingHead {
  readonly kind: 'stockCount';
  readonly warehouse: string;
  readonly lines: readonly CountLine[];
}

export interface TransferLine extends Numbers {
  /** The line of their load, or the need of a pick place that they are for. Exact has neither. */
  readonly orderLine?: string;
  readonly item: string;
  readonly quantity: number;
  readonly fromLocation?: string;
  readonly toLocation?: string;
}

/** Goods moved to another warehouse. */
export interface WarehouseTransferPosting extends PostingHead {
  readonly kind: 'warehouseTransfer';
  readonly fromWarehouse: string;
  readonly toWarehouse: string;
  readonly lines: readonly TransferLine[];
}

/** Goods moved between storage locations of one warehouse; both ends of each line are named. */
export interface LocationTransferPosting extends PostingHead {
  readonly kind: 'locationTransfer';
  readonly warehouse: string;
  readonly lines: readonly TransferLine[];
}

/** Material of one plan line went into a shop order. Exact takes one line a document. */
export interface MaterialIssuePosting extends PostingHead, Numbers {
  readonly kind: 'materialIssue';
  /** The shop order's material plan line. */
  readonly plan: string;
  readonly item: string;
  readonly warehouse: string;
  readonly quantity: number;
  readonly location?: string;
}

/**
 * Other material went into a shop order than was planned. Exact issues only what stands in the plan:
 * the plan gets a line for it, and as much goes off the line that it takes the place of.
 */
export interface MaterialSubstitutionPosting extends PostingHead, Numbers {
  readonly kind: 'materialSubstitution';
  /** The plan line of the material that was planned. */
  readonly plan: string;
  /** What was issued in its place. */
  readonly item: string;
  readonly warehouse: string;
  readonly quantity: number;
  readonly location?: string;
}

/** What a return takes of one issue of ours: its stock units, with their numbers. */
export interface IssuedPart extends Numbers {
  readonly posting: PostingId;
  /** Exact's id of the stock transaction. */
  readonly original: string;
  readonly quantity: number;
}

/** Material of one plan line came back into stock. Exact takes a reversal an issue. */
export interface MaterialReturnPosting extends PostingHead, Numbers {
  readonly kind: 'materialReturn';
  /** The shop order's material plan line. */
  readonly plan: string;
  readonly item: string;
  readonly warehouse: string;
  readonly quantity: number;
  /** Where it was put; absent where the warehouse has no locations. */
  readonly location?: string;
  /** The issues that it comes from; they add up to the quantity. */
  readonly of: readonly IssuedPart[];
}

/** Finished goods of a shop order came in. Exact takes one line a document. */
export interface ShopOrderReceiptPosting extends PostingHead, Numbers {
  readonly kind: 'shopOrderReceipt';
  readonly item: string;
  readonly warehouse: string;
  readonly quantity: number;
  readonly location?: string;
}

/** A by-product of a shop order came in. Exact takes one line a document. */
export interface ByProductReceiptPosting extends PostingHead, Numbers {
  readonly kind: 'byProductReceipt';
  /** The plan line of the by-product. */
  readonly plan: string;
  readonly item: string;
  readonly warehouse: string;
  readonly quantity: number;
  readonly location?: string;
}

/** Lines of a goods receipt of ours go back: Exact's way to take a receipt back. */
export interface PurchaseReturnPosting extends PostingHead {
  readonly kind: 'purchaseReturn';
  readonly reverses: PostingId;
  /** Exact's id of the receipt. */
  readonly receipt: string;
  readonly lines: readonly ReceiptLine[];
}

/** One material issue of ours is taken back, or a part of it. */
export interface MaterialReversalPosting extends PostingHead, Numbers {
  readonly kind: 'materialReversal';
  readonly reverses: PostingId;
  /** Exact's id of the stock transaction. */
  readonly original: string;
  /** Of a part: its stock units, with its numbers; absent: the whole rest, numbers and all. */
  readonly quantity?: number;
}

/** The whole of one shop order receipt of ours is taken back. */
export interface ShopOrderReversalPosting extends PostingHead {
  readonly kind: 'shopOrderReversal';
  readonly reverses: PostingId;
  /** Exact's id of the stock transaction. */
  readonly original: string;
}

/** The whole of one receipt of a by-product of ours is taken back. */
export interface ByProductReversalPosting extends PostingHead {
  readonly kind: 'byProductReversal';
  readonly reverses: PostingId;
  /** Exact's id of the stock transaction. */
  readonly original: string;
}

export type Posting =
  | GoodsReceiptPosting
  | GoodsDeliveryPosting
  | StockCountPosting
  | WarehouseTransferPosting
  | LocationTransferPosting
  | MaterialIssuePosting
  | MaterialSubstitutionPosting
  | MaterialReturnPosting
  | ShopOrderReceiptPosting
  | ByProductReceiptPosting
  | PurchaseReturnPosting
  | MaterialReversalPosting
  | ShopOrderReversalPosting
  | ByProductReversalPosting;

export type PostingKind = Posting['kind'];

/** A posting of one kind. */
export type PostingOf<K extends PostingKind> = Extract<Posting, { readonly kind: K }>;

/** How many lines of goods a posting holds. */
export function lineCount(posting: Posting): number {
  return 'lines' in posting ? posting.lines.length : 1;
}
