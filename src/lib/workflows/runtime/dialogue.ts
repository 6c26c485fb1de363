// Who lives here: the memory of one dialogue, and the small questions one may ask of it.
// Terms: work (the facts of the line in progress), booked (a line that became a command), undone
// (a booked line taken back), past (what BACK restores). Everything is plain JSON and never changed in place.

import { LIMITS, plus } from '../../domain/index.ts';
import type { CommandId, CommandPayload, ExceptionCode } from '../../domain/index.ts';
import type { ExceptionReason, Fault, ItemView, LineApproval, Looked } from '../../domain/index.ts';
import type { OrderView, Pack, PlaceRef, Remedy } from '../../domain/index.ts';
import type { Answer, AskedFact, MessageModel, Signal, Text } from '../types.ts';
import type { Among } from './among.ts';
import type { Detour } from './at-rest.ts';
import type { Everything } from './everything.ts';
import type { Photos } from './photos.ts';
import type { Prints } from './prints.ts';
import { lineFor } from './instead-line.ts';
import type { LineAtWork } from './instead-line.ts';
import type { Joined } from './together.ts';

/** A storage location and the warehouse it is in, or a whole warehouse that has no locations. */
export interface PlaceAt extends PlaceRef {
  /** Id of the warehouse. */
  readonly warehouse: string;
  /** The warehouse itself: nothing in it has a place of its own. */
  readonly whole?: true;
}

/** Facts that are places. */
export type PlaceFact = 'location' | 'to';

/** Facts of the line in progress. `line` is the order line that `item` was found on. */
export interface Work {
  /** What the goods can still be, where a code left several; see among.ts. */
  readonly among?: Among;
  /** All goods of the place: `item` and its numbers are the first of them; see everything.ts. */
  readonly everything?: Everything;
  readonly item?: ItemView;
  readonly line?: string;
  /** The package whose code was read; its quantity is proposed. */
  readonly pack?: Pack;
  readonly batch?: string;
  readonly expiry?: string;
  readonly serials?: readonly string[];
  /** The operator said that there are no more serials. */
  readonly serialsDone?: boolean;
  /** Stock units that the scan which brought the item stands for: the first one counted. */
  readonly size?: number;
  /** Counted so far by scanning the item again at the quantity step; absent until that happens. */
  readonly counted?: number;
  readonly quantity?: number;
  /** What was counted so far, and by whom, while it is off the books; see recount.ts. */
  readonly counts?: readonly { readonly quantity: number; readonly by?: string }[];
  /** Where the goods are: taken from there, put there, or counted there. */
  readonly location?: PlaceAt;
  /** Where goods that are carried go. */
  readonly to?: PlaceAt;
  /** Places of the line before that stay until another one is scanned; never empty. */
  readonly kept?: readonly PlaceFact[];
  /** Looked up: an order, or a code that may be a batch or a serial number. */
  readonly order?: OrderView;
  readonly number?: string;
  /** The number is a whole code that nothing here has; see `Trouble`. */
  readonly barcode?: string;
  /** What the workflow's own questions were answered with, by the id of the step. */
  readonly answers?: Readonly<Record<string, Answer>>;
  /** Photos, by the id of the step; how many they are is the answer, once that is said. */
  readonly photos?: Readonly<Record<string, Photos>>;
  /** Who said yes, by the id of the step. */
  readonly approvals?: Readonly<Record<string, Omit<LineApproval, 'step'>>>;
  /** Ids of questions that were skipped, and of texts that were read. */
  readonly passed?: readonly string[];
}

/** Stock units that the work stands for. */
export function workQuantity(work: Work): number {
  return work.item?.tracking === 'serial' ? (work.serials ?? []).length : (work.quantity ?? 0);
}

/** What a refused scan told, for the remedies on its message. */
export interface Trouble {
  readonly item?: ItemView;
  readonly pack?: Pack;
  readonly batch?: string;
  readonly place?: PlaceAt;
  /** A code that nothing here knows, at most `LIMITS.codeChars`. */
  readonly barcode?: string;
}

