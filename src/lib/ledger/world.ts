// Who lives here: what the hub knows at one moment. Half of it is told by the journal (what
// stations did), half by the mirror (what Exact's orders look like). A world never changes; a new
// one shares everything with the old one but the document that was touched. Terms: a take is one
// accepted line of goods; pending goods are taken and not yet booked; a book is what we know of
// Exact's booked quantity while our own postings are on their way there.

import { insteadLineOf, minus, planOf, plus } from '../domain/index.ts';
import type {
  CommandId,
  GoodsLine,
  OrderKind,
  Posting,
  PostingId,
  Seq,
  SessionId,
  StationId,
  Tracking,
} from '../domain/index.ts';
import { replaced, seen, shownOf } from './books.ts';
import { effectsOf } from './effects.ts';
import type { Demands } from './demands.ts';
import { loadOf } from './loads.ts';
import { leftOf } from './packs.ts';
import type { Serials } from './serials.ts';
import type { Totes } from './totes.ts';
import { Trie } from './trie.ts';
import type { Fault } from '../domain/index.ts';
import type { LineBook, SettledOutcome } from './types.ts';
import { orderLineOf, quantityOf } from './ways.ts';

/** An order as the mirror of Exact has it. Not journaled. */
export interface MirrorOrder {
  readonly id: string;
  readonly kind: OrderKind;
  /** Where its goods come to or go from, where the ledger must know. */
  readonly warehouse?: string;
  /** Goods may still come or go on it. */
  readonly open: boolean;
  /** Its warehouse keeps goods in storage locations. */
  readonly usesLocations: boolean;
  readonly lines: readonly MirrorLine[];
  /** The hub's clock when this was read, or last known to be unchanged. */
  readonly asOfMs?: number;
}

/**
 * One line of it; quantities are stock units. A shop order has a line for each material, and one
 * with its own id for what it makes.
 */
export interface MirrorLine {
  readonly id: string;
  readonly open: boolean;
  readonly item: string;
  /** Of a shop order: it comes out beside what is made, instead of going in. */
  readonly byProduct?: true;
  readonly tracking: Tracking;
  readonly hasExpiry: boolean;
  /** Stock unit code, for the words of a refusal. */
  readonly unit?: string;
  /** Ordered, or planned. */
  readonly ordered: number;
  /** Received, delivered, issued or produced. */
  readonly doneInExact: number;
}

export interface World {
  /** The last entry that was folded in. */
  readonly seq: Seq;
  readonly orders: Trie<MirrorOrder>;
  readonly documents: Trie<DocumentState>;
  /** Command → its document. */
  readonly commands: Trie<string>;
  /** Item and serial number → the takes that moved it. */
  readonly serials: Serials;
  /** Code of a tote → the document whose goods are in it. */
  readonly totes: Totes;
  /** Documents with takes that no posting holds yet. */
  readonly unposted: Trie<true>;
  /** Kinds of orders of which the mirror has not read everything yet. Not journaled. */
  readonly unread: ReadonlySet<OrderKind>;
  /** Roles of the people who have a badge, by their ids. Not journaled. */
  readonly people: ReadonlyMap<string, readonly string[]>;
  /** What the revisions that were in force demand of people. Not journaled. */
  readonly demands: Demands;
}

/** Everything that happened to one document. */
export interface DocumentState {
  readonly id: string;
  /** The hub's clock at the last entry about it, or when it was brought back into memory. */
  readonly touchedMs: number;
  readonly takes: ReadonlyMap<CommandId, Take>;
  /** Commands other than takes. */
  readonly acts: ReadonlyMap<CommandId, Act>;
  readonly postings: ReadonlyMap<PostingId, PostingInWorld>;
  readonly books: ReadonlyMap<string, Book>;
  /** Of a need: who said last to bring it. */
  readonly claim?: Claim;
}

/** Somebody brings what is needed; it holds until then, or until the goods are there. */
export interface Claim {
  readonly command: CommandId;
  readonly session: SessionId;
  readonly operator: string;
  /** The hub's clock. */
  readonly untilMs: number;
}

export interface Take {
  readonly command: CommandId;
  readonly seq: Seq;
  readonly atMs: number;
  readonly station: StationId;
  readonly operator: string;
  readonly session: SessionId;
  readonly line: GoodsLine;
  readonly state: TakeState;
}

export type TakeState =
  | { readonly kind: 'accepted' }
  | { readonly kind: 'undone' }
  | { readonly kind: 'cut'; readonly posting: PostingId };

export interface Act {
  readonly station: StationId;
  /** Absent: it was accepted. */
  readonly refused?: Fault;
  /** A line of a load of which no more will come. */
  readonly closes?: string;
}

export interface PostingInWorld {
  readonly posting: Posting;
  readonly settled?: SettledOutcome;
}

export interface Book extends LineBook {
  /** When the last booking was learnt, by the hub's clock. */
  readonly bookedAtMs: number;
}

export function emptyWorld(): World {
  return {
    seq: 0,
    orders: Trie.empty(),
    documents: Trie.empty(),
    commands: Trie.empty(),
    serials: Trie.empty(),
    totes: Trie.empty(),
    unposted: Trie.empty(),
    unread: new Set(),
    people: new Map(),
    demands: new Map(),
  };
}

