/*
 * The clock of the simulator: a source of UTC milliseconds that tests inject or move over the
 * control API. The shift is kept in the database so that a restarted simulator goes on in the
 * same moment and its tokens and minutes keep their meaning. Everything that waits for a moment
 * (windows, tokens, notifications, the agenda) looks at this clock and no other.
 */
import type { Store } from '../store/database.ts';
import { dutchWallMs } from './dutch.ts';

export interface ClockState {
  nowMs: number;
  nowIso: string;
  shiftMs: number;
  frozen: boolean;
}

export class SimClock {
  constructor(
    private readonly source: () => number,
    private readonly store: Store,
  ) {}

  /** UTC milliseconds now, as the simulator sees it. */
  nowMs(): number {
    const frozenAtMs = this.store.settings.number('clock.frozenAtMs', -1);
    return frozenAtMs >= 0 ? frozenAtMs : this.source() + this.shiftMs();
  }

  /** Dutch wall-clock milliseconds now; what `Created` and `Modified` hold. */
  wallMs(): number {
    return dutchWallMs(this.nowMs());
  }

  /** Moves the clock to a UTC moment; it keeps running from there unless it is frozen. */
  set(utcMs: number): void {
    this.store.settings.set('clock.shiftMs', utcMs - this.source());
    if (this.frozen()) this.store.settings.set('clock.frozenAtMs', utcMs);
  }

  /** Moves the clock by a number of milliseconds, also backwards. */
  advance(ms: number): void {
    this.set(this.nowMs() + ms);
  }

  /** Stops the clock where it is, or lets it run on from there. */
  freeze(on: boolean): void {
    const nowMs = this.nowMs();
    this.store.settings.set('clock.frozenAtMs', on ? nowMs : -1);
    if (!on) this.store.settings.set('clock.shiftMs', nowMs - this.source());
  }

  state(): ClockState {
    const nowMs = this.nowMs();
    return {
      nowMs,
      nowIso: new Date(nowMs).toISOString(),
      shiftMs: this.shiftMs(),
      frozen: this.frozen(),
    };
  }

  private shiftMs(): number {
    return this.store.settings.number('clock.shiftMs', 0);
  }

  private frozen(): boolean {
    return this.store.settings.number('clock.frozenAtMs', -1) >= 0;
  }
}
