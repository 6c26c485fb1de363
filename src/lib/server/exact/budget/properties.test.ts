// I-18 and I-17 as properties: the real scheduler and budget against a model of how Exact counts
// (tests/exact/budget), on virtual time: with clocks that are off, headers that lag or are missing,
// answers that get lost, and clocks that somebody sets. Planted: budgets that forget the day or the
// skew, which the same properties must catch.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withoutDay, withoutSkew } from '../../../../../tests/exact/budget/planted.ts';
import { many, play } from '../../../../../tests/exact/budget/scene.ts';
import type {
  BudgetUnderTest,
  Caller,
  Clocks,
  Scene,
  Sent,
} from '../../../../../tests/exact/budget/scene.ts';
import { CallBudget } from './budget.ts';
import type { Lane } from './lanes.ts';

const SEED = Number(process.env['BUDGET_SEED'] ?? 20261122);
const RUNS = Number(process.env['BUDGET_RUNS'] ?? 30);
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const MORNING_MS = Date.UTC(2026, 10, 23, 8, 0, 0);
const options = { numRuns: RUNS, seed: SEED };

const lanes = fc.constantFrom<Lane>('human', 'post', 'settle', 'sync');
const skew = fc.integer({ min: -30_000, max: 30_000 });
const burst = fc.record({ lane: lanes, atMs: fc.nat(6 * MINUTE_MS), count: fc.nat(90) });
const conditions = fc.record({
  startMs: fc.nat(MINUTE_MS).map((ms) => MORNING_MS + ms),
  skewMs: skew,
  lagMs: fc.constantFrom(0, 0, 500, 3_000, 5_000),
  headers: fc.boolean(),
  wayMs: fc.constantFrom(5, 200, 1_000, 4_000),
  loseEvery: fc.constantFrom(7, 50, 1_000_000),
  seed: fc.nat(),
});

function callersOf(bursts: readonly { lane: Lane; atMs: number; count: number }[]): Caller[] {
  return bursts.flatMap(({ lane, atMs, count }) => many(lane, count, 0, atMs));
}

/** Scenes that reach the limit of the minute, and clocks that are set meanwhile. */
const busyMinutes: fc.Arbitrary<Scene> = fc
  .tuple(
    conditions,
    fc.array(burst, { minLength: 2, maxLength: 6 }),
    fc.array(
      fc.record({ atMs: fc.nat(8 * MINUTE_MS), byMs: fc.constantFrom(-HOUR_MS, 45_000, HOUR_MS) }),
      {
        maxLength: 2,
      },
    ),
  )
  .map(([given, bursts, sets]) => {
    return { ...given, sets, callers: callersOf(bursts), runMs: 12 * MINUTE_MS };
  });

/** Scenes that reach the limit of a small day, around the midnight of Exact. */
const smallDays: fc.Arbitrary<Scene> = fc
  .tuple(conditions, fc.integer({ min: 10, max: 90 }), fc.nat(4 * MINUTE_MS))
  .map(([given, day, beforeMs]) => ({
    ...given,
    day,
    startMs: Date.UTC(2026, 10, 24) - beforeMs,
    callers: [...many('human', 70), ...many('post', 90)],
    runMs: 8 * MINUTE_MS,
  }));

async function overLimit(
  scene: Scene,
  make?: (clocks: Clocks) => BudgetUnderTest,
): Promise<number> {
  const { model } = await play(scene, make);
  return model.refused.length;
}

function catches(scenes: fc.Arbitrary<Scene>, make: (clocks: Clocks) => BudgetUnderTest) {
  const check = fc.asyncProperty(scenes, async (scene) => (await overLimit(scene, make)) === 0);
  return fc.check(check, options);
}

describe(`I-18: no call of ours goes over a limit (seed ${SEED})`, () => {
  it('of the minute, whatever clocks, headers and answers do', { timeout: 120_000 }, async () => {
    const check = fc.asyncProperty(busyMinutes, async (scene) => {
      expect(await overLimit(scene)).toBe(0);
    });
    await fc.assert(check, options);
  });

  it('of the day, at whichever moment Exact turns it', { timeout: 120_000 }, async () => {
    const check = fc.asyncProperty(smallDays, async (scene) => {
      expect(await overLimit(scene)).toBe(0);
    });
    await fc.assert(check, options);
  });

  it('planted: a budget that ignores skew is caught', { timeout: 60_000 }, async () => {
    expect((await catches(busyMinutes, withoutSkew)).failed).toBe(true);
  });

  it('planted: a budget that ignores the day is caught', { timeout: 60_000 }, async () => {
    expect((await catches(smallDays, withoutDay)).failed).toBe(true);
  });
});

