// Who lives here: the kind of work that packs goods which were picked before, and checks them while
// it does: every one is scanned again, and what Exact hears of is what was packed. See
// ledger/packs.ts for how the picks wait for it.

import { planOf } from '../../domain/index.ts';
import type { Action } from '../types.ts';
import { numbers, ON_ORDERS, OUT } from './action-parts.ts';
import type { ActionRow } from './action-parts.ts';

export const PACKING: Readonly<Record<Extract<Action, 'packCheck'>, ActionRow>> = {
  packCheck: {
    order: { kind: 'salesOrder', part: 'picked' },
    packingList: true,
    way: 'out',
    // Goods lie in no place any more.
    facts: ['batch', 'serial', 'quantity'],
    limit: 'open',
    suggests: [],
    command: (goods) => ({
      type: 'pack.line',
      document: goods.document,
      line: planOf(goods.line),
      item: goods.item.id,
      quantity: goods.quantity,
      ...numbers(goods),
      posting: goods.posting,
    }),
    words: {
      ...OUT,
      ...ON_ORDERS,
      prompts: { item: 'prompt.pack' },
      done: ['message.packed', 'message.packed'],
      ended: 'ended.packed',
    },
  },
};