/** An exception on its way to a remedy: what was chosen and answered so far. */
export interface Problem extends Trouble {
  /** The question that stood when it was opened, and its step. */
  readonly asks: AskedFact | 'close';
  readonly step: string;
  /** Opened by PROBLEM: BACK leads to its list. */
  readonly listed?: true;
  readonly code?: ExceptionCode;
  /** The fault whose message it was chosen on, and what that message showed. */
  readonly fault?: Fault;
  readonly read?: string;
  readonly remedy?: Remedy;
  /** Id of the order line that it is about, where that is booked already. */
  readonly line?: string;
  /** Stock units. */
  readonly quantity?: number;
  readonly reason?: ExceptionReason;
}

/** A place or a batch that is not proposed again: of one item, or for whatever is put away. */
export interface Avoided {
  readonly item?: string;
  readonly location?: string;
  readonly batch?: string;
}

export interface Booked {
  readonly command: CommandId;
  /** Id of the order line; empty without an order. */
  readonly line: string;
  readonly quantity: number;
  /** Where the goods were, and of which batch: what was taken there is there no more. */
  readonly location?: string;
  readonly batch?: string;
  readonly itemCode: string;
  /** The logistic unit that the goods stand on, and the tote that they were put into. */
  readonly logisticUnit?: string;
  readonly putInto?: string;
  /** Absent in a session that an older program stored, as are the three below. */
  readonly itemName?: string;
  readonly unit: string;
  readonly serials?: readonly string[];
  /** Codes of the places, as they stand on the shelves. */
  readonly place?: string;
  readonly to?: string;
}

/** A booked line whose undo was sent. The hub may still refuse the undo: then the line stands. */
export interface Undone extends Booked {
  readonly undo: CommandId;
  /** Stock units that went out of what is pending; of what Exact has, nothing does. */
  readonly uncounted?: number;
}

/** A line that Exact has, and what the hub said of taking it back (`ledger.undo-posted`). */
export interface Back {
  readonly line: CommandId;
  readonly told: Fault['data'];
}

export interface Last extends Pick<Work, 'batch' | 'expiry' | 'location' | 'to' | 'pack'> {
  readonly command: CommandId;
  readonly item: ItemView;
  readonly quantity: number;
}

export interface Dialogue {
  /** The open order; of several the first, with the lines of all (together.ts). */
  readonly document?: OrderView;
  /** All open orders, where they are two at least. */
  readonly joined?: readonly Joined[];
  /** MORE was pressed: the list of orders is shown to add one. */
  readonly adding?: true;
  /** Work without an order: its own id, made of the first event's command id. */
  readonly piece?: string;
  readonly work: Work;
  readonly past: readonly Work[];
  /** Lines of this session that stand, neither undone nor refused; the last ones, for UNDO. */
  readonly booked: readonly Booked[];
  /** How many lines of this session stand, also those that UNDO no longer reaches. */
  readonly standing: number;
  readonly undone: readonly Undone[];
  /** reverse: what waits for the operator's word. */
  readonly back?: Back;
  /** Of a refill: the line that this dialogue said to bring, by which command; see needs.ts. */
  readonly held?: { readonly line: string; readonly command: CommandId };
  /** Ids of lines that were passed over, where the product leads. */
  readonly skipped?: readonly string[];
  /** The goods of the last line that this session booked and that stands: what REPEAT takes. */
  readonly last?: Last;
  /** choose-order: what the station must look up (`read`: the code that was read), and which orders to show. */
  readonly search?: {
    readonly item: string;
    /** Other items that the code may mean. */
    readonly or?: readonly string[];
    readonly read: string;
  };
  readonly only?: readonly string[];
  /** Ids of texts that were shown once for this order, or this piece of work. */
  readonly shown?: readonly string[];
  /** The facts of the line that just turned green, until the next event: what `end` looks at. */
  readonly justBooked?: Work;
  /** What the station learnt of something that was looked up; no answer: the hub is away. */
  readonly looked?: Omit<Looked, 'type'>;
  /** The line that just turned green, until the next event. */
  readonly justDone?: string;
  readonly help?: boolean;
  /** A place is empty, or everything in it shall go: what lies there is shown, and OK answers. */
  readonly emptying?: true;
  /** The goods are others: questions are put anew (`due`), also the one here (`put`). Never at rest. */
  readonly anew?: 'due' | 'put';
  /** Another flow runs in between; what stands here waits for it. */
  readonly detour?: Detour;
  /** CANCEL led back from there: pressed once more it leads home. */
  readonly away?: true;
  readonly problem?: Problem;
  /** A problem is over that was opened where the order is finished: back to there. */
  readonly closing?: true;
  readonly trouble?: Trouble;
  readonly avoided?: readonly Avoided[];
  readonly message?: MessageModel;
  readonly signal: Signal;
  readonly drafted?: CommandPayload;
  readonly prints?: Prints;
}

