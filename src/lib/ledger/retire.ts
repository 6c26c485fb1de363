// Who lives here: what the hub need not remember (I-17). A document on which everything is settled
// leaves the world some time after its last entry, and comes back from the journal when a command
// or a person asks for it; what is decided is the same either way. Serial numbers stay: whether a
// number is in the house is asked for as long as there are numbers.

import { LIMITS } from '../domain/index.ts';
import { replayed } from './fold.ts';
import { loadOf } from './loads.ts';
import { isLoose } from './packs.ts';
import type { JournalEntry } from './types.ts';
import { withOrder } from './world.ts';
import type { DocumentState, MirrorOrder, PostingInWorld, World } from './world.ts';

/**
 * The world without documents and closed orders that nothing will be asked about soon: at most
 * LIMITS.retiredAtOnce of each. Whoever wants all of them gone asks until nothing goes any more.
 */
export function retire(world: World, nowMs: number): World {
  let { documents, commands, orders } = world;
  const most = LIMITS.retiredAtOnce;
  for (const [id, state] of world.documents.entries()) {
    if (world.documents.size - documents.size >= most) break;
    if (!isOld(state.touchedMs, nowMs) || orders.get(id)?.open === true) continue;
    if (!isSettled(state) || isAwaited(state, nowMs)) continue;
    documents = documents.delete(id);
    orders = orders.delete(id);
    for (const command of commandsOf(state)) commands = commands.delete(command);
  }
  const left = orders.size;
  for (const [id, order] of world.orders.entries()) {
    if (left - orders.size >= most) break;
    if (isOver(order, nowMs) && !documents.has(id)) orders = orders.delete(id);
  }
  return { ...world, documents, commands, orders };
}

/**
 * The world with the documents that these entries are about, as if they had never left. `entries`:
 * everything that the journal has about them, in order. What is in the world already stays; what
 * came back goes again after LIMITS.documentRecalledMs, unless there is news about it.
 */
export function revive(world: World, entries: readonly JournalEntry[], nowMs: number): World {
  const touchedMs = nowMs - LIMITS.documentKeepMs + LIMITS.documentRecalledMs;
  let next = world;
  for (const state of replayed(entries)) {
    if (world.documents.has(state.id)) continue;
    const documents = next.documents.set(state.id, { ...state, touchedMs });
    let { commands } = next;
    for (const command of commandsOf(state)) commands = commands.set(command, state.id);
    next = { ...next, documents, commands };
    const order = next.orders.get(state.id);
    // The mirror spoke while nobody kept its books.
    if (order !== undefined) next = withOrder(next, order);
  }
  return next;
}

/**
 * The world in which these documents, where they are in it, stay as long as ones that came back:
 * somebody asks for them now.
 */
export function renew(world: World, ids: Iterable<string>, nowMs: number): World {
  const touchedMs = nowMs - LIMITS.documentKeepMs + LIMITS.documentRecalledMs;
  let { documents } = world;
  for (const id of ids) {
    const state = documents.get(id);
    if (state === undefined || Math.abs(nowMs - state.touchedMs) <= nowMs - touchedMs) continue;
    documents = documents.set(id, { ...state, touchedMs });
  }
  return documents === world.documents ? world : { ...world, documents };
}

function commandsOf({ takes, acts }: DocumentState) {
  return [...takes.keys(), ...acts.keys()];
}

/** A clock that stepped back as far counts as long ago. */
function isOld(atMs: number, nowMs: number): boolean {
  return Math.abs(nowMs - atMs) >= LIMITS.documentKeepMs;
}

function isOver({ open, asOfMs }: MirrorOrder, nowMs: number): boolean {
  return !open && isOld(asOfMs ?? 0, nowMs);
}

/** Nothing waits for a posting, and no posting for Exact or for a person. */
function isSettled(state: DocumentState): boolean {
  return !isLoose(state) && [...state.postings.values()].every(isFinal);
}

/** Goods of it are on their way, and somebody may still take them in. */
function isAwaited(state: DocumentState, nowMs: number): boolean {
  const waits = Math.abs(nowMs - state.touchedMs) < LIMITS.loadKeepMs;
  return waits && loadOf(state)?.open === true;
}

function isFinal({ settled }: PostingInWorld): boolean {
  if (settled?.kind === 'rejected') return settled.fault.data['dropped'] !== undefined;
  return settled !== undefined;
}
