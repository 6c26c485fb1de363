// Who lives here: what the proofs press and touch, and one more order beside the open one.

import type { CommandWord, OrderView } from '../domain/index.ts';
import type { Move } from './profiles.ts';

/** A word that helps nobody on who could not go on without it. */
export const pressed = (word: CommandWord): Move => ({
  says: word,
  event: { type: 'press', word },
  retreat: true,
});

/** One more order, with the same goods on it. */
export function besideIt(order: OrderView): Move {
  const lines = order.lines.map((line) => ({ ...line, id: `${line.id}-beside` }));
  const beside = { ...order, id: 'beside', number: '2', lines };
  return { says: 'choose another order', event: { type: 'open', order: beside } };
}

/** What is touched on the screen of a problem, or on a message. */
export const touching = (id: string): Move => ({
  says: `touch “${id}”`,
  event: { type: 'choose', id },
});

export const typing = (quantity: number): Move => ({
  says: `type ${quantity} as quantity`,
  event: { type: 'enter', fact: 'quantity', value: String(quantity) },
});
