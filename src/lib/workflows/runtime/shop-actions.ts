// Who lives here: the kinds of work on a shop order: material goes into it and comes back from it,
// and what it makes comes in.

import { planOf } from '../../domain/index.ts';
import {
  ALL,
  at,
  BY_DEFAULT,
  FROM_STOCK,
  IN,
  inPlaceOf,
  numbers,
  ON_ORDERS,
  OUT,
  until,
} from './action-parts.ts';
import type { ActionRow } from './action-parts.ts';

export const SHOP_ACTIONS = {
  materialIssue: {
    order: { kind: 'shopOrder', part: 'material' },
    way: 'out',
    facts: ['batch', 'serial', 'quantity', 'location'],
    limit: 'tolerance',
    replaces: true,
    suggests: FROM_STOCK,
    command: (goods) => ({
      type: 'issue.line',
      document: goods.document,
      line: goods.line,
      item: goods.item.id,
      quantity: goods.quantity,
      ...numbers(goods),
      warehouse: goods.warehouse,
      ...at(goods.location),
      tolerance: goods.tolerance,
      ...inPlaceOf(goods),
      posting: goods.posting,
    }),
    words: {
      ...OUT,
      ...ON_ORDERS,
      done: ['message.issued', 'message.issued-from'],
      ended: 'ended.issued',
    },
  },
  materialReturn: {
    order: { kind: 'shopOrder', part: 'issued' },
    way: 'in',
    facts: ['batch', 'serial', 'quantity', 'location'],
    limit: 'issued',
    suggests: [...FROM_STOCK, BY_DEFAULT],
    command: (goods) => ({
      type: 'return.line',
      document: goods.document,
      line: planOf(goods.line),
      item: goods.item.id,
      quantity: goods.quantity,
      ...numbers(goods),
      warehouse: goods.warehouse,
      ...at(goods.location),
      posting: goods.posting,
    }),
    words: {
      ...IN,
      ...ON_ORDERS,
      prompts: { item: 'prompt.come-back' },
      done: ['message.returned', 'message.returned-at'],
      ended: 'ended.returned',
    },
  },
  shopOrderReceipt: {
    order: { kind: 'shopOrder', part: 'product' },
    way: 'in',
    facts: ALL,
    limit: 'tolerance',
    suggests: [BY_DEFAULT],
    command: (goods) => ({
      type: 'produce.line',
      document: goods.document,
      // What the order makes stands on a line with its own id.
      ...(goods.line === goods.document ? {} : { line: goods.line }),
      item: goods.item.id,
      quantity: goods.quantity,
      ...numbers(goods),
      ...until(goods.expiry),
      warehouse: goods.warehouse,
      ...at(goods.location),
      tolerance: goods.tolerance,
      posting: goods.posting,
    }),
    words: {
      ...IN,
      ...ON_ORDERS,
      done: ['message.produced', 'message.produced-at'],
      ended: 'ended.produced',
    },
  },
} as const satisfies Record<string, ActionRow>;
