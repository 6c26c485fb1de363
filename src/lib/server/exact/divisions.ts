// Who lives here: which administration we work for. Exact's `CurrentDivision` follows what the user
// has open in the browser, so it is asked once after a consent and then kept; the list shows only
// companies that the user consented to (exact-online-api.md §1.8).

import * as z from 'zod';
import type { ExactClient } from './http.ts';
import type { Outcome } from './outcomes.ts';

const meForm = z.object({ CurrentDivision: z.int() });
const divisionForm = z.object({ Code: z.int(), Description: z.nullable(z.string()) });
const listedForm = z.object({
  Code: z.int(),
  Description: z.nullable(z.string()),
  Status: z.nullable(z.int()),
  BlockingStatus: z.nullable(z.int()),
});
/** Pages of the list of companies that are read. */
const DIVISION_PAGES = 5;
const movedForm = z.object({ DivisionMoveDate: z.nullable(z.string()) });

/** The only division, or else the one the user works in, if it was consented to. */
export async function chooseDivision(
  client: ExactClient,
): Promise<Outcome<{ readonly code: number; readonly name: string | null }>> {
  const me = await client.get('/api/v1/current/Me', { $select: 'CurrentDivision' }, 'human');
  if (me.kind !== 'ok') return me;
  const current = meForm.safeParse(me.value.rows[0]);
  if (!current.success) return { kind: 'unknown', words: 'current/Me has no CurrentDivision' };
  const mine = current.data.CurrentDivision;
  const path = `/api/v1/${mine}/system/Divisions`;
  const list = await client.get(path, { $select: 'Code,Description' }, 'human');
  if (list.kind !== 'ok') return list;
  const listed = list.value.rows.flatMap((row) => divisionForm.safeParse(row).data ?? []);
  const one = list.value.rows.length === 1 ? listed[0] : listed.find(({ Code }) => Code === mine);
  if (one !== undefined) return { kind: 'ok', value: { code: one.Code, name: one.Description } };
  const words = `the user works in division ${mine}, which was not among those consented to`;
  return { kind: 'forbidden', reason: words };
}

/** A company that the user consented to, as a person chooses from it. */
export interface DivisionChoice {
  readonly code: number;
  readonly name: string;
  /** `archived` and `blocked` ones take no postings. */
  readonly status: 'active' | 'inactive' | 'archived' | 'blocked';
}

const STATUS = ['inactive', 'active', 'archived'] as const;

/** The companies that the user consented to, by name (§1.8). Five pages hold 300 of them. */
export async function listDivisions(
  client: ExactClient,
): Promise<Outcome<readonly DivisionChoice[]>> {
  const me = await client.get('/api/v1/current/Me', { $select: 'CurrentDivision' }, 'human');
  if (me.kind !== 'ok') return me;
  const current = meForm.safeParse(me.value.rows[0]);
  if (!current.success) return { kind: 'unknown', words: 'current/Me has no CurrentDivision' };
  const query = { $select: 'Code,Description,Status,BlockingStatus', $orderby: 'Code' };
  const path = `/api/v1/${current.data.CurrentDivision}/system/Divisions`;
  const choices: DivisionChoice[] = [];
  let page = await client.get(path, query, 'human');
  for (let pages = 1; page.kind === 'ok'; pages += 1) {
    for (const row of page.value.rows) {
      const read = listedForm.safeParse(row);
      if (!read.success) return { kind: 'unknown', words: 'a division without a code or a status' };
      choices.push(choiceOf(read.data));
    }
    const { next } = page.value;
    if (next === undefined || pages >= DIVISION_PAGES) return { kind: 'ok', value: choices };
    page = await client.follow(next, 'human');
  }
  return page;
}

function choiceOf(row: z.output<typeof listedForm>): DivisionChoice {
  const blocked = (row.BlockingStatus ?? 0) !== 0;
  const status = STATUS[row.Status ?? 1] ?? 'inactive';
  return {
    code: row.Code,
    name: row.Description ?? '',
    status: blocked && status !== 'archived' ? 'blocked' : status,
  };
}

/**
 * When the division moved to another database: all row versions are new then (§4.1). `never`: it
 * did not; null: it is not among the companies that were consented to.
 */
export async function readMoveDate(
  client: ExactClient,
  division: number,
): Promise<Outcome<string | null>> {
  const query = { $filter: `Code eq ${division}`, $select: 'Code,DivisionMoveDate' };
  const page = await client.get('system/Divisions', query, 'sync');
  if (page.kind !== 'ok') return page;
  const [found] = page.value.rows;
  if (found === undefined) return { kind: 'ok', value: null };
  const row = movedForm.safeParse(found);
  if (!row.success) return { kind: 'unknown', words: 'the division does not say when it moved' };
  return { kind: 'ok', value: row.data.DivisionMoveDate ?? 'never' };
}
