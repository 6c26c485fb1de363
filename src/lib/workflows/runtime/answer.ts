// Who lives here: what an operator says with a finger or a command barcode: OK, typed values, a
// touched row, BACK, CANCEL, UNDO, FINISH, HELP. And how the line in progress becomes a command.
// Each is a function from one dialogue to the next.

import { fault, isFault, LIMITS, openQuantity } from '../../domain/index.ts';
import type { CommandId, OrderView } from '../../domain/index.ts';
import type { AskedFact } from '../types.ts';
import { ACTIONS } from './actions.ts';
import { allApproved, toldWith } from './approvals.ts';
import { isAnswer, passedOver, reasonOf, typedAnswer } from './answers.ts';
import { bookedWork, factsBooked, repeatedFacts, stays } from './booked.ts';
import { keptOf, pendingBy, saying, settled } from './dialogue.ts';
import { telling, unsearched, working, workQuantity } from './dialogue.ts';
import type { Booked, Dialogue } from './dialogue.ts';
import { emptied } from './empty.ts';
import { bookedGoods, movedAll, takeEverything, wholePlace } from './everything.ts';
import { FACTS } from './facts.ts';
import { asking, askedAt, quantityFault, tolerance } from './fits.ts';
import type { AskStep, At, Rules } from './fits.ts';
import { chosen } from './goods.ts';
import { insteadOf, replacedBy } from './instead.ts';
import { offersOf } from './offers.ts';
import { counted, unasked } from './recount.ts';
import { enoughPhotos, takePhoto } from './photos.ts';
import { proposal, suggestion } from './suggest.ts';
import { limited, openOrder } from './take.ts';
import { sentence } from './texts.ts';
import type { TextKey } from './texts.ts';
import { documentAt, documentsDone, orderAt } from './together.ts';
import { putInto, wrongTote } from './totes.ts';
import { standsOn, unitTwice } from './units.ts';
import { zeroCheck } from './zero-check.ts';

/** Takes `value`, typed or read as `read`, as the quantity of the line. */
function setQuantity(d: Dialogue, value: number, at: At, read: string): Dialogue {
  const wrong = quantityFault(d, at.rules, value, read);
  return wrong === undefined ? counted(d, value, at) : saying(d, wrong);
}

/** The question is passed over, or the text on the screen was read. */
function pass(d: Dialogue, step: AskStep): Dialogue {
  const passed = passedOver(d, step);
  return 'work' in passed ? passed : working(d, passed);
}

/** SKIP: the question may stay without an answer. */
export function skip(before: Dialogue, at: At): Dialogue {
  const d = settled(before);
  const step = askedAt(at);
  if (step?.skip === true && (isAnswer(step) || step.fact === 'call')) return pass(d, step);
  return saying(d, fault('step.not-here', { asks: at.asks }));
}

/** What books much with one touch is asked once: the same word again is the answer. */
function askingOnce(d: Dialogue, key: TextKey): Dialogue {
  return { ...telling(d, sentence(key), 'warning'), signal: 'step' };
}

function isAsked({ message }: Dialogue, key: TextKey): boolean {
  const text = message?.text;
  return text !== undefined && 'key' in text && text.key === key;
}

/** OK: take what the screen proposes. */
export function accept(before: Dialogue, at: At, id: CommandId): Dialogue {
  if (before.emptying === true) {
    const counts = ACTIONS[at.rules.action].blind === true;
    return counts ? emptied(before, at.rules, id) : takeEverything(before, at);
  }
  const d = settled(before);
  if (at.asks === 'quantity') {
    const proposed = proposal(d, at.rules);
    if (proposed === undefined) {
      const by = asking(at.rules.steps, 'quantity')?.count;
      if (by === 'scan') return saying(d, fault('step.scan-each'));
      if (by === 'type') return saying(d, fault('step.type-it'));
    }
    return setQuantity(d, proposed ?? Number.NaN, at, String(proposed ?? ''));
  }
  if (at.asks === 'serial') {
    const none = (d.work.serials ?? []).length === 0;
    if (none && ACTIONS[at.rules.action].blind !== true) {
      return saying(d, fault('step.no-serials'));
    }
    if (none && !isAsked(before, 'message.none-there')) return askingOnce(d, 'message.none-there');
    return working(d, { ...d.work, serialsDone: true });
  }
  if (at.asks === 'item' && d.work.among?.instead === true) return saying(d, fault('step.instead'));
  const [offer] = at.asks === 'item' ? offersOf(d, at.rules, 'item') : [];
  if (offer !== undefined) return limited(d, offer.work, at);
  const step = askedAt(at);
  if (step?.fact === 'show') return pass(d, step);
  if (step?.fact === 'photo') return enoughPhotos(d, step);
  if (step?.fact === 'approval') return saying(d, fault('step.badge-wanted'));
  const suggested = suggestion(d, at.rules, at.asks);
  if (suggested === undefined) return saying(d, fault('step.not-here', { asks: at.asks }));
  const { fact, text: shown } = suggested;
  if (asking(at.rules.steps, fact)?.confirm !== undefined) {
    return saying(d, fault('step.scan-it', { fact, shown }));
  }
  if (fact === 'item') {
    const { line } = suggested;
    return limited(d, { ...d.work, item: line.item, line: line.id }, at);
  }
  if (fact === 'tote') return enterAnswer(d, shown, at);
  const value = 'place' in suggested ? suggested.place : suggested.text;
  return limited(d, { ...d.work, [fact]: value }, at);
}

