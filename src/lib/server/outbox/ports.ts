// Who lives here: what the outbox needs of others, in its own words. The composition root hands
// Exact and the journal in; a test hands in whatever it wants to see survived.

import type { Fault, Marker, PostingId } from '../../domain/index.ts';
import type { GoodsReceiptPosting, PostingState, SettledOutcome } from '../../ledger/index.ts';

/** How one send ended. Only `unknown` may have been applied without our knowing. */
export type Sent =
  | { readonly kind: 'posted'; readonly exactId: string; readonly documentNumber: string }
  | { readonly kind: 'rejected'; readonly status: number; readonly words: string }
  | {
      readonly kind: 'not-applied';
      readonly retryAtMs: number | null;
      readonly words: string;
      /** The reason lies in this document: others may be sent meanwhile. */
      readonly onlyThis?: true;
    }
  | { readonly kind: 'unknown'; readonly words: string };

/** What looking for a marker in Exact showed. */
export type Sighting =
  | { readonly kind: 'found'; readonly exactId: string; readonly documentNumber: string }
  | { readonly kind: 'absent' }
  | { readonly kind: 'several'; readonly documentNumbers: readonly string[] }
  | { readonly kind: 'unknown'; readonly retryAtMs: number | null; readonly words: string };

export interface ExactPort {
  /** When the budget lets a document out; in the past means now. */
  mayPostAtMs(): number;
  postReceipt(posting: GoodsReceiptPosting): Promise<Sent>;
  /** `sinceMs`: before the first send of this posting. */
  findByMarker(marker: Marker, sinceMs: number): Promise<Sighting>;
}

/** Something final happened to a posting. */
export interface Settlement {
  readonly posting: PostingId;
  readonly document: string;
  readonly outcome: SettledOutcome;
}

/**
 * Records it in the journal. May be called again for the same settlement when the hub died in
 * between, and again with another outcome after a person sent a rejected posting once more.
 */
export type Settle = (settlement: Settlement) => Promise<void>;

/** One posting, as the admin page and the stations' states may see it. */
export interface PostingView {
  readonly id: PostingId;
  readonly marker: Marker;
  readonly document: string;
  /** 0 when the stored body can't be read. */
  readonly lines: number;
  readonly state: PostingState;
  readonly attempts: number;
  readonly firstSentMs: number | null;
  readonly lastSentMs: number | null;
  /** When it is touched next; null when only a person can move it, or nobody needs to. */
  readonly nextAtMs: number | null;
  readonly exactId: string | null;
  readonly documentNumber: string | null;
  readonly fault: Fault | null;
  /** Exact's own words, or why the answer is not known. */
  readonly words: string | null;
  readonly updatedMs: number;
}
