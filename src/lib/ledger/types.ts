// Who lives here: the words of the ledger. Entries are facts that happened, in the hub's order;
// they are never changed. A posting is a document that Exact owes us, cut from accepted entries.
// Terms: accept (the hub took a line in), cut (accepted lines became one posting), settle (Exact
// has it, or a person must look), undo (an accepted line is taken back before it is cut).

import type {
  Command,
  CommandId,
  Fault,
  FinishDocument,
  Marker,
  PostingId,
  ReceiveLine,
  Seq,
  SessionId,
  StationId,
  UndoLine,
  Verdict,
} from '../domain/index.ts';

/** Who did it, on every entry that a command caused. */
export interface Actor {
  readonly command: CommandId;
  readonly station: StationId;
  readonly stationSeq: number;
  readonly operator: string;
  readonly session: SessionId;
}

export type EntryBody =
  | { readonly type: 'line-received'; readonly by: Actor; readonly line: ReceiveLine }
  | { readonly type: 'line-undone'; readonly by: Actor; readonly undo: UndoLine }
  | { readonly type: 'document-finished'; readonly by: Actor; readonly finish: FinishDocument }
  | {
      readonly type: 'command-refused';
      readonly by: Actor;
      readonly payload: Command['payload'];
      readonly fault: Fault;
    }
  | {
      readonly type: 'posting-cut';
      readonly posting: GoodsReceiptPosting;
      readonly books?: readonly LineBook[];
    }
  | {
      readonly type: 'posting-settled';
      readonly posting: PostingId;
      readonly document: string;
      readonly outcome: SettledOutcome;
      readonly books?: readonly LineBook[];
    }
  | {
      /** A person looked at a refused command and closed it, with a reason. Moves no goods. */
      readonly type: 'exception-closed';
      readonly document: string;
      /** The entry that is closed. */
      readonly entry: Seq;
      readonly reason: string;
    }
  | {
      /** A person wants a rejected posting sent once more, with a reason. Moves no goods. */
      readonly type: 'posting-resent';
      readonly posting: PostingId;
      readonly document: string;
      readonly reason: string;
    };

/**
 * What Exact had received of an order line when we first cut goods of it into a posting, and what
 * we have booked since. Stands in the entries because the mirror itself is not journaled.
 */
export interface LineBook {
  readonly line: string;
  readonly base: number;
  readonly booked: number;
}

export type SettledOutcome =
  | { readonly kind: 'posted'; readonly exactId: string; readonly documentNumber: string }
  | { readonly kind: 'rejected'; readonly fault: Fault };

export interface JournalEntry {
  readonly seq: Seq;
  /** The hub's clock, for the record. */
  readonly atMs: number;
  readonly body: EntryBody;
}

/** One goods receipt to come, in our own terms: all quantities are stock units. */
export interface GoodsReceiptPosting {
  readonly id: PostingId;
  readonly kind: 'goodsReceipt';
  readonly marker: Marker;
  readonly document: string;
  /** The commands whose goods it holds. */
  readonly commands: readonly CommandId[];
  readonly lines: readonly ReceiptLine[];
}

/** Goods of one order line put into one place. */
export interface ReceiptLine {
  readonly orderLine: string;
  readonly item: string;
  readonly quantity: number;
  readonly location?: string;
  readonly batches?: readonly {
    readonly number: string;
    readonly quantity: number;
    readonly expiry?: string;
  }[];
  readonly serials?: readonly string[];
}

/** What a decision wants made durable, in one transaction, before anyone hears of it. */
export interface Decision {
  readonly entries: readonly JournalEntry[];
  readonly verdict: Verdict;
}

/**
 * A posting's life. `sending` is durable before the first byte leaves. `in-doubt`: the answer was
 * lost or unclear; only looking the marker up settles it. `posted` and `rejected` are final,
 * except that a person may send a rejected one again.
 */
export type PostingState = 'ready' | 'sending' | 'in-doubt' | 'posted' | 'rejected';
