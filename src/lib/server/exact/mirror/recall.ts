// Who lives here: where every list stands after a start, so that a restart costs no calls: what was
// read keeps its time, what was under way goes on. What a posting of ours changed after a list was
// last read is read soon, as it would have been without the restart.

import type { PostingKind } from '../../../domain/index.ts';
import type { ExactDb } from '../tables.ts';
import { DELETED, specOf } from './entities.ts';
import { readPlace } from './place.ts';
import { MOVED_BY } from './hints.ts';
import { hint, UNKNOWN_MS } from './schedule.ts';
import type { Beat } from './schedule.ts';

/** When the newest posting of each kind was booked, by the hub's clock. */
export type Booked = ReadonlyMap<PostingKind, number>;

export async function recall(
  db: ExactDb,
  beats: readonly Beat[],
  booked: Booked,
  nowMs: number,
): Promise<void> {
  const rows = await db.selectFrom('sync_cursor').selectAll().execute();
  for (const beat of beats) {
    const row = rows.find((each) => each.entity === beat.name);
    beat.seen = (row?.synced_ms ?? 0) > 0;
    beat.complete = (row?.full_ms ?? null) !== null;
    beat.readMs = row?.synced_ms ?? Number.NEGATIVE_INFINITY;
    const place = row === undefined ? undefined : readPlace(row.cursor);
    const whole = beat.name !== DELETED && specOf(beat.name).by === 'whole';
    const through = place?.begunMs === null && (whole || !place.comparing);
    if (through && beat.dueMs === UNKNOWN_MS) beat.dueMs = beat.readMs + beat.rhythm.mostMs;
    const own = [...booked].some(([kind, atMs]) => {
      return atMs >= beat.readMs && MOVED_BY[kind].includes(beat.name);
    });
    if (own) hint(beat, 'own', nowMs);
  }
}
