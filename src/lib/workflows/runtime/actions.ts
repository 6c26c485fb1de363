// Who lives here: the kinds of work, one row each: on which orders it is done, which facts a line
// needs, which way the goods go, how much may come, what a confirmed line becomes, and the words
// for it. Runtime, screens, proofs and the reader of the file all read this table; none of them
// asks which kind of work it is.

import type { ItemView, OrderView } from '../../domain/index.ts';
import type { Action } from '../types.ts';
import {
  ALL,
  at,
  BY_DEFAULT,
  FREE,
  FROM_STOCK,
  IN,
  numbers,
  ON_ORDERS,
  OUT,
  seen,
  until,
} from './action-parts.ts';
import type { ActionRow, LineFact } from './action-parts.ts';
import { CARRYING } from './carrying.ts';
import { PACKING } from './packing.ts';
import { SHOP_ACTIONS } from './shop-actions.ts';

export type { LineFact } from './action-parts.ts';

export const ACTIONS: Readonly<Record<Action, ActionRow>> = {
  goodsReceipt: {
    order: { kind: 'purchaseOrder' },
    onePartner: true,
    way: 'in',
    facts: ALL,
    limit: 'tolerance',
    suggests: [BY_DEFAULT],
    command: (goods) => ({
      type: 'receive.line',
      document: goods.document,
      line: goods.line,
      item: goods.item.id,
      quantity: goods.quantity,
      ...numbers(goods),
      ...until(goods.expiry),
      ...at(goods.location),
      tolerance: goods.tolerance,
      posting: goods.posting,
    }),
    words: {
      ...IN,
      done: ['message.line-done', 'message.line-done-at'],
      ended: 'ended.done',
      goOn: 'action.go-on',
      again: 'action.next-order',
    },
  },
  goodsDelivery: {
    order: { kind: 'salesOrder' },
    packingList: true,
    way: 'out',
    facts: ['batch', 'serial', 'quantity', 'location'],
    limit: 'open',
    suggests: FROM_STOCK,
    command: (goods) => ({
      type: 'deliver.line',
      document: goods.document,
      line: goods.line,
      item: goods.item.id,
      quantity: goods.quantity,
      ...numbers(goods),
      ...at(goods.location),
      posting: goods.posting,
    }),
    words: {
      ...OUT,
      ...ON_ORDERS,
      done: ['message.picked', 'message.picked-from'],
      ended: 'ended.picked',
    },
  },
  ...PACKING,
  ...SHOP_ACTIONS,
  stockCount: {
    way: 'stay',
    facts: ['batch', 'serial', 'quantity', 'location'],
    limit: 'none',
    blind: true,
    tracked: 'asked',
    suggests: [],
    command: (goods) => ({
      type: 'count.line',
      document: goods.document,
      warehouse: goods.warehouse,
      tracking: goods.item.tracking,
      item: goods.item.id,
      ...seen(goods),
      ...at(goods.location),
      found: { kind: 'counted', quantity: goods.quantity },
      ...(goods.reason === undefined ? {} : { reason: goods.reason }),
      posting: goods.posting,
    }),
    words: {
      ...FREE,
      prompts: { location: 'prompt.count-at', serial: 'prompt.count-serials' },
      take: 'action.put-there',
      done: ['message.counted', 'message.counted-at'],
      ended: 'ended.counted',
    },
  },
  ...CARRYING,
  lookUp: {
    way: 'stay',
    facts: [],
    limit: 'none',
    suggests: [],
    words: {
      ...FREE,
      prompts: { item: 'prompt.look' },
      take: 'action.put-there',
      done: ['message.moved', 'message.moved'],
      ended: 'ended.cancelled',
    },
  },
};

/** Whether the fact exists for this item in a place that keeps its goods in locations, or not. */
const EXISTS: Readonly<Record<LineFact, (item: ItemView, usesLocations: boolean) => boolean>> = {
  batch: (item) => item.tracking === 'batch',
  expiry: (item) => item.tracking === 'batch' && item.hasExpiry,
  serial: (item) => item.tracking === 'serial',
  quantity: (item) => item.tracking !== 'serial',
  location: (_item, usesLocations) => usesLocations,
  to: (_item, usesLocations) => usesLocations,
};

/** The facts that a line of this work needs for this item. */
export function needs(action: Action, item: ItemView, usesLocations: boolean): readonly LineFact[] {
  return ACTIONS[action].facts.filter((fact) => EXISTS[fact](item, usesLocations));
}

/** Whether goods are packed that were picked before. */
export const isPacking = ({ action }: { readonly action: Action }): boolean =>
  ACTIONS[action].order?.part === 'picked';

/** Whether a line of this work needs this fact for this item. */
export function needsThis(
  action: Action,
  item: ItemView,
  usesLocations: boolean,
  fact: LineFact,
): boolean {
  return ACTIONS[action].facts.includes(fact) && EXISTS[fact](item, usesLocations);
}

/** The order with those of its lines that the work is on; nothing for another kind of order. */
export function ofThisWork(action: Action, order: OrderView): OrderView | undefined {
  const { order: on } = ACTIONS[action];
  if (on?.kind !== order.kind) return undefined;
  // A new view is made only where other work has lines on the order too.
  if (order.lines.every((line) => line.part === on.part)) return order;
  return { ...order, lines: order.lines.filter((line) => line.part === on.part) };
}
