// Who lives here: a yes of somebody with a role, given by one scan of their badge. It is a fact of the
// line like an answer: BACK takes it back, CANCEL drops it with the line, and the command carries it.
// A yes to what goes over an order is one to so many: when more would go over, it is asked anew.

import { fault, minus, plus } from '../../domain/index.ts';
import type { GoodsLine, LineApproval } from '../../domain/index.ts';
import type { DialogueEvent, KnownFact, Role, Step } from '../types.ts';
import { lineAnswers } from './answers.ts';
import { currentLine, saying, settled, working, workQuantity } from './dialogue.ts';
import type { Dialogue, Work } from './dialogue.ts';
import { holds } from './evaluate.ts';
import { askedAt, mostOf } from './fits.ts';
import type { AskStep, At, Rules } from './fits.ts';
import { offBooks } from './recount.ts';

type Badge = Extract<DialogueEvent, { type: 'badge' }>;
type ApprovalStep = AskStep & { readonly role: Role };

function isApproval(step: Step | undefined): step is ApprovalStep {
  return step?.kind === 'ask' && step.fact === 'approval' && step.role !== undefined;
}

/** Stock units that the line at work would go over what was ordered. */
export function overOrder(d: Dialogue): number {
  const line = currentLine(d);
  if (line === undefined) return 0;
  const done = plus(line.done, line.pending);
  return Math.max(0, minus(plus(done, workQuantity(d.work)), line.ordered));
}

/** Whether the line at work is more than may come without anybody's yes. */
function beyond(d: Dialogue, rules: Rules): boolean {
  return currentLine(d) !== undefined && workQuantity(d.work) > mostOf(rules, currentLine(d));
}

/** Whether the line as it stands is one that this yes is for; else why not is its own condition. */
function concerns(step: ApprovalStep, d: Dialogue, rules: Rules): boolean | undefined {
  if (step.over === true) return beyond(d, rules);
  if (step.instead === true) return currentLine(d)?.planned !== undefined;
  return step.off === undefined ? undefined : offBooks(d, rules, step.off);
}

/** Whether this step has its yes, or needs none for the line as it stands. */
export function approved(d: Dialogue, rules: Rules, id: string): boolean {
  const step = rules.steps.find((each) => each.id === id);
  const given = d.work.approvals?.[id];
  if (!isApproval(step)) return given !== undefined;
  if (concerns(step, d, rules) === false) return true;
  if (step.over !== true) return given !== undefined;
  return given?.over !== undefined && given.over >= overOrder(d);
}

/** Whether what is out of the ordinary by itself has the yes that it needs. */
export function allApproved(d: Dialogue, rules: Rules): boolean {
  return rules.steps.every(
    (step) => !isApproval(step) || concerns(step, d, rules) !== true || approved(d, rules, step.id),
  );
}

/** A badge was scanned: it answers the question for one, if it is of somebody with that role. */
export function takeBadge(before: Dialogue, { who, roles }: Badge, at: At): Dialogue {
  const d = settled(before);
  const step = askedAt(at);
  if (!isApproval(step)) return saying(d, fault('step.not-here', { asks: at.asks }));
  const { name: role } = step.role;
  if (!roles.includes(role)) return saying(d, fault('step.not-approved', { role }));
  const given = { role, by: who, ...(step.over === true ? { over: overOrder(d) } : {}) };
  return working(d, { ...d.work, approvals: { ...d.work.approvals, [step.id]: given } });
}

/** Other goods than those that somebody said yes to. */
export function withoutYes({ approvals: _a, ...work }: Work): Work {
  return work;
}

/** The approvals that count for the line as it stands. */
function standing(d: Dialogue, rules: Rules): readonly [ApprovalStep, LineApproval][] {
  return rules.steps.filter(isApproval).flatMap((step): [ApprovalStep, LineApproval][] => {
    const given = d.work.approvals?.[step.id];
    const asked = concerns(step, d, rules) ?? holds(step.when, d);
    return given === undefined || !asked ? [] : [[step, { step: step.id, ...given }]];
  });
}

/** The line with what was answered and who said yes, in the order of the steps. */
export function toldWith(line: GoodsLine, d: Dialogue, rules: Rules): GoodsLine {
  const answers = lineAnswers(d, rules.steps);
  const approvals = standing(d, rules).map(([, approval]) => approval);
  return {
    ...line,
    ...(answers.length === 0 ? {} : { answers }),
    ...(approvals.length === 0 ? {} : { approvals }),
  };
}

/** As they stand beside the line at work: by the role, for the dialogue knows no names. */
export function shownApprovals(d: Dialogue, rules: Rules): KnownFact[] {
  return standing(d, rules).map(([{ role }]) => ({
    ...{ fact: 'approval' as const, text: role.name, said: { label: role.label } },
  }));
}
