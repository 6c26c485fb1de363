// The door of the workflow room: workflows.yaml → checked, compiled workflows, or every diagnostic
// at once. The runtime that a kiosk needs has its own door, runtime/index.ts, without a parser.
// Terms: step (asks for one fact), fact (what a scan can bring), revision (hash of one workflow),
// diagnostic (what is wrong in the file, where, and what to write instead).

import { assert, LIMITS } from '../domain/index.ts';
import type { Revision } from '../domain/index.ts';
import { Prover } from './check.ts';
import { machineConfig } from './compile.ts';
import { diagnostic, fromIssue, valueAt } from './diagnose.ts';
import { fileSchema, jsonSchema } from './schema.ts';
import type { RawWorkflow } from './schema.ts';
import { readSource } from './source.ts';
import type { Path, Source } from './source.ts';
import { readSteps } from './steps.ts';
import { checkStructure } from './structure.ts';
import type { CompiledWorkflow, Diagnostic } from './types.ts';

export type * from './types.ts';
export { LANGUAGES } from './types.ts';
export { jsonSchema };

export interface Compiled {
  readonly workflows: readonly CompiledWorkflow[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Fields of the file by where they stand, for hints on unknown names. */
function fieldsAt(path: Path): readonly string[] {
  if (path.length === 0) return Object.keys(fileSchema.shape);
  if (path[0] === 'workflows' && path.length === 2) {
    return Object.keys(fileSchema.shape.workflows.element.shape);
  }
  if (path.at(-1) === 'label') return ['en', 'nl', 'de', 'fr'];
  return path.at(-1) === 'posting' ? ['when'] : [];
}

function schemaFaults(source: Source): { faults: Diagnostic[]; paths: Path[] } {
  const parsed = fileSchema.safeParse(source.value);
  if (parsed.success) return { faults: [], paths: [] };
  const faults: Diagnostic[] = [];
  const paths: Path[] = [];
  for (const issue of parsed.error.issues) {
    // What is no step at all is told by readSteps, which knows what a step looks like.
    const path = issue.path.map((part) => (typeof part === 'symbol' ? '' : part)) as Path;
    paths.push(path);
    if (path[2] === 'steps' && path.length === 4) continue;
    faults.push(...fromIssue(issue, [], source, fieldsAt(path)));
  }
  return { faults, paths };
}

interface Candidate {
  readonly workflow?: CompiledWorkflow;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * What `repeat` may call a step: its id, else the fact it asks for. A step with an unknown verb
 * counts by what it meant: one slip of the pen is told once.
 */
function nameOf(rawStep: unknown): string | undefined {
  if (typeof rawStep !== 'object' || rawStep === null) return undefined;
  const meant = 'confirm' in rawStep || 'repeat' in rawStep ? [] : Object.values(rawStep);
  const names: unknown[] = [valueAt(rawStep, ['id']), valueAt(rawStep, ['ask']), ...meant];
  return names.find((name) => typeof name === 'string');
}

/** What reading one file needs for every workflow of it. */
interface Reading {
  readonly source: Source;
  readonly prover: Prover;
  readonly hash: (text: string) => string;
}

function compileOne(raw: unknown, path: Path, wellFormed: boolean, reading: Reading): Candidate {
  const { source, hash } = reading;
  const rawSteps = valueAt(raw, ['steps']);
  // The schema has said what is wrong with no list, or with one that is empty or too long.
  const readable =
    Array.isArray(rawSteps) && rawSteps.length > 0 && rawSteps.length <= LIMITS.stepsPerWorkflow;
  if (!readable) return { diagnostics: [] };
  const { steps, places, diagnostics } = readSteps(rawSteps, [...path, 'steps'], source);
  const whole = steps.length === rawSteps.length && diagnostics.length === 0;
  const ids = rawSteps.flatMap((each) => nameOf(each) ?? []);
  const order = checkStructure(steps, places, source, ids, whole);
  const faults = [...diagnostics, ...order];
  if (!wellFormed || faults.length > 0) return { diagnostics: faults };
  const checked = raw as RawWorkflow;
  const plain = {
    id: checked.id,
    label: checked.label as CompiledWorkflow['label'],
    icon: checked.icon,
    action: checked.action,
    document: checked.document,
    stations: checked.stations ?? [],
    steps,
    posting: checked.posting.when,
    machine: machineConfig(checked.id, steps),
  };
  const workflow = { ...plain, revision: hash(JSON.stringify(plain)) as Revision };
  const place = (stepId: string) => {
    const index = steps.findIndex((step) => step.id === stepId);
    return source.at(places[index] ?? path);
  };
  return { workflow, diagnostics: reading.prover.check(workflow, place) };
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

/** So many that a person can read them, in their order; the rest is counted, not dropped in silence. */
function told(sorted: readonly Diagnostic[]): readonly Diagnostic[] {
  const more = sorted[LIMITS.workflowDiagnostics];
  if (more === undefined) return sorted;
  const count = sorted.length - LIMITS.workflowDiagnostics;
  const rest = diagnostic(more, 'more', `${count} more faults stand from here on.`);
  return [...sorted.slice(0, LIMITS.workflowDiagnostics), rest];
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
  const reading: Reading = { source, prover: new Prover(), hash };
  const candidates = list.map((raw, index) => {
    const touches = (path: Path) => path.length < 2 || path[1] === index;
    const wellFormed = !paths.some(touches);
    return compileOne(raw, ['workflows', index], wellFormed, reading);
  });
  const all = [...faults, ...sameNames(list, source), ...candidates.flatMap((c) => c.diagnostics)];
  const sorted = [...all].sort((a, b) => a.line - b.line || a.column - b.column);
  if (sorted.some((each) => each.severity === 'error'))
    return { workflows: [], diagnostics: told(sorted) };
  const workflows = candidates.flatMap((candidate) => candidate.workflow ?? []);
  assert(workflows.length === list.length, 'a file without errors compiles whole');
  return { workflows, diagnostics: sorted };
}
