// Who lives here: which orders, and which of their lines, the work of a station is about. What a
// workflow is done on stands in the workflow; a station shows and finds no orders of other kinds.

import { openQuantity } from '../domain/index.ts';
import type { OrderLineView, OrderView } from '../domain/index.ts';
import type { Match } from '../scan/index.ts';
import type { CompiledWorkflow } from '../workflows/index.ts';
import { ACTIONS } from '../workflows/runtime/index.ts';

/** What a workflow says of its work. */
export type Work = Pick<CompiledWorkflow, 'action' | 'document'>;

/** Which lines of an order this work moves, where an order has several kinds of them. */
export function partOf({ action }: Work): OrderLineView['part'] {
  return ACTIONS[action].order?.part;
}

function isOf(work: Work, { part }: OrderLineView): boolean {
  return part === partOf(work);
}

/** Those of these orders that still lack something of this work. */
export function ordersFor(work: Work, orders: readonly OrderView[]): OrderView[] {
  const lacks = (order: OrderView) =>
    order.lines.some((line) => isOf(work, line) && openQuantity(line) > 0);
  return orders.filter((order) => order.kind === work.document && lacks(order));
}

/** Whether this item is on a line of the order that this work moves. */
export function hasItem(order: OrderView, work: Work, item: string): boolean {
  return order.lines.some((line) => isOf(work, line) && line.item.id === item);
}

/**
 * What of these a scan can mean while this work goes on: of orders only those it is done on. Two
 * orders of different kinds may have the same number; an order of another kind is no order here.
 */
export function meant(matches: readonly Match[], work: Work | undefined): readonly Match[] {
  return matches.filter((match) => match.kind !== 'order' || match.body.kind === work?.document);
}
