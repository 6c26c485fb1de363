// Who lives here: flows that call flows: which calls which, as the file is written; what is wrong
// with it; and how those that are called are put, whole, into those that call. A session keeps the
// revision it began with (I-12), so what it can call must be part of it.

import { LIMITS } from '../domain/index.ts';
import { diagnostic, didYouMean, valueAt } from './diagnose.ts';
import type { Fragments } from './fragments.ts';
import { ACTIONS } from './runtime/index.ts';
import { detour as detourSchema } from './schema-calls.ts';
import type { Path, Source } from './source.ts';
import { ACTION_NAMES } from './types.ts';
import type { Action, Brought, Call, CompiledWorkflow, Diagnostic, Step } from './types.ts';

/** Steps looked at for calls: fragments of fragments have an end. */
const MAX_VISITS = 2_000;

/** The ids that each workflow of the file calls, as it is written; fragments among them. */
type Graph = ReadonlyMap<string, readonly string[]>;

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function callsIn(raw: unknown, fragments: Fragments): readonly string[] {
  const found = new Set<string>();
  let visits = 0;
  const visit = (steps: unknown, chain: readonly string[]): void => {
    if (!Array.isArray(steps)) return;
    for (const step of steps as readonly unknown[]) {
      visits += 1;
      if (visits > MAX_VISITS || !isRecord(step)) continue;
      const { call, uses } = step;
      if (typeof call === 'string') found.add(call);
      visit(step['then'], chain);
      visit(step['else'], chain);
      if (typeof uses === 'string' && !chain.includes(uses)) {
        visit(fragments.steps(uses), [...chain, uses]);
      }
    }
  };
  visit(valueAt(raw, ['steps']), []);
  visit(valueAt(raw, ['detours']), []);
  return [...found];
}

/** Who calls whom, of all workflows of a file. */
function graphOf(raws: readonly unknown[], fragments: Fragments): Graph {
  const named = raws.flatMap((raw): [string, readonly string[]][] => {
    const id = valueAt(raw, ['id']);
    return typeof id === 'string' ? [[id, callsIn(raw, fragments)]] : [];
  });
  return new Map(named);
}

/** What the calls of a file are judged by. */
export interface Calls {
  readonly graph: Graph;
  readonly actions: ReadonlyMap<string, Action>;
}

export function callsOf(raws: readonly unknown[], fragments: Fragments): Calls {
  const actions = raws.flatMap((raw): [string, Action][] => {
    const [id, named] = [valueAt(raw, ['id']), valueAt(raw, ['action'])];
    const action = ACTION_NAMES.find((each) => each === named);
    return typeof id === 'string' && action !== undefined ? [[id, action]] : [];
  });
  return { graph: graphOf(raws, fragments), actions: new Map(actions) };
}

/** The detours of a workflow, as far as their form is right; the rest the schema tells. */
export function detoursIn(raw: unknown): readonly Call[] {
  const list = valueAt(raw, ['detours']);
  if (!Array.isArray(list)) return [];
  return list.flatMap((each: unknown): Call[] => {
    const parsed = detourSchema.safeParse(each);
    if (!parsed.success) return [];
    const { call, bring } = parsed.data;
    return [bring === undefined ? { call } : { call, bring }];
  });
}

/** The longest way from `from` along the calls that does not come back to where it has been. */
function longest(graph: Graph, from: string, seen: readonly string[] = []): readonly string[] {
  const chain = [...seen, from];
  // Whoever calls so deep is told already; a file may hold many calls.
  if (chain.length > LIMITS.callDepth + 1) return chain;
  const ways = (graph.get(from) ?? [])
    .filter((next) => !chain.includes(next))
    .map((next) => longest(graph, next, chain));
  return ways.reduce((best, way) => (way.length > best.length ? way : best), chain);
}

/** A way along the calls from `from` back to `target`; nothing where there is none. */
function circle(graph: Graph, from: string, target: string): readonly string[] | undefined {
  const open: (readonly string[])[] = [[from]];
  const seen = new Set<string>();
  for (const way of open) {
    const last = way.at(-1) ?? '';
    if (last === target) return way;
    if (seen.has(last)) continue;
    seen.add(last);
    for (const next of graph.get(last) ?? []) open.push([...way, next]);
  }
  return undefined;
}

/** What a flow of this kind has to give when it comes back. */
function gives(action: Action): readonly Brought[] {
  return ACTIONS[action].command === undefined
    ? ['document', 'item', 'batch', 'expiry', 'serial', 'location']
    : ['item', 'batch', 'expiry', 'location'];
}

/** A call of one workflow, with where it stands. */
interface Written extends Call {
  readonly path: Path;
}

interface Calling extends Calls {
  readonly id: string;
  readonly steps: readonly Step[];
  readonly source: Source;
}

