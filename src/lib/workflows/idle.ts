// Who lives here: moves that only make the dialogue say why not. The walk of the proofs leaves them
// out: they lead to no other state, offer no remedy, and leave nothing behind. Each row says what
// the runtime does there; idle.test.ts holds the rows against walks that leave nothing out.

import type { CommandWord } from '../domain/index.ts';
import { COMMAND } from './profiles.ts';
import type { Move } from './profiles.ts';
import type { AtRest } from './runtime/at-rest.ts';
import { hasWork } from './runtime/dialogue.ts';
import type { Dialogue } from './runtime/dialogue.ts';
import type { CompiledWorkflow } from './types.ts';

/** Words that say nothing new at a question. */
const PRESSED: Readonly<Partial<Record<CommandWord, (d: Dialogue) => boolean>>> = {
  // The line comes first; only from the list of orders to add it leads back.
  FINISH: (d) => hasWork(d) && d.adding !== true,
  // What BACK does, by the same rows of the machine; BACK is pressed in every state.
  UNDO: hasWork,
  // There is nothing to repeat before the first line, nor where it was taken back.
  REPEAT: (d) => d.last === undefined,
};

/** Whether this event at this question makes the dialogue say why not, and nothing else. */
export function saysOnly(
  workflow: CompiledWorkflow,
  { value, context }: AtRest,
  event: Move['event'],
): boolean {
  // Of a place that may be empty every word is an answer.
  if (context.problem !== undefined || context.emptying === true) return false;
  const step = workflow.steps.find(({ id }) => id === value);
  if (step?.kind !== 'ask') return false;
  switch (event.type) {
    case 'press':
      return PRESSED[event.word]?.(context) === true;
    // An order is open, and no other one is looked for.
    case 'open':
      return context.document !== undefined && context.adding !== true;
    // Typed for another question than the one that is put.
    case 'enter':
      return event.fact !== step.fact;
    // A booked line is touched in the list that UNDO opens.
    case 'choose':
      return event.id === COMMAND;
    default:
      return false;
  }
}
