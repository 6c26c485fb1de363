// Who lives here: what the hub is asked about the goods, the place or the number at work, and whether
// it has answered: of a look-up, of a place that may be empty, of a count that is held against the books.

import type { LookQuestion } from '../../domain/index.ts';
import type { LookModel } from '../types.ts';
import type { Dialogue, Work } from './dialogue.ts';

/** What is asked of the hub about what is shown; an order is known here. */
export function lookQuestion({ item, location, batch, serials, number }: Work) {
  const numbered = batch ?? serials?.[0];
  const about = (): LookQuestion | undefined => {
    if (item !== undefined) {
      const { id } = item;
      return { kind: 'item', id, ...(numbered === undefined ? {} : { number: numbered }) };
    }
    if (location !== undefined) return { kind: 'location', id: location.id };
    return number === undefined ? undefined : { kind: 'number', number };
  };
  return about();
}

export const same = (a: LookQuestion | undefined, b: LookQuestion): boolean =>
  a?.kind === b.kind && JSON.stringify(a) === JSON.stringify(b);

/** How far the answer to a question has come; where nothing is asked all is known. */
export function stateOf(
  ask: LookQuestion | undefined,
  looked: Dialogue['looked'],
): LookModel['state'] {
  if (ask === undefined) return 'known';
  if (looked === undefined) return 'asked';
  return looked.answer === undefined ? 'away' : 'known';
}

/** What the hub said to this very question. */
export function answerTo(ask: LookQuestion | undefined, { looked }: Dialogue): Dialogue['looked'] {
  return ask !== undefined && looked !== undefined && same(ask, looked.ask) ? looked : undefined;
}
