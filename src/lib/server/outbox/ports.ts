// Who lives here: what the outbox needs of others, in its own words. The composition root hands
// Exact and the journal in; a test hands in whatever it wants to see survived.
//
// Terms: step (one call that changes something in Exact; a posting is one or several), result
// (what a step that was applied gave), scope (whom a refusal keeps from Exact).

import type {
  Fault,
  FaultCode,
  Marker,
  Posting,
  PostingId,
  PostingKind,
} from '../../domain/index.ts';
import type { PostingState, SettledOutcome } from '../../ledger/index.ts';

/** What a step left in Exact. A draft has no number of its own. */
export interface StepResult {
  readonly exactId: string;
  readonly documentNumber: string | null;
  /** The document says all there was to say: no second one is needed. */
  readonly whole?: true;
  /** What is planned of a line, and what it is to become: kept before that is sent. */
  readonly plan?: { readonly was: number; readonly is: number };
}

/**
 * Whom it concerns that Exact cannot be spoken to now: every posting (no token, too many calls),
 * those of one kind (their endpoint is blocked), or this one alone.
 */
export type Scope = 'all' | 'kind' | 'posting';

/** Nothing was said, or nothing was heard, for a reason that goes by. */
export interface Later {
  readonly scope: Scope;
  /** When to come again, where Exact or our own count named a time. */
  readonly retryAtMs: number | null;
  readonly words: string;
}

/** How the send of one step ended. Only `unknown` may have been applied without our knowing. */
export type Sent =
  | { readonly kind: 'done'; readonly result: StepResult }
  | {
      readonly kind: 'rejected';
      readonly status: number;
      readonly words: string;
      /** What is wrong, where it has a name; `exact.rejected` when not given. */
      readonly code?: FaultCode;
    }
  | (Later & { readonly kind: 'not-applied' })
  | { readonly kind: 'unknown'; readonly words: string };

/** What looking for a step in Exact showed. */
export type Sighting =
  | { readonly kind: 'found'; readonly result: StepResult }
  | { readonly kind: 'absent' }
  | { readonly kind: 'several'; readonly documentNumbers: readonly string[] }
  /** `blind`: Exact answers, but not so that it can be told; that does not go by with time. */
  | (Later & { readonly kind: 'unknown'; readonly blind?: true });

/** What became of something that a dropped posting had left in Exact. */
export type Discarded =
  | { readonly kind: 'gone' }
  /** It cannot be taken away; a person must know. */
  | { readonly kind: 'kept'; readonly words: string }
  | (Later & { readonly kind: 'later' });

/**
 * `done`: the results of the steps before the one that is meant; its length is that step's index.
 * Every answer is about one step only, and every method calls Exact only a few times.
 */
export interface ExactPort {
  /** Kinds whose documents carry no marker: of one order only one of them may be under way. */
  readonly unmarked: readonly PostingKind[];
  /** How many steps this posting has; the same at every call. */
  steps(posting: Posting): number;
  /** When this step may leave, as far as this side knows; in the past means now. */
  mayPostAtMs(posting: Posting, done: readonly StepResult[]): number;
  /** Whether this step is a difference to what Exact shows, and so wants to see all of it. */
  reckons(posting: Posting, done: readonly StepResult[]): boolean;
  /** `sinceMs`: before the first send of this posting. */
  send(posting: Posting, done: readonly StepResult[], sinceMs?: number): Promise<Sent>;
  find(posting: Posting, done: readonly StepResult[], sinceMs: number): Promise<Sighting>;
  /** Takes away what this step left in Exact, if it lets us; for a posting that nobody wants. */
  discard(posting: Posting, step: number, left: StepResult): Promise<Discarded>;
}

/** Something final happened to a posting. */
export interface Settlement {
  readonly posting: PostingId;
  readonly document: string;
  readonly outcome: SettledOutcome;
}

/**
 * Records it in the journal. May be called again for the same settlement when the hub died in
 * between, and again with another outcome after a person sent a rejected posting once more.
 */
export type Settle = (settlement: Settlement) => Promise<void>;

/** What somebody who looked around in Exact says of a posting of ours (I-03). */
export type Finding =
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

/** One posting, as the admin page and the stations' states may see it. */
export interface PostingView {
  readonly id: PostingId;
  readonly marker: Marker;
  readonly kind: string;
  readonly document: string;
  /** 0 when the stored body can't be read. */
  readonly lines: number;
  readonly state: PostingState;
  /** The step that is next, from 0. */
  readonly step: number;
  /** Sends of that step. */
  readonly attempts: number;
  readonly firstSentMs: number | null;
  readonly lastSentMs: number | null;
  /** When it is touched next; null when only a person can move it, or nobody needs to. */
  readonly nextAtMs: number | null;
  readonly exactId: string | null;
  readonly documentNumber: string | null;
  readonly fault: Fault | null;
  /** Exact's own words, or why the answer is not known. */
  readonly words: string | null;
  readonly updatedMs: number;
}
