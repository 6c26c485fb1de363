// Who lives here: what a posting of ours moved, for the mirror: which document, which items, and
// when the newest ones were booked.

import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import * as z from 'zod';
import { LIMITS } from '../../domain/index.ts';
import type { PostingKind } from '../../domain/index.ts';
import { isPostingKind } from '../exact/index.ts';
import type { Database } from '../store/index.ts';

const lineForm = z.object({ item: z.string() });
const postingForm = z.object({
  document: z.string(),
  item: z.string().optional(),
  lines: z.array(lineForm).default([]),
});

export interface Moved {
  readonly document: string;
  readonly items: readonly string[];
}

/** `body`: JSON of a posting as the outbox keeps it. Of a reversal nobody wrote down the items. */
export function movedBy(body: string): Moved {
  const { document, item, lines } = postingForm.parse(JSON.parse(body));
  const items = [...lines.map((line) => line.item), ...(item === undefined ? [] : [item])];
  return { document, items: [...new Set(items)] };
}

const bookedForm = z.array(z.object({ kind: z.string(), at: z.number() }));

/**
 * When the newest posting of each kind was booked, by the hub's clock; of the newest
 * LIMITS.bookedRemembered that the journal settled. Older ones the mirror has read since.
 */
export async function bookedLately(
  db: Kysely<Database>,
): Promise<ReadonlyMap<PostingKind, number>> {
  const { rows } = await sql`
    SELECT p.kind AS kind, max(e.at_ms) AS at FROM (
      SELECT at_ms, body ->> '$.posting' AS posting FROM entry
      WHERE type = 'posting-settled' ORDER BY seq DESC LIMIT ${LIMITS.bookedRemembered}) e
    JOIN posting p ON p.id = e.posting AND p.state = 'posted' GROUP BY p.kind`.execute(db);
  const booked = new Map<PostingKind, number>();
  for (const { kind, at } of bookedForm.parse(rows)) if (isPostingKind(kind)) booked.set(kind, at);
  return booked;
}
