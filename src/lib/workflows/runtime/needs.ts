// Who lives here: needs of pick places. Whoever is at a line says so to the hub (a claim), so that
// nobody else walks for the same; what somebody else is at is no work here meanwhile. A claim goes out
// with the event that brought the line, and is given back with the next one that has no line any more.

import { fault } from '../../domain/index.ts';
import type { CommandId, Fault, OrderLineView, OrderView } from '../../domain/index.ts';
import type { Acting } from '../types.ts';
import { ACTIONS } from './actions.ts';
import { saying, settled } from './dialogue.ts';
import type { Dialogue, Work } from './dialogue.ts';
import type { Rules } from './fits.ts';

/** The line at work, once it is known which one it is. */
function lineNow({ document, work }: Dialogue): string | undefined {
  if (document?.kind !== 'refill' || work.item === undefined) return undefined;
  return work.among?.open === true ? undefined : work.line;
}

/**
 * What the event wants said of who brings what. An event makes one command: where it made another
 * one, or gave a line back, the rest waits for the next event.
 */
export function claimed(d: Dialogue, { commandId }: Acting, ended: boolean): Dialogue {
  const { held, ...free } = d;
  if (d.justDone !== undefined && d.justDone === held?.line) return free;
  if (d.drafted !== undefined) return d;
  const line = ended ? undefined : lineNow(d);
  if (line === held?.line) return d;
  if (held !== undefined) {
    const { line: document } = held;
    return { ...free, drafted: { type: 'line.claim', document, release: true } };
  }
  if (line === undefined) return d;
  const drafted = { type: 'line.claim', document: line } as const;
  return { ...d, held: { line, command: commandId }, drafted };
}

/** The list as this dialogue sees it: without the lines that somebody else is at. */
export function mineOf(d: Dialogue, order: OrderView): OrderView {
  if (order.kind !== 'refill') return order;
  const mine = ({ id, held }: OrderLineView) =>
    held === undefined || held === d.held?.command || id === d.work.line;
  return { ...order, lines: order.lines.filter(mine) };
}

/** Somebody else brings it, or it is there by now: the line is not gone on with, and the next one is proposed. */
export function carried(before: Dialogue, command: CommandId, why: Fault): Dialogue {
  const { held, ...d } = settled(before);
  // It was booked, or left, before the answer came.
  if (held?.command !== command) return before;
  if (d.work.line !== held.line || d.document === undefined) return d;
  const lines = d.document.lines.filter(({ id }) => id !== held.line);
  const document = { ...d.document, lines };
  return saying({ ...d, document, work: {}, past: [] }, why, d.work.item?.code);
}

/** Why goods can't be taken there: it is the pick place itself; and the work without it. */
export function notAway(
  d: Dialogue,
  work: Work,
  { action }: Rules,
): { readonly why: Fault; readonly work: Work } | undefined {
  const { location, item, ...rest } = work;
  if (ACTIONS[action].toHome !== true || item === undefined) return undefined;
  const home = item.defaultLocations[d.document?.warehouse.id ?? ''];
  if (location === undefined || location.id !== home?.id) return undefined;
  const why = fault('step.same-place', { location: location.code });
  return { why, work: d.work.location === undefined ? d.work : { ...rest, item } };
}
