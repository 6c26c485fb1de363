// Who lives here: the two pure functions the whole product turns on. `begin` and `advance` take
// plain data and give plain data: the same workflow, state and event give the same step in the
// browser, in Node and in a replay. Nothing is done here; effects are in the step.

import { initialTransition, transition } from 'xstate';
import type { AnyMachineSnapshot } from 'xstate';
import { assert } from '../../domain/index.ts';
import type { Facts } from '../../domain/index.ts';
import type {
  Acting,
  CompiledWorkflow,
  DialogueEvent,
  DialogueStep,
  StoredState,
} from '../types.ts';
import type { Dialogue } from './dialogue.ts';
import { CANCELLED, DONE, machineOf, tidy } from './machine.ts';
import type { MachineEvent } from './machine.ts';
import { refused } from './news.ts';
import { screenOf } from './screen.ts';

const NAMES: Record<Exclude<DialogueEvent['type'], 'press'>, string> = {
  scan: 'SCAN',
  misread: 'MISREAD',
  enter: 'ENTER',
  choose: 'CHOOSE',
  open: 'OPEN',
  found: 'FOUND',
  looked: 'LOOKED',
  order: 'ORDER',
  refused: 'REFUSED',
};

/** A command barcode is a press: SD:OK on paper and OK on glass are the same word. */
function asPress(event: DialogueEvent): DialogueEvent {
  if (event.type !== 'scan') return event;
  const word = event.scan.candidates.find((facts: Facts) => facts.command !== undefined)?.command;
  return word === undefined ? event : { type: 'press', word };
}

function stepOf(
  workflow: CompiledWorkflow,
  { value: at, context }: AtRest,
  acting: Acting | undefined,
): DialogueStep {
  const { drafted, ...d } = context;
  assert(drafted === undefined || acting !== undefined, 'only an event can make a command');
  const ended = endOf(at);
  return {
    state: {
      workflow: workflow.id,
      revision: workflow.revision,
      snapshot: { value: at, context: { ...d, signal: 'none' } },
    },
    screen: screenOf(workflow, at, d),
    commands:
      drafted === undefined || acting === undefined
        ? []
        : [{ id: acting.commandId, payload: drafted }],
    signal: d.signal,
    ...(ended === undefined ? {} : { ended }),
  };
}

function endOf(at: string): DialogueStep['ended'] {
  if (at === DONE) return 'done';
  return at === CANCELLED ? 'cancelled' : undefined;
}

/** A dialogue in one of its states. */
export interface AtRest {
  readonly value: string;
  readonly context: Dialogue;
}

function atRest(workflow: CompiledWorkflow, state: StoredState): AtRest {
  assert(state.revision === workflow.revision, 'a session keeps the revision it began with (I-12)');
  return state.snapshot as AtRest;
}

function restOf(snapshot: AnyMachineSnapshot): AtRest {
  return { value: String(snapshot.value), context: tidy(snapshot.context as Dialogue) };
}

/** How a machine takes a step: by XState on the floor, by hand in the proofs (stepper.ts). */
export interface Stepping {
  /** Where a workflow begins. */
  origin(workflow: CompiledWorkflow): AtRest;
  step(workflow: CompiledWorkflow, at: AtRest, event: MachineEvent): AtRest;
}

/** Steps as they are taken on the floor. */
export const BY_XSTATE: Stepping = {
  origin: (workflow) => {
    const [snapshot] = initialTransition(machineOf(workflow));
    return restOf(snapshot);
  },
  step: (workflow, at, event) => {
    const machine = machineOf(workflow);
    const [next] = transition(machine, machine.resolveState(at), event as never);
    return restOf(next);
  },
};

/** What one event makes of a dialogue: the step without its screen. */
export function react(
  workflow: CompiledWorkflow,
  { value, context }: AtRest,
  happened: DialogueEvent,
  acting: Acting,
  stepping: Stepping = BY_XSTATE,
): AtRest {
  const what = asPress(happened);
  if (endOf(value) !== undefined) {
    if (what.type !== 'refused') return { value, context };
    return { value, context: refused(context, what.command, what.fault) };
  }
  const type = what.type === 'press' ? what.word : NAMES[what.type];
  const event: MachineEvent = { type, from: value, what, acting };
  // At rest there is no sound and no command: an event that means nothing must not repeat them.
  const { drafted: _d, ...silent } = context;
  const from: AtRest = { value, context: { ...silent, signal: 'none' } };
  const { value: to, context: after } = stepping.step(workflow, from, event);
  const { anew: _a, ...rest } = after;
  return { value: to, context: rest };
}

/** The first screen of a workflow. */
export function begin(workflow: CompiledWorkflow): DialogueStep {
  return stepOf(workflow, BY_XSTATE.origin(workflow), undefined);
}

/**
 * One event. Total: an event that means nothing here changes nothing but the message; after the
 * end only a refusal still says something. The state must be of this workflow's revision;
 * restoring into another revision is a programmer's error.
 */
export function advance(
  workflow: CompiledWorkflow,
  state: StoredState,
  happened: DialogueEvent,
  acting: Acting,
): DialogueStep {
  const after = react(workflow, atRest(workflow, state), happened, acting);
  return stepOf(workflow, after, acting);
}

/** The screen of a stored session, as it stood: for a reload in the middle of a line. Silent. */
export function resume(workflow: CompiledWorkflow, state: StoredState): DialogueStep {
  return stepOf(workflow, atRest(workflow, state), undefined);
}
