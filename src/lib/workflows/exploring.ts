// Who lives here: the walk of one workflow through one kind of item and warehouse: every state that
// can be reached, by every move that could make a difference in it. The proofs look at what it found.

import { assert } from '../domain/index.ts';
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
import { Trail, Watch } from './trails.ts';
import type { Taken, Tried } from './trails.ts';
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
class Broken extends Error {
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
  readonly #trail: Trail;
  /** What was tried by the walk before says nothing where it looked at one of these. */
  readonly #differs: number;
  readonly #first: boolean;
  readonly #watch = new Watch();
  /** Remedies on messages, each tried once in a state. */
  readonly #touched = new Set<string>();
  #before: readonly string[] = [];
  #says: string | undefined;

  constructor(workflow: CompiledWorkflow, goods: string, meter: Meter, trail: Trail) {
    const steps = workflow.steps.map((step) => this.#watch.over(step));
    this.#workflow = { ...workflow, steps };
    this.#goods = goods;
    this.#meter = meter;
    this.#trail = trail;
    this.#differs = trail.differs(workflow.steps);
    this.#first = trail.tried.size === 0;
  }

  get tooLarge(): boolean {
    return this.nodes.size > MAX_STATES || this.#meter.left < 0;
  }

  /** What was done up to now, for whoever asks how the walk came here. */
  get path(): readonly string[] {
    return this.#says === undefined ? this.#before : [...this.#before, this.#says];
  }

  run(profile: Profile): void {
    this.#watch.begin();
    const moves = this.#trail.moves ?? movesOf(profile, this.#workflow);
    assert(this.#watch.looked === 0, 'moves are made of nothing that is watched');
    this.#trail.moves = moves;
    const origin = this.#origin();
    this.#visit(keyOf(this.#workflow, origin), origin);
    for (const node of this.nodes.values()) {
      if (!ended(node.at) && !this.tooLarge) this.#leave(node, moves);
    }
  }

  #origin(): AtRest {
    const { start } = this.#trail;
    if (start !== undefined && this.#same(start)) return start.at;
    this.#watch.begin();
    const at = BY_HAND.origin(this.#workflow);
    if (this.#first) this.#trail.start = { at, looked: this.#watch.looked };
    return at;
  }

  /** It was so in the walk before, and is so in this one: nothing was looked at that differs. */
  #same({ looked }: { readonly looked: number }): boolean {
    return (looked & this.#differs) === 0;
  }

  /** Everything that may happen in one state. */
  #leave(node: Node, all: readonly Move[]): void {
    const known = this.#trail.tried.get(node.at);
    const tried = known !== undefined && this.#same(known) ? known : this.#tried(node.at, all);
    tried.moves.forEach((move, index) => {
      this.#before = node.path;
      this.#says = move.says;
      const taken = this.#taken(node, node.at, move, tried.taken[index]);
      if (this.#first) tried.taken[index] = taken;
      if (taken.rest !== undefined) this.#touch(node, taken, taken.rest);
    });
  }

  /** What is worth trying in a state. */
  #tried(at: AtRest, all: readonly Move[]): Tried {
    this.#watch.begin();
    const moves = [
      ...movesAt(this.#workflow, at, all),
      ...answersTo(this.#workflow.steps, at),
    ].filter(({ event }) => !saysOnly(this.#workflow, at, event));
    const tried = { moves, looked: this.#watch.looked, taken: [] };
    if (this.#first) this.#trail.tried.set(at, tried);
    return tried;
  }

  /** The remedies on a message, touched. */
  #touch(node: Node, { remedies, touched }: Taken, at: AtRest): void {
    const said = this.path;
    for (const remedy of remedies) {
      const once = `${at.value} ${at.context.message?.fault?.code} ${remedy}`;
      if (this.#touched.has(once)) continue;
      this.#touched.add(once);
      const touch: Move = { ...touching(remedy), retreat: true };
      this.#before = said;
      this.#says = touch.says;
      const taken = this.#taken(node, at, touch, touched?.get(remedy));
      if (this.#first) touched?.set(remedy, taken);
    }
  }

  /** Where a move leads, by the walk before or by the runtime. */
  #taken(node: Node, from: AtRest, move: Move, before: Taken | undefined): Taken {
    this.#meter.events += 1;
    const known = before !== undefined && this.#same(before) && this.#reaches(before);
    const taken = known ? before : this.#step(node, from, move);
    const { key, rest } = taken;
    if (rest !== undefined && !this.nodes.has(key)) this.#visit(key, rest);
    if (move.retreat !== true && key !== node.key) node.forward.push(key);
    if (isCancel(move)) node.cancelled = key;
    return taken;
  }

  #reaches({ key, rest }: Taken): boolean {
    return rest !== undefined || this.nodes.has(key);
  }

  #step(node: Node, from: AtRest, move: Move): Taken {
    this.#watch.begin();
    const after = react(this.#workflow, from, move.event, ACTING, BY_HAND);
    if (leaks(from, after)) throw new Broken(leak(from.value, this.path));
    const bare = unprintable(this.#workflow.steps, after, this.#goods, this.path);
    if (bare !== undefined) throw new Broken(bare);
    const key = sameSpot(node.at, after) ? node.key : keyOf(this.#workflow, after);
    const remedies = remediesOf(this.#workflow, after);
    const { looked } = this.#watch;
    if (remedies.length === 0 && this.nodes.has(key)) return { key, remedies, looked };
    const rest = { value: after.value, context: quiet(after.context) };
    return { key, rest, remedies, looked, touched: new Map<string, Taken>() };
  }

  #visit(key: string, at: AtRest): void {
    this.nodes.set(key, { key, at, path: this.path, forward: [] });
  }
}

/**
 * All states of the workflow in this profile. `trail`: the walk of a workflow of its kind, in the
 * same profile, or an empty one, which this walk becomes.
 */
export function explore(
  workflow: CompiledWorkflow,
  profile: Profile,
  meter: Meter,
  trail = new Trail(workflow.steps),
): Walked {
  const walk = new Walk(workflow, profile.name, meter, trail);
  const { nodes } = walk;
  try {
    walk.run(profile);
  } catch (error) {
    const { tooLarge } = walk;
    if (error instanceof Broken) return { nodes, tooLarge, broken: error.finding };
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
