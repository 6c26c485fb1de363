// Who lives here: what must hold of the order of steps, before any proof runs: names are unique and
// known, no fact is asked twice, and no condition asks for what nobody can know by then.

import { LIMITS } from '../domain/index.ts';
import { ACTIONS, CANCELLED, CLOSE, DONE, PROBLEM, REVERSE, UNDO } from './runtime/index.ts';
import { exclusive } from './arms.ts';
import type { Arm } from './arms.ts';
import { answerKind } from './answer-kind.ts';
import { diagnostic, didYouMean } from './diagnose.ts';
import { variablesOf } from './fold.ts';
import { printConditions } from './printing.ts';
import type { PrintStep } from './printing.ts';
import type { Path, Source } from './source.ts';
import type { Action, AskedFact, Diagnostic, Step } from './types.ts';

export { variablesOf };

/** Facts that may be known before the item is: the place does not depend on the goods. */
const RESERVED = new Set([CLOSE, UNDO, REVERSE, DONE, CANCELLED, PROBLEM]);
const BEFORE_ITEM = new Set<AskedFact>(['document', 'item', 'location', 'to', 'show']);

interface Walk {
  readonly steps: readonly Step[];
  readonly places: readonly Path[];
  /** The arms of ifs that each step stands in. */
  readonly arms: readonly (readonly Arm[])[];
  readonly source: Source;
  readonly found: Diagnostic[];
}

function say(walk: Walk, index: number, code: string, message: string, hint?: string): void {
  const path = walk.places[index] ?? [];
  walk.found.push(diagnostic(walk.source.at(path), code, message, hint));
}

function names(walk: Walk): void {
  const seen = new Set<string>();
  const asked = (fact: AskedFact, index: number): boolean =>
    walk.steps.some(
      (step, other) =>
        other < index &&
        step.kind === 'ask' &&
        step.fact === fact &&
        !exclusive(walk.arms[other] ?? [], walk.arms[index] ?? []),
    );
  walk.steps.forEach((step, index) => {
    if (RESERVED.has(step.id)) {
      say(walk, index, 'reserved-name', `“${step.id}” is a name of the product's own.`);
    }
    if (
      step.kind === 'ask' &&
      answerKind(step.fact) === undefined &&
      step.fact !== 'show' &&
      step.fact !== 'call' &&
      step.fact !== 'approval' &&
      asked(step.fact, index)
    ) {
      const message = `The ${step.fact} is asked twice; the second question would never be put.`;
      say(walk, index, 'asked-twice', message, 'Remove one of the two steps.');
    } else if (seen.has(step.id) && step.kind === 'ask' && step.id === step.fact) {
      const a = step.fact === 'approval' ? 'an' : 'a';
      const message = `Several questions ask for ${a} ${step.fact}: each needs a name for its answer.`;
      say(walk, index, 'no-id', message, `Add id: … to this step.`);
    } else if (seen.has(step.id)) {
      const called = step.kind === 'ask' && step.call !== undefined;
      const hint = called ? 'Add id: … to this step.' : undefined;
      say(walk, index, 'duplicate-step', `Another step is called “${step.id}” already.`, hint);
    }
    seen.add(step.id);
  });
}

/** What only the item can decide can't be asked, or be a condition, before the item is known. */
function beforeItem(
  walk: Walk,
  step: Extract<Step, { kind: 'ask' }>,
  index: number,
  item: number,
): void {
  if (index >= item) return;
  const hint = 'Move this step behind ask: item.';
  const late = step.when && variablesOf(step.when).find((name) => /^(item|line)\./.test(name));
  if (late !== undefined) {
    const message = `“${late}” is not known here: the item is asked only later.`;
    say(walk, index, 'not-known-yet', message, hint);
  } else if (!BEFORE_ITEM.has(step.fact)) {
    const what = step.call === undefined ? `The ${step.fact} is asked` : `“${step.call}” is called`;
    const message = `${what} before anybody knows the item.`;
    say(walk, index, 'before-item', message, hint);
  }
}

/** A label of the place may be asked for before the goods are known, but not for what they are. */
function printBeforeItem(walk: Walk, step: PrintStep, index: number, item: number): void {
  if (index >= item) return;
  for (const condition of Object.values(printConditions(step))) {
    const late = variablesOf(condition).find((name) => /^(item|line)\./.test(name));
    if (late === undefined) continue;
    const message = `“${late}” is not known here: the item is asked only later.`;
    say(walk, index, 'not-known-yet', message, 'Move this step behind ask: item.');
  }
}