/** The answer to a question of the workflow's own, as it was typed or taken. */
function enterAnswer(d: Dialogue, value: string, at: At): Dialogue {
  const typed = typedAnswer(d, value, at);
  if (isFault(typed)) return saying(d, typed, value);
  const wrong = unitTwice(d, typed, at.rules) ?? wrongTote(d, typed, at.rules);
  return wrong === undefined ? working(d, typed) : saying(d, wrong, value);
}

/** A typed value for the fact that is asked. Codes of goods and places come as scans instead. */
export function enter(before: Dialogue, fact: AskedFact, said: string, at: At): Dialogue {
  const d = settled(before);
  const value = said.trim();
  if (fact !== at.asks)
    return saying(d, fault('step.not-expected', { read: value, asks: at.asks }));
  const step = askedAt(at);
  if (step?.by === 'scan') return saying(d, fault('step.scan-only', { read: value }), value);
  if (step?.fact === 'photo') return takePhoto(d, step, value);
  if (isAnswer(step)) return enterAnswer(d, value, at);
  const { read, taken, bare } = FACTS[fact];
  if (read === undefined || taken === undefined || (bare === true && value === '')) {
    return saying(d, fault('step.not-here', { asks: at.asks }));
  }
  const facts = read(value, at.today);
  // A number that is typed is the answer, whatever was counted by scanning.
  if (fact === 'quantity') {
    if (asking(at.rules.steps, fact)?.count === 'scan') return saying(d, fault('step.scan-each'));
    const number = isFault(facts) ? Number.NaN : (facts.quantity ?? Number.NaN);
    return setQuantity(d, number, at, value);
  }
  if (isFault(facts)) return saying(d, facts, value);
  const work = taken(d, d.work, facts, at);
  return isFault(work) ? saying(d, work, value) : limited(d, work, at);
}

/** A row that the screen offers was touched, or a line of the order. */
export function choose(before: Dialogue, id: string, at: At): Dialogue {
  const d = settled(before);
  const offer = offersOf(d, at.rules, at.asks).find((each) => each.id === id);
  if (offer !== undefined) {
    const strict = at.asks !== 'item' && askedAt(at)?.confirm !== undefined;
    if (strict)
      return saying(d, fault('step.scan-it', { fact: at.asks, shown: String(offer.name) }));
    return limited(d, offer.work, at);
  }
  const line = d.document?.lines.find((each) => each.id === id);
  if (line === undefined || at.asks !== 'item')
    return saying(d, fault('step.not-here', { asks: at.asks }));
  const replacing = insteadOf(d, (one) => one.id === id);
  if (replacing !== undefined) return limited(d, replacing, at);
  if (asking(at.rules.steps, 'item')?.confirm !== undefined) {
    return saying(d, fault('step.scan-it', { fact: 'item', shown: line.item.code }));
  }
  if (openQuantity(line) === 0) {
    const order = orderAt(d, line.id)?.number ?? '';
    return saying(d, fault('step.line-complete', { item: line.item.code, order }));
  }
  const work = chosen(d.work, { item: line.item.id, line: line.id }, line.item);
  return isFault(work) ? saying(d, work) : limited(d, work, at);
}

export function open(before: Dialogue, order: OrderView, at: At): Dialogue {
  const d = settled(before);
  if (d.document === undefined || d.adding === true) return openOrder(d, order, at);
  return saying(d, fault('step.not-expected', { read: order.number, asks: at.asks }));
}

