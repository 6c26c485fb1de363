// Who lives here: what the hub says while an operator works: the order changed, a command was
// refused. News never answers a question and never makes a command; it changes what may still come
// and says what must be known.

import type { CommandId, Fault, OrderView } from '../../domain/index.ts';
import { ofThisWork } from './actions.ts';
import { pendingBy, saying, settled } from './dialogue.ts';
import type { Dialogue } from './dialogue.ts';
import type { Rules } from './fits.ts';

/** The hub's newer view of the open order; news of another order is none. Messages stay. */
export function orderChanged(d: Dialogue, whole: OrderView, { action }: Rules): Dialogue {
  const order = ofThisWork(action, whole);
  return order !== undefined && d.document?.id === order.id ? { ...d, document: order } : d;
}

/**
 * One of our commands did not stand: a line is taken out of what we count, and said loudly. A
 * refused undo of a line that stands (it is on its way to Exact) counts the line in again.
 */
export function refused(before: Dialogue, command: CommandId, why: Fault): Dialogue {
  const d = settled(before);
  const lost = d.booked.find((each) => each.command === command);
  if (lost !== undefined) {
    const booked = d.booked.filter((each) => each.command !== command);
    const less = { ...d, booked, standing: d.standing - 1 };
    return saying(pendingBy(less, lost.line, -lost.quantity), why, lost.itemCode);
  }
  const back = d.undone.find((each) => each.undo === command);
  if (back === undefined) return saying(d, why);
  const undone = d.undone.filter((each) => each.undo !== command);
  if (why.code !== 'ledger.already-posted') return saying({ ...d, undone }, why, back.itemCode);
  // It comes first in the list: UNDO must reach the lines that can still be taken back.
  const { undo: _u, ...line } = back;
  const more = { ...d, undone, booked: [line, ...d.booked], standing: d.standing + 1 };
  return saying(pendingBy(more, line.line, line.quantity), why, line.itemCode);
}
