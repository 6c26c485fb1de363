// Who lives here: the proofs. Every workflow is run, with the very functions that run it on the
// floor, through every kind of item and warehouse, with every condition that these leave open taken
// both ways. Proven before a file is accepted:
//   - no trap: from every state that can be reached, going forward can end in a booked line and
//     `done`; a refusal shows the scans that lead to the trap;
//   - facts: a line is never confirmed without what its action needs (the same walk finds it);
//   - home: from every state CANCEL, CANCEL leads home (I-11);
//   - every step stops somebody: a question that no item ever meets is a mistake in its condition.

import { missingFacts } from './runtime/fits.ts';
import type { Dialogue } from './runtime/dialogue.ts';
import { advance, begin, DONE } from './runtime/index.ts';
import { machineConfig } from './compile.ts';
import { COMMAND, movesOf, PROFILES, TODAY, variantsOf } from './profiles.ts';
import type { Profile } from './profiles.ts';
import type { CompiledWorkflow, Diagnostic, DialogueStep, Step, StoredState } from './types.ts';

/** States of one walk; far above what a workflow of a hundred steps has in one profile. */
const MAX_STATES = 3_000;

interface Node {
  readonly key: string;
  readonly step: DialogueStep;
  readonly path: readonly string[];
  /** Keys of states one move forward. */
  readonly forward: string[];
}

interface Finding {
  readonly stepId: string;
  readonly code: 'trap' | 'no-way-home' | 'too-large';
  readonly message: string;
  readonly hint?: string;
  readonly path: readonly string[];
}

type Stored = { value: string; context: Dialogue };
const stored = (state: StoredState): Stored => state.snapshot as Stored;

/** Two states are the same to a proof when the same questions are open. */
function keyOf(state: StoredState): string {
  const { value, context } = stored(state);
  const { work, document, booked } = context;
  const facts = Object.entries(work)
    .map(([name, fact]) => (Array.isArray(fact) ? `${name}:${fact.length}` : name))
    .sort();
  return [value, document === undefined ? '' : 'open', Math.min(booked.length, 1), ...facts].join(
    '|',
  );
}

function explore(workflow: CompiledWorkflow, profile: Profile): Map<string, Node> {
  const moves = movesOf(profile);
  const acting = { today: TODAY, commandId: COMMAND };
  const nodes = new Map<string, Node>();
  const visit = (step: DialogueStep, path: readonly string[]): string => {
    const key = keyOf(step.state);
    if (!nodes.has(key)) nodes.set(key, { key, step, path, forward: [] });
    return key;
  };
  visit(begin(workflow), []);
  for (const node of nodes.values()) {
    if (node.step.ended !== undefined || nodes.size > MAX_STATES) continue;
    for (const move of moves) {
      const next = advance(workflow, node.step.state, move.event, acting);
      const key = visit(next, [...node.path, move.says]);
      if (move.retreat !== true && key !== node.key) node.forward.push(key);
    }
  }
  return nodes;
}

/** Keys from which going forward can end in `done` with a line booked. */
function ableToFinish(nodes: ReadonlyMap<string, Node>): Set<string> {
  const able = new Set<string>();
  for (const node of nodes.values()) {
    const { value, context } = stored(node.step.state);
    if (value === DONE && context.booked.length > 0) able.add(node.key);
  }
  for (let grew = true; grew;) {
    grew = false;
    for (const node of nodes.values()) {
      if (able.has(node.key) || !node.forward.some((key) => able.has(key))) continue;
      able.add(node.key);
      grew = true;
    }
  }
  return able;
}

const HINTS: Record<string, string> = {
  batch: '- ask: batch, with when: item.tracking == "batch"',
  expiry: '- ask: expiry, with when: item.tracking == "batch" && item.hasExpiry',
  serial: '- ask: serial, with when: item.tracking == "serial"',
  quantity: '- ask: quantity',
  location: '- ask: location, with when: warehouse.usesLocations',
};

