// Who lives here: the question who deals with a rejected posting. The journal keeps every answer;
// the last one counts.

import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import * as z from 'zod';
import { assert, LIMITS } from '../../domain/index.ts';
import type { Database } from '../store/index.ts';

const bodyForm = z.object({ posting: z.string(), person: z.string(), note: z.string() });

export interface Assignment {
  readonly person: string;
  readonly note: string;
  readonly atMs: number;
}

/** The newest answer for each of these postings that has one. */
export async function assignmentsOf(
  db: Kysely<Database>,
  postings: readonly { readonly id: string; readonly document: string }[],
): Promise<ReadonlyMap<string, Assignment>> {
  assert(postings.length <= LIMITS.rejectedShown, 'no more than the page shows');
  if (postings.length === 0) return new Map();
  const documents = [...new Set(postings.map(({ document }) => document))];
  const ids = postings.map(({ id }) => id);
  const rows = await db
    .selectFrom('entry')
    .select(['at_ms', 'body'])
    // Found by the index on documents.
    .where('document', 'in', documents)
    .where('type', '=', 'exception-assigned')
    .where(sql<string>`json_extract(body, '$.posting')`, 'in', ids)
    .orderBy('seq')
    .execute();
  return new Map(
    rows.map(({ at_ms, body }) => {
      const { posting, person, note } = bodyForm.parse(JSON.parse(body));
      return [posting, { person, note, atMs: at_ms }];
    }),
  );
}
