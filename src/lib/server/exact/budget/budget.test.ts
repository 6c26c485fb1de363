// I-18 and I-04 as a table: who may call when, what headers teach, what a 429 means, and what the
// admin page gets to see. The laws under all conditions are in properties.test.ts.

import { expect, it } from 'vitest';
import { LIMITS } from '../../../domain/index.ts';
import { CallBudget } from './budget.ts';
import type { Lane } from './lanes.ts';

const START_MS = Date.UTC(2026, 10, 23, 8, 0, 30);
const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const none = new Headers();
const LANES = ['sync', 'post', 'settle', 'human'] as const;

function made(startMs = START_MS) {
  const clock = { ms: startMs, nowMs: () => clock.ms };
  const budget = new CallBudget({ clock, steady: { elapsedMs: () => clock.ms - startMs } });
  const call = (lane: Lane, headers: Headers = none, status = 200, endpoint = 'x', words = '') =>
    budget.take(lane, endpoint).answered(status, headers, words);
  const open = (endpoint = 'x') => LANES.filter((lane) => budget.waitMs(lane, endpoint) === 0);
  return { clock, budget, call, open };
}

const window = (prefix: string, limit: number) => (remaining: number, resetMs: number) =>
  new Headers({
    [`${prefix}Limit`]: String(limit),
    [`${prefix}Remaining`]: String(remaining),
    [`${prefix}Reset`]: String(resetMs),
  });
const day = window('X-RateLimit-', 5000);
const minute = window('X-RateLimit-Minutely-', 60);
const MIDNIGHT_MS = Date.UTC(2026, 10, 24);
const NEXT_MINUTE_MS = START_MS + 30_000;

it('without headers: 48 documents in a burst, and the rest is there for others', () => {
  const { budget, call, open } = made();
  for (let n = 0; n < 48; n += 1) call('post');
  expect(open()).toEqual(['settle', 'human']);
  for (let n = 0; n < 6; n += 1) call('human');
  for (let n = 0; n < 6; n += 1) call('settle');
  expect(open()).toEqual([]);
  expect(budget.freeAtMs('human', 'x')).toBe(START_MS + MINUTE_MS);
});

it('tells when the minute has room again, and that is true', () => {
  const { clock, budget, call } = made();
  for (let n = 0; n < 48; n += 1) call('post');
  const freeMs = budget.freeAtMs('post', 'x');
  expect(freeMs).toBe(START_MS + MINUTE_MS);
  clock.ms = freeMs - 1;
  expect(budget.waitMs('post', 'x')).toBe(1);
  clock.ms = freeMs;
  expect(budget.waitMs('post', 'x')).toBe(0);
});

it('what the mirror leaves of a minute is the published reserve', () => {
  const { call, open } = made();
  const most = LIMITS.exactMinuteCalls - LIMITS.exactMinuteReserve;
  for (let n = 0; n < most; n += 1) call('sync');
  expect(open()).toEqual(['post', 'settle', 'human']);
});

it('a posting in sight takes the mirror back to its eight', () => {
  const { budget, call, open } = made();
  for (let n = 0; n < 8; n += 1) call('sync');
  expect(open()).toContain('sync');
  budget.askMs('post', 'x');
  expect(open()).not.toContain('sync');
});

it('headers that say less than our own count are believed until the minute is surely over', () => {
  const { clock, budget, call, open } = made();
  call('post', minute(0, NEXT_MINUTE_MS));
  expect(open()).toEqual([]);
  // All we know is that the minute ended less than 60 s after this answer.
  expect(budget.freeAtMs('human', 'x')).toBeGreaterThanOrEqual(START_MS + MINUTE_MS);
  expect(budget.freeAtMs('human', 'x')).toBeLessThan(START_MS + MINUTE_MS + 100);
  clock.ms += MINUTE_MS + 100;
  expect(open()).toEqual([...LANES]);
});

it('absent headers say nothing, and are not zero', () => {
  const { call, open, budget } = made();
  call('post', none);
  call('post', new Headers({ 'X-RateLimit-Limit': '5000' }));
  expect(open()).toEqual([...LANES]);
  expect(budget.view().day.learned).toBe(false);
});

it('limits are what the headers say, from then on', () => {
  const { budget, call, open } = made();
  call('sync', window('X-RateLimit-Minutely-', 300)(299, NEXT_MINUTE_MS));
  call('sync', window('X-RateLimit-', 50_000)(49_000, MIDNIGHT_MS));
  for (let n = 0; n < 100; n += 1) call('post');
  expect(open()).toContain('post');
  const { minute: m, day: d, events } = budget.view();
  expect([m.limit, m.learned, d.limit, d.learned]).toEqual([300, true, 50_000, true]);
  expect(events.filter((event) => event.kind === 'limits')).toHaveLength(2);
});

it('a limit of two a minute still lets every lane through in its time', () => {
  const { clock, call, open } = made();
  call('human', window('X-RateLimit-Minutely-', 2)(1, NEXT_MINUTE_MS));
  for (const lane of LANES) {
    clock.ms += 4 * MINUTE_MS;
    expect(open()).toContain(lane);
    call(lane);
  }
});

