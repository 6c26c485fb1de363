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
    ...{ nowMs: TEN_MS, dayEndsMs: TEN_MS + 14 * HOUR_MS, shape: null, hoursAtWork: 2 },
    ...{ lastHour: { ...none, post: 100 }, today: { ...none, post: 200 } },
    ...{ postLeft: 3800, syncLeft: 700, hourMost: 2400 },
    ...change,
  };
}

/** Postings from 08:00 to 17:00 as evenly as can be. */
const shift = Array.from({ length: 96 }, (_, slot) => (slot >= 32 && slot < 68 ? 10 : 0));

describe('the forecast', () => {
  it('says that the day lasts, and what could go on', () => {
    const found = forecast(parts({}));
    expect(found).toMatchObject({ documentsPerHour: 100, documentsToCome: 1400 });
    expect(found.endsAtMs).toBeUndefined();
    expect(found.sustainablePerHour).toBe(Math.floor(3800 / 14));
  });

  it('says when the day ends at the rate of the last hour', () => {
    const lastHour = { ...none, post: 500 };
    const found = forecast(parts({ lastHour, today: { ...none, post: 1000 }, postLeft: 3000 }));
    expect(found.endsAtMs).toBe(TEN_MS + 6 * HOUR_MS);
  });

  it('takes off what the mirror will use, up to its share', () => {
    const lastHour = { ...none, post: 100, sync: 90 };
    expect(forecast(parts({ lastHour })).documentsLeft).toBe(3100);
    expect(forecast(parts({ lastHour, syncLeft: 0 })).documentsLeft).toBe(3800);
  });

  it('knows from earlier days that the shift ends at five', () => {
    const lastHour = { ...none, post: 400 };
    const found = forecast(parts({ lastHour, postLeft: 3000, shape: shift }));
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
    const still = forecast(parts({ lastHour: none, today: none, hoursAtWork: 0 }));
    expect([still.documentsToCome, still.endsAtMs]).toEqual([0, undefined]);
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
