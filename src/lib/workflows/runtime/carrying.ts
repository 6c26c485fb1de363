// Who lives here: the kinds of work that carry goods: from one place to another, or first on their
// way (a truck, a gate) and from there to a shelf, by somebody else. What was sent on its way is
// work for whoever takes it in; see ledger/loads.ts.

import type { MoveGoods } from '../../domain/index.ts';
import type { Action } from '../types.ts';
import { end, FREE, FROM_STOCK, numbers } from './action-parts.ts';
import type { ActionRow, Goods } from './action-parts.ts';

function moved(goods: Goods): MoveGoods {
  return {
    type: 'move.line',
    document: goods.document,
    tracking: goods.item.tracking,
    item: goods.item.id,
    quantity: goods.quantity,
    ...numbers(goods),
    from: end(goods.location, goods.warehouse),
    to: end(goods.to, goods.warehouse),
    ...(goods.everything === undefined ? {} : { everything: goods.everything }),
    posting: goods.posting,
  };
}

const KEPT = { ...FREE, take: 'action.put-there' } as const;

export const CARRYING: Readonly<
  Record<Extract<Action, `transfer${string}` | 'replenish'>, ActionRow>
> = {
  transfer: {
    way: 'stay',
    facts: ['batch', 'serial', 'quantity', 'location', 'to'],
    limit: 'none',
    unitsAgain: true,
    suggests: [['to', 'default-location']],
    command: moved,
    words: {
      ...KEPT,
      prompts: { location: 'prompt.take-from' },
      done: ['message.moved', 'message.moved'],
      ended: 'ended.moved',
    },
  },
  replenish: {
    order: { kind: 'refill' },
    toHome: true,
    way: 'out',
    facts: ['batch', 'serial', 'quantity', 'location', 'to'],
    limit: 'open',
    unitsAgain: true,
    suggests: [...FROM_STOCK, ['to', 'default-location']],
    command: (goods) => ({ ...moved(goods), line: goods.line }),
    words: {
      ...KEPT,
      prompts: { item: 'prompt.bring', location: 'prompt.take-from', to: 'prompt.bring-to' },
      take: 'action.take-there',
      done: ['message.moved', 'message.moved'],
      ended: 'ended.moved',
    },
  },
  transferOut: {
    way: 'stay',
    facts: ['batch', 'serial', 'quantity', 'location', 'to'],
    onTheWay: true,
    packingList: true,
    limit: 'none',
    unitsAgain: true,
    suggests: [],
    command: (goods) => ({ ...moved(goods), onTheWay: true }),
    words: {
      ...KEPT,
      prompts: { location: 'prompt.take-from', to: 'prompt.on-the-way' },
      done: ['message.sent', 'message.sent'],
      ended: 'ended.sent',
    },
  },
  transferIn: {
    order: { kind: 'load' },
    anywhere: true,
    way: 'in',
    facts: ['batch', 'serial', 'quantity', 'location'],
    limit: 'open',
    suggests: [['location', 'default-location']],
    command: (goods) => ({
      type: 'arrive.line',
      document: goods.document,
      line: goods.line,
      tracking: goods.item.tracking,
      item: goods.item.id,
      quantity: goods.quantity,
      ...numbers(goods),
      to: end(goods.location, goods.warehouse),
      posting: goods.posting,
    }),
    words: {
      ...KEPT,
      prompts: {},
      done: ['message.arrived', 'message.arrived-at'],
      ended: 'ended.arrived',
      again: 'action.next-order',
    },
  },
};
