/*
 * Rows that change while a client pages through them (Exact KB, paging): on a sync endpoint the
 * last row of the page that was just read and the first of the next one move to the end.
 */
import { randomUUID } from 'node:crypto';
import { entityAt } from '../odata/catalogue.ts';
import { readAddress } from '../odata/address.ts';
import type { Answer, Request } from '../http/answer.ts';
import type { Simulation } from '../simulation.ts';
import { touchRow, type Writer } from '../store/rows.ts';
import { sources, tables } from '../store/sources.ts';

/** The row version at which the next page starts; undefined when there is no next page. */
function nextFrom(answer: Answer): number | undefined {
  const next = /"__next":"[^"]*skiptoken=(\d+)L"/.exec(answer.body)?.[1];
  return next === undefined ? undefined : Number(next);
}

/** Moves rows around the end of a sync page; false when the answer is no such page. */
export function shiftRows(sim: Simulation, request: Request, answer: Answer): boolean {
  const from = nextFrom(answer);
  const of = from === undefined ? undefined : entityAt(readAddress(request.path).endpoint);
  const source = of?.isSync === true ? sources[of.name] : undefined;
  if (from === undefined || !source) return false;
  const { store, clock, user, mainDivision } = sim;
  const writer: Writer = { store, clock, user, division: mainDivision, newId: randomUUID };
  store.transaction(() => {
    for (const table of [source.table, ...(source.union ? [source.union.table] : [])]) {
      const key = tables[table]?.key;
      const rows = store.all(
        `SELECT "${key}" AS id FROM "${table}" WHERE "_division" = ? AND "_rowversion" >= ?
         ORDER BY "_rowversion" LIMIT 2`,
        mainDivision,
        from,
      );
      for (const row of rows) touchRow(writer, table, row['id'] ?? null);
    }
  });
  return true;
}
