/*
 * Moving a company to another database (Exact KB, sync): its row versions start again from a low
 * number, in the order they had, and `DivisionMoveDate` tells of it.
 */
import type { Store } from './database.ts';
import { tables } from './sources.ts';

/** Where row versions start after a move. */
const FIRST_VERSION = 100;

/** Gives every row of a company a new low row version. `wallMs`: the Dutch wall clock. */
export function moveCompany(store: Store, division: number, wallMs: number): void {
  store.transaction(() => {
    let from = FIRST_VERSION;
    for (const [name, { key }] of Object.entries(tables)) {
      const moved = store.run(
        `UPDATE "${name}" SET "_rowversion" = ? + n.place FROM (
           SELECT "${key}" AS id, row_number() OVER (ORDER BY "_rowversion") AS place
           FROM "${name}" WHERE "_division" = ?) n
         WHERE n.id = "${name}"."${key}"`,
        from,
        division,
      );
      from += moved;
    }
    store.run("UPDATE sim_counter SET value = ? WHERE name = 'rowversion'", from);
    store.run('UPDATE "Divisions" SET "DivisionMoveDate" = ? WHERE "Code" = ?', wallMs, division);
  });
}
