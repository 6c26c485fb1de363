// Who lives here: what a proof can find beside a trap: work that is left without being finished, and
// a machine that never rests. Words for the admin, with the scans that lead there.

import type { AtRest } from './runtime/at-rest.ts';
import { CANCELLED, DONE } from './runtime/index.ts';

/** What a proof found, before it is known where in the file it stands. */
export interface Finding {
  readonly stepId: string;
  readonly code: 'trap' | 'no-way-home' | 'too-large' | 'leak' | 'loop' | 'print-unknown';
  readonly message: string;
  readonly hint?: string;
  readonly path?: readonly string[];
}

export const ended = ({ value }: AtRest): boolean => value === DONE || value === CANCELLED;

/** Lines were booked, and their order or work is left without a word that it is finished. */
export function leaks(before: AtRest, after: AtRest): boolean {
  if (before.context.standing === 0 || after.context.drafted?.type === 'document.finish') {
    return false;
  }
  const left = before.context.document !== undefined && after.context.document === undefined;
  return left || ended(after);
}

export function leak(stepId: string, path: readonly string[]): Finding {
  const message = `From “${stepId}” the work can be left without being finished; what was booked would wait for ever.`;
  return { stepId, code: 'leak', message, path };
}

export function loop(stepId: string, path: readonly string[]): Finding {
  const message = `At “${stepId}” the workflow goes round and round without asking anything.`;
  const hint = 'Repeat from a step that waits for an answer: - repeat: item';
  return { stepId, code: 'loop', message, hint, path };
}
