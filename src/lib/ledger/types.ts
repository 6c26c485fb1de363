// Who lives here: the words of the ledger. Entries are facts that happened, in the hub's order;
// they are never changed. A posting is a document that Exact owes us, cut from accepted entries.
// Terms: accept (the hub took a line in), cut (accepted lines became one posting), settle (Exact
// has it, or a person must look), undo (an accepted line is taken back before it is cut), reverse
// (a booked line is taken back by a posting of its own).

import type {
  ClaimLine,
  Command,
  CommandId,
  ExceptionReport,
  Fault,
  FinishDocument,
  GoodsLine,
  Posting,
  PostingId,
  PrintRequest,
  ReverseLine,
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
  /** The hub took a line of goods in, whatever kind of work it belongs to. */
  | { readonly type: 'line-received'; readonly by: Actor; readonly line: GoodsLine }
  | { readonly type: 'line-undone'; readonly by: Actor; readonly undo: UndoLine }
  /** A booked line is to be taken back; the posting that does it is cut in the next entry. */
  | { readonly type: 'line-reversed'; readonly by: Actor; readonly reverse: ReverseLine }
  | { readonly type: 'document-finished'; readonly by: Actor; readonly finish: FinishDocument }
  /** Until `untilMs` of the hub's clock this session brings what is needed; or it no longer does. */
  | {
      readonly type: 'line-claimed';
      readonly by: Actor;
      readonly claim: ClaimLine;
      readonly untilMs: number;
    }
  /** Something on the floor that the office must hear of. Moves no goods. */
  | { readonly type: 'exception-reported'; readonly by: Actor; readonly report: ExceptionReport }
  /** Somebody on the floor wants something printed. Moves no goods. */
  | { readonly type: 'print-asked'; readonly by: Actor; readonly request: PrintRequest }
  | {
      /** A person printed what was asked for, or will not. Moves no goods. */
      readonly type: 'print-settled';
      readonly document: string;
      /** The requests: the first one, and those that asked for it once more meanwhile. */
      readonly entries: readonly Seq[];
      readonly outcome: 'printed' | 'dropped';
      readonly person: string;
    }
  | {
      readonly type: 'command-refused';
      readonly by: Actor;
      readonly payload: Command['payload'];
      readonly fault: Fault;
    }
  | {
      readonly type: 'posting-cut';
      readonly posting: Posting;
      readonly books?: readonly LineBook[];
      /** Why a person wanted it; absent for goods that operators moved. */
      readonly reason?: string;
    }
  | {
      readonly type: 'posting-settled';
      readonly posting: PostingId;
      readonly document: string;
      readonly outcome: SettledOutcome;
      readonly books?: readonly LineBook[];
    }
  | {
      /** A person looked at a refused command or a report and closed it. Moves no goods. */
      readonly type: 'exception-closed';
      readonly document: string;
      /** The entry that is closed. */
      readonly entry: Seq;
      readonly reason: string;
    }
  | {
      /** A person approved a report's link: from now on the barcode finds the item. */
      readonly type: 'barcode-linked';
      readonly document: string;
      /** The report; it is closed with it. */
      readonly entry: Seq;
      readonly barcode: string;
      readonly item: string;
      readonly reason: string;
    }
  | {
      /** A person wants a rejected posting sent once more, with a reason. Moves no goods. */
      readonly type: 'posting-resent';
      readonly posting: PostingId;
      readonly document: string;
      readonly reason: string;
    }
  | {
      /** Who deals with a rejected posting from now on, and what they should know. Moves no goods. */
      readonly type: 'exception-assigned';
      readonly posting: PostingId;
      readonly document: string;
      readonly person: string;
      readonly note: string;
    };

/**
 * What Exact had booked on an order line when we first cut goods of it into a posting, and what
 * we have booked since. Stands in the entries because the mirror itself is not journaled.
 */
export interface LineBook {
  readonly line: string;
  readonly base: number;
  readonly booked: number;
}

export type SettledOutcome =
  | {
      readonly kind: 'posted';
      /** Empty where a person saw it in Exact under its number. */
      readonly exactId: string;
      readonly documentNumber: string;
      /** That person's words. */
      readonly confirmed?: string;
    }
  | { readonly kind: 'rejected'; readonly fault: Fault };

export interface JournalEntry {
  readonly seq: Seq;
  /** The hub's clock, for the record. */
  readonly atMs: number;
  readonly body: EntryBody;
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
