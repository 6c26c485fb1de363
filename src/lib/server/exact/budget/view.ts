// Who lives here: what the admin page may know of the calls to Exact, as one plain value, and the
// events that are worth a line there. Times are milliseconds since 1970 UTC by the hub's clock.
//
// Terms: gauge (used of a limit), learned (told by Exact's headers; else the published number),
// foreign (calls that are not ours and use our limit: another hub or app of the same key).

import * as z from 'zod';
import type { EndpointView } from './breaker.ts';
import type { Forecast } from './forecast.ts';
import type { Lane } from './lanes.ts';
import type { ChartSlot } from './slots.ts';
import type { Reason } from './tightness.ts';

const at = { atMs: z.number() };
/** Also the form in which events outlive a restart. */
export const eventForm = z.discriminatedUnion('kind', [
  /** A 429 came although we count: others use our limit. Nobody calls until then. */
  z.object({
    ...at,
    kind: z.literal('throttled'),
    window: z.enum(['minute', 'day', 'unknown']),
    untilMs: z.number(),
    /** Own calls in that window. */
    ownCalls: z.number(),
    limit: z.number(),
  }),
  z.object({
    ...at,
    kind: z.literal('breaker-opened'),
    ...{ endpoint: z.string(), untilMs: z.number(), words: z.string() },
  }),
  z.object({ ...at, kind: z.literal('breaker-closed'), endpoint: z.string() }),
  /** A person let one call of a stopped endpoint through. */
  z.object({ ...at, kind: z.literal('breaker-tried'), endpoint: z.string() }),
  /** Exact told limits that are not those we went by. */
  z.object({ ...at, kind: z.literal('limits'), minute: z.number(), day: z.number() }),
  /** Calls became scarce, or no longer are. `reason`: which window. */
  z.object({
    ...at,
    kind: z.literal('tightness'),
    ...{ tight: z.boolean(), reason: z.enum(['day', 'minute']) },
  }),
  /** Calls by others in one minute, at least. */
  z.object({ ...at, kind: z.literal('foreign'), calls: z.number() }),
  /** Exact's clock less ours: more than a minute. */
  z.object({ ...at, kind: z.literal('clock'), skewMs: z.number() }),
]);

export type BudgetEvent = z.infer<typeof eventForm>;

export interface Gauge {
  readonly used: number;
  readonly limit: number;
  /** True when Exact's headers told the limit. */
  readonly learned: boolean;
  /** What is left by whichever count says less, ours or Exact's. */
  readonly left: number;
  /** When the window ends, as far as that is known. */
  readonly resetMs?: number;
}

export interface LaneView {
  readonly lane: Lane;
  /** Calls of ours in the last 60 s, and how many of a minute the lane may count on. */
  readonly minuteUsed: number;
  readonly minuteFloor: number;
  /** Calls of ours today, and how many of the day are kept for the lane alone. */
  readonly dayUsed: number;
  readonly dayKept: number;
  /** What the lane may still use today. */
  readonly dayLeft: number;
  readonly waiting: number;
  /** When the lane may call next; in the past means now. */
  readonly freeAtMs: number;
}

/** Calls to the token endpoint in the last 24 h; they have a limit of their own. */
export interface TokenUse {
  readonly used: number;
  readonly limit: number;
}

export interface BudgetView {
  readonly atMs: number;
  /** `foreign`: calls by others in a minute of late, at least. */
  readonly minute: Gauge & { readonly foreign: number };
  readonly day: Gauge;
  /** Absent where nobody counts them. */
  readonly tokens?: TokenUse;
  /** In the order human, post, settle, sync. */
  readonly lanes: readonly LaneView[];
  /** Only endpoints with errors in the last hour or a breaker that is not closed; open ones first. */
  readonly endpoints: readonly EndpointView[];
  /** `endsAtMs` is absent when today's calls last. */
  readonly forecast: Forecast;
  /** Whether lines should share documents now, why, and since when. */
  readonly tight: boolean;
  readonly tightReason?: Reason;
  readonly tightSinceMs?: number;
  /** A 429 came: nobody calls until then. */
  readonly heldUntilMs?: number;
  /** Exact's daily maintenance is on: errors are expected, and only people may call. */
  readonly maintenanceUntilMs?: number;
  /** Newest first, at most `LIMITS.exactBudgetEvents`. */
  readonly events: readonly BudgetEvent[];
  /** 96 quarters of an hour, oldest first, the last one under way. */
  readonly chart: readonly ChartSlot[];
}
