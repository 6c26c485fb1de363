// Who lives here: what projections ask of a world. Nothing here decides anything.

import type {
  CommandId,
  CommandState,
  ExceptionReport,
  GoodsLine,
  PostingId,
} from '../domain/index.ts';
import { takenBack } from './back.ts';
import { packsOf, isToPack } from './packs.ts';
import type { JournalEntry } from './types.ts';
import { orderLineOf } from './ways.ts';
import { orderOf, progressOf } from './world.ts';
import type { DocumentState, LineProgress, Take, World } from './world.ts';

/** Where every line of a document stands: those of the order, and those that goods came on. */
export function progress(world: World, document: string): ReadonlyMap<string, LineProgress> {
  const lines = new Set<string>();
  for (const line of orderOf(world, document)?.lines ?? []) lines.add(line.id);
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
  // What was picked to be packed is as far as what was packed of it last.
  const packed = isToPack(take.line) ? packsOf(state, take.command).at(-1) : undefined;
  if (packed !== undefined) return stateOfTake(state, packed);
  if (take.state.kind === 'accepted') return { kind: 'confirmed' };
  if (take.state.kind === 'undone') return { kind: 'undone' };
  const settled = state.postings.get(take.state.posting)?.settled;
  if (settled === undefined) return { kind: 'sending' };
  if (settled.kind === 'rejected') return { kind: 'exception', fault: settled.fault };
  const back = takenBack(state, take);
  if (back === undefined) return { kind: 'booked', documentNumber: settled.documentNumber };
  if (back.settled === undefined) return { kind: 'sending' };
  if (back.settled.kind === 'posted') return { kind: 'undone' };
  return { kind: 'exception', fault: back.settled.fault };
}

/** The commands whose state an entry changed; the world is one that has seen the entry. */
export function touched(world: World, { body }: JournalEntry): readonly CommandId[] {
  switch (body.type) {
    case 'document-finished':
    case 'print-asked':
    case 'line-claimed':
    case 'command-refused':
      return [body.by.command];
    case 'line-received':
      return [body.by.command, ...picksOf(body.line)];
    case 'exception-reported':
      return [body.by.command, ...givenBack(world, body.report)];
    case 'line-undone': {
      const { document, target } = body.undo;
      const line = world.documents.get(document)?.takes.get(target)?.line;
      return [body.by.command, target, ...(line === undefined ? [] : picksOf(line))];
    }
    case 'line-reversed':
      return [body.by.command];
    case 'posting-cut':
      return commandsOf(world, body.posting.document, body.posting.id);
    case 'posting-settled':
      return commandsOf(world, body.document, body.posting);
    case 'exception-closed':
    case 'barcode-linked':
    case 'posting-resent':
    case 'exception-assigned':
    case 'print-settled':
      return [];
  }
}

/** The picks that a line packed. */
const picksOf = (line: GoodsLine): readonly CommandId[] =>
  line.type === 'pack.line' ? (line.of ?? []).map(({ pick }) => pick) : [];

/** The picks that a report may have given up. */
function givenBack(world: World, { remedy, document, line }: ExceptionReport) {
  if (remedy !== 'pick-again') return [];
  const takes = [...(world.documents.get(document)?.takes.values() ?? [])];
  return takes.flatMap(({ command, line: its }) =>
    isToPack(its) && (line === undefined || its.line === line) ? [command] : [],
  );
}

/** The commands whose goods a posting brings or takes back. */
export function commandsOf(world: World, document: string, id: PostingId): readonly CommandId[] {
  const state = world.documents.get(document);
  const posting = state?.postings.get(id)?.posting;
  if (state === undefined || posting === undefined) return [];
  if (posting.reverses === undefined) {
    const picks = posting.commands.flatMap((command) => {
      const line = state.takes.get(command)?.line;
      return line === undefined ? [] : picksOf(line);
    });
    return [...new Set([...posting.commands, ...picks])];
  }
  return posting.takesBack ?? state.postings.get(posting.reverses)?.posting.commands ?? [];
}

/** The document that an entry is about. */
export function documentOf({ body }: JournalEntry): string {
  switch (body.type) {
    case 'line-received':
      return body.line.document;
    case 'line-undone':
      return body.undo.document;
    case 'line-reversed':
      return body.reverse.document;
    case 'document-finished':
      return body.finish.document;
    case 'line-claimed':
      return body.claim.document;
    case 'exception-reported':
      return body.report.document;
    case 'print-asked':
      return body.request.document;
    case 'command-refused':
      return body.payload.document;
    case 'posting-cut':
      return body.posting.document;
    case 'posting-settled':
    case 'exception-closed':
    case 'barcode-linked':
    case 'posting-resent':
    case 'exception-assigned':
    case 'print-settled':
      return body.document;
  }
}
