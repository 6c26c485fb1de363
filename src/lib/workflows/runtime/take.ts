// Who lives here: what a scan means to a dialogue. One rule carries it: a scan may bring any facts;
// either all of them fit and are taken, or the first that doesn't fit is named and none is taken.
// (One exception, on purpose: goods with a printed count above what may come are recognised, but
// their count is not taken; the quantity step then asks, with the limit on the screen.)

import { fault, isFault, openQuantity } from '../../domain/index.ts';
import type { Facts, Fault, OrderView, Scan } from '../../domain/index.ts';
import { ACTIONS, ofThisWork } from './actions.ts';
import { lineFor, saying, settled, unsearched, working } from './dialogue.ts';
import type { Dialogue, Work } from './dialogue.ts';
import { bareFacts, FACT_NAMES, FACTS } from './facts.ts';
import { fitted, quantityFault } from './fits.ts';
import type { At } from './fits.ts';
import { placeItem, takeAll } from './taken.ts';

/** Opens an order; goods that were scanned before it are placed on it. */
export function openOrder(d: Dialogue, whole: OrderView, at: At): Dialogue {
  const order = ofThisWork(at.rules.action, whole);
  if (order === undefined) {
    return saying(d, fault('step.wrong-order', { order: whole.number }), whole.number);
  }
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

/** The takings of all facts, item first: it decides what the others are of use for. */
const TAKINGS = FACT_NAMES.flatMap((fact) => FACTS[fact].taken ?? []);

/**
 * All facts of one candidate over the work so far, or the first that does not fit. Goods past their
 * date may be counted and carried, but neither come in nor go out.
 */
function merged(d: Dialogue, facts: Facts, at: At): Work | Fault {
  if (facts.document !== undefined) {
    if (facts.document.id === d.document?.id) return d.work;
    return fault('step.not-expected', { read: facts.document.number, asks: at.asks });
  }
  // Before all else: goods past their date are set apart, whatever they are.
  const { expiry } = facts;
  const wanted = ACTIONS[at.rules.action].way !== 'stay';
  if (wanted && expiry !== undefined && expiry < at.today) return fault('step.expired', { expiry });
  return takeAll(TAKINGS, d, facts, at);
}

/**
 * Takes the work in, without what its item has no use for. A printed count that may not come is
 * named and not taken; see the head of this file.
 */
export function limited(d: Dialogue, merge: Work, at: At): Dialogue {
  const work = fitted(d, at.rules, merge);
  const { quantity, ...rest } = work;
  if (quantity === undefined || !FACTS.item.known({ ...d, work }, at.rules))
    return working(d, work);
  // One that was judged before and no longer fits is asked again when the line is complete.
  if (d.work.quantity !== undefined && FACTS.item.known(d, at.rules)) return working(d, work);
  const wrong = quantityFault({ ...d, work }, at.rules, quantity);
  if (wrong === undefined) return working(d, work);
  const nothingElse = JSON.stringify(rest) === JSON.stringify(d.work);
  return saying(nothingElse ? d : working(d, rest), wrong);
}

function chooseOrder(d: Dialogue, scan: Scan, read: string, at: At): Dialogue {
  const { order: on } = ACTIONS[at.rules.action];
  const known = scan.candidates.flatMap((facts) => facts.document ?? []);
  const ours = known.filter((order) => order.kind === on?.kind);
  const documents = ours.length > 0 ? ours : known.slice(0, 1);
  const [first, second] = documents;
  if (first !== undefined && second === undefined) return openOrder(d, first, at);
  if (first !== undefined) {
    const only = documents.map((order) => order.id);
    return { ...saying(d, fault('step.several-orders', { count: only.length }), read), only };
  }
  const facts = scan.candidates.find((each) => each.item !== undefined);
  if (facts?.item === undefined) {
    const why =
      scan.candidates.length > 0
        ? fault('step.not-expected', { read, asks: 'document' })
        : unknown(scan, at);
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
  const { order, command } = ACTIONS[at.rules.action];
  if (order !== undefined && d.document === undefined) return chooseOrder(d, scan, read, at);
  if (command === undefined) return lookAt(d, scan, at);
  const { plain } = scan;
  const bare =
    plain === undefined || scan.candidates.length > 0
      ? undefined
      : bareFacts(plain, at.asks, at.today);
  const candidates = bare === undefined ? scan.candidates : [bare];
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

/** Shows what was scanned, in place of what was shown before. */
function lookAt(d: Dialogue, scan: Scan, at: At): Dialogue {
  const read = scan.raw.text;
  const seen = scan.candidates.find(({ item, location }) => (item ?? location) !== undefined);
  if (seen === undefined) {
    const known = scan.candidates.length > 0;
    return saying(
      d,
      known ? fault('step.not-expected', { read, asks: 'item' }) : unknown(scan, at),
      read,
    );
  }
  const { item, pack, batch, expiry, serial, location } = seen;
  return working(d, {
    ...(item === undefined ? {} : { item }),
    ...(pack === undefined ? {} : { pack, quantity: pack.quantity }),
    ...(batch === undefined ? {} : { batch }),
    ...(expiry === undefined ? {} : { expiry }),
    ...(serial === undefined ? {} : { serials: [serial] }),
    ...(location === undefined
      ? {}
      : { location: { id: location.id, code: location.code, warehouse: location.warehouseId } }),
  });
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
  const fitting = orders.filter((order) => {
    const seen = ofThisWork(at.rules.action, order);
    return seen !== undefined && lineFor(seen, search.item) !== undefined;
  });
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