describe('calls by others on our limit', () => {
  const foreign = fc.array(fc.record({ atMs: fc.nat(9 * MINUTE_MS), calls: fc.nat(70) }), {
    minLength: 1,
    maxLength: 5,
  });

  it(
    'cost two refusals a burst at most, each held till its minute ends, and told',
    { timeout: 120_000 },
    async () => {
      const check = fc.asyncProperty(conditions, foreign, async (given, others) => {
        const scene = { ...given, headers: true, loseEvery: 1_000_000, runMs: 12 * MINUTE_MS };
        const callers = many('post', 300, 500);
        const { model, budget } = await play({ ...scene, foreign: others, callers });
        const told = budget instanceof CallBudget ? budget.view().events : [];
        const throttled = told.filter((event) => event.kind === 'throttled');
        expect(throttled).toHaveLength(model.refused.length);
        expect(model.refused.length).toBeLessThanOrEqual(others.length * 2);
        model.refused.forEach((atMs, index) => {
          const next = model.refused[index + 1];
          const ends = minuteEnd(atMs + given.skewMs) - given.skewMs;
          if (next !== undefined) expect(next).toBeGreaterThanOrEqual(ends);
        });
      });
      await fc.assert(check, options);
    },
  );
});

function minuteEnd(ms: number): number {
  return (Math.floor(ms / MINUTE_MS) + 1) * MINUTE_MS;
}

function waits(sent: readonly Sent[], lane: Lane): readonly number[] {
  return sent.filter((each) => each.lane === lane).map((each) => each.sentMs - each.askedMs);
}

/** Calls of a lane in each of Exact's minutes from one number to before another. */
function perMinute(sent: readonly Sent[], lane: Lane, skewMs: number, from: number, to: number) {
  const first = Math.floor((MORNING_MS + skewMs) / MINUTE_MS);
  const minutes = sent
    .filter((each) => each.lane === lane)
    .map((each) => Math.floor((each.sentMs + skewMs) / MINUTE_MS) - first);
  return Array.from({ length: to - from }, (_, n) => minutes.filter((m) => m === from + n).length);
}

describe(`I-17: no lane starves another (seed ${SEED})`, () => {
  const given = fc.record({ skewMs: skew, seed: fc.nat(), lagMs: fc.constantFrom(0, 3_000) });
  const few = { ...options, numRuns: Math.ceil(RUNS / 6) };
  const scene = { startMs: MORNING_MS, callers: [], patienceMs: HOUR_MS };

  it('post has its 40 of every minute while sync floods', { timeout: 120_000 }, async () => {
    const check = fc.asyncProperty(given, async (conditions) => {
      const late = { lane: 'post', callers: 3, fromMs: 3 * MINUTE_MS } as const;
      const hungry = [{ lane: 'sync', callers: 5, fromMs: 0 } as const, late];
      const { sent } = await play({ ...scene, ...conditions, hungry, runMs: 9 * MINUTE_MS });
      // A call under way at an edge lies in one minute or the other.
      const counts = perMinute(sent, 'post', conditions.skewMs, 4, 9);
      expect(Math.min(...counts)).toBeGreaterThanOrEqual(36);
      expect(counts.reduce((sum, each) => sum + each, 0)).toBeGreaterThanOrEqual(5 * 39);
    });
    await fc.assert(check, few);
  });

  it.each([50, 1_500])(
    'sync goes on while post floods, at up to %d ms each way',
    { timeout: 60_000 },
    async (wayMs) => {
      const hungry = [{ lane: 'post', callers: 5, fromMs: 0 } as const];
      const callers = many('sync', 40, 15_000);
      const runMs = 11 * MINUTE_MS;
      const { sent } = await play({ ...scene, callers, hungry, wayMs, runMs });
      expect(waits(sent, 'sync')).toHaveLength(40);
      expect(Math.max(...waits(sent, 'sync'))).toBeLessThan(2 * MINUTE_MS);
    },
  );

  it('people and look-ups find a permit in any flood', { timeout: 120_000 }, async () => {
    const check = fc.asyncProperty(given, fc.nat(10_000), async (conditions, shiftMs) => {
      const callers = (['human', 'settle'] as const).flatMap((l) => many(l, 40, 12_000, shiftMs));
      const hungry = (['post', 'sync'] as const).map((lane) => ({ lane, callers: 4, fromMs: 0 }));
      const runMs = 9 * MINUTE_MS;
      const { sent } = await play({ ...scene, ...conditions, callers, hungry, runMs });
      expect(waits(sent, 'human')).toHaveLength(40);
      expect(Math.max(...waits(sent, 'human'), ...waits(sent, 'settle'))).toBeLessThan(12_000);
    });
    await fc.assert(check, few);
  });

  it('I-23: whatever came is served in the end', { timeout: 120_000 }, async () => {
    const check = fc.asyncProperty(busyMinutes, async (scene) => {
      const { servedMs } = await play({ ...scene, runMs: 3 * HOUR_MS, untilServed: true });
      expect(servedMs).not.toBeNull();
      // Each call needs one permit; waiting out lost ones and strange clocks costs a few minutes.
      const minutes = scene.callers.length / 30 + 12;
      expect(servedMs ?? 0).toBeLessThan(minutes * MINUTE_MS + HOUR_MS / 6);
    });
    await fc.assert(check, options);
  });
});

