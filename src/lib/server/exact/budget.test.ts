// I-18 and I-04 as a table: who may call when.

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { CallBudget } from './budget.ts';
import type { Lane } from './budget.ts';

const START_MS = Date.UTC(2026, 10, 23, 8, 0, 30);
const HOUR_MS = 3_600_000;
const none = new Headers();

function made() {
  const clock = {
    ms: START_MS,
    nowMs() {
      return this.ms;
    },
  };
  return { clock, budget: new CallBudget(clock) };
}

const day = (remaining: number, resetMs: number) =>
  new Headers({
    'X-RateLimit-Limit': '5000',
    'X-RateLimit-Remaining': String(remaining),
    'X-RateLimit-Reset': String(resetMs),
  });
const minute = (remaining: number, resetMs: number) =>
  new Headers({
    'X-RateLimit-Minutely-Limit': '60',
    'X-RateLimit-Minutely-Remaining': String(remaining),
    'X-RateLimit-Minutely-Reset': String(resetMs),
  });

it('I-18: never more than 60 calls in any 60 s, and sync leaves ten of them', () => {
  const lanes: readonly Lane[] = ['sync', 'post', 'settle', 'human'];
  const step = fc.record({ lane: fc.constantFrom(...lanes), pauseMs: fc.nat(2500) });
  const walk = (steps: readonly { lane: Lane; pauseMs: number }[]) => {
    const { clock, budget } = made();
    const sent: number[] = [];
    for (const { lane, pauseMs } of steps) {
      clock.ms += pauseMs;
      if (budget.freeAtMs(lane, 'x') > clock.ms) continue;
      budget.sent();
      const recent = sent.filter((at) => at > clock.ms - 60_000).length + 1;
      sent.push(clock.ms);
      expect(recent).toBeLessThanOrEqual(lane === 'sync' || lane === 'settle' ? 50 : 60);
    }
  };
  fc.assert(fc.property(fc.array(step, { maxLength: 300 }), walk), { numRuns: 200, seed: 7 });
});

it('tells when the minute has room again, and that is true', () => {
  const { clock, budget } = made();
  for (let n = 0; n < 60; n += 1) budget.sent();
  const freeMs = budget.freeAtMs('post', 'x');
  expect(freeMs).toBe(START_MS + 60_000);
  clock.ms = freeMs;
  expect(budget.freeAtMs('post', 'x')).toBeLessThanOrEqual(clock.ms);
});

it('believes headers that say less than our own count; absent ones say nothing', () => {
  const { clock, budget } = made();
  budget.heard('x', 200, minute(0, START_MS + 20_000));
  expect(budget.freeAtMs('post', 'x')).toBe(START_MS + 20_000);
  clock.ms += 20_000;
  expect(budget.freeAtMs('post', 'x')).toBeLessThanOrEqual(clock.ms);
  budget.heard('x', 200, none);
  expect(budget.freeAtMs('sync', 'x')).toBeLessThanOrEqual(clock.ms);
});

it('I-18: keeps a tenth of the day for people and another for settling', () => {
  const { clock, budget } = made();
  const resetMs = Date.UTC(2026, 10, 24);
  const free = (lane: Lane) => budget.freeAtMs(lane, 'x') <= clock.ms;
  const open = () => (['sync', 'post', 'settle', 'human'] as const).filter(free);
  budget.heard('x', 200, day(2001, resetMs));
  expect(open()).toEqual(['sync', 'post', 'settle', 'human']);
  budget.heard('x', 200, day(2000, resetMs));
  expect(open()).toEqual(['post', 'settle', 'human']);
  budget.heard('x', 200, day(1000, resetMs));
  expect(open()).toEqual(['settle', 'human']);
  budget.heard('x', 200, day(500, resetMs));
  expect(open()).toEqual(['human']);
  expect(budget.freeAtMs('sync', 'x')).toBe(resetMs);
});

it('a 429 names the limit that is used up by the headers it carries, or none', () => {
  const { budget } = made();
  expect(budget.throttled(minute(0, START_MS + 30_000))).toBe(START_MS + 30_000);
  expect(budget.throttled(day(0, START_MS + 5 * HOUR_MS))).toBe(START_MS + 5 * HOUR_MS);
  expect(budget.throttled(none)).toBe(START_MS + 30_000);
  expect(budget.throttled(minute(0, 12))).toBe(START_MS + 30_000);
});

it('I-04: the fifth counted error closes an endpoint for the hour, and only that one', () => {
  const { clock, budget } = made();
  for (const status of [400, 401, 403, 404]) {
    expect(budget.heard('a', status, none)).toBe(true);
    clock.ms += 1000;
  }
  expect(budget.heard('a', 500, none)).toBe(false);
  expect(budget.freeAtMs('human', 'a')).toBeLessThanOrEqual(clock.ms);
  budget.heard('a', 400, none);
  expect(budget.freeAtMs('human', 'a')).toBe(START_MS + HOUR_MS);
  expect(budget.freeAtMs('human', 'b')).toBeLessThanOrEqual(clock.ms);
  const again = new CallBudget(clock, budget.countedErrors());
  expect(again.freeAtMs('human', 'a')).toBe(START_MS + HOUR_MS);
});
