// Who lives here: which administration we work for. Exact's `CurrentDivision` follows what the user
// has open in the browser, so it is asked once after a consent and then kept; the list shows only
// companies that the user consented to (exact-online-api.md §1.8).

import * as z from 'zod';
import type { ExactClient } from './http.ts';
import type { Outcome } from './outcomes.ts';

const meForm = z.object({ CurrentDivision: z.int() });
const divisionForm = z.object({ Code: z.int() });
const movedForm = z.object({ DivisionMoveDate: z.nullable(z.string()) });

/** The only division, or else the one the user works in, if it was consented to. */
export async function chooseDivision(client: ExactClient): Promise<Outcome<number>> {
  const me = await client.get('/api/v1/current/Me', { $select: 'CurrentDivision' }, 'human');
  if (me.kind !== 'ok') return me;
  const current = meForm.safeParse(me.value.rows[0]);
  if (!current.success) return { kind: 'unknown', words: 'current/Me has no CurrentDivision' };
  const mine = current.data.CurrentDivision;
  const path = `/api/v1/${mine}/system/Divisions`;
  const list = await client.get(path, { $select: 'Code,Description' }, 'human');
  if (list.kind !== 'ok') return list;
  const codes = list.value.rows.map((row) => divisionForm.safeParse(row).data?.Code);
  const [only] = codes;
  if (codes.length === 1 && only !== undefined) return { kind: 'ok', value: only };
  if (codes.includes(mine)) return { kind: 'ok', value: mine };
  const words = `the user works in division ${mine}, which was not among those consented to`;
  return { kind: 'forbidden', reason: words };
}

/** When the division moved to another database: all row versions are new then (§4.1). */
export async function readMoveDate(
  client: ExactClient,
  division: number,
): Promise<Outcome<string>> {
  const query = { $filter: `Code eq ${division}`, $select: 'Code,DivisionMoveDate' };
  const page = await client.get('system/Divisions', query, 'sync');
  if (page.kind !== 'ok') return page;
  const row = movedForm.safeParse(page.value.rows[0]);
  if (!row.success) return { kind: 'unknown', words: 'the division is not in the list' };
  return { kind: 'ok', value: row.data.DivisionMoveDate ?? 'never' };
}
