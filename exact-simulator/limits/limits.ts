/*
 * The minutely and daily limits per app and company, their headers, and the fair use of a whole
 * contract (Exact KB, limits). A call that is refused does not count. Windows are whole clock
 * minutes and whole UTC days.
 */
import type { SimClock } from '../clock/clock.ts';
import { empty, type Answer } from '../http/answer.ts';
import type { Store } from '../store/database.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

export const DEFAULT_MINUTELY = 60;
export const DEFAULT_DAILY = 5000;
/** Of all apps on all companies of one contract (Exact KB, fair use). */
export const DEFAULT_CONTRACT_DAILY = 20_000;
/** What apps from before the present limits may have (Exact KB, limits). */
export const OLDER_APP = { minutely: 300, daily: 50_000 } as const;

interface Window {
  limit: number;
  used: number;
  resetMs: number;
}

export interface Usage {
  minute: Window;
  day: Window;
}

export class Limits {
  constructor(
    private readonly store: Store,
    private readonly clock: SimClock,
  ) {}

  /** What was used in the current windows of a client on a scope (a division, or `token`). */
  usage(client: string, scope: string): Usage {
    const { settings } = this.store;
    return {
      minute: this.window(
        ...([client, scope, MINUTE_MS] as const),
        settings.number('limits.minutely', DEFAULT_MINUTELY),
      ),
      day: this.window(
        ...([client, scope, DAY_MS] as const),
        settings.number('limits.daily', DEFAULT_DAILY),
      ),
    };
  }

  /** Counts a call, or gives the 429 when a limit is used up. */
  take(client: string, scope: string): Answer | undefined {
    const { minute, day } = this.usage(client, scope);
    if (minute.used >= minute.limit) return empty(429, this.minutely(minute));
    if (day.used >= day.limit) return empty(429, dailyHeaders(day));
    if (this.contractUsed() >= this.contractDaily()) return empty(429, {});
    this.count(client, scope, MINUTE_MS);
    this.count(client, scope, DAY_MS);
    return undefined;
  }

  /** A day's calls of all apps on all companies; never less than what one app may make. */
  contractDaily(): number {
    const { settings } = this.store;
    const daily = settings.number('limits.daily', DEFAULT_DAILY);
    const fairUse = Math.max(DEFAULT_CONTRACT_DAILY, daily);
    return settings.number('limits.contractDaily', fairUse);
  }

  contractUsed(): number {
    const row = this.store.get(
      `SELECT SUM(used) AS used FROM sim_usage
       WHERE window_ms = ? AND start_ms = ? AND scope GLOB '[0-9]*'`,
      DAY_MS,
      this.start(DAY_MS),
    );
    return Number(row?.['used'] ?? 0);
  }

  /** All six headers, as they stand after the call that was just counted. */
  headers(client: string, scope: string): Record<string, string> {
    const { minute, day } = this.usage(client, scope);
    return { ...dailyHeaders(day), ...this.minutely(minute) };
  }

  /** Older answers had no minutely headers at all; a setting brings that back. */
  private minutely(minute: Window): Record<string, string> {
    const shown = this.store.settings.text('limits.headers', 'all') === 'all';
    return shown ? minutelyHeaders(minute) : {};
  }

  /** Counts one use of a window that has a limit of its own; false when it was used up. */
  takeDaily(client: string, scope: string, limit: number): boolean {
    if (this.window(client, scope, DAY_MS, limit).used >= limit) return false;
    this.count(client, scope, DAY_MS);
    return true;
  }

  reset(): void {
    this.store.run('DELETE FROM sim_usage');
  }

  private start(lengthMs: number): number {
    const nowMs = this.clock.nowMs();
    return nowMs - (nowMs % lengthMs);
  }

  private window(client: string, scope: string, lengthMs: number, limit: number): Window {
    const startMs = this.start(lengthMs);
    const row = this.store.get(
      'SELECT start_ms, used FROM sim_usage WHERE client = ? AND scope = ? AND window_ms = ?',
      client,
      scope,
      lengthMs,
    );
    const used = row && Number(row['start_ms']) === startMs ? Number(row['used']) : 0;
    return { limit, used, resetMs: startMs + lengthMs };
  }

  private count(client: string, scope: string, lengthMs: number): void {
    this.store.run(
      `INSERT INTO sim_usage (client, scope, window_ms, start_ms, used) VALUES (?, ?, ?, ?, 1)
       ON CONFLICT (client, scope, window_ms) DO UPDATE SET
         used = CASE WHEN start_ms = excluded.start_ms THEN used + 1 ELSE 1 END,
         start_ms = excluded.start_ms`,
      client,
      scope,
      lengthMs,
      this.start(lengthMs),
    );
  }
}

function headersOf(prefix: string, window: Window): Record<string, string> {
  return {
    [`${prefix}-Limit`]: String(window.limit),
    [`${prefix}-Remaining`]: String(Math.max(0, window.limit - window.used)),
    [`${prefix}-Reset`]: String(window.resetMs),
  };
}

/** Only these stand on a 429 of the minute (Exact KB, 429). */
export function minutelyHeaders(window: Window): Record<string, string> {
  return headersOf('X-RateLimit-Minutely', window);
}

/** Only these stand on a 429 of the day. */
export function dailyHeaders(window: Window): Record<string, string> {
  return headersOf('X-RateLimit', window);
}
