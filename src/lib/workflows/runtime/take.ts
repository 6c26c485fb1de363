// Who lives here: what a scan means to a dialogue. One rule carries it: a scan may bring any facts;
// either all of them fit and are taken, or the first that doesn't fit is named and none is taken.
// (One exception: of goods with a printed count above what may come the count is not taken.)

import { fault, isFault, openQuantity } from '../../domain/index.ts';
import type { Fault, OrderView, Scan } from '../../domain/index.ts';
import { ACTIONS, ofThisWork } from './actions.ts';
import { decided, goodsKnown, meaningsOf, onLines } from './among.ts';
import { isAnswer } from './answers.ts';
import { withoutYes } from './approvals.ts';
import { isBegun, keptOf, saying, settled, unsearched, working } from './dialogue.ts';
import type { Dialogue, Work } from './dialogue.ts';
import { askEmpty, canEmpty } from './empty.ts';
import { everythingTo } from './everything.ts';
import { bareFacts, FACT_NAMES, FACTS } from './facts.ts';
import { askedAt, fitted, quantityFault } from './fits.ts';
import type { At, Rules } from './fits.ts';
import { placeGoods, readingsOf } from './goods.ts';
import type { Read } from './goods.ts';
import { nothingOpen } from './issued.ts';
import { lookBeyond } from './look.ts';
import { mineOf } from './needs.ts';
import { offersOf } from './offers.ts';
import { checkedPlace } from './place-digits.ts';
import { added, addingTo, searchFor, unknown } from './take-parts.ts';
import { takeAll, takeItem } from './taken.ts';
import { isCompared } from './recount.ts';
import { onOrder, ordersOf } from './together.ts';
import { takeTote, toteScanned, wrongTote } from './totes.ts';
import { unfit } from './unfit.ts';
import { unitTwice } from './units.ts';

/** Opens an order; goods that were scanned before it are placed on it. */
export function openOrder(d: Dialogue, whole: OrderView, at: At): Dialogue {
  const order = ofThisWork(at.rules.action, mineOf(d, whole));
  if (order === undefined) {
    return saying(d, fault('step.wrong-order', { order: whole.number }), whole.number);
  }
  if (order.lines.every((line) => openQuantity(line) === 0)) {
    return saying(d, nothingOpen(order, at.rules), order.number);
  }
  const { skipped: _s, ...rest } = unsearched(d);
  const joined = onOrder(rest, order, at.rules);
  if (isFault(joined)) return saying(d, joined, order.number);
  const opened: Dialogue = { ...joined, signal: 'step' };
  if (meaningsOf(d.work).length === 0) return opened.joined === undefined ? opened : added(opened);
  const placed = placeGoods(opened, d.work, at.rules);
  if (isFault(placed)) return saying({ ...opened, work: {} }, placed);
  return { ...limited(opened, placed, at), past: [] };
}

/** The takings of all facts, item first: it decides what the others are of use for. */
const TAKINGS = FACT_NAMES.flatMap((fact) => FACTS[fact].taken ?? []);

/**
 * All facts of one candidate over the work so far, or the first that does not fit. Goods past their
 * date may be counted and carried, but neither come in nor go out.
 */
function merged(d: Dialogue, facts: Read, at: At): Work | Fault {
  if (facts.document !== undefined) {
    if (ordersOf(d).some(({ id }) => id === facts.document?.id)) return d.work;
    return fault('step.not-expected', { read: facts.document.number, asks: at.asks });
  }
  // Before all else: goods past their date are set apart, whatever they are.
  const { expiry } = facts;
  const wanted = ACTIONS[at.rules.action].way !== 'stay';
  if (wanted && expiry !== undefined && expiry < at.today) return fault('step.expired', { expiry });
  return takeAll(TAKINGS, d, facts, at);
}

/** Something else than what is suggested: named; what is known besides stays, or is taken. */
function notTaken(d: Dialogue, { why, work }: NonNullable<ReturnType<typeof unfit>>, at: At) {
  const nothing = work === d.work || work.item === undefined;
  return saying(nothing ? { ...d, work } : limited(d, work, at), why);
}

/**
 * Takes the work in, without what its item has no use for. A printed count that may not come is
 * named and not taken; see the head of this file. Goods that turn out to be others than the
 * questions so far were put for begin anew.
 */
