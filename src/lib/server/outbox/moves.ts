// Who lives here: the law of a posting's life, as a pure table: which change follows from what
// happened (I-03, I-04). The pump carries the changes out; nothing here waits, sends or stores.
//
// A posting is sent step by step. What a step left in Exact stands in `results`, and a step that
// has a result is never sent again before a look has shown, by the law of doubt, that it is gone.

import { assert, fault } from '../../domain/index.ts';
import type { SettledOutcome } from '../../ledger/index.ts';
import { readJson } from './form.ts';
import type { Finding, Sent, StepResult } from './ports.ts';
import type { PostingChange, PostingRow } from './rows.ts';
import { faultOf } from './views.ts';

export interface MoveContext {
  readonly nowMs: number;
  readonly settleMs: number;
  /** For a try that no time was named for. */
  readonly backoffMs: number;
  /** How many steps the posting has. */
  readonly steps: number;
  readonly results: readonly (StepResult | null)[];
  /** Looks at this kind in a row that told nothing. */
  readonly blindLooks?: number;
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

/**
 * The answer is lost, unclear, or the hub died while it waited for it. When the doubt began stands
 * with the fault, so that it outlives the hub.
 */
export function doubted(words: string, nowMs: number, sinceMs = nowMs): PostingChange {
  return {
    state: 'in-doubt',
    looked_up_count: 0,
    next_at_ms: nowMs,
    fault: JSON.stringify(fault('exact.in-doubt', { words, sinceMs })),
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
export function stepDone(row: PostingRow, result: StepResult, context: MoveContext): PostingChange {
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

/** Only a person can go on; `stored` is the fault as JSON. */
export function refused(stored: string, words: string, nowMs: number): PostingChange {
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
      const { status, words, code = 'exact.rejected' } = sent;
      const found = fault(code, { status, words });
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

/** Exact has more than one document of it. */
export function duplicated(
  row: PostingRow,
  found: readonly string[],
  nowMs: number,
): PostingChange {
  const numbers = found.join(', ');
  const words = `documents ${numbers} carry the same marker ${row.marker}`;
  const stored = JSON.stringify(fault('exact.duplicate', { marker: row.marker, numbers }));
  // What the journal holds as booked stays booked; only a person must hear of the second one.
  if (row.state === 'posted') return { fault: stored, words, updated_ms: nowMs };
  return refused(stored, words, nowMs);
}

/**
 * What somebody who looked around in Exact makes of a row; undefined: nothing new.
 * @param steps how many the posting has
 */
export function afterFinding(
  row: PostingRow,
  finding: Finding,
  steps: number,
  nowMs: number,
): PostingChange | undefined {
  const known = faultOf(row)?.code === 'exact.duplicate';
  if (row.state === 'sending' || known) return undefined;
  if (finding.kind === 'several') return duplicated(row, finding.documentNumbers, nowMs);
  if (row.state === 'posted') return undefined;
  const { result, steps: ended = steps } = finding;
  return ended < steps ? partlyThere(row, result, ended, nowMs) : posted(result, nowMs);
}

/** The first of its documents is booked: what is still going on goes on, by its own looks. */
function partlyThere(
  row: PostingRow,
  { exactId, documentNumber }: StepResult,
  ended: number,
  nowMs: number,
): PostingChange | undefined {
  if (row.state !== 'rejected' || row.step >= ended) return undefined;
  const number = documentNumber ?? exactId;
  const words = `document ${number} of it is booked in Exact, the rest of it is not; it can be sent again`;
  const results = Array.from({ length: ended }, () => ({ exactId, documentNumber }));
  const stored = JSON.stringify(fault('exact.rejected', { words }));
  return { ...refused(stored, words, nowMs), step: ended, results: JSON.stringify(results) };
}

/** A person wants it once more: every step that has a result is looked up first. */
export function resent(row: PostingRow, nowMs: number): PostingChange {
  const at = { state: 'ready', looked_up_count: 0, next_at_ms: nowMs, fault: null } as const;
  // Whoever sends what was in doubt has looked: the step that is next is not there.
  if (isDoubt(row)) return { ...at, results: withoutStep(row) };
  // After a clear refusal nothing of that try can be in Exact: look-ups need not go back to it.
  if (row.results !== '[]') return { ...at, step: 0 };
  // Nor has anybody to look for a second one, where that was the only try.
  const attempts = row.attempts > 1 ? row.attempts : 0;
  return { ...at, step: 0, first_sent_ms: null, attempts };
}

/** Nobody could tell whether Exact has it, and a person is asked. */
export function isDoubt(row: PostingRow): boolean {
  return row.state === 'rejected' && faultOf(row)?.code === 'exact.in-doubt';
}

/** Damaged results stay as they are: who reads the posting stops at them. */
function withoutStep({ results, step }: PostingRow): string {
  const kept: unknown = readJson(results)?.value;
  if (!Array.isArray(kept) || step >= kept.length) return results;
  return JSON.stringify(kept.map((each: unknown, at) => (at === step ? null : each)));
}

/**
 * A person saw it in Exact, booked, under this number. Its id there is not known: what needs one
 * to be taken back is taken back in Exact.
 */
export function confirmedBy(documentNumber: string, words: string, nowMs: number): PostingChange {
  return { ...posted({ exactId: '', documentNumber }, nowMs), words };
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
    const { exact_id: exactId, document_number: documentNumber, words } = row;
    // Only a person's words stand with a posted one; those of a double have a fault beside them.
    const confirmed = words !== null && row.fault === null ? { confirmed: words } : {};
    return { kind: 'posted', exactId, documentNumber, ...confirmed };
  }
  assert(row.state === 'rejected', 'only a final posting is told to the journal');
  return {
    kind: 'rejected',
    fault: faultOf(row) ?? fault('exact.rejected', { words: row.words ?? '' }),
  };
}
