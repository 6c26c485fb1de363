/*
 * The nightly maintenance of Exact: every day from 04:00 to 04:30 on the Dutch clock (Exact KB,
 * hosts). Off unless the settings switch it on.
 */
import type { SimClock } from './clock.ts';

const DAY_MS = 86_400_000;
const START_MS = 4 * 3_600_000;
const END_MS = START_MS + 1_800_000;

/** Whether the clock stands in the maintenance window. */
export function isMaintenance(clock: SimClock): boolean {
  const ofDayMs = clock.wallMs() % DAY_MS;
  return ofDayMs >= START_MS && ofDayMs < END_MS;
}
