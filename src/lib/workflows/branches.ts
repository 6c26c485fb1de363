// Who lives here: what becomes of a step that stands in the arms of an `if`: their conditions are
// joined with its own, so that the runtime needs to know no branches. And what becomes of all
// steps when the settings are put in.

import { conditionIn, exclusive } from './arms.ts';
import type { Arm } from './arms.ts';
import { answerKind } from './answer-kind.ts';
import { constantly } from './constant.ts';
import { diagnostic } from './diagnose.ts';
import { asQuestion, both } from './fold.ts';
import type { Reading } from './reading.ts';
import { withPrintConditions } from './printing.ts';
import { withSettings } from './settings.ts';
import type { Settings } from './settings.ts';
import type { Path } from './source.ts';
import type { AskedFact, Condition, Step } from './types.ts';

/** A step of a workflow, with all that led to it. */
export interface Read {
  readonly step: Step;
  readonly path: Path;
  readonly arms: readonly Arm[];
}
type AskStep = Extract<Step, { kind: 'ask' }>;

/** Why a step can't be left to a condition; undefined for those that can. */
function notInBranch(step: Step): string | undefined {
  if (step.kind === 'confirm') return "Every line is confirmed; confirm can't stand inside an if.";
  if (step.kind === 'repeat')
    return "Every line goes on with the next; repeat can't stand inside an if.";
  if (step.kind === 'end' || step.kind === 'print') return undefined;
  const always = step.fact === 'document' || step.fact === 'item';
  return always ? `The ${step.fact} is always needed; it can't stand inside an if.` : undefined;
}

/** The step with the conditions of its arms joined to its own; faults are told. */
export function underArms({ step, path, arms }: Read, reading: Reading): Step {
  const { source, found } = reading;
  const why = arms.length === 0 ? undefined : notInBranch(step);
  if (why !== undefined) {
    const hint = 'Move it out of the if.';
    found.push(diagnostic(source.at(path), 'not-in-branch', why, hint));
  }
  const outer = conditionIn(arms);
  if (step.kind === 'end') return outer === undefined ? step : { ...step, when: outer };
  if ((step.kind !== 'ask' && step.kind !== 'print') || why !== undefined) return step;
  const { when } = step;
  const joined = outer === undefined || when === undefined ? (when ?? outer) : both(outer, when);
  if (when !== undefined) idle(when, outer, path, reading);
  return joined === undefined ? step : { ...step, when: joined };
}

/** A `when` that is no question, or no question any more inside the ifs around it. */
function idle(
  when: Condition,
  outer: Condition | undefined,
  path: Path,
  { source, found }: Reading,
): void {
  const at = source.at([...path, 'when']);
  const alone = constantly(when);
  if (alone === true) {
    const message = 'This condition always holds: it changes nothing.';
    const told = diagnostic(at, 'always-true', message, 'Correct it, or leave when out.');
    found.push({ ...told, severity: 'warning' });
  } else if (
    alone === undefined &&
    outer !== undefined &&
    constantly(both(outer, when)) === false
  ) {
    const message = 'Inside the if around it this condition never holds: the step is never asked.';
    found.push(
      diagnostic(at, 'always-false', message, 'Correct it, or move the step out of the if.'),
    );
  }
}

/** Whether a step above is called the same. */
function before(steps: readonly Read[], index: number): boolean {
  return steps.slice(0, index).some(({ step }) => step.id === steps[index]?.step.id);
}

/** What a step is called that the file gives no name; nothing where it needs one of its own. */
function nameless(step: Step): string | undefined {
  if (step.kind === 'print') return step.kind;
  return step.kind !== 'ask' || answerKind(step.fact) !== undefined ? undefined : step.fact;
}

/** The same fact in two arms: the second question gets a name of its own, for the machine. */
function named(steps: readonly Read[]): Read[] {
  const taken = new Set(steps.map(({ step }) => step.id));
  return steps.map((read, index) => {
    const { step, arms } = read;
    const twin = steps
      .slice(0, index)
      .some((each) => each.step.id === step.id && exclusive(each.arms, arms));
    // Texts have no name that anybody asks for; of answers each has its own.
    const name = nameless(step);
    const other = name === 'show' || name === 'print' ? before(steps, index) : twin;
    if (name === undefined || step.id !== name || !other) return read;
    let number = 2;
    while (taken.has(`${name}-${number}`)) number += 1;
    const id = `${name}-${number}`;
    taken.add(id);
    return { ...read, step: { ...step, id } };
  });
}

