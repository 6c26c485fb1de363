// Who lives here: how long today's calls last. What is to come is taken from two things: the pace of
// the last hours, and what earlier days were like from this hour on. Neither a break, a rush, nor the
// turn of Exact's day decides alone; and before enough was seen nothing is said beyond the next hour.

import { LANES } from './lanes.ts';
import type { PerLane } from './lanes.ts';
import { LATELY_SLOTS, SLOT_MS, SLOTS_PER_DAY } from './slots.ts';
import type { Lately } from './slots.ts';

export interface ForecastParts {
  /** By Exact's clock. */
  readonly nowMs: number;
  readonly dayEndsMs: number;
  /** Calls of the last hour. */
  readonly lastHour: PerLane<number>;
  /** Documents of the last hours, over the turn of a day too. */
  readonly lately: Lately;
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
  /** False: too little was seen to look beyond the next hour; the rest says nothing of the day. */
  readonly enough: boolean;
  /** Counted calls of all lanes in the last hour. */
  readonly callsPerHour: number;
  /** Documents among them. */
  readonly documentsPerHour: number;
  /** Documents expected until the day's end, or within the hour when `enough` is false. */
  readonly documentsToCome: number;
  /** Calls left for documents today, the mirror's part taken off. */
  readonly documentsLeft: number;
  /** When the day's calls end for documents at this rate; absent: they last. Exact's clock. */
  readonly endsAtMs?: number;
  /** Documents an hour that could go on until the day's end. */
  readonly sustainablePerHour: number;
}

const HOUR_MS = 3_600_000;
/** So much work must have been seen before a day is foretold from it. */
const ENOUGH_HOURS = 1;
const ENOUGH_DOCUMENTS = 10;
/** Earlier days with fewer documents on average tell of no shape. */
const SHAPELY_DOCUMENTS = 20;
/** Documents that stand against chance where today is compared with earlier days. */
const DOUBT_DOCUMENTS = 10;
/** A day is taken to be so much busier than earlier ones, at most. */
const MOST_BENT = 4;

interface Piece {
  readonly fromMs: number;
  readonly toMs: number;
  readonly documents: number;
}

function slotOf(ms: number): number {
  return Math.floor(ms / SLOT_MS) % SLOTS_PER_DAY;
}

/** Documents an hour to go by: the last hour, and the hours of work before it. */
function paceOf({ lastHour, lately }: ForecastParts): number {
  const mean = lately.hours > 0 ? lately.documents / lately.hours : lastHour.post;
  return (lastHour.post + mean) / 2;
}

/** How much busier than earlier days this one is, by the last hour and by the hours before. */
function busierBy({ nowMs, lastHour, lately }: ForecastParts, shape: readonly number[]): number {
  const former = (slots: number) => {
    let sum = 0;
    for (let back = 1; back <= slots; back += 1) sum += shape[slotOf(nowMs - back * SLOT_MS)] ?? 0;
    return sum;
  };
  const ratio = (now: number, then: number) => (now + DOUBT_DOCUMENTS) / (then + DOUBT_DOCUMENTS);
  const hour = ratio(lastHour.post, former(HOUR_MS / SLOT_MS));
  return Math.min(MOST_BENT, (hour + ratio(lately.documents, former(LATELY_SLOTS))) / 2);
}

/** What is to come, quarter by quarter. */
function piecesOf(parts: ForecastParts, shape: readonly number[] | null): readonly Piece[] {
  const { nowMs, dayEndsMs, lastHour, hourMost } = parts;
  const pace = paceOf(parts);
  const busier = shape === null ? 1 : busierBy(parts, shape);
  const pieces: Piece[] = [];
  for (let fromMs = nowMs; fromMs < dayEndsMs;) {
    const toMs = Math.min(dayEndsMs, (Math.floor(fromMs / SLOT_MS) + 1) * SLOT_MS);
    const then = (shape?.[slotOf(fromMs)] ?? 0) * (HOUR_MS / SLOT_MS);
    let perHour = pace;
    if (shape !== null) perHour = then > 0 ? (then * busier + pace) / 2 : 0;
    // Whatever earlier days did: who works now does not stop at once.
    if (shape !== null && toMs <= nowMs + HOUR_MS) perHour = Math.max(perHour, lastHour.post);
    pieces.push({
      fromMs,
      toMs,
      documents: (Math.min(hourMost, perHour) * (toMs - fromMs)) / HOUR_MS,
    });
    fromMs = toMs;
  }
  return pieces;
}

export function forecast(parts: ForecastParts): Forecast {
  const { nowMs, lately } = parts;
  const shape = shapely(parts.shape) ? parts.shape : null;
  const seen = lately.hours >= ENOUGH_HOURS && lately.documents >= ENOUGH_DOCUMENTS;
  const enough = shape !== null || seen;
  const dayEndsMs = enough ? parts.dayEndsMs : Math.min(parts.dayEndsMs, nowMs + HOUR_MS);
  const pieces = piecesOf({ ...parts, dayEndsMs }, shape);
  const hoursLeft = Math.max(0, parts.dayEndsMs - nowMs) / HOUR_MS;
  const syncToCome = Math.min(parts.syncLeft, parts.lastHour.sync * hoursLeft);
  const documentsLeft = Math.max(0, Math.floor(parts.postLeft - syncToCome));
  let toCome = 0;
  let endsAtMs: number | undefined;
  for (const { fromMs, toMs, documents } of pieces) {
    if (endsAtMs === undefined && documents > 0 && toCome + documents > documentsLeft) {
      endsAtMs = Math.round(fromMs + ((toMs - fromMs) * (documentsLeft - toCome)) / documents);
    }
    toCome += documents;
  }
  const atWork = enough ? pieces.filter(({ documents }) => documents > 0) : [];
  const hoursToWork = atWork.reduce((sum, { fromMs, toMs }) => sum + (toMs - fromMs) / HOUR_MS, 0);
  const hours = hoursToWork > 0 ? hoursToWork : hoursLeft;
  return {
    enough,
    callsPerHour: Math.round(LANES.reduce((sum, lane) => sum + parts.lastHour[lane], 0)),
    documentsPerHour: Math.round(parts.lastHour.post),
    documentsToCome: Math.round(toCome),
    documentsLeft,
    ...(endsAtMs === undefined ? {} : { endsAtMs }),
    sustainablePerHour: Math.floor(
      Math.min(hours > 0 ? documentsLeft / hours : parts.hourMost, parts.hourMost),
    ),
  };
}

function shapely(shape: readonly number[] | null): boolean {
  return (shape ?? []).reduce((sum, each) => sum + each, 0) >= SHAPELY_DOCUMENTS;
}
