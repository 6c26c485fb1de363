// Who lives here: how long today's calls last. The next hours are taken to go like the last one,
// bent by the shape that earlier days had; without earlier days, the last hour and the day so far
// are taken together, so that neither a lunch break nor one busy hour decides alone.

import { LANES } from './lanes.ts';
import type { PerLane } from './lanes.ts';
import { SLOT_MS, SLOTS_PER_DAY } from './slots.ts';

export interface ForecastParts {
  /** By Exact's clock. */
  readonly nowMs: number;
  readonly dayEndsMs: number;
  /** Calls of the last hour. */
  readonly lastHour: PerLane<number>;
  /** Calls of the day so far, and how many hours of it had postings. */
  readonly today: PerLane<number>;
  readonly hoursAtWork: number;
  /** Postings by slot on earlier days; null when there were none. */
  readonly shape: readonly number[] | null;
  /** Calls left today that postings may use. */
  readonly postLeft: number;
  /** What the mirror may still count on today. */
  readonly syncLeft: number;
  /** Most documents that the minute lets through in an hour. */
  readonly hourMost: number;
}

export interface Forecast {
  /** Counted calls of all lanes in the last hour. */
  readonly callsPerHour: number;
  /** Documents among them. */
  readonly documentsPerHour: number;
  /** Documents expected until the day's end. */
  readonly documentsToCome: number;
  /** Calls left for documents today, the mirror's part taken off. */
  readonly documentsLeft: number;
  /** When the day's calls end for documents at this rate; absent: they last. Exact's clock. */
  readonly endsAtMs?: number;
  /** Documents an hour that could go on until the day's end. */
  readonly sustainablePerHour: number;
}

const HOUR_MS = 3_600_000;
/** A quarter in which earlier days were this much busier than in the last hour, at most. */
const MOST_BENT = 8;

interface Piece {
  readonly fromMs: number;
  readonly toMs: number;
  /** How busy it is expected to be, the last hour being 1. */
  readonly weight: number;
}

function slotOf(ms: number): number {
  return Math.floor(ms / SLOT_MS) % SLOTS_PER_DAY;
}

/** Earlier days' mean of the four quarters before now; null when they had no work then. */
function formerHour(shape: readonly number[], nowMs: number): number | null {
  const back = [1, 2, 3, 4].map((n) => shape[slotOf(nowMs - n * SLOT_MS)] ?? 0);
  const mean = back.reduce((sum, each) => sum + each, 0) / back.length;
  return mean > 0 ? mean : null;
}

function piecesOf(parts: ForecastParts): readonly Piece[] {
  const { nowMs, dayEndsMs, shape } = parts;
  const former = shape === null ? null : formerHour(shape, nowMs);
  const pieces: Piece[] = [];
  for (let fromMs = nowMs; fromMs < dayEndsMs;) {
    const toMs = Math.min(dayEndsMs, (Math.floor(fromMs / SLOT_MS) + 1) * SLOT_MS);
    const then = shape?.[slotOf(fromMs)] ?? 0;
    const weight = former === null ? 1 : Math.min(MOST_BENT, then / former);
    pieces.push({ fromMs, toMs, weight });
    fromMs = toMs;
  }
  return pieces;
}

/** Documents an hour to go by. */
function rateOf(parts: ForecastParts): number {
  const last = parts.lastHour.post;
  if (parts.shape !== null && formerHour(parts.shape, parts.nowMs) !== null) return last;
  const mean = parts.hoursAtWork > 0 ? parts.today.post / parts.hoursAtWork : last;
  return (last + mean) / 2;
}

export function forecast(parts: ForecastParts): Forecast {
  const pieces = piecesOf(parts);
  const hoursLeft = Math.max(0, parts.dayEndsMs - parts.nowMs) / HOUR_MS;
  const syncToCome = Math.min(parts.syncLeft, parts.lastHour.sync * hoursLeft);
  const documentsLeft = Math.max(0, Math.floor(parts.postLeft - syncToCome));
  const rate = rateOf(parts);
  let toCome = 0;
  let endsAtMs: number | undefined;
  for (const { fromMs, toMs, weight } of pieces) {
    const here = (rate * weight * (toMs - fromMs)) / HOUR_MS;
    if (endsAtMs === undefined && here > 0 && toCome + here > documentsLeft) {
      endsAtMs = Math.round(fromMs + ((toMs - fromMs) * (documentsLeft - toCome)) / here);
    }
    toCome += here;
  }
  const workLeft = pieces.reduce((sum, p) => sum + (p.weight * (p.toMs - p.fromMs)) / HOUR_MS, 0);
  const sustainable = workLeft > 0 ? documentsLeft / workLeft : parts.hourMost;
  return {
    callsPerHour: Math.round(LANES.reduce((sum, lane) => sum + parts.lastHour[lane], 0)),
    documentsPerHour: Math.round(parts.lastHour.post),
    documentsToCome: Math.round(toCome),
    documentsLeft,
    ...(endsAtMs === undefined ? {} : { endsAtMs }),
    sustainablePerHour: Math.floor(Math.min(sustainable, parts.hourMost)),
  };
}
