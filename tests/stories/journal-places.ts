// Who lives here: goods of a whole place in the sentences of a story's journal: one that is empty, and one
// that everything was carried from.

import type { CountPlace, MoveGoods } from '../../src/lib/domain/index.ts';
import type { StoryMirror } from './mirror.ts';

/** `A-01 empty: PAINT of L-7, BOLT` */
export function emptied({ emptied: told, ...line }: CountPlace, mirror: StoryMirror): string {
  const goods = [line, ...(told?.others ?? [])].map(({ item, batch }) => {
    return `${mirror.itemCode(item)}${batch === undefined ? '' : ` of ${batch}`}`;
  });
  return `${told?.place ?? ''} empty: ${goods.join(', ')}`;
}

/** `A-01, PAINT 2 of L-7, LAMP 2 S1 S2` */
export function everything({ everything: told, ...line }: MoveGoods, mirror: StoryMirror): string {
  const goods = [line, ...(told?.others ?? [])].map(({ item, quantity, batch, serials = [] }) => {
    const numbers = [batch === undefined ? '' : ` of ${batch}`, ...serials.map((one) => ` ${one}`)];
    return `${mirror.itemCode(item)} ${quantity}${numbers.join('')}`;
  });
  return [told?.place ?? '', ...goods].join(', ');
}
