// Who lives here: what an operator says with a finger or a command barcode: OK, typed values, a
// touched row, BACK, CANCEL, UNDO, FINISH, HELP. And what the hub says: the order changed, a
// command was refused. Each is a function from one dialogue to the next.

import { fault, isQuantity, LIMITS, openQuantity, quantity } from '../../domain/index.ts';
import type { CommandId, Fault, OrderView, PostingWhen } from '../../domain/index.ts';
import type { AskedFact, Step } from '../types.ts';
import {
  currentLine,
  mostOf,
  pendingBy,
  saying,
  settled,
  telling,
  tolerance,
  working,
} from './dialogue.ts';
import type { Booked, Dialogue, Work } from './dialogue.ts';
import { numberOf } from './evaluate.ts';
import { openOrder } from './take.ts';
import type { At } from './take.ts';

/** What the quantity step proposes: the count by scanning, the pack, or the workflow's default. */
export function proposal(d: Dialogue, steps: readonly Step[]): number | undefined {
  if (d.work.counted !== undefined) return d.work.counted;
  if (d.work.pack !== undefined) return d.work.pack.quantity;
  const step = steps.find((each) => each.kind === 'ask' && each.fact === 'quantity');
  if (step?.kind !== 'ask') return undefined;
  const value = numberOf(step.default, d);
  return value === undefined ? undefined : quantity(value);
}

/** Where the goods go when the operator just says OK. */
export function suggestion(d: Dialogue): Work['location'] {
  const { document, work } = d;
  if (document === undefined) return undefined;
  return work.item?.defaultLocations[document.warehouse.id] ?? document.warehouse.defaultLocation;
}

function quantityFits(d: Dialogue, value: number, at: At): Fault | undefined {
  const line = currentLine(d);
  if (line === undefined || !isQuantity(value, LIMITS.quantityMax)) {
    return fault('step.not-a-quantity', { read: String(value) });
  }
  if (!line.item.fractions && !Number.isInteger(value)) {
    return fault('step.no-fractions', { unit: line.item.unit });
  }
  const most = mostOf(at.steps, line);
  if (value > most) {
    return fault('step.over-tolerance', { quantity: value, most, unit: line.item.unit });
  }
  return undefined;
}

function setQuantity(d: Dialogue, value: number, at: At): Dialogue {
  const wrong = quantityFits(d, value, at);
  return wrong === undefined ? working(d, { ...d.work, quantity: value }) : saying(d, wrong);
}

/** OK: take what the screen proposes. */
export function accept(before: Dialogue, at: At): Dialogue {
  const d = settled(before);
  if (at.asks === 'quantity') {
    const proposed = proposal(d, at.steps);
    if (proposed === undefined) return saying(d, fault('step.not-a-quantity', { read: '' }));
    return setQuantity(d, proposed, at);
  }
  if (at.asks === 'serial') {
    if ((d.work.serials ?? []).length === 0) return saying(d, fault('step.no-serials'));
    return working(d, { ...d.work, serialsDone: true });
  }
  const location = suggestion(d);
  if (at.asks === 'location' && location !== undefined) {
    return working(d, { ...d.work, location });
  }
  return saying(d, fault('step.not-here', { asks: at.asks }));
}

const CALENDAR = /^(\d{4})-(\d{2})-(\d{2})$/;

/** Whether `text` is a day that exists, as `yyyy-mm-dd`. */
function isDay(text: string): boolean {
  const match = CALENDAR.exec(text);
  if (match === null) return false;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0;
  return year >= 1900 && day >= 1 && day <= days;
}

function enterText(d: Dialogue, at: At, value: string): Dialogue {
  const max = at.asks === 'serial' ? LIMITS.serialChars : LIMITS.batchChars;
  if (value.length > max) return saying(d, fault('step.too-long', { max, read: value }), value);
  if (at.asks === 'batch') return working(d, { ...d.work, batch: value });
  const serials = d.work.serials ?? [];
  if (serials.includes(value)) return saying(d, fault('step.serial-twice', { serial: value }));
  const line = currentLine(d);
  const most = Math.min(LIMITS.serialsPerLine, line === undefined ? 0 : mostOf(at.steps, line));
  if (serials.length + 1 > most) return saying(d, fault('step.too-many-serials', { most }));
  return working(d, { ...d.work, serials: [...serials, value] });
}

/** A typed value for the fact that is asked. Codes of goods and places come as scans instead. */
export function enter(before: Dialogue, fact: AskedFact, typed: string, at: At): Dialogue {
  const d = settled(before);
  const value = typed.trim();
  if (fact !== at.asks)
    return saying(d, fault('step.not-expected', { read: value, asks: at.asks }));
  if (fact === 'quantity') return setQuantity(d, Number(value.replace(',', '.')), at);
  if (fact === 'expiry') {
    if (!isDay(value)) return saying(d, fault('step.not-a-date', { read: value }), value);
    if (value < at.today) return saying(d, fault('step.expired', { expiry: value }), value);
    return working(d, { ...d.work, expiry: value });
  }
  if ((fact === 'batch' || fact === 'serial') && value !== '') return enterText(d, at, value);
  return saying(d, fault('step.not-here', { asks: at.asks }));
}

