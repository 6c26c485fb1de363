// Who lives here: the arms of an `if`. A step knows the arms that it stands in, from outside in; two
// steps in different arms of one `if` are never both asked of one line.

import { both, negated } from './fold.ts';
import type { Condition } from './types.ts';

/** One arm: `then` when the condition holds, `else` when it does not. */
export interface Arm {
  /** Which `if` of the file it belongs to. */
  readonly key: string;
  readonly taken: boolean;
  /** Where its condition stands: an `if` of its own, or the `when` of a fragment that is used. */
  readonly option: 'if' | 'when';
  /** Missing where the condition can't be read. */
  readonly test?: Condition;
}

/** By construction, whatever the conditions say. */
export function exclusive(some: readonly Arm[], others: readonly Arm[]): boolean {
  return some.some((arm) =>
    others.some((other) => arm.key === other.key && arm.taken !== other.taken),
  );
}

/** What must hold for a step in these arms to be asked; nothing outside of every `if`. */
export function conditionIn(arms: readonly Arm[]): Condition | undefined {
  const tests = arms.flatMap(({ test, taken }) => {
    if (test === undefined) return [];
    return [taken ? test : negated(test)];
  });
  return tests.length === 0 ? undefined : tests.reduce(both);
}
