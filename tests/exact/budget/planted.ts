// Who lives here: budgets that are wrong in one way each. The properties of the real one must catch
// them (src/lib/server/exact/budget/properties.test.ts).

import { CallBudget } from '../../../src/lib/server/exact/budget/budget.ts';
import type { BudgetUnderTest, Clocks } from './scene.ts';

const MINUTE_MS = 60_000;

/** Counts by the minutes of its own clock, as if Exact's were the same. */
export function withoutSkew({ clock }: Clocks): BudgetUnderTest {
  let minute = 0;
  let used = 0;
  const turn = () => {
    const now = Math.floor(clock.nowMs() / MINUTE_MS);
    if (now !== minute) [minute, used] = [now, 0];
  };
  const waitMs = () => {
    turn();
    return used < 60 ? 0 : MINUTE_MS - (clock.nowMs() % MINUTE_MS);
  };
  return {
    waitMs,
    askMs: () => clock.nowMs() + waitMs(),
    waits: () => undefined,
    minuteShare: () => 0,
    take: () => {
      turn();
      used += 1;
      return { answered: () => undefined, lost: () => undefined, unsent: () => undefined };
    },
  };
}

/** Believes that a day never ends: no count of it, no header of it. */
export function withoutDay({ clock, steady }: Clocks): BudgetUnderTest {
  const recent = { human: 0, post: 0, settle: 0, sync: 0 };
  const count = { minuteLimit: 60, dayLimit: 1_000_000, atMs: clock.nowMs(), recent };
  const budget = new CallBudget({ clock, steady, kept: { rows: [], count, marks: null } });
  return {
    waitMs: (...args) => budget.waitMs(...args),
    askMs: (...args) => budget.askMs(...args),
    waits: (...args) => budget.waits(...args),
    minuteShare: (...args) => budget.minuteShare(...args),
    take: (lane, endpoint) => {
      const ticket = budget.take(lane, endpoint);
      return {
        ...ticket,
        answered: (status, headers, words) => {
          const minute = [...headers].filter(([name]) => name.includes('minutely'));
          ticket.answered(status, new Headers(minute), words);
        },
      };
    },
  };
}
