// Who lives here: the proofs. Every workflow is run, with the very functions that run it on the
// floor, through every kind of item and warehouse, with every condition that these leave open taken
// both ways. Proven before a file is accepted:
//   - no trap: from every state that can be reached, going forward can end in a booked line and
//     `done`; a refusal shows the scans that lead to the trap;
//   - facts: a line is never confirmed without what its action needs (the same walk finds it);
//   - home: from every state CANCEL, CANCEL leads home (I-11);
//   - no leak: whoever leaves an order or a piece of work in which lines were booked finishes it;
//   - exceptions: whatever PROBLEM lists and a message offers leads on, with every answer to it;
//   - no loop: no machine goes on for ever without asking anything;
//   - every step stops somebody: a question that no item ever meets is a mistake in its condition.

import { isOfWork, missingFacts } from './runtime/fits.ts';
import { ACTIONS, DONE } from './runtime/index.ts';
import { machineConfig } from './compile.ts';
import { explore, lost, Meter } from './exploring.ts';
import type { Node } from './exploring.ts';
import { profilesOf, variantsOf } from './profiles.ts';
import type { Profile } from './profiles.ts';
import { ended } from './findings.ts';
import type { Finding } from './findings.ts';
import { KEPT, KeptProofs } from './kept-proofs.ts';
import type { Proof } from './kept-proofs.ts';
import type { Place } from './source.ts';
import { ofKind, Trail } from './trails.ts';
import { unreached } from './unreached.ts';
import { looksAtExpiry } from './walking.ts';
import type { CompiledWorkflow, Diagnostic } from './types.ts';

/** Events of all walks of one file, some seconds of work on a thread of its own; then it gives up. */
const MAX_EVENTS = 200_000;
/** Findings of one workflow; after so many, more cases would tell a person nothing new. */
const MAX_FINDINGS = 8;

/** The proofs of one file. Workflows that ask alike are walked once. */
export class Prover {
  readonly #proven = new Map<string, Proof>();
  /** Walks of flows that differ in little; see trails.ts. */
  readonly #trails = new Map<string, Trail>();
  readonly #machineOf: typeof machineConfig;
  readonly #kept: KeptProofs;
  readonly #meter: Meter;

  /**
   * `machineOf` is another compiler only where a test proves that a bad machine is found; `most` is
   * less only where one proves what happens beyond it.
   */
  constructor(
    machineOf = machineConfig,
    kept = machineOf === machineConfig ? KEPT : new KeptProofs(),
    most = MAX_EVENTS,
  ) {
    this.#machineOf = machineOf;
    this.#kept = kept;
    this.#meter = new Meter(most);
  }

  /** Proves one workflow whose steps are well-formed; `place` answers where a step stands. */
  check(workflow: CompiledWorkflow, place: (stepId: string) => Place): Diagnostic[] {
    const stopped = new Set<string>();
    const found = new Map<string, Diagnostic>();
    const done = (tracking: Profile['tracking']) => isOfWork(workflow, tracking);
    const dated = looksAtExpiry(workflow);
    for (const profile of profilesOf(workflow.action, done)) {
      // The same walk as of the goods without a date.
      if (profile.hasExpiry && profile.ambiguous !== true && !dated) continue;
      // What goes wrong with goods that are known goes wrong with these as well: told once.
      if (profile.ambiguous === true && found.size > 0) break;
      for (const steps of variantsOf(workflow.steps, profile)) {
        if (found.size >= MAX_FINDINGS) break;
        const proof = this.#prove({ ...workflow, steps }, profile);
        for (const name of proof.stopped) stopped.add(name);
        if (proof.finding === undefined) continue;
        const { stepId, ...said } = proof.finding;
        const key = `${said.code} ${stepId} ${said.hint ?? ''}`;
        if (found.has(key)) continue;
        found.set(key, { severity: 'error', ...said, ...place(stepId) });
      }
    }
    // After another finding a walk may simply not have come that far.
    const whole = found.size === 0;
    return [...found.values(), ...unreached(workflow, whole ? stopped : undefined, place)];
  }

