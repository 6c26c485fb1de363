// Who lives here: the zero check. After a line whose goods should have been the last in their place
// the product asks whether that is so: one touch says yes, and what is left is told to the office.
// It is a problem like those that PROBLEM opens (problem.ts), but nobody had to open it.

import type { Dialogue, Problem, Work } from './dialogue.ts';
import { asking } from './fits.ts';
import type { Rules } from './fits.ts';
import { leftAt } from './next.ts';

/** The question after the line `work` was booked in `d`; nothing where none is due. */
export function zeroCheck(d: Dialogue, work: Partial<Work>, rules: Rules): Problem | undefined {
  const { item, line: id = '', location, batch } = work;
  const step = asking(rules.steps, 'item')?.id ?? '';
  const line = d.document?.lines.find((each) => each.id === id);
  if (asking(rules.steps, 'location')?.zeroCheck === undefined) return undefined;
  if (item === undefined || location === undefined || line === undefined) return undefined;
  const left = leftAt(d, line, location.id);
  if (left === undefined || left > 0) return undefined;
  const about = { code: 'zero-check', item, line: id, place: location } as const;
  return { asks: 'item', step, ...about, ...(batch === undefined ? {} : { batch }) };
}
