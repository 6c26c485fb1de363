// Who lives here: mirrored rows by what they are about. Every question is answered by an index; no
// list is ever held whole.

import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';
import * as z from 'zod';
import { assert } from '../../../domain/index.ts';
import { parseJson } from '../envelope.ts';
import type { ExactDb } from '../tables.ts';
import { forms } from './forms.ts';
import type { EntityName, MirrorRowOf } from './forms.ts';

/** How rows are found: by their own id, by their subject, or by the other thing they are about. */
export type By = 'id' | 'subject' | 'link';

const bodiesForm = z.array(z.object({ body: z.string() }));
const namesForm = z.array(z.object({ name: z.string() }));

/** Rows of one list, in the order of their ids. A stored row that does not fit is a broken law. */
export async function rowsBy<N extends EntityName>(
  db: ExactDb,
  entity: N,
  by: By,
  values: readonly string[],
): Promise<MirrorRowOf<N>[]> {
  if (values.length === 0) return [];
  // Written out, so that SQLite sees that the partial index on links applies.
  const there: RawBuilder<unknown> = by === 'link' ? sql`AND m.link <> ''` : sql``;
  const found = await sql`
    SELECT m.body AS body FROM json_each(${JSON.stringify([...new Set(values)])}) j
    CROSS JOIN mirror_row m ON m.entity = ${entity} AND ${sql.ref(`m.${by}`)} = j.value ${there}
    ORDER BY m.id`.execute(db);
  return bodiesForm.parse(found.rows).map((row) => readRow(entity, row.body));
}

function readRow<N extends EntityName>(entity: N, body: string): MirrorRowOf<N> {
  const read: z.ZodType = forms[entity];
  const parsed = read.safeParse(parseJson(body));
  assert(parsed.success, `a mirrored row of ${entity} fits its form`);
  return parsed.data as MirrorRowOf<N>;
}

/** Up to `limit` ids of a list after one of them, ascending. */
export async function idsAfter(
  db: ExactDb,
  entity: EntityName,
  after: string,
  limit: number,
): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('mirror_row')
    .select('id')
    .where('entity', '=', entity)
    .where('id', '>', after)
    .orderBy('id')
    .limit(limit)
    .execute();
  return rows.map((row) => row.id);
}

/** Documents that goods may still move on. */
export async function liveSubjects(db: ExactDb, entity: EntityName): Promise<readonly string[]> {
  const found = await sql`
    SELECT subject AS name FROM mirror_row WHERE entity = ${entity} AND live = 1
    ORDER BY subject`.execute(db);
  return namesForm.parse(found.rows).map((row) => row.name);
}

/** Subjects of the rows about one of these: the orders with these items. */
export async function subjectsWith(
  db: ExactDb,
  entity: EntityName,
  links: readonly string[],
): Promise<readonly string[]> {
  const found = await sql`
    SELECT DISTINCT m.subject AS name FROM json_each(${JSON.stringify(links)}) j
    CROSS JOIN mirror_row m ON m.entity = ${entity} AND m.link = j.value AND m.link <> ''`.execute(
    db,
  );
  return namesForm.parse(found.rows).map((row) => row.name);
}

export function groupBy<T>(rows: readonly T[], key: (row: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const group = groups.get(key(row));
    if (group === undefined) groups.set(key(row), [row]);
    else group.push(row);
  }
  return groups;
}

/** Those of one list that the database has, by their id. */
export async function byId<N extends EntityName, T extends { readonly id: string }>(
  db: ExactDb,
  entity: N,
  ids: readonly string[],
  view: (row: MirrorRowOf<N>) => T,
): Promise<ReadonlyMap<string, T>> {
  const rows = await rowsBy(db, entity, 'id', ids);
  return new Map(rows.map(view).map((made) => [made.id, made]));
}
