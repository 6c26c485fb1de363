// Who lives here: what the hub says in the sample warehouse of the proofs when it is asked what lies in
// a place: one piece of the item, so that a place can be found empty of something.

import type { ItemView } from '../domain/index.ts';
import type { Move } from './profiles.ts';

export function hearing(item: ItemView, location: string): Move {
  const { id, code, name, unit, tracking } = item;
  const lies = [{ goods: { id, code, name, unit, tracking }, warehouse: 'W', quantity: 1 }];
  const ask = { kind: 'location', id: location } as const;
  return {
    says: 'hear what lies there',
    event: { type: 'looked', ask, answer: { lies, more: 0 }, planned: [] },
    retreat: true,
  };
}
