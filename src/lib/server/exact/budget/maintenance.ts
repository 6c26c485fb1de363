// Who lives here: Exact's daily maintenance, 04:00 to 04:30 Dutch time (exact-online-api.md §1.1).
// Errors and pages of HTML are normal then; nothing that can wait is sent: a document that met a
// maintenance page would be in doubt, and cost look-ups.

import { dutchWallMs } from '../values.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const FROM_MS = 4 * 60 * MINUTE_MS;
const UNTIL_MS = FROM_MS + 30 * MINUTE_MS;

/** When the rest that is on at this moment ends; null when there is none. Real time, in and out. */
export type Rest = (utcMs: number) => number | null;

/** When the maintenance that is under way ends; null when there is none. Real time, in and out. */
export function maintenanceEnds(utcMs: number): number | null {
  const ofDayMs = dutchWallMs(utcMs) % DAY_MS;
  if (ofDayMs < FROM_MS || ofDayMs >= UNTIL_MS) return null;
  return utcMs - (utcMs % 1000) + UNTIL_MS - ofDayMs;
}
