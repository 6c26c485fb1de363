// P-12 to P-15 and P-17: a working day of the Exact side on a virtual clock, counted at the
// simulator. What is counted does not flicker, so one day is enough, on any machine.

import { runDay } from '../exact/day/day.ts';
import type { DayCounts } from '../exact/day/day.ts';
import { SHORT_DAY, WHOLE_DAY } from '../exact/day/plan.ts';
import type { Measure, Plan } from './measure.ts';
import { compareCounted, quantile } from './statistics.ts';

const MINUTE_MS = 60_000;
/** What postings may count on in every minute. */
const LANE_CALLS = 40;
const MINUTE_CALLS = 60;
const DAY_CALLS = 5_000;
const ENDPOINT_ERRORS = 10;
const TOKEN_CALLS = 200;
/** How often the list is asked that tells of changes, where there are no webhooks. */
const POLL_MS = 5 * MINUTE_MS;

export async function exactDay(plan: Plan): Promise<Measure[]> {
  const day = await runDay(plan.name === 'short' ? SHORT_DAY : WHOLE_DAY);
  return [...calls(day), ...budget(day), ...drain(day), ...freshness(day)];
}

function calls(day: DayCounts): Measure[] {
  const { documents, posted, inBooks, posts, postsOwed, newsPages, emptyPages, faults } = day;
  const found = { posted, rejected: day.rejected, 'in the books': inBooks, faults };
  return [
    {
      ...{ name: 'P-12', says: 'POSTs / POSTs that the documents take', unit: 'calls' },
      ...{ n: documents, target: { kind: 'most', figure: 1.03 } },
      comparison: compareCounted({ limit: postsOwed, ours: posts }),
      notes: {
        documents,
        'stock counts among them, of two POSTs each': day.stockCounts,
        'for information, POSTs / documents': (posts / documents).toFixed(3),
        ...found,
      },
    },
    {
      ...{ name: 'P-13', says: 'all calls / documents + pages with news', unit: 'calls' },
      ...{ n: day.calls, target: { kind: 'most', figure: 1.15 } },
      comparison: compareCounted({ limit: documents + newsPages, ours: day.calls }),
      notes: { pages: newsPages, 'empty pages': emptyPages, 'look-ups': day.lookups },
    },
  ];
}

function budget(day: DayCounts): Measure[] {
  const { errors } = day.errorsWorstHour;
  return [
    {
      ...{ name: 'P-14', says: 'worst minute / what Exact allows', unit: 'calls' },
      ...{ n: day.calls, target: { kind: 'most', figure: 1 } },
      comparison: compareCounted({ limit: MINUTE_CALLS, ours: day.worstMinute }),
      guards: [
        { says: 'answers 429 = 0', found: day.answers429, most: 0 },
        { says: 'day ≤ 70 %', found: day.calls, most: 0.7 * DAY_CALLS },
        { says: 'errors an endpoint-hour ≤ 50 %', found: errors, most: ENDPOINT_ERRORS / 2 },
        { says: 'tokens ≤ 80 %', found: day.tokenCalls, most: 0.8 * TOKEN_CALLS },
      ],
    },
  ];
}

function drain({ drain: of }: DayCounts): Measure[] {
  if (of === null) return [];
  const limit = of.owed / LANE_CALLS;
  return [
    {
      ...{ name: 'P-15', says: 'drain after an outage / lane limit', unit: 'min' },
      ...{ n: of.owed, target: { kind: 'most', figure: 1.05 } },
      comparison: compareCounted({ limit, ours: of.tookMs / MINUTE_MS }),
      notes: {
        'waited at its end': of.waiting,
        'from the line back to the first booking, s': (
          (of.tookMs - of.sinceFirstMs) /
          1000
        ).toFixed(1),
        'from there, min': (of.sinceFirstMs / MINUTE_MS).toFixed(2),
      },
    },
  ];
}

function freshness({ freshness: { ordersMs, itemsMs, unseen } }: DayCounts): Measure[] {
  return [
    {
      ...{ name: 'P-17 p95', says: 'order changed → in the mirror / poll', unit: 'min' },
      ...{ n: ordersMs.length, target: { kind: 'most', figure: 1.1 } },
      comparison: compareCounted({
        limit: POLL_MS / MINUTE_MS,
        ours: quantile(ordersMs, 0.95) / MINUTE_MS,
      }),
      notes: {
        'items p95, min': (quantile(itemsMs, 0.95) / MINUTE_MS).toFixed(2),
        'not seen': unseen,
      },
    },
  ];
}
