// Who lives here: the steps of one workflow, read one by one, so that a fault in one does not hide
// the faults of the others. Checks what a schema cannot: that options stand where they mean
// something, that conditions are well typed and ask only for what is known by then.

import type { Arm } from './arms.ts';
import { settle, underArms } from './branches.ts';
import type { Read } from './branches.ts';
import { answerOptions, answersIn, calledStep, maximum, shownStep, withOver } from './asking.ts';
import { diagnostic, didYouMean, fromIssue, valueAt } from './diagnose.ts';
import { place } from './placing.ts';
import { conditionOf, sharedOf, toleranceAt } from './reading.ts';
import type { Reading, Shared } from './reading.ts';
import { printStep } from './printing.ts';
import { farOffOf, recountOf, withFarOff } from './recounts.ts';
import type { Recounted } from './recounts.ts';
import { approverOf, withApproval, withSubstitute } from './roles.ts';
import type { Replaced } from './roles.ts';
import { STEP_SCHEMAS } from './schema.ts';
import type { RawAsk, StepVerb } from './schema.ts';
import type { Path, Source } from './source.ts';
import { ANSWER_KINDS } from './types.ts';
import type { AskedFact, Condition, Diagnostic, Step } from './types.ts';

/** Options that mean something for some facts only. */
export const ONLY_FOR: Readonly<Record<string, readonly AskedFact[]>> = {
  each: ['serial'],
  default: ['quantity'],
  tolerance: ['quantity'],
  suggest: ['location', 'to', 'batch'],
  of: ['choice', 'reason'],
  unit: ['number'],
  min: ['number', 'weight'],
  max: ['quantity', 'number', 'weight', 'text', 'photo'],
  decimals: ['number', 'weight'],
  skip: [...ANSWER_KINDS, 'item', 'location'],
  over: ['quantity'],
  role: ['approval'],
  recount: ['quantity'],
  substitute: ['item'],
  confirm: ['item', 'location', 'to', 'batch', 'tote'],
  only: ['item', 'location', 'to', 'batch'],
  again: ['quantity'],
  count: ['quantity'],
  zeroCheck: ['location'],
  everything: ['item'],
  places: ['to'],
  totes: ['tote'],
  check: ['location', 'to'],
};
const SUGGESTED = {
  'item.defaultLocation': 'default-location',
  'line.source': 'source',
} as const;

/** Beside `ask`, `confirm` is one of its options; only of a line is it a step. */
function isVerb(verb: string, raw: Record<string, unknown>): boolean {
  return verb in raw && !(verb === 'confirm' && 'ask' in raw && raw['confirm'] !== 'line');
}

function verbOf(raw: Record<string, unknown>, path: Path, reading: Reading): StepVerb | undefined {
  const verbs = Object.keys(STEP_SCHEMAS) as StepVerb[];
  const present = verbs.filter((verb) => isVerb(verb, raw));
  const [verb, second] = present;
  if (verb !== undefined && second === undefined) return verb;
  const first = Object.keys(raw)[0] ?? '';
  const message =
    verb === undefined
      ? `A step is one of ${verbs.join(', ')}; this one starts with “${first}”.`
      : `A step does one thing; this one has both “${verb}” and “${second}”.`;
  const at = reading.source.atKey([...path, first]);
  const lost = first === 'then' || first === 'else';
  const near = lost ? `“${first}” stands in the step of its if, without a dash.` : undefined;
  const hint = verb === undefined ? (near ?? didYouMean(first, verbs)) : 'Write them as two steps.';
  reading.found.push(diagnostic(at, 'unknown-step', message, hint));
  return undefined;
}

function defaultOf(raw: RawAsk, path: Path, reading: Reading): Condition | undefined {
  if (raw.default === undefined) return undefined;
  if (typeof raw.default === 'number') return { op: 'literal', value: raw.default };
  return conditionOf(raw.default, 'double', [...path, 'default'], reading);
}

