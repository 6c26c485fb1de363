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
import { screenOf } from './screen.ts';

const NAMES: Record<Exclude<DialogueEvent['type'], 'press'>, string> = {
  scan: 'SCAN',
  misread: 'MISREAD',
  enter: 'ENTER',
  choose: 'CHOOSE',
  open: 'OPEN',
  found: 'FOUND',
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
  snapshot: AnyMachineSnapshot,
  acting: Acting | undefined,
): DialogueStep {
  const d = tidy(snapshot.context as Dialogue);
  const at = String(snapshot.value);
  const { drafted, ...kept } = d;
  const ended = at === DONE ? 'done' : at === CANCELLED ? 'cancelled' : undefined;
  assert(drafted === undefined || acting !== undefined, 'only an event can make a command');
  return {
    state: {
      workflow: workflow.id,
      revision: workflow.revision,
      snapshot: { value: at, context: kept },
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

/** The first screen of a workflow. */
export function begin(workflow: CompiledWorkflow): DialogueStep {
  const [snapshot] = initialTransition(machineOf(workflow));
  return stepOf(workflow, snapshot as AnyMachineSnapshot, undefined);
}

/**
 * One event. Total: an event that means nothing here changes nothing but the message. The state
 * must be of this workflow's revision; restoring into another revision is a programmer's error.
 */
export function advance(
  workflow: CompiledWorkflow,
  state: StoredState,
  happened: DialogueEvent,
  acting: Acting,
): DialogueStep {
  assert(state.revision === workflow.revision, 'a session keeps the revision it began with (I-12)');
  const machine = machineOf(workflow);
  const what = asPress(happened);
  const type = what.type === 'press' ? what.word : NAMES[what.type];
  const event: MachineEvent = { type, what, acting };
  const { value, context } = state.snapshot as { value: string; context: Dialogue };
  const at = machine.resolveState({ value, context });
  const [next] = transition(machine, at, event as never);
  return stepOf(workflow, next as AnyMachineSnapshot, acting);
}

/** The screen of a stored session, as it stood: for a reload in the middle of a line. */
export function resume(workflow: CompiledWorkflow, state: StoredState): DialogueStep {
  assert(state.revision === workflow.revision, 'a session keeps the revision it began with (I-12)');
  const machine = machineOf(workflow);
  const { value, context } = state.snapshot as { value: string; context: Dialogue };
  const snapshot = machine.resolveState({ value, context });
  return stepOf(workflow, snapshot as AnyMachineSnapshot, undefined);
}
