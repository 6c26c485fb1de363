// Who lives here: the permits for calls to Exact: whether one may leave now, when the next one may,
// and what its answer teaches. The minute, the day, the breakers and the lanes each have a say.
//
// Terms: ticket (one call that was counted and is on its way), pressing (lanes.ts), held (a 429
// came: nobody calls until its window has surely ended).

import { LIMITS } from '../../../domain/index.ts';
import { Breakers, countsAsError } from './breaker.ts';
import { DayWindow } from './day.ts';
import { readDay, readMinute } from './headers.ts';
import type { KeptBudget, KeptCount } from './kept.ts';
import { LANES, perLane } from './lanes.ts';
import type { Lane, PerLane } from './lanes.ts';
import type { Rest } from './maintenance.ts';
import { MinuteWindow } from './minute.ts';
import type { Passage } from './minute.ts';
import { Slots } from './slots.ts';
import { LAG_MS } from './their-clock.ts';
import type { TheirClock } from './their-clock.ts';
import type { BudgetEvent } from './view.ts';

/** A call on its way. Exactly one of these is called, once. */
export interface Ticket {
  /** `words`: what Exact said about an error; fit to be shown. */
  answered(status: number, headers: Headers, words: string): void;
  /** No answer came: it may have reached Exact. */
  lost(): void;
  /** Surely nothing left: as if it had never been counted. */
  unsent(): void;
}

interface SentCall {
  readonly passage: Passage;
  readonly endpoint: string;
  /** It is the one that may try a stopped endpoint. */
  readonly tried: boolean;
}

/** An event before it got its time. */
export type News = BudgetEvent extends infer E
  ? E extends BudgetEvent
    ? Omit<E, 'atMs'>
    : never
  : never;

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** A lane that asked a moment ago presses, even if nothing of it waits here. */
const PRESSES_MS = 10_000;
/** A lane that was told to come back later than this does not press all that time. */
const FAR_MS = 2 * MINUTE_MS;
/** Only people may call during Exact's maintenance. */
const RESTS: PerLane<boolean> = { human: false, post: true, settle: true, sync: true };

export class Permits {
  readonly time: TheirClock;
  readonly minute: MinuteWindow;
  readonly day: DayWindow;
  readonly breakers: Breakers;
  readonly slots: Slots;
  readonly waiting = perLane(() => 0);
  readonly #tell: (news: News) => void;
  readonly #rest: Rest;
  readonly #wantedUntil = perLane(() => Number.NEGATIVE_INFINITY);
  #heldUntil = Number.NEGATIVE_INFINITY;
  /** Exact told these itself, in this process or an earlier one. */
  learned = { minute: false, day: false };

  constructor(time: TheirClock, kept: KeptBudget, rest: Rest, tell: (news: News) => void) {
    const { count, marks, rows } = kept;
    this.time = time;
    this.#tell = tell;
    this.#rest = rest;
    this.minute = new MinuteWindow(time, count?.minuteLimit ?? LIMITS.exactMinuteCalls);
    this.day = new DayWindow(time, count?.dayLimit ?? LIMITS.exactDayCalls);
    this.breakers = new Breakers(time);
    this.slots = new Slots(rows);
    const today = this.today();
    for (const day of [today - 1, today, today + 1]) {
      const use = this.slots.dayUse(day);
      for (const lane of LANES) this.day.recall(day, lane, use[lane]);
    }
    if (count !== null) this.#recall(count);
    for (const [endpoint, fuse] of Object.entries(marks?.fuses ?? {})) {
      this.breakers.recall(endpoint, fuse);
    }
  }