function misplaced(raw: RawAsk, path: Path, reading: Reading): void {
  for (const [option, facts] of Object.entries(ONLY_FOR)) {
    if (valueAt(raw, [option]) === undefined || facts.includes(raw.ask)) continue;
    const at = reading.source.atKey([...path, option]);
    const message = `“${option}” means something only for ask: ${facts.join(', ')}.`;
    reading.found.push(diagnostic(at, 'option-not-here', message, `Remove ${option}.`));
  }
  if (raw.when !== undefined && (raw.ask === 'document' || raw.ask === 'item')) {
    const at = reading.source.atKey([...path, 'when']);
    const message = `The ${raw.ask} is always needed; it can't depend on a condition.`;
    reading.found.push(diagnostic(at, 'option-not-here', message, 'Remove when.'));
  }
}

function askStep(raw: RawAsk, path: Path, reading: Reading): Step {
  misplaced(raw, path, reading);
  const when =
    raw.when === undefined ? undefined : conditionOf(raw.when, 'bool', [...path, 'when'], reading);
  const value = defaultOf(raw, path, reading);
  const tolerance = toleranceAt(raw.tolerance, [...path, 'tolerance'], reading);
  const max = maximum(raw, path, reading);
  return {
    kind: 'ask',
    id: raw.id ?? raw.ask,
    fact: raw.ask,
    ...(when === undefined ? {} : { when }),
    ...(raw.each === undefined ? {} : { each: raw.each }),
    ...(value === undefined ? {} : { default: value }),
    ...(tolerance === undefined ? {} : { tolerance }),
    ...(raw.suggest === undefined ? {} : { suggest: SUGGESTED[raw.suggest] }),
    ...(raw.prompt === undefined ? {} : { prompt: raw.prompt }),
    ...(max === undefined ? {} : { max }),
    ...(raw.confirm === undefined ? {} : { confirm: raw.confirm }),
    // Whoever must say digits cannot touch: the place's own barcode is as good.
    ...(raw.check === undefined ? {} : { check: raw.check, confirm: 'scan' as const }),
    ...(raw.only === undefined ? {} : { only: raw.only }),
    // What is the same as nothing is written as nothing.
    ...(raw.again === undefined || raw.again === 'count' ? {} : { again: raw.again }),
    ...(raw.count === undefined || raw.count === 'any' ? {} : { count: raw.count }),
    ...(raw.zeroCheck === true ? { zeroCheck: true as const } : {}),
    ...(raw.places === undefined ? {} : { places: raw.places }),
    ...(raw.totes === undefined ? {} : { totes: raw.totes }),
    ...(raw.everything === true ? { everything: true as const } : {}),
    ...answerOptions(raw, path, reading),
    ...approverOf(raw, path, reading),
    ...(raw.substitute === undefined ? {} : { substitute: true as const }),
    ...recountOf(raw.recount, [...path, 'recount'], reading),
  };
}

/** `end` gets the condition of the `if` that it stands in; without one it is told. */
const NEVER: Condition = { op: 'literal', value: false };

/** How a step of this verb is written. */
const WRITTEN: Readonly<Record<string, string>> = {
  ask: 'Write - ask: item',
  confirm: 'Write - confirm: line',
  show: 'Write - show: and the text in every language',
  call: 'Write - call: and the id of a workflow',
  print: 'Write - print: item',
  end: 'Write - end: work',
  repeat: 'Write - repeat: item',
  uses: 'Write - uses: and the name of a fragment',
};

