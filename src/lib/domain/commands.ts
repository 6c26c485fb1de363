// Who lives here: what a station asks of the hub, and what the hub answers. A command is made and
// stored on the station before it is sent, and never changes afterwards.

import type { Fault } from './faults.ts';
import type { CommandId, Revision, Seq, SessionId, StationId } from './ids.ts';

/** Goods of one order line were taken in. */
export interface ReceiveLine {
  readonly type: 'receive.line';
  /** Ids of the purchase order, its line, and the item, as Exact knows them. */
  readonly document: string;
  readonly line: string;
  readonly item: string;
  /** Stock units. For serial items: how many serials there are. */
  readonly quantity: number;
  readonly batch?: string;
  readonly expiry?: string;
  readonly serials?: readonly string[];
  readonly location?: string;
  /** Share of the ordered quantity that may come over it, e.g. 0.1; from the workflow. */
  readonly tolerance: number;
  /** When the accepted line goes to Exact; from the workflow. */
  readonly posting: PostingWhen;
}

/** The line that `target` took in is taken back. Only before it went into a posting. */
export interface UndoLine {
  readonly type: 'line.undo';
  readonly document: string;
  readonly target: CommandId;
}

/** This session is done with the document: its accepted lines become one posting. */
export interface FinishDocument {
  readonly type: 'document.finish';
  readonly document: string;
  /** How many lines the operator left open, for the record. */
  readonly linesLeftOpen: number;
}

export type PostingWhen = 'line-complete' | 'document-complete';
export type CommandPayload = ReceiveLine | UndoLine | FinishDocument;

/** What the dialogue wants done; the station makes a Command of it by adding who and when. */
export type CommandDraft = CommandPayload;

export interface Command {
  readonly id: CommandId;
  readonly station: StationId;
  /** 1, 2, 3 … per station, without gaps; the hub takes them in this order. */
  readonly stationSeq: number;
  /** Until sign-in exists: the station's own name. */
  readonly operator: string;
  readonly session: SessionId;
  readonly revision: Revision;
  /** The station's clock: for the record only, nobody sorts by it. */
  readonly madeAtMs: number;
  readonly payload: CommandPayload;
}

/**
 * The hub's answer. `accepted` and `refused` are final and durable; a repeated command gets its
 * first answer again with `again: true`. `later` means: not now, keep it and ask again;
 * `expect` is then the stationSeq that the hub waits for.
 */
export type Verdict =
  | { readonly kind: 'accepted'; readonly seq: Seq; readonly again?: true }
  | { readonly kind: 'refused'; readonly seq: Seq; readonly fault: Fault; readonly again?: true }
  | {
      readonly kind: 'later';
      readonly afterMs: number;
      readonly fault: Fault;
      readonly expect?: number;
    };

/** How far a command has come, as its station shows it. */
export type CommandState =
  | { readonly kind: 'confirmed' }
  | { readonly kind: 'undone' }
  | { readonly kind: 'sending' }
  | { readonly kind: 'in-doubt' }
  | { readonly kind: 'booked'; readonly documentNumber: string }
  | { readonly kind: 'exception'; readonly fault: Fault };
