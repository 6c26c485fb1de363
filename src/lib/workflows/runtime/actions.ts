// Who lives here: the kinds of work, one row each: on which orders it is done, which facts a line
// needs, which way the goods go, how much may come, what a confirmed line becomes, and the words
// for it. Runtime, screens, proofs and the reader of the file all read this table; none of them
// asks which kind of work it is.

import type { GoodsLine, ItemView, PostingWhen, WholePlace } from '../../domain/index.ts';
import type { OrderLineView, OrderView } from '../../domain/index.ts';
import type { Action, AnswerKind, AskedFact } from '../types.ts';
import type { PlaceAt } from './dialogue.ts';
import type { TextKey } from './texts.ts';

/** Facts of a line beside its order and its item. */
export type LineFact = Exclude<AskedFact, 'document' | 'item' | AnswerKind | 'show'>;

/** A confirmed line with the facts that it needs, before it is any kind's command. */
export interface Goods {
  /** Id of the order; of work without one, of the piece of work. */
  readonly document: string;
  /** Id of the order line; empty without an order. */
  readonly line: string;
  readonly item: ItemView;
  /** Stock units. */
  readonly quantity: number;
  readonly batch?: string;
  readonly expiry?: string;
  readonly serials?: readonly string[];
  readonly location?: PlaceAt;
  readonly to?: PlaceAt;
  /** The order's warehouse, else that of the place. */
  readonly warehouse: string;
  /** Why, by a question of the workflow's own. */
  readonly reason?: string;
  /** What else lay in the place, where everything was carried. */
  readonly everything?: WholePlace;
  readonly tolerance: number;
  readonly posting: PostingWhen;
}

export interface ActionRow {
  /** The kind of order it is done on, and which of its lines; absent: it stands on its own. */
  readonly order?: Pick<OrderView, 'kind'> & Pick<OrderLineView, 'part'>;
  /** Several orders at once are of one partner: one truck, one delivery note. */
  readonly onePartner?: true;
  /** Into the house, out of it, or from one place in it to another. */
  readonly way: 'in' | 'out' | 'stay';
  /** Facts that a line needs, where its item or its warehouse has them at all. */
  readonly facts: readonly LineFact[];
  /** What may come at most: open plus the step's tolerance, what is open, anything. */
  readonly limit: 'tolerance' | 'open' | 'none';
  /** A count: no quantity is proposed, and none found is an answer. */
  readonly blind?: true;
  /** A logistic unit may be met again: what is carried may be carried on. */
  readonly unitsAgain?: true;
  /** Only what the workflow asks the batch or the serials of, and not every kind of item. */
  readonly tracked?: 'asked';
  /** What `suggest` may say, by the fact it stands at. */
  readonly suggests: readonly (readonly [LineFact, 'default-location' | 'source'])[];
  /** What a confirmed line becomes; absent: nothing is booked, things are only looked at. */
  readonly command?: (goods: Goods) => GoodsLine;
  readonly words: Words;
}

/** The sentences that differ from one kind of work to another. */
interface Words {
  /** Prompts other than the catalogue's own for the fact. */
  readonly prompts: Partial<Readonly<Record<AskedFact, TextKey>>>;
  /** A line was booked; the second where places are known. */
  readonly done: readonly [TextKey, TextKey];
  /** OK to a suggested place. */
  readonly take: TextKey;
  readonly ended: TextKey;
  readonly goOn: TextKey;
  readonly again: TextKey;
}

type Tracked = Pick<Goods, 'batch' | 'serials'>;

function numbers({ batch, serials }: Goods): Tracked {
  return {
    ...(batch === undefined ? {} : { batch }),
    ...(serials === undefined ? {} : { serials }),
  };
}

/** No serials are none that were seen; the command says so by its quantity. */
function seen({ serials, ...goods }: Goods): Tracked {
  return numbers(serials?.length === 0 ? goods : { ...goods, ...(serials && { serials }) });
}

const at = (place: PlaceAt | undefined) =>
  place === undefined || place.whole === true ? {} : { location: place.id };
const until = (expiry: string | undefined) => (expiry === undefined ? {} : { expiry });
/** The ledger's word for a place: its warehouse is known even where it has no locations. */
const end = (place: PlaceAt | undefined, warehouse: string) => ({
  warehouse: place?.warehouse ?? warehouse,
  ...at(place),
});

const ALL: readonly LineFact[] = ['batch', 'expiry', 'serial', 'quantity', 'location'];
const BY_DEFAULT = ['location', 'default-location'] as const;
const FROM_STOCK = [
  ['location', 'source'],
  ['batch', 'source'],
] as const;

const ON_ORDERS = { goOn: 'action.go-on-working', again: 'action.next-order' } as const;
const FREE = { goOn: 'action.go-on-working', again: 'action.next-work' } as const;
const IN = { prompts: {}, take: 'action.put-there' } as const;
const OUT = { prompts: { location: 'prompt.take-from' }, take: 'action.take-there' } as const;

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
  materialIssue: {
    order: { kind: 'shopOrder', part: 'material' },
    way: 'out',
    facts: ['batch', 'serial', 'quantity', 'location'],
    limit: 'tolerance',
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
      posting: goods.posting,
    }),
    words: {
      ...OUT,
      ...ON_ORDERS,
      done: ['message.issued', 'message.issued-from'],
      ended: 'ended.issued',
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
  transfer: {
    way: 'stay',
    facts: ['batch', 'serial', 'quantity', 'location', 'to'],
    limit: 'none',
    unitsAgain: true,
    suggests: [['to', 'default-location']],
    command: (goods) => ({
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
    }),
    words: {
      ...FREE,
      prompts: { location: 'prompt.take-from' },
      take: 'action.put-there',
      done: ['message.moved', 'message.moved'],
      ended: 'ended.moved',
    },
  },
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

/** The order with those of its lines that the work is on; nothing for another kind of order. */
export function ofThisWork(action: Action, order: OrderView): OrderView | undefined {
  const { order: on } = ACTIONS[action];
  if (on?.kind !== order.kind) return undefined;
  if (on.part === undefined) return order;
  return { ...order, lines: order.lines.filter((line) => line.part === on.part) };
}
