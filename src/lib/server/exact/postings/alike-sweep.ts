// Who lives here: the part of the nightly look around (marker-sweep.ts) for kinds without a marker,
// which show nothing to count. Where one of their postings was sent more than once, documents are
// asked for that are like it and that no posting of ours has as its own (I-03).

import type { Clock, Posting, PostingKind } from '../../../domain/index.ts';
import type { ExactClient } from '../http.ts';
import type { StepResult } from './outcomes.ts';
import { Search } from './search.ts';
import { isPostingKind, POSTINGS, stepsOf } from './table.ts';

/** A posting of a kind without a marker that was sent more than once. */
export interface SentAgain {
  readonly posting: Posting;
  readonly state: string;
  readonly firstSentMs: number;
  /** As what Exact has it, by our own record; null where a person saw it there, or nobody did. */
  readonly exactId: string | null;
  /** Its number, or that of its order: then a second document has the same one. */
  readonly documentNumber: string | null;
}

export interface AlikeParts {
  readonly client: ExactClient;
  readonly clock: Clock;
  /** Postings of these kinds that were sent more than once since then. */
  readonly sentAgain: (
    kinds: readonly PostingKind[],
    sinceMs: number,
  ) => Promise<readonly SentAgain[]>;
  /** Which of these ids of Exact belong to documents of our postings of this kind. */
  readonly known: (kind: PostingKind, exactIds: readonly string[]) => Promise<ReadonlySet<string>>;
}

export type MarkerFinding =
  | {
      readonly kind: 'there';
      readonly marker: string;
      readonly result: StepResult;
      /** How many steps of the posting it is the end of; left out: all. */
      readonly steps?: number;
    }
  | {
      readonly kind: 'several';
      readonly marker: string;
      readonly documentNumbers: readonly string[];
    };

export interface Unread {
  readonly list: string;
  readonly words: string;
}

/** What became of the lists, while they are gone through. */
export interface Notes {
  readonly findings: MarkerFinding[];
  readonly unread: Unread[];
  readonly closed: Unread[];
}

/** How far a sweep looks back. */
export const BACK_MS = 72 * 3_600_000;

/** What was sent more than once, and Exact did the first one after all. */
export async function sweepAlike(parts: AlikeParts, notes: Notes): Promise<void> {
  const { findings } = notes;
  const kinds = Object.keys(POSTINGS).filter(isPostingKind);
  const unmarked = kinds.filter((kind) => POSTINGS[kind].entity.marker === null);
  const search = new Search(parts.client, parts.clock);
  const sinceMs = parts.clock.nowMs() - BACK_MS;
  for (const again of await parts.sentAgain(unmarked, sinceMs)) {
    const { posting, state, firstSentMs } = again;
    const [last] = stepsOf(POSTINGS, posting).slice(-1);
    // What is posted has its own document, which is known; only another one is news.
    const all = last?.looks([]) ?? [];
    const looks =
      state === 'posted' ? all.map((look) => ({ ...look, byLikeness: true as const })) : all;
    const known = (ids: readonly string[]) => parts.known(posting.kind, ids);
    const seen = await search.find(looks, firstSentMs, known);
    const { marker } = posting;
    // Of two receipts of one order both may have its number: their ids tell them apart, not these.
    const own = again.exactId === null ? [] : [again.documentNumber ?? again.exactId];
    const several = (others: readonly string[]): void => {
      findings.push({ kind: 'several', marker, documentNumbers: [...own, ...others] });
    };
    if (seen.kind === 'unknown') {
      const { path } = POSTINGS[posting.kind].entity;
      notes[seen.blind === true ? 'closed' : 'unread'].push({ list: path, words: seen.words });
    } else if (seen.kind === 'several') {
      several(seen.documentNumbers);
    } else if (seen.kind === 'found') {
      const { documentNumber, exactId } = seen.result;
      const number = documentNumber ?? exactId;
      if (state === 'rejected') findings.push({ kind: 'there', marker, result: seen.result });
      else if (state !== 'posted') continue;
      else if (own.length > 0) several([number]);
      // What a person confirmed is known by its number alone.
      else if (number !== again.documentNumber) several([again.documentNumber ?? '', number]);
    }
  }
}
