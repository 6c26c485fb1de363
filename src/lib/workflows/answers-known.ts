// Who lives here: what must hold between questions and those who ask for their answers: nobody asks
// for an answer before its question was put, no condition compares with a choice that nobody has,
// no text names a fact that is not there. And where `show` and `end` may stand.

import type { Arm } from './arms.ts';
import { exclusive } from './arms.ts';
import { diagnostic, didYouMean } from './diagnose.ts';
import { partsOf, variablesOf } from './fold.ts';
import { HOLE, VARIABLES } from './runtime/index.ts';
import { printConditions } from './printing.ts';
import type { Path, Source } from './source.ts';
import type { Condition, Diagnostic, Step } from './types.ts';

interface Reading {
  readonly steps: readonly Step[];
  readonly places: readonly Path[];
  readonly arms: readonly (readonly Arm[])[];
  readonly source: Source;
}

/** A condition of the file with where it stands and from which step on it is asked. */
interface Asked {
  readonly condition: Condition;
  readonly path: Path;
  readonly index: number;
}

const pathOf = (key: string): Path =>
  key.split('/').map((part) => (/^\d+$/.test(part) ? Number(part) : part));

function ownConditions(step: Extract<Step, { kind: 'ask' | 'print' }>) {
  if (step.kind === 'print') return printConditions(step);
  const { when, default: proposed, max } = step;
  return { when, default: proposed, max };
}

/** Every condition once: that of an `if` where it is written, at the first step inside. */
function conditionsOf({ steps, places, arms }: Reading): Asked[] {
  const seen = new Set<string>();
  return steps.flatMap((step, index): Asked[] => {
    const here = arms[index] ?? [];
    const outer = here.flatMap(({ key, option, test }): Asked[] => {
      if (test === undefined || seen.has(key)) return [];
      seen.add(key);
      return [{ condition: test, path: [...pathOf(key), option], index }];
    });
    if (step.kind !== 'ask' && step.kind !== 'print') return outer;
    const around = new Set(
      here.flatMap(({ test }) => (test === undefined ? [] : variablesOf(test))),
    );
    const path = places[index] ?? [];
    const own = Object.entries(ownConditions(step)).flatMap(([option, condition]): Asked[] => {
      if (condition === undefined) return [];
      const named = variablesOf(condition).some((name) => !around.has(name));
      return named || here.length === 0 ? [{ condition, path: [...path, option], index }] : [];
    });
    return [...outer, ...own];
  });
}

const answerNames = (names: readonly string[]): string[] =>
  names.flatMap((name) => (name.startsWith('answers.') ? [name.slice('answers.'.length)] : []));

/** Whether what a name stands for can be known when the step at `index` is reached. */
function late(name: string, index: number, { steps, arms }: Reading): string | undefined {
  const before = (fits: (step: Step) => boolean): boolean =>
    steps.some(
      (step, other) =>
        other < index && fits(step) && !exclusive(arms[other] ?? [], arms[index] ?? []),
    );
  const [id] = answerNames([name]);
  if (id !== undefined) {
    return before((step) => step.id === id)
      ? undefined
      : `“${name}” is not known here: its question is put only later, or not on this way.`;
  }
  if (name !== 'line.over') return undefined;
  const asks = (fact: string) => (step: Step) => step.kind === 'ask' && step.fact === fact;
  const counted = before(asks(steps.some(asks('quantity')) ? 'quantity' : 'serial'));
  return counted ? undefined : `“${name}” is not known here: the quantity is asked only later.`;
}

/** Pairs of an answer's name and a text that it is compared with. */
function compared(condition: Condition): readonly (readonly [string, string])[] {
  const inner = partsOf(condition).flatMap(compared);
  const pair = (one: Condition, other: Condition): readonly (readonly [string, string])[] =>
    one.op === 'get' && one.path[0] === 'answers' && other.op === 'literal'
      ? typeof other.value === 'string'
        ? [[one.path[1], other.value]]
        : []
      : [];
  if (condition.op === '==' || condition.op === '!=') {
    const { left, right } = condition;
    return [...inner, ...pair(left, right), ...pair(right, left)];
  }
  if (condition.op !== 'in') return inner;
  return [...inner, ...condition.list.flatMap((each) => pair(condition.value, each))];
}

