// The door of the workflow room: workflows.yaml → checked, compiled workflows, or every diagnostic
// at once. The runtime that a kiosk needs has its own door, runtime/index.ts, without a parser.
// Terms: step (asks for one fact), fact (what a scan can bring), revision (hash of one workflow),
// diagnostic (what is wrong in the file, where, and what to write instead).

import { assert, LIMITS } from '../domain/index.ts';
import type { Revision } from '../domain/index.ts';
import { checkAllowed, checkCallers } from './allowed.ts';
import { checkAnswers } from './answers-known.ts';
import { Prover } from './check.ts';
import { callsOf, callsOthers, checkCalls, detoursIn, linked } from './calls.ts';
import type { Calls } from './calls.ts';
import { machineConfig } from './compile.ts';
import { tooOpen } from './constant.ts';
import { diagnostic, valueAt } from './diagnose.ts';
import { schemaFaults } from './form-faults.ts';
import { onlyThere, toldOnce } from './once.ts';
import type { Found } from './once.ts';
import { nobodyPacks } from './packing.ts';
import { checkOverrides, overridesOf, rolesOverridden } from './overrides.ts';
import type { Override } from './overrides.ts';
import { sharedOf } from './reading.ts';
import { rolesAt, rolesIn } from './roles.ts';
import type { Shared } from './reading.ts';
import { jsonSchema } from './schema.ts';
import type { RawWorkflow } from './schema.ts';
import { checkSettings, settingsAt } from './settings.ts';
import { readSource } from './source.ts';
import type { Path, Source } from './source.ts';
import { nameOf, readSteps } from './steps.ts';
import { checkStructure } from './structure.ts';
import { exceptionsOf } from './runtime/index.ts';
import { ACTION_NAMES } from './types.ts';
import type { CompiledWorkflow, Diagnostic, Step } from './types.ts';
import { unused } from './unused.ts';
import { checkWork } from './work.ts';

export type * from './types.ts';
export { draw } from './draw.ts';
export { explain } from './explain.ts';
export { KEPT } from './kept-proofs.ts';
export type { KeptProof } from './kept-proofs.ts';
export { compareTapes, difference, replayed, summary } from './tape-summary.ts';
export { readTape } from './tape-form.ts';
export type { Outcome } from './tape-summary.ts';
export type { Tape } from './runtime/index.ts';
export { LANGUAGES } from './types.ts';
export { jsonSchema };

export interface Compiled {
  readonly workflows: readonly CompiledWorkflow[];
  readonly diagnostics: readonly Diagnostic[];
}

interface Candidate {
  readonly workflow?: CompiledWorkflow;
  readonly diagnostics: readonly Diagnostic[];
}

/** What reading one file needs for every workflow of it. */
interface Reading {
  readonly source: Source;
  readonly prover: Prover;
  readonly shared: Shared;
  readonly overrides: readonly Override[];
  readonly calls: Calls;
  readonly hash: (text: string) => string;
}

/** One workflow with the settings of `there`, or with those of everybody else. */
function compileOne(
  raw: unknown,
  path: Path,
  wellFormed: boolean,
  reading: Reading,
  there?: Override,
): Candidate {
  const { source } = reading;
  const rawSteps = valueAt(raw, ['steps']);
  // The schema has said what is wrong with no list, or with one that is empty or too long.
  const readable =
    Array.isArray(rawSteps) && rawSteps.length > 0 && rawSteps.length <= LIMITS.stepsPerWorkflow;
  if (!readable) return { diagnostics: [] };
  const shared = { ...reading.shared, ...(there && { settings: there.settings }) };
  const read = readSteps(rawSteps, [...path, 'steps'], source, shared);
  const { steps, places, diagnostics } = read;
  const whole = read.whole && !diagnostics.some(isError);
  const named = read.raw.flatMap((each) => nameOf(each) ?? []);
  const asked = steps.flatMap((step) => (step.kind === 'ask' ? [step.id] : []));
  const ids = [...new Set([...named, ...asked])];
  const action = ACTION_NAMES.find((name) => name === valueAt(raw, ['action']));
  const order = checkStructure(steps, places, source, ids, whole, action, read.arms);
  const next = valueAt(raw, ['next']) === 'sequence' ? 'sequence' : undefined;
  const work =
    action === undefined ? [] : checkWork(raw, path, { action, steps, places, source, next });
  const calling = { id: String(valueAt(raw, ['id'])), steps, source, ...reading.calls };
  const detours = detoursIn(raw);
  const calls = checkCalls(detours, path, places, calling);
  const about = { steps, places, arms: read.arms, source };
  const answers = read.whole && !order.some(isError) ? checkAnswers(about) : [];
  const allowed = checkAllowed(raw, path, shared, source);
  const faults = [...diagnostics, ...order, ...work, ...calls, ...answers, ...allowed];
  const provable = wellFormed && read.whole && !faults.some(isError);
  if (!provable) return { diagnostics: faults };
  if (action !== undefined && tooOpen(steps, action)) {
    const message = 'There are too many cases to prove: its conditions leave too much open.';
    const hint = 'Use fewer conditions, or make two workflows of it.';
    return { diagnostics: [...faults, diagnostic(source.at(path), 'too-large', message, hint)] };
  }
  const workflow = workflowOf(raw as RawWorkflow, steps, there, reading);
  const place = (stepId: string) => {
    const index = steps.findIndex((step) => step.id === stepId);
    return source.at(places[index] ?? path);
  };
  const proven = reading.prover.check(workflow, place).map((one) => missed(one, read.off));
  return { workflow, diagnostics: [...faults, ...proven] };
}

