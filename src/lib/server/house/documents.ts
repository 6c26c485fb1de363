// Who lives here: which orders of Exact's goods may come or go on, and how the stations' rows are
// told of sales and shop orders: the lines that people work on, each by the id that it is booked on.

import type { MirrorOrder, MirrorSalesOrder, MirrorShopOrder } from '../exact/index.ts';
import type { SourceLine, SourceSalesOrder, SourceShopOrder } from '../projection/index.ts';

const COMPLETE = 30;
const DELIVERED = 21;
const FINISHED = 30;

/** Approved, delivered to us, not complete nor cancelled. */
export function receivable(order: MirrorOrder): boolean {
  return order.approved && !order.dropShipment && order.receiptStatus < COMPLETE;
}

/** Approved, not complete nor cancelled. */
export function deliverable(order: MirrorSalesOrder): boolean {
  return order.approved && order.deliveryStatus < DELIVERED;
}

/** Released, not on hold, not finished. */
export function workable(order: MirrorShopOrder): boolean {
  return order.released && !order.onHold && order.status < FINISHED;
}

/** Whether a line is ours to pick: no drop shipment, no goods that are traded in. */
export function pickable(line: MirrorSalesOrder['lines'][number]): boolean {
  return !line.dropShipment && line.ordered > 0;
}

/** A row goes to stations with the lines that can be worked on; one with none of them does not. */
interface Workable {
  readonly warehouseId: string;
  readonly lines: readonly SourceLine[];
}

/** `lines`: those of `salesLines` whose items are here and in stock. */
export function salesSource(
  order: MirrorSalesOrder,
  { warehouseId, lines }: Workable,
): SourceSalesOrder {
  const { id, number, reference, customerName, deliverTo, deliveryDate } = order;
  return {
    ...{ kind: 'salesOrder', id, number, warehouseId, lines },
    ...(reference === undefined ? {} : { reference }),
    customerName: customerName === '' ? deliverTo : customerName,
    ...(deliveryDate === undefined ? {} : { expectedDate: deliveryDate }),
    deliverable: deliverable(order) && lines.length > 0,
  };
}

export function salesLines(order: MirrorSalesOrder): readonly SourceLine[] {
  return order.lines
    .filter(pickable)
    .map(({ id, lineNumber, itemId, ordered }) => ({ id, lineNumber, itemId, ordered }));
}

/** `lines`: those of `shopLines` whose items are here and in stock. */
export function shopSource(
  order: MirrorShopOrder,
  { warehouseId, lines }: Workable,
): SourceShopOrder {
  const { id, number, reference, itemId, plannedDate } = order;
  return {
    ...{ kind: 'shopOrder', id, number, itemId, warehouseId, lines },
    ...(reference === undefined ? {} : { reference }),
    ...(plannedDate === undefined ? {} : { expectedDate: plannedDate }),
    workable: workable(order) && lines.length > 0,
    finished: order.released && !order.onHold && order.status === FINISHED,
  };
}

/**
 * What it makes, under the order's own id, and then its materials and by-products. What Exact books
 * by itself (backflush) is left alone: it is neither issued nor received by hand.
 */
export function shopLines(
  order: Pick<MirrorShopOrder, 'id' | 'itemId' | 'planned' | 'materials'>,
): readonly SourceLine[] {
  const { id, itemId, planned: ordered } = order;
  return [
    { id, lineNumber: 0, itemId, ordered, part: 'product' },
    ...order.materials
      .filter((material) => !material.backflush)
      .map((material): SourceLine => {
        const { id: line, lineNumber, itemId: item, planned, byProduct } = material;
        const part = byProduct ? 'product' : 'material';
        return { id: line, lineNumber, itemId: item, ordered: planned, part };
      }),
  ];
}
