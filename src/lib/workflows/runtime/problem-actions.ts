// Who lives here: the part of the machine's vocabulary that PROBLEM and the remedies on messages are
// compiled to. See machine.ts.

import { dropLine } from './answer.ts';
import type { Dialogue } from './dialogue.ts';
import type { At } from './fits.ts';
import type { MachineEvent } from './machine.ts';
import * as problem from './problem.ts';

/** What one event makes of a dialogue. */
export type Fn = (d: Dialogue, event: MachineEvent, at: At) => Dialogue;

/** Of the state that PROBLEM leads to, and of the remedies on messages. */
export function problemActions<T>(change: (fn: Fn) => T) {
  return {
    openProblem: change((d, { acting }, at) => problem.openProblem(d, at, acting.commandId)),
    takeRemedy: change((d, { what, acting }, at) =>
      what.type === 'choose' ? problem.takeRemedy(d, what.id, at, acting.commandId) : d,
    ),
    chooseInProblem: change((d, { what, acting }, at) =>
      what.type === 'choose' ? problem.chooseInProblem(d, what.id, at, acting.commandId) : d,
    ),
    enterInProblem: change((d, { what, acting }, at) =>
      what.type === 'enter' ? problem.enterInProblem(d, what.value, at, acting.commandId) : d,
    ),
    acceptInProblem: change((d, { acting }, at) =>
      problem.acceptInProblem(d, at, acting.commandId),
    ),
    scanInProblem: change((d, { what, acting }, at) =>
      what.type === 'scan' ? problem.scanInProblem(d, what.scan, at, acting.commandId) : d,
    ),
    backInProblem: change(problem.backInProblem),
    // `end` ends the work, and asks nothing more.
    dropCheck: change(({ problem: _p, ...d }) => d),
    dropProblem: change((d) => {
      const { problem: _p, ...rest } = dropLine(d);
      return rest;
    }),
  };
}