/** The world in which the mirror says this of an order. */
export function withOrder(world: World, order: MirrorOrder): World {
  const orders = world.orders.set(order.id, order);
  const document = world.documents.get(order.id);
  if (document === undefined || document.books.size === 0) return { ...world, orders };
  const flying = flyingLines(document);
  const books = new Map(document.books);
  for (const line of order.lines) {
    for (const id of [line.id, insteadLineOf(line.id)]) {
      const book = books.get(id);
      if (book === undefined || flying.has(id)) continue;
      books.set(id, seen(book, shownOf(line, id), order));
    }
  }
  const documents = world.documents.set(order.id, { ...document, books });
  return { ...world, orders, documents };
}

/** The world in which the mirror has read all orders but those of these kinds. */
export function withUnread(world: World, unread: ReadonlySet<OrderKind>): World {
  return { ...world, unread };
}

/** The world in which these are all the people who have a badge. */
export function withPeople(
  world: World,
  people: readonly { readonly id: string; readonly roles: readonly string[] }[],
): World {
  return { ...world, people: new Map(people.map(({ id, roles }) => [id, roles])) };
}

/** The world in which the mirror no longer has this order; what happened to it stays known. */
export function withoutOrder(world: World, order: string): World {
  return { ...world, orders: world.orders.delete(order) };
}

/**
 * Lines with goods in a posting that is on its way: the mirror may or may not show them yet. A
 * rejected one that nobody dropped may turn out to be in Exact after all.
 */
function flyingLines(document: DocumentState): ReadonlySet<string> {
  const lines = new Set<string>();
  for (const { posting, settled } of document.postings.values()) {
    if (settled?.kind === 'posted' || isDropped(settled)) continue;
    for (const { line } of effectsOf(posting, document.postings)) lines.add(line);
  }
  return lines;
}

function isDropped(settled: SettledOutcome | undefined): boolean {
  return settled?.kind === 'rejected' && settled.fault.data['dropped'] !== undefined;
}

/** What a line's book says, or what the mirror says where we never booked on it. */
export function bookOf(world: World, document: string, line: string): Book {
  const known = world.documents.get(document)?.books.get(line);
  if (known !== undefined) return known;
  return { line, base: inMirror(world, document, line), booked: 0, bookedAtMs: 0 };
}

/** What the mirror has of a line that is booked on, or of what is issued in its place. */
function inMirror(world: World, document: string, line: string): number {
  const found = mirrorLineOf(world, document, planOf(line));
  return found === undefined ? 0 : shownOf(found, line);
}

/** What work is done on under this id: an order of Exact's, or goods that are on their way. */
export function orderOf(world: World, id: string): MirrorOrder | undefined {
  return world.orders.get(id) ?? loadOf(world.documents.get(id));
}

export function mirrorLineOf(world: World, order: string, line: string): MirrorLine | undefined {
  return orderOf(world, order)?.lines.find(({ id }) => id === line);
}

/** Where one order line stands; all in stock units. */
export interface LineProgress {
  /** Booked in Exact, seen or not yet seen by the mirror. */
  readonly received: number;
  /** Taken, not undone, not booked. */
  readonly pending: number;
  /** The part of `pending` whose posting Exact rejected: a person must decide. */
  readonly exception: number;
}

/** Goods may come on a line up to ordered − received − pending, plus the tolerance. */
export function lineProgress(world: World, document: string, line: string): LineProgress {
  return progressOf(world, document, [line]).get(line) ?? NOTHING;
}

const NOTHING: LineProgress = { received: 0, pending: 0, exception: 0 };

/** The same for several lines of one document, in one walk over its takes. */
export function progressOf(
  world: World,
  document: string,
  lines: Iterable<string>,
): ReadonlyMap<string, LineProgress> {
  const result = new Map<string, LineProgress>();
  for (const line of lines) {
    const book = bookOf(world, document, line);
    const mirror = mirrorLineOf(world, document, line)?.doneInExact ?? 0;
    const ours = plus(book.base, book.booked);
    // While goods of ours are taken back the mirror's number is the old one.
    const own = book.booked < 0 ? Math.min(mirror, ours) : Math.max(mirror, ours);
    const instead = world.documents.get(document)?.books.get(insteadLineOf(line));
    const received = plus(own, replaced(instead, mirrorLineOf(world, document, line)));
    result.set(line, { received, pending: 0, exception: 0 });
  }
  const state = world.documents.get(document);
  // Of what was picked to be packed the rest counts: what is packed of it counts as packed.
  const left = state === undefined ? undefined : leftOf(state);
  for (const take of state?.takes.values() ?? []) {
    const line = orderLineOf(take.line);
    const known = line === undefined ? undefined : result.get(line);
    const where = whereabouts(state, take);
    if (line === undefined || known === undefined) continue;
    if (where === 'gone' || where === 'booked') continue;
    const more = left?.get(take.command) ?? quantityOf(take.line);
    const exception = where === 'exception' ? plus(known.exception, more) : known.exception;
    result.set(line, { ...known, pending: plus(known.pending, more), exception });
  }
  return result;
}

function whereabouts(state: DocumentState | undefined, take: Take) {
  if (take.state.kind === 'accepted') return 'pending';
  if (take.state.kind === 'undone') return 'gone';
  const settled = state?.postings.get(take.state.posting)?.settled;
  if (settled === undefined) return 'pending';
  if (settled.kind === 'posted') return 'booked';
  // A dropped posting was settled by a person outside this house: its goods wait for nothing here.
  return isDropped(settled) ? 'gone' : 'exception';
}

/** How much of `ordered` is still open; below zero when more came than was ordered. */
export function openOf(ordered: number, progress: LineProgress): number {
  return minus(minus(ordered, progress.received), progress.pending);
}
