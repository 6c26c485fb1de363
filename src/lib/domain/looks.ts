// Who lives here: what somebody who looks something up asks of the hub, and what the hub knows: where
// goods lie, as Exact had them when the hub last read it. Nothing is booked by looking.

import type { OrderKind, OrderLineView, PlaceRef, Tracking } from './goods.ts';

/** What is looked up. Ids are Exact's; a number is a batch or a serial number, in any case. */
export type LookQuestion =
  | { readonly kind: 'item'; readonly id: string; readonly number?: string }
  | { readonly kind: 'location'; readonly id: string }
  | { readonly kind: 'number'; readonly number: string };

/** Goods of one item, and one batch or serial number, that lie together. */
export interface LyingView {
  readonly goods: {
    readonly id: string;
    readonly code: string;
    readonly name: string;
    readonly unit: string;
    readonly tracking: Tracking;
  };
  /** What stands on the warehouse's doors. */
  readonly warehouse: string;
  /** Absent: somewhere in the warehouse, in none of its locations. */
  readonly location?: PlaceRef;
  readonly number?: string;
  /** Calendar date, `yyyy-mm-dd`, of the batch. */
  readonly expiry?: string;
  /** Exact lets none of it out. */
  readonly blocked?: true;
  /** Stock units. */
  readonly quantity: number;
}

/** What expires first is first, then by place; at most `LIMITS.lookRows`. */
export interface LookAnswer {
  readonly lies: readonly LyingView[];
  /** How many more there are. */
  readonly more: number;
}

/** What is still open of an item on one order line. */
export interface PlannedView {
  readonly kind: OrderKind;
  readonly part?: NonNullable<OrderLineView['part']>;
  readonly number: string;
  /** Whom it is from or for, or what is made. */
  readonly partner: string;
  readonly itemCode: string;
  readonly unit: string;
  /** Stock units. */
  readonly open: number;
  /** Calendar date, `yyyy-mm-dd`. */
  readonly expected?: string;
}

/** What a station learnt of something that is looked up. */
export interface Looked {
  readonly type: 'looked';
  readonly ask: LookQuestion;
  /** Absent: the hub is away. */
  readonly answer?: LookAnswer;
  /** Open order lines of what was found, at most `LIMITS.lookPlanned`. */
  readonly planned: readonly PlannedView[];
}

/** What a screen shows of something that is looked up; `Line` is how it shows a line of an order. */
export interface LookView<Line> {
  /** The station must ask the hub and answer `looked`; absent where all is known. */
  readonly ask?: LookQuestion;
  /** `asked`: the answer is not there yet. `away`: only the hub knows, and it is away. */
  readonly state: 'asked' | 'known' | 'away';
  readonly lies: readonly LyingView[];
  /** Places and numbers that are not listed. */
  readonly more: number;
  readonly planned: readonly PlannedView[];
  readonly order?: {
    readonly kind: OrderKind;
    readonly number: string;
    readonly partner: string;
    readonly lines: readonly Line[];
  };
}
