// Who lives here: all goods of an issue, as goods that came back from their shop order.

import { ok } from 'node:assert';
import type { Posting } from '../../../src/lib/domain/index.ts';

/** @param original what Exact booked the issue as */
export function returnOf(
  issue: Posting,
  original: string,
  name: Pick<Posting, 'id' | 'marker'>,
): Posting {
  ok(issue.kind === 'materialIssue', 'what comes back was issued');
  const { quantity, batches, serials } = issue;
  const numbers = {
    ...(batches === undefined ? {} : { batches }),
    ...(serials === undefined ? {} : { serials }),
  };
  const of = [{ posting: issue.id, original, quantity, ...numbers }];
  return { ...issue, ...name, kind: 'materialReturn', of };
}
