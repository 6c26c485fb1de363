// Who lives here: totes, boxes with a barcode of their own that goods of one order are put into while
// it is picked. A tote holds goods of one order at a time, whoever picks it. What is in which tote is
// reckoned from the takes of each document; of the whole world only whose each tote is, is kept.

import { fault, LIMITS } from '../domain/index.ts';
import type { CommandId, Fault, GoodsLine } from '../domain/index.ts';
import { isToPack, leftOf } from './packs.ts';
import type { Trie } from './trie.ts';
import type { DocumentState, World } from './world.ts';

/** Code of a tote, in small letters → the document whose goods are in it. */
export type Totes = Trie<string>;

/** The tote that goods of a line were put into. */
function toteOf({ answers = [] }: GoodsLine): string | undefined {
  const tote = answers.find(({ kind }) => kind === 'tote')?.value;
  return tote === undefined ? undefined : String(tote);
}

/** Picks of which something is packed, and not yet for good. */
function beingPacked({ takes }: DocumentState): ReadonlySet<CommandId> {
  const open = [...takes.values()].filter(({ state }) => state.kind === 'accepted');
  const parts = open.flatMap(({ line }) => (line.type === 'pack.line' ? (line.of ?? []) : []));
  return new Set(parts.map(({ pick }) => pick));
}

/** Codes of the totes with goods of this document, the one that was filled first first. */
export function totesOf(state: DocumentState | undefined): readonly string[] {
  const filled = [...(state?.takes.values() ?? [])].flatMap((take) => {
    const tote = toteOf(take.line);
    const here = take.line.type === 'deliver.line' && take.state.kind === 'accepted';
    return tote === undefined || !here ? [] : [{ tote, take }];
  });
  if (state === undefined || filled.length === 0) return [];
  const left = leftOf(state);
  const packing = beingPacked(state);
  const totes = new Map<string, string>();
  for (const { tote, take } of filled) {
    // Picked, and neither delivered nor packed for good.
    const empty = isToPack(take.line) && left.get(take.command) === 0 && !packing.has(take.command);
    if (!empty && !totes.has(tote.toLowerCase())) totes.set(tote.toLowerCase(), tote);
  }
  return [...totes.values()];
}

/** The same as a station's row of the order tells it. */
export function totesIn(world: World, document: string): readonly string[] {
  return totesOf(world.documents.get(document)).slice(0, LIMITS.totesPerOrder);
}

/** Whose totes are whose after a document became another. */
export function moved(
  totes: Totes,
  before: DocumentState | undefined,
  after: DocumentState,
): Totes {
  const held = totesOf(after).map((tote) => tote.toLowerCase());
  const freed = totesOf(before).filter((tote) => !held.includes(tote.toLowerCase()));
  const less = freed.reduce((all, tote) => all.delete(tote.toLowerCase()), totes);
  return held.reduce((all, tote) => all.set(tote, after.id), less);
}

/** Why goods can't be put into the tote of this line: those of another order are in it. */
export function faultInTote({ totes }: World, line: GoodsLine): Fault | undefined {
  const tote = toteOf(line);
  const holder = tote === undefined ? undefined : totes.get(tote.toLowerCase());
  if (tote === undefined || holder === undefined || holder === line.document) return undefined;
  return fault('ledger.tote-taken', { tote });
}