/** What two questions for one fact must have in common: it holds for the line, not for the step. */
const OF_THE_LINE = [
  ...(['tolerance', 'each', 'max', 'suggest', 'confirm', 'only'] as const),
  ...(['again', 'count', 'check', 'zeroCheck', 'recount'] as const),
] as const;

function differing(twins: readonly (Read & { step: AskStep })[], reading: Reading): void {
  const [first, ...rest] = twins;
  if (first === undefined) return;
  for (const { step, path, arms } of rest) {
    // Two that may both be put are told as such.
    if (!exclusive(first.arms, arms)) continue;
    const option = OF_THE_LINE.find(
      (each) => JSON.stringify(step[each]) !== JSON.stringify(first.step[each]),
    );
    if (option === undefined) continue;
    const { line } = reading.source.at(first.path);
    const message = `The ${step.fact} has another “${option}” at line ${line}; it holds for the whole line of goods.`;
    const hint = `Write the same ${option} at both.`;
    reading.found.push(diagnostic(reading.source.at(path), 'differs', message, hint));
  }
}

/** Several questions for one quantity: the runtime proposes what the arm that holds proposes. */
function oneDefault(twins: readonly AskStep[]): Condition | undefined {
  if (twins.every((step) => step.default === undefined)) return undefined;
  const nothing: Condition = { op: 'literal', value: 0 };
  return twins.reduceRight<Condition>((otherwise, step) => {
    const own = step.default ?? nothing;
    if (step.when === undefined) return own;
    return { op: 'if', test: step.when, then: own, else: otherwise };
  }, nothing);
}

/** Each of them is a question of its own. */
const PLAIN: ReadonlySet<AskedFact> = new Set(['show', 'call', 'approval']);

function joined(steps: readonly Read[], reading: Reading): Read[] {
  const asks = steps.flatMap((read) =>
    read.step.kind === 'ask' ? [{ ...read, step: read.step }] : [],
  );
  for (const fact of new Set(asks.map(({ step }) => step.fact))) {
    if (answerKind(fact) !== undefined || PLAIN.has(fact)) continue;
    differing(
      asks.filter(({ step }) => step.fact === fact),
      reading,
    );
  }
  const quantities = asks.flatMap(({ step }) => (step.fact === 'quantity' ? [step] : []));
  if (quantities.length < 2) return [...steps];
  const proposed = oneDefault(quantities);
  return steps.map((read) => {
    const { step } = read;
    if (step.kind !== 'ask' || step.fact !== 'quantity' || proposed === undefined) return read;
    return { ...read, step: { ...step, default: proposed } };
  });
}

/** The step with the values of settings in its conditions; nothing when they switch it off. */
function settled(step: Step, settings: Settings): Step | undefined {
  if (settings.size === 0) return step;
  if (step.kind === 'end') {
    const when = asQuestion(withSettings(step.when, settings));
    return when.op === 'literal' && when.value !== true ? undefined : { ...step, when };
  }
  if (step.kind === 'print') {
    const put = withPrintConditions(step, (of) => asQuestion(withSettings(of, settings)));
    const { when: only, ...always } = put;
    if (only?.op !== 'literal') return put;
    return only.value === true ? always : undefined;
  }
  if (step.kind !== 'ask') return step;
  const { when, default: proposed, max, ...rest } = step;
  const asked = when && asQuestion(withSettings(when, settings));
  if (asked?.op === 'literal' && asked.value !== true) return undefined;
  return {
    ...rest,
    ...(asked === undefined || asked.op === 'literal' ? {} : { when: asked }),
    ...(proposed === undefined ? {} : { default: withSettings(proposed, settings) }),
    ...(max === undefined ? {} : { max: withSettings(max, settings) }),
  };
}

/** All steps of one workflow, named and with the settings put in; `off` are those they switch off. */
export function settle(
  steps: readonly Read[],
  reading: Reading,
): { left: Read[]; off: readonly string[] } {
  const { source, shared, found } = reading;
  const all = joined(named(steps), reading);
  const left = all.flatMap((read) => {
    const step = settled(read.step, shared.settings);
    return step === undefined ? [] : [{ ...read, step }];
  });
  const known = new Set(left.map(({ step }) => step.id));
  for (const { step, path } of left) {
    if (step.kind !== 'repeat' || known.has(step.from)) continue;
    if (!all.some((each) => each.step.id === step.from)) continue;
    const message = `The settings switch the step “${step.from}” off: the next line can't begin there.`;
    const hint = 'Repeat from a step that is always there: - repeat: item';
    found.push(diagnostic(source.at([...path, 'repeat']), 'switched-off', message, hint));
  }
  const off = all.flatMap(({ step }) => (known.has(step.id) ? [] : [step.id]));
  return { left, off };
}
