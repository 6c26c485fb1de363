// Who lives here: the page of the calls to Exact, as plain values: the gauges, who calls, what is
// blocked, what happened, and the chart of the day. Sentences are made here, times in them are the
// hub's own zone with its name.
//
// Terms: lane (who wants to call: people, postings, look-ups, the mirror), tight (calls are scarce,
// so that lines wait to share a document).

export const LANES = ['human', 'post', 'settle', 'sync'] as const;
export type CallLane = (typeof LANES)[number];

export interface CallGauge {
  readonly used: number;
  readonly limit: number;
  /** True when Exact told the limit. */
  readonly learned: boolean;
  readonly left: number;
  readonly resetMs?: number;
}

/** What the budget knows; see its own terms. */
export interface CallsFacts {
  readonly atMs: number;
  readonly minute: CallGauge & { readonly foreign: number };
  readonly day: CallGauge;
  readonly tokens?: { readonly used: number; readonly limit: number };
  readonly lanes: readonly {
    readonly lane: CallLane;
    readonly minuteUsed: number;
    readonly minuteFloor: number;
    readonly dayUsed: number;
    readonly dayKept: number;
    readonly dayLeft: number;
    readonly waiting: number;
    readonly freeAtMs: number;
  }[];
  readonly endpoints: readonly {
    readonly endpoint: string;
    readonly errors: number;
    readonly limit: number;
    readonly state: 'closed' | 'open' | 'half-open';
    readonly untilMs?: number;
    /** Perhaps by Exact itself: look-ups do not go either. */
    readonly blocked?: true;
    readonly words: string;
  }[];
  readonly forecast: {
    /** False: too little was seen to say anything of the day. */
    readonly enough: boolean;
    readonly documentsPerHour: number;
    readonly documentsToCome: number;
    readonly documentsLeft: number;
    readonly endsAtMs?: number;
    readonly sustainablePerHour: number;
  };
  readonly tight: boolean;
  readonly tightReason?: 'day' | 'minute';
  readonly tightSinceMs?: number;
  readonly heldUntilMs?: number;
  readonly maintenanceUntilMs?: number;
  readonly events: readonly CallEvent[];
  readonly chart: readonly {
    readonly atMs: number;
    readonly calls: Readonly<Record<CallLane, number>>;
    readonly errors: number;
  }[];
}

export type CallEvent = { readonly atMs: number } & (
  | {
      readonly kind: 'throttled';
      readonly window: 'minute' | 'day' | 'unknown';
      readonly untilMs: number;
      readonly ownCalls: number;
      readonly limit: number;
    }
  | {
      readonly kind: 'breaker-opened';
      readonly endpoint: string;
      readonly untilMs: number;
      readonly words: string;
    }
  | { readonly kind: 'breaker-closed'; readonly endpoint: string }
  | { readonly kind: 'breaker-tried'; readonly endpoint: string }
  | { readonly kind: 'limits'; readonly minute: number; readonly day: number }
  | { readonly kind: 'tightness'; readonly tight: boolean; readonly reason: 'day' | 'minute' }
  | { readonly kind: 'foreign'; readonly calls: number }
  | { readonly kind: 'clock'; readonly skewMs: number }
);

export interface CallsReport extends Omit<CallsFacts, 'events' | 'chart' | 'forecast'> {
  /** `known` is false while too little was seen to tell. */
  readonly forecast: { readonly lasts: boolean; readonly known: boolean; readonly words: string };
  readonly bundling: string;
  /** Why nobody, or only people, may call now; undefined when calls go. */
  readonly standstill?: string;
  readonly events: readonly { readonly atMs: number; readonly words: string }[];
  readonly chart: readonly {
    readonly atMs: number;
    /** When the quarter began, `15:45`. */
    readonly label: string;
    readonly calls: Readonly<Record<CallLane, number>>;
    readonly errors: number;
  }[];
  /** The zone of the chart's labels, e.g. `CET`. */
  readonly zone: string;
}

/** `15:40`, by the hub's own zone. */
function clockTime(ms: number): string {
  return new Date(ms).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
}

function zoneAt(ms: number): string {
  const parts = new Intl.DateTimeFormat('en-GB', { timeZoneName: 'short' }).formatToParts(ms);
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? 'UTC';
}

/** `15:40 CET`, with the day where it is not that of `atMs`. */
function timeWords(ms: number, atMs: number): string {
  const day = (of: number) => new Date(of).toLocaleDateString('en-CA');
  const date = day(ms) === day(atMs) ? '' : `${day(ms)} `;
  return `${date}${clockTime(ms)} ${zoneAt(ms)}`;
}