/** A line of the order was touched. */
export function choose(before: Dialogue, lineId: string, at: At): Dialogue {
  const d = settled(before);
  const line = d.document?.lines.find((each) => each.id === lineId);
  if (line === undefined || at.asks !== 'item')
    return saying(d, fault('step.not-here', { asks: at.asks }));
  if (openQuantity(line) === 0) {
    return saying(d, fault('step.line-complete', { item: line.item.code, order: '' }));
  }
  return working(d, { ...d.work, item: line.item, line: line.id });
}

export function open(before: Dialogue, order: OrderView): Dialogue {
  const d = settled(before);
  if (d.document === undefined) return openOrder(d, order);
  return saying(d, fault('step.not-expected', { read: order.number, asks: 'item' }));
}

export function stepBack(before: Dialogue): Dialogue {
  const d = settled(before);
  return { ...d, work: d.past.at(-1) ?? {}, past: d.past.slice(0, -1), signal: 'step' };
}

export function dropLine(before: Dialogue): Dialogue {
  return { ...settled(before), work: {}, past: [], signal: 'step' };
}

/** Leaves the order; only where nothing of this session is booked on it. */
export function leaveDocument(before: Dialogue): Dialogue {
  const { document: _d, search: _s, only: _o, ...rest } = dropLine(before);
  return rest;
}

/** Takes back the last line of this session. */
export function undo(before: Dialogue): Dialogue {
  const d = settled(before);
  const last = d.booked.at(-1);
  if (last === undefined || d.document === undefined) {
    return saying(d, fault('step.nothing-to-undo'));
  }
  const undone = pendingBy({ ...d, booked: d.booked.slice(0, -1) }, last.line, -last.quantity);
  const said = telling(undone, {
    key: 'message.undone',
    data: { quantity: last.quantity, unit: last.unit, item: last.itemCode },
  });
  const drafted = { type: 'line.undo', document: d.document.id, target: last.command } as const;
  return { ...said, drafted, signal: 'step' };
}

export function finish(before: Dialogue): Dialogue {
  const d = settled(before);
  if (d.document === undefined) return d;
  const linesLeftOpen = d.document.lines.filter((line) => openQuantity(line) > 0).length;
  const drafted = { type: 'document.finish', document: d.document.id, linesLeftOpen } as const;
  return { ...d, work: {}, past: [], drafted, signal: 'done' };
}

/** The facts of the work that the action goodsReceipt needs, by the item's tracking. */
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

function workQuantity(work: Work): number {
  return work.item?.tracking === 'serial' ? (work.serials ?? []).length : (work.quantity ?? 0);
}

/** Whether the line in progress still fits what is open: another station may have been faster. */
export function lineFits(d: Dialogue, at: At): boolean {
  return quantityFits(d, workQuantity(d.work), at) === undefined;
}

/** It no longer fits: ask the quantity (or the serials) again, with the reason. */
export function askAgain(before: Dialogue, at: At): Dialogue {
  const wrong = quantityFits(before, workQuantity(before.work), at);
  const { quantity: _q, serialsDone: _s, counted: _c, ...work } = before.work;
  const d = { ...settled(before), work };
  return wrong === undefined ? d : saying(d, wrong);
}

/** Green: the line becomes a command. */
export function book(
  before: Dialogue,
  steps: readonly Step[],
  posting: PostingWhen,
  command: CommandId,
): Dialogue {
  const { work, document } = before;
  const { item, line } = work;
  if (item === undefined || line === undefined || document === undefined) return before;
  const amount = workQuantity(work);
  const { tracking } = item;
  const drafted = {
    type: 'receive.line',
    document: document.id,
    line,
    item: item.id,
    quantity: amount,
    ...(tracking === 'batch' && work.batch !== undefined ? { batch: work.batch } : {}),
    ...(tracking === 'batch' && item.hasExpiry && work.expiry !== undefined
      ? { expiry: work.expiry }
      : {}),
    ...(tracking === 'serial' && work.serials !== undefined ? { serials: work.serials } : {}),
    ...(document.warehouse.usesLocations && work.location !== undefined
      ? { location: work.location.id }
      : {}),
    tolerance: tolerance(steps),
    posting,
  } as const;
  const booked: Booked = { command, line, quantity: amount, itemCode: item.code, unit: item.unit };
  const d: Dialogue = {
    ...settled(before),
    work: {},
    past: [],
    booked: [...before.booked, booked].slice(-LIMITS.undoDepth),
    drafted,
    justDone: line,
    signal: 'green',
  };
  const place = document.warehouse.usesLocations ? (work.location?.code ?? '') : '';
  return telling(pendingBy(d, line, amount), {
    key: place === '' ? 'message.line-done' : 'message.line-done-at',
    data: { quantity: amount, unit: item.unit, item: item.code, place },
  });
}

/** The hub's newer view of the open order. */
export function orderChanged(d: Dialogue, order: OrderView): Dialogue {
  const { drafted: _d, ...rest } = d;
  return rest.document?.id === order.id ? { ...rest, document: order, signal: 'none' } : d;
}

/** One of our commands did not stand: take it out of what we count, and say so loudly. */
export function refused(before: Dialogue, command: CommandId, why: Fault): Dialogue {
  const lost = before.booked.find((each) => each.command === command);
  const booked = before.booked.filter((each) => each.command !== command);
  const d = { ...settled(before), booked };
  return saying(
    lost === undefined ? d : pendingBy(d, lost.line, -lost.quantity),
    why,
    lost?.itemCode,
  );
}

export function help(before: Dialogue): Dialogue {
  return { ...settled(before), help: true };
}
