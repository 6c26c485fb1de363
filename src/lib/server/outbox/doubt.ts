// Who lives here: the law of doubt (I-03): what a look at Exact makes of a posting whose answer is
// lost. It is sent again only after two looks far apart that found nothing. What can't be told by
// looking is not looked for for ever: after a while a person is asked (I-23).
//
// Terms: blind (a look that Exact answers in a way that tells nothing), since (when the doubt began;
// it stands with the fault, so that it outlives the hub).

import { fault, LIMITS } from '../../domain/index.ts';
import { doubted, duplicated, refused, stepDone } from './moves.ts';
import type { MoveContext } from './moves.ts';
import type { Sighting } from './ports.ts';
import type { PostingChange, PostingRow } from './rows.ts';
import { faultOf } from './views.ts';

/** The first look comes at once and may only find; the two that can clear come settleMs apart. */
const LOOKS_BEFORE_CLEARING = 2;

type Undecided = Extract<Sighting, { readonly kind: 'unknown' }>;

/** What a look at Exact makes of a row in doubt, or of one whose step is done by our own record. */
export function afterLooking(
  row: PostingRow,
  sighting: Sighting,
  context: MoveContext,
): PostingChange {
  const { nowMs } = context;
  switch (sighting.kind) {
    case 'found':
      return stepDone(row, sighting.result, context);
    case 'several':
      return duplicated(row, sighting.documentNumbers, nowMs);
    case 'unknown':
      return undecided(row, sighting, context);
    case 'absent':
      return afterAbsence(row, context);
  }
}

function afterAbsence(row: PostingRow, context: MoveContext): PostingChange {
  const { nowMs, settleMs } = context;
  const looked = row.looked_up_count + 1;
  if (looked <= LOOKS_BEFORE_CLEARING) {
    const { words, sinceMs } = doubtOf(row, nowMs);
    const change = { looked_up_count: looked, next_at_ms: nowMs + settleMs, updated_ms: nowMs };
    return { ...doubted(words ?? 'it is not there any more', nowMs, sinceMs), ...change };
  }
  if (row.attempts >= LIMITS.postingAttempts) {
    const words = `sent ${row.attempts} times, and Exact never had it: ${row.words ?? ''}`;
    return refused(JSON.stringify(fault('exact.in-doubt', { words })), words, nowMs);
  }
  const gone = context.results.map((each, step) => (step === row.step ? null : each));
  return {
    state: 'ready',
    results: JSON.stringify(gone),
    looked_up_count: 0,
    next_at_ms: nowMs,
    fault: null,
    updated_ms: nowMs,
  };
}

function undecided(row: PostingRow, sighting: Undecided, context: MoveContext): PostingChange {
  const { nowMs, backoffMs } = context;
  const { words, sinceMs, blind, begun } = doubtOf(row, nowMs);
  const looks = sighting.blind === true ? blind + 1 : blind;
  const told = [words, `Looking it up: ${sighting.words}`].filter((each) => each !== null);
  const inRow = Math.max(looks, context.blindLooks ?? 0);
  if (isEndless(sighting, inRow, nowMs - sinceMs)) {
    const all = told.join('. ');
    return refused(JSON.stringify(fault('exact.in-doubt', { words: all })), all, nowMs);
  }
  const next = { next_at_ms: Math.max(nowMs, sighting.retryAtMs ?? nowMs + backoffMs) };
  // Calls that were not made change nothing, nor those not answered: but the doubt has begun.
  const begins = isSilent(sighting) && !begun;
  if (sighting.blind !== true && !begins) return { ...next, updated_ms: nowMs };
  const stored = fault('exact.in-doubt', { words: words ?? sighting.words, sinceMs, blind: looks });
  return {
    ...{ state: 'in-doubt', fault: JSON.stringify(stored), words: told.join('. ') },
    ...{ ...next, updated_ms: nowMs },
  };
}

function isEndless(sighting: Undecided, looks: number, ageMs: number): boolean {
  if (sighting.blind === true) return looks >= LIMITS.blindLooks && ageMs >= LIMITS.blindDoubtMs;
  return isSilent(sighting) && ageMs >= LIMITS.silentDoubtMs;
}

/**
 * The list gave no answer. No token, or too many calls: that is the whole house's trouble, and has
 * its own words.
 */
export function isSilent({ blind, scope, retryAtMs }: Undecided): boolean {
  return blind !== true && scope === 'kind' && retryAtMs === null;
}

interface Doubt {
  /** Why the answer is not known. */
  readonly words: string | null;
  readonly sinceMs: number;
  /** Looks so far that told nothing. */
  readonly blind: number;
  /** Its beginning is stored. */
  readonly begun: boolean;
}

/** A row that was not in doubt so far is from now on. */
function doubtOf(row: PostingRow, nowMs: number): Doubt {
  const stored = row.state === 'in-doubt' ? faultOf(row)?.data : undefined;
  const { words, sinceMs, blind } = stored ?? {};
  return {
    words: typeof words === 'string' ? words : row.words,
    sinceMs: typeof sinceMs === 'number' ? sinceMs : nowMs,
    blind: typeof blind === 'number' ? blind : 0,
    begun: typeof sinceMs === 'number',
  };
}
