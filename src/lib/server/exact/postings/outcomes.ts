// Who lives here: how the send, the search and the removal of one step of a posting can end, and
// what a failure of the client means for each. A document may have been booked although no answer
// came (I-03), so nothing here says "failed" without saying which of the two it was.

import { describe } from '../outcomes.ts';
import type { Failure } from '../outcomes.ts';

/** What a step left in Exact. Drafts of numbers have no number of their own. */
export interface StepResult {
  readonly exactId: string;
  readonly documentNumber: string | null;
  /** The document says all there was to say: no second one is needed. */
  readonly whole?: true;
  /** What is planned of a line, and what it is to become: kept before that is sent. */
  readonly plan?: { readonly was: number; readonly is: number };
}

/** Nothing was said, or nothing was heard, for a reason that goes by. */
export interface Later {
  /** Whom it concerns: every posting, those of this kind, or this one alone. */
  readonly scope: 'all' | 'kind' | 'posting';
  /** When a time was named. */
  readonly retryAtMs: number | null;
  readonly words: string;
}

export type Sent =
  | { readonly kind: 'done'; readonly result: StepResult }
  /** Exact refused it in these words. It was not applied. */
  | {
      readonly kind: 'rejected';
      readonly status: number;
      readonly words: string;
      /** What is wrong, where it has a name. */
      readonly code?: 'exact.line-gone';
    }
  /** It was surely not applied: never sent, or answered so. */
  | (Later & { readonly kind: 'not-applied' })
  /** It may have been applied. */
  | { readonly kind: 'unknown'; readonly words: string };

export type Sighting =
  | { readonly kind: 'found'; readonly result: StepResult }
  | { readonly kind: 'absent' }
  | { readonly kind: 'several'; readonly documentNumbers: readonly string[] }
  /** It could not be looked up now; `blind`: Exact answers, but waiting alone changes nothing. */
  | Unseen;

export type Unseen = Later & { readonly kind: 'unknown'; readonly blind?: true };

export type Discarded =
  | { readonly kind: 'gone' }
  | { readonly kind: 'kept'; readonly words: string }
  | (Later & { readonly kind: 'later' });

/** `allFreeMs`: when anything at all may be asked of Exact; beyond it an endpoint is closed. */
export function laterOf(failure: Failure, allFreeMs: number): Later {
  const words = describe(failure);
  switch (failure.kind) {
    case 'throttled': {
      const scope = failure.untilMs <= allFreeMs ? 'all' : 'kind';
      return { scope, retryAtMs: failure.untilMs, words };
    }
    case 'auth':
      // A missing consent has no time: whoever connects again wakes the outbox.
      return {
        scope: 'all',
        retryAtMs: failure.state === 'waiting' ? failure.untilMs : null,
        words,
      };
    case 'unavailable':
      return {
        scope: failure.nothingSent ? 'all' : 'kind',
        retryAtMs: failure.untilMs ?? null,
        words,
      };
    case 'forbidden':
    case 'rejected':
    case 'unknown':
      return { scope: 'kind', retryAtMs: null, words };
  }
}

/** What a failure of a look says: nothing of the document. */
export function unseenOf(failure: Failure, allFreeMs: number): Unseen {
  const later = laterOf(failure, allFreeMs);
  const blind = failure.kind === 'forbidden' || failure.kind === 'rejected';
  return { kind: 'unknown', ...later, ...(blind ? { blind } : {}) };
}

/** What a failure says about a document: was it applied, surely not, or perhaps. */
export function sentOf(failure: Failure, allFreeMs: number): Sent {
  switch (failure.kind) {
    case 'throttled':
    case 'auth':
      return { kind: 'not-applied', ...laterOf(failure, allFreeMs) };
    case 'forbidden':
      return { kind: 'rejected', status: 403, words: failure.reason };
    case 'rejected':
      return { kind: 'rejected', status: failure.status, words: failure.words };
    case 'unavailable':
      return failure.nothingSent
        ? { kind: 'not-applied', ...laterOf(failure, allFreeMs) }
        : { kind: 'unknown', words: failure.words };
    case 'unknown':
      return { kind: 'unknown', words: failure.words };
  }
}

/** What a failure says about a removal, which may be tried again without harm. */
export function discardedOf(failure: Failure, allFreeMs: number): Discarded {
  const gone = failure.kind === 'rejected' && failure.status === 404;
  if (gone) return { kind: 'gone' };
  if (failure.kind === 'rejected' || failure.kind === 'forbidden') {
    return { kind: 'kept', words: describe(failure) };
  }
  return { kind: 'later', ...laterOf(failure, allFreeMs) };
}
