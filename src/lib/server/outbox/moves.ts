// Who lives here: the law of a posting's life, as a pure table: which change follows from what
// happened (I-03, I-04). The pump carries the changes out; nothing here waits, sends or stores.

import { fault, LIMITS } from '../../domain/index.ts';
import type { Sent, Sighting } from './ports.ts';
import type { PostingChange, PostingRow } from './rows.ts';

/** The first look comes at once and may only find; the two that can clear come settleMs apart. */
const LOOKS_BEFORE_CLEARING = 2;

export interface MoveContext {
  readonly nowMs: number;
  readonly settleMs: number;
  /** For a try that no time was named for. */
  readonly backoffMs: number;
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

function posted(exactId: string, documentNumber: string, nowMs: number): PostingChange {
  return {
    state: 'posted',
    next_at_ms: nowMs,
    exact_id: exactId,
    document_number: documentNumber,
    fault: null,
    words: null,
    updated_ms: nowMs,
  };
}

function refused(stored: string, words: string, nowMs: number): PostingChange {
  return { state: 'rejected', next_at_ms: nowMs, fault: stored, words, updated_ms: nowMs };
}

/** Its body is damaged: nothing was said to Exact, and only a person can go on. */
export function unsendable(words: string, nowMs: number): PostingChange {
  return refused(JSON.stringify(fault('exact.rejected', { words })), words, nowMs);
}

/** What a send's outcome makes of the row. */
export function afterSending(row: PostingRow, sent: Sent, context: MoveContext): PostingChange {
  const { nowMs } = context;
  switch (sent.kind) {
    case 'posted':
      return posted(sent.exactId, sent.documentNumber, nowMs);
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

/** What a look at Exact makes of a row in doubt. */
export function afterLooking(
  row: PostingRow,
  sighting: Sighting,
  context: MoveContext,
): PostingChange {
  const { nowMs, settleMs } = context;
  switch (sighting.kind) {
    case 'found':
      return posted(sighting.exactId, sighting.documentNumber, nowMs);
    case 'several': {
      const numbers = sighting.documentNumbers.join(', ');
      const words = `receipts ${numbers} carry the same marker ${row.marker}`;
      const found = fault('exact.duplicate', { marker: row.marker, numbers });
      return refused(JSON.stringify(found), words, nowMs);
    }
    case 'unknown':
      return {
        next_at_ms: Math.max(nowMs, sighting.retryAtMs ?? nowMs + context.backoffMs),
        updated_ms: nowMs,
      };
    case 'absent':
      return afterAbsence(row, nowMs, settleMs);
  }
}

function afterAbsence(row: PostingRow, nowMs: number, settleMs: number): PostingChange {
  const looked = row.looked_up_count + 1;
  if (looked <= LOOKS_BEFORE_CLEARING) {
    return { looked_up_count: looked, next_at_ms: nowMs + settleMs, updated_ms: nowMs };
  }
  if (row.attempts >= LIMITS.postingAttempts) {
    const words = `sent ${row.attempts} times, and Exact never had it: ${row.words ?? ''}`;
    return refused(JSON.stringify(fault('exact.in-doubt', { words })), words, nowMs);
  }
  return {
    state: 'ready',
    looked_up_count: 0,
    next_at_ms: nowMs,
    fault: null,
    updated_ms: nowMs,
  };
}
