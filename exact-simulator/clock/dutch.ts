/*
 * The Dutch wall clock. Exact writes every moment as Europe/Amsterdam wall-clock time encoded as
 * if it were UTC (Exact KB, date/time trap), so the whole simulator stores "wall milliseconds"
 * and only this file knows when summer time starts and ends.
 */

const HOUR_MS = 3_600_000;

/** UTC moment of 01:00 on the last Sunday of a month (0-based), when the EU switches its clocks. */
function lastSundaySwitchMs(year: number, month: number): number {
  const lastDay = new Date(Date.UTC(year, month + 1, 0));
  return Date.UTC(year, month, lastDay.getUTCDate() - lastDay.getUTCDay(), 1);
}

/** Offset of the Netherlands from UTC at a moment: 3,600,000 ms in winter, 7,200,000 in summer. */
export function dutchOffsetMs(utcMs: number): number {
  const year = new Date(utcMs).getUTCFullYear();
  const summer =
    utcMs >= lastSundaySwitchMs(year, 2) && utcMs < lastSundaySwitchMs(year, 9) ? 1 : 0;
  return HOUR_MS * (1 + summer);
}

/** Wall milliseconds (Dutch clock read as if UTC) of a real UTC moment. */
export function dutchWallMs(utcMs: number): number {
  return utcMs + dutchOffsetMs(utcMs);
}

/** `2026-07-01T14:05:09.120`: wall milliseconds as the local ISO text of `Me.ServerTime`. */
export function wallIso(wallMs: number): string {
  return new Date(wallMs).toISOString().slice(0, 23);
}
