// Who lives here: logistic units, pallets and boxes with a number of their own (SSCC). Exact has no
// field for them: what stands on a unit is what its label says beside the number, and the number
// goes with the line as an answer. A unit stands whole on one line: the same one again is named.

import { fault } from '../../domain/index.ts';
import type { Fault } from '../../domain/index.ts';
import type { Step } from '../types.ts';
import { ACTIONS } from './actions.ts';
import { answered, isAnswer, withAnswer } from './answers.ts';
import type { AnswerStep } from './answers.ts';
import type { Booked, Dialogue, Work } from './dialogue.ts';
import type { Rules } from './fits.ts';
import type { Taking } from './taken.ts';

function unitSteps(steps: readonly Step[]): readonly AnswerStep[] {
  return steps.filter(isAnswer).filter(({ fact }) => fact === 'logisticUnit');
}

/** The unit that the goods at work stand on, as far as one was named. */
function unitOf({ answers = {} }: Work, steps: readonly Step[]): string | undefined {
  const given = unitSteps(steps).find(({ id }) => Object.hasOwn(answers, id));
  return given === undefined ? undefined : String(answers[given.id]);
}

/** The unit of a line that is booked, for its like to be known again. */
export function standsOn(work: Work, steps: readonly Step[]): Pick<Booked, 'logisticUnit'> {
  const logisticUnit = unitOf(work, steps);
  return logisticUnit === undefined ? {} : { logisticUnit };
}

/** The number on a label answers the question that is asked, else the first that is open. */
export const takeUnit: Taking = (d, work, { logisticUnit }, { rules, step }) => {
  const steps = unitSteps(rules.steps).filter(({ by }) => by !== 'type');
  if (logisticUnit === undefined || steps.length === 0) return work;
  const open = steps.filter(({ id }) => !answered({ ...d, work }, id));
  const asked = open.find(({ id }) => id === step) ?? open[0];
  if (asked !== undefined) return withAnswer(work, asked.id, logisticUnit);
  const known = unitOf(work, rules.steps);
  if (known === undefined || known === logisticUnit) return work;
  return fault('step.conflict', { fact: 'logisticUnit', known, read: logisticUnit });
};

/** The same goods: of an order the same line. A batch that is not known yet may be another one. */
function sameGoods({ line, itemCode, batch }: Booked, work: Work): boolean {
  const same = line === (work.line ?? '') && itemCode === work.item?.code;
  return same && batch === work.batch;
}

/**
 * Why the unit of this work can't be: the same goods were booked with it in this session. What is
 * carried may be carried on. Goods that are not known yet are no fault yet.
 */
export function unitTwice(d: Dialogue, work: Work, rules: Rules): Fault | undefined {
  if (ACTIONS[rules.action].unitsAgain === true || work.among?.open === true) return undefined;
  const unit = unitOf(work, rules.steps);
  if (unit === undefined) return undefined;
  const before = d.booked.find((booked) => booked.logisticUnit === unit && sameGoods(booked, work));
  if (before === undefined) return undefined;
  return fault('step.unit-twice', { unit, item: before.itemCode });
}
