// Who lives here: when a list is read again, and which one is next. Pure: times come in as numbers.
//
// Terms: beat (what we know of one list's rhythm), hint (somebody knows that it has changed), own
// hint (it is our own posting that changed it: nobody waits for that), rank (a list's place in a
// first load).

import type { ListName, Rhythm } from './entities.ts';

export interface Beat {
  readonly name: ListName;
  readonly rhythm: Rhythm;
  /** Place in a first load, from 0. */
  readonly rank: number;
  dueMs: number;
  /** When its last reading ended; before the first one -Infinity. */
  readMs: number;
  /** A reading is under way, slice after slice. */
  reading: boolean;
  /** Least pause after hints that came since that reading began; Infinity: none came. */
  hintPauseMs: number;
  /** Readings in a row that brought nothing. */
  empty: number;
  failures: number;
  faultWords: string | null;
  /** It was read to its end once. */
  complete: boolean;
  /** Something of it was read. */
  seen: boolean;
}

/** How long hints are gathered before they are followed: one reading for all of them. */
export const HINT_WAIT_MS = 20_000;
/** Least pause between two readings of a list after hints from outside. */
export const HINT_PAUSE_MS = 60_000;
/** The same after our own postings. */
export const OWN_PAUSE_MS = 5 * 60_000;

/** When a list is due that nobody has looked at since the start: at once. */
export const UNKNOWN_MS = Number.NEGATIVE_INFINITY;

export function newBeat(name: ListName, rhythm: Rhythm, rank: number): Beat {
  return {
    ...{
      name,
      rhythm,
      rank,
      dueMs: UNKNOWN_MS,
      readMs: Number.NEGATIVE_INFINITY,
      empty: 0,
      failures: 0,
    },
    ...{ faultWords: null, complete: false, seen: false },
    ...{ reading: false, hintPauseMs: Number.POSITIVE_INFINITY },
  };
}

/** A slice of the list is about to be read. */
export function begin(beat: Beat): void {
  if (!beat.reading) beat.hintPauseMs = Number.POSITIVE_INFINITY;
  beat.reading = true;
}

/** The list was read to its end; what changed meanwhile may not be in what was read. */
export function rest(beat: Beat, news: boolean, hooked: boolean, nowMs: number): void {
  const { leastMs, mostMs, hookedMs } = beat.rhythm;
  beat.empty = news ? 0 : beat.empty + 1;
  const backOffMs = Math.min(mostMs, leastMs * 2 ** Math.min(beat.empty, 10));
  const ownMs = hooked ? (hookedMs ?? backOffMs) : backOffMs;
  beat.dueMs = nowMs + Math.min(ownMs, beat.hintPauseMs);
  beat.reading = false;
  beat.readMs = nowMs;
  beat.failures = 0;
}

/** Somebody knows that the list has changed. A list in trouble keeps its own time. */
export function hint(beat: Beat, whose: 'own' | 'other', nowMs: number): void {
  if (beat.failures > 0 || !beat.complete) return;
  const pauseMs = whose === 'own' ? OWN_PAUSE_MS : HINT_PAUSE_MS;
  beat.hintPauseMs = Math.min(beat.hintPauseMs, pauseMs);
  const atMs = Math.max(nowMs + HINT_WAIT_MS, beat.readMs + pauseMs);
  beat.dueMs = Math.min(beat.dueMs, atMs);
}

/** What follows from what was just read: part of the same round. */
export function follow(beat: Beat, nowMs: number): void {
  if (beat.failures > 0 || !beat.complete) return;
  beat.hintPauseMs = Math.min(beat.hintPauseMs, HINT_PAUSE_MS);
  beat.dueMs = Math.min(beat.dueMs, Math.max(nowMs, beat.readMs + HINT_PAUSE_MS));
}

/**
 * What is read now. Lists that are complete come first: they owe a page or two, and people work
 * with them. Then the documents and places of a first load, so that work can begin; then one page of
 * every list, which tells how long it will take; then the rest, in order.
 */
export function nextBeat(beats: readonly Beat[], nowMs: number): Beat | undefined {
  const due = beats.filter((beat) => beat.dueMs <= nowMs);
  const order = (beat: Beat) => {
    if (beat.complete) return 1;
    if (beat.rank < FIRST_OF_ALL) return 2;
    return beat.seen ? 4 : 3;
  };
  return due.sort((a, b) => order(a) - order(b) || a.rank - b.rank)[0];
}

/** Places and open documents with their lines: see ENTITIES. */
const FIRST_OF_ALL = 7;
