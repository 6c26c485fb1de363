// Who lives here: how much may still come on a line, and whether the work in progress is a whole
// answer. The screen's limit, the fault and the guard before the booking all ask here, so that
// they can't disagree.

import { fault, isQuantity, LIMITS, openQuantity, plus, times } from '../../domain/index.ts';
import type { Fault, OrderLineView } from '../../domain/index.ts';
import type { AskedFact, Step } from '../types.ts';
import { currentLine } from './dialogue.ts';
import type { Dialogue, Work } from './dialogue.ts';

/** The step that asks for `fact`, if the workflow has one. */
function asking(
  steps: readonly Step[],
  fact: AskedFact,
): Extract<Step, { kind: 'ask' }> | undefined {
  for (const step of steps) if (step.kind === 'ask' && step.fact === fact) return step;
  return undefined;
}

/** Share of the ordered quantity that may come over it. */
export function tolerance(steps: readonly Step[]): number {
  return asking(steps, 'quantity')?.tolerance ?? 0;
}

/** Most stock units that may still be booked on this line; whole ones where halves make no sense. */
export function mostOf(steps: readonly Step[], line: OrderLineView): number {
  const limit = plus(line.ordered, times(line.ordered, tolerance(steps)));
  const most = Math.max(0, plus(limit, -(line.done + line.pending)));
  return line.item.fractions ? most : Math.floor(most);
}

/** Serials that may be on one line at most. */
export function mostSerials(steps: readonly Step[], line: OrderLineView): number {
  const most = asking(steps, 'serial')?.each === undefined ? 1 : mostOf(steps, line);
  return Math.min(most, mostOf(steps, line), LIMITS.serialsPerLine);
}

/** Serials after which the question is answered by itself: what is open, or one without `each`. */
export function serialsWanted(steps: readonly Step[], line: OrderLineView): number {
  return Math.min(Math.max(1, openQuantity(line)), Math.max(1, mostSerials(steps, line)));
}

/**
 * Why `value` stock units can't be booked on the line at work; `read` is what was typed or read.
 * A line that is gone or full is named as such: no other number would help.
 */
export function quantityFault(
  d: Dialogue,
  steps: readonly Step[],
  value: number,
  read = String(value),
): Fault | undefined {
  const line = currentLine(d);
  const about = { item: d.work.item?.code ?? '', order: d.document?.number ?? '' };
  if (line === undefined) return fault('step.not-on-order', about);
  const most = mostOf(steps, line);
  if (most <= 0) return fault('step.line-complete', about);
  if (!isQuantity(value, LIMITS.quantityMax)) return fault('step.not-a-quantity', { read });
  const { unit, fractions } = line.item;
  if (!fractions && !Number.isInteger(value)) return fault('step.no-fractions', { unit });
  return value > most ? fault('step.over-tolerance', { quantity: value, most, unit }) : undefined;
}

/** Stock units that the work stands for. */
export function workQuantity(work: Work): number {
  return work.item?.tracking === 'serial' ? (work.serials ?? []).length : (work.quantity ?? 0);
}

/** The facts of the work that the action goodsReceipt needs and lacks, by the item's tracking. */
export function missingFacts(d: Dialogue): readonly AskedFact[] {
  const { work, document } = d;
  const { item } = work;
  if (item === undefined || document === undefined) return ['item'];
  const missing: AskedFact[] = [];
  if (item.tracking === 'batch' && work.batch === undefined) missing.push('batch');
  if (item.tracking === 'batch' && item.hasExpiry && work.expiry === undefined)
    missing.push('expiry');
  if (item.tracking === 'serial' && (work.serials ?? []).length === 0) missing.push('serial');
  if (item.tracking !== 'serial' && work.quantity === undefined) missing.push('quantity');
  if (document.warehouse.usesLocations && work.location === undefined) missing.push('location');
  return missing;
}

/**
 * The work with nothing in it that its item has no use for (a label may well bring a batch for an
 * item that Exact counts by quantity alone), and with the serials marked done when all are there.
 */
export function fitted(d: Dialogue, steps: readonly Step[], work: Work): Work {
  const { item } = work;
  if (item === undefined) return work;
  const { batch, expiry, serials, serialsDone, quantity, ...rest } = work;
  const line = d.document?.lines.find((each) => each.id === work.line);
  if (item.tracking === 'serial') {
    const all = line !== undefined && (serials ?? []).length >= serialsWanted(steps, line);
    const done = serialsDone === true || all;
    return {
      ...rest,
      ...(serials === undefined ? {} : { serials }),
      ...(done ? { serialsDone: true } : {}),
    };
  }
  const batched = item.tracking === 'batch';
  return {
    ...rest,
    ...(batched && batch !== undefined ? { batch } : {}),
    ...(batched && item.hasExpiry && expiry !== undefined ? { expiry } : {}),
    ...(quantity === undefined ? {} : { quantity }),
  };
}