  #prove(workflow: CompiledWorkflow, profile: Profile): Proof {
    const asked = workflow.steps.map((step) =>
      step.kind === 'ask'
        ? { ...step, prompt: undefined, help: undefined, tolerance: undefined }
        : step,
    );
    const { action, exceptions, next, together = 1, detours } = workflow;
    const about = [profile, action, exceptions, next, together > 1, detours];
    const key = JSON.stringify([...about, asked]);
    const known = this.#proven.get(key);
    if (known !== undefined) return known;
    const alike = asked.map(ofKind);
    const proof = this.#walked(key, JSON.stringify([...about, alike]), workflow, profile);
    this.#proven.set(key, proof);
    return proof;
  }

  /** Walks, or counts what was walked before: never more than a file may take. */
  #walked(key: string, kind: string, workflow: CompiledWorkflow, profile: Profile): Proof {
    const before = this.#meter.events;
    const kept = this.#kept.get(key);
    if (kept !== undefined && kept.events <= this.#meter.left) {
      this.#meter.events += kept.events;
      return kept;
    }
    const { id, steps } = workflow;
    const trail = this.#trails.get(kind) ?? new Trail(steps);
    this.#trails.set(kind, trail);
    const found = this.#walk({ ...workflow, machine: this.#machineOf(id, steps) }, profile, trail);
    const proof = { ...found, events: this.#meter.events - before };
    if (this.#meter.left >= 0) this.#kept.set(key, proof);
    return proof;
  }

  #walk(workflow: CompiledWorkflow, profile: Profile, trail: Trail): Omit<Proof, 'events'> {
    const { nodes, broken, tooLarge } = explore(workflow, profile, this.#meter, trail);
    const stopped = new Set([...nodes.values()].map((node) => node.at.value));
    if (tooLarge) {
      const message = 'There are too many cases to prove; nothing is known of the rest.';
      const hint = 'Use fewer conditions, or fewer workflows that differ.';
      return { stopped, finding: { stepId: '', code: 'too-large', message, hint } };
    }
    const finding = broken ?? stuck(workflow, profile, nodes) ?? lost(workflow, nodes);
    return { stopped, ...(finding === undefined ? {} : { finding }) };
  }
}

/** Keys from which going forward can end in `done` with a line booked. */
function ableToFinish(nodes: ReadonlyMap<string, Node>): Set<string> {
  const able = new Set<string>();
  for (const { key, at } of nodes.values()) {
    if (at.value === DONE && at.context.booked.length > 0) able.add(key);
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

/** What a person calls a fact, where that is not its name. */
const NAMES: Readonly<Record<string, string>> = { to: 'place where they go' };

const HINTS: Readonly<Record<string, string>> = {
  batch: '- ask: batch, with when: item.tracking == "batch"',
  expiry: '- ask: expiry, with when: item.tracking == "batch" && item.hasExpiry',
  serial: '- ask: serial, with when: item.tracking == "serial"',
  quantity: '- ask: quantity',
  location: '- ask: location, with when: warehouse.usesLocations',
  to: '- ask: to',
};

/** A state that a line can't be finished from, the one that says most of why. */
function stuck(
  workflow: CompiledWorkflow,
  profile: Profile,
  nodes: ReadonlyMap<string, Node>,
): Finding | undefined {
  // What books nothing has nothing to finish.
  if (ACTIONS[workflow.action].command === undefined) return undefined;
  const able = ableToFinish(nodes);
  // States after the end, and the way out of an order nothing was booked on, need no way forward.
  const stuck = [...nodes.values()].filter((node) => !ended(node.at) && !able.has(node.key));
  // Waiting to confirm means: all questions are answered, and still a fact is missing.
  const confirms = new Set(workflow.steps.filter((s) => s.kind === 'confirm').map((s) => s.id));
  const unasked = [...nodes.values()].find((node) => confirms.has(node.at.value));
  const deepest = stuck.find((node) => node.forward.length === 0);
  const shown = unasked ?? deepest ?? stuck[0];
  return shown === undefined ? undefined : trap(workflow, shown, profile, shown === unasked);
}

function trap(
  workflow: CompiledWorkflow,
  { at, path }: Node,
  profile: Profile,
  unasked: boolean,
): Finding {
  const stepId = at.value;
  const { steps, action } = workflow;
  const missing = unasked ? missingFacts(at.context, workflow) : [];
  const [first] = missing;
  if (first === undefined) {
    const message = `At the step “${stepId}”, ${profile.name} can't get any further.`;
    const hint = 'Does its condition let in items it has no use for?';
    return { stepId, code: 'trap', message, hint, path };
  }
  const needs = missing.map((fact) => NAMES[fact] ?? fact).join(' and the ');
  const asks = steps.findIndex((step) => step.kind === 'ask' && step.fact === first);
  const why = asks === -1 ? 'no step asks for it' : `“${steps[asks]?.id}” is not put on this way`;
  const message = `A line of ${profile.name} can't be confirmed: ${action} needs the ${needs}, and ${why}.`;
  const onOrder = ACTIONS[action].order !== undefined;
  const target = steps.findIndex(({ id }) =>
    steps.some((s) => s.kind === 'repeat' && s.from === id),
  );
  // Where the product leads no place stays: the next line must ask for its own.
  const above = workflow.next !== undefined && asks !== -1 && asks < target;
  const asked = first === 'location' && !onOrder ? '- ask: location' : HINTS[first];
  const hint = above ? `- repeat: ${steps[asks]?.id}` : asked;
  return { stepId, code: 'trap', message, path, ...(hint === undefined ? {} : { hint }) };
}
