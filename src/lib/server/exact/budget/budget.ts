// Who lives here: the budget of calls to Exact as the rest of the room sees it: permits (I-18,
// I-04), the forecast of the day, whether lines should share documents, and the admin's view.
// Exact says its limits in headers that lag or are absent; we count ourselves, believe whichever
// count says less, and wait before it comes to a 429 (exact-online-api.md §3).

import { EventEmitter } from 'node:events';
import { LIMITS } from '../../../domain/index.ts';
import type { Clock } from '../../../domain/index.ts';
import type { TryNow } from './breaker.ts';
import { forecast } from './forecast.ts';
import type { Forecast } from './forecast.ts';
import { NOTHING_KEPT } from './kept.ts';
import type { KeptBudget, KeptCount, KeptMarks } from './kept.ts';
import { dayFloors, LANES, minuteFloors, syncShare } from './lanes.ts';
import type { Lane } from './lanes.ts';
import { maintenanceEnds } from './maintenance.ts';
import type { Rest } from './maintenance.ts';
import { Permits } from './permits.ts';
import type { News, Ticket } from './permits.ts';
import type { SlotRow } from './slots.ts';
import { steadyFrom, TheirClock } from './their-clock.ts';
import type { Steady } from './their-clock.ts';
import { Tightness } from './tightness.ts';
import type { BudgetEvent, BudgetView, Gauge, LaneView, TokenUse } from './view.ts';

export interface BudgetParts {
  readonly clock: Clock;
  /** Time that nobody sets; made of the clock where the process has none. */
  readonly steady?: Steady;
  /** What an earlier process left (kept.ts). */
  readonly kept?: KeptBudget;
  /** Whether the other side is one of Exact's sites, which rest at night; not asked: it is. */
  readonly rests?: () => boolean;
}

export interface BudgetEvents {
  /** Something worth a line on the admin page. */
  event: [event: BudgetEvent];
  /** Whether lines should share documents from now on. */
  tightness: [tight: boolean];
  /** The count could not be made durable; calls go on, for the count in memory is right. */
  trouble: [error: unknown];
}

/** A clock that is off by more is worth an event. */
const SKEW_MS = 60_000;
const FORECAST_STANDS_MS = 10_000;

export class CallBudget {
  readonly events = new EventEmitter<BudgetEvents>();
  readonly #clock: Clock;
  readonly #time: TheirClock;
  readonly #permits: Permits;
  readonly #tightness = new Tightness();
  readonly #happened: BudgetEvent[];
  readonly #rest: Rest;
  #forecast: { readonly atMs: number; readonly value: Forecast } | undefined;
  #skewTold = false;

  constructor(parts: BudgetParts) {
    const kept = parts.kept ?? NOTHING_KEPT;
    this.#clock = parts.clock;
    this.#time = new TheirClock(parts.clock, parts.steady ?? steadyFrom(parts.clock));
    this.#happened = [...(kept.marks?.events ?? [])];
    const { rests = () => true } = parts;
    this.#rest = (utcMs) => (rests() ? maintenanceEnds(utcMs) : null);
    this.#permits = new Permits(this.#time, kept, this.#rest, (news) => this.#tell(news));
  }

