// Who lives here: steps that ask for a label or a packing list: what they are in the steps, and
// what a schema can't say of them. That what is printed is known on every way is proven (check.ts).

import type { Printed } from '../domain/index.ts';
import { ACTIONS } from './runtime/index.ts';
import type { Finding } from './findings.ts';
import { diagnostic } from './diagnose.ts';
import { variablesOf } from './fold.ts';
import { conditionOf } from './reading.ts';
import type { Reading } from './reading.ts';
import type { RawPrint } from './schema-prints.ts';
import type { Path, Source } from './source.ts';
import type { Action, AskedFact, Condition, Diagnostic, Step } from './types.ts';
import type { AtRest } from './runtime/at-rest.ts';

export type PrintStep = Extract<Step, { kind: 'print' }>;

/** What people call it. */
const CALLED: Readonly<Record<Printed, string>> = {
  item: 'item',
  batch: 'batch',
  serial: 'serial number',
  location: 'location',
  logisticUnit: 'logistic unit',
  packingList: 'packing list',
};

/** What holds where a label of it makes sense. */
const ONLY_WHEN: Partial<Readonly<Record<Printed, string>>> = {
  batch: 'when: item.tracking == "batch"',
  serial: 'when: item.tracking == "serial"',
  location: 'when: warehouse.usesLocations',
};

function copiesOf({ copies }: RawPrint, path: Path, reading: Reading): PrintStep['copies'] {
  if (copies === undefined || copies === 'quantity') return copies;
  if (typeof copies === 'number') return { op: 'literal', value: copies };
  return conditionOf(copies, 'double', [...path, 'copies'], reading);
}

export function printStep(raw: RawPrint, path: Path, reading: Reading): Step {
  const when =
    raw.when === undefined ? undefined : conditionOf(raw.when, 'bool', [...path, 'when'], reading);
  const copies = copiesOf(raw, path, reading);
  return {
    kind: 'print',
    id: raw.id ?? 'print',
    prints: raw.print,
    ...(when === undefined ? {} : { when }),
    ...(copies === undefined ? {} : { copies }),
  };
}

/** The conditions of such a step, by the option they stand at. */
export function printConditions({ when, copies }: PrintStep) {
  return {
    ...(when === undefined ? {} : { when }),
    ...(copies === undefined || copies === 'quantity' ? {} : { copies }),
  };
}

/** Its conditions with something put into them. */
export function withPrintConditions(
  step: PrintStep,
  put: (condition: Condition) => Condition,
): PrintStep {
  const { when: _w, copies: _c, ...rest } = step;
  const { when, copies } = printConditions(step);
  return {
    ...rest,
    ...(when === undefined ? {} : { when: put(when) }),
    ...(step.copies === 'quantity' ? { copies: step.copies } : {}),
    ...(copies === undefined ? {} : { copies: put(copies) }),
  };
}

interface Where {
  readonly action: Action;
  readonly steps: readonly Step[];
  readonly source: Source;
}

const indexOf = (steps: readonly Step[], fact: AskedFact): number =>
  steps.findIndex((step) => step.kind === 'ask' && step.fact === fact);

/** A packing list is asked for when the order is finished: no line is at work by then. */
function listFaults(step: PrintStep, at: Path, { action, steps, source }: Where): Diagnostic[] {
  if (ACTIONS[action].packingList !== true) {
    const packed = Object.entries(ACTIONS).flatMap(([name, row]) =>
      row.packingList ? [name] : [],
    );
    const message = `Nothing is packed in ${action}; ${packed.join(', ')} have packing lists.`;
    return [diagnostic(source.at(at), 'no-use', message, 'Remove this step.')];
  }
  const confirm = steps.findIndex(({ kind }) => kind === 'confirm');
  if (steps.indexOf(step) < confirm) {
    const message = 'The packing list is asked for when the order is finished, not line by line.';
    const hint = 'Move this step behind confirm.';
    return [diagnostic(source.at(at), 'print-too-early', message, hint)];
  }
  if (step.copies === 'quantity') {
    const message = 'A packing list has no quantity.';
    return [diagnostic(source.at([...at, 'copies']), 'invalid-value', message, 'copies: 2')];
  }
  return Object.entries(printConditions(step)).flatMap(([option, condition]) => {
    const name = variablesOf(condition).find((each) => /^(item|line|answers)\./.test(each));
    if (name === undefined) return [];
    const message = `“${name}” is not known when the order is finished: no line is at work then.`;
    return [diagnostic(source.at([...at, option]), 'not-known-yet', message)];
  });
}

function labelFaults(step: PrintStep, at: Path, { steps, source }: Where): Diagnostic[] {
  const { prints } = step;
  if (prints === 'packingList') return [];
  const called = CALLED[prints];
  const asked = indexOf(steps, prints);
  if (asked === -1) {
    const message = `No ${called} can be known here: no step asks for it.`;
    const hint = `Add - ask: ${prints} above this step, or remove it.`;
    return [diagnostic(source.at(at), 'print-unknown', message, hint)];
  }
  if (asked > steps.indexOf(step)) {
    const message = `The ${called} is asked only later.`;
    const hint = `Move this step behind ask: ${prints}.`;
    return [diagnostic(source.at(at), 'not-known-yet', message, hint)];
  }
  if (prints === 'serial' && step.copies === 'quantity') {
    const message = 'Every serial number has a label of its own already.';
    const path = [...at, 'copies'];
    return [diagnostic(source.at(path), 'invalid-value', message, 'Remove copies.')];
  }
  const all = steps.some((each) => each.kind === 'ask' && each.everything === true);
  if (!all || prints === 'location' || prints === 'logisticUnit') return [];
  const message = 'ALL carries several goods at once: a label of one of them would be of no use.';
  const hint = 'Remove everything at ask: item, or this step.';
  return [diagnostic(source.at(at), 'no-use', message, hint)];
}

/** What is wrong with a step that prints, among the others of its work. */
export function printFaults(step: PrintStep, at: Path, where: Where): Diagnostic[] {
  return step.prints === 'packingList' ? listFaults(step, at, where) : labelFaults(step, at, where);
}

/** A label was asked for on a way on which what stands on it is not known. */
export function unprintable(
  steps: readonly Step[],
  { context }: AtRest,
  goods: string,
  path: readonly string[],
): Finding | undefined {
  const stepId = context.prints?.lacks;
  const step = steps.find((each) => each.id === stepId);
  if (stepId === undefined || step?.kind !== 'print') return undefined;
  const called = CALLED[step.prints];
  const message = `“${stepId}” wants a label of the ${called}, and of ${goods} no ${called} is known by then.`;
  const hint = ONLY_WHEN[step.prints];
  return { stepId, code: 'print-unknown', message, path, ...(hint === undefined ? {} : { hint }) };
}
