// What of the budget outlives a restart, in a real database: the count of the minute and the day,
// the limits, the breakers, the events, and the quarters of an hour for a month.

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { folder, openAt } from '../../../../../tests/torture/support/disk.ts';
import { LIMITS } from '../../../domain/index.ts';
import type { Store } from '../../store/index.ts';
import { CallBudget } from './budget.ts';
import { BudgetKeeper, readKept } from './kept.ts';
import type { Lane } from './lanes.ts';

const START_MS = Date.UTC(2026, 10, 23, 8, 0, 30);
const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
let place: ReturnType<typeof folder>;
let store: Store;
const clock = { ms: START_MS, nowMs: () => clock.ms };

beforeEach(async () => {
  clock.ms = START_MS;
  place = folder();
  store = await openAt(`${place.path}/hub.sqlite`);
});
afterEach(async () => {
  await store.close();
  place.clean();
});

async function process() {
  const began = clock.ms;
  const kept = await readKept(store.db);
  const budget = new CallBudget({ clock, kept, steady: { elapsedMs: () => clock.ms - began } });
  const keeper = new BudgetKeeper(store.db, budget);
  const call = async (lane: Lane, headers = new Headers(), status = 200) => {
    const ticket = budget.take(lane, 'x');
    await keeper.save();
    ticket.answered(status, headers, 'words');
    await keeper.save();
  };
  return { budget, keeper, call };
}

const rows = () => store.db.selectFrom('call_slot').selectAll().execute();

describe('after a restart', () => {
  it('I-18: the minute is as used as it was, so that a crash loop sends no more', async () => {
    const first = await process();
    for (let n = 0; n < 48; n += 1) await first.call('post');
    clock.ms += 1_000;
    const second = await process();
    const waitMs = second.budget.waitMs('post', 'x');
    expect(waitMs).toBeGreaterThanOrEqual(59_000);
    expect(waitMs).toBeLessThanOrEqual(65_000);
    expect(second.budget.waitMs('human', 'x')).toBe(0);
  });

  it('a call that was on its way when the process died is counted', async () => {
    const first = await process();
    first.budget.take('sync', 'x');
    await first.keeper.save();
    const second = await process();
    expect(second.budget.view()).toMatchObject({ minute: { used: 1 }, day: { used: 1 } });
  });

  it('I-18: the day goes on by lane, and begins anew at midnight', async () => {
    const first = await process();
    for (let n = 0; n < 30; n += 1) {
      await first.call(n % 3 === 0 ? 'settle' : 'post');
      clock.ms += 10_000;
    }
    const second = await process();
    const used = () => second.budget.view().lanes.map(({ dayUsed }) => dayUsed);
    expect(used()).toEqual([0, 20, 10, 0]);
    clock.ms += DAY_MS;
    expect(used()).toEqual([0, 0, 0, 0]);
  });

  it('the limits that Exact told are known', async () => {
    const headers = new Headers({
      ...{ 'X-RateLimit-Limit': '700', 'X-RateLimit-Remaining': '600' },
      'X-RateLimit-Reset': String(Date.UTC(2026, 10, 24)),
    });
    await (await process()).call('post', headers);
    const { day, minute } = (await process()).budget.view();
    expect([day.limit, day.learned, minute.limit, minute.learned]).toEqual([700, true, 60, false]);
  });

  it('I-04: errors, an open breaker and what happened are known', async () => {
    const first = await process();
    for (let n = 0; n < 4; n += 1) await first.call('post', new Headers(), 400);
    clock.ms += MINUTE_MS;
    const { budget } = await process();
    expect(budget.freeAtMs('post', 'x')).toBe(START_MS + 60 * MINUTE_MS);
    expect(budget.view().endpoints).toMatchObject([{ errors: 4, state: 'open', words: 'words' }]);
    expect(budget.view().events).toMatchObject([{ kind: 'breaker-opened', atMs: START_MS }]);
    expect(budget.view().chart.at(-1)?.errors).toBe(4);
  });
});

describe('the quarters of an hour', () => {
  it('are rows of day, slot and lane', async () => {
    const { call } = await process();
    await call('post');
    await call('post', new Headers(), 404);
    await call('sync');
    expect(await rows()).toEqual([
      { day: '2026-11-23', slot: 32, lane: 'post', calls: 2, errors: 1 },
      { day: '2026-11-23', slot: 32, lane: 'sync', calls: 1, errors: 0 },
    ]);
  });

  it('are kept for a month and no longer', async () => {
    for (let day = 0; day < LIMITS.exactCallDays + 5; day += 1) {
      await (await process()).call('post');
      clock.ms += DAY_MS;
    }
    const kept = await rows();
    expect(kept).toHaveLength(LIMITS.exactCallDays);
    expect(kept[0]?.day).toBe('2026-11-28');
  });

  it('become durable later when the disk failed meanwhile', async () => {
    const { budget, keeper, call } = await process();
    await store.db.schema.alterTable('call_slot').renameTo('gone').execute();
    await expect(call('post')).rejects.toThrow();
    await store.db.schema.alterTable('gone').renameTo('call_slot').execute();
    await keeper.save();
    expect(await rows()).toMatchObject([{ lane: 'post', calls: 1 }]);
    expect(budget.view().day.used).toBe(1);
  });
});

it('does not begin with a count that cannot be read', async () => {
  const value = '{"atMs":"yesterday"}';
  await store.db.insertInto('meta').values({ key: 'exact.budget', value }).execute();
  await expect(readKept(store.db)).rejects.toThrow();
});
