// Who lives here: a posting's row as others may see it.

import { fault, isFault, lineCount } from '../../domain/index.ts';
import type { Fault } from '../../domain/index.ts';
import { readJson, readNames, readPosting } from './form.ts';
import type { PostingView } from './ports.ts';
import { FINAL } from './rows.ts';
import type { PostingRow } from './rows.ts';

const UNREADABLE = "its stored fault can't be read";

export function faultOf(row: PostingRow): Fault | null {
  if (row.fault === null) return null;
  const stored = readJson(row.fault);
  if (stored === undefined) return fault('exact.rejected', { words: row.words ?? UNREADABLE });
  return isFault(stored.value) ? stored.value : null;
}

export function viewOf(row: PostingRow): PostingView {
  const read = readPosting(row);
  return {
    ...readNames(row),
    kind: row.kind,
    document: row.document,
    lines: read.kind === 'read' ? lineCount(read.posting) : 0,
    state: row.state,
    step: row.step,
    attempts: row.attempts,
    firstSentMs: row.first_sent_ms,
    lastSentMs: row.last_sent_ms,
    nextAtMs: FINAL.includes(row.state) ? null : row.next_at_ms,
    exactId: row.exact_id,
    documentNumber: row.document_number,
    fault: faultOf(row),
    words: row.words,
    updatedMs: row.updated_ms,
  };
}
