// Who lives here: where the reading of one list stands, as it is kept in `sync_cursor.cursor`.
//
// Terms: reading (one walk over a list, from a position to its end, possibly in several slices and
// over a restart), at (the highest row version or time that was seen), since (what the next reading
// asks from: a little behind `at`, because Exact gives out row versions before it commits, and a
// late one may land below what we saw: exact-online-api.md §4.1), comparison (a reading from the
// beginning, at whose end goes what it did not see).

import * as z from 'zod';
import { parseJson } from '../envelope.ts';
import { dutchWallMs } from '../values.ts';
import type { EntitySpec } from './entities.ts';

type By = EntitySpec['by'];

const placeForm = z.object({
  at: z.string().regex(/^-?\d+$/),
  /** What the reading under way goes on from, or the next one begins at. */
  since: z.string(),
  /** What the reading under way began at. */
  asked: z.string(),
  /** A position and when it was reached; once it is old enough it becomes `since`. */
  pending: z.string(),
  pendingMs: z.number(),
  /** When the reading under way began; null between readings. */
  begunMs: z.number().nullable(),
  /** The next page of it, for lists whose pages do not come in the order of their cursor. */
  next: z.string().nullable(),
  /** The number of the comparison under way, or of the last one; 0 for none yet. */
  comparison: z.number(),
  /** The comparison before that one. */
  before: z.number(),
  comparing: z.boolean(),
  /** Which of the list's names Exact knows. */
  path: z.number(),
});
export type Place = z.infer<typeof placeForm>;

/** Row versions begin above 1 (§4.1); changes by time begin in 1990. */
const START = { sync: '1', poll: String(Date.UTC(1990, 0, 1)), whole: '0' } as const;
/** How long a commit at Exact may take to show below what was already read. */
export const LATE_COMMIT_MS = 10 * 60_000;

export function startPlace(by: By): Place {
  const at = START[by];
  return {
    ...{ at, since: at, asked: at, pending: at, pendingMs: 0, begunMs: null, next: null },
    ...{ comparison: 0, before: 0, comparing: by === 'whole', path: 0 },
  };
}

/** A stored place; undefined when it is of no form that we know. */
export function readPlace(text: string): Place | undefined {
  return placeForm.safeParse(parseJson(text)).data;
}

/** The place at the beginning of a reading. */
export function begun(place: Place, by: By, nowMs: number): Place {
  if (place.comparing) {
    const start = START[by];
    const { comparison: before } = place;
    const comparison = Math.max(nowMs, before + 1);
    const fresh = { at: start, since: start, asked: start, pending: start, pendingMs: 0 };
    return { ...place, ...fresh, next: null, before, comparison, begunMs: nowMs };
  }
  if (by !== 'sync') return { ...place, since: place.at, begunMs: nowMs, next: null };
  // What was reached long enough ago can no longer be undercut by a late commit.
  const since = place.pendingMs <= nowMs - LATE_COMMIT_MS ? place.pending : place.since;
  return { ...place, since, asked: since, begunMs: nowMs };
}

/** The place after a page; `top` is the highest position in it. */
export function advanced(place: Place, by: By, top: string, next?: string): Place {
  const at = BigInt(top) > BigInt(place.at) ? top : place.at;
  // The pages of a row-version list come in its order: what was read stays read over a crash.
  if (by === 'sync') return { ...place, at, since: top };
  return { ...place, at, next: next ?? null };
}

/** The place at the end of a reading. */
export function ended(place: Place, by: By, nowMs: number): Place {
  const done = { begunMs: null, next: null, comparing: by === 'whole' };
  if (by !== 'sync') {
    // A row that changed behind our back while we read lies after the moment we began.
    const latest = String(dutchWallMs(place.begunMs ?? nowMs));
    const at = BigInt(place.at) > BigInt(latest) ? latest : place.at;
    return { ...place, ...done, at };
  }
  const first = place.pendingMs === 0;
  if (first) {
    return { ...place, ...done, since: place.at, pending: place.at, pendingMs: nowMs };
  }
  const settled = place.pendingMs <= nowMs - LATE_COMMIT_MS;
  return settled
    ? { ...place, ...done, since: place.pending, pending: place.at, pendingMs: nowMs }
    : { ...place, ...done, since: place.asked };
}
