// Who lives here: what a reading that failed means: whom it concerns, how long to wait, what to show.

import { LIMITS } from '../../../domain/index.ts';
import { describe } from '../outcomes.ts';
import type { Failure } from '../outcomes.ts';
import type { Pulled } from './pull.ts';

/** A reading that did not get on. */
export type Trouble = Exclude<Pulled, { kind: 'done' | 'more' }>;

export const FIRST_BACKOFF_MS = 5_000;
/** Refused queries count towards Exact's block (§3.4): at most four in the first hour … */
const REFUSED_WAIT_MS = 15 * 60_000;
/** … and, for want of a licence say, one every four hours after that. */
const REFUSED_STEPS = 16;

/** Failures that say nothing about one list. */
export function concernsAll(failure: Failure): boolean {
  if (failure.kind === 'throttled' || failure.kind === 'auth') return true;
  return failure.kind === 'unavailable' && failure.nothingSent;
}

/**
 * Whether waiting alone does not help: somebody must give a right, or look at a row. What Exact
 * refuses for trouble of its own (5xx) passes.
 */
export function lasts(trouble: Trouble): boolean {
  if (trouble.kind === 'surprise') return true;
  const { failure } = trouble;
  return failure.kind === 'forbidden' || (failure.kind === 'rejected' && failure.status < 500);
}

/** `failures`: how many there were before this one. */
export function waitAfter(trouble: Trouble, failures: number, nowMs: number): number {
  if (trouble.kind === 'failed' && trouble.failure.kind === 'throttled') {
    return Math.max(FIRST_BACKOFF_MS, trouble.failure.untilMs - nowMs);
  }
  const kind = trouble.kind === 'failed' ? trouble.failure.kind : trouble.kind;
  if (kind === 'rejected' || kind === 'forbidden') {
    return REFUSED_WAIT_MS * Math.min(2 ** failures, REFUSED_STEPS);
  }
  return Math.min(FIRST_BACKOFF_MS * 2 ** Math.min(failures, 10), LIMITS.exactBackoffMaxMs);
}

/** What a person sees of it: a sentence, and an excerpt of what came. */
export function shown(trouble: Trouble): { readonly words: string; readonly raw: string } {
  if (trouble.kind === 'surprise') return { words: trouble.words, raw: trouble.raw };
  const { failure } = trouble;
  return { words: describe(failure), raw: 'raw' in failure ? (failure.raw ?? '') : '' };
}

/**
 * What a log may keep of it: which kind, and for a surprise what we missed. Nothing that came from
 * Exact, which may name persons.
 */
export function shapeOf(trouble: Trouble): string {
  if (trouble.kind === 'surprise') return `surprise: ${trouble.words}`;
  const { failure } = trouble;
  return failure.kind === 'rejected' ? `rejected ${failure.status}` : failure.kind;
}