export const EMPTY: Dialogue = {
  work: {},
  past: [],
  booked: [],
  standing: 0,
  undone: [],
  signal: 'none',
};

/** Forgets what belongs to one event only. */
export function settled(d: Dialogue): Dialogue {
  const {
    justBooked: _b,
    message: _m,
    drafted: _d,
    justDone: _j,
    help: _h,
    anew: _a,
    trouble: _t,
    emptying: _e,
    closing: _c,
    ...rest
  } = d;
  return { ...rest, signal: 'none' };
}

/** Whether anything of the line is known but the places that stayed from the line before. */
export function isBegun({ kept = [], ...work }: Work): boolean {
  return Object.keys(work).some((fact) => !kept.some((place) => place === fact));
}

/** What a line begins with: the places that stayed. */
export function keptOf({ kept, location, to }: Work): Work {
  if (kept === undefined) return {};
  return {
    ...(kept.includes('location') && location !== undefined ? { location } : {}),
    ...(kept.includes('to') && to !== undefined ? { to } : {}),
    kept,
  };
}

/** Something that BACK can take back: facts of a line, or a list of orders cut down to some. */
export function hasWork(d: Dialogue): boolean {
  const looking = d.search !== undefined || d.only !== undefined || d.adding === true;
  return isBegun(d.work) || looking;
}

/** Without the search for an order, and with the whole list of orders again. */
export function unsearched(d: Dialogue): Dialogue {
  const { search: _s, only: _o, adding: _a, ...rest } = d;
  return rest;
}

export function currentLine(d: Dialogue): LineAtWork | undefined {
  const line = d.document?.lines.find((each) => each.id === d.work.line);
  return line && lineFor(line, d.work.item);
}

export function saying(d: Dialogue, fault: Fault, read?: string): Dialogue {
  const message: MessageModel = { tone: 'error', fault, ...(read === undefined ? {} : { read }) };
  return { ...d, message, signal: 'error' };
}

export function telling(d: Dialogue, text: Text, tone: MessageModel['tone'] = 'good'): Dialogue {
  return { ...d, message: { tone, text } };
}

/** Replaces the work and remembers the one before it for BACK. */
export function working(d: Dialogue, work: Work): Dialogue {
  const signal = d.signal === 'none' ? 'step' : d.signal;
  return { ...d, work, past: [...d.past, d.work].slice(-LIMITS.undoDepth), signal };
}

/** Counts `delta` stock units into (or out of) the pending quantity of one line of the document. */
export function pendingBy(d: Dialogue, lineId: string, delta: number): Dialogue {
  if (d.document === undefined) return d;
  const lines = d.document.lines.map((line) =>
    line.id === lineId ? { ...line, pending: Math.max(0, plus(line.pending, delta)) } : line,
  );
  return { ...d, document: { ...d.document, lines } };
}
