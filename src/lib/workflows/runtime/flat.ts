// Who lives here: one machine and one event: how a dialogue of one workflow takes a step, by XState
// on the floor and by hand in the proofs. Flows that are called in between are detour.ts's.

import { initialTransition, transition } from 'xstate';
import type { AnyMachineSnapshot } from 'xstate';
import type { Facts } from '../../domain/index.ts';
import type { Acting, CompiledWorkflow, DialogueEvent, DialogueStep } from '../types.ts';
import type { AtRest } from './at-rest.ts';
import type { Dialogue } from './dialogue.ts';
import { CANCELLED, DONE, machineOf, tidy } from './machine.ts';
import type { Happening, MachineEvent } from './machine.ts';
import { claimed } from './needs.ts';
import { refused } from './news.ts';
import { askedIn, withPackingLists } from './prints.ts';

const NAMES: Record<Exclude<Happening['type'], 'press'>, string> = {
  scan: 'SCAN',
  misread: 'MISREAD',
  enter: 'ENTER',
  choose: 'CHOOSE',
  badge: 'BADGE',
  open: 'OPEN',
  found: 'FOUND',
  looked: 'LOOKED',
  order: 'ORDER',
  refused: 'REFUSED',
  returned: 'RETURNED',
};

/** A command barcode is a press: SD:OK on paper and OK on glass are the same word. */
export function asPress(event: DialogueEvent): DialogueEvent {
  if (event.type !== 'scan') return event;
  const word = event.scan.candidates.find((facts: Facts) => facts.command !== undefined)?.command;
  return word === undefined ? event : { type: 'press', word };
}

export function endOf(at: string): DialogueStep['ended'] {
  if (at === DONE) return 'done';
  return at === CANCELLED ? 'cancelled' : undefined;
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

/** At rest there is no sound and no command: an event that means nothing must not repeat them. */
export function quiet(context: Dialogue): Dialogue {
  const { rest } = askedIn(context);
  if (rest.drafted === undefined && rest.signal === 'none') return rest;
  const { drafted: _d, ...silent } = rest;
  return { ...silent, signal: 'none' };
}

/** What one event makes of the dialogue of one workflow, whatever it has called. */
export function stepped(
  workflow: CompiledWorkflow,
  { value, context }: AtRest,
  what: Happening,
  acting: Acting,
  stepping: Stepping,
): AtRest {
  if (endOf(value) !== undefined) {
    if (what.type !== 'refused') return { value, context };
    return { value, context: refused(context, what.command, what.fault) };
  }
  const type = what.type === 'press' ? what.word : NAMES[what.type];
  const event: MachineEvent = { type, from: value, what, acting };
  const { value: to, context: after } = stepping.step(
    workflow,
    { value, context: quiet(context) },
    event,
  );
  const packed = withPackingLists(after, workflow);
  const { anew: _a, ...rest } = packed;
  return { value: to, context: claimed(rest, acting, endOf(to) !== undefined) };
}
