// Who lives here: one pure sum. What the hub says of an order, plus what this station has done and
// the hub's words do not contain yet. So an operator never sees his own work vanish (I-10), with the
// hub near or far. Terms: contained (the order was read from the journal at or after that seq).

import { isGoods, plus } from '../domain/index.ts';
import type { Command, CommandId, CommandPayload, OrderView, Seq } from '../domain/index.ts';
import { shownLineOf } from '../ledger/index.ts';

/** A command of this station with the hub's answer to it, when there is one. */
export interface OwnCommand {
  readonly command: Command;
  readonly status: 'waiting' | 'confirmed' | 'refused';
  /** The hub's seq of the answer; absent while waiting. */
  readonly seq?: Seq;
}

function counts(own: OwnCommand, order: OrderView): boolean {
  if (own.status === 'refused') return false;
  return own.seq === undefined || own.seq > order.seq;
}

/** What a line of goods moves on which line of its order; nothing where there is no order. */
function goodsOf(payload: CommandPayload): { line: string; quantity: number } | undefined {
  if (!isGoods(payload)) return undefined;
  const line = shownLineOf(payload);
  // What a count found moves nothing on an order, and has no order line either.
  if (line === undefined || payload.type === 'count.line') return undefined;
  return { line, quantity: payload.quantity };
}

/** What pick places need is one list, and each of its lines a document of its own. */
export function isAbout({ document }: CommandPayload, { id, kind, lines }: OrderView): boolean {
  if (kind !== 'refill') return document === id;
  return lines.some((line) => line.id === document);
}

/** What one own command adds to a line that the order does not show yet; 0 for other commands. */
function addition(
  own: OwnCommand,
  order: OrderView,
  byId: ReadonlyMap<CommandId, OwnCommand>,
): { line: string; quantity: number } | undefined {
  const { payload } = own.command;
  if (!isAbout(payload, order) || !counts(own, order)) return undefined;
  if (payload.type !== 'line.undo') return goodsOf(payload);
  const target = byId.get(payload.target);
  if (target === undefined || target.status === 'refused') return undefined;
  const taken = goodsOf(target.command.payload);
  return taken && { line: taken.line, quantity: -taken.quantity };
}

/**
 * The order with this station's not-yet-contained commands counted into `pending` (stock units).
 * Waiting commands count; accepted ones count until the order was read at their seq; refused ones
 * never do; an undo counts against its target by the same rule. Order of `own` does not matter.
 */
export function overlay(order: OrderView, own: Iterable<OwnCommand>): OrderView {
  const all = [...own];
  const byId = new Map(all.map((each) => [each.command.id, each]));
  const sums = new Map<string, number>();
  for (const each of all) {
    const added = addition(each, order, byId);
    if (added === undefined) continue;
    sums.set(added.line, plus(sums.get(added.line) ?? 0, added.quantity));
  }
  if (sums.size === 0) return order;
  const lines = order.lines.map((line) => {
    const sum = sums.get(line.id) ?? 0;
    return sum === 0 ? line : { ...line, pending: Math.max(0, plus(line.pending, sum)) };
  });
  return { ...order, lines };
}

/** Whether two views of one order show the same goods; seq alone is no difference. */
export function sameGoods(a: OrderView, b: OrderView): boolean {
  return JSON.stringify(a.lines) === JSON.stringify(b.lines);
}
