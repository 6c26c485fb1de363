// Who lives here: how a screen shows detours: the flows that a question offers, and, in between, how
// to come back and what waits there.

import type { ActionModel, CompiledWorkflow, DetourModel, ScreenModel } from '../types.ts';
import { ACTIONS } from './actions.ts';
import { broughtBy } from './brought.ts';
import { button } from './buttons.ts';
import type { AtRest } from './at-rest.ts';
import type { Dialogue } from './dialogue.ts';
import { waitingIn } from './detour.ts';
import { callId } from './calls.ts';
import { ordersOf } from './together.ts';

/** The flows that a question of this workflow offers a detour to. */
export function detoursOf({ detours = [], calls = [] }: CompiledWorkflow): readonly DetourModel[] {
  return detours.flatMap(({ call }) => {
    const called = calls.find(({ id }) => id === call);
    return called === undefined
      ? []
      : [{ id: callId(call), label: called.label, icon: called.icon }];
  });
}

/** OK takes along what is looked up; CANCEL leads back, whatever was begun. */
function actionsIn(screen: ScreenModel, takes: boolean): readonly ActionModel[] {
  const others = screen.actions.filter(({ word }) => word !== 'CANCEL');
  const along = takes ? [button('OK', 'primary', 'action.take-along')] : [];
  const help = others.filter(({ word }) => word === 'HELP');
  const rest = others.filter(({ word }) => word !== 'HELP');
  return [...along, ...rest, button('CANCEL', 'plain', 'action.leave-detour'), ...help];
}

/** The screen of the flow that runs in between; nothing where none does. */
export function detourScreen(
  workflow: CompiledWorkflow,
  at: AtRest,
  screenOf: (workflow: CompiledWorkflow, value: string, d: Dialogue) => ScreenModel,
): ScreenModel | undefined {
  const waiting = waitingIn(workflow, at);
  if (waiting === undefined) return undefined;
  const { called, inner, call } = waiting;
  const screen = screenOf(called, inner.value, inner.context);
  const looks = ACTIONS[called.action].command === undefined;
  const takes = looks && broughtBy(called, inner, call.bring) !== undefined;
  const { context: d } = at;
  const behind = ordersOf(d).map(({ id }) => id);
  const { action, document } = called;
  const deeper = screen.detour;
  const work = deeper?.work ?? { action, ...(document === undefined ? {} : { document }) };
  return {
    ...screen,
    actions: deeper === undefined ? actionsIn(screen, takes) : screen.actions,
    detour: {
      from: workflow.label,
      ...(d.document === undefined ? {} : { order: d.document.number }),
      behind: [...behind, ...(deeper?.behind ?? [])],
      work,
    },
  };
}
