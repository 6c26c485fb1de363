// Who lives here: the orders that a story gives, of every kind, as one form: a shop order has a line
// for what it makes, with the order's own id, and one for each material.

import { minus } from '../../src/lib/domain/index.ts';
import type { ExactOrderKind, OrderLineView } from '../../src/lib/domain/index.ts';
import type { Demand } from '../../src/lib/server/house/refills.ts';
import { shopLines } from '../../src/lib/server/house/documents.ts';
import type { SourceOrderOfAnyKind } from '../../src/lib/server/projection/sources.ts';
import type { Given } from './format.ts';

interface Line {
  readonly id: string;
  readonly itemId: string;
  readonly ordered: number;
  /** Received, delivered, issued or made. */
  readonly received: number;
  readonly part?: NonNullable<OrderLineView['part']>;
}

export interface Order {
  readonly kind: ExactOrderKind;
  readonly id: string;
  readonly number: string;
  readonly partner: string;
  readonly warehouseId: string;
  readonly expectedDate?: string;
  readonly reference?: string;
  readonly open: boolean;
  readonly lines: readonly Line[];
  /** Of a shop order: the item that it makes. */
  readonly makes?: string;
}

function lineOf(id: string, item: string, ordered: number, received: number): Line {
  return { id, itemId: `item ${item}`, ordered, received };
}

interface Head {
  readonly number: string;
  readonly warehouse: string;
  readonly expected?: string | undefined;
  readonly reference?: string | undefined;
}

function headOf({ number, warehouse, expected, reference }: Head) {
  return {
    id: `order ${number}`,
    number,
    warehouseId: `warehouse ${warehouse}`,
    ...(expected === undefined ? {} : { expectedDate: expected }),
    ...(reference === undefined ? {} : { reference }),
    open: true,
  };
}

/** As the hub tells its stations of it: what Exact books by itself is no line of it. */
function shopOrder(given: Given['shop orders'][number]): Order {
  const { number, makes, planned, made, materials } = given;
  const head = headOf(given);
  const itemId = `item ${makes}`;
  const plans = materials.map((each, index) => ({
    ...{ id: `${number}/${index + 1}`, lineNumber: index + 1, itemId: `item ${each.item}` },
    ...{ planned: each.planned, issued: each.issued },
    ...{ backflush: each.backflush, byProduct: each['by-product'] },
  }));
  const order = { ...{ id: head.id, itemId, planned, materials: plans } };
  const lines = shopLines(order).map(({ id, itemId: item, ordered, part }): Line => {
    const done = plans.find((plan) => plan.id === id)?.issued ?? made;
    return { id, itemId: item, ordered, received: done, ...(part === undefined ? {} : { part }) };
  });
  return { ...head, kind: 'shopOrder', partner: makes, makes: itemId, lines };
}

/** All orders of a story. */
export function ordersOf(given: Given): Order[] {
  const bought = given.orders.map((order): Order => {
    const lines = order.lines.map(({ item, ordered, received }, index) =>
      lineOf(`${order.number}/${index + 1}`, item, ordered, received),
    );
    return { ...headOf(order), kind: 'purchaseOrder', partner: order.supplier, lines };
  });
  const sold = given['sales orders'].map((order): Order => {
    const lines = order.lines.map(({ item, ordered, delivered }, index) =>
      lineOf(`${order.number}/${index + 1}`, item, ordered, delivered),
    );
    return { ...headOf(order), kind: 'salesOrder', partner: order.customer, lines };
  });
  return [...bought, ...sold, ...given['shop orders'].map(shopOrder)];
}

/** The order as the mirror gives it to the rows of stations. */
export function sourceOf(order: Order): SourceOrderOfAnyKind {
  const { kind, partner, open, makes = '' } = order;
  const common = {
    id: order.id,
    number: order.number,
    warehouseId: order.warehouseId,
    ...(order.expectedDate === undefined ? {} : { expectedDate: order.expectedDate }),
    ...(order.reference === undefined ? {} : { reference: order.reference }),
    // What a shop order makes is no line of its plan.
    lines: order.lines.map((line, index) => ({
      ...line,
      lineNumber: kind === 'shopOrder' ? index : index + 1,
    })),
  };
  if (kind === 'salesOrder') return { ...common, kind, customerName: partner, deliverable: open };
  // A shop order that is no longer open in a story is finished, and not closed.
  const finished = !open;
  if (kind === 'shopOrder') return { ...common, kind, itemId: makes, workable: open, finished };
  return {
    ...common,
    supplierName: partner,
    supplierCode: partner.toUpperCase(),
    receivable: open,
  };
}

/** What open orders still want of goods that go out, and of material. */
export function demandsOf(orders: readonly Order[]): readonly Demand[] {
  return orders.flatMap(({ kind, open, warehouseId, expectedDate: date, lines }) =>
    lines
      .filter(({ part }) => open && (kind === 'salesOrder' || part === 'material'))
      .map(({ itemId, ordered, received }) => ({
        ...{ itemId, warehouseId, quantity: minus(ordered, received) },
        ...(date === undefined ? {} : { date }),
      }))
      .filter(({ quantity }) => quantity > 0),
  );
}
