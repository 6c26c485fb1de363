// Who lives here: what each entry of the journal does to the world. Total and pure: the world after
// a restart is the fold of the whole journal, and equals the one that was kept while working.

import { assert, plus, unreachable } from '../domain/index.ts';
import type { CommandId, ExceptionReport, Posting, PostingId, StationId } from '../domain/index.ts';
import { effectsOf } from './effects.ts';
import { givenUp, isLoose } from './packs.ts';
import { moved, unmoved } from './serials.ts';
import { moved as refilled } from './totes.ts';
import { Trie } from './trie.ts';
import type { Actor, EntryBody, JournalEntry, SettledOutcome } from './types.ts';
import { bookOf, emptyWorld } from './world.ts';
import type { Act, Book, DocumentState, Take, World } from './world.ts';

type Body<T extends EntryBody['type']> = Extract<EntryBody, { type: T }>;

/**
 * The world after `entry`, which must be the next one. Touches one document.
 * @throws BrokenLaw when the entry cannot follow on this world: the journal is not ours.
 */
export function fold(world: World, entry: JournalEntry): World {
  assert(entry.seq === world.seq + 1, `I-09: entry ${entry.seq} follows entry ${world.seq}`);
  return { ...apply(world, entry), seq: entry.seq };
}

function apply(world: World, entry: JournalEntry): World {
  const { body } = entry;
  switch (body.type) {
    case 'line-received':
      return take(world, entry, body);
    case 'line-undone':
      return undo(world, entry, body);
    case 'line-reversed':
      return note(world, entry, body.reverse.document, body.by);
    case 'document-finished':
      return note(world, entry, body.finish.document, body.by);
    case 'line-claimed':
      return claimed(note(world, entry, body.claim.document, body.by), body);
    case 'exception-reported':
      return note(
        letGo(world, entry, body.report),
        entry,
        body.report.document,
        body.by,
        closing(body.report),
      );
    case 'print-asked':
      return note(world, entry, body.request.document, body.by);
    case 'command-refused':
      return refuse(world, entry, body);
    case 'posting-cut':
      return cut(world, entry, body);
    case 'posting-settled':
      return settle(world, entry, body);
    case 'exception-closed':
    case 'barcode-linked':
    case 'posting-resent':
    case 'exception-assigned':
    case 'print-settled':
      return world;
    default:
      return unreachable(body);
  }
}

/** A document as this entry finds it. */
function documentOf(world: World, { atMs: touchedMs }: JournalEntry, id: string): DocumentState {
  const known = world.documents.get(id);
  if (known !== undefined) return { ...known, touchedMs };
  const nothing = { takes: new Map(), acts: new Map(), postings: new Map(), books: new Map() };
  return { id, touchedMs, ...nothing };
}

function withDocument(world: World, state: DocumentState): World {
  const open = isLoose(state);
  return {
    ...world,
    documents: world.documents.set(state.id, state),
    totes: refilled(world.totes, world.documents.get(state.id), state),
    unposted: open ? world.unposted.set(state.id, true) : world.unposted.delete(state.id),
  };
}

function take(world: World, entry: JournalEntry, { by, line }: Body<'line-received'>): World {
  assert(!world.commands.has(by.command), 'I-02: a command is in the journal once');
  const state = documentOf(world, entry, line.document);
  const taken: Take = {
    command: by.command,
    seq: entry.seq,
    atMs: entry.atMs,
    station: by.station,
    operator: by.operator,
    session: by.session,
    line,
    state: { kind: 'accepted' },
  };
  const takes = new Map(state.takes).set(by.command, taken);
  return {
    // Whoever brought the goods has kept the promise.
    ...withDocument(world, { ...unclaimed(state, by), takes }),
    commands: world.commands.set(by.command, line.document),
    serials: moved(world.serials, line, by.command),
  };
}

/** Without the word of this session to bring what is needed. */
function unclaimed(state: DocumentState, { session }: Actor): DocumentState {
  const { claim, ...rest } = state;
  return claim?.session === session ? rest : state;
}

function claimed(world: World, { by, claim, untilMs }: Body<'line-claimed'>): World {
  const state = world.documents.get(claim.document);
  assert(state !== undefined, 'a claim is noted in its document');
  const { command, session, operator } = by;
  const next =
    claim.release === true
      ? unclaimed(state, by)
      : { ...state, claim: { command, session, operator, untilMs } };
  return { ...world, documents: world.documents.set(claim.document, next) };
}

function undo(world: World, entry: JournalEntry, body: Body<'line-undone'>): World {
  const { by } = body;
  const { document, target } = body.undo;
  const state = documentOf(world, entry, document);
  const taken = state.takes.get(target);
  assert(taken?.state.kind === 'accepted', 'only an accepted line that is in no posting is undone');
  const takes = new Map(state.takes).set(target, { ...taken, state: { kind: 'undone' } });
  const serials = unmoved(world.serials, taken.line, target);
  const undone = { ...withDocument(world, { ...state, takes }), serials };
  return note(undone, entry, document, by);
}

/**
 * A second use of a known id is refused too; it says nothing about the first one, whether or not
 * the document of that one is in memory.
 */
function refuse(world: World, entry: JournalEntry, body: Body<'command-refused'>): World {
  const { by, payload, fault } = body;
  if (fault.code === 'ledger.id-reused' || world.commands.has(by.command)) return world;
  return note(world, entry, payload.document, by, { refused: fault });
}