/** A trap may be where a question would be, had no setting switched it off. */
function missed(one: Diagnostic, off: readonly string[]): Diagnostic {
  if (one.code !== 'trap' || off.length === 0) return one;
  const names = off.map((name) => `“${name}”`).join(', ');
  return { ...one, hint: `The settings switch off: ${names}. Is that meant?` };
}

const isError = ({ severity }: Diagnostic): boolean => severity === 'error';

function workflowOf(
  checked: RawWorkflow,
  steps: readonly Step[],
  there: Override | undefined,
  { shared, hash }: Reading,
): CompiledWorkflow {
  const plain = {
    id: checked.id,
    label: checked.label as CompiledWorkflow['label'],
    icon: checked.icon,
    action: checked.action,
    ...(checked.document === undefined ? {} : { document: checked.document }),
    ...(checked.next === 'sequence' ? { next: checked.next } : {}),
    ...(checked.together === undefined ? {} : { together: checked.together }),
    ...(checked.detours === undefined ? {} : { detours: detoursIn(checked) }),
    stations: checked.stations ?? [],
    ...(there?.stations === undefined ? {} : { only: there.stations }),
    ...(there?.roles === undefined ? {} : { onlyRoles: there.roles }),
    ...(checked.roles === undefined ? {} : { allowed: checked.roles }),
    steps,
    // What books nothing says nothing of when: see work.ts.
    posting: checked.posting?.when ?? 'line-complete',
    ...rolesIn(steps, [...(checked.roles ?? []), ...(there?.roles ?? [])], shared.roles),
    // In the order of the catalogue, whatever the order in the file.
    exceptions: exceptionsOf(checked.action).filter(
      (code) => checked.exceptions?.includes(code) ?? true,
    ),
    machine: machineConfig(checked.id, steps),
  };
  return { ...plain, revision: hash(JSON.stringify(plain)) as Revision };
}

interface Compilation {
  /** As stations choose: those of overrides first, in their order, then the one for all others. */
  readonly workflows: readonly CompiledWorkflow[];
  readonly diagnostics: readonly Diagnostic[];
}

/** One workflow of the file, once for each override that makes another one of it. */
function compileAll(raw: unknown, path: Path, wellFormed: boolean, reading: Reading): Compilation {
  const { workflow, diagnostics } = compileOne(raw, path, wellFormed, reading);
  if (workflow === undefined) return { workflows: [], diagnostics };
  const same = JSON.stringify(workflow.steps);
  const workflows = [workflow];
  const found = [...diagnostics];
  for (const there of [...reading.overrides].reverse()) {
    const other = compileOne(raw, path, wellFormed, reading, there);
    found.push(...onlyThere(other.diagnostics, found, there));
    if (other.workflow === undefined) continue;
    // Nothing else for these stations; unless an override below would then count for them.
    const alike = JSON.stringify(other.workflow.steps) === same;
    const calls = callsOthers(other.workflow);
    if (!alike || calls || workflows.length > 1) workflows.unshift(other.workflow);
  }
  return { workflows, diagnostics: found };
}

/** Faults in steps that no workflow uses: they stand in the file all the same. */
function unusedSteps(shared: Shared, source: Source): Diagnostic[] {
  return shared.fragments.unused.flatMap((name) => {
    const list = shared.fragments.steps(name);
    return list === undefined
      ? []
      : readSteps(list, ['fragments', name], source, shared).diagnostics;
  });
}