function documents(many: number): string {
  return `${many} document${many === 1 ? '' : 's'}`;
}

/** What the rest of the day will be like. */
function forecastWords({ forecast, atMs, day }: CallsFacts): string {
  const { endsAtMs, documentsPerHour, documentsToCome, documentsLeft } = forecast;
  if (day.left <= 0) return 'Today’s calls are used up. Postings wait until the next day begins.';
  if (endsAtMs !== undefined) {
    return (
      `At this rate today’s calls for postings end at ${timeWords(endsAtMs, atMs)}: ` +
      `${documents(documentsToCome)} to come, calls for ${documentsLeft}. ` +
      `${documents(forecast.sustainablePerHour)} an hour would last.`
    );
  }
  if (!forecast.enough) {
    return (
      'Too little was posted so far to say how long today’s calls last. ' +
      `There are calls for ${documents(documentsLeft)}.`
    );
  }
  if (documentsPerHour === 0 && documentsToCome === 0) {
    return `Today’s calls last: nothing was posted of late, and there are calls for ${documents(documentsLeft)}.`;
  }
  return (
    `Today’s calls last: about ${documents(documentsToCome)} to come ` +
    `(${documentsPerHour} in the last hour), and there are calls for ${documentsLeft}.`
  );
}

/** Whether lines wait to share documents, and why. */
function bundlingWords({ tight, tightReason, tightSinceMs, atMs }: CallsFacts): string {
  if (!tight) return 'Each session’s lines are posted at once: calls are not scarce.';
  const why =
    tightReason === 'day'
      ? 'more documents are expected today than there are calls left'
      : 'more is to be posted than one minute’s calls allow';
  const since = tightSinceMs === undefined ? '' : ` Since ${timeWords(tightSinceMs, atMs)}.`;
  return `Lines are bundled into shared documents, because ${why}.${since}`;
}

function standstillWords(facts: CallsFacts): string | undefined {
  const { heldUntilMs, maintenanceUntilMs, atMs } = facts;
  if (heldUntilMs !== undefined && heldUntilMs > atMs) {
    return `Exact said that there were too many calls: nobody calls until ${timeWords(heldUntilMs, atMs)}.`;
  }
  if (maintenanceUntilMs === undefined || maintenanceUntilMs <= atMs) return undefined;
  return `Exact’s daily maintenance: only people’s calls go until ${timeWords(maintenanceUntilMs, atMs)}.`;
}

function eventWords(event: CallEvent): string {
  const until = (ms: number) => timeWords(ms, event.atMs);
  switch (event.kind) {
    case 'throttled':
      return (
        `Exact answered “too many calls” (${event.window === 'unknown' ? 'it did not say which window' : event.window}) ` +
        `after ${event.ownCalls} calls of ours of ${event.limit}: others use the same limit. ` +
        `Nobody called until ${until(event.untilMs)}.`
      );
    case 'breaker-opened':
      return `${event.endpoint}: too many errors, not called until ${until(event.untilMs)}. Exact said: ${event.words}`;
    case 'breaker-tried':
      return `${event.endpoint}: a person let one call through.`;
    case 'breaker-closed':
      return `${event.endpoint}: answers again.`;
    case 'limits':
      return `Exact told new limits: ${event.minute} calls a minute, ${event.day} a day.`;
    case 'tightness': {
      const window = event.reason === 'day' ? 'day' : 'minute';
      return event.tight
        ? `Calls became scarce (${window}): lines are bundled from now on.`
        : 'Calls are no longer scarce: lines are posted at once again.';
    }
    case 'foreign':
      return `Others made at least ${event.calls === 1 ? '1 call' : `${event.calls} calls`} in one minute: another app uses the same limit.`;
    case 'clock':
      return `Exact’s clock and ours differ by ${Math.round(Math.abs(event.skewMs) / 1000)} s.`;
  }
}

/** The facts, said in sentences. */
export function callsReport(facts: CallsFacts): CallsReport {
  const standstill = standstillWords(facts);
  return {
    ...facts,
    forecast: {
      lasts: facts.forecast.endsAtMs === undefined && facts.day.left > 0,
      known: facts.forecast.enough || facts.forecast.endsAtMs !== undefined || facts.day.left <= 0,
      words: forecastWords(facts),
    },
    bundling: bundlingWords(facts),
    ...(standstill === undefined ? {} : { standstill }),
    events: facts.events.map((event) => ({ atMs: event.atMs, words: eventWords(event) })),
    chart: facts.chart.map((slot) => ({ ...slot, label: clockTime(slot.atMs) })),
    zone: zoneAt(facts.atMs),
  };
}