  /** The earliest moment at which this lane may call this endpoint; in the past means now. */
  freeAtMs(lane: Lane, endpoint: string): number {
    return Math.ceil(this.#time.toWall(this.#permits.freeAt(lane, endpoint)));
  }

  /** The same for somebody who wants to call: until then the others leave the lane its floor. */
  askMs(lane: Lane, endpoint: string): number {
    const freeAt = this.#permits.freeAt(lane, endpoint);
    this.#permits.wanted(lane, freeAt);
    return Math.ceil(this.#time.toWall(freeAt));
  }

  /** Milliseconds until this lane may call this endpoint; 0 for now. */
  waitMs(lane: Lane, endpoint: string): number {
    return Math.max(0, Math.ceil(this.#permits.freeAt(lane, endpoint) - this.#time.now()));
  }

  /** Share of its floor that a lane used in the last 60 s. */
  minuteShare(lane: Lane): number {
    const floor = minuteFloors(this.#permits.minute.limit)[lane];
    return this.#permits.minute.used()[lane] / Math.max(1, floor);
  }

  /** How many calls of a lane wait for their turn now. */
  waits(lane: Lane, count: number): void {
    this.#permits.waiting[lane] = count;
    this.#weigh();
  }

  /** Counts a call to a URL with a division, which leaves now. */
  take(lane: Lane, endpoint: string): Ticket {
    const ticket = this.#permits.take(lane, endpoint);
    this.#weigh();
    return {
      lost: () => ticket.lost(),
      unsent: () => ticket.unsent(),
      answered: (status, headers, words) => {
        ticket.answered(status, headers, words);
        this.#checkSkew();
        this.#weigh();
      },
    };
  }

  /**
   * A person wants a stopped endpoint tried now: one call goes, whoever comes first, and the breaker
   * stays when that one fails. `untilMs`: when Exact's own count has room for another try.
   */
  tryNow(endpoint: string): TryNow {
    const wish = this.#permits.breakers.tryNow(endpoint);
    if (wish.kind === 'granted') this.#tell({ kind: 'breaker-tried', endpoint });
    if (wish.kind !== 'too-many') return wish;
    return { kind: 'too-many', untilMs: Math.round(this.#time.toWall(wish.untilMs)) };
  }

  /** Whether calls are scarce now, so that lines should share documents (`posting.when: budget`). */
  tight(): boolean {
    this.#weigh();
    return this.#tightness.reason !== null;
  }

  /** For kept.ts: rows of quarters that changed since the last question. */
  changes(): readonly SlotRow[] {
    return this.#permits.slots.changes();
  }

  /** For kept.ts: those rows did not become durable. */
  notKept(rows: readonly SlotRow[]): void {
    this.#permits.slots.again(rows);
  }

  count(): KeptCount {
    const { learned, minute, day } = this.#permits;
    return {
      minuteLimit: learned.minute ? minute.limit : null,
      dayLimit: learned.day ? day.limit : null,
      ...{ atMs: this.#clock.nowMs(), recent: minute.used() },
    };
  }

  marks(): KeptMarks {
    return { fuses: this.#permits.breakers.kept(), events: this.#happened };
  }

  /** Exact's day, counted since 1970. */
  today(): number {
    return this.#permits.today();
  }

  /** `tokens`: the token keeper's own count. */
  view(tokens?: TokenUse): BudgetView {
    this.#weigh();
    const { breakers, slots } = this.#permits;
    const now = this.#time.now();
    const wall = (atMs: number) => Math.round(this.#time.toWall(atMs));
    const held = this.#permits.heldUntil();
    const maintained = this.#rest(this.#time.likely(now));
    const { reason, sinceMs } = this.#tightness;
    return {
      ...{ atMs: this.#clock.nowMs(), minute: this.#minuteGauge(), day: this.#dayGauge() },
      ...(tokens === undefined ? {} : { tokens }),
      lanes: LANES.map((lane) => this.#lane(lane)),
      endpoints: breakers.view(),
      forecast: this.#foresee(),
      tight: reason !== null,
      ...(reason === null ? {} : { tightReason: reason, tightSinceMs: wall(sinceMs) }),
      ...(held === undefined ? {} : { heldUntilMs: wall(held) }),
      ...(maintained === null
        ? {}
        : { maintenanceUntilMs: wall(this.#time.surelyPast(maintained)) }),
      events: this.#happened.toReversed(),
      chart: slots.chart(this.#time.likely(now)),
    };
  }

  #minuteGauge(): Gauge & { readonly foreign: number } {
    const { minute, learned } = this.#permits;
    const used = LANES.reduce((sum, lane) => sum + minute.used()[lane], 0);
    const told = minute.told();
    const left = Math.max(0, Math.min(minute.limit - used, told?.left ?? minute.limit));
    return {
      ...{ used, limit: minute.limit, learned: learned.minute, left, foreign: minute.foreign() },
      ...(told === undefined ? {} : { resetMs: Math.round(this.#time.toWall(told.untilMs)) }),
    };
  }

  #dayGauge(): Gauge {
    const { day, learned } = this.#permits;
    const left = day.left();
    return {
      // By whichever count says more: calls by others are used up too.
      ...{ used: day.limit - left, limit: day.limit, learned: learned.day, left },
      resetMs: Math.round(this.#time.toWall(day.endsAt())),
    };
  }

  #lane(lane: Lane): LaneView {
    const { minute, day, waiting } = this.#permits;
    return {
      lane,
      minuteUsed: minute.used()[lane],
      minuteFloor: minuteFloors(minute.limit)[lane],
      dayUsed: day.used()[lane],
      dayKept: dayFloors(day.limit)[lane],
      dayLeft: day.leftFor(lane),
      waiting: waiting[lane],
      freeAtMs: this.freeAtMs(lane, ''),
    };
  }

  /** Times in it are Exact's; who is off by less than a minute does not see it. */
  #foresee(): Forecast {
    const now = this.#time.now();
    if (this.#forecast !== undefined && now - this.#forecast.atMs < FORECAST_STANDS_MS) {
      return this.#forecast.value;
    }
    const { slots, day, minute } = this.#permits;
    const nowMs = this.#time.likely(now);
    const used = day.used();
    const value = forecast({
      nowMs,
      dayEndsMs: nowMs + day.endsAt() - now,
      lastHour: slots.lastHour(nowMs),
      lately: slots.lately(nowMs),
      shape: slots.shape(this.today()),
      postLeft: day.leftFor('post'),
      syncLeft: Math.max(0, syncShare(day.limit) - used.sync),
      hourMost: minuteFloors(minute.limit).post * 60,
    });
    this.#forecast = { atMs: now, value };
    return value;
  }

  #weigh(): void {
    const { minute, waiting } = this.#permits;
    const { documentsToCome, documentsLeft } = this.#foresee();
    const before = this.#tightness.reason;
    const strain = {
      ...{ documentsToCome, documentsLeft, waiting: waiting.post },
      minuteUsed: minute.used().post,
      minuteFloor: minuteFloors(minute.limit).post,
    };
    if (!this.#tightness.weigh(strain, this.#time.now())) return;
    const tight = this.#tightness.reason !== null;
    const reason = this.#tightness.reason ?? before ?? 'day';
    this.#tell({ kind: 'tightness', tight, reason });
    this.events.emit('tightness', tight);
  }

  #checkSkew(): void {
    const skewMs = this.#time.skewMs() ?? 0;
    const off = Math.abs(skewMs) > SKEW_MS;
    if (off && !this.#skewTold) this.#tell({ kind: 'clock', skewMs });
    this.#skewTold = off;
  }

  #tell(news: News): void {
    const event: BudgetEvent = { ...news, atMs: this.#clock.nowMs() };
    this.#happened.push(event);
    this.#happened.splice(0, this.#happened.length - LIMITS.exactBudgetEvents);
    this.events.emit('event', event);
  }
}
