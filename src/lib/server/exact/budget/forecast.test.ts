// When today's calls end, what could go on until midnight, and when that makes calls scarce.

import { describe, expect, it } from 'vitest';
import { LIMITS } from '../../../domain/index.ts';
import { forecast } from './forecast.ts';
import type { ForecastParts } from './forecast.ts';
import { Tightness } from './tightness.ts';

const HOUR_MS = 3_600_000;
const TEN_MS = Date.UTC(2026, 10, 23, 10);
const none = { human: 0, post: 0, settle: 0, sync: 0 };

function parts(change: Partial<ForecastParts>): ForecastParts {
  return {
    ...{ nowMs: TEN_MS, dayEndsMs: TEN_MS + 14 * HOUR_MS, shape: null },
    ...{ lastHour: { ...none, post: 100 }, lately: { documents: 200, hours: 2 } },
    ...{ postLeft: 3800, syncLeft: 700, hourMost: 2400 },
    ...change,
  };
}

/** Postings from 08:00 to 17:00 as evenly as can be: 400 an hour. */
const shift = Array.from({ length: 96 }, (_, slot) => (slot >= 32 && slot < 68 ? 100 : 0));
const busy = { lastHour: { ...none, post: 400 }, lately: { documents: 800, hours: 2 } };

describe('the forecast', () => {
  it('says that the day lasts, and what could go on', () => {
    const found = forecast(parts({}));
    expect(found).toMatchObject({ enough: true, documentsPerHour: 100, documentsToCome: 1400 });
    expect(found.endsAtMs).toBeUndefined();
    expect(found.sustainablePerHour).toBe(Math.floor(3800 / 14));
  });

  it('says when the day ends at the pace of the last hours', () => {
    const lastHour = { ...none, post: 500 };
    const lately = { documents: 1000, hours: 2 };
    const found = forecast(parts({ lastHour, lately, postLeft: 3000 }));
    expect(found.endsAtMs).toBe(TEN_MS + 6 * HOUR_MS);
  });

  it('takes off what the mirror will use, up to its share', () => {
    const lastHour = { ...none, post: 100, sync: 90 };
    expect(forecast(parts({ lastHour })).documentsLeft).toBe(3100);
    expect(forecast(parts({ lastHour, syncLeft: 0 })).documentsLeft).toBe(3800);
  });

  it('knows from earlier days that the shift ends at five', () => {
    const found = forecast(parts({ ...busy, postLeft: 3000, shape: shift }));
    expect(found.documentsToCome).toBe(7 * 400);
    expect(found.endsAtMs).toBeUndefined();
    expect(found.sustainablePerHour).toBe(Math.floor(3000 / 7));
  });

  it('does not let a break or a rush of one hour decide alone', () => {
    const rush = forecast(parts({ lastHour: { ...none, post: 400 } }));
    expect(rush.documentsToCome).toBe(14 * 250);
    const lunch = forecast(parts({ lastHour: none }));
    expect(lunch.documentsToCome).toBe(14 * 50);
  });

  it('has nothing to say of a day that is over or has not begun', () => {
    const over = forecast(parts({ dayEndsMs: TEN_MS, postLeft: 0 }));
    expect([over.documentsToCome, over.endsAtMs]).toEqual([0, undefined]);
    const still = forecast(parts({ lastHour: none, lately: { documents: 0, hours: 0 } }));
    expect([still.enough, still.documentsToCome, still.endsAtMs]).toEqual([false, 0, undefined]);
  });

  it('says so while too little was seen, and warns of nothing but the next hour', () => {
    const lastHour = { ...none, post: 15 };
    const few = forecast(parts({ lastHour, lately: { documents: 15, hours: 0.05 } }));
    expect(few).toMatchObject({ enough: false });
    expect(few.endsAtMs).toBeUndefined();
    expect(few.documentsToCome).toBeLessThanOrEqual(160);
    const short = forecast(parts({ lastHour, lately: { documents: 15, hours: 0.5 }, postLeft: 9 }));
    expect(short.endsAtMs).toBeLessThan(TEN_MS + HOUR_MS);
  });

  it('goes by earlier days before the first document, and does not swing with the first few', () => {
    const nowMs = Date.UTC(2026, 10, 23, 0, 10);
    const dayEndsMs = Date.UTC(2026, 10, 24);
    const at = (documents: number) =>
      forecast({
        ...parts({ nowMs, dayEndsMs, shape: shift, postLeft: 4000 }),
        ...{ lastHour: { ...none, post: documents }, lately: { documents, hours: 0.1 } },
      });
    expect(at(0)).toMatchObject({ enough: true, documentsToCome: 9 * 200 });
    const few = [1, 2, 3, 4, 5].map((documents) => at(documents).documentsToCome);
    expect(Math.max(...few)).toBeLessThan(1.6 * at(0).documentsToCome);
    expect(at(5).endsAtMs).toBeUndefined();
  });

  it('warns who works when earlier days were over, within the hour', () => {
    const nowMs = Date.UTC(2026, 10, 23, 20);
    const dayEndsMs = Date.UTC(2026, 10, 24);
    const late = forecast(parts({ ...busy, nowMs, dayEndsMs, shape: shift, postLeft: 300 }));
    expect(late.endsAtMs).toBe(nowMs + 0.75 * HOUR_MS);
  });

  it('takes one document on an earlier day for no shape', () => {
    const hint = shift.map((_, slot) => (slot === 50 ? 1 : 0));
    expect(forecast(parts({ shape: hint }))).toEqual(forecast(parts({ shape: null })));
  });
});

describe('calls are scarce', () => {
  const calm = {
    documentsToCome: 0,
    documentsLeft: 1000,
    minuteUsed: 0,
    minuteFloor: 40,
    waiting: 0,
  };
  const MINUTE_MS = 60_000;

  it('when the day will not do, until it does with a fifth to spare', () => {
    const tightness = new Tightness();
    const at = (documentsToCome: number, ms: number) =>
      tightness.weigh({ ...calm, documentsToCome }, ms);
    expect(at(1000, 0)).toBe(false);
    expect(at(1001, 0)).toBe(true);
    expect(tightness.reason).toBe('day');
    expect(at(900, 10 * MINUTE_MS)).toBe(false);
    expect(at(800, 10 * MINUTE_MS)).toBe(true);
    expect(tightness.reason).toBeNull();
  });

  it('when the minute is full of documents, or too many wait, and for five minutes at least', () => {
    for (const strain of [{ minuteUsed: 40 }, { waiting: LIMITS.exactPostQueue + 1 }]) {
      const tightness = new Tightness();
      expect(tightness.weigh({ ...calm, ...strain }, 0)).toBe(true);
      expect(tightness.reason).toBe('minute');
      expect(tightness.weigh(calm, 5 * MINUTE_MS - 1)).toBe(false);
      expect(tightness.weigh(calm, 5 * MINUTE_MS)).toBe(true);
    }
  });
});
