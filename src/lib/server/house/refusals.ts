// Who lives here: the question which refused commands and reports nobody has closed yet. The journal never
// forgets, so the database picks them out, and only the newest are read.

import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { LIMITS } from '../../domain/index.ts';
import type { EntryBody, JournalEntry } from '../../ledger/index.ts';
import type { Database, EntryRow } from '../store/index.ts';

/** A closing stands in the document of what it closes: found by the index on documents. */
const notClosed = sql<boolean>`not exists (
  select 1 from entry as closing
  where closing.document = entry.document
    and closing.type in ('exception-closed', 'barcode-linked')
    and json_extract(closing.body, '$.entry') = entry.seq)`;

/** An undo that was refused and then done, by UNDO once more or by a word of the operator's. */
const notDone = sql<boolean>`not exists (
  select 1 from entry as done
  where done.document = entry.document and done.seq > entry.seq
    and coalesce(json_extract(done.body, '$.undo.target'), json_extract(done.body, '$.reverse.target'))
      = json_extract(entry.body, '$.payload.target'))`;

/** Somebody else brought what a pick place needed: that is nothing for the office. */
const aboutGoods = sql<boolean>`
  coalesce(json_extract(entry.body, '$.payload.type'), '') <> 'line.claim'`;

function open(db: Kysely<Database>) {
  const refused = db
    .selectFrom('entry')
    .where('type', 'in', ['command-refused', 'exception-reported']);
  return refused.where(notClosed).where(notDone).where(aboutGoods);
}

/** Newest first, at most `LIMITS.exceptionsShown`; `total` is of all. */
export async function openRefusals(
  db: Kysely<Database>,
): Promise<{ readonly entries: readonly JournalEntry[]; readonly total: number }> {
  const rows = await open(db)
    .select(['seq', 'at_ms', 'body'])
    .orderBy('seq', 'desc')
    .limit(LIMITS.exceptionsShown)
    .execute();
  const { total } = await open(db)
    .select((e) => e.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow();
  return { entries: rows.map(entryOf), total };
}

/** The refused command or the report of this number, while it is open. */
export async function openRefusal(
  db: Kysely<Database>,
  seq: number,
): Promise<JournalEntry | undefined> {
  const row = await open(db)
    .select(['seq', 'at_ms', 'body'])
    .where('seq', '=', seq)
    .executeTakeFirst();
  return row === undefined ? undefined : entryOf(row);
}

/** The journal wrote it and vouches for it at every start, hence the cast. */
function entryOf({ seq, at_ms, body }: Pick<EntryRow, 'seq' | 'at_ms' | 'body'>): JournalEntry {
  return { seq, atMs: at_ms, body: JSON.parse(body) as EntryBody };
}
