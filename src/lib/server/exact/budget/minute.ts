// Who lives here: the minute of Exact, as calls of ours fall into it. Exact counts 60 calls a clock
// minute of its own clock, which we know only within bounds (their-clock.ts). A call may leave when
// either of two proofs holds, so that neither skew nor delay can put a 61st into a minute, and as
// little as possible is lost (measured in properties.test.ts):
//
// - the last 60 s: whatever minute the call falls into began less than 60 s before it, so fewer
//   than 60 calls that may have arrived since then leave room for it;
// - the clock minute: in each minute that Exact's clock can stand in now, fewer than 60 calls of
//   ours can lie. This one lets a burst go on as soon as the next minute has surely begun.
//
// A call may arrive at any moment between its sending and its answer; one without an answer may
// arrive later still. Calls by others with our limit show in the headers only.

import { readMinute, ToldLeft } from './headers.ts';
import { fitsMinute, perLane } from './lanes.ts';
import type { Lane, PerLane } from './lanes.ts';
import { LAG_MS } from './their-clock.ts';
import type { TheirClock } from './their-clock.ts';

/** A call on its way or done. */
export interface Passage {
  readonly lane: Lane;
  readonly sentAtMs: number;
  /** Undefined while it is on its way. */
  endAtMs: number | undefined;
}

const MINUTE_MS = 60_000;
/** A request whose answer was lost may reach Exact this much later. */
const LOST_TAIL_MS = 60_000;
/** Bounds are never wider than two minutes: older calls lie in no minute of now. */
const KEPT_MS = 4 * MINUTE_MS;
/** Towards the end of a clock minute its unused floors go to whoever waits. */
const MELT_MS = 10_000;
const FOREIGN_MS = 10 * MINUTE_MS;
const ASKS_MS = 2 * LAG_MS;
const WHOLE = 1;

export class MinuteWindow {
  readonly #time: TheirClock;
  readonly #told = new ToldLeft(MINUTE_MS);
  #calls: Passage[] = [];
  #foreign: { readonly atMs: number; readonly calls: number }[] = [];
  /** Calls before it may be ours, of a process that left no word of them. */
  readonly #knownSince: number;
  limit: number;

  constructor(time: TheirClock, limit: number) {
    this.#time = time;
    this.#knownSince = time.now();
    this.limit = limit;
  }

  /** Calls of an earlier process, as far as they are remembered: they count as made at `atMs`. */
  recall(lane: Lane, calls: number, atMs: number): void {
    for (let n = 0; n < calls; n += 1) {
      this.#calls.push({ lane, sentAtMs: atMs, endAtMs: atMs });
    }
  }

  sent(lane: Lane): Passage {
    const now = this.#time.now();
    this.#calls = this.#calls.filter((c) => c.endAtMs === undefined || c.endAtMs > now - KEPT_MS);
    const passage: Passage = { lane, sentAtMs: now, endAtMs: undefined };
    this.#calls.push(passage);
    this.#told.sent();
    return passage;
  }

  unsent(passage: Passage): void {
    this.#calls = this.#calls.filter((call) => call !== passage);
    this.#told.unsent();
  }

  lost(passage: Passage): void {
    passage.endAtMs = this.#time.now() + LOST_TAIL_MS;
  }

  /** True when the headers of the minute were there. */
  answered(passage: Passage, headers: Headers): boolean {
    const now = this.#time.now();
    passage.endAtMs = now;
    const told = readMinute(headers);
    if (told === undefined) return false;
    this.limit = told.limit ?? this.limit;
    this.#time.heard(told.resetMs, passage.sentAtMs, now);
    this.#told.heard(told, this.#calls.length - 1 - this.#calls.indexOf(passage));
    const minute = told.resetMs / MINUTE_MS - 1;
    const foreign = this.limit - told.remaining - this.#inMinute(minute).length;
    const seenWhole = this.#time.latest(this.#knownSince) <= minute * MINUTE_MS;
    if (foreign > 0 && seenWhole) this.#foreign.push({ atMs: now, calls: foreign });
    return true;
  }

