// Who lives here: what the kinds of lines have in common and where they differ, as one table. A way
// is how a kind of line moves goods: on which kind of order, in or out, with which facts.

import { backLineOf, pickedLineOf, unreachable } from '../domain/index.ts';
import type { GoodsLine, OrderKind } from '../domain/index.ts';

export interface Way {
  /** Absent: the work stands on its own. */
  readonly order?: OrderKind;
  /** Which way serial numbers go: a number is not twice in the house, and leaves it once. */
  readonly serials: 'in' | 'out' | 'stay';
  /** New batches come with their expiry date. */
  readonly expiry: boolean;
}

export const WAYS: Readonly<Record<GoodsLine['type'], Way>> = {
  'receive.line': { order: 'purchaseOrder', serials: 'in', expiry: true },
  'deliver.line': { order: 'salesOrder', serials: 'out', expiry: false },
  'issue.line': { order: 'shopOrder', serials: 'out', expiry: false },
  'return.line': { order: 'shopOrder', serials: 'in', expiry: false },
  'produce.line': { order: 'shopOrder', serials: 'in', expiry: true },
  'count.line': { serials: 'stay', expiry: false },
  'move.line': { serials: 'stay', expiry: false },
  'arrive.line': { order: 'load', serials: 'stay', expiry: false },
  // They left their place when they were picked.
  'pack.line': { order: 'salesOrder', serials: 'stay', expiry: false },
};

/** The lines that are booked on an order of Exact's. */
export type OrderGoods = Exclude<
  GoodsLine,
  { type: 'count.line' | 'move.line' | 'arrive.line' | 'pack.line' }
>;

/** The order line that goods are booked on; undefined for work that stands on its own. */
export function orderLineOf(line: GoodsLine): string | undefined {
  switch (line.type) {
    case 'receive.line':
    case 'deliver.line':
    case 'issue.line':
    case 'arrive.line':
    case 'pack.line':
      return line.line;
    case 'return.line':
      // It takes nothing off what may still be issued before Exact has it.
      return backLineOf(line.line);
    case 'produce.line':
      // A shop order's finished goods are booked on the order itself, by-products on their plan.
      return line.line ?? line.document;
    case 'move.line':
      return line.line;
    case 'count.line':
      return undefined;
    default:
      return unreachable(line);
  }
}

/** The line of the station's view that goods are shown on: what is packed, where it was picked. */
export function shownLineOf(line: GoodsLine): string | undefined {
  return line.type === 'pack.line' ? pickedLineOf(line.line) : orderLineOf(line);
}

/** Stock units that a line moves; what a count found moves nothing on an order. */
export function quantityOf(line: GoodsLine): number {
  return line.type === 'count.line' ? 0 : line.quantity;
}

/** Whether it is other goods than those of its order line. */
export const isInstead = (line: GoodsLine): boolean =>
  line.type === 'issue.line' && line.instead !== undefined;

/** Share of what was ordered that may go over it. Nothing goes out that was not ordered. */
export function toleranceOf(line: OrderGoods): number {
  // What takes the place of something takes no more than that.
  if (isInstead(line)) return 0;
  return 'tolerance' in line ? line.tolerance : 0;
}

/** Stock units over what was ordered that somebody said yes to; of what goes out, never any. */
export function approvedOver(line: OrderGoods): number {
  const { type, approvals = [] } = line;
  return type === 'deliver.line' || isInstead(line)
    ? 0
    : Math.max(0, ...approvals.map(({ over = 0 }) => over));
}