it('I-18: keeps a tenth of the day for people and another for settling', () => {
  const { budget, call, open } = made();
  const after = (remaining: number) => {
    call('human', day(remaining, MIDNIGHT_MS));
    return open();
  };
  expect(after(2500)).toEqual([...LANES]);
  // The one call of a person is used, so 499 of its tenth are still kept.
  expect(after(1000)).toEqual(['sync', 'post', 'settle', 'human']);
  expect(after(996)).toEqual(['settle', 'human']);
  expect(after(480)).toEqual(['human']);
  expect(after(0)).toEqual([]);
  expect(budget.freeAtMs('sync', 'x')).toBeGreaterThanOrEqual(MIDNIGHT_MS);
  // Exact's midnight is known within a minute, and 16 hours of drift.
  expect(budget.freeAtMs('sync', 'x')).toBeLessThan(MIDNIGHT_MS + MINUTE_MS + 10_000);
});

it('sync stops at its share when less than two fifths of the day are left', () => {
  const { clock, call, open } = made();
  for (let n = 0; n < 700; n += 1) {
    clock.ms += 5_000;
    call('sync', day(4000 - n, MIDNIGHT_MS));
  }
  expect(open()).toContain('sync');
  call('post', day(1900, MIDNIGHT_MS));
  expect(open()).toEqual(['post', 'settle', 'human']);
});

it('a day that a header spoke of is over when Exact has surely passed its end', () => {
  const { clock, call, open } = made();
  call('post', day(0, MIDNIGHT_MS));
  clock.ms = MIDNIGHT_MS;
  expect(open()).toEqual([]);
  clock.ms = MIDNIGHT_MS + MINUTE_MS;
  expect(open()).toEqual([...LANES]);
});

it('a 429 holds everybody till the window that it names has surely ended, and is told', () => {
  const ends = (headers: Headers) => {
    const { budget, call, open } = made();
    call('post', headers, 429);
    expect(open()).toEqual([]);
    return budget.view();
  };
  expect(ends(minute(0, NEXT_MINUTE_MS)).heldUntilMs).toBeLessThan(START_MS + MINUTE_MS + 100);
  const ofDay = ends(day(0, START_MS + 5 * HOUR_MS + 30_000));
  expect(ofDay.heldUntilMs).toBeGreaterThanOrEqual(START_MS + 5 * HOUR_MS + 30_000);
  expect(ends(none).heldUntilMs).toBe(START_MS + MINUTE_MS);
  expect(ends(minute(0, 12)).heldUntilMs).toBe(START_MS + MINUTE_MS);
  expect(ofDay.events[0]).toMatchObject({ kind: 'throttled', window: 'day', ownCalls: 1 });
});

it('I-04: the fourth counted error closes an endpoint for the hour, but for look-ups', () => {
  const { clock, budget, call, open } = made();
  for (const status of [401, 403, 404]) call('post', none, status, 'a');
  call('post', none, 500, 'a');
  expect(open('a')).toEqual([...LANES]);
  call('post', none, 400, 'a', 'Mandatory: Item');
  expect(open('a')).toEqual(['settle']);
  expect(budget.freeAtMs('human', 'a')).toBe(START_MS + HOUR_MS);
  expect(open('b')).toEqual([...LANES]);
  const [event] = budget.view().events;
  expect(event).toMatchObject({ kind: 'breaker-opened', endpoint: 'a', words: 'Mandatory: Item' });
  expect(budget.view().endpoints).toEqual([
    {
      ...{ endpoint: 'a', errors: 4, limit: 5, state: 'open', words: 'Mandatory: Item' },
      ...{ sinceMs: START_MS, untilMs: START_MS + HOUR_MS },
    },
  ]);
  clock.ms += HOUR_MS;
  expect(open('a')).toEqual([...LANES]);
});

it('only people call during the maintenance of 04:00 to 04:30 Dutch time', () => {
  const { clock, budget, open } = made(Date.UTC(2026, 10, 23, 2, 55));
  expect(open()).toEqual([...LANES]);
  clock.ms = Date.UTC(2026, 10, 23, 3, 10);
  expect(open()).toEqual(['human']);
  expect(budget.view().maintenanceUntilMs).toBeGreaterThanOrEqual(Date.UTC(2026, 10, 23, 3, 30));
  clock.ms = Date.UTC(2026, 10, 23, 3, 32);
  expect(open()).toEqual([...LANES]);
  expect(made(Date.UTC(2026, 6, 23, 2, 10)).open()).toEqual(['human']);
});

it('what others left of a window is there for people first, then for look-ups', () => {
  const left = (remaining: number) => {
    const { clock, call, open } = made();
    clock.ms += 3 * MINUTE_MS;
    call('post', minute(remaining, NEXT_MINUTE_MS + 3 * MINUTE_MS));
    return open();
  };
  // Half of the minute is left to the others, so that the floors are half of theirs, too.
  expect(left(7)).toEqual(['post', 'settle', 'human']);
  expect(left(6)).toEqual(['settle', 'human']);
  expect(left(3)).toEqual(['human']);
  expect(left(0)).toEqual([]);
});

