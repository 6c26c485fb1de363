// Who lives here: what goods can't be here, whichever way they come: taken from where they go, other
// than what is suggested, or of a batch that was never issued.

import type { Fault } from '../../domain/index.ts';
import type { Dialogue, Work } from './dialogue.ts';
import type { Rules } from './fits.ts';
import { notIssued } from './issued.ts';
import { notAway } from './needs.ts';
import { notSuggested } from './only.ts';

/** Why `work` may not follow the work of `d`, and what follows instead. */
export function unfit(
  d: Dialogue,
  work: Work,
  rules: Rules,
): { readonly why: Fault; readonly work: Work } | undefined {
  return notAway(d, work, rules) ?? notSuggested(d, work, rules) ?? notIssued(d, work, rules);
}
