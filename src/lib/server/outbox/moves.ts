// Who lives here: the law of a posting's life, as a pure table: which change follows from what
// happened (I-03, I-04). The pump carries the changes out; nothing here waits, sends or stores.
//
// A posting is sent step by step. What a step left in Exact stands in `results`, and a step that
// has a result is never sent again before a look has shown, by the law of doubt, that it is gone.

import { assert, fault, LIMITS } from '../../domain/index.ts';
import type { SettledOutcome } from '../../ledger/index.ts';
import type { Finding, Sent, Sighting, StepResult } from './ports.ts';
import { faultOf } from './rows.ts';
import type { PostingChange, PostingRow } from './rows.ts';

/** The first look comes at once and may only find; the two that can clear come settleMs apart. */
const LOOKS_BEFORE_CLEARING = 2;

export interface MoveContext {
  readonly nowMs: number;
  readonly settleMs: number;
  /** For a try that no time was named for. */
  readonly backoffMs: number;
  /** How many steps the posting has. */
  readonly steps: number;
  readonly results: readonly (StepResult | null)[];
}

/** Durable before the first byte leaves. */
export function sending(row: PostingRow, nowMs: number): PostingChange {
  return {
    state: 'sending',
    attempts: row.attempts + 1,
    first_sent_ms: row.first_sent_ms ?? nowMs,
    last_sent_ms: nowMs,
    looked_up_count: 0,
    fault: null,
    words: null,
    updated_ms: nowMs,
  };
}

/** The answer is lost, unclear, or the hub died while it waited for it. */
export function doubted(words: string, nowMs: number): PostingChange {
  return {
    state: 'in-doubt',
    looked_up_count: 0,
    next_at_ms: nowMs,
    fault: JSON.stringify(fault('exact.in-doubt', { words })),
    words,
    updated_ms: nowMs,
  };
}

function posted({ exactId, documentNumber }: StepResult, nowMs: number): PostingChange {
  return {
    state: 'posted',
    next_at_ms: nowMs,
    exact_id: exactId,
    document_number: documentNumber ?? '',
    fault: null,
    words: null,
    updated_ms: nowMs,
  };
}

/** This step is in Exact: the next one may go, or the posting is there. */
function stepDone(row: PostingRow, result: StepResult, context: MoveContext): PostingChange {
  const { nowMs, steps } = context;
  const kept = context.results.map((each, step) => (step === row.step ? result : each));
  const results = JSON.stringify(row.step < kept.length ? kept : [...kept, result]);
  const step = row.step + 1;
  if (step >= steps) return { ...posted(result, nowMs), step, results };
  return {
    ...{ state: 'ready', step, results, attempts: 0, looked_up_count: 0 },
    ...{ next_at_ms: nowMs, fault: null, words: null, updated_ms: nowMs },
  };
}

function refused(stored: string, words: string, nowMs: number): PostingChange {
  return { state: 'rejected', next_at_ms: nowMs, fault: stored, words, updated_ms: nowMs };
}

/** Its body is damaged: nothing was said to Exact, and only a person can go on. */
export function unsendable(words: string, nowMs: number): PostingChange {
  return refused(JSON.stringify(fault('exact.rejected', { words })), words, nowMs);
}

/** Its body is damaged and it may be in Exact: only a person can look, by the marker. */
export function unfindable(row: PostingRow, why: string, nowMs: number): PostingChange {
  const words = `${why}. It may be in Exact: look for ${row.marker}`;
  return refused(JSON.stringify(fault('exact.in-doubt', { words })), words, nowMs);
}