function order(walk: Walk, action: Action): void {
  const { steps } = walk;
  const first = steps[0];
  const { order: onOrder, command } = ACTIONS[action];
  if (onOrder !== undefined && (first?.kind !== 'ask' || first.fact !== 'document')) {
    say(walk, 0, 'first-step', 'The first step must be ask: document.', '- ask: document');
  }
  const item = steps.findIndex((step) => step.kind === 'ask' && step.fact === 'item');
  const confirm = steps.findIndex((step) => step.kind === 'confirm');
  const end = steps.findIndex((step) => step.kind === 'repeat');
  if (item === -1) {
    const last = steps.length - 1;
    say(walk, last, 'no-item', 'No step asks for the item.', 'Add - ask: item before confirm.');
  }
  steps.forEach((step, index) => {
    if (step.kind === 'print') {
      printBeforeItem(walk, step, index, item);
      return;
    }
    if (step.kind !== 'ask') return;
    beforeItem(walk, step, index, item);
    if (confirm !== -1 && index > confirm && (end === -1 || index < end)) {
      const message = `The line is booked already: nothing can be asked about it after confirm.`;
      say(walk, index, 'after-confirm', message, 'Move this step above confirm.');
    }
  });
  if (command === undefined) return;
  if (confirm === -1) {
    say(walk, steps.length - 1, 'no-confirm', 'No step confirms the line.', '- confirm: line');
  }
  if (end === -1) {
    say(
      walk,
      steps.length - 1,
      'no-repeat',
      'The last step must go on with the next line.',
      '- repeat: item',
    );
  }
}

/** What a line takes with it to the hub. */
const CARRIED: readonly { of: (fact: AskedFact) => boolean; most: number; what: string }[] = [
  { of: (fact) => answerKind(fact) !== undefined, most: LIMITS.answersPerLine, what: 'answers' },
  { of: (fact) => fact === 'approval', most: LIMITS.approvalsPerLine, what: 'approvals' },
];

/** It is bounded (I-17): one more, and no line would be accepted. */
function answers(walk: Walk): void {
  for (const { of, most, what } of CARRIED) {
    const asked = walk.steps.flatMap((step, index) =>
      step.kind === 'ask' && of(step.fact) ? [index] : [],
    );
    const first = asked[most];
    if (first === undefined) continue;
    const message = `A line takes ${most} ${what} with it; these are ${asked.length}.`;
    say(walk, first, 'too-many-answers', message, 'Ask for less, or in another workflow.');
  }
}

/** `ids`: of all steps of the file, also those with faults of their own. */
function jumps(walk: Walk, ids: readonly string[]): void {
  const end = walk.steps.findIndex((step) => step.kind === 'repeat');
  const item = walk.steps.findIndex((step) => step.kind === 'ask' && step.fact === 'item');
  walk.steps.forEach((step, index) => {
    if (step.kind === 'repeat') jump(walk, step, index, ids, item);
    if (end !== -1 && index > end) {
      const message = `No way leads to this step: “repeat” above always goes back.`;
      say(walk, index, 'unreachable', message, 'Move it above repeat, or remove it.');
    }
  });
}

function jump(
  walk: Walk,
  step: Extract<Step, { kind: 'repeat' }>,
  index: number,
  ids: readonly string[],
  item: number,
): void {
  const at = walk.source.at([...(walk.places[index] ?? []), 'repeat']);
  if (!ids.includes(step.from)) {
    const message = `There is no step called “${step.from}”.`;
    walk.found.push(diagnostic(at, 'unknown-name', message, didYouMean(step.from, ids)));
    return;
  }
  const target = walk.steps.findIndex((each) => each.id === step.from);
  const asked = walk.steps[item];
  if (asked === undefined || target <= item) return;
  const message = `The next line begins with its item; “${step.from}” comes after it.`;
  walk.found.push(diagnostic(at, 'repeat-too-late', message, `- repeat: ${asked.id}`));
}

/**
 * Faults in the order and naming of the steps. `ids` are those of all steps in the file; when some
 * steps could not be read (`whole` is false), only names are checked: their order is not known.
 * Which steps there must be depends on the kind of work: `action`, as far as it could be read.
 */
export function checkStructure(
  steps: readonly Step[],
  places: readonly Path[],
  source: Source,
  ids: readonly string[],
  whole: boolean,
  action: Action = 'goodsReceipt',
  arms: readonly (readonly Arm[])[] = [],
): Diagnostic[] {
  const walk: Walk = { steps, places, arms, source, found: [] };
  names(walk);
  answers(walk);
  if (whole) order(walk, action);
  jumps(walk, ids);
  return walk.found;
}
