// Who lives here: what an operator says with a finger or a command barcode: OK, typed values, a
// touched row, BACK, CANCEL, UNDO, FINISH, HELP. And how the line in progress becomes a command.
// Each is a function from one dialogue to the next.

import { fault, isFault, LIMITS, openQuantity, quantity } from '../../domain/index.ts';
import type { CommandId, OrderView, PostingWhen } from '../../domain/index.ts';
import type { AskedFact, Step } from '../types.ts';
import { pendingBy, saying, settled, telling, unsearched, working } from './dialogue.ts';
import type { Booked, Dialogue, Work } from './dialogue.ts';
import { numberOf } from './evaluate.ts';
import { quantityFault, tolerance, workQuantity } from './fits.ts';
import { limited, openOrder, takeSerial } from './take.ts';
import type { At } from './take.ts';
import { sentence } from './texts.ts';

/**
 * What the quantity step proposes: the count by scanning, the pack, the workflow's default, or the
 * piece that was scanned.
 */
export function proposal(d: Dialogue, steps: readonly Step[]): number | undefined {
  if (d.work.counted !== undefined) return d.work.counted;
  if (d.work.pack !== undefined) return d.work.pack.quantity;
  const step = steps.find((each) => each.kind === 'ask' && each.fact === 'quantity');
  if (step?.kind !== 'ask') return undefined;
  const value = step.default === undefined ? d.work.size : numberOf(step.default, d);
  return value === undefined ? undefined : quantity(value);
}

/** Where the goods go when the operator just says OK. */
export function suggestion(d: Dialogue): Work['location'] {
  const { document, work } = d;
  if (document === undefined) return undefined;
  return work.item?.defaultLocations[document.warehouse.id] ?? document.warehouse.defaultLocation;
}

/** Takes `value`, typed or read as `read`, as the quantity of the line. */
function setQuantity(d: Dialogue, value: number, at: At, read: string): Dialogue {
  const wrong = quantityFault(d, at.steps, value, read);
  return wrong === undefined ? working(d, { ...d.work, quantity: value }) : saying(d, wrong);
}

/** OK: take what the screen proposes. */
export function accept(before: Dialogue, at: At): Dialogue {
  const d = settled(before);
  if (at.asks === 'quantity') {
    const proposed = proposal(d, at.steps);
    return setQuantity(d, proposed ?? 0, at, proposed === undefined ? '' : String(proposed));
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
  const work = takeSerial(d, d.work, value, at);
  return isFault(work) ? saying(d, work, value) : limited(d, work, at);
}

/** Digits with at most six decimals after a point or comma; no other way to write a number. */
const TYPED_NUMBER = /^\d{1,7}(?:[.,]\d{1,6})?$/;

function typedNumber(typed: string): number {
  return TYPED_NUMBER.test(typed) ? Number(typed.replace(',', '.')) : Number.NaN;
}

/** A typed value for the fact that is asked. Codes of goods and places come as scans instead. */
export function enter(before: Dialogue, fact: AskedFact, typed: string, at: At): Dialogue {
  const d = settled(before);
  const value = typed.trim();
  if (fact !== at.asks)
    return saying(d, fault('step.not-expected', { read: value, asks: at.asks }));
  if (fact === 'quantity') return setQuantity(d, typedNumber(value), at, value);
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
    const order = d.document?.number ?? '';
    return saying(d, fault('step.line-complete', { item: line.item.code, order }));
  }
  return limited(d, { ...d.work, item: line.item, line: line.id }, at);
}

export function open(before: Dialogue, order: OrderView, at: At): Dialogue {
  const d = settled(before);
  if (d.document === undefined) return openOrder(d, order, at);
  return saying(d, fault('step.not-expected', { read: order.number, asks: at.asks }));
}

/** BACK: the facts as they were before the last answer. */
export function stepBack(before: Dialogue): Dialogue {
  const d = unsearched(settled(before));
  return { ...d, work: d.past.at(-1) ?? {}, past: d.past.slice(0, -1), signal: 'step' };
}

/** CANCEL: forgets the line in progress. */
export function dropLine(before: Dialogue): Dialogue {
  return { ...unsearched(settled(before)), work: {}, past: [], signal: 'step' };
}

/** Leaves the order; only where nothing of this session is booked on it. */
export function leaveDocument(before: Dialogue): Dialogue {
  const { document: _d, ...rest } = dropLine(before);
  return { ...rest, booked: [], standing: 0, undone: [] };
}

/** Takes back the last line of this session; `command` is the undo's own id. */
export function undo(before: Dialogue, command: CommandId): Dialogue {
  const d = settled(before);
  const last = d.booked.at(-1);
  if (last === undefined || d.document === undefined) {
    return saying(d, fault('step.nothing-to-undo'));
  }
  const without: Dialogue = {
    ...d,
    booked: d.booked.slice(0, -1),
    standing: d.standing - 1,
    undone: [...d.undone, { ...last, undo: command }].slice(-LIMITS.undoDepth),
  };
  const about = { quantity: last.quantity, unit: last.unit, item: last.itemCode };
  const taken = pendingBy(without, last.line, -last.quantity);
  const said = telling(taken, sentence('message.undone', about));
  const drafted = { type: 'line.undo', document: d.document.id, target: last.command } as const;
  return { ...said, drafted, signal: 'step' };
}

/** FINISH: the order's accepted lines become one posting. */
export function finish(before: Dialogue): Dialogue {
  const d = settled(before);
  if (d.document === undefined) return d;
  const linesLeftOpen = d.document.lines.filter((line) => openQuantity(line) > 0).length;
  const drafted = { type: 'document.finish', document: d.document.id, linesLeftOpen } as const;
  return { ...d, work: {}, past: [], drafted, signal: 'done' };
}

/** Whether the line in progress still fits what is open: another station may have been faster. */
export function lineFits(d: Dialogue, at: At): boolean {
  return quantityFault(d, at.steps, workQuantity(d.work)) === undefined;
}

/**
 * It no longer fits: ask the quantity (or the serials) again, with the reason. Where no quantity
 * would fit any more, the line is dropped: nothing can be asked about it.
 */
export function askAgain(before: Dialogue, at: At): Dialogue {
  const wrong = quantityFault(before, at.steps, workQuantity(before.work));
  if (wrong === undefined) return before;
  if (wrong.code === 'step.line-complete' || wrong.code === 'step.not-on-order') {
    return saying(dropLine(before), wrong);
  }
  const { quantity: _q, serialsDone: _s, counted: _c, ...work } = before.work;
  // BACK must lead to before the answer that is void now, not to it.
  const serials = work.serials?.length ?? 0;
  const lastBefore = before.past.findLastIndex(
    (past) =>
      past.quantity === undefined && (serials === 0 || (past.serials ?? []).length < serials),
  );
  return saying({ ...settled(before), work, past: before.past.slice(0, lastBefore + 1) }, wrong);
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
    standing: before.standing + 1,
    drafted,
    justDone: line,
    signal: 'green',
  };
  const place = document.warehouse.usesLocations ? (work.location?.code ?? '') : '';
  const key = place === '' ? 'message.line-done' : 'message.line-done-at';
  const about = { quantity: amount, unit: item.unit, item: item.code, place };
  return telling(pendingBy(d, line, amount), sentence(key, about));
}

export function help(before: Dialogue): Dialogue {
  return { ...settled(before), help: true };
}
