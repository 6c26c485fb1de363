// Who lives here: `only: suggested`. Where something is suggested nothing else is taken, whichever
// way it comes: scanned at its question, before it, or together with the goods.

import { fault } from '../../domain/index.ts';
import type { Fault } from '../../domain/index.ts';
import type { Dialogue, Work } from './dialogue.ts';
import { asking } from './fits.ts';
import type { Rules } from './fits.ts';
import { nextStop } from './next.ts';
import { suggestion } from './suggest.ts';

/** Batch before place, as they are suggested: the place follows the batch that is known. */
const STRICT = ['batch', 'location', 'to'] as const;
type Strict = (typeof STRICT)[number];

interface NotSuggested {
  readonly why: Fault;
  /** The work without what does not fit: what this event brought is not taken at all. */
  readonly work: Work;
}

const textOf = (work: Work, fact: Strict): string =>
  (fact === 'batch' ? work.batch : work[fact]?.code) ?? '';

function without(work: Work, facts: readonly Strict[]): Work {
  return Object.fromEntries(
    Object.entries(work).filter(([name]) => !facts.some((fact) => fact === name)),
  );
}

function otherFact(d: Dialogue, work: Work, fact: Strict, rules: Rules): NotSuggested | undefined {
  const isStrict = (each: Strict) => asking(rules.steps, each)?.only !== undefined;
  if (!isStrict(fact) || work[fact] === undefined) return undefined;
  const fresh = d.work[fact] === undefined;
  // What was known before is judged once more when the goods say what should have come.
  const placed = work.item?.id !== d.work.item?.id || work.line !== d.work.line;
  if (!fresh && !placed) return undefined;
  const later = STRICT.slice(STRICT.indexOf(fact) + 1).filter(isStrict);
  const bare = without(work, [fact, ...later]);
  const suggested = suggestion({ ...d, work: bare }, rules, fact);
  const read = textOf(work, fact);
  if (suggested === undefined || suggested.text === read) return undefined;
  const why = fault('step.not-suggested', { fact, suggested: suggested.text, read });
  return { why, work: fresh ? d.work : without(work, [fact]) };
}

/** Why `work` may not follow the work of `d`, and what follows instead. */
export function notSuggested(d: Dialogue, work: Work, rules: Rules): NotSuggested | undefined {
  if (asking(rules.steps, 'item')?.only !== undefined && d.work.line === undefined) {
    const { item: _i, line: _l, among: _a, ...rest } = d.work;
    const stop = nextStop({ ...d, work: rest }, rules);
    if (work.line !== undefined && stop !== undefined && stop.line.id !== work.line) {
      const [suggested, read] = [stop.line.item.code, work.item?.code ?? ''];
      return { why: fault('step.not-suggested', { fact: 'item', suggested, read }), work: rest };
    }
  }
  for (const fact of STRICT) {
    const wrong = otherFact(d, work, fact, rules);
    if (wrong !== undefined) return wrong;
  }
  return undefined;
}