function readStep(raw: unknown, path: Path, reading: Reading): Step | undefined {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) {
    const at = reading.source.at(path);
    const hint = typeof raw === 'string' ? (WRITTEN[raw] ?? WRITTEN['ask']) : WRITTEN['ask'];
    reading.found.push(
      diagnostic(at, 'unknown-step', 'A step has a verb and what it acts on.', hint),
    );
    return undefined;
  }
  const record = raw as Record<string, unknown>;
  const verb = verbOf(record, path, reading);
  if (verb === undefined) return undefined;
  const schema = STEP_SCHEMAS[verb];
  const parsed = schema.safeParse(record);
  if (!parsed.success) {
    const known = Object.keys(schema.shape);
    for (const issue of parsed.error.issues) {
      reading.found.push(...fromIssue(issue, path, reading.source, known));
    }
    return undefined;
  }
  const { data } = parsed;
  if ('ask' in data) return askStep(data, path, reading);
  if ('show' in data) return shownStep(data, path, reading);
  if ('call' in data) return calledStep(data, path, reading);
  if ('print' in data) return printStep(data, path, reading);
  if ('end' in data) return { kind: 'end', id: data.id ?? 'end', when: NEVER };
  if ('confirm' in data) return { kind: 'confirm', id: data.id ?? 'confirm' };
  if ('repeat' in data) return { kind: 'repeat', id: 'repeat', from: data.repeat };
  // What uses a fragment or branches was put in place before.
  return undefined;
}

/**
 * What `repeat` may call a step: its id, else the fact it asks for. A step with an unknown verb
 * counts by what it meant: one slip of the pen is told once.
 */
export function nameOf(rawStep: unknown): string | undefined {
  if (typeof rawStep !== 'object' || rawStep === null) return undefined;
  const named = ['confirm', 'repeat', 'end', 'show', 'print'].some((verb) => verb in rawStep);
  const meant = named ? [] : Object.values(rawStep);
  const names: unknown[] = [valueAt(rawStep, ['id']), valueAt(rawStep, ['ask']), ...meant];
  return names.find((name) => typeof name === 'string');
}

export interface ReadSteps {
  readonly steps: Step[];
  /** Where each step is written; that of a fragment stands in the fragment. */
  readonly places: Path[];
  /** The arms of ifs that each step stands in. */
  readonly arms: (readonly Arm[])[];
  /** The steps of the file, those of fragments and branches among them. */
  readonly raw: readonly unknown[];
  /** Every step could be read, and what is used could be put in place. */
  readonly whole: boolean;
  /** Names of steps that the settings switch off. */
  readonly off: readonly string[];
  readonly diagnostics: Diagnostic[];
}

/**
 * Reads all steps, with fragments and branches in place and settings put in; steps with faults are
 * left out and have their diagnostics, and so are those that a setting switches off.
 */
export function readSteps(
  raw: readonly unknown[],
  path: Path,
  source: Source,
  shared: Shared = sharedOf(new Map(), undefined),
): ReadSteps {
  const answers = answersIn(raw, shared.fragments);
  const reading: Reading = { source, shared, answers, found: [] };
  const placing = place(raw, path, reading);
  const all: Read[] = [];
  const overs: { path: Path; id: string; over: unknown }[] = [];
  const counts: Recounted[] = [];
  const replaced: Replaced[] = [];
  for (const placed of placing.steps) {
    const step = readStep(placed.raw, placed.path, reading);
    if (step === undefined) continue;
    const read = { step, path: placed.path, arms: placed.arms };
    all.push({ ...read, step: underArms(read, reading) });
    const over = valueAt(placed.raw, ['over']);
    if (over !== undefined) overs.push({ path: placed.path, id: step.id, over });
    const role = valueAt(placed.raw, ['substitute', 'role']);
    if (typeof role === 'string') replaced.push({ path: placed.path, id: step.id, role });
    const raw = farOffOf(placed.raw);
    if (raw !== undefined) counts.push({ path: placed.path, id: step.id, raw });
  }
  const whole = placing.whole && all.length === placing.steps.length;
  const { left: settled, off } = settle(all, reading);
  const asked = withApproval(withOver(settled, overs, reading), overs, reading);
  const left = withSubstitute(withFarOff(asked, counts, reading), replaced, reading);
  return {
    steps: left.map((read) => read.step),
    places: left.map((read) => read.path),
    arms: left.map((read) => read.arms),
    raw: placing.steps.map((placed) => placed.raw),
    whole,
    off,
    diagnostics: reading.found,
  };
}
