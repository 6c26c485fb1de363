// Who lives here: which buttons a screen offers: few, and only those that do something there.

import type { ActionModel } from '../types.ts';
import { ACTIONS } from './actions.ts';
import { hasWork } from './dialogue.ts';
import type { Dialogue } from './dialogue.ts';
import type { AskStep, Rules } from './fits.ts';
import { problemsAt } from './problem.ts';
import type { Suggestion } from './suggest.ts';
import type { TextKey } from './texts.ts';

export const button = (
  word: ActionModel['word'],
  tone: ActionModel['tone'],
  key: TextKey,
): ActionModel => ({
  word,
  tone,
  key,
});

/** Which buttons a waiting step offers: few, and only those that do something here. */
export function actionsOf(
  { fact, skip }: AskStep,
  d: Dialogue,
  rules: Rules,
  suggested: Suggestion | undefined,
): ActionModel[] {
  const actions: ActionModel[] = [];
  const ok = (key?: TextKey): void => {
    actions.push({ word: 'OK', tone: 'primary', ...(key === undefined ? {} : { key }) });
  };
  if (fact === 'quantity') ok();
  if (fact === 'item' && d.work.among?.open === true) ok('action.take-first');
  if (fact === 'show') ok('action.read-it');
  if (skip === true) actions.push({ word: 'SKIP', tone: 'plain' });
  if (fact === 'serial' && (d.work.serials ?? []).length > 0) ok('action.serials-done');
  if (suggested !== undefined) {
    ok(fact === 'batch' ? 'action.take-batch' : ACTIONS[rules.action].words.take);
  }
  if (!hasWork(d) && d.standing > 0) {
    actions.push({ word: 'FINISH', tone: 'primary' });
    if (d.booked.length > 0) actions.push({ word: 'UNDO', tone: 'plain' });
  }
  const here = { asks: fact, rules, step: '', today: '' };
  if (problemsAt(d, here).length > 0) actions.push({ word: 'PROBLEM', tone: 'plain' });
  return [...actions, ...waysBack(d, rules)];
}

export function waysBack(d: Dialogue, { action }: Rules): ActionModel[] {
  const actions: ActionModel[] = [];
  // Work without an order has nothing before it: BACK leaves it.
  const { order, command } = ACTIONS[action];
  const inWork = d.document !== undefined || order === undefined;
  if (inWork || hasWork(d)) actions.push({ word: 'BACK', tone: 'plain' });
  // What is only looked at is no line to drop.
  const line = inWork && command !== undefined && hasWork(d);
  if (line) actions.push(button('CANCEL', 'danger', 'action.cancel-line'));
  return [...actions, { word: 'HELP', tone: 'plain' }];
}