  /** The earliest steady moment at which the lane may call, as things stand. */
  freeAt(lane: Lane, pressing: PerLane<boolean>): number {
    const now = this.#time.now();
    if (this.#admits(lane, now, pressing)) return now;
    return this.#moments(now).find((at) => this.#admits(lane, at, pressing)) ?? now + MINUTE_MS;
  }

  /** Own calls that may have arrived in the last 60 s. */
  used(): PerLane<number> {
    return countLanes(this.#since(this.#time.now()));
  }

  /** Calls by others in a minute, at least: the most that was seen of late. */
  foreign(): number {
    const now = this.#time.now();
    this.#foreign = this.#foreign.filter((seen) => seen.atMs > now - FOREIGN_MS);
    return Math.max(0, ...this.#foreign.map((seen) => seen.calls));
  }

  /** When Exact's minute is over for certain, and what it said is left; undefined when unknown. */
  told(): { readonly left: number; readonly untilMs: number } | undefined {
    const left = this.#told.left(this.#time.earliest(this.#time.now()));
    const { resetMs } = this.#told;
    if (left === undefined || resetMs === undefined) return undefined;
    return { left, untilMs: this.#time.surelyPast(resetMs) };
  }

  #admits(lane: Lane, atMs: number, pressing: PerLane<boolean>): boolean {
    const limit = Math.max(1, this.limit - this.#margin());
    const fits = (calls: readonly Passage[], most: number, melt: number): boolean => {
      const left = Math.min(limit - calls.length, most);
      return fitsMinute(lane, { limit, left, used: countLanes(calls), pressing, melt });
    };
    const told = this.#told.left(this.#time.earliest(atMs)) ?? limit;
    const since = this.#since(atMs);
    if (fits(since, told, WHOLE)) return true;
    if (told > 1 && this.#quiet(atMs) && fits(since, limit, WHOLE)) return true;
    if (!this.#time.settled()) return false;
    const last = Math.floor(this.#time.latest(atMs) / MINUTE_MS);
    let minute = Math.floor(this.#time.earliest(atMs) / MINUTE_MS);
    for (; minute <= last; minute += 1) {
      const endsInMs = (minute + 1) * MINUTE_MS - this.#time.earliest(atMs);
      const melt = Math.min(1, Math.max(0, endsInMs / MELT_MS));
      if (!fits(this.#inMinute(minute), told, melt)) return false;
    }
    return true;
  }

  /**
   * What Exact told may be of a minute that is over, if its counts lag and a burst was short. Who
   * was silent for longer than they lag may use one of the permits that it left, and learn anew.
   */
  #quiet(atMs: number): boolean {
    const last = this.#calls.at(-1);
    return last === undefined || atMs >= last.sentAtMs + ASKS_MS;
  }

  /** Others used our limit of late: as many calls are left to them in every minute. */
  #margin(): number {
    return Math.min(this.foreign(), Math.floor(this.limit / 2));
  }

  #since(atMs: number): readonly Passage[] {
    return this.#calls.filter((c) => c.endAtMs === undefined || c.endAtMs > atMs - MINUTE_MS);
  }

  #inMinute(minute: number): readonly Passage[] {
    const from = minute * MINUTE_MS;
    return this.#calls.filter((call) => {
      const end = call.endAtMs ?? this.#time.now();
      const before = this.#time.latest(end) < from;
      return !before && this.#time.earliest(call.sentAtMs) < from + MINUTE_MS;
    });
  }

  /** When something changes by time alone, in order. */
  #moments(now: number): readonly number[] {
    const moments = this.#calls.flatMap((c) =>
      c.endAtMs === undefined ? [] : [c.endAtMs + MINUTE_MS],
    );
    const minute = Math.floor(this.#time.earliest(now) / MINUTE_MS);
    for (let next = minute + 1; next <= minute + 3; next += 1) {
      for (let back = 0; back <= MELT_MS; back += 1_000) {
        moments.push(this.#time.surelyPast(next * MINUTE_MS - back));
      }
    }
    const { resetMs } = this.#told;
    if (resetMs !== undefined) moments.push(this.#time.surelyPast(resetMs));
    const last = this.#calls.at(-1);
    if (last !== undefined) moments.push(last.sentAtMs + ASKS_MS);
    return [...new Set(moments)].filter((at) => at > now).sort((a, b) => a - b);
  }
}

function countLanes(calls: readonly Passage[]): PerLane<number> {
  const used = perLane(() => 0);
  for (const { lane } of calls) used[lane] += 1;
  return used;
}
