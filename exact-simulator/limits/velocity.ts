/*
 * The error-velocity block (Exact KB, error-velocity block): ten errors in an hour by one app,
 * user and company on one endpoint block that combination for an hour, longer when errors go on.
 * Which status a block has is not published; 403 is the default and 429 can be chosen.
 */
import type { SimClock } from '../clock/clock.ts';
import { empty, type Answer } from '../http/answer.ts';
import type { Store } from '../store/database.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;
const COUNTED: ReadonlySet<number> = new Set([400, 401, 403, 404]);

export const DEFAULT_ERRORS_PER_HOUR = 10;

export class Velocity {
  /** The most errors one combination had within an hour, since the start or the last reset. */
  private worst = { who: '', errors: 0 };

  constructor(
    private readonly store: Store,
    private readonly clock: SimClock,
  ) {}

  /** The empty answer of a block, or undefined when the combination is free. */
  blocked(who: string): Answer | undefined {
    const row = this.store.get('SELECT until_ms FROM sim_block WHERE who = ?', who);
    if (!row || Number(row['until_ms']) <= this.clock.nowMs()) return undefined;
    return empty(this.store.settings.number('limits.errorBlockStatus', 403));
  }

  /** Notes the status of an answer; the tenth error in an hour starts a block. */
  note(who: string, status: number): void {
    if (!COUNTED.has(status)) return;
    const nowMs = this.clock.nowMs();
    this.store.run('INSERT INTO sim_error (who, at_ms) VALUES (?, ?)', who, nowMs);
    this.store.run('DELETE FROM sim_error WHERE at_ms <= ?', nowMs - HOUR_MS);
    const row = this.store.get('SELECT count(*) AS n FROM sim_error WHERE who = ?', who);
    const limit = this.store.settings.number('limits.errorsPerHour', DEFAULT_ERRORS_PER_HOUR);
    const errors = Number(row?.['n'] ?? 0);
    if (errors > this.worst.errors) this.worst = { who, errors };
    if (errors >= limit) this.block(who, nowMs);
  }

  /** Blocks a combination now, as its errors would. */
  blockNow(who: string): void {
    this.block(who, this.clock.nowMs());
  }

  /** Where the most errors within an hour fell: app, company and endpoint. */
  worstHour(): Readonly<{ who: string; errors: number }> {
    return this.worst;
  }

  /** Errors of the last hour and the end of a block, per combination; most errors first. */
  windows(): { who: string; errors: number; blockedUntilMs: number | null }[] {
    const nowMs = this.clock.nowMs();
    const rows = this.store.all(
      `SELECT who, sum(errors) AS errors, max(until_ms) AS until_ms FROM (
         SELECT who, 1 AS errors, NULL AS until_ms FROM sim_error WHERE at_ms > ?
         UNION ALL SELECT who, 0, until_ms FROM sim_block WHERE until_ms > ?)
       GROUP BY who ORDER BY until_ms IS NULL, errors DESC LIMIT 50`,
      nowMs - HOUR_MS,
      nowMs,
    );
    return rows.map((row) => ({
      ...{ who: String(row['who']), errors: Number(row['errors']) },
      blockedUntilMs: row['until_ms'] === null ? null : Number(row['until_ms']),
    }));
  }

  reset(): void {
    this.worst = { who: '', errors: 0 };
    this.store.run('DELETE FROM sim_error');
    this.store.run('DELETE FROM sim_block');
  }

  /** A block within a day after the last one lasts twice as long. */
  private block(who: string, nowMs: number): void {
    const last = this.store.get('SELECT until_ms, hours FROM sim_block WHERE who = ?', who);
    const again = last !== undefined && nowMs - Number(last['until_ms']) < DAY_MS;
    const hours = again ? Number(last['hours']) * 2 : 1;
    this.store.run(
      'INSERT OR REPLACE INTO sim_block (who, until_ms, hours) VALUES (?, ?, ?)',
      who,
      nowMs + hours * HOUR_MS,
      hours,
    );
    this.store.run('DELETE FROM sim_error WHERE who = ?', who);
  }
}