/** What a report gives up of goods that wait to be packed: it is open on its order again. */
function letGo(world: World, entry: JournalEntry, report: ExceptionReport): World {
  const known = world.documents.get(report.document);
  const gone = known === undefined ? [] : givenUp(known, report);
  if (known === undefined || gone.length === 0) return world;
  const takes = new Map(known.takes);
  let { serials } = world;
  for (const { take, freed } of gone) {
    takes.set(take.command, take);
    serials = unmoved(serials, { ...take.line, serials: freed }, take.command);
  }
  return { ...withDocument(world, { ...known, takes, touchedMs: entry.atMs }), serials };
}

/** No more will come of a line: of an order that is Exact's to say, of a load it is ours. */
function closing({ remedy, line }: ExceptionReport): Pick<Act, 'closes'> {
  return remedy === 'close-short' && line !== undefined ? { closes: line } : {};
}

function note(
  world: World,
  entry: JournalEntry,
  document: string,
  { command, station }: Actor,
  more: Pick<Act, 'refused' | 'closes'> = {},
): World {
  assert(!world.commands.has(command), 'I-02: a command is in the journal once');
  const state = documentOf(world, entry, document);
  const acts = new Map(state.acts).set(command, { station, ...more });
  return {
    ...world,
    documents: world.documents.set(document, { ...state, acts }),
    commands: world.commands.set(command, document),
  };
}

function cut(world: World, entry: JournalEntry, { posting, books }: Body<'posting-cut'>): World {
  const state = documentOf(world, entry, posting.document);
  assert(!state.postings.has(posting.id), 'a posting is cut once');
  const takes = new Map(state.takes);
  for (const command of posting.commands) {
    const taken = takes.get(command);
    assert(taken?.state.kind === 'accepted', 'no goods are cut into two postings');
    takes.set(command, { ...taken, state: { kind: 'cut', posting: posting.id } });
  }
  return withDocument(world, {
    ...state,
    takes,
    postings: new Map(state.postings).set(posting.id, { posting }),
    books: withBooks(state.books, books ?? [], entry.atMs),
  });
}

function withBooks(
  known: ReadonlyMap<string, Book>,
  told: readonly Omit<Book, 'bookedAtMs'>[],
  atMs: number,
): ReadonlyMap<string, Book> {
  const books = new Map(known);
  for (const { line, base, booked } of told) {
    books.set(line, { line, base, booked, bookedAtMs: atMs });
  }
  return books;
}

function settle(world: World, entry: JournalEntry, body: Body<'posting-settled'>): World {
  const state = documentOf(world, entry, body.document);
  const known = state.postings.get(body.posting);
  assert(known !== undefined, 'a posting is cut before it is settled');
  assert(known.settled?.kind !== 'posted', 'I-03: a posted posting is final');
  const postings = new Map(state.postings);
  postings.set(body.posting, { posting: known.posting, settled: body.outcome });
  const booked = body.outcome.kind === 'posted';
  const told = body.books ?? (booked ? bookedAfter(world, body.document, body.posting) : []);
  const books = withBooks(state.books, told, entry.atMs);
  const serials = releasedBy(world, state, known.posting, body.outcome);
  return { ...withDocument(world, { ...state, postings, books }), serials };
}

/** Goods that were taken back, or that a person dropped, may come and go again. */
function releasedBy(
  world: World,
  state: DocumentState,
  posting: Posting,
  outcome: SettledOutcome,
): World['serials'] {
  const dropped = outcome.kind === 'rejected' && outcome.fault.data['dropped'] !== undefined;
  const gone = dropped ? posting.id : outcome.kind === 'posted' ? posting.reverses : undefined;
  if (gone === undefined) return world.serials;
  const only = dropped ? undefined : posting.takesBack;
  return [...state.takes.values()].reduce((serials, { command, line, state: where }) => {
    const part = only === undefined || only.includes(command);
    const its = part && where.kind === 'cut' && where.posting === gone;
    return its ? unmoved(serials, line, command) : serials;
  }, world.serials);
}

/**
 * These documents as their own entries made them, all of them and in order. What they say about
 * serial numbers is left out: those of other documents lie between.
 */
export function replayed(entries: readonly JournalEntry[]): Iterable<DocumentState> {
  const alone = entries.reduce<World>((world, entry) => {
    return { ...apply(world, entry), serials: Trie.empty() };
  }, emptyWorld());
  return [...alone.documents.entries()].map(([, state]) => state);
}

/** The books of a posting's lines once Exact has it. */
export function bookedAfter(world: World, document: string, id: PostingId): readonly Book[] {
  const postings = world.documents.get(document)?.postings;
  const posting = postings?.get(id)?.posting;
  const books = new Map<string, Book>();
  if (postings === undefined || posting === undefined) return [];
  for (const { line, quantity } of effectsOf(posting, postings)) {
    const book = books.get(line) ?? bookOf(world, document, line);
    books.set(line, { ...book, booked: plus(book.booked, quantity) });
  }
  return [...books.values()];
}

/** Who made a command, once it is in the journal. */
export function stationOf(world: World, command: CommandId): StationId | undefined {
  const state = world.documents.get(world.commands.get(command) ?? '');
  return state?.takes.get(command)?.station ?? state?.acts.get(command)?.station;
}
