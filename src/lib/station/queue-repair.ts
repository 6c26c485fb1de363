// Who lives here: the three rare acts on a whole queue: sending again from a number on, numbering
// anew under a new identity, and forgetting what is old enough.

import { assert } from '../domain/index.ts';
import type { StationId } from '../domain/index.ts';
import { commit, isRecord } from './database.ts';
import type { StationDb, Stored } from './database.ts';
import { readIdentity, writeIdentity } from './identity.ts';
import { isQueueRow, reopened } from './queue-rows.ts';
import type { QueueRow } from './queue-rows.ts';

/** Makes every command from number `expect` on wait again. Null: `expect` itself is not here. */
export async function reopenRows(
  db: StationDb,
  expect: number,
): Promise<Stored<QueueRow[] | null>> {
  return commit(db, ['queue'], async (tx) => {
    const store = tx.objectStore('queue');
    const found = await store.index('sendSeq').getAll(IDBKeyRange.lowerBound(expect));
    const rows = found.filter(isQueueRow);
    if (rows[0]?.sendSeq !== expect) return null;
    const again = rows.map(reopened);
    for (const row of again) await store.put(row);
    return again;
  });
}

/** Numbers the waiting commands 1, 2, 3 … under the identity `id`; the rest loses its number. */
export async function renumberRows(db: StationDb, id: StationId): Promise<Stored<QueueRow[]>> {
  return commit(db, ['meta', 'queue'], async (tx) => {
    const identity = await readIdentity(tx);
    assert(identity !== undefined, 'only a station that has an identity can take a new one');
    const store = tx.objectStore('queue');
    const bare = (await store.getAll())
      .filter(isQueueRow)
      .map(({ sendSeq: _sendSeq, ...row }): QueueRow => row);
    // Old numbers go first, all of them: the index allows each number once.
    for (const row of bare) await store.put(row);
    const waiting = bare.filter((row) => row.status === 'waiting');
    const fresh = waiting.map((row, at): QueueRow => {
      const command = { ...row.command, station: id, stationSeq: at + 1 };
      return { ...row, command, sendSeq: at + 1 };
    });
    for (const row of fresh) await store.put(row);
    await writeIdentity(tx, { ...identity, id, lastSeq: fresh.length });
    return fresh;
  });
}

/** Deletes rows decided before `beforeMs`, except those with an open notice; answers how many. */
export async function purgeRows(db: StationDb, beforeMs: number): Promise<Stored<number>> {
  return commit(
    db,
    ['queue'],
    async (tx) => {
      let gone = 0;
      const index = tx.objectStore('queue').index('decidedAtMs');
      let cursor = await index.openCursor(IDBKeyRange.upperBound(beforeMs));
      while (cursor !== null) {
        if (!(isRecord(cursor.value) && cursor.value['notice'] === 'open')) {
          await cursor.delete();
          gone += 1;
        }
        cursor = await cursor.continue();
      }
      return gone;
    },
    'relaxed',
  );
}
