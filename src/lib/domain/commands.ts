// Who lives here: what a station asks of the hub, and what the hub answers. A command is made and
// stored on the station before it is sent, and never changes afterwards.

import type { ExceptionReport } from './exceptions.ts';
import type { Fault } from './faults.ts';
import type { Instead, Tracking } from './goods.ts';
import type { Answered } from './line-answers.ts';
import type { CommandId, Revision, Seq, SessionId, StationId } from './ids.ts';
import type { PackLine } from './packing.ts';
import type { CountLine } from './postings.ts';
import type { PrintRequest } from './prints.ts';

/** Goods of one order line were taken in. */
export interface ReceiveLine extends Answered {
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

/** What the lines of every kind of work have. Quantities are stock units. */
interface GoodsOfLine extends Answered {
  /** Id of the item, as Exact knows it. */
  readonly item: string;
  /** For serial items: how many serials there are. */
  readonly quantity: number;
  readonly batch?: string;
  readonly serials?: readonly string[];
  readonly posting: PostingWhen;
}

/** Goods of one sales order line were picked to go out. Nobody may pick over. */
export interface DeliverLine extends GoodsOfLine {
  readonly type: 'deliver.line';
  /** Ids of the sales order and its line. */
  readonly document: string;
  readonly line: string;
  readonly location?: string;
}

/** Material of one plan line of a shop order was taken to the work. */
export interface IssueLine extends GoodsOfLine {
  readonly type: 'issue.line';
  /** Ids of the shop order, its material plan line, and the warehouse that it takes it from. */
  readonly document: string;
  readonly line: string;
  readonly warehouse: string;
  readonly location?: string;
  /** Share of the planned quantity that may go over it. */
  readonly tolerance: number;
  readonly instead?: Instead;
}

/** Material that was issued to a shop order came back: the other way round, for a part of it. */
export interface ReturnLine extends GoodsOfLine {
  readonly type: 'return.line';
  /** Ids of the shop order and its material plan line. */
  readonly document: string;
  readonly line: string;
  /** The warehouse that the shop order takes its material from. */
  readonly warehouse: string;
  /** Where it was put; not necessarily where it came from. */
  readonly location?: string;
}

/** What a shop order makes, or a by-product of it, was put into one place. */
export interface ProduceLine extends GoodsOfLine {
  readonly type: 'produce.line';
  /** Id of the shop order; it is its own line. */
  readonly document: string;
  /** Of a by-product its plan line; absent: what the order makes. */
  readonly line?: string;
  /** The warehouse that the shop order brings its goods to. */
  readonly warehouse: string;
  readonly location?: string;
  readonly expiry?: string;
  /** Share of the planned quantity that may come over it. */
  readonly tolerance: number;
}

/** What one item in one place of a warehouse was found to be. */
export interface CountPlace extends Omit<CountLine, 'batches' | 'serials'>, Answered {
  readonly type: 'count.line';
  /** Made by the station for this piece of counting: there is no order. */
  readonly document: string;
  readonly warehouse: string;
  /** As the station's copy of the item has it: the hub keeps no items. */
  readonly tracking: Tracking;
  /**
   * What is counted of tracked goods is one batch of them, or every serial number that lies there;
   * a difference is told number by number. Serials are one piece each.
   */
  readonly batch?: string;
  readonly expiry?: string;
  readonly serials?: readonly string[];
  /** Nothing lies there: none of the goods of the line, and none of these. */
  readonly emptied?: EmptiedPlace;
  readonly posting: PostingWhen;
}

/** Goods that the books have in a place; of batches one, of serials all of them. */
export interface GoneGoods {
  readonly item: string;
  readonly tracking: Tracking;
  readonly batch?: string;
}

/** A place that was said to be empty, and what else the books had there; see `CountPlace`. */
export interface EmptiedPlace {
  /** Code of the place, as it stands on the shelf. */
  readonly place: string;
  /** Beside the goods of the line; at most `LIMITS.emptyRows`. */
  readonly others: readonly GoneGoods[];
}

/** Goods were carried from one place to another. */
export interface MoveGoods extends GoodsOfLine {
  readonly type: 'move.line';
  /** Made by the station for this piece of work: there is no order. */
  readonly document: string;
  readonly tracking: Tracking;
  readonly from: Place;
  readonly to: Place;
  /** All that lay in the place was carried: the goods of the line, and these. */
  readonly everything?: WholePlace;
  /** `to` is no place to stay in: the goods are on their way until somebody takes them in there. */
  readonly onTheWay?: true;
  /** The need of a pick place that they are for; it is then the document too (see `needOf`). */
  readonly line?: string;
}

/**
 * This session brings what a pick place needs: nobody else is to carry it meanwhile. Or it no longer
 * does. Moves no goods.
 */
export interface ClaimLine {
  readonly type: 'line.claim';
  /** Id of the need. */
  readonly document: string;
  readonly release?: true;
}

/** Goods that were on their way were handed over, and put into a place. */
export interface ArriveLine extends GoodsOfLine {
  readonly type: 'arrive.line';
  /** Id of the load: of the piece of work that sent it. */
  readonly document: string;
  /** A load has a line for each item, with the item's own id. */
  readonly line: string;
  readonly tracking: Tracking;
  /** Where they were on their way: the hub knows, and adds it. */
  readonly from?: Place;
  readonly to: Place;
}

/** Goods of one item, and one batch of it or all its serials, that were carried with others. */
export interface CarriedGoods {
  readonly item: string;
  readonly tracking: Tracking;
  /** Stock units. For serial items: how many serials there are. */
  readonly quantity: number;
  readonly batch?: string;
  readonly serials?: readonly string[];
}

/** A place that was emptied in one go, and what else the books had there; see `MoveGoods`. */
export interface WholePlace {
  /** Code of the place, as it stands on the shelf. */
  readonly place: string;
  /** Beside the goods of the line; at most `LIMITS.everythingRows` with them. */
  readonly others: readonly CarriedGoods[];
}

/** A warehouse, and a storage location where it keeps goods in locations. */
export interface Place {
  readonly warehouse: string;
  readonly location?: string;
}

/** A line of work that moves goods, whatever its kind: what a posting is cut from. */
export type GoodsLine =
  | ReceiveLine
  | DeliverLine
  | IssueLine
  | ReturnLine
  | ProduceLine
  | CountPlace
  | MoveGoods
  | ArriveLine
  | PackLine;

/** The line that `target` took in is taken back. Only before it went into a posting. */
export interface UndoLine {
  readonly type: 'line.undo';
  readonly document: string;
  readonly target: CommandId;
}

/**
 * The line that `target` took in is taken back although Exact has it. The hub decides how: by a
 * reversal, a return, a counter-movement; or it says who must do it.
 */
export interface ReverseLine {
  readonly type: 'line.reverse';
  readonly document: string;
  readonly target: CommandId;
  /** Why; kept in the journal with the posting. */
  readonly reason: string;
}

/** This session is done with the document: its accepted lines become one posting. */
export interface FinishDocument {
  readonly type: 'document.finish';
  readonly document: string;
  /** More orders that this session is done with: they were worked on together. */
  readonly also?: readonly string[];
  /** How many lines the operator left open, for the record. */
  readonly linesLeftOpen: number;
}

/** The documents that a finish is about, each once or more. */
export function finishedBy({ document, also = [] }: FinishDocument): readonly string[] {
  return [document, ...also];
}

/**
 * `budget`: like `line-complete` while Exact's calls suffice; while they are scarce, lines wait a
 * little for others of their document, so that one call carries several. `packed`: of goods that are
 * picked; they wait until somebody has packed them, and go to Exact as they were packed.
 */
export type PostingWhen = 'line-complete' | 'document-complete' | 'budget' | 'packed';
export type CommandPayload =
  GoodsLine | ClaimLine | UndoLine | ReverseLine | FinishDocument | ExceptionReport | PrintRequest;

/** Whether it moves goods or tells of them; the others speak of lines that did. */
export function isGoods(payload: CommandPayload): payload is GoodsLine {
  switch (payload.type) {
    case 'line.undo':
    case 'line.reverse':
    case 'document.finish':
    case 'exception.report':
    case 'print.request':
    case 'line.claim':
      return false;
    default:
      return true;
  }
}

/** What the dialogue wants done; the station makes a Command of it by adding who and when. */
export type CommandDraft = CommandPayload;

export interface Command {
  readonly id: CommandId;
  readonly station: StationId;
  /** 1, 2, 3 … per station, without gaps; the hub takes them in this order. */
  readonly stationSeq: number;
  /** Id of the person who is signed in; nobody is: the station's own name. */
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
