// Who lives here: how far the mirror is: for each list what is here and how old it is, and for all
// of them together how much of a first load or a comparison is done and how long it will take.

import { isFault, LIMITS } from '../../../domain/index.ts';
import type { Fault } from '../../../domain/index.ts';
import { parseJson } from '../envelope.ts';
import type { ExactDb } from '../tables.ts';
import { ENTITIES } from './entities.ts';
import { readPlace } from './place.ts';

export interface EntityStatus {
  readonly entity: string;
  readonly rows: number;
  /** Of the reading under way: rows read so far, and how many Exact said there are. */
  readonly read: number;
  readonly expected: number | null;
  /** A first load or a comparison of this list is under way. */
  readonly loading: boolean;
  /** When it was last read without trouble; 0 for never. */
  readonly syncedMs: number;
  /** When it was last read from the beginning to the end; null for never. */
  readonly fullMs: number | null;
  readonly fault: Fault | null;
  /** When it is read next; in the past means now, null that nobody will. */
  readonly dueMs: number | null;
}

export interface MirrorProgress {
  /** `first-load`: some lists were never read to their end. */
  readonly phase: 'first-load' | 'comparing' | 'steady';
  /** Of all lists that are loading. */
  readonly rowsRead: number;
  /** Null while some of them have not begun, so that nobody knows. */
  readonly rowsExpected: number | null;
  readonly listsLeft: number;
  /** Of those, the ones that stand still; see their faults. */
  readonly listsInTrouble: number;
  /** By the calls that are left to make and the pace that the budget allows; null: not known. */
  readonly leftMs: number | null;
}

const SYNC_ROWS = 1000;
const POLL_ROWS = 60;
const MINUTE_MS = 60_000;
/** What the mirror may use of a minute in which nothing is posted (budget/lanes.ts). */
const CALLS_PER_MINUTE = LIMITS.exactMinuteCalls - LIMITS.exactMinuteReserve;

/** Every list that was ever asked for; `beats` say when each is due. */
export async function statusOf(
  db: ExactDb,
  beats: readonly { readonly name: string; readonly dueMs: number }[],
): Promise<readonly EntityStatus[]> {
  const rows = await db.selectFrom('sync_cursor').selectAll().orderBy('entity').execute();
  return rows.map((row) => {
    const stored = row.fault === null ? null : parseJson(row.fault);
    const place = readPlace(row.cursor);
    // Lists that are read whole are always compared; that is no news.
    const whole = ENTITIES.find((spec) => spec.name === row.entity)?.by === 'whole';
    const comparing = place?.comparing === true && !whole;
    const dueMs = beats.find((beat) => beat.name === row.entity)?.dueMs ?? null;
    return {
      entity: row.entity,
      ...{ rows: row.rows, read: row.read, expected: row.expected },
      loading: row.full_ms === null || comparing,
      syncedMs: row.synced_ms,
      fullMs: row.full_ms,
      fault: isFault(stored) ? stored : null,
      dueMs: dueMs !== null && Number.isFinite(dueMs) ? dueMs : null,
    };
  });
}

export function progressOf(status: readonly EntityStatus[]): MirrorProgress {
  const known = new Map(status.map((each) => [each.entity, each]));
  const lists = ENTITIES.map((spec) => ({ spec, status: known.get(spec.name) }));
  const left = lists.filter((list) => list.status?.loading !== false);
  const first = left.some((list) => (list.status?.fullMs ?? null) === null);
  const counted = left.every(({ status: each }) => each !== undefined && each.expected !== null);
  const sum = (value: (each: EntityStatus) => number) =>
    left.reduce((total, list) => total + (list.status === undefined ? 0 : value(list.status)), 0);
  const pages = left.reduce((total, { spec, status: each }) => {
    const rows = Math.max(0, (each?.expected ?? 0) - (each?.read ?? 0));
    return total + Math.max(1, Math.ceil(rows / (spec.by === 'sync' ? SYNC_ROWS : POLL_ROWS)));
  }, 0);
  return {
    phase: left.length === 0 ? 'steady' : first ? 'first-load' : 'comparing',
    rowsRead: sum((each) => each.read),
    rowsExpected: counted ? sum((each) => Math.max(each.expected ?? 0, each.read)) : null,
    listsLeft: left.length,
    listsInTrouble: left.filter((list) => (list.status?.fault ?? null) !== null).length,
    leftMs: counted ? Math.ceil((pages / CALLS_PER_MINUTE) * MINUTE_MS) : null,
  };
}
