// Who lives here: taking one line back. Before the cut it is gone as if it had never come; after it
// Exact must take it back, if it has it, if it can, and if nobody used the goods meanwhile. The
// first `line.undo` of a booked line is always refused: what the refusal tells is what the operator
// must see before `line.reverse` is said, and a repeated command hears the same words again.

import { fault, LIMITS } from '../domain/index.ts';
import type { Command, Fault, GoodsLine, Posting, ReverseLine, UndoLine } from '../domain/index.ts';
import { takenBack } from './back.ts';
import { compensationOf } from './compensation.ts';
import { booksOnce } from './cut.ts';
import type { DecisionContext } from './cut.ts';
import { effectsOf } from './effects.ts';
import { packsOf } from './packs.ts';
import { postingsOf } from './postings.ts';
import { returnOf } from './returns.ts';
import type { Decision, EntryBody } from './types.ts';
import { usedSince } from './used.ts';
import { accepted, actorOf, entry, refusal } from './verdicts.ts';
import { bookOf } from './world.ts';
import type { DocumentState, Take, World } from './world.ts';

/** The line of this session that `asked` speaks of, while it stands. */
function lineOf(
  world: World,
  { session }: Command,
  { document, target }: UndoLine | ReverseLine,
): { readonly state: DocumentState; readonly take: Take } | undefined {
  const state = world.documents.get(document);
  const take = state?.takes.get(target);
  if (state === undefined || take === undefined || take.session !== session) return undefined;
  return take.state.kind === 'undone' ? undefined : { state, take };
}

export function undo(
  world: World,
  command: Command,
  asked: UndoLine,
  context: DecisionContext,
): Decision {
  const line = lineOf(world, command, asked);
  if (line === undefined) return refusal(command, fault('ledger.nothing-to-undo'), context);
  if (line.take.state.kind === 'accepted') return undone(line.state, command, asked, context);
  const way = wayBack(world, line.state, line.take, context);
  return refusal(command, way.kind === 'no' ? way.because : way.told, context);
}

/**
 * A line that is booked goes back: the entry that says so, and the posting that does it. What
 * nobody cut yet is only undone.
 */
export function reverse(
  world: World,
  command: Command,
  asked: ReverseLine,
  context: DecisionContext,
): Decision {
  const { document, target, reason } = asked;
  const line = lineOf(world, command, asked);
  if (line === undefined) return refusal(command, fault('ledger.nothing-to-undo'), context);
  if (line.take.state.kind === 'accepted') {
    return undone(line.state, command, { type: 'line.undo', document, target }, context);
  }
  const way = wayBack(world, line.state, line.take, context);
  if (way.kind === 'no') return refusal(command, way.because, context);
  const { posting } = way;
  const books = effectsOf(posting, line.state.postings).map((effect) => {
    return bookOf(world, document, effect.line);
  });
  const cut: EntryBody = { type: 'posting-cut', posting, books: booksOnce(books), reason };
  const body: EntryBody = { type: 'line-reversed', by: actorOf(command), reverse: asked };
  const { nextSeq } = context;
  const entries = [entry(nextSeq, context, body), entry(nextSeq + 1, context, cut)];
  return accepted(entries, nextSeq);
}

/** Before it was cut; goods that somebody packed since are taken out of there first. */
function undone(
  state: DocumentState,
  command: Command,
  asked: UndoLine,
  context: DecisionContext,
): Decision {
  const packed = packsOf(state, asked.target).at(-1);
  if (packed !== undefined) {
    const because = fault('ledger.undo-packed', {
      ...goods(packed.line),
      operator: packed.operator,
    });
    return refusal(command, because, context);
  }
  const body: EntryBody = { type: 'line-undone', by: actorOf(command), undo: asked };
  return accepted([entry(context.nextSeq, context, body)], context.nextSeq);
}

type WayBack =
  | { readonly kind: 'no'; readonly because: Fault }
  /** `told`: what the operator must see before it is done. */
  | { readonly kind: 'way'; readonly posting: Posting; readonly told: Fault };

/** What takes a line back that was cut into a posting, or why nothing does now. */
function wayBack(
  world: World,
  state: DocumentState,
  take: Take,
  { newPosting, nowMs }: Pick<DecisionContext, 'newPosting' | 'nowMs'>,
): WayBack {
  const no = (because: Fault): WayBack => ({ kind: 'no', because });
  const { state: where, line } = take;
  const cut = where.kind === 'cut' ? state.postings.get(where.posting) : undefined;
  if (cut?.settled === undefined) return no(fault('ledger.undo-under-way', goods(line)));
  const { posting, settled } = cut;
  if (settled.kind === 'rejected') return no(fault('ledger.undo-rejected', goods(line)));
  const { documentNumber: number } = settled;
  const told = { ...goods(line), number };
  const back = takenBack(state, take);
  if (back !== undefined) return no(fault('ledger.undo-again', told));
  const office = (words: string) => {
    return no(fault('ledger.undo-office', { ...told, words }));
  };
  // Whoever used the goods since may have left memory (retire.ts): nobody could tell any more.
  const old = Math.abs(nowMs - take.atMs) >= LIMITS.documentKeepMs;
  if (old) return office('it is too long ago to know who used the goods');
  const returned = returnOf(state, take);
  if (returned !== undefined) {
    const { quantity } = goods(returned.line);
    return no(fault('ledger.undo-used', { ...told, ...usedBy(returned, quantity, nowMs) }));
  }
  const used = usedSince(world, take);
  const by = used === undefined ? {} : usedBy(used.last, used.quantity, nowMs);
  if (used?.goods === 'counted') return no(fault('ledger.undo-counted', { ...told, ...by }));
  if (used?.goods === 'gone') return no(fault('ledger.undo-used', { ...told, ...by }));
  const name = newPosting();
  const whole = posting.commands.length === 1;
  const way = whole
    ? compensationOf(posting, settled.exactId, name)
    : compensationOf(alone(posting, take), settled.exactId, name, [take.command]);
  if (way.kind === 'office') return office(way.words);
  const data = { ...told, ...by, by: way.posting.kind };
  return { kind: 'way', posting: way.posting, told: fault('ledger.undo-posted', data) };
}

/** The posting as if it held nothing but the goods of this one of its takes. */
function alone(posting: Posting, take: Take): Posting {
  const { id, marker } = posting;
  // Of which issues they were is of no use where they go back there.
  return postingsOf([take], () => []).map((make) => make({ id, marker }))[0] ?? posting;
}

/** What the line was about, in words and numbers of a fault. */
function goods(line: GoodsLine) {
  const { batch, serials } = line;
  return {
    item: line.item,
    quantity: line.type === 'count.line' ? line.found.quantity : line.quantity,
    ...(batch === undefined ? {} : { batch }),
    ...(serials === undefined ? {} : { serials: serials.join(', ') }),
  };
}

const MINUTE_MS = 60_000;

/** Who, what, how many, and how many minutes ago by the hub's clock. */
function usedBy({ operator, line, atMs }: Take, used: number, nowMs: number) {
  const minutes = Math.max(0, Math.round((nowMs - atMs) / MINUTE_MS));
  return { operator, did: line.type, used, minutes };
}
