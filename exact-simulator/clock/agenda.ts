/*
 * What is to happen later on the simulator's clock: requests that are applied long after the line
 * was cut, answers that take a minute. Kept in memory, like the faults that ask for it.
 */

/** More than this many plans at once are not taken. */
export const MOST_PLANS = 2000;

interface Plan {
  dueMs: number;
  run: () => void;
}

export class Agenda {
  private plans: Plan[] = [];

  /** Plans something for a UTC moment; false when the agenda is full. */
  add(dueMs: number, run: () => void): boolean {
    if (this.plans.length >= MOST_PLANS) return false;
    const at = this.plans.findIndex((plan) => plan.dueMs > dueMs);
    this.plans.splice(at < 0 ? this.plans.length : at, 0, { dueMs, run });
    return true;
  }

  /** Runs what is due, earliest first, also what the plans themselves plan for now. */
  runDue(nowMs: number): void {
    for (let first = this.plans[0]; first && first.dueMs <= nowMs; first = this.plans[0]) {
      this.plans.shift();
      first.run();
    }
  }

  get size(): number {
    return this.plans.length;
  }

  clear(): void {
    this.plans = [];
  }
}
