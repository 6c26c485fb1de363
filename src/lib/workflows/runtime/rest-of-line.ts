// Who lives here: how a line goes on after an exception: with as many of its goods as there are.

import { openQuantity } from '../../domain/index.ts';
import { dropLine } from './answer.ts';
import { currentLine, working } from './dialogue.ts';
import type { Dialogue } from './dialogue.ts';

/** Stock units that are open on the line at work. */
export const openOf = (d: Dialogue): number => {
  const line = currentLine(d);
  return line === undefined ? 0 : openQuantity(line);
};
/** Whether its goods are counted, and not told apart piece by piece. */
export const counted = (d: Dialogue): boolean => d.work.item?.tracking !== 'serial';

/** The work with this count proposed at the question for the quantity, which is put again. */
export function proposing(d: Dialogue, quantity: number): Dialogue {
  if (!counted(d)) return d;
  const { quantity: _q, ...work } = d.work;
  return working(d, { ...work, counted: quantity });
}

/** On with what is there; with nothing there, on with another line. */
export const onWith = (d: Dialogue, quantity: number): Dialogue =>
  quantity > 0 ? proposing(d, quantity) : dropLine(d);
