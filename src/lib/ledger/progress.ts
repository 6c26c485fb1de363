// Who lives here: what projections ask of a world. Nothing here decides anything.

import type { CommandId, CommandState } from '../domain/index.ts';
import type { JournalEntry } from './types.ts';
import { orderLineOf } from './ways.ts';
import { progressOf } from './world.ts';
import type { DocumentState, LineProgress, Take, World } from './world.ts';

/** Where every line of a document stands: those of the order, and those that goods came on. */
export function progress(world: World, document: string): ReadonlyMap<string, LineProgress> {
  const lines = new Set<string>();
  for (const line of world.orders.get(document)?.lines ?? []) lines.add(line.id);
  const state = world.documents.get(document);
  for (const take of state?.takes.values() ?? []) {
    const line = orderLineOf(take.line);
    if (line !== undefined) lines.add(line);
  }
  return progressOf(world, document, lines);
}

/**
 * How far a command has come, as far as the journal knows; undefined for one it never saw. Goods
 * in a posting are `sending` until it is settled: whether that one is in doubt, the outbox knows.
 */
export function stateOf(world: World, command: CommandId): CommandState | undefined {
  const state = world.documents.get(world.commands.get(command) ?? '');
  const take = state?.takes.get(command);
  if (state !== undefined && take !== undefined) return stateOfTake(state, take);
  const act = state?.acts.get(command);
  if (act === undefined) return undefined;
  if (act.refused !== undefined) return { kind: 'exception', fault: act.refused };
  return { kind: 'confirmed' };
}

function stateOfTake(state: DocumentState, take: Take): CommandState {
  if (take.state.kind === 'accepted') return { kind: 'confirmed' };
  if (take.state.kind === 'undone') return { kind: 'undone' };
  const settled = state.postings.get(take.state.posting)?.settled;
  if (settled === undefined) return { kind: 'sending' };
  if (settled.kind === 'rejected') return { kind: 'exception', fault: settled.fault };
  return { kind: 'booked', documentNumber: settled.documentNumber };
}

/** The commands whose state an entry changed; the world is one that has seen the entry. */
export function touched(world: World, { body }: JournalEntry): readonly CommandId[] {
  switch (body.type) {
    case 'line-received':
    case 'document-finished':
    case 'command-refused':
      return [body.by.command];
    case 'line-undone':
      return [body.by.command, body.undo.target];
    case 'posting-cut':
      return body.posting.commands;
    case 'posting-settled':
      return world.documents.get(body.document)?.postings.get(body.posting)?.posting.commands ?? [];
    case 'exception-closed':
    case 'posting-resent':
    case 'exception-assigned':
      return [];
  }
}

/** The document that an entry is about. */
export function documentOf({ body }: JournalEntry): string {
  switch (body.type) {
    case 'line-received':
      return body.line.document;
    case 'line-undone':
      return body.undo.document;
    case 'document-finished':
      return body.finish.document;
    case 'command-refused':
      return body.payload.document;
    case 'posting-cut':
      return body.posting.document;
    case 'posting-settled':
    case 'exception-closed':
    case 'posting-resent':
    case 'exception-assigned':
      return body.document;
  }
}