  /** The earliest steady moment at which this lane may call this endpoint, as things stand. */
  freeAt(lane: Lane, endpoint: string): number {
    const pressing = perLane((each) => this.#presses(each));
    return Math.max(
      this.#heldUntil,
      this.breakers.freeAt(lane, endpoint),
      this.#maintained(lane),
      this.day.freeAt(lane),
      this.minute.freeAt(lane, pressing),
    );
  }

  /** The lane wants to call and is told `freeAt`: the others leave its floor to it. */
  wanted(lane: Lane, freeAt: number): void {
    const now = this.time.now();
    const until = Math.min(Math.max(now, freeAt), now + FAR_MS) + PRESSES_MS;
    this.#wantedUntil[lane] = Math.max(this.#wantedUntil[lane], until);
  }

  /** Counts a call that leaves now. */
  take(lane: Lane, endpoint: string): Ticket {
    const now = this.time.now();
    this.wanted(lane, now);
    const passage = this.minute.sent(lane);
    const days = this.day.sent(lane);
    const tried = this.breakers.sent(lane, endpoint);
    const theirMs = this.time.likely(now);
    this.slots.called(lane, theirMs);
    return {
      answered: (status, headers, words) =>
        this.#answered({ passage, endpoint, tried }, status, headers, words),
      lost: () => {
        this.minute.lost(passage);
        if (tried) this.breakers.lost(endpoint);
      },
      unsent: () => {
        this.minute.unsent(passage);
        this.day.unsent(lane, days);
        if (tried) this.breakers.lost(endpoint);
        this.slots.uncalled(lane, theirMs);
      },
    };
  }

  /** Steady; undefined when no 429 holds us. */
  heldUntil(): number | undefined {
    return this.#heldUntil > this.time.now() ? this.#heldUntil : undefined;
  }

  /** Exact's day, counted since 1970. */
  today(): number {
    return Math.floor(this.time.likely(this.time.now()) / DAY_MS);
  }

  #recall(count: KeptCount): void {
    const now = this.time.now();
    // The last one may have been on its way when the process died.
    const atMs = Math.min(now, this.time.toSteady(count.atMs) + LAG_MS);
    for (const lane of LANES) this.minute.recall(lane, count.recent[lane], atMs);
    this.learned = { minute: count.minuteLimit !== null, day: count.dayLimit !== null };
  }

  #presses(lane: Lane): boolean {
    return this.waiting[lane] > 0 || this.#wantedUntil[lane] > this.time.now();
  }

  #maintained(lane: Lane): number {
    if (!RESTS[lane]) return 0;
    const ends = this.#rest(this.time.likely(this.time.now()));
    return ends === null ? 0 : this.time.surelyPast(ends);
  }

  #answered(sent: SentCall, status: number, headers: Headers, words: string): void {
    const { passage, endpoint, tried } = sent;
    const before = { minute: this.minute.limit, day: this.day.limit };
    const foreign = this.minute.foreign();
    const told = {
      minute: this.minute.answered(passage, headers),
      day: this.day.answered(headers),
    };
    this.learned = {
      minute: this.learned.minute || told.minute,
      day: this.learned.day || told.day,
    };
    const { minute, day } = { minute: this.minute.limit, day: this.day.limit };
    if (minute !== before.minute || day !== before.day) this.#tell({ kind: 'limits', minute, day });
    if (foreign === 0 && this.minute.foreign() > 0) {
      this.#tell({ kind: 'foreign', calls: this.minute.foreign() });
    }
    if (status === 429) this.#throttled(headers);
    const limitless = !told.minute && !told.day;
    if (countsAsError(status, limitless))
      this.slots.failed(passage.lane, this.time.likely(this.time.now()));
    const change = this.breakers.answered(endpoint, { status, words, limitless, tried });
    if (change === 'opened') this.#opened(endpoint, words);
    if (change === 'closed') this.#tell({ kind: 'breaker-closed', endpoint });
  }

  #opened(endpoint: string, words: string): void {
    const untilMs = Math.round(this.time.toWall(this.breakers.freeAt('post', endpoint)));
    const shown = words.slice(0, LIMITS.exactShownChars);
    this.#tell({ kind: 'breaker-opened', endpoint, untilMs, words: shown });
  }

  /** The limit that is used up is the one whose headers came; both or none tell little. */
  #throttled(headers: Headers): void {
    const now = this.time.now();
    const [minute, day] = [readMinute(headers), readDay(headers)];
    const ofDay = day !== undefined && (minute === undefined || day.remaining === 0);
    const told = ofDay ? day : minute;
    const longest = ofDay ? DAY_MS + MINUTE_MS : 2 * MINUTE_MS;
    const ends = told === undefined ? now + MINUTE_MS : this.time.surelyPast(told.resetMs);
    this.#heldUntil = Math.max(this.#heldUntil, Math.min(ends, now + longest));
    const used = ofDay ? this.day.used() : this.minute.used();
    this.#tell({
      kind: 'throttled',
      window: told === undefined ? 'unknown' : ofDay ? 'day' : 'minute',
      untilMs: Math.round(this.time.toWall(this.#heldUntil)),
      ownCalls: LANES.reduce((sum, lane) => sum + used[lane], 0),
      limit: ofDay ? this.day.limit : this.minute.limit,
    });
  }
}
