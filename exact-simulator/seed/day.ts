/*
 * The Dutch calendar day on which a seeded company stands. Every seeded date is counted from it, so
 * a company seeded for another day is the same company with its dates moved.
 */

export const DEFAULT_DAY = '2026-11-02';
/** What `isDay` takes, for the message of whoever refuses another text. */
export const DAY_WANTED = `a calendar day from 2000-01-01 to 2099-12-31, such as ${DEFAULT_DAY}`;

const DAY_MS = 86_400_000;

/** Midnight of a day as wall milliseconds; NaN when the text is far from any day. */
function midnightMs(day: string): number {
  return Date.parse(`${day}T00:00:00Z`);
}

/** Whether a text is a day of this century, written `2026-11-02`, that the calendar has. */
export function isDay(text: string): boolean {
  if (!/^20\d\d-\d\d-\d\d$/.test(text)) return false;
  const ms = midnightMs(text);
  // Date.parse rolls 30 February over into March; the way back shows it.
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(text);
}

/** Gives the midnight (wall milliseconds) of a number of days after the seeded one. */
export type DayCount = (days: number) => number;

/** Throws a RangeError when the text is no day. */
export function checkDay(text: string): void {
  if (!isDay(text)) throw new RangeError(`day wants ${DAY_WANTED}, not '${text}'`);
}

/** Counts days from the given one. Throws a RangeError when it is no day. */
export function daysFrom(day: string): DayCount {
  checkDay(day);
  const startMs = midnightMs(day);
  return (days) => startMs + days * DAY_MS;
}

/** The ISO 8601 week number of a day: weeks start on Monday and belong to their Thursday's year. */
export function isoWeek(wallMs: number): number {
  const daysAfterMonday = (new Date(wallMs).getUTCDay() + 6) % 7;
  const thursdayMs = wallMs + (3 - daysAfterMonday) * DAY_MS;
  const newYearMs = Date.UTC(new Date(thursdayMs).getUTCFullYear(), 0, 1);
  return 1 + Math.floor((thursdayMs - newYearMs) / (7 * DAY_MS));
}