describe('the day', () => {
  it('I-18: keeps a tenth for people and one for look-ups, and bounds sync', async () => {
    const hungry = (['sync', 'post'] as const).map((lane) => ({ lane, callers: 3, fromMs: 0 }));
    const callers = (['human', 'settle'] as const).flatMap((l) => many(l, 60, 3_000, HOUR_MS));
    const scene = { startMs: MORNING_MS, day: 600, callers, hungry, runMs: 2 * HOUR_MS };
    const { sent, model } = await play(scene);
    const count = (lane: Lane) => sent.filter((each) => each.lane === lane).length;
    expect(model.refused).toEqual([]);
    expect([count('human'), count('settle')]).toEqual([60, 60]);
    expect(count('post') + count('sync')).toBe(480);
    expect(count('sync')).toBeLessThanOrEqual(360);
  });
});

describe('P-15: drain', () => {
  it(
    '200 waiting documents go out within 1.05 × N / 40 a minute',
    { timeout: 60_000 },
    async () => {
      const ratios: number[] = [];
      for (let skewMs = -30_000; skewMs <= 30_000; skewMs += 5_000) {
        const callers = [...many('post', 90), ...many('post', 110, 1), ...many('sync', 60, 10_000)];
        const scene = { startMs: MORNING_MS, skewMs, callers, wayMs: 250, runMs: HOUR_MS };
        const { sent } = await play({ ...scene, patienceMs: HOUR_MS });
        const posts = sent.filter((each) => each.lane === 'post').map((each) => each.sentMs);
        expect(posts).toHaveLength(200);
        ratios.push((Math.max(...posts) - MORNING_MS) / MINUTE_MS / (200 / 40));
      }
      const [best, worst] = [Math.min(...ratios), Math.max(...ratios)];
      console.log(JSON.stringify({ drainOf: 200, lane: 40, best, worst, seed: SEED }));
      expect(worst).toBeLessThanOrEqual(1.05);
    },
  );

  it('what skew, lag and slow answers cost of the 48 a minute that post may use', async () => {
    const shares: number[] = [];
    for (const skewMs of [-30_000, 0, 12_345]) {
      for (const wayMs of [50, 500, 900]) {
        for (const heard of [{ lagMs: 0 }, { lagMs: 3_000 }, { headers: false }]) {
          const hungry = [{ lane: 'post', callers: 3, fromMs: 0 } as const];
          const scene = { startMs: MORNING_MS, skewMs, wayMs, ...heard, callers: [], hungry };
          const { sent } = await play({ ...scene, patienceMs: HOUR_MS, runMs: 30 * MINUTE_MS });
          shares.push(sent.length / (30 * 48));
        }
      }
    }
    const [least, most] = [Math.min(...shares), Math.max(...shares)];
    console.log(JSON.stringify({ ofThe48: { least, most }, cases: shares.length }));
    expect(least).toBeGreaterThanOrEqual(0.97);
  });
});
