// Who lives here: what the hub says in the sample warehouse of the proofs when it is asked what lies in
// a place: one piece of the item, so that a place can be found empty of something.

import type { ItemView } from '../domain/index.ts';
import { asksWith } from './options.ts';
import { pressed } from './order-moves.ts';
import type { Move } from './profiles.ts';
import { ACTIONS } from './runtime/index.ts';
import type { Action, Step } from './types.ts';

function hearing(item: ItemView, location: string): Move {
  const { id, code, name, unit, tracking } = item;
  const goods = { id, code, name, unit, tracking };
  const number = tracking === 'none' ? {} : { number: 'A1' };
  const lies = [{ goods, warehouse: 'W', ...number, quantity: 1 }];
  const ask = { kind: 'location', id: location } as const;
  return {
    says: 'hear what lies there',
    event: { type: 'looked', ask, answer: { lies, more: 0 }, planned: [] },
    retreat: true,
  };
}

/** The books have none of the goods at work: whatever is counted is off. */
function none({ id, tracking }: ItemView): Move {
  const ask = { kind: 'item', id, ...(tracking === 'none' ? {} : { number: 'A1' }) } as const;
  return {
    says: 'hear that the books have none',
    event: { type: 'looked', ask, answer: { lies: [], more: 0 }, planned: [] },
    retreat: true,
  };
}

/** What a place holds is heard where it may be empty, or carried whole. */
export function contents(
  item: ItemView,
  action: Action,
  steps: readonly Step[],
  at: string,
): Move[] {
  const all = asksWith(steps, 'everything') ? [pressed('ALL')] : [];
  const asked = all.length > 0 || ACTIONS[action].blind === true;
  const books = asksWith(steps, 'recount') ? [none(item)] : [];
  return [...all, ...(asked ? [hearing(item, at)] : []), ...books];
}
