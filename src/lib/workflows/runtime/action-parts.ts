// Who lives here: the form of a kind of work, and what several kinds share: which facts a line has
// in its command, and the words for goods that come in, go out or stay.

import type { GoodsLine, ItemView, PostingWhen, WholePlace } from '../../domain/index.ts';
import type { OrderLineView, OrderView } from '../../domain/index.ts';
import type { AnswerKind, AskedFact } from '../types.ts';
import type { PlaceAt } from './dialogue.ts';
import type { TextKey } from './texts.ts';

/** Facts of a line beside its order and its item. */
export type LineFact = Exclude<
  AskedFact,
  'document' | 'item' | AnswerKind | 'show' | 'call' | 'approval'
>;

/** A confirmed line with the facts that it needs, before it is any kind's command. */
export interface Goods {
  /** Id of the order; of work without one, of the piece of work. */
  readonly document: string;
  /** Id of the order line; empty without an order. */
  readonly line: string;
  readonly item: ItemView;
  /** The item of the line, where `item` takes its place. */
  readonly instead?: ItemView;
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
  /** Goods of it may be put into any warehouse, not only the order's. */
  readonly anywhere?: true;
  /** Where they go is no place to stay in: they are on their way there. */
  readonly onTheWay?: true;
  /** What it takes leaves in boxes: an order of it has a packing list. */
  readonly packingList?: true;
  /** Goods go to their pick place: they come from other places, no more than lies there. */
  readonly toHome?: true;
  /** Other goods may take the place of a line's, where the file says whose yes that takes. */
  readonly replaces?: true;
  /** Several orders at once are of one partner: one truck, one delivery note. */
  readonly onePartner?: true;
  /** Into the house, out of it, or from one place in it to another. */
  readonly way: 'in' | 'out' | 'stay';
  /** Facts that a line needs, where its item or its warehouse has them at all. */
  readonly facts: readonly LineFact[];
  /** What may come at most: open plus the step's tolerance, what is open, what was issued, anything. */
  readonly limit: 'tolerance' | 'open' | 'issued' | 'none';
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

export function numbers({ batch, serials }: Goods): Tracked {
  return {
    ...(batch === undefined ? {} : { batch }),
    ...(serials === undefined ? {} : { serials }),
  };
}

/** No serials are none that were seen; the command says so by its quantity. */
export function seen({ serials, ...goods }: Goods): Tracked {
  return numbers(serials?.length === 0 ? goods : { ...goods, ...(serials && { serials }) });
}

/** How the hub is told of goods that take the place of others. */
export const inPlaceOf = ({ item: { tracking, unit }, instead }: Goods) =>
  instead === undefined ? {} : { instead: { item: instead.id, tracking, unit } };

export const at = (place: PlaceAt | undefined) =>
  place === undefined || place.whole === true ? {} : { location: place.id };
export const until = (expiry: string | undefined) => (expiry === undefined ? {} : { expiry });
/** The ledger's word for a place: its warehouse is known even where it has no locations. */
export const end = (place: PlaceAt | undefined, warehouse: string) => ({
  warehouse: place?.warehouse ?? warehouse,
  ...at(place),
});

export const ALL: readonly LineFact[] = ['batch', 'expiry', 'serial', 'quantity', 'location'];
export const BY_DEFAULT = ['location', 'default-location'] as const;
export const FROM_STOCK = [
  ['location', 'source'],
  ['batch', 'source'],
] as const;

export const ON_ORDERS = { goOn: 'action.go-on-working', again: 'action.next-order' } as const;
export const FREE = { goOn: 'action.go-on-working', again: 'action.next-work' } as const;
export const IN = { prompts: {}, take: 'action.put-there' } as const;
export const OUT = {
  prompts: { location: 'prompt.take-from' },
  take: 'action.take-there',
} as const;
