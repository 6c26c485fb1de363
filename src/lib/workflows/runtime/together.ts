// Who lives here: several orders worked on at once. They are joined into one: its lines are the
// lines of all, in the order in which the orders came, so that whatever looks for a line (a scan, a
// suggestion, what is still open) finds it without knowing that there are several. Only what speaks
// of one order asks here which one a line is of. The place of an order in the list is its number on
// the cart, and never changes while the work goes on.

import { fault, LIMITS, openQuantity } from '../../domain/index.ts';
import type { Fault, OrderView } from '../../domain/index.ts';
import type { OrderModel } from '../types.ts';
import { ACTIONS } from './actions.ts';
import type { Dialogue } from './dialogue.ts';
import type { Rules } from './fits.ts';

/** One of the orders that are open at once; its lines stand in `Dialogue.document`. */
export interface Joined extends Pick<
  OrderView,
  'id' | 'number' | 'partnerName' | 'partnerCode' | 'seq' | 'totes'
> {
  /** Ids of its lines. */
  readonly lines: readonly string[];
}

function joinedOf({ lines, totes, ...order }: OrderView): Joined {
  const { id, number, partnerName, partnerCode, seq } = order;
  const head = { id, number, partnerName, partnerCode, seq, ...(totes && { totes }) };
  return { ...head, lines: lines.map((line) => line.id) };
}

/** The orders that are open, the first one first; none before one is chosen. */
export function ordersOf({ document, joined }: Dialogue): readonly Joined[] {
  return joined ?? (document === undefined ? [] : [joinedOf(document)]);
}

/** The order that the line at work is of; of no line, the first. */
export function orderAt(d: Dialogue, line = d.work.line): Joined | undefined {
  const all = ordersOf(d);
  return all.find(({ lines }) => line !== undefined && lines.includes(line)) ?? all[0];
}

/** What the commands about this line are about: its order, or the piece of work. */
export function documentAt(d: Dialogue, line = d.work.line): string | undefined {
  // A list of what pick places need is none of the ledger's documents: each of its lines is one.
  if (d.document?.kind === 'refill' && line !== undefined) return line;
  return orderAt(d, line)?.id ?? d.piece;
}

/** The documents that FINISH is about. */
export function documentsDone(d: Dialogue): readonly string[] {
  if (d.piece !== undefined) return [d.piece];
  const brought = d.document?.kind === 'refill' ? d.booked.map(({ line }) => line) : [];
  if (brought.length > 0) return [...new Set(brought)].slice(-LIMITS.ordersTogether);
  return ordersOf(d).map(({ id }) => id);
}

/** The order of which something is open; nothing where several are, or none: one report, one order. */
export function orderLeftOpen(d: Dialogue): string | undefined {
  // What a pick place needs is nobody's to close.
  if (d.document?.kind === 'refill') return undefined;
  const open = (d.document?.lines ?? []).filter((line) => openQuantity(line) > 0);
  const [only, second] = new Set(open.map(({ id }) => orderAt(d, id)?.id));
  return second === undefined ? only : undefined;
}

/** The numbers of all open orders, as a message names them. */
export function numbersOf(d: Dialogue): string {
  return ordersOf(d)
    .map(({ number }) => number)
    .join(', ');
}

/** Whether one more order may be opened beside those that are open. */
export function mayJoin(d: Dialogue, { together = 1 }: Rules): boolean {
  return d.document !== undefined && ordersOf(d).length < together;
}

/** The dialogue on this order, and on those that were open before; or why it can't be added. */
export function onOrder(d: Dialogue, order: OrderView, rules: Rules): Dialogue | Fault {
  const { document: first } = d;
  if (first === undefined) return { ...d, document: order };
  const all = ordersOf(d);
  const { number } = order;
  if (all.some(({ id }) => id === order.id)) return fault('step.order-open', { order: number });
  if (!mayJoin(d, rules)) return fault('step.orders-full', { most: rules.together ?? 1 });
  if (order.warehouse.id !== first.warehouse.id) {
    const { name: warehouse } = order.warehouse;
    return fault('step.order-elsewhere', { order: number, warehouse });
  }
  const { onePartner } = ACTIONS[rules.action];
  if (onePartner === true && order.partnerCode !== first.partnerCode) {
    return fault('step.other-partner', { order: number, partner: order.partnerName });
  }
  const document = { ...first, lines: [...first.lines, ...order.lines] };
  return { ...d, document, joined: [...all, joinedOf(order)] };
}

/** The hub's newer view of one of the open orders; news of another order is none. */
export function renewed(d: Dialogue, order: OrderView): Dialogue {
  const { document, joined } = d;
  if (document === undefined) return d;
  if (joined === undefined) return document.id === order.id ? { ...d, document: order } : d;
  if (!joined.some(({ id }) => id === order.id)) return d;
  const lines = new Map(document.lines.map((line) => [line.id, line]));
  for (const line of order.lines) lines.set(line.id, line);
  const heads = joined.map((one) => (one.id === order.id ? joinedOf(order) : one));
  const all = heads.flatMap((one) => one.lines.flatMap((id) => lines.get(id) ?? []));
  return { ...d, document: { ...document, lines: all }, joined: heads };
}

/** Without the order that was opened last; nothing of this session stands on any of them. */
export function withoutLast(d: Dialogue): Dialogue {
  const { document, joined = [], ...rest } = d;
  const left = joined.slice(0, -1);
  if (document === undefined || left.length === 0) return rest;
  const ids = new Set(left.flatMap(({ lines }) => lines));
  const kept = { ...document, lines: document.lines.filter(({ id }) => ids.has(id)) };
  return { ...rest, document: kept, ...(left.length === 1 ? {} : { joined: left }) };
}

/** The open orders as a screen shows them; nothing while there is only one. */
export function orderModels(d: Dialogue): readonly OrderModel[] {
  const { document, joined = [] } = d;
  const at = orderAt(d);
  return joined.map(({ id, number, partnerName: partner, lines }, index): OrderModel => {
    const open = document?.lines.some((line) => lines.includes(line.id) && openQuantity(line) > 0);
    return {
      ...{ id, number, partner, tote: index + 1, complete: open !== true },
      ...(d.work.line !== undefined && at?.id === id ? { current: true as const } : {}),
    };
  });
}

/** The number on the cart of the order that this line is of; nothing while there is only one. */
export function toteOf({ joined }: Dialogue, line: string): number | undefined {
  const index = joined?.findIndex(({ lines }) => lines.includes(line)) ?? -1;
  return index === -1 ? undefined : index + 1;
}