function sameNames(raws: readonly unknown[], source: Source): Diagnostic[] {
  const seen = new Set<unknown>();
  return raws.flatMap((raw, index) => {
    const id = valueAt(raw, ['id']);
    const again = id !== undefined && seen.has(id);
    seen.add(id);
    const at = source.at(['workflows', index, 'id']);
    return again
      ? [
          diagnostic(
            at,
            'duplicate-workflow',
            `Another workflow is called “${String(id)}” already.`,
          ),
        ]
      : [];
  });
}

/** Settings, fragments and overrides, as far as their form is right, and what else is wrong there. */
function readingOf(
  source: Source,
  raws: readonly unknown[],
  paths: readonly Path[],
  hash: Reading['hash'],
): { reading: Reading; found: Diagnostic[] } {
  const settings = settingsAt(source, ['settings']);
  const shared = sharedOf(settings, valueAt(source.value, ['fragments']), rolesAt(source));
  for (const name of rolesOverridden(source)) shared.usedRoles.add(name);
  const circles = shared.fragments.circles(source);
  const well = (name: string) => !paths.some((path) => path[0] === name);
  const found = [...checkSettings(['settings'], source), ...circles];
  if (well('settings') && well('overrides')) {
    found.push(...checkOverrides(source, settings, shared.roles));
  }
  const ready = paths.length === 0 && found.every((one) => !isError(one));
  const overrides = ready ? overridesOf(source, settings) : [];
  const calls = callsOf(raws, shared.fragments);
  return { reading: { source, prover: new Prover(), shared, overrides, calls, hash }, found };
}

/** So many that a person can read them, in their order; the rest is counted, not dropped in silence. */
function told(sorted: readonly Diagnostic[]): readonly Diagnostic[] {
  const more = sorted[LIMITS.workflowDiagnostics];
  if (more === undefined) return sorted;
  const count = sorted.length - LIMITS.workflowDiagnostics;
  const rest = diagnostic(more, 'more', `${count} more faults stand from here on.`);
  // Those that are left out may be the graver ones.
  const severity = sorted.some(isError) ? 'error' : 'warning';
  return [...sorted.slice(0, LIMITS.workflowDiagnostics), { ...rest, severity }];
}

/**
 * Reads, checks and compiles a workflow file. Total: any text gives workflows or diagnostics. With
 * any error there are no workflows: a file is in force whole or not at all.
 * `hash` makes the revision of a workflow from its canonical text (hex, at most 64 characters).
 */
export function compile(text: string, hash: (text: string) => string): Compiled {
  const { source, diagnostics } = readSource(text);
  if (source === undefined) return { workflows: [], diagnostics: told(diagnostics) };
  const { faults, paths } = schemaFaults(source);
  const raws = valueAt(source.value, ['workflows']);
  const list: readonly unknown[] =
    Array.isArray(raws) && raws.length <= LIMITS.workflowsPerFile ? raws : [];
  const { reading, found } = readingOf(source, list, paths, hash);
  const { shared } = reading;
  const compiled = list.map((raw, index) => {
    const touches = (path: Path) => path.length < 2 || path[0] !== 'workflows' || path[1] === index;
    const wellFormed = !paths.some(touches) && !found.some(isError);
    return compileAll(raw, ['workflows', index], wellFormed, reading);
  });
  const steps: Found[] = compiled.map(({ diagnostics: of }, index) => ({
    workflow: String(valueAt(list[index], ['id']) ?? index + 1),
    diagnostics: of,
  }));
  steps.push({ diagnostics: unusedSteps(shared, source) });
  const inSteps = toldOnce(steps, (one) => shared.fragments.owner(one, source));
  const between = [...sameNames(list, source), ...nobodyPacks(list, source)];
  const all = [...faults, ...between, ...found, ...inSteps];
  if (!all.some(isError)) all.push(...unused(shared, source));
  const sorted = [...all].sort((a, b) => a.line - b.line || a.column - b.column);
  if (sorted.some(isError)) return { workflows: [], diagnostics: told(sorted) };
  assert(
    compiled.every(({ workflows }) => workflows.length > 0),
    'a file without errors compiles whole',
  );
  const workflows = compiled.flatMap((each) => each.workflows);
  const callers = checkCallers(workflows, list, source);
  if (callers.length > 0) return { workflows: [], diagnostics: told([...sorted, ...callers]) };
  return { workflows: linked(workflows, hash), diagnostics: told(sorted) };
}
