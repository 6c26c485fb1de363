// Who lives here: an approved barcode on its way to every station: remembered, and its item's row
// made anew.

import type { Projection } from '../projection/index.ts';
import type { Linking } from './exception-desk.ts';
import type { Master } from './master.ts';

export function linkingIn(master: Master, projection: Pick<Projection, 'touch'>): Linking {
  return {
    async problem(item, barcode) {
      const known = await master.item(item);
      return known === undefined
        ? 'Exact has this item no more.'
        : master.links.problem(item, barcode);
    },
    linked(item, barcode) {
      master.links.add(item, barcode);
      projection.touch('item', [item]);
    },
  };
}
