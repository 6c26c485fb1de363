// Who lives here: what a scan means to a dialogue. One rule carries it: a scan may bring any facts;
// either all of them fit and are taken, or the first that doesn't fit is named and none is taken.
// (One exception, on purpose: goods with a printed count above what may come are recognised, but
// their count is not taken; the quantity step then asks, with the limit on the screen.)

import { fault, isFault, LIMITS, openQuantity, plus } from '../../domain/index.ts';
import type { Facts, Fault, OrderView, Scan } from '../../domain/index.ts';
import type { AskedFact, Step } from '../types.ts';
import { lineFor, saying, settled, unsearched, working } from './dialogue.ts';
import type { Dialogue, Work } from './dialogue.ts';
import { fitted, mostOf, mostSerials, quantityFault } from './fits.ts';

/** Where the dialogue stands: the fact it waits for, and the workflow's steps. */
export interface At {
  readonly asks: AskedFact | 'close';
  readonly steps: readonly Step[];
  readonly today: string;
}

/** Opens an order; goods that were scanned before it are placed on it. */
export function openOrder(d: Dialogue, order: OrderView, at: At): Dialogue {
  if (order.lines.every((line) => openQuantity(line) === 0)) {
    return saying(d, fault('step.nothing-open', { order: order.number }), order.number);
  }
  const opened: Dialogue = { ...unsearched(d), document: order, signal: 'step' };
  const { item } = d.work;
  if (item === undefined) return opened;
  const placed = placeItem(opened, d.work, item.id, item.code);
  if (isFault(placed)) return saying({ ...opened, work: {} }, placed);
  return { ...limited(opened, placed, at), past: [] };
}

function placeItem(d: Dialogue, work: Work, id: string, code: string): Work | Fault {
  if (d.document === undefined) return work;
  const line = lineFor(d.document, id);
  if (line !== undefined) return { ...work, item: line.item, line: line.id };
  const known = d.document.lines.some((each) => each.item.id === id);
  return fault(known ? 'step.line-complete' : 'step.not-on-order', {
    item: code,
    order: d.document.number,
  });
}

function takeItem(d: Dialogue, work: Work, facts: Facts, at: At): Work | Fault {
  const { item, pack } = facts;
  if (item === undefined) return work;
  const size = pack?.quantity ?? 1;
  if (work.item === undefined) {
    const withPack = pack === undefined ? work : { ...work, pack };
    return placeItem(d, { ...withPack, item, size }, item.id, item.code);
  }
  if (work.item.id !== item.id) {
    return fault('step.finish-line-first', { item: work.item.code, other: item.code });
  }
  // The same goods again where a quantity is asked: count them in. A count that is printed on the
  // first label is the answer itself (takeQuantity); once pieces are counted, it is added to them.
  if (at.asks !== 'quantity') return work;
  if (facts.quantity !== undefined && work.counted === undefined) return work;
  const line = d.document?.lines.find((each) => each.id === work.line);
  const counted = plus(work.counted ?? work.size ?? 0, facts.quantity ?? size);
  const most = line === undefined ? 0 : mostOf(at.steps, line);
  if (counted > most) {
    return fault('step.over-tolerance', { quantity: counted, most, unit: work.item.unit });
  }
  return { ...work, counted };
}

/** Whether the item at work, if there is one yet, has a use for the fact. */
function hasUse(work: Work, name: 'batch' | 'expiry' | 'serial'): boolean {
  if (work.item === undefined) return true;
  const { tracking, hasExpiry } = work.item;
  if (name === 'serial') return tracking === 'serial';
  return tracking === 'batch' && (name === 'batch' || hasExpiry);
}

function takeText(work: Work, name: 'batch' | 'expiry', value: string | undefined): Work | Fault {
  if (value === undefined || !hasUse(work, name)) return work;
  const known = work[name];
  if (known === undefined) return { ...work, [name]: value };
  return known === value ? work : fault('step.conflict', { fact: name, known, read: value });
}

/** One more serial on the line; also for a typed one. */
export function takeSerial(
  d: Dialogue,
  work: Work,
  serial: string | undefined,
  at: At,
): Work | Fault {
  if (serial === undefined || !hasUse(work, 'serial')) return work;
  const serials = work.serials ?? [];
  if (serials.includes(serial)) return fault('step.serial-twice', { serial });
  const line = d.document?.lines.find((each) => each.id === work.line);
  const most = line === undefined ? LIMITS.serialsPerLine : mostSerials(at.steps, line);
  if (serials.length + 1 > most) return fault('step.too-many-serials', { most });
  return { ...work, serials: [...serials, serial] };
}

function takeLocation(d: Dialogue, work: Work, facts: Facts): Work | Fault {
  const { location } = facts;
  if (location === undefined) return work;
  if (d.document !== undefined && location.warehouseId !== d.document.warehouse.id) {
    return fault('step.wrong-warehouse', {
      location: location.code,
      warehouse: d.document.warehouse.name,
    });
  }
  const known = work.location;
  if (known?.id === location.id) return work;
  if (known !== undefined) {
    return fault('step.conflict', { fact: 'location', known: known.code, read: location.code });
  }
  return { ...work, location: { id: location.id, code: location.code } };
}

