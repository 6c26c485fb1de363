// Who lives here: names that are not here yet. A new order may name a new item, a movement a new
// batch: the list that has it is then read in the same round instead of at its own time.

import { sql } from 'kysely';
import * as z from 'zod';
import { parseJson } from '../envelope.ts';
import type { ExactDb } from '../tables.ts';
import { COMES_WITH_ITEMS, REFERENCES } from './entities.ts';
import type { EntityName } from './forms.ts';
import type { ChangedRow } from './rows.ts';

const rowForm = z.record(z.string(), z.unknown());

/** The lists that hold what these rows name and the mirror does not know. */
export async function namedButUnknown(
  db: ExactDb,
  list: EntityName,
  rows: readonly ChangedRow[],
): Promise<readonly EntityName[]> {
  if (list === 'Items') {
    return rows.some((row) => row.before === null) ? COMES_WITH_ITEMS : [];
  }
  const references = Object.entries(REFERENCES[list] ?? {});
  const bodies = references.length === 0 ? [] : rows.map((row) => parseJson(row.body));
  const due: EntityName[] = [];
  for (const [field, target] of references) {
    const named = bodies.map((body) => rowForm.parse(body)[field]);
    const ids = [...new Set(named.filter((id) => typeof id === 'string'))];
    if (ids.length > 0 && (await anyUnknown(db, target, ids))) due.push(target);
  }
  return due;
}

async function anyUnknown(db: ExactDb, entity: EntityName, ids: readonly string[]) {
  const { rows } = await sql`
    SELECT 1 FROM json_each(${JSON.stringify(ids)}) j WHERE NOT EXISTS (
      SELECT 1 FROM mirror_row m WHERE m.entity = ${entity} AND m.id = j.value) LIMIT 1`.execute(
    db,
  );
  return rows.length > 0;
}