function conditionFaults({ condition, path, index }: Asked, reading: Reading): Diagnostic[] {
  const { steps, source } = reading;
  const at = source.at(path);
  const unknown = [...new Set(variablesOf(condition))].flatMap((name) => {
    const message = late(name, index, reading);
    const hint = 'Move the question above this step.';
    return message === undefined ? [] : [diagnostic(at, 'not-known-yet', message, hint)];
  });
  const strange = compared(condition).flatMap(([id, value]) => {
    const asked = steps.find((step) => step.id === id);
    const values = asked?.kind === 'ask' ? asked.of?.map((each) => each.value) : undefined;
    if (values === undefined || values.includes(value)) return [];
    const message = `“${value}” is no choice of “${id}”: the condition would never hold.`;
    return [diagnostic(at, 'unknown-name', message, didYouMean(value, values))];
  });
  return [...unknown, ...strange];
}

/** Texts may name what is a text or a number. */
const NAMED: readonly string[] = Object.entries(VARIABLES).flatMap(([group, fields]) =>
  Object.entries(fields).flatMap(([field, type]) => (type === 'bool' ? [] : [`${group}.${field}`])),
);

function holeFaults(index: number, item: number, reading: Reading): Diagnostic[] {
  const { steps, places, source } = reading;
  const step = steps[index];
  if (step?.kind !== 'ask' || step.fact !== 'show' || step.prompt === undefined) return [];
  const answers = steps.flatMap((each) => (each.kind === 'ask' ? [`answers.${each.id}`] : []));
  return Object.entries(step.prompt).flatMap(([language, text]) =>
    [...text.matchAll(HOLE)].flatMap(([, group = '', field = '']) => {
      const name = `${group}.${field}`;
      const at = source.at([...(places[index] ?? []), 'show', language]);
      if (!NAMED.includes(name) && !answers.includes(name)) {
        const message = `Nothing that a text can show is called “${name}”.`;
        return [diagnostic(at, 'unknown-name', message, didYouMean(name, NAMED))];
      }
      const early = index < item && /^(item|line)\./.test(name);
      const message = early
        ? `“${name}” is not known here: the item is asked only later.`
        : late(name, index, reading);
      return message === undefined ? [] : [diagnostic(at, 'not-known-yet', message)];
    }),
  );
}

function boundFaults(index: number, { steps, places, source }: Reading): Diagnostic[] {
  const step = steps[index];
  if (step?.kind !== 'ask' || step.min === undefined) return [];
  const { min, max } = step;
  if (max?.op !== 'literal' || typeof max.value !== 'number' || max.value >= min) return [];
  const at = source.at([...(places[index] ?? []), 'min']);
  const message = `“min” (${min}) is above “max” (${max.value}): nothing can be answered.`;
  return [diagnostic(at, 'min-above-max', message, 'Change one of the two.')];
}

/** `end` closes the work: only where no line is in progress, and only on some way. */
function endFaults(index: number, { steps, places, arms, source }: Reading): Diagnostic[] {
  if (steps[index]?.kind !== 'end') return [];
  const at = source.at(places[index] ?? []);
  if ((arms[index] ?? []).length === 0) {
    const message = 'Without a condition the work would end after its first line.';
    return [diagnostic(at, 'not-in-if', message, 'Put it into the “then” of an if.')];
  }
  const confirm = steps.findIndex((step) => step.kind === 'confirm');
  if (confirm !== -1 && confirm < index) return [];
  const message = 'The line at work would be lost: it is not booked yet.';
  return [diagnostic(at, 'end-too-early', message, 'Move the if with its end behind confirm.')];
}

function showFaults(index: number, item: number, { steps, places, source }: Reading): Diagnostic[] {
  const step = steps[index];
  if (step?.kind !== 'ask' || step.fact !== 'show') return [];
  if (index > item || step.once !== undefined) return [];
  const message =
    'Before the item no line has begun: the text would be shown at the first one only.';
  const hint = 'Add once: document, or move it behind ask: item.';
  return [diagnostic(source.at(places[index] ?? []), 'before-item', message, hint)];
}

/** Faults between the questions of one workflow and those who ask for their answers. */
export function checkAnswers(reading: Reading): Diagnostic[] {
  const item = reading.steps.findIndex((step) => step.kind === 'ask' && step.fact === 'item');
  return [
    ...conditionsOf(reading).flatMap((asked) => conditionFaults(asked, reading)),
    ...reading.steps.flatMap((_step, index) => [
      ...holeFaults(index, item, reading),
      ...boundFaults(index, reading),
      ...endFaults(index, reading),
      ...showFaults(index, item, reading),
    ]),
  ];
}
