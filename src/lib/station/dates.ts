// Who lives here: the calendar where the station stands.

/** `yyyy-mm-dd` where the station stands. */
export function localDate(nowMs: number): string {
  const now = new Date(nowMs);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}
