// Who lives here: the plain values of Exact's JSON, read and written. Exact pads codes, sends flags
// as Byte or Boolean, Int64 as text, and dates as Dutch wall clock dressed up as UTC
// (exact-online-api.md §2.3, §2.5, §2.6). Nothing outside this file knows of that.

const JSON_DATE = /^\/Date\((-?\d{1,16})\)\/$/;
const HOUR_MS = 3_600_000;

const amsterdam = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/Amsterdam',
  hourCycle: 'h23',
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
  hour: 'numeric',
  minute: 'numeric',
  second: 'numeric',
});

/** `/Date(ms)/` as milliseconds of the Dutch wall clock (not of UTC); null for anything else. */
export function wallMs(value: unknown): number | null {
  const digits = typeof value === 'string' ? JSON_DATE.exec(value)?.[1] : undefined;
  return digits === undefined ? null : Number(digits);
}

/** `/Date(ms)/` as the calendar date it stands for, `yyyy-mm-dd`; undefined when there is none. */
export function calendarDate(value: unknown): string | undefined {
  const ms = wallMs(value);
  return ms === null ? undefined : new Date(ms).toISOString().slice(0, 10);
}

/** What the Dutch wall clock shows at a moment of real time, in Exact's own milliseconds. */
export function dutchWallMs(utcMs: number): number {
  const parts = new Map(amsterdam.formatToParts(utcMs).map((p) => [p.type, Number(p.value)]));
  const part = (name: Intl.DateTimeFormatPartTypes) => parts.get(name) ?? 0;
  return Date.UTC(
    ...([part('year'), part('month') - 1, part('day')] as const),
    ...([part('hour'), part('minute'), part('second')] as const),
  );
}

/** `yyyy-mm-ddThh:mm:ss` of wall-clock milliseconds: the form Exact takes in bodies and filters. */
export function wallText(ms: number): string {
  return new Date(ms).toISOString().slice(0, 19);
}

/** A filter literal. An hour is taken off first: in October the wall clock shows one hour twice. */
export function sinceLiteral(ms: number): string {
  return `datetime'${wallText(ms - HOUR_MS)}'`;
}

/** A text literal of OData: quotes are doubled. */
export function textLiteral(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** Int64 arrives as text or as a number; compared as the text of a whole number, never as a float. */
export function int64(value: unknown): bigint | null {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? BigInt(value) : null;
  return typeof value === 'string' && /^-?\d{1,19}$/.test(value) ? BigInt(value) : null;
}

/** A key or foreign key in a filter. */
export function guidLiteral(id: string): string {
  return `guid'${id}'`;
}

/**
 * The latest moment of real time at which the Dutch wall clock showed this: in October it shows
 * one hour twice, and whoever asks "was it made since" must not miss the second one.
 */
export function latestUtcMs(wall: number): number {
  const winter = wall - HOUR_MS;
  const toTheSecond = Math.floor(wall / 1000) * 1000;
  return dutchWallMs(winter) === toTheSecond ? winter : winter - HOUR_MS;
}
