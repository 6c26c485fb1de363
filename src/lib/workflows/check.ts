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

import { react } from './runtime/detour.ts';
import type { AtRest } from './runtime/at-rest.ts';
import { isOfWork, missingFacts } from './runtime/fits.ts';
import { ACTIONS, DONE } from './runtime/index.ts';
import { BY_HAND, EndlessLoop } from './runtime/stepper.ts';
import { machineConfig } from './compile.ts';
import { answersTo } from './answer-moves.ts';
import { COMMAND, movesOf, profilesOf, TODAY, variantsOf } from './profiles.ts';
import { touching } from './order-moves.ts';
import type { Move, Profile } from './profiles.ts';
import { ended, leak, leaks, loop } from './findings.ts';
import type { Finding } from './findings.ts';
import { KEPT, KeptProofs } from './kept-proofs.ts';
import type { Proof } from './kept-proofs.ts';
import { unprintable } from './printing.ts';
import type { Place } from './source.ts';
import { unreached } from './unreached.ts';
import { keyOf, looksAtExpiry, movesAt, remediesOf } from './walking.ts';
import type { CompiledWorkflow, Diagnostic } from './types.ts';

/** States of one walk; far above what a workflow of a hundred steps has in one profile. */
const MAX_STATES = 3_000;
/** Events of all walks of one file, some seconds of work on a thread of its own; then it gives up. */
const MAX_EVENTS = 200_000;
/** Findings of one workflow; after so many, more cases would tell a person nothing new. */
const MAX_FINDINGS = 8;

const ACTING = { today: TODAY, commandId: COMMAND };

interface Node {
  readonly key: string;
  readonly at: AtRest;
  readonly path: readonly string[];
  /** Keys of states one move forward. */
  readonly forward: string[];
}

/** The states that were reached; or, where a walk had to stop, what it stopped at. */
interface Walked {
  readonly nodes: ReadonlyMap<string, Node>;
  readonly broken?: Finding;
}

/** A walk stops at the first leak, and at the first label of something unknown. */
class Leak extends Error {
  constructor(readonly finding: Finding) {
    super(finding.message);
  }
}

/** The proofs of one file. Workflows that ask alike are walked once. */
export class Prover {
  #events = 0;
  readonly #proven = new Map<string, Proof>();
  readonly #machineOf: typeof machineConfig;
  readonly #kept: KeptProofs;
  readonly #most: number;

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
    this.#most = most;
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
    const key = JSON.stringify([profile, action, exceptions, next, together > 1, detours, asked]);
    const known = this.#proven.get(key);
    if (known !== undefined) return known;
    const proof = this.#walked(key, workflow, profile);
    this.#proven.set(key, proof);
    return proof;
  }

  /** Walks, or counts what was walked before: never more than a file may take. */
  #walked(key: string, workflow: CompiledWorkflow, profile: Profile): Proof {
    const before = this.#events;
    const kept = this.#kept.get(key);
    if (kept !== undefined && before + kept.events <= this.#most) {
      this.#events += kept.events;
      return kept;
    }
    const { id, steps } = workflow;
    const found = this.#walk({ ...workflow, machine: this.#machineOf(id, steps) }, profile);
    const proof = { ...found, events: this.#events - before };
    if (this.#events <= this.#most) this.#kept.set(key, proof);
    return proof;
  }

  #walk(workflow: CompiledWorkflow, profile: Profile): Omit<Proof, 'events'> {
    const { nodes, broken } = this.#explore(workflow, profile);
    const stopped = new Set([...nodes.values()].map((node) => node.at.value));
    if (nodes.size > MAX_STATES || this.#events > this.#most) {
      const message = 'There are too many cases to prove; nothing is known of the rest.';
      const hint = 'Use fewer conditions, or fewer workflows that differ.';
      return { stopped, finding: { stepId: '', code: 'too-large', message, hint } };
    }
    const finding = broken ?? stuck(workflow, profile, nodes) ?? this.#lost(workflow, nodes);
    return { stopped, ...(finding === undefined ? {} : { finding }) };
  }

  #explore(workflow: CompiledWorkflow, profile: Profile): Walked {
    const moves = movesOf(profile, workflow);
    const nodes = new Map<string, Node>();
    const tried = new Set<string>();
    const visit = (at: AtRest, path: readonly string[]): string => {
      const key = keyOf(workflow, at);
      if (!nodes.has(key)) nodes.set(key, { key, at, path, forward: [] });
      return key;
    };
    let path: readonly string[] = [];
    const step = (node: Node, from: AtRest, before: readonly string[], move: Move): AtRest => {
      this.#events += 1;
      path = [...before, move.says];
      const after = react(workflow, from, move.event, ACTING, BY_HAND);
      if (leaks(from, after)) throw new Leak(leak(from.value, path));
      const bare = unprintable(workflow.steps, after, profile.name, path);
      if (bare !== undefined) throw new Leak(bare);
      const key = visit(after, path);
      if (move.retreat !== true && key !== node.key) node.forward.push(key);
      return after;
    };
    try {
      visit(BY_HAND.origin(workflow), path);
      for (const node of nodes.values()) {
        if (ended(node.at) || nodes.size > MAX_STATES || this.#events > this.#most) continue;
        const { at } = node;
        for (const move of [...movesAt(workflow, at, moves), ...answersTo(workflow.steps, at)]) {
          const after = step(node, at, node.path, move);
          const said = path;
          for (const remedy of remediesOf(workflow, after)) {
            const once = `${after.value} ${after.context.message?.fault?.code} ${remedy}`;
            if (tried.has(once)) continue;
            tried.add(once);
            step(node, after, said, { ...touching(remedy), retreat: true });
          }
        }
      }
    } catch (error) {
      if (error instanceof Leak) return { nodes, broken: error.finding };
      if (!(error instanceof EndlessLoop)) throw error;
      return { nodes, broken: loop(error.state, path) };
    }
    return { nodes };
  }

  /** A state from which CANCEL, CANCEL does not lead home. */
  #lost(workflow: CompiledWorkflow, nodes: ReadonlyMap<string, Node>): Finding | undefined {
    const lost = [...nodes.values()].find((node) => {
      this.#events += 2;
      return !leadsHome(workflow, node.at);
    });
    if (lost === undefined) return undefined;
    const stepId = lost.at.value;
    const message = `From “${stepId}” CANCEL, CANCEL does not lead home.`;
    return { stepId, code: 'no-way-home', message, path: lost.path };
  }
}

function leadsHome(workflow: CompiledWorkflow, from: AtRest): boolean {
  // Without an order there is no list of orders to come back to: home is the end.
  const onOrder = ACTIONS[workflow.action].order !== undefined;
  const home = (at: AtRest): boolean => ended(at) || (onOrder && at.context.document === undefined);
  let at = from;
  for (let press = 0; press < 2 && !home(at); press += 1) {
    at = react(workflow, at, { type: 'press', word: 'CANCEL' }, ACTING, BY_HAND);
  }
  return home(at);
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
