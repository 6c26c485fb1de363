// Who lives here: the change of key for every record that this room seals: all of them in one
// transaction, so that a crash leaves them all under the old key or all under the new one.

import type { ExactDb } from '../tables.ts';
import { SEALED } from './connection.ts';
import type { Vault } from './vault.ts';

/**
 * Seals with the key in force what was sealed with an older one. Gives how many records changed.
 * @throws KeyFault when a record was sealed with a key that is not here; nothing is changed then.
 */
export async function resealAll(db: ExactDb, vault: Vault): Promise<number> {
  return db.transaction().execute(async (tx) => {
    const rows = await tx.selectFrom('exact_connection').selectAll().execute();
    let changed = 0;
    for (const row of rows) {
      for (const [column, place] of SEALED) {
        const record = row[column];
        if (record === null || record === '' || vault.isCurrent(record)) continue;
        const sealed = vault.seal(vault.open(record, place), place);
        await tx
          .updateTable('exact_connection')
          .set({ [column]: sealed })
          .where('id', '=', row.id)
          .execute();
        changed += 1;
      }
    }
    return changed;
  });
}
