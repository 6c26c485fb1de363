// Who lives here: what the hub says while an operator works: the order changed, a command was
// refused. News never answers a question and never makes a command; it changes what may still come
// and says what must be known.

import type { CommandId, Fault, FaultCode, OrderView } from '../../domain/index.ts';
import { ofThisWork } from './actions.ts';
import { hasWork, pendingBy, saying, settled } from './dialogue.ts';
import type { Dialogue, Undone } from './dialogue.ts';
import type { Rules } from './fits.ts';
import { carried, mineOf } from './needs.ts';
import { renewed } from './together.ts';

/** The hub's newer view of an open order; news of another order is none. Messages stay. */
export function orderChanged(d: Dialogue, whole: OrderView, { action }: Rules): Dialogue {
  const order = ofThisWork(action, whole);
  return order === undefined ? d : renewed(d, mineOf(d, order));
}

/**
 * One of our commands did not stand: a line is taken out of what we count, and said loudly. A
 * refused undo of a line that stands (it is on its way to Exact) counts the line in again.
 */
export function refused(before: Dialogue, command: CommandId, why: Fault): Dialogue {
  if (why.code === 'ledger.carried') return carried(before, command, why);
  const d = settled(before);
  const lost = d.booked.find((each) => each.command === command);
  if (lost !== undefined) {
    const booked = d.booked.filter((each) => each.command !== command);
    const { last, ...others } = d;
    const kept = last?.command === command ? others : d;
    const less = { ...kept, booked, standing: d.standing - 1 };
    return saying(pendingBy(less, lost.line, -lost.quantity), why, lost.itemCode);
  }
  const back = d.undone.find((each) => each.undo === command);
  if (back === undefined) return saying(d, why);
  if (STANDS.has(why.code)) return saying(standing(d, back), why, back.itemCode);
  return saying({ ...d, undone: d.undone.filter((each) => each !== back) }, why, back.itemCode);
}

/** Whether the hub says no to what is at work: somebody else brings it, or it is there by now. */
export function isCarried(
  { held, work }: Dialogue,
  what: { readonly type: string; readonly command?: CommandId },
): boolean {
  if (what.type !== 'refused' || held === undefined) return false;
  return held.command === what.command && held.line === work.line;
}

/** Answers to an undo after which the line is where it was. */
const STANDS: ReadonlySet<FaultCode> = new Set([
  'ledger.already-posted',
  'ledger.undo-posted',
  'ledger.undo-under-way',
  'ledger.undo-rejected',
  'ledger.undo-used',
  'ledger.undo-counted',
  'ledger.undo-packed',
  'ledger.undo-office',
]);

/** It comes first in the list: UNDO must reach the lines that can still be taken back. */
function standing(d: Dialogue, { undo, uncounted = 0, ...line }: Undone): Dialogue {
  const undone = d.undone.filter((each) => each.undo !== undo);
  const more = { ...d, undone, booked: [line, ...d.booked], standing: d.standing + 1 };
  return pendingBy(more, line.line, uncounted);
}

/** Whether this is the answer to our undo of a line that Exact has, and nothing was begun since. */
export function offers(d: Dialogue, command: CommandId, { code }: Fault): boolean {
  const ours = d.undone.some((each) => each.undo === command);
  return ours && code === 'ledger.undo-posted' && !hasWork(d);
}

/** Exact has the line: what taking it back there means is shown before anybody says so. */
export function offered(before: Dialogue, command: CommandId, why: Fault): Dialogue {
  const d = settled(before);
  const line = d.undone.find((each) => each.undo === command);
  if (line === undefined) return d;
  const back = { line: line.command, told: why.data };
  return { ...standing(d, line), back, signal: 'step' };
}