/** What a send's outcome makes of the row. */
export function afterSending(row: PostingRow, sent: Sent, context: MoveContext): PostingChange {
  const { nowMs } = context;
  switch (sent.kind) {
    case 'done':
      return stepDone(row, sent.result, context);
    case 'rejected': {
      const found = fault('exact.rejected', { status: sent.status, words: sent.words });
      return refused(JSON.stringify(found), sent.words, nowMs);
    }
    case 'not-applied':
      // A try that surely did not happen is not counted.
      return {
        state: 'ready',
        attempts: row.attempts - 1,
        next_at_ms: Math.max(nowMs, sent.retryAtMs ?? nowMs + context.backoffMs),
        words: sent.words,
        updated_ms: nowMs,
      };
    case 'unknown':
      return doubted(sent.words, nowMs);
  }
}

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
      return {
        next_at_ms: Math.max(nowMs, sighting.retryAtMs ?? nowMs + context.backoffMs),
        updated_ms: nowMs,
      };
    case 'absent':
      return afterAbsence(row, context);
  }
}

function afterAbsence(row: PostingRow, context: MoveContext): PostingChange {
  const { nowMs, settleMs } = context;
  const looked = row.looked_up_count + 1;
  if (looked <= LOOKS_BEFORE_CLEARING) {
    const change = { looked_up_count: looked, next_at_ms: nowMs + settleMs, updated_ms: nowMs };
    return { ...doubted(row.words ?? 'it is not there any more', nowMs), ...change };
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

function duplicated(row: PostingRow, found: readonly string[], nowMs: number): PostingChange {
  const numbers = found.join(', ');
  const words = `documents ${numbers} carry the same marker ${row.marker}`;
  const stored = JSON.stringify(fault('exact.duplicate', { marker: row.marker, numbers }));
  // What the journal holds as booked stays booked; only a person must hear of the second one.
  if (row.state === 'posted') return { fault: stored, words, updated_ms: nowMs };
  return refused(stored, words, nowMs);
}

/** What somebody who looked around in Exact makes of a row; undefined: nothing new. */
export function afterFinding(
  row: PostingRow,
  finding: Finding,
  nowMs: number,
): PostingChange | undefined {
  const known = faultOf(row)?.code === 'exact.duplicate';
  if (row.state === 'sending' || known) return undefined;
  if (finding.kind === 'several') return duplicated(row, finding.documentNumbers, nowMs);
  return row.state === 'posted' ? undefined : posted(finding.result, nowMs);
}

/** A person wants it once more: every step that has a result is looked up first. */
export function resent(row: PostingRow, nowMs: number): PostingChange {
  // After a clear refusal nothing of that try can be in Exact: look-ups need not go back to it.
  const fresh = faultOf(row)?.code === 'exact.rejected' && row.results === '[]';
  return {
    ...{ state: 'ready', step: 0, looked_up_count: 0, next_at_ms: nowMs, fault: null },
    ...(fresh ? { first_sent_ms: null } : {}),
  };
}

/** A person does not want it any more, or has seen to its double. The reason stays with it. */
export function droppedBy(row: PostingRow, reason: string, nowMs: number): PostingChange {
  const old = faultOf(row) ?? fault('exact.rejected');
  const dropped = JSON.stringify(fault(old.code, { ...old.data, dropped: reason }));
  // A posted one stays posted: the journal has nothing new to hear.
  return row.state === 'posted' ? { fault: dropped } : { next_at_ms: nowMs, fault: dropped };
}

/** What this step of a dropped posting had left in Exact is dealt with. */
export function cleaned(
  row: PostingRow,
  before: readonly (StepResult | null)[],
  kept: string | undefined,
): PostingChange {
  const change = { step: 0, results: JSON.stringify(before) };
  if (kept === undefined) return change;
  return { ...change, words: row.words === null ? kept : `${row.words} ${kept}` };
}

/** What the journal is told of a final posting. */
export function outcomeOf(row: PostingRow): SettledOutcome {
  if (row.state === 'posted') {
    assert(
      row.exact_id !== null && row.document_number !== null,
      'a posted posting has its number',
    );
    return { kind: 'posted', exactId: row.exact_id, documentNumber: row.document_number };
  }
  assert(row.state === 'rejected', 'only a final posting is told to the journal');
  return {
    kind: 'rejected',
    fault: faultOf(row) ?? fault('exact.rejected', { words: row.words ?? '' }),
  };
}
