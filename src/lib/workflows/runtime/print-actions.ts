// Who lives here: the actions of the machine that ask for labels: a step that is reached, and PRINT.

import type { Rules } from './fits.ts';
import type { Change } from './machine.ts';
import { askPrint, printAgain } from './prints.ts';
import type { Fn } from './problem-actions.ts';

export function printActions(change: (fn: Fn) => Change, rules: Rules) {
  const print: Change = ({ context }, params) => askPrint(context, rules, params?.step);
  return { print, printAgain: change((d, _event, at) => printAgain(d, at)) };
}
