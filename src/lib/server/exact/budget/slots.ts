// Who lives here: the calls of the last days by quarter of an hour and lane: the chart of the
// admin page, the count that a restart begins with, and the shape that the forecast goes by.
//
// Terms: slot (a quarter of an hour of Exact's UTC day, 0 to 95), row (one lane of one slot).

import { LANES, perLane } from './lanes.ts';
import type { Lane, PerLane } from './lanes.ts';

export const SLOT_MS = 900_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;
export const SLOTS_PER_DAY = 96;
/** What counts as lately: four hours. */
export const LATELY_SLOTS = 16;

export interface SlotRow {
  /** `yyyy-mm-dd`, UTC. */
  readonly day: string;
  readonly slot: number;
  readonly lane: Lane;
  readonly calls: number;
  readonly errors: number;
}

/** One quarter of an hour of the chart. */
export interface ChartSlot {
  /** When it began, in milliseconds since 1970 UTC. */
  readonly atMs: number;
  readonly calls: PerLane<number>;
  /** Answers among them that Exact counts as errors. */
  readonly errors: number;
}

/** Documents of the last four hours, and the hours among them, in quarters, in which any were. */
export interface Lately {
  readonly documents: number;
  readonly hours: number;
}

interface Tally {
  readonly calls: Record<Lane, number>;
  readonly errors: Record<Lane, number>;
}

/** `yyyy-mm-dd` of a day counted since 1970. */
export function dayName(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

function slotNumber(row: SlotRow): number {
  return (Date.parse(row.day) + row.slot * SLOT_MS) / SLOT_MS;
}

export class Slots {
  /** By the number of the slot since 1970. */
  readonly #tallies = new Map<number, Tally>();
  readonly #changed = new Set<string>();

  constructor(rows: readonly SlotRow[]) {
    for (const row of rows) {
      const tally = this.#of(slotNumber(row));
      tally.calls[row.lane] += row.calls;
      tally.errors[row.lane] += row.errors;
    }
  }

  called(lane: Lane, theirMs: number): void {
    this.#add('calls', lane, theirMs, 1);
  }

  /** A call that was counted then surely never left. */
  uncalled(lane: Lane, theirMs: number): void {
    this.#add('calls', lane, theirMs, -1);
  }

  failed(lane: Lane, theirMs: number): void {
    this.#add('errors', lane, theirMs, 1);
  }

  /** Rows that changed since the last question, as they stand now. */
  changes(): readonly SlotRow[] {
    const rows = [...this.#changed].map((key): SlotRow => {
      const [slot, name] = key.split(' ');
      const lane = LANES.find((each) => each === name) ?? 'sync';
      const number = Number(slot);
      const tally = this.#of(number);
      return {
        day: dayName(Math.floor(number / SLOTS_PER_DAY)),
        slot: number % SLOTS_PER_DAY,
        ...{ lane, calls: tally.calls[lane], errors: tally.errors[lane] },
      };
    });
    this.#changed.clear();
    return rows;
  }

  /** Those rows were not kept after all. */
  again(rows: readonly SlotRow[]): void {
    for (const row of rows) this.#changed.add(`${slotNumber(row)} ${row.lane}`);
  }

  forgetBefore(day: number): void {
    for (const number of this.#tallies.keys()) {
      if (number < day * SLOTS_PER_DAY) this.#tallies.delete(number);
    }
  }

  /** The last 24 hours, oldest first: 96 slots, the last one under way. */
  chart(theirMs: number): readonly ChartSlot[] {
    const last = Math.floor(theirMs / SLOT_MS);
    return Array.from({ length: SLOTS_PER_DAY }, (_, index): ChartSlot => {
      const number = last - SLOTS_PER_DAY + 1 + index;
      const tally = this.#tallies.get(number);
      const errors = LANES.reduce((sum, lane) => sum + (tally?.errors[lane] ?? 0), 0);
      const calls = perLane((lane) => tally?.calls[lane] ?? 0);
      return { atMs: number * SLOT_MS, calls, errors };
    });
  }

  /** Calls by day since 1970 and lane. */
  dayUse(day: number): PerLane<number> {
    const sum = perLane(() => 0);
    for (const [number, { calls }] of this.#tallies) {
      if (Math.floor(number / SLOTS_PER_DAY) !== day) continue;
      for (const lane of LANES) sum[lane] += calls[lane];
    }
    return sum;
  }

  /** Calls of the hour before `theirMs`; of the quarter at its beginning, the share that is in it. */
  lastHour(theirMs: number): PerLane<number> {
    const last = Math.floor(theirMs / SLOT_MS);
    const share = 1 - (theirMs % SLOT_MS) / SLOT_MS;
    return perLane((lane) => {
      const of = (number: number) => this.#tallies.get(number)?.calls[lane] ?? 0;
      return of(last) + of(last - 1) + of(last - 2) + of(last - 3) + of(last - 4) * share;
    });
  }

  lately(theirMs: number): Lately {
    const last = Math.floor(theirMs / SLOT_MS);
    let documents = 0;
    let worked = 0;
    for (let number = last - LATELY_SLOTS; number <= last; number += 1) {
      const posts = this.#tallies.get(number)?.calls.post ?? 0;
      documents += posts;
      // Of the quarter under way, what is over of it.
      if (posts > 0) worked += number === last ? (theirMs % SLOT_MS) / SLOT_MS : 1;
    }
    return { documents, hours: (worked * SLOT_MS) / HOUR_MS };
  }

  /**
   * Postings in each slot of a day, on average over the days with any before `today`; null when
   * there is none.
   */
  shape(today: number): readonly number[] | null {
    const sums = Array.from({ length: SLOTS_PER_DAY }, () => 0);
    const days = new Set<number>();
    for (const [number, { calls }] of this.#tallies) {
      const day = Math.floor(number / SLOTS_PER_DAY);
      if (day >= today || calls.post === 0) continue;
      days.add(day);
      const slot = number % SLOTS_PER_DAY;
      sums[slot] = (sums[slot] ?? 0) + calls.post;
    }
    return days.size === 0 ? null : sums.map((sum) => sum / days.size);
  }

  #add(what: keyof Tally, lane: Lane, theirMs: number, many: 1 | -1): void {
    const number = Math.floor(theirMs / SLOT_MS);
    this.#of(number)[what][lane] += many;
    this.#changed.add(`${number} ${lane}`);
  }

  #of(number: number): Tally {
    const known = this.#tallies.get(number);
    if (known !== undefined) return known;
    const made = { calls: perLane(() => 0), errors: perLane(() => 0) };
    this.#tallies.set(number, made);
    return made;
  }
}
