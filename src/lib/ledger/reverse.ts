// Who lives here: taking a booked posting back. What Exact has for it, another room knows; whether
// it may be done, and that it is done once, is decided here, in the order of entries.

import type { Posting, PostingId } from '../domain/index.ts';
import { takesBack } from './back.ts';
import { booksOnce } from './cut.ts';
import type { DecisionContext } from './cut.ts';
import { effectsOf } from './effects.ts';
import { cameBack } from './returns.ts';
import type { JournalEntry } from './types.ts';
import { bookOf } from './world.ts';
import type { World } from './world.ts';

export interface ReversalAsked {
  readonly document: string;
  readonly posting: PostingId;
  /** Why a person wants it; kept in the journal. */
  readonly reason: string;
}

export type Reversal =
  | { readonly kind: 'entries'; readonly entries: readonly JournalEntry[] }
  /**
   * `unbooked`: Exact does not have it. `again`: it was taken back before. `part`: a line of it
   * was. `impossible`: no way.
   */
  | {
      readonly kind: 'refused';
      readonly why: 'unknown' | 'unbooked' | 'again' | 'part' | 'impossible';
    };

/** The document that takes one back, under this name; undefined where Exact has none. */
export type Compensate = (
  booked: Posting,
  exactId: string,
  name: ReturnType<DecisionContext['newPosting']>,
) => Posting | undefined;

/** The entry that cuts the posting which takes a booked one back. */
export function reversal(
  world: World,
  asked: ReversalAsked,
  compensate: Compensate,
  context: Pick<DecisionContext, 'nowMs' | 'nextSeq' | 'newPosting'>,
): Reversal {
  const { document, reason } = asked;
  const state = world.documents.get(document);
  const postings = state?.postings;
  const known = postings?.get(asked.posting);
  if (state === undefined || postings === undefined || known === undefined)
    return { kind: 'refused', why: 'unknown' };
  if (known.settled?.kind !== 'posted') return { kind: 'refused', why: 'unbooked' };
  const before = [...postings.values()].find((other) => takesBack(other, asked.posting));
  if (before !== undefined) {
    return { kind: 'refused', why: before.posting.takesBack === undefined ? 'again' : 'part' };
  }
  if (cameBack(state, known.posting)) return { kind: 'refused', why: 'part' };
  const posting = compensate(known.posting, known.settled.exactId, context.newPosting());
  if (posting === undefined) return { kind: 'refused', why: 'impossible' };
  const books = effectsOf(posting, postings).map(({ line }) => bookOf(world, document, line));
  const body = { type: 'posting-cut', posting, books: booksOnce(books), reason } as const;
  return { kind: 'entries', entries: [{ seq: context.nextSeq, atMs: context.nowMs, body }] };
}
