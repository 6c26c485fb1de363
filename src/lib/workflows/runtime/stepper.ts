// Who lives here: a compiled machine, stepped by hand. A proof takes tens of thousands of steps, and
// XState makes an actor for each. What `compile` makes is flat (no nested states, no entry or exit
// actions), so that its meaning fits on a page; stepper.test.ts proves that both ways agree.

import { assert } from '../../domain/index.ts';
import type { CompiledWorkflow } from '../types.ts';
import type { Stepping } from './flat.ts';
import { EMPTY } from './dialogue.ts';
import type { AtRest } from './at-rest.ts';
import type { Dialogue } from './dialogue.ts';
import { changesOf, guardsOf } from './machine.ts';
import type { Args, Change, MachineEvent, StepParams } from './machine.ts';

interface Named {
  readonly type: string;
  readonly params?: object;
}
interface Transition {
  readonly target?: string;
  readonly guard?: string | Named;
  readonly actions?: string | Named;
}
interface State {
  readonly type?: 'final';
  readonly always?: readonly Transition[];
  readonly on?: Readonly<Record<string, readonly Transition[]>>;
}
interface Config {
  readonly initial: string;
  readonly states: Readonly<Record<string, State>>;
}
type Guard = (args: Args, params: never) => boolean;

/** A machine that goes on by itself and never rests: its questions are all passed over, in a circle. */
export class EndlessLoop extends Error {
  override readonly name = 'EndlessLoop';

  constructor(readonly state: string) {
    super(`the state “${state}” is left and entered again without end`);
  }
}

/** What XState gives its guards before anything has happened. */
const AT_FIRST = { type: 'xstate.init' } as MachineEvent;

class Machine {
  readonly #config: Config;
  readonly #guards: Readonly<Record<string, Guard>>;
  readonly #changes: Readonly<Record<string, Change>>;
  /** More states than there are, passed over in one go, are a circle. */
  readonly #most: number;

  constructor(workflow: CompiledWorkflow) {
    // Made by `machineConfig` of checked steps, and of nothing else.
    this.#config = workflow.machine as Config;
    this.#guards = guardsOf(workflow);
    this.#changes = changesOf(workflow);
    this.#most = 2 * Object.keys(this.#config.states).length + 2;
  }

  origin(): AtRest {
    return this.#settle(this.#config.initial, EMPTY, AT_FIRST);
  }

  step({ value, context }: AtRest, event: MachineEvent): AtRest {
    const taken = this.#first(this.#state(value).on?.[event.type], context, event);
    if (taken === undefined) return { value, context };
    return this.#settle(taken.target ?? value, this.#changed(taken, context, event), event);
  }

  #state(name: string): State {
    const state = this.#config.states[name];
    assert(state !== undefined, 'a machine has all states that it leads to');
    return state;
  }

  /** Goes on for as long as some condition alone leads further. */
  #settle(first: string, before: Dialogue, event: MachineEvent): AtRest {
    let [value, context] = [first, before];
    for (let passed = 0; passed <= this.#most; passed += 1) {
      const taken = this.#first(this.#state(value).always, context, event);
      if (taken === undefined) return { value, context };
      context = this.#changed(taken, context, event);
      value = taken.target ?? value;
    }
    throw new EndlessLoop(value);
  }

  #first(
    ways: readonly Transition[] | undefined,
    context: Dialogue,
    event: MachineEvent,
  ): Transition | undefined {
    if (ways === undefined) return undefined;
    for (const way of ways) {
      if (way.guard === undefined) return way;
      const { type, params } = named(way.guard);
      const holds = this.#guards[type];
      assert(holds !== undefined, 'a machine asks what its vocabulary has');
      if (holds({ context, event }, params as never)) return way;
    }
    return undefined;
  }

  #changed({ actions }: Transition, context: Dialogue, event: MachineEvent): Dialogue {
    if (actions === undefined) return context;
    const { type, params } = named(actions);
    const change = this.#changes[type];
    assert(change !== undefined, 'a machine does what its vocabulary has');
    return change({ context, event }, params as StepParams | undefined);
  }
}

const named = (name: string | Named): Named => (typeof name === 'string' ? { type: name } : name);

const machines = new WeakMap<CompiledWorkflow, Machine>();

function machineBy(workflow: CompiledWorkflow): Machine {
  const made = machines.get(workflow) ?? new Machine(workflow);
  machines.set(workflow, made);
  return made;
}

/** Steps without an actor. @throws EndlessLoop */
export const BY_HAND: Stepping = {
  origin: (workflow) => machineBy(workflow).origin(),
  step: (workflow, at, event) => machineBy(workflow).step(at, event),
};
