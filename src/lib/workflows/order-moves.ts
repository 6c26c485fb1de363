// Who lives here: what the proofs try with orders: one more beside the one that is open.

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