function targetFaults({ call, path }: Written, calling: Calling): Diagnostic[] {
  const { id, graph, source } = calling;
  const at = source.at([...path, 'call']);
  if (!graph.has(call)) {
    const others = [...graph.keys()].filter((name) => name !== id);
    const message = `There is no workflow called “${call}” in this file.`;
    return [diagnostic(at, 'unknown-name', message, didYouMean(call, others))];
  }
  const round = circle(graph, call, id);
  if (round !== undefined) {
    const way = [id, ...round].map((name) => `“${name}”`).join(' calls ');
    const message = `It would come back to itself without end: ${way}.`;
    return [diagnostic(at, 'recursion', message, 'Remove one of these calls.')];
  }
  const chain = [id, ...longest(graph, call)];
  if (chain.length <= LIMITS.callDepth + 1) return [];
  const way = chain.map((name) => `“${name}”`).join(' calls ');
  const message = `Nobody finds back from so deep: ${way}. ${LIMITS.callDepth} levels are the most.`;
  return [diagnostic(at, 'too-deep', message, 'Remove one of these calls.')];
}

function bringFaults({ call, path, bring = [] }: Written, calling: Calling): Diagnostic[] {
  const { steps, actions, source } = calling;
  const action = actions.get(call);
  const asks = (fact: Brought) =>
    steps.some(
      (step) =>
        step.kind === 'ask' && (step.fact === fact || (fact === 'location' && step.fact === 'to')),
    );
  return bring.flatMap((fact, index): Diagnostic[] => {
    const at = source.at([...path, 'bring', index]);
    if (bring.indexOf(fact) < index) {
      return [diagnostic(at, 'named-twice', `“${fact}” stands here already.`, 'Remove it.')];
    }
    if (action !== undefined && !gives(action).includes(fact)) {
      const message = `“${call}” has no ${fact} to give when it comes back.`;
      return [diagnostic(at, 'no-use', message, `It gives: ${gives(action).join(', ')}.`)];
    }
    if (asks(fact)) return [];
    const message = `Nothing here asks for the ${fact} that would come back.`;
    return [diagnostic(at, 'no-use', message, 'Remove it.')];
  });
}

/** Detours that are named twice: two buttons for one thing. */
function twice(detours: readonly Written[], source: Source): Diagnostic[] {
  return detours.flatMap(({ call, path }, index) => {
    if (detours.findIndex((each) => each.call === call) === index) return [];
    const at = source.at([...path, 'call']);
    return [diagnostic(at, 'named-twice', `“${call}” stands here already.`, 'Remove it.')];
  });
}

/** Faults in the calls of one workflow: `detours` beside its path, and those of its steps. */
export function checkCalls(
  detours: readonly Call[],
  path: Path,
  places: readonly Path[],
  calling: Calling,
): Diagnostic[] {
  const touched = detours.map((one, index) => ({ ...one, path: [...path, 'detours', index] }));
  const put = calling.steps.flatMap((step, index): Written[] => {
    if (step.kind !== 'ask' || step.call === undefined) return [];
    const { call, bring } = step;
    return [{ call, ...(bring === undefined ? {} : { bring }), path: places[index] ?? path }];
  });
  return [
    ...twice(touched, calling.source),
    ...[...touched, ...put].flatMap((written) => [
      ...targetFaults(written, calling),
      ...bringFaults(written, calling),
    ]),
  ];
}

/** Ids of the workflows that one calls by itself. */
export function namesIn({ steps, detours = [] }: CompiledWorkflow): readonly string[] {
  const put = steps.flatMap((step) =>
    step.kind === 'ask' && step.call !== undefined ? [step.call] : [],
  );
  return [...new Set([...put, ...detours.map(({ call }) => call)])];
}

/** Whether a workflow calls others: what these are at other stations then makes another one of it. */
export const callsOthers = (workflow: CompiledWorkflow): boolean => namesIn(workflow).length > 0;

/**
 * The workflows with those in them that they call, as they are at the same stations. The circles and
 * depths of a checked file end; the revision of a workflow tells what it calls as well.
 */
export function linked(
  workflows: readonly CompiledWorkflow[],
  hash: (text: string) => string,
): readonly CompiledWorkflow[] {
  const there = ({ only = [], onlyRoles = [] }: CompiledWorkflow) =>
    JSON.stringify([only, onlyRoles]);
  const called = (id: string, only: string): CompiledWorkflow | undefined => {
    const named = workflows.filter((each) => each.id === id);
    return named.find((each) => there(each) === only) ?? named.at(-1);
  };
  const whole = (workflow: CompiledWorkflow, only: string): CompiledWorkflow => {
    const calls = namesIn(workflow).flatMap((id) => {
      const one = called(id, only);
      return one === undefined ? [] : [whole(one, only)];
    });
    if (calls.length === 0) return workflow;
    const text = JSON.stringify([workflow.revision, calls.map(({ revision }) => revision)]);
    const revision = hash(text) as CompiledWorkflow['revision'];
    return { ...workflow, calls, revision };
  };
  return workflows.map((workflow) => whole(workflow, there(workflow)));
}
