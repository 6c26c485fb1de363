// Who lives here: the lanes in which calls to Exact queue, and what each lane may count on in every
// minute and every day. Floors are shares, because the limits are learned (exact-online-api.md §3).
//
// Terms: lane (who wants to call), floor (calls of a window that others leave to a lane), pressing
// (a lane has calls that wait, or had a moment ago).

/** `human` an admin waits · `post` a document · `settle` a marker is looked up · `sync` the mirror. */
export type Lane = 'human' | 'post' | 'settle' | 'sync';
export type PerLane<T> = Readonly<Record<Lane, T>>;

/** Also the order in which equals are served. */
export const LANES: readonly Lane[] = ['human', 'post', 'settle', 'sync'];

/** Who comes first where a window is too small for all floors. */
const FIRST: readonly Lane[] = ['human', 'settle', 'post', 'sync'];
/** Of 60: postings 40, look-ups 6, the mirror 8, people 6. What a lane leaves goes to `post`. */
const MINUTE_SHARE: PerLane<number> = { human: 0.1, post: 2 / 3, settle: 0.1, sync: 2 / 15 };
/** Kept for postings while none is in sight, so that the first ones find a permit at once. */
const IDLE_POST_SHARE = 1 / 6;
/** Of the day: a tenth is kept for people and a tenth for look-ups (I-18). */
const DAY_KEPT: PerLane<number> = { human: 0.1, post: 0, settle: 0.1, sync: 0 };
/** The mirror may always use this share of a day … */
const SYNC_SHARE = 0.14;
/** … and more only while this share of the day is left (a first load, a slow day). */
const SYNC_STOPS_AT = 0.4;

export function perLane<T>(make: (lane: Lane) => T): Record<Lane, T> {
  return { human: make('human'), post: make('post'), settle: make('settle'), sync: make('sync') };
}

/** Calls of a minute that each lane may count on; together never more than the limit. */
export function minuteFloors(limit: number): PerLane<number> {
  return perLane((lane) => Math.floor(limit * MINUTE_SHARE[lane] + 1e-9));
}

/** Calls of a day that are kept for each lane. */
export function dayFloors(limit: number): PerLane<number> {
  return perLane((lane) => Math.ceil(limit * DAY_KEPT[lane]));
}

export interface MinuteUse {
  readonly limit: number;
  /** Permits that nobody has used. */
  readonly left: number;
  readonly used: PerLane<number>;
  readonly pressing: PerLane<boolean>;
  /** 1, falling to 0 where the minute is about to end and its permits with it. */
  readonly melt: number;
}

/**
 * Whose floors a lane leaves alone: everybody's, once it has used its own; before, only those that
 * come first. (When others use our limit, less may be left than all floors together.)
 */
function spared(lane: Lane, withinFloor: boolean): readonly Lane[] {
  const others = LANES.filter((other) => other !== lane);
  if (!withinFloor) return others;
  return others.filter((other) => FIRST.indexOf(other) < FIRST.indexOf(lane));
}

/** Whether a lane may use one more call of this minute, and the others still have their floors. */
export function fitsMinute(lane: Lane, use: MinuteUse): boolean {
  const floors = minuteFloors(use.limit);
  const idlePost = Math.floor(use.limit * IDLE_POST_SHARE);
  let kept = 0;
  for (const other of spared(lane, use.used[lane] < floors[lane])) {
    const pressing = use.pressing[other];
    let floor = floors[other];
    if (other === 'post' && !pressing) floor = Math.min(floor, idlePost);
    if (other === 'sync' && !pressing) floor = 0;
    const open = Math.max(0, floor - use.used[other]);
    const perishable = other === 'human' || other === 'settle';
    kept += perishable ? Math.ceil(open * use.melt) : open;
  }
  return use.left - kept >= 1;
}

/** Calls of a day that a lane must leave to others: the open part of the kept tenths. */
export function keptOfDay(lane: Lane, limit: number, used: PerLane<number>): number {
  const floors = dayFloors(limit);
  return spared(lane, used[lane] < floors[lane]).reduce(
    (sum, other) => sum + Math.max(0, floors[other] - used[other]),
    0,
  );
}

/** Whether a lane may use one more call of this day. */
export function fitsDay(lane: Lane, limit: number, left: number, used: PerLane<number>): boolean {
  if (left - keptOfDay(lane, limit, used) < 1) return false;
  if (lane !== 'sync') return true;
  return used.sync < Math.floor(limit * SYNC_SHARE) || left > limit * SYNC_STOPS_AT;
}

/** Calls that the mirror may count on in a day. */
export function syncShare(limit: number): number {
  return Math.floor(limit * SYNC_SHARE);
}
