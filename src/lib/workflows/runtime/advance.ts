// Who lives here: the two pure functions the whole product turns on. `begin` and `advance` take
// plain data and give plain data: the same workflow, state and event give the same step in the
// browser, in Node and in a replay. Nothing is done here; effects are in the step.

import { alsoId, assert } from '../../domain/index.ts';
import type { CommandId, CommandPayload, PrintRequest } from '../../domain/index.ts';
import type {
  Acting,
  CompiledWorkflow,
  DialogueEvent,
  DialogueStep,
  DraftedCommand,
  StoredState,
} from '../types.ts';
import { react } from './detour.ts';
import type { AtRest } from './at-rest.ts';
import { BY_XSTATE, endOf } from './flat.ts';
import { askedIn } from './prints.ts';
import { screenOf } from './screen.ts';

function stepOf(
  workflow: CompiledWorkflow,
  { value: at, context }: AtRest,
  acting: Acting | undefined,
): DialogueStep {
  const { asked, rest } = askedIn(context);
  const { drafted, ...d } = rest;
  const silent = drafted === undefined && asked.length === 0;
  assert(silent || acting !== undefined, 'only an event can make a command');
  const ended = endOf(at);
  return {
    state: {
      workflow: workflow.id,
      revision: workflow.revision,
      snapshot: { value: at, context: { ...d, signal: 'none' } },
    },
    screen: screenOf(workflow, at, d),
    commands: acting === undefined ? [] : commandsOf(acting.commandId, drafted, asked),
    signal: d.signal,
    ...(ended === undefined ? {} : { ended }),
  };
}

/** The command of the event has the event's own id, and each request one that is made of it. */
function commandsOf(
  id: CommandId,
  drafted: CommandPayload | undefined,
  asked: readonly PrintRequest[],
): DraftedCommand[] {
  const requests = asked.map((payload, index) => ({ id: alsoId(id, index + 1), payload }));
  return drafted === undefined ? requests : [{ id, payload: drafted }, ...requests];
}

function atRest(workflow: CompiledWorkflow, state: StoredState): AtRest {
  assert(state.revision === workflow.revision, 'a session keeps the revision it began with (I-12)');
  return state.snapshot as AtRest;
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