export function limited(before: Dialogue, merge: Work, at: At): Dialogue {
  const { rules } = at;
  if (ACTIONS[rules.action].command === undefined) return looking(before, merge, rules);
  const whole = fitted(before, rules, decided(before, rules, merge));
  const twice = unitTwice(before, whole, rules) ?? wrongTote(before, whole, rules);
  if (twice !== undefined) return saying(before, twice);
  const turned = others(before, whole, rules);
  const work = turned ? withoutYes(whole) : whole;
  const other = unfit(before, work, rules);
  if (other !== undefined) return notTaken(before, other, at);
  const d: Dialogue = turned ? { ...before, anew: 'due' } : before;
  const { quantity, ...rest } = work;
  const judged = quantity !== undefined && goodsKnown({ ...d, work }, rules);
  if (!judged || work.item?.tracking === 'serial') return working(d, work);
  // One that was judged before and no longer fits is asked again when the line is complete.
  if (d.work.quantity !== undefined && goodsKnown(d, rules)) return working(d, work);
  if (isCompared(rules)) return working(d, rest); // A label says what was packed, not what is there.
  const wrong = quantityFault({ ...d, work }, rules, quantity);
  if (wrong === undefined) return working(d, work);
  const nothingElse = JSON.stringify(rest) === JSON.stringify(d.work);
  return saying(nothingElse ? d : working(d, rest), wrong);
}

/** The goods were known, and now they are others, or not known. */
function others(d: Dialogue, work: Work, rules: Rules): boolean {
  if (!goodsKnown(d, rules)) return false;
  const { item, line } = d.work;
  return work.among?.open === true || work.item?.id !== item?.id || work.line !== line;
}

/** Orders that a code names; of several those that the goods in the hand are known to be on. */
function ordersNamed(d: Dialogue, { candidates }: Scan, at: At): readonly OrderView[] {
  const { order: on } = ACTIONS[at.rules.action];
  const known = candidates.flatMap((facts) => facts.document ?? []);
  const ours = known.filter((order) => order.kind === on?.kind);
  const listed = ours.filter((order) => d.only?.includes(order.id) === true);
  if (listed.length > 0) return listed;
  return ours.length > 0 ? ours : known.slice(0, 1);
}

/** The code names an order that can be opened beside those that are open; mid-line it can't. */
function adds(d: Dialogue, scan: Scan, at: At): boolean {
  if (at.rules.together === undefined || isBegun(d.work)) return false;
  const open = ordersOf(d);
  return ordersNamed(d, scan, at).some(({ id }) => open.every((one) => one.id !== id));
}

function chooseOrder(d: Dialogue, scan: Scan, read: string, at: At): Dialogue {
  const documents = ordersNamed(d, scan, at);
  const [first, second] = documents;
  if (first !== undefined && second === undefined) return openOrder(d, first, at);
  if (first !== undefined) {
    const only = documents.map((order) => order.id);
    const several = saying(d, fault('step.several-orders', { count: only.length }), read);
    return { ...several, ...addingTo(d), only };
  }
  const facts = readingsOf(scan).find((each) => each.goods !== undefined);
  if (facts === undefined) {
    const why =
      scan.candidates.length > 0
        ? fault('step.not-expected', { read, asks: 'document' })
        : unknown(scan, at);
    return saying(d, why, read);
  }
  const empty = { ...unsearched({ ...d, work: keptOf(d.work) }), ...addingTo(d) };
  // Another code of the goods narrows; other goods, before an order is open, take their place.
  const { document: _d, joined: _j, ...free } = unsearched(d);
  const narrowed = merged(free, facts, at);
  const work = isFault(narrowed) ? merged({ ...free, work: empty.work }, facts, at) : narrowed;
  if (isFault(work)) return saying(d, work, read);
  return { ...empty, work, search: searchFor(work, read), signal: 'step' };
}

/** The place that was just scanned, once more in place of goods: none lie there. */
function sameAgain(d: Dialogue, { candidates }: Scan, { asks, rules }: At): boolean {
  if (asks !== 'item' || !canEmpty(d, rules)) return false;
  return candidates.some((facts) => facts.location?.id === d.work.location?.id);
}

