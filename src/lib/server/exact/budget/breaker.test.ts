// I-04: how a breaker opens, tries again, what it leaves to look-ups and to persons, when it stays
// open longer, and that it outlives a restart.

import { beforeEach, describe, expect, it } from 'vitest';
import { LIMITS } from '../../../domain/index.ts';
import { Breakers } from './breaker.ts';
import type { Lane } from './lanes.ts';
import { TheirClock } from './their-clock.ts';

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
const START_MS = Date.UTC(2026, 10, 23, 8);
let clock: { ms: number; nowMs: () => number };
let breakers: Breakers;

const fresh = () => new Breakers(new TheirClock(clock, { elapsedMs: () => clock.ms - START_MS }));
/** One call, whether it may be made or not. */
const call = (status: number, endpoint = 'a', lane: Lane = 'post', limitless = false) => {
  const tried = breakers.sent(lane, endpoint);
  return breakers.answered(endpoint, { status, words: `status ${status}`, limitless, tried });
};
const fail = (endpoint = 'a', status = 400) => call(status, endpoint);
const openForMs = (endpoint = 'a', lane: Lane = 'post') =>
  Math.max(0, breakers.freeAt(lane, endpoint) - (clock.ms - START_MS));

beforeEach(() => {
  clock = { ms: START_MS, nowMs: () => clock.ms };
  breakers = fresh();
});

describe('a breaker', () => {
  it('stops documents at the fourth error of any hour, not before', () => {
    for (let n = 0; n < 3; n += 1) expect(fail()).toBeNull();
    clock.ms += HOUR_MS + 1;
    for (let n = 0; n < 3; n += 1) expect(fail()).toBeNull();
    expect(fail()).toBe('opened');
    expect(openForMs()).toBe(HOUR_MS);
  });

  it('opens no longer than until the hour has room for one more error', () => {
    for (let n = 0; n < 4; n += 1) {
      fail();
      clock.ms += 10 * MINUTE_MS;
    }
    expect(openForMs()).toBe(20 * MINUTE_MS);
  });

  it('lets one call try when there is room, and closes when that one is answered', () => {
    for (let n = 0; n < 4; n += 1) fail();
    clock.ms += HOUR_MS;
    expect(breakers.view()).toMatchObject([{ state: 'half-open' }]);
    expect(openForMs()).toBe(0);
    expect(breakers.sent('post', 'a')).toBe(true);
    expect(openForMs()).toBeGreaterThan(0);
    const answer = { status: 200, words: '', limitless: false, tried: true };
    expect(breakers.answered('a', answer)).toBe('closed');
    expect(openForMs()).toBe(0);
    expect(breakers.view()).toEqual([]);
  });

  it('lets the next call try when the one that tried got no answer', () => {
    for (let n = 0; n < 4; n += 1) fail();
    clock.ms += HOUR_MS;
    breakers.sent('post', 'a');
    breakers.lost('a');
    expect(openForMs()).toBe(0);
  });

  it('never shuts longer for refused documents, a day of them: five errors in any hour at most', () => {
    const errors: number[] = [];
    let longestMs = 0;
    for (; clock.ms < START_MS + 24 * HOUR_MS; clock.ms += MINUTE_MS) {
      longestMs = Math.max(longestMs, openForMs());
      for (const lane of ['post', 'settle'] as const) {
        if (openForMs('a', lane) > 0) continue;
        call(400, 'a', lane);
        errors.push(clock.ms);
      }
    }
    const worst = errors.map((at) => errors.filter((e) => e > at - HOUR_MS && e <= at).length);
    expect(Math.max(...worst)).toBe(LIMITS.exactErrorsPerHour);
    expect(longestMs).toBeLessThanOrEqual(HOUR_MS);
    expect(errors.length).toBeGreaterThan(4 * 23);
  });

  it('stays open twice as long each time Exact may block it, a day at most', () => {
    for (let n = 0; n < 4; n += 1) fail('a', 403);
    const hours = [openForMs() / HOUR_MS];
    for (let n = 0; n < 6; n += 1) {
      clock.ms += openForMs();
      expect(fail('a', 403)).toBe('opened');
      hours.push(openForMs() / HOUR_MS);
    }
    expect(hours).toEqual([1, 2, 4, 8, 16, 24, 24]);
  });

  it('is over with a block when the try is refused for its own sake', () => {
    for (let n = 0; n < 4; n += 1) fail('a', 403);
    clock.ms += HOUR_MS;
    expect(fail('a', 400)).toBe('closed');
    expect(openForMs()).toBe(0);
  });

  it('counts a 429 without limit headers, which may be the block itself, and no other', () => {
    for (let n = 0; n < 5; n += 1) call(429, 'b');
    expect(openForMs('b')).toBe(0);
    for (let n = 0; n < 4; n += 1) call(429, 'b', 'post', true);
    expect(openForMs('b')).toBe(HOUR_MS);
    expect(breakers.view()).toMatchObject([{ blocked: true }]);
  });
});

