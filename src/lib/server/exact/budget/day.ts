// Who lives here: the day of Exact. It counts 5,000 calls a UTC day (exact-online-api.md §3.1) by
// its own clock; around midnight, where we cannot tell its day for certain, a call counts in both
// days. Our own count outlives a restart, because headers lag and may be absent.

import { readDay, ToldLeft } from './headers.ts';
import { fitsDay, keptOfDay, perLane } from './lanes.ts';
import type { Lane, PerLane } from './lanes.ts';
import type { TheirClock } from './their-clock.ts';

export const DAY_MS = 86_400_000;

export class DayWindow {
  readonly #time: TheirClock;
  readonly #told = new ToldLeft(DAY_MS);
  /** Calls by the number of Exact's day since 1970; never more than two days. */
  #days = new Map<number, Record<Lane, number>>();
  limit: number;

  constructor(time: TheirClock, limit: number) {
    this.#time = time;
    this.limit = limit;
  }

  /** Calls of an earlier process. */
  recall(day: number, lane: Lane, calls: number): void {
    this.#of(day)[lane] += calls;
  }

  /** The days in which it counts. */
  sent(lane: Lane): readonly number[] {
    const now = this.#time.now();
    const [first, last] = this.#possible(now);
    for (const day of this.#days.keys()) if (day < first) this.#days.delete(day);
    const days = first === last ? [first] : [first, last];
    for (const day of days) this.#of(day)[lane] += 1;
    this.#told.sent();
    return days;
  }

  /** A call that `sent` counted in these days surely never left. */
  unsent(lane: Lane, days: readonly number[]): void {
    for (const day of days) this.#of(day)[lane] -= 1;
    this.#told.unsent();
  }

  /** True when the headers of the day were there. */
  answered(headers: Headers): boolean {
    const told = readDay(headers);
    if (told === undefined) return false;
    this.limit = told.limit ?? this.limit;
    this.#told.heard(told, 0);
    return true;
  }

  /** The earliest steady moment at which the lane may call, as things stand. */
  freeAt(lane: Lane): number {
    const now = this.#time.now();
    const [first] = this.#possible(now);
    const { resetMs } = this.#told;
    const ends = [(first + 1) * DAY_MS, (first + 2) * DAY_MS, ...(resetMs ? [resetMs] : [])];
    const moments = [now, ...ends.map((end) => this.#time.surelyPast(end))].sort((a, b) => a - b);
    return moments.find((at) => this.#admits(lane, at)) ?? now + DAY_MS;
  }

  /** Own calls of the day that Exact's clock most probably stands in. */
  used(): PerLane<number> {
    return this.#days.get(this.#likely()) ?? perLane(() => 0);
  }

  /** Calls that are left to everybody today, by whichever count says less. */
  left(): number {
    return Math.max(0, this.#left(this.#likely(), this.#time.now()));
  }

  /** Calls that are left to one lane today. */
  leftFor(lane: Lane): number {
    return Math.max(0, this.left() - keptOfDay(lane, this.limit, this.used()));
  }

  /** When the day ends, in steady time. */
  endsAt(): number {
    const now = this.#time.now();
    const { resetMs } = this.#told;
    const told = resetMs !== undefined && this.#time.earliest(now) < resetMs ? resetMs : undefined;
    return this.#time.surelyPast(told ?? (this.#likely() + 1) * DAY_MS);
  }

  #admits(lane: Lane, atMs: number): boolean {
    const [first, last] = this.#possible(atMs);
    for (let day = first; day <= last; day += 1) {
      const used = this.#days.get(day) ?? perLane(() => 0);
      if (!fitsDay(lane, this.limit, this.#left(day, atMs), used)) return false;
    }
    return true;
  }

  #left(day: number, atMs: number): number {
    const used = this.#days.get(day) ?? perLane(() => 0);
    const own = this.limit - used.human - used.post - used.settle - used.sync;
    return Math.min(own, this.#told.left(this.#time.earliest(atMs)) ?? own);
  }

  #likely(): number {
    return Math.floor(this.#time.likely(this.#time.now()) / DAY_MS);
  }

  #possible(atMs: number): [number, number] {
    const first = Math.floor(this.#time.earliest(atMs) / DAY_MS);
    return [first, Math.floor(this.#time.latest(atMs) / DAY_MS)];
  }

  #of(day: number): Record<Lane, number> {
    const known = this.#days.get(day);
    if (known !== undefined) return known;
    const made = perLane(() => 0);
    this.#days.set(day, made);
    return made;
  }
}