it('calls of the minute in which we began may be our own: they are told as nobody else’s', () => {
  const { clock, budget, call } = made();
  call('post', minute(12, NEXT_MINUTE_MS));
  expect(budget.view().minute).toMatchObject({ left: 12, foreign: 0 });
  clock.ms += 3 * MINUTE_MS;
  call('post', minute(52, NEXT_MINUTE_MS + 3 * MINUTE_MS));
  expect(budget.view().minute).toMatchObject({ foreign: 7 });
  expect(budget.view().events).toMatchObject([{ kind: 'foreign', calls: 7 }]);
});

it('a call that surely never left is as if it had never been counted', () => {
  const { budget, call } = made();
  call('post', new Headers([...minute(50, NEXT_MINUTE_MS), ...day(4000, MIDNIGHT_MS)]));
  const before = budget.view();
  for (let n = 0; n < 100; n += 1) budget.take('post', 'x').unsent();
  expect(budget.view()).toEqual(before);
  // One that was lost may have reached Exact.
  budget.take('post', 'x').lost();
  const { minute: ofMinute, day: ofDay, chart } = budget.view();
  expect([ofMinute.left, ofDay.left, chart.at(-1)?.calls.post]).toEqual([49, 3999, 2]);
});

it('I-04: a try that never left leaves the try to the next call', () => {
  const { clock, budget, call, open } = made();
  for (let n = 0; n < 4; n += 1) call('post', none, 400, 'a');
  clock.ms += HOUR_MS;
  budget.take('post', 'a').unsent();
  expect(open('a')).toEqual([...LANES]);
});

it('I-04: a person lets one call of a stopped endpoint through, and that is told', () => {
  const { budget, call, open } = made();
  expect(budget.tryNow('a')).toEqual({ kind: 'not-stopped' });
  for (let n = 0; n < 4; n += 1) call('post', none, 400, 'a');
  expect(budget.tryNow('a')).toEqual({ kind: 'granted' });
  expect(open('a')).toEqual([...LANES]);
  expect(budget.view().events[0]).toMatchObject({ kind: 'breaker-tried', endpoint: 'a' });
  call('post', none, 400, 'a');
  expect(open('a')).toEqual([]);
  for (let n = 5; n < LIMITS.exactErrorsTried; n += 1) {
    budget.tryNow('a');
    call('post', none, 400, 'a');
  }
  expect(budget.tryNow('a')).toEqual({ kind: 'too-many', untilMs: START_MS + HOUR_MS });
});

it('a clock that is set changes nothing about the minute', () => {
  const clock = { ms: START_MS, nowMs: () => clock.ms };
  const time = { ms: 0 };
  const budget = new CallBudget({ clock, steady: { elapsedMs: () => time.ms } });
  for (let n = 0; n < 48; n += 1) budget.take('post', 'x').answered(200, none, '');
  clock.ms += 2 * HOUR_MS;
  expect(budget.waitMs('post', 'x')).toBe(MINUTE_MS);
  clock.ms -= 9 * HOUR_MS;
  expect(budget.waitMs('post', 'x')).toBe(MINUTE_MS);
  time.ms += MINUTE_MS;
  expect(budget.waitMs('post', 'x')).toBe(0);
});

it('the view has every lane, 96 quarters of an hour, and the token calls', () => {
  const { budget, call } = made();
  for (const lane of LANES) call(lane);
  call('post', none, 404, 'gone');
  const view = budget.view({ used: 63, limit: 190 });
  expect(view.tokens).toEqual({ used: 63, limit: 190 });
  expect(view.lanes.map(({ lane, dayUsed }) => `${lane} ${dayUsed}`)).toEqual([
    ...['human 1', 'post 2', 'settle 1', 'sync 1'],
  ]);
  expect(view.minute).toMatchObject({ used: 5, limit: 60, learned: false, left: 55, foreign: 0 });
  expect(view.day).toMatchObject({ used: 5, limit: 5000, left: 4995 });
  expect(view.chart).toHaveLength(96);
  expect(view.chart.at(-1)).toEqual({
    ...{ atMs: Date.UTC(2026, 10, 23, 8), errors: 1 },
    calls: { human: 1, post: 2, settle: 1, sync: 1 },
  });
});

it('tells when lines should share documents, once, and when no longer', () => {
  const { clock, budget, call } = made();
  const told: boolean[] = [];
  budget.events.on('tightness', (tight) => told.push(tight));
  for (let n = 0; n < 40; n += 1) call('post');
  expect(budget.tight()).toBe(true);
  expect(budget.view()).toMatchObject({ tight: true, tightReason: 'minute' });
  clock.ms += 4 * MINUTE_MS;
  expect(budget.tight()).toBe(true);
  clock.ms += 2 * MINUTE_MS;
  expect(budget.tight()).toBe(false);
  expect(told).toEqual([true, false]);
});
