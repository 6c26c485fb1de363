// Who lives here: entries that no command causes. Goods that a session left behind are cut after a
// while, so that nothing lies on the floor without being on its way to the books; and what became
// of a posting is told to the journal once.

import { LIMITS } from '../domain/index.ts';
import type { PostingId } from '../domain/index.ts';
import { booksOnce, cutEntries } from './cut.ts';
import type { DecisionContext } from './cut.ts';
import { bookedAfter } from './fold.ts';
import { isToPack } from './packs.ts';
import type { JournalEntry, SettledOutcome } from './types.ts';
import type { DocumentState, Take, World } from './world.ts';

/**
 * Cuts, per document and session, accepted goods whose session took nothing more on that document
 * for LIMITS.unpostedMaxMs; lines that only wait for others to share a call with, after
 * LIMITS.bundleIdleMs, or at once when calls are no longer scarce. A clock that stepped back as far
 * counts as long ago.
 */
export function sweep(world: World, context: DecisionContext): readonly JournalEntry[] {
  const entries: JournalEntry[] = [];
  for (const [id] of world.unposted.entries()) {
    const state = world.documents.get(id);
    for (const takes of leftBehind(state, context)) {
      entries.push(...cutEntries(world, takes, context, context.nextSeq + entries.length));
    }
  }
  return entries;
}

function leftBehind(
  state: DocumentState | undefined,
  { nowMs, bundle }: Pick<DecisionContext, 'nowMs' | 'bundle'>,
): readonly Take[][] {
  const sessions = new Map<string, Take[]>();
  for (const take of state?.takes.values() ?? []) {
    if (take.state.kind !== 'accepted' || isToPack(take.line)) continue;
    const waits = take.line.posting === 'budget' ? 'call' : 'end';
    const key = `${waits} ${take.session}`;
    const takes = sessions.get(key);
    if (takes === undefined) sessions.set(key, [take]);
    else takes.push(take);
  }
  return [...sessions].flatMap(([key, takes]) => {
    const forCall = key.startsWith('call');
    if (forCall && (!bundle || takes.length >= LIMITS.bundleLines)) return [takes];
    const idleMs = forCall ? LIMITS.bundleIdleMs : LIMITS.unpostedMaxMs;
    return takes.every((take) => Math.abs(nowMs - take.atMs) >= idleMs) ? [takes] : [];
  });
}

/**
 * The entry that settles a posting; none when the journal already says so, or when the posting is
 * not known. A rejected posting may be settled again after a person sent it once more.
 */
export function settlement(
  world: World,
  told: {
    readonly posting: PostingId;
    readonly document: string;
    readonly outcome: SettledOutcome;
  },
  context: Pick<DecisionContext, 'nowMs' | 'nextSeq'>,
): readonly JournalEntry[] {
  const { posting, document, outcome } = told;
  const known = world.documents.get(document)?.postings.get(posting);
  if (known === undefined || known.settled?.kind === 'posted') return [];
  const booked = outcome.kind === 'posted';
  const books = booked ? booksOnce(bookedAfter(world, document, posting)) : [];
  const body = { type: 'posting-settled', posting, document, outcome, books } as const;
  return [{ seq: context.nextSeq, atMs: context.nowMs, body }];
}