function takeQuantity(before: Work, work: Work, quantity: number | undefined): Work | Fault {
  if (quantity === undefined || work.item?.tracking === 'serial') return work;
  // The item of the same scan has counted it in already.
  if (work.counted !== before.counted) return work;
  if (work.quantity === quantity) return work;
  const known = work.quantity ?? work.counted ?? quantity;
  if (known === quantity) return { ...work, quantity };
  return fault('step.conflict', { fact: 'quantity', known, read: quantity });
}

/** All facts of one candidate over the work so far, or the first that does not fit. */
function merged(d: Dialogue, facts: Facts, at: At): Work | Fault {
  if (facts.document !== undefined) {
    if (facts.document.id === d.document?.id) return d.work;
    return fault('step.not-expected', { read: facts.document.number, asks: at.asks });
  }
  if (facts.expiry !== undefined && facts.expiry < at.today) {
    return fault('step.expired', { expiry: facts.expiry });
  }
  const parts: ((work: Work) => Work | Fault)[] = [
    (work) => takeItem(d, work, facts, at),
    (work) => takeText(work, 'batch', facts.batch),
    (work) => takeText(work, 'expiry', facts.expiry),
    (work) => takeSerial(d, work, facts.serial, at),
    (work) => takeLocation(d, work, facts),
    (work) => takeQuantity(d.work, work, facts.quantity),
  ];
  let work: Work | Fault = d.work;
  for (const part of parts) {
    work = part(work);
    if (isFault(work)) return work;
  }
  return work;
}

/**
 * Takes the work in, without what its item has no use for. A printed count that may not come is
 * named and not taken; see the head of this file.
 */
export function limited(d: Dialogue, merge: Work, at: At): Dialogue {
  const work = fitted(d, at.steps, merge);
  const { quantity, ...rest } = work;
  if (quantity === undefined || work.line === undefined) return working(d, work);
  // One that was judged before and no longer fits is asked again when the line is complete.
  if (d.work.quantity !== undefined && d.work.line !== undefined) return working(d, work);
  const wrong = quantityFault({ ...d, work }, at.steps, quantity);
  if (wrong === undefined) return working(d, work);
  const nothingElse = JSON.stringify(rest) === JSON.stringify(d.work);
  return saying(nothingElse ? d : working(d, rest), wrong);
}

/** A bare code that nothing in the warehouse knows: a batch or a serial where one is asked. */
function plainFacts(scan: Scan, at: At): Facts | undefined {
  const { plain } = scan;
  if (plain === undefined || scan.candidates.length > 0) return undefined;
  if (at.asks === 'batch' && plain.length <= LIMITS.batchChars) return { batch: plain };
  if (at.asks === 'serial' && plain.length <= LIMITS.serialChars) return { serial: plain };
  return undefined;
}

function chooseOrder(d: Dialogue, scan: Scan, read: string, at: At): Dialogue {
  const documents = scan.candidates.flatMap((facts) => facts.document ?? []);
  const [first, second] = documents;
  if (first !== undefined && second === undefined) return openOrder(d, first, at);
  if (first !== undefined) {
    const only = documents.map((order) => order.id);
    return { ...saying(d, fault('step.several-orders', { count: only.length }), read), only };
  }
  const facts = scan.candidates.find((each) => each.item !== undefined);
  if (facts?.item === undefined) {
    const known = scan.candidates.length > 0;
    const why = known ? fault('step.not-expected', { read, asks: 'document' }) : unknown(scan, at);
    return saying(d, why, read);
  }
  const empty = unsearched({ ...d, work: {} });
  const work = merged(empty, facts, at);
  if (isFault(work)) return saying(d, work, read);
  return { ...empty, work, search: { item: facts.item.id, read }, signal: 'step' };
}

/** A scan at a waiting step. Commands (SD:OK …) were turned into presses before. */
export function takeScan(before: Dialogue, scan: Scan, at: At): Dialogue {
  const d = settled(before);
  const read = scan.raw.text;
  if (d.document === undefined) return chooseOrder(d, scan, read, at);
  const plain = plainFacts(scan, at);
  const candidates = plain === undefined ? scan.candidates : [plain];
  let first: Fault | undefined;
  for (const facts of candidates) {
    const work = merged(d, facts, at);
    // A meaning that brings nothing new is no answer, but another meaning of the code may be one.
    const why = work === d.work ? fault('step.not-expected', { read, asks: at.asks }) : work;
    if (!isFault(why)) return limited(d, why, at);
    first ??= why;
  }
  return saying(d, first ?? unknown(scan, at), read);
}

/** Nobody here knows the code; when a digit was misread, that is why. */
function unknown(scan: Scan, at: At): Fault {
  const code = scan.wrongCheckDigit === true ? 'scan.check-digit' : 'scan.unknown-code';
  return fault(code, { read: scan.raw.text, asks: at.asks });
}

/** The station's answer to a search by item; one that nobody waits for any more changes nothing. */
export function takeFound(before: Dialogue, orders: readonly OrderView[], at: At): Dialogue {
  const { search } = before;
  if (search === undefined || before.document !== undefined) return before;
  const { search: _s, ...rest } = settled(before);
  const fitting = orders.filter((order) => lineFor(order, search.item) !== undefined);
  const [first, second] = fitting;
  if (first === undefined) {
    const item = rest.work.item?.code ?? '';
    return saying(
      { ...rest, work: {} },
      fault('step.not-on-order', { item, order: '' }),
      search.read,
    );
  }
  if (second === undefined) return openOrder(rest, first, at);
  const only = fitting.map((order) => order.id);
  return { ...saying(rest, fault('step.several-orders', { count: only.length })), only };
}
