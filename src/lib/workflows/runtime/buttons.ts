// Who lives here: which buttons a screen offers: few, and only those that do something there.

import { ANSWER_KINDS } from '../types.ts';
import type { ActionModel, AskedFact } from '../types.ts';
import { ACTIONS } from './actions.ts';
import { hasWork } from './dialogue.ts';
import type { Dialogue } from './dialogue.ts';
import { canTakeAll } from './everything.ts';
import { asking } from './fits.ts';
import type { AskStep, Rules } from './fits.ts';
import { canSkip, nextStop } from './next.ts';
import { photoInput } from './photos.ts';
import { problemsAt } from './problem.ts';
import { canRepeat } from './repeat.ts';
import { proposal } from './suggest.ts';
import type { Suggestion } from './suggest.ts';
import type { TextKey } from './texts.ts';
import { mayJoin } from './together.ts';

export const button = (
  word: ActionModel['word'],
  tone: ActionModel['tone'],
  key: TextKey,
): ActionModel => ({
  word,
  tone,
  key,
});

function takeKey(fact: AskedFact, { action }: Rules): TextKey {
  if (fact === 'item') return 'action.take-next';
  if (fact === 'tote') return 'action.put-into';
  return fact === 'batch' ? 'action.take-batch' : ACTIONS[action].words.take;
}

/** OK to the quantity; with `count: all` it says how many that are. */
function quantityButton(d: Dialogue, rules: Rules): ActionModel {
  const quantity = proposal(d, rules);
  const all = asking(rules.steps, 'quantity')?.count === 'all' && d.work.counted === undefined;
  if (!all || quantity === undefined) return { word: 'OK', tone: 'primary' };
  const data = { quantity, unit: d.work.item?.unit ?? '' };
  return { ...button('OK', 'primary', 'action.take-all'), data };
}

/** The camera is on, or a photo was taken: keep it, take it again, or one more beside it. */
function photoButtons(step: AskStep, d: Dialogue): ActionModel[] {
  const { live, taken, max } = photoInput(step, d);
  if (live) return [button('OK', 'primary', 'action.photo-take')];
  const keep = button('OK', 'primary', 'action.photo-keep');
  return taken.length < max ? [keep, button('MORE', 'plain', 'action.photo-more')] : [keep];
}

/** Which buttons a waiting step offers: few, and only those that do something here. */
export function actionsOf(
  step: AskStep,
  d: Dialogue,
  rules: Rules,
  suggested: Suggestion | undefined,
): ActionModel[] {
  const { fact, skip } = step;
  const actions: ActionModel[] = fact === 'photo' ? photoButtons(step, d) : [];
  const ok = (key?: TextKey): void => {
    actions.push({ word: 'OK', tone: 'primary', ...(key === undefined ? {} : { key }) });
  };
  if (fact === 'quantity') actions.push(quantityButton(d, rules));
  const { among } = d.work;
  if (fact === 'item' && among?.open === true && among.instead !== true) ok('action.take-first');
  if (fact === 'show') ok('action.read-it');
  if (fact === 'call') ok('action.go-there');
  if (skip === true && (fact === 'call' || ANSWER_KINDS.some((kind) => kind === fact))) {
    actions.push({ word: 'SKIP', tone: 'plain' });
  }
  if (fact === 'serial') {
    if ((d.work.serials ?? []).length > 0) ok('action.serials-done');
    else if (ACTIONS[rules.action].blind === true) ok('action.none-there');
  }
  if (suggested !== undefined && asking(rules.steps, fact)?.confirm === undefined) {
    ok(takeKey(fact, rules));
  }
  if (fact === 'item' && canTakeAll(d, rules)) actions.push({ word: 'ALL', tone: 'plain' });
  if (canSkip(d, { asks: fact, rules })) actions.push({ word: 'SKIP', tone: 'plain' });
  if (!hasWork(d) && d.standing > 0) {
    // One thing to do: where a line is proposed, the end waits.
    const led = actions.some(({ word }) => word === 'OK');
    actions.push({ word: 'FINISH', tone: led ? 'plain' : 'primary' });
    if (d.booked.length > 0) actions.push({ word: 'UNDO', tone: 'plain' });
  }
  // Where the product says what comes next it is not the same once more.
  const leads = nextStop(d, rules) !== undefined;
  if (fact !== 'document' && !leads && canRepeat(d, rules)) {
    actions.push({ word: 'REPEAT', tone: 'plain' });
  }
  // Later the number of the order still adds it; the buttons are for what comes then.
  const fresh = !hasWork(d) && d.standing === 0;
  if (fresh && mayJoin(d, rules)) actions.push({ word: 'MORE', tone: 'plain' });
  const here = { asks: fact, rules, step: '', today: '' };
  if (problemsAt(d, here).length > 0) actions.push({ word: 'PROBLEM', tone: 'plain' });
  const back = waysBack(d, rules);
  const again = fact === 'photo' && !photoInput(step, d).live;
  const named = again ? button('BACK', 'plain', 'action.photo-again') : undefined;
  return [...actions, ...back.map((each) => (each.word === 'BACK' ? (named ?? each) : each))];
}

export function waysBack(d: Dialogue, { action }: Rules): ActionModel[] {
  const actions: ActionModel[] = [];
  // Work without an order has nothing before it: BACK leaves it.
  const { order, command } = ACTIONS[action];
  const inWork = d.document !== undefined || order === undefined;
  if (inWork || hasWork(d)) actions.push({ word: 'BACK', tone: 'plain' });
  // What is only looked at is no line to drop.
  const line = inWork && command !== undefined && hasWork(d) && d.adding !== true;
  if (d.away === true && inWork) actions.push(button('CANCEL', 'danger', 'action.leave-all'));
  else if (line) actions.push(button('CANCEL', 'danger', 'action.cancel-line'));
  return [...actions, { word: 'HELP', tone: 'plain' }];
}
