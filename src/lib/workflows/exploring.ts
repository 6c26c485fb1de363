// Who lives here: the walk of one workflow through one kind of item and warehouse: every state that
// can be reached, by every move that could make a difference in it. The proofs look at what it found.

import { react } from './runtime/detour.ts';
import type { AtRest } from './runtime/at-rest.ts';
import { quiet } from './runtime/flat.ts';
import { ACTIONS } from './runtime/index.ts';
import { BY_HAND, EndlessLoop } from './runtime/stepper.ts';
import { answersTo } from './answer-moves.ts';
import { ended, leak, leaks, loop } from './findings.ts';
import type { Finding } from './findings.ts';
import { saysOnly } from './idle.ts';
import { touching } from './order-moves.ts';
import { unprintable } from './printing.ts';
import { COMMAND, movesOf, TODAY } from './profiles.ts';
import type { Move, Profile } from './profiles.ts';
import { keyOf, movesAt, remediesOf, sameSpot } from './walking.ts';
import type { CompiledWorkflow } from './types.ts';

/** States of one walk; far above what a workflow of a hundred steps has in one profile. */
const MAX_STATES = 3_000;

const ACTING = { today: TODAY, commandId: COMMAND };

export interface Node {
  readonly key: string;
  readonly at: AtRest;
  readonly path: readonly string[];
  /** Keys of states one move forward. */
  readonly forward: string[];
  /** Key of the state that CANCEL leads to; absent where nothing was tried. */
  cancelled?: string;
}

/** The states that were reached; or, where a walk had to stop, what it stopped at. */
export interface Walked {
  readonly nodes: ReadonlyMap<string, Node>;
  readonly broken?: Finding;
  /** There were more states, or moves, than a walk may take. */
  readonly tooLarge: boolean;
}

/** Moves of all walks of one file. */
export class Meter {
  /** Taken so far. */
  events = 0;
  readonly #most: number;

  constructor(most: number) {
    this.#most = most;
  }

  get left(): number {
    return this.#most - this.events;
  }
}

/** A walk stops at the first leak, and at the first label of something unknown. */
class Leak extends Error {
  constructor(readonly finding: Finding) {
    super(finding.message);
  }
}

const isCancel = ({ event }: Move): boolean => event.type === 'press' && event.word === 'CANCEL';

class Walk {
  readonly nodes = new Map<string, Node>();
  readonly #workflow: CompiledWorkflow;
  /** What the goods of this walk are called. */
  readonly #goods: string;
  readonly #meter: Meter;
  /** Remedies on messages, each tried once in a state. */
  readonly #tried = new Set<string>();
  /** What was done last, for whoever asks how the walk came here. */
  path: readonly string[] = [];

  constructor(workflow: CompiledWorkflow, goods: string, meter: Meter) {
    this.#workflow = workflow;
    this.#goods = goods;
    this.#meter = meter;
  }

  get tooLarge(): boolean {
    return this.nodes.size > MAX_STATES || this.#meter.left < 0;
  }

  run(moves: readonly Move[]): void {
    const origin = BY_HAND.origin(this.#workflow);
    this.#visit(keyOf(this.#workflow, origin), origin);
    for (const node of this.nodes.values()) {
      if (!ended(node.at) && !this.tooLarge) this.#leave(node, moves);
    }
  }

  /** Everything that may happen in one state. */
  #leave(node: Node, moves: readonly Move[]): void {
    const { at } = node;
    const { steps } = this.#workflow;
    for (const move of [...movesAt(this.#workflow, at, moves), ...answersTo(steps, at)]) {
      if (saysOnly(this.#workflow, at, move.event)) continue;
      this.path = [...node.path, move.says];
      const after = this.#step(node, at, move);
      const said = this.path;
      for (const remedy of remediesOf(this.#workflow, after)) {
        const once = `${after.value} ${after.context.message?.fault?.code} ${remedy}`;
        if (this.#tried.has(once)) continue;
        this.#tried.add(once);
        const touch = touching(remedy);
        this.path = [...said, touch.says];
        this.#step(node, after, { ...touch, retreat: true });
      }
    }
  }

  #step(node: Node, from: AtRest, move: Move): AtRest {
    this.#meter.events += 1;
    const after = react(this.#workflow, from, move.event, ACTING, BY_HAND);
    if (leaks(from, after)) throw new Leak(leak(from.value, this.path));
    const bare = unprintable(this.#workflow.steps, after, this.#goods, this.path);
    if (bare !== undefined) throw new Leak(bare);
    const key = sameSpot(node.at, after) ? node.key : keyOf(this.#workflow, after);
    this.#visit(key, after);
    if (move.retreat !== true && key !== node.key) node.forward.push(key);
    if (isCancel(move)) node.cancelled = key;
    return after;
  }

  #visit(key: string, { value, context }: AtRest): void {
    if (this.nodes.has(key)) return;
    const at = { value, context: quiet(context) };
    this.nodes.set(key, { key, at, path: this.path, forward: [] });
  }
}

/** All states of the workflow in this profile. */
export function explore(workflow: CompiledWorkflow, profile: Profile, meter: Meter): Walked {
  const walk = new Walk(workflow, profile.name, meter);
  const { nodes } = walk;
  try {
    walk.run(movesOf(profile, workflow));
  } catch (error) {
    const { tooLarge } = walk;
    if (error instanceof Leak) return { nodes, tooLarge, broken: error.finding };
    if (!(error instanceof EndlessLoop)) throw error;
    return { nodes, tooLarge, broken: loop(error.state, walk.path) };
  }
  return { nodes, tooLarge: walk.tooLarge };
}

/** A state from which CANCEL, CANCEL does not lead home. */
export function lost(
  { action }: CompiledWorkflow,
  nodes: ReadonlyMap<string, Node>,
): Finding | undefined {
  // Without an order there is no list of orders to come back to: home is the end.
  const onOrder = ACTIONS[action].order !== undefined;
  const home = ({ at }: Node): boolean =>
    ended(at) || (onOrder && at.context.document === undefined);
  const pressed = (node: Node): Node => nodes.get(node.cancelled ?? node.key) ?? node;
  for (const node of nodes.values()) {
    // CANCEL was pressed in every state: where it led is known.
    if (home(node) || home(pressed(node)) || home(pressed(pressed(node)))) continue;
    const stepId = node.at.value;
    const message = `From “${stepId}” CANCEL, CANCEL does not lead home.`;
    return { stepId, code: 'no-way-home', message, path: node.path };
  }
  return undefined;
}