describe('look-ups of what is in doubt', () => {
  it('go on where documents are refused, and say nothing about the next document', () => {
    for (let n = 0; n < 4; n += 1) fail();
    expect(openForMs('a', 'settle')).toBe(0);
    expect(call(200, 'a', 'settle')).toBeNull();
    for (const lane of ['human', 'post', 'sync'] as const) {
      expect(openForMs('a', lane)).toBe(HOUR_MS);
    }
  });

  it('stop with the fifth error, and go on when the first of the five is an hour old', () => {
    for (let n = 0; n < 4; n += 1) {
      fail();
      clock.ms += MINUTE_MS;
    }
    call(400, 'a', 'settle');
    expect(openForMs('a', 'settle')).toBe(56 * MINUTE_MS);
    expect(openForMs()).toBe(57 * MINUTE_MS);
  });

  it('stop where Exact may block the endpoint', () => {
    for (let n = 0; n < 4; n += 1) fail('a', 403);
    expect(openForMs('a', 'settle')).toBe(HOUR_MS);
  });
});

describe('a person tries a stopped endpoint now', () => {
  it('one call goes; when it is answered the endpoint is called again', () => {
    for (let n = 0; n < 4; n += 1) fail();
    expect(breakers.tryNow('a')).toEqual({ kind: 'granted' });
    expect(openForMs()).toBe(0);
    expect(call(201)).toBe('closed');
    expect(openForMs()).toBe(0);
    // The errors of the hour stand: the next one stops it again.
    expect(fail()).toBe('opened');
    expect(openForMs()).toBe(HOUR_MS);
  });

  it('when it fails the breaker stays, and no second call goes', () => {
    for (let n = 0; n < 4; n += 1) fail('a', 403);
    clock.ms += 10 * MINUTE_MS;
    breakers.tryNow('a');
    expect(fail('a', 403)).toBe('opened');
    expect(openForMs()).toBe(50 * MINUTE_MS);
  });

  it('a look-up that goes anyway does not use up the call', () => {
    for (let n = 0; n < 4; n += 1) fail();
    breakers.tryNow('a');
    call(200, 'a', 'settle');
    expect(openForMs()).toBe(0);
  });

  it('is refused where one more error could bring the block of Exact', () => {
    for (let n = 0; n < 4; n += 1) fail();
    for (let n = 4; n < LIMITS.exactErrorsTried; n += 1) {
      expect(breakers.tryNow('a')).toEqual({ kind: 'granted' });
      fail();
    }
    expect(breakers.tryNow('a')).toEqual({ kind: 'too-many', untilMs: HOUR_MS });
    expect(openForMs()).toBe(HOUR_MS);
    expect(LIMITS.exactErrorsTried).toBeLessThan(10);
  });

  it('changes nothing where nothing is stopped', () => {
    fail();
    expect(breakers.tryNow('a')).toEqual({ kind: 'not-stopped' });
    expect(breakers.tryNow('never called')).toEqual({ kind: 'not-stopped' });
  });
});

describe('what is kept', () => {
  it('outlives a restart, with its words, its level and the errors before it', () => {
    for (let n = 0; n < 4; n += 1) fail('a', 403);
    for (let n = 0; n < 3; n += 1) fail('b', 404);
    clock.ms += HOUR_MS;
    fail('a', 403);
    const kept = breakers.kept();
    clock.ms += 1_000;
    breakers = fresh();
    for (const [endpoint, fuse] of Object.entries(kept)) breakers.recall(endpoint, fuse);
    expect(openForMs()).toBe(2 * HOUR_MS - 1_000);
    expect(openForMs('a', 'settle')).toBe(2 * HOUR_MS - 1_000);
    expect(breakers.view()).toMatchObject([{ endpoint: 'a', state: 'open', words: 'status 403' }]);
  });

  it('does not shut an endpoint for longer because the clock was set back over a restart', () => {
    for (let n = 0; n < 4; n += 1) fail();
    const kept = breakers.kept();
    clock.ms -= 72 * HOUR_MS;
    breakers = fresh();
    for (const [endpoint, fuse] of Object.entries(kept)) breakers.recall(endpoint, fuse);
    expect(openForMs()).toBe(24 * HOUR_MS);
  });

  it('is a bounded number of endpoints, open ones first', () => {
    for (let n = 0; n < 4; n += 1) fail('open');
    for (let n = 0; n < LIMITS.exactEndpoints + 50; n += 1) fail(`e${n}`);
    expect(Object.keys(breakers.kept())).toHaveLength(LIMITS.exactEndpoints);
    expect(openForMs('open')).toBeGreaterThan(0);
  });
});