/** A scan at a waiting step. Commands (SD:OK …) were turned into presses before. */
export function takeScan(before: Dialogue, scan: Scan, at: At): Dialogue {
  const d = settled(before);
  const read = scan.raw.text;
  const { order, command } = ACTIONS[at.rules.action];
  if (d.adding === true) {
    // Goods of the orders that are open go on with those; others tell which order they are on.
    const taken = takeScan(unsearched(d), scan, at);
    return taken.signal === 'error' ? chooseOrder(d, scan, read, at) : taken;
  }
  if (order !== undefined && (d.document === undefined || adds(d, scan, at))) {
    return chooseOrder(d, scan, read, at);
  }
  if (command === undefined) return lookAt(d, scan, at);
  if (sameAgain(d, scan, at)) return askEmpty(before);
  const whole = everythingTo(before, scan, at, (all, to) => takeScan(all, scan, to));
  if (whole !== undefined) return whole;
  // Typed codes come as scans; where nothing may be typed they are no answer.
  if (scan.raw.device === 'typed' && askedAt(at)?.by === 'scan') {
    return saying(d, fault('step.scan-only', { read }), read);
  }
  const tote = toteScanned(scan, at.rules);
  if (tote !== undefined) {
    const into = takeTote(d, scan, tote, at);
    return isFault(into) ? saying(d, into, read) : limited(d, into, at);
  }
  const checked = checkedPlace(d, scan, at);
  if (checked !== undefined) return 'work' in checked ? checked : limited(d, checked, at);
  const { plain } = scan;
  // A retail code that was misread is no text, no number and no choice.
  const misread = scan.wrongCheckDigit === true && isAnswer(askedAt(at));
  const text = plain === undefined || misread ? undefined : bareFacts(plain, d, at);
  // Codes of warehouses are short: where a batch or a serial is asked, “1” is one.
  const sure = scan.candidates.filter((one) => text === undefined || one.warehouse === undefined);
  const bare = sure.length > 0 ? undefined : text;
  const readings: readonly Read[] =
    bare === undefined ? readingsOf({ ...scan, candidates: sure }) : [bare];
  let first: Fault | undefined;
  for (const facts of readings) {
    const work = merged(d, facts, at);
    if (work === d.work && facts.goods !== undefined && stillSeveral(d, at)) {
      return onceMore(d, read, at);
    }
    // A meaning that brings nothing new is no answer, but another meaning of the code may be one.
    const why = work === d.work ? fault('step.not-expected', { read, asks: at.asks }) : work;
    if (!isFault(why)) return limited(d, why, at);
    first ??= why;
  }
  return saying(d, first ?? unknown(scan, at), read);
}

function stillSeveral({ work }: Dialogue, { asks }: At): boolean {
  return asks === 'item' && work.among?.open === true;
}

/** The same code once more takes what is proposed; another one that tells nothing apart is named. */
function onceMore(d: Dialogue, read: string, at: At): Dialogue {
  if (d.work.among?.instead === true) return saying(d, fault('step.instead'), read);
  const [first] = offersOf(d, at.rules, 'item');
  if (first !== undefined && d.work.among?.reads.includes(read) === true) {
    return limited(d, first.work, at);
  }
  return saying(d, fault('step.still-several'), read);
}

/** What is only looked at: all that is known of it, also which pack. */
function looking(d: Dialogue, merge: Work, rules: Rules): Dialogue {
  const work = decided(d, rules, merge);
  const { pack } = work;
  return working(d, pack === undefined ? work : { ...work, quantity: pack.quantity });
}

/** Shows what was scanned, in place of what was shown before; of several things it asks which. */
function lookAt(d: Dialogue, scan: Scan, at: At): Dialogue {
  const read = scan.raw.text;
  const seen = readingsOf(scan).find(({ goods, location }) => (goods ?? location) !== undefined);
  if (seen === undefined) return lookBeyond(d, scan) ?? saying(d, unknown(scan, at), read);
  const { batch, expiry, serial, location, ...goods } = seen;
  const asked = seen.goods !== undefined && d.work.among?.open === true;
  const again = asked ? takeAll([takeItem], d, goods, at) : undefined;
  if (again === d.work) return onceMore(d, read, at);
  const fresh = takeAll([takeItem], { ...d, work: {} }, goods, at);
  const named = again === undefined || isFault(again) ? fresh : again;
  if (isFault(named)) return saying(d, named, read);
  return limited(
    d,
    {
      ...named,
      ...(batch === undefined ? {} : { batch }),
      ...(expiry === undefined ? {} : { expiry }),
      ...(serial === undefined ? {} : { serials: [serial] }),
      ...(location === undefined
        ? {}
        : { location: { id: location.id, code: location.code, warehouse: location.warehouseId } }),
    },
    at,
  );
}

/** The station's answer to a search by item; one that nobody waits for any more changes nothing. */
export function takeFound(before: Dialogue, orders: readonly OrderView[], at: At): Dialogue {
  const { search } = before;
  if (search === undefined) return before;
  const { search: _s, ...rest } = settled(before);
  const fitting = orders.filter((order) => {
    const seen = ofThisWork(at.rules.action, order);
    const goods = meaningsOf(before.work);
    return seen !== undefined && onLines({ ...before, document: seen }, goods).length > 0;
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
