// What the page of the calls says: each sentence follows from the numbers.

import { expect, it } from 'vitest';
import { callsReport } from './index.ts';
import type { CallsFacts } from './index.ts';

const NOON_MS = Date.UTC(2026, 4, 6, 12);
const HOUR_MS = 3_600_000;
const gauge = { used: 100, limit: 5000, learned: true, left: 4900 };

function facts(change: Partial<CallsFacts> = {}): CallsFacts {
  return {
    atMs: NOON_MS,
    minute: { used: 3, limit: 60, learned: true, left: 57, foreign: 0 },
    day: gauge,
    lanes: [],
    endpoints: [],
    forecast: {
      ...{ enough: true, documentsPerHour: 40, documentsToCome: 300, documentsLeft: 3000 },
      sustainablePerHour: 250,
    },
    tight: false,
    events: [],
    chart: [{ atMs: NOON_MS, calls: { human: 0, post: 4, settle: 0, sync: 1 }, errors: 0 }],
    ...change,
  };
}

it('says that the calls last, and for how much', () => {
  const { forecast } = callsReport(facts());
  expect(forecast.lasts).toBe(true);
  expect(forecast.words).toContain('about 300 documents to come (40 in the last hour)');
});

it('says when they end, and which pace would last', () => {
  const forecast = { ...facts().forecast, endsAtMs: NOON_MS + HOUR_MS, documentsLeft: 20 };
  const said = callsReport(facts({ forecast })).forecast;
  expect(said.lasts).toBe(false);
  expect(said.words).toMatch(/end at \d\d:00 \S+: 300 documents to come, calls for 20/);
  expect(said.words).toContain('250 documents an hour would last');
});

it('says that it is too early to tell, and how many calls there are', () => {
  const said = callsReport(facts({ forecast: { ...facts().forecast, enough: false } })).forecast;
  expect(said).toMatchObject({ lasts: true, known: false });
  expect(said.words).toMatch(/Too little .* calls for 3000 documents/);
});

it('says that they are used up', () => {
  const said = callsReport(facts({ day: { ...gauge, left: 0 } })).forecast;
  expect(said).toMatchObject({ lasts: false });
  expect(said.words).toContain('used up');
});

it.each([
  ['day', 'more documents are expected today'],
  ['minute', 'more is to be posted than one minute'],
] as const)('says why lines are bundled: %s', (tightReason, words) => {
  const { bundling } = callsReport(facts({ tight: true, tightReason, tightSinceMs: NOON_MS }));
  expect(bundling).toContain(words);
  expect(callsReport(facts()).bundling).toContain('at once');
});

it('says until when nobody calls, and forgets it when it is over', () => {
  const held = callsReport(facts({ heldUntilMs: NOON_MS + 30_000 }));
  expect(held.standstill).toContain('nobody calls until');
  expect(callsReport(facts({ heldUntilMs: NOON_MS - 1 })).standstill).toBeUndefined();
  const maintenance = callsReport(facts({ maintenanceUntilMs: NOON_MS + HOUR_MS }));
  expect(maintenance.standstill).toContain('maintenance');
});

it('has a sentence for every event, and a time on every quarter', () => {
  const at = { atMs: NOON_MS };
  const until = { untilMs: NOON_MS + HOUR_MS };
  const report = callsReport(
    facts({
      events: [
        { ...at, ...until, kind: 'throttled', window: 'unknown', ownCalls: 3, limit: 60 },
        { ...at, ...until, kind: 'breaker-opened', endpoint: 'crm/Accounts', words: 'no right' },
        { ...at, kind: 'breaker-closed', endpoint: 'crm/Accounts' },
        { ...at, kind: 'breaker-tried', endpoint: 'crm/Accounts' },
        { ...at, kind: 'limits', minute: 30, day: 4000 },
        { ...at, kind: 'tightness', tight: true, reason: 'day' },
        { ...at, kind: 'foreign', calls: 1 },
        { ...at, kind: 'clock', skewMs: -90_000 },
      ],
    }),
  );
  const words = report.events.map((one) => one.words).join('\n');
  for (const told of [
    'did not say which window',
    'no right',
    'answers again',
    'let one call through',
    '30 calls a minute',
  ]) {
    expect(words).toContain(told);
  }
  for (const told of ['became scarce (day)', 'at least 1 call in', 'differ by 90 s']) {
    expect(words).toContain(told);
  }
  expect(report.chart[0]?.label).toMatch(/^\d\d:00$/);
});