function trap(node: Node, profile: Profile, unasked: boolean): Finding {
  const { value, context } = stored(node.step.state);
  const missing = unasked ? missingFacts(context) : [];
  const [first] = missing;
  const message =
    first === undefined
      ? `At the step “${value}”, ${profile.name} can't get any further.`
      : `A line of ${profile.name} can't be confirmed: goodsReceipt needs the ` +
        `${missing.join(' and the ')}, and no step asks for it.`;
  const hint =
    first === undefined ? 'Does its condition let in items it has no use for?' : HINTS[first];
  return {
    stepId: value,
    code: 'trap',
    message,
    path: node.path,
    ...(hint === undefined ? {} : { hint }),
  };
}

function leadsHome(workflow: CompiledWorkflow, from: DialogueStep): boolean {
  const acting = { today: TODAY, commandId: COMMAND };
  let step = from;
  for (let press = 0; press < 2; press += 1) {
    if (step.ended !== undefined || stored(step.state).context.document === undefined) return true;
    step = advance(workflow, step.state, { type: 'press', word: 'CANCEL' }, acting);
  }
  return step.ended !== undefined || stored(step.state).context.document === undefined;
}

function prove(
  workflow: CompiledWorkflow,
  profile: Profile,
  stopped: Set<string>,
): Finding | undefined {
  const nodes = explore(workflow, profile);
  for (const node of nodes.values()) stopped.add(stored(node.step.state).value);
  if (nodes.size > MAX_STATES) {
    const message = `More than ${MAX_STATES} states; the proof gives up.`;
    return { stepId: '', code: 'too-large', message, path: [] };
  }
  const able = ableToFinish(nodes);
  // States after the end, and the way out of an order nothing was booked on, need no way forward.
  const stuck = [...nodes.values()].filter(
    (node) => node.step.ended === undefined && !able.has(node.key),
  );
  // Waiting to confirm means: all questions are answered, and still a fact is missing.
  const confirms = new Set(workflow.steps.filter((s) => s.kind === 'confirm').map((s) => s.id));
  const unasked = [...nodes.values()].find((node) => confirms.has(stored(node.step.state).value));
  const deepest = stuck.find((node) => node.forward.length === 0);
  const shown = unasked ?? deepest ?? stuck[0];
  if (shown !== undefined) return trap(shown, profile, shown === unasked);
  const lost = [...nodes.values()].find((node) => !leadsHome(workflow, node.step));
  if (lost === undefined) return undefined;
  const message = `From “${stored(lost.step.state).value}” CANCEL, CANCEL does not lead home.`;
  return { stepId: stored(lost.step.state).value, code: 'no-way-home', message, path: lost.path };
}

/** Proves one workflow whose steps are well-formed; `place` answers where a step stands. */
export function checkWorkflow(
  workflow: CompiledWorkflow,
  place: (stepId: string) => { line: number; column: number },
): Diagnostic[] {
  const stopped = new Set<string>();
  const found = new Map<string, Diagnostic>();
  for (const profile of PROFILES) {
    for (const steps of variantsOf(workflow.steps, profile)) {
      const variant = { ...workflow, steps, machine: machineConfig(workflow.id, steps) };
      const finding = prove(variant, profile, stopped);
      if (finding === undefined) continue;
      const { code, message, hint, path, stepId } = finding;
      const key = `${code} ${stepId} ${hint ?? ''}`;
      if (found.has(key)) continue;
      const extra = hint === undefined ? {} : { hint };
      found.set(key, { severity: 'error', code, message, ...place(stepId), path, ...extra });
    }
  }
  return [...found.values(), ...unreached(workflow.steps, stopped, place)];
}

function unreached(
  steps: readonly Step[],
  stopped: ReadonlySet<string>,
  place: (stepId: string) => { line: number; column: number },
): Diagnostic[] {
  return steps
    .filter((step) => step.kind === 'ask' && !stopped.has(step.id))
    .map((step) => ({
      severity: 'error',
      code: 'unreachable',
      message: `No item and no warehouse ever stops at the step “${step.id}”.`,
      hint: 'Its condition is never true, or its fact is always known before.',
      ...place(step.id),
    }));
}
