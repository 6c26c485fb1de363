// Who lives here: what a scan means to a dialogue. One rule carries it: a scan may bring any facts;
// either all of them fit and are taken, or the first that doesn't fit is named and none is taken.
// (One exception, on purpose: goods with a printed count above what may come are recognised, but
// their count is not taken; the quantity step then asks, with the limit on the screen.)

import { fault, isFault, LIMITS, plus } from '../../domain/index.ts';
import type { Facts, Fault, OrderView, Scan } from '../../domain/index.ts';
import type { AskedFact, Step } from '../types.ts';
import { currentLine, lineFor, mostOf, saying, settled, working } from './dialogue.ts';
import type { Dialogue, Work } from './dialogue.ts';

/** Where the dialogue stands: the fact it waits for, and the workflow's steps. */
export interface At {
  readonly asks: AskedFact | 'close';
  readonly steps: readonly Step[];
  readonly today: string;
}

export function openOrder(d: Dialogue, order: OrderView): Dialogue {
  const { search: _s, only: _o, ...rest } = d;
  const opened: Dialogue = { ...rest, document: order, signal: 'step' };
  const { item } = d.work;
  if (item === undefined) return opened;
  const placed = placeItem(opened, d.work, item.id, item.code);
  if (isFault(placed)) return { ...saying({ ...opened, work: {} }, placed) };
  return { ...opened, work: placed };
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
  // The same goods again where a quantity is asked: count one more.
  if (at.asks !== 'quantity' || facts.quantity !== undefined) return work;
  const line = currentLine(d);
  const counted = plus(work.counted ?? work.size ?? 0, size);
  const most = line === undefined ? 0 : mostOf(at.steps, line);
  if (counted > most) return overTolerance(counted, most, work.item.unit);
  return { ...work, counted };
}

function overTolerance(quantity: number, most: number, unit: string): Fault {
  return fault('step.over-tolerance', { quantity, most, unit });
}

function takeText(work: Work, name: 'batch' | 'expiry', value: string | undefined): Work | Fault {
  if (value === undefined) return work;
  const known = work[name];
  if (known === undefined) return { ...work, [name]: value };
  return known === value ? work : fault('step.conflict', { fact: name, known, read: value });
}

function takeSerial(d: Dialogue, work: Work, serial: string | undefined, at: At): Work | Fault {
  if (serial === undefined) return work;
  if (work.item !== undefined && work.item.tracking !== 'serial') return work;
  const serials = work.serials ?? [];
  if (serials.includes(serial)) return fault('step.serial-twice', { serial });
  const line = d.document?.lines.find((each) => each.id === work.line);
  const most = line === undefined ? LIMITS.serialsPerLine : mostOf(at.steps, line);
  if (serials.length + 1 > Math.min(most, LIMITS.serialsPerLine)) {
    return fault('step.too-many-serials', { most });
  }
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
  if (known !== undefined && known.id !== location.id) {
    return fault('step.conflict', { fact: 'location', known: known.code, read: location.code });
  }
  return { ...work, location: { id: location.id, code: location.code } };
}

function takeQuantity(work: Work, quantity: number | undefined): Work | Fault {
  if (quantity === undefined || work.item?.tracking === 'serial') return work;
  if (work.quantity === undefined) return { ...work, quantity };
  if (work.quantity === quantity) return work;
  return fault('step.conflict', { fact: 'quantity', known: work.quantity, read: quantity });
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
    (work) => takeQuantity(work, facts.quantity),
  ];
  let work: Work | Fault = d.work;
  for (const part of parts) {
    work = part(work);
    if (isFault(work)) return work;
  }
  return work;
}

/** A printed count that is more than may come is named, not taken; see the head of this file. */
function limited(d: Dialogue, work: Work, at: At): Dialogue {
  const line = d.document?.lines.find((each) => each.id === work.line);
  if (line === undefined || work.quantity === undefined) return working(d, work);
  const most = mostOf(at.steps, line);
  const { quantity, ...rest } = work;
  if (quantity > most) {
    return saying(working(d, rest), overTolerance(quantity, most, line.item.unit));
  }
  if (!line.item.fractions && !Number.isInteger(quantity)) {
    return saying(working(d, rest), fault('step.no-fractions', { unit: line.item.unit }));
  }
  return working(d, work);
}

/** A bare code that nothing in the warehouse knows: a batch or a serial where one is asked. */
function plainFacts(scan: Scan, at: At): Facts | undefined {
  const { plain } = scan;
  if (plain === undefined || scan.candidates.length > 0) return undefined;
  if (at.asks === 'batch' && plain.length <= LIMITS.batchChars) return { batch: plain };
  if (at.asks === 'serial' && plain.length <= LIMITS.serialChars) return { serial: plain };
  return undefined;
}

function chooseOrder(d: Dialogue, scan: Scan, read: string): Dialogue {
  const documents = scan.candidates.flatMap((facts) => facts.document ?? []);
  const [first, second] = documents;
  if (first !== undefined && second === undefined) return openOrder({ ...d, work: {} }, first);
  if (first !== undefined) {
    const only = documents.map((order) => order.id);
    return { ...saying(d, fault('step.several-orders', { count: only.length }), read), only };
  }
  const facts = scan.candidates.find((each) => each.item !== undefined);
  if (facts?.item === undefined) {
    const known = scan.candidates.length > 0;
    const code = known ? 'step.not-expected' : 'scan.unknown-code';
    return saying(d, fault(code, { read, asks: 'document' }), read);
  }
  const at: At = { asks: 'document', steps: [], today: '' };
  const work = merged({ ...d, work: {} }, facts, at);
  if (isFault(work)) return saying(d, work, read);
  return { ...d, work, search: { item: facts.item.id }, signal: 'step' };
}

/** A scan at a waiting step. Commands (SD:OK …) were turned into presses before. */
export function takeScan(before: Dialogue, scan: Scan, at: At): Dialogue {
  const d = settled(before);
  const read = scan.raw.text;
  if (d.document === undefined) return chooseOrder(d, scan, read);
  const plain = plainFacts(scan, at);
  const candidates = plain === undefined ? scan.candidates : [plain];
  let first: Fault | undefined;
  for (const facts of candidates) {
    const work = merged(d, facts, at);
    if (!isFault(work)) {
      if (work === d.work)
        return saying(d, fault('step.not-expected', { read, asks: at.asks }), read);
      return limited(d, work, at);
    }
    first ??= work;
  }
  return saying(d, first ?? fault('scan.unknown-code', { read, asks: at.asks }), read);
}

/** The station's answer to a search by item. */
export function takeFound(before: Dialogue, orders: readonly OrderView[]): Dialogue {
  const { search, ...rest } = settled(before);
  if (search === undefined || rest.document !== undefined) return settled(before);
  const [first, second] = orders;
  const code = rest.work.item?.code ?? '';
  if (first === undefined) {
    return saying(
      { ...rest, work: {} },
      fault('step.not-on-order', { item: code, order: '' }),
      code,
    );
  }
  if (second === undefined) return openOrder(rest, first);
  const only = orders.map((order) => order.id);
  return { ...saying(rest, fault('step.several-orders', { count: only.length })), only };
}