/** BACK: the facts as they were before the last answer. */
export function stepBack(before: Dialogue): Dialogue {
  if (before.adding === true) return dropLine(before);
  const d = unsearched(settled(before));
  return { ...d, work: d.past.at(-1) ?? {}, past: d.past.slice(0, -1), signal: 'step' };
}

/** BACK before the first answer of a line: the place that stayed is asked anew. */
export function forgetPlace(before: Dialogue): Dialogue {
  return { ...settled(before), work: {}, past: [], signal: 'step' };
}

/** CANCEL: forgets the line in progress; the place of the line before stays. */
export function dropLine(before: Dialogue): Dialogue {
  const work = keptOf(before.work);
  return { ...unsearched(settled(before)), work, past: [], signal: 'step' };
}

/** FINISH: the accepted lines of the order, or of the piece of work, become postings. */
export function finish(before: Dialogue): Dialogue {
  const d = settled(before);
  const [first, ...others] = documentsDone(d);
  if (first === undefined) return d;
  const lines = d.document?.lines ?? [];
  // What was issued need not come back.
  const due = lines.filter((line) => line.part !== 'issued' && openQuantity(line) > 0);
  const linesLeftOpen = due.length;
  const also = others.length === 0 ? {} : { also: others };
  const drafted = { type: 'document.finish', document: first, ...also, linesLeftOpen } as const;
  return { ...d, work: {}, past: [], drafted, signal: 'done' };
}

/** Whether the line in progress still fits what is open: another station may have been faster. */
export function lineFits(d: Dialogue, at: At): boolean {
  const wrong = quantityFault(d, at.rules, workQuantity(d.work));
  return wrong === undefined && allApproved(d, at.rules);
}

/**
 * It no longer fits: ask the quantity (or the serials) again, with the reason. Where no quantity
 * would fit any more, the line is dropped: nothing can be asked about it.
 */
export function askAgain(before: Dialogue, at: At): Dialogue {
  const wrong = quantityFault(before, at.rules, workQuantity(before.work));
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
export function book(before: Dialogue, rules: Rules, id: CommandId): Dialogue {
  const { item, line = '' } = before.work;
  const { command, words } = ACTIONS[rules.action];
  const whole = before.work.everything !== undefined;
  const document = documentAt(before);
  if (item === undefined || command === undefined || document === undefined) return before;
  const quantity = workQuantity(before.work);
  const facts = factsBooked(before, rules);
  const { location, to, batch, serials } = facts;
  const warehouse = before.document?.warehouse.id ?? location?.warehouse ?? '';
  const { posting } = rules;
  const about = { document, line, item, quantity, warehouse, ...wholePlace(before.work) };
  const reason = reasonOf(before, rules.steps);
  const because = { ...replacedBy(before), ...(reason === undefined ? {} : { reason }) };
  const goods = command({ ...about, ...facts, ...because, tolerance: tolerance(rules), posting });
  const drafted = toldWith(goods, before, rules);
  const booked: Booked = {
    ...{ command: id, line, ...bookedGoods(before.work) },
    ...(location === undefined ? {} : { location: location.id, place: location.code }),
    ...(to === undefined ? {} : { to: to.code }),
    ...(batch === undefined || whole ? {} : { batch }),
    ...(serials === undefined || whole ? {} : { serials }),
    ...standsOn(before.work, rules.steps),
    ...putInto(before.work, rules.steps),
  };
  const { last: _l, ...rest } = unasked(settled(before));
  const d: Dialogue = {
    ...rest,
    work: stays(facts, rules),
    past: [],
    booked: [...before.booked, booked].slice(-LIMITS.undoDepth),
    standing: before.standing + 1,
    drafted,
    justBooked: bookedWork(before.work),
    // A whole place is carried once.
    ...(whole
      ? {}
      : { last: { command: id, item, quantity, ...repeatedFacts(before.work, facts) } }),
    ...(line === '' ? {} : { justDone: line }),
    signal: 'green',
  };
  const key = location === undefined ? words.done[0] : movedAll(before.work, rules);
  const place = location?.code ?? '';
  const { itemCode, unit } = booked;
  const said = { quantity: booked.quantity, unit, item: itemCode, place };
  const after = pendingBy(d, line, quantity);
  const problem = zeroCheck(after, { ...facts, item, line }, rules);
  return telling(
    problem === undefined ? after : { ...after, problem },
    sentence(key, to === undefined ? said : { ...said, to: to.code }),
  );
}

export function help(before: Dialogue): Dialogue {
  return { ...settled(before), help: true };
}
