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
  at: string,
  context: Dialogue,
  acting: Acting | undefined,
): DialogueStep {
  const { drafted, ...d } = tidy(context);
  assert(drafted === undefined || acting !== undefined, 'only an event can make a command');
  const ended = endOf(at);
  return {
    state: {
      workflow: workflow.id,
      revision: workflow.revision,
      // A sound belongs to one event: at rest there is silence.
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

interface AtRest {
  readonly value: string;
  readonly context: Dialogue;
}

function atRest(workflow: CompiledWorkflow, state: StoredState): AtRest {
  assert(state.revision === workflow.revision, 'a session keeps the revision it began with (I-12)');
  return state.snapshot as AtRest;
}

/** The first screen of a workflow. */
export function begin(workflow: CompiledWorkflow): DialogueStep {
  const [snapshot] = initialTransition(machineOf(workflow));
  return stepOf(workflow, nameOf(snapshot), snapshot.context as Dialogue, undefined);
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
  const { value, context } = atRest(workflow, state);
  const what = asPress(happened);
  if (endOf(value) !== undefined) {
    const after = what.type === 'refused' ? refused(context, what.command, what.fault) : context;
    return stepOf(workflow, value, after, acting);
  }
  const machine = machineOf(workflow);
  const type = what.type === 'press' ? what.word : NAMES[what.type];
  const event: MachineEvent = { type, from: value, what, acting };
  const at = machine.resolveState({ value, context });
  const [next] = transition(machine, at, event as never);
  return stepOf(workflow, nameOf(next), next.context as Dialogue, acting);
}

function nameOf(snapshot: AnyMachineSnapshot): string {
  return String(snapshot.value);
}

/** The screen of a stored session, as it stood: for a reload in the middle of a line. Silent. */
export function resume(workflow: CompiledWorkflow, state: StoredState): DialogueStep {
  const { value, context } = atRest(workflow, state);
  return stepOf(workflow, value, context, undefined);
}
