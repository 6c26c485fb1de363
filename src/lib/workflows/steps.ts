// Who lives here: the steps of one workflow, read one by one, so that a fault in one does not hide
// the faults of the others. Checks what a schema cannot: that options stand where they mean
// something, that conditions are well typed and ask only for what is known by then.

import { readCondition, variableNames } from './condition.ts';
import { diagnostic, didYouMean, fromIssue } from './diagnose.ts';
import { STEP_SCHEMAS } from './schema.ts';
import type { RawAsk, StepVerb } from './schema.ts';
import type { Path, Source } from './source.ts';
import type { AskedFact, Condition, Diagnostic, Step } from './types.ts';

interface Reading {
  readonly source: Source;
  readonly found: Diagnostic[];
}

const OPTIONS = ['id', 'when', 'each', 'default', 'tolerance', 'suggest', 'prompt'] as const;
/** Options that mean something for one fact only. */
const ONLY_FOR: Partial<Record<(typeof OPTIONS)[number], AskedFact>> = {
  each: 'serial',
  default: 'quantity',
  tolerance: 'quantity',
  suggest: 'location',
};

function verbOf(raw: Record<string, unknown>, path: Path, reading: Reading): StepVerb | undefined {
  const verbs = Object.keys(STEP_SCHEMAS) as StepVerb[];
  const present = verbs.filter((verb) => verb in raw);
  const [verb, second] = present;
  if (verb !== undefined && second === undefined) return verb;
  const first = Object.keys(raw)[0] ?? '';
  const message =
    verb === undefined
      ? `A step is one of ${verbs.join(', ')}; this one starts with “${first}”.`
      : `A step does one thing; this one has both “${verb}” and “${second}”.`;
  const at = reading.source.atKey([...path, first]);
  const hint = verb === undefined ? didYouMean(first, verbs) : 'Write them as two steps.';
  reading.found.push(diagnostic(at, 'unknown-step', message, hint));
  return undefined;
}

function conditionOf(
  text: string,
  wanted: 'bool' | 'double',
  path: Path,
  reading: Reading,
): Condition | undefined {
  const read = readCondition(text, wanted);
  if (read.ok) return read.condition;
  const at = reading.source.inside(path, read.offset);
  const word = /^[\w.]+/.exec(text.slice(read.offset))?.[0] ?? '';
  const lead = /[\w.]*$/.exec(text.slice(0, read.offset))?.[0] ?? '';
  const unknown = /unknown variable|no such key/i.test(read.message);
  const hint = unknown ? didYouMean(lead + word, variableNames()) : undefined;
  const code = unknown ? 'unknown-name' : 'condition';
  reading.found.push(diagnostic(at, code, `Condition: ${read.message}.`, hint));
  return undefined;
}

function defaultOf(raw: RawAsk, path: Path, reading: Reading): Condition | undefined {
  if (raw.default === undefined) return undefined;
  if (typeof raw.default === 'number') return { op: 'literal', value: raw.default };
  return conditionOf(raw.default, 'double', [...path, 'default'], reading);
}

function misplaced(raw: RawAsk, path: Path, reading: Reading): void {
  for (const option of OPTIONS) {
    const fact = ONLY_FOR[option];
    if (fact === undefined || raw[option] === undefined || raw.ask === fact) continue;
    const at = reading.source.atKey([...path, option]);
    const message = `“${option}” means something only for ask: ${fact}.`;
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
  const tolerance =
    raw.tolerance === undefined ? undefined : Number.parseFloat(raw.tolerance) / 100;
  return {
    kind: 'ask',
    id: raw.id ?? raw.ask,
    fact: raw.ask,
    ...(when === undefined ? {} : { when }),
    ...(raw.each === undefined ? {} : { each: raw.each }),
    ...(value === undefined ? {} : { default: value }),
    ...(tolerance === undefined ? {} : { tolerance }),
    ...(raw.suggest === undefined ? {} : { suggest: 'default-location' as const }),
    ...(raw.prompt === undefined ? {} : { prompt: raw.prompt as never }),
  };
}

function readStep(raw: unknown, path: Path, reading: Reading): Step | undefined {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) {
    const at = reading.source.at(path);
    const hint = raw === 'repeat' ? 'Write - repeat: item' : 'Write - ask: item';
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
  if ('confirm' in data) return { kind: 'confirm', id: data.id ?? 'confirm' };
  return { kind: 'repeat', id: 'repeat', from: data.repeat };
}

/** Reads all steps; steps with faults are left out and have their diagnostics. */
export function readSteps(
  raw: readonly unknown[],
  path: Path,
  source: Source,
): { steps: Step[]; places: Path[]; diagnostics: Diagnostic[] } {
  const reading: Reading = { source, found: [] };
  const steps: Step[] = [];
  const places: Path[] = [];
  raw.forEach((each, index) => {
    const at = [...path, index];
    const step = readStep(each, at, reading);
    if (step === undefined) return;
    steps.push(step);
    places.push(at);
  });
  return { steps, places, diagnostics: reading.found };
}
