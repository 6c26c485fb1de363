// I-04: how a breaker opens, tries again, stays open longer, and outlives a restart.

import { beforeEach, describe, expect, it } from 'vitest';
import { LIMITS } from '../../../domain/index.ts';
import { Breakers } from './breaker.ts';
import { TheirClock } from './their-clock.ts';

const HOUR_MS = 3_600_000;
const START_MS = Date.UTC(2026, 10, 23, 8);
let clock: { ms: number; nowMs: () => number };
let breakers: Breakers;

const fresh = () => new Breakers(new TheirClock(clock, { elapsedMs: () => clock.ms - START_MS }));
const fail = (endpoint = 'a', status = 400) =>
  breakers.answered(endpoint, status, `status ${status}`, false);
const openForMs = (endpoint = 'a') => breakers.freeAt(endpoint) - (clock.ms - START_MS);

beforeEach(() => {
  clock = { ms: START_MS, nowMs: () => clock.ms };
  breakers = fresh();
});

describe('a breaker', () => {
  it('opens at the fifth error of any hour, not before', () => {
    for (let n = 0; n < 4; n += 1) expect(fail()).toBeNull();
    clock.ms += HOUR_MS + 1;
    for (let n = 0; n < 4; n += 1) expect(fail()).toBeNull();
    expect(fail()).toBe('opened');
    expect(openForMs()).toBe(HOUR_MS);
  });

  it('lets one call try after the hour, and closes when that one is answered', () => {
    for (let n = 0; n < 5; n += 1) fail();
    clock.ms += HOUR_MS;
    expect(breakers.view()).toMatchObject([{ state: 'half-open' }]);
    expect(breakers.freeAt('a')).toBe(0);
    breakers.sent('a');
    expect(breakers.freeAt('a')).toBeGreaterThan(0);
    expect(breakers.answered('a', 200, '', false)).toBe('closed');
    expect(breakers.freeAt('a')).toBe(0);
    expect(breakers.view()).toEqual([]);
  });

  it('lets the next call try when the one that tried got no answer', () => {
    for (let n = 0; n < 5; n += 1) fail();
    clock.ms += HOUR_MS;
    breakers.sent('a');
    breakers.lost('a');
    expect(breakers.freeAt('a')).toBe(0);
  });

  it('stays open twice as long each time, a day at most: never six errors in an hour', () => {
    for (let n = 0; n < 5; n += 1) fail();
    const hours: number[] = [];
    for (let n = 0; n < 7; n += 1) {
      clock.ms += openForMs();
      breakers.sent('a');
      expect(fail()).toBe('opened');
      hours.push(openForMs() / HOUR_MS);
    }
    expect(hours).toEqual([2, 4, 8, 16, 24, 24, 24]);
  });

  it('counts a 429 without limit headers, which may be the block itself, and no other', () => {
    for (let n = 0; n < 5; n += 1) breakers.answered('b', 429, '', false);
    expect(breakers.freeAt('b')).toBe(0);
    for (let n = 0; n < 5; n += 1) breakers.answered('b', 429, '', true);
    expect(openForMs('b')).toBe(HOUR_MS);
  });

  it('outlives a restart, with its words, its level and the errors before it', () => {
    for (let n = 0; n < 5; n += 1) fail();
    for (let n = 0; n < 4; n += 1) fail('b', 404);
    clock.ms += HOUR_MS;
    breakers.sent('a');
    fail();
    const kept = breakers.kept();
    clock.ms += 1_000;
    breakers = fresh();
    for (const [endpoint, fuse] of Object.entries(kept)) breakers.recall(endpoint, fuse);
    expect(openForMs()).toBe(2 * HOUR_MS - 1_000);
    expect(breakers.view()).toMatchObject([{ endpoint: 'a', state: 'open', words: 'status 400' }]);
  });

  it('does not shut an endpoint for longer because the clock was set back over a restart', () => {
    for (let n = 0; n < 5; n += 1) fail();
    const kept = breakers.kept();
    clock.ms -= 72 * HOUR_MS;
    breakers = fresh();
    for (const [endpoint, fuse] of Object.entries(kept)) breakers.recall(endpoint, fuse);
    expect(openForMs()).toBe(24 * HOUR_MS);
  });

  it('remembers a bounded number of endpoints, open ones first', () => {
    for (let n = 0; n < 5; n += 1) fail('open');
    for (let n = 0; n < LIMITS.exactEndpoints + 50; n += 1) fail(`e${n}`);
    expect(Object.keys(breakers.kept())).toHaveLength(LIMITS.exactEndpoints);
    expect(breakers.freeAt('open')).toBeGreaterThan(0);
  });
});
