// Who lives here: whether a condition is one at all, or gives the same whatever anybody scans, as
// far as the kinds of items and warehouses of the proofs can tell; and how many are left open.

import { MAX_OPEN, openOf } from './cases.ts';
import { folded } from './fold.ts';
import { decide, profilesOf } from './profiles.ts';
import type { Action, Condition, Step } from './types.ts';

/** Orders are received in every kind of warehouse, of every kind of item. */
const EVERYTHING = profilesOf('goodsReceipt');

/** What a condition always gives; undefined when that depends on what is scanned. */
export function constantly(condition: Condition): boolean | undefined {
  const inner = folded(condition);
  const [first, ...rest] = EVERYTHING.map((profile) => decide(inner, profile));
  return typeof first === 'boolean' && rest.every((each) => each === first) ? first : undefined;
}

/** More questions are open than every answer to can be walked through. */
export function tooOpen(steps: readonly Step[], action: Action): boolean {
  return profilesOf(action).some(
    (profile) => openOf(steps, (each) => decide(each, profile)) > MAX_OPEN,
  );
}
