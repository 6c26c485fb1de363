// Who lives here: what each remedy of an exception does, one row each: where it is of use, and the
// dialogue after it. A remedy that the office hears of makes a report and nothing else; one that
// only answers a question may bring the last fact of a line, as any answer may.

import { exceptionRow, minus, planOf, plus } from '../../domain/index.ts';
import type {
  CommandId,
  ExceptionCode,
  ExceptionReport,
  Fault,
  Remedy,
} from '../../domain/index.ts';
import { ACTIONS, isPacking } from './actions.ts';
import { dropLine, finish } from './answer.ts';
import { telling, working } from './dialogue.ts';
import type { Avoided, Dialogue, PlaceAt, Problem } from './dialogue.ts';
import { askEmpty, canEmpty } from './empty.ts';
import { mostNow, quantityFault } from './fits.ts';
import type { At } from './fits.ts';
import { leaveDocument } from './leave.ts';
import { counted, onWith, openOf, proposing } from './rest-of-line.ts';
import { suggestion } from './suggest.ts';
import { sentence } from './texts.ts';
import { documentAt, orderLeftOpen } from './together.ts';

/** An exception that was chosen, as far as its answers are there. */
export type Case = Problem & { readonly code: ExceptionCode };

export interface RemedyRow {
  readonly fits: (d: Dialogue, at: At, of: Case) => boolean;
  /** Why this quantity (stock units) is no answer to it; its form has been looked at before. */
  readonly wrong?: (d: Dialogue, at: At, quantity: number) => Fault | undefined;
  /** None is an answer too. */
  readonly orNone?: true;
  /** Stock units that the office hears of; nothing: there is nothing to tell. */
  readonly reports?: (d: Dialogue, of: Case) => number | undefined;
  /** The order that it is about, where that is not the one of a line. */
  readonly document?: (d: Dialogue, of: Case) => string | undefined;
  /** `d` is settled and out of the problem. */
  readonly act: (d: Dialogue, at: At, of: Case) => Dialogue;
}

const most = (d: Dialogue, { rules }: At): number => mostNow(d, rules);
const wayOf = ({ rules }: At) => ACTIONS[rules.action].way;
const asIs = (d: Dialogue): Dialogue => ({ ...d, signal: 'step' });

/** The place that goods are put into, of work that puts them anywhere. */
function target({ rules }: At): 'location' | 'to' | undefined {
  if (ACTIONS[rules.action].facts.includes('to')) return 'to';
  return ACTIONS[rules.action].way === 'in' ? 'location' : undefined;
}

function proposedPlace(d: Dialogue, { rules }: At, fact: 'location' | 'to'): PlaceAt | undefined {
  const suggested = suggestion(d, rules, fact);
  return suggested !== undefined && 'place' in suggested ? suggested.place : undefined;
}

/** The place that an exception is about: where goods go to, else where they are, or should be. */
export function placeAbout(d: Dialogue, at: At): PlaceAt | undefined {
  // Before somebody stands at the pick place it is the place that goods are taken from.
  const goes = ACTIONS[at.rules.action].toHome !== true || at.asks === 'to';
  const fact = (goes ? target(at) : undefined) ?? 'location';
  return d.work[fact] ?? proposedPlace(d, at, fact) ?? d.work.location;
}

function batchAbout(d: Dialogue, at: At): string | undefined {
  const suggested = suggestion(d, at.rules, 'batch');
  return d.work.batch ?? (suggested?.fact === 'batch' ? suggested.text : undefined);
}

function avoiding(d: Dialogue, more: Avoided): Dialogue {
  return { ...d, avoided: [...(d.avoided ?? []), more].slice(-AVOIDED) };
}

/** Places that a session remembers not to propose again. */
const AVOIDED = 20;

/** Goods are taken from elsewhere: this place and this batch are not proposed again. */
function otherSource(d: Dialogue, at: At, { batch }: Case): Dialogue {
  const { item, batch: _b, location: _l, expiry: _e, quantity: _q, ...work } = d.work;
  if (item === undefined) return d;
  const place = d.work.location ?? proposedPlace(d, at, 'location');
  const what = batch ?? batchAbout(d, at);
  const source = {
    item: item.id,
    ...(place === undefined ? {} : { location: place.id }),
    ...(what === undefined ? {} : { batch: what }),
  };
  const known = place !== undefined || what !== undefined;
  return working(known ? avoiding(d, source) : d, { ...work, item });
}

function otherPlace(d: Dialogue, at: At): Dialogue {
  const fact = target(at);
  const place = fact === undefined ? undefined : (d.work[fact] ?? proposedPlace(d, at, fact));
  if (fact === undefined || place === undefined) return d;
  const { [fact]: _p, ...work } = d.work;
  return working(avoiding(d, { location: place.id }), work);
}

function leave(d: Dialogue): Dialogue {
  return d.standing > 0 ? finish(d) : leaveDocument(d);
}

/** Of what is set apart nothing else is done, but that its line is not gone on with. */
function setAside(d: Dialogue, { code }: Case): Dialogue {
  return code === 'batch-blocked' && d.work.batch !== undefined ? dropLine(d) : asIs(d);
}

const told = (_d: Dialogue, { quantity }: Case): number => quantity ?? 0;
/** Exceptions whose goods are those of the line at work. */
const OF_WORK: readonly ExceptionCode[] = ['over', 'damaged', 'batch-blocked'];

export const REMEDY_ROWS: Readonly<Record<Remedy, RemedyRow>> = {
  'take-found': {
    fits: (d) => openOf(d) > 0 && counted(d),
    orNone: true,
    wrong: (d, { rules }, quantity) =>
      quantity === 0 ? undefined : quantityFault(d, rules, quantity),
    reports: (d, { quantity = 0 }) =>
      quantity < openOf(d) ? minus(openOf(d), quantity) : undefined,
    act: (d, _at, { quantity = 0 }) => onWith(d, quantity),
  },
  'close-short': {
    fits: (d) => openOf(d) > 0 && d.document?.kind !== 'refill',
    reports: openOf,
    act: dropLine,
  },
  'close-rest': {
    fits: (d, { asks }) => asks === 'close' && orderLeftOpen(d) !== undefined,
    reports: () => 0,
    document: orderLeftOpen,
    act: asIs,
  },
  'pick-again': {
    fits: (d, at, { asks, code }) => {
      if (!isPacking(at.rules)) return false;
      if (asks === 'close') return code === 'missing' && orderLeftOpen(d) !== undefined;
      // Which piece it is says its number: what is not packed of them is missing.
      return openOf(d) > 0 && (code === 'missing' || counted(d));
    },
    wrong: (d, { rules }, quantity) => quantityFault(d, rules, quantity),
    reports: (d, { asks, quantity }) => (asks === 'close' ? 0 : (quantity ?? openOf(d))),
    document: (d, { asks }) => (asks === 'close' ? orderLeftOpen(d) : undefined),
    act: (d, _at, { asks, quantity }) => {
      if (asks === 'close') return asIs(d);
      return quantity === undefined ? dropLine(d) : onWith(d, minus(openOf(d), quantity));
    },
  },
  'take-only': {
    fits: (d, at, { fault }) =>
      fault?.code === 'step.over-tolerance' && counted(d) && most(d, at) > 0,
    act: (d, at) => {
      const { counted: _c, ...work } = d.work;
      return working(d, { ...work, quantity: most(d, at) });
    },
  },
  'take-over': {
    fits: (d, at, { fault }) =>
      fault === undefined && counted(d) && openOf(d) > 0 && most(d, at) > openOf(d),
    wrong: (d, { rules }, quantity) => quantityFault(d, rules, quantity),
    reports: (d, { quantity = 0 }) =>
      quantity > openOf(d) ? minus(quantity, openOf(d)) : undefined,
    act: (d, _at, { quantity = 0 }) => proposing(d, quantity),
  },
  'set-aside': {
    fits: (d, at, { code, fault }) => {
      if (code === 'damaged' && wayOf(at) !== 'stay') return false;
      return fault !== undefined || !OF_WORK.includes(code) || d.work.item !== undefined;
    },
    reports: told,
    act: (d, _at, of) => setAside(d, of),
  },
  'leave-open': {
    fits: (d, at) => wayOf(at) === 'in' && openOf(d) > 0,
    reports: told,
    act: (d, _at, { quantity = 0 }) => onWith(d, Math.max(0, minus(openOf(d), quantity))),
  },
  'other-source': {
    fits: (d, at, { code }) =>
      wayOf(at) === 'out' &&
      !isPacking(at.rules) &&
      d.work.item !== undefined &&
      (code !== 'batch-not-there' || (placeAbout(d, at) ?? batchAbout(d, at)) !== undefined),
    reports: told,
    act: otherSource,
  },
  link: { fits: (_d, _at, { barcode }) => barcode !== undefined, reports: told, act: asIs },
  'tell-office': { fits: () => true, reports: told, act: asIs },
  'take-place': {
    fits: (d, { rules }, { fault, place }) =>
      place !== undefined &&
      fault?.code === 'step.conflict' &&
      fault.data['fact'] === 'location' &&
      !ACTIONS[rules.action].facts.includes('to') &&
      d.work.location !== undefined,
    act: (d, _at, { place }) =>
      place === undefined ? d : working(d, { ...d.work, location: place }),
  },
  'go-there': { fits: (_d, _at, { place }) => place !== undefined, act: asIs },
  'other-place': {
    fits: (d, at) => {
      const fact = target(at);
      return fact !== undefined && (d.work[fact] ?? proposedPlace(d, at, fact)) !== undefined;
    },
    reports: told,
    act: otherPlace,
  },
  'count-later': {
    fits: (d, at) => placeAbout(d, at) !== undefined,
    reports: told,
    act: asIs,
  },
  'none-there': { fits: (d, { rules }) => canEmpty(d, rules), act: askEmpty },
  'other-serial': { fits: () => true, act: asIs },
  'go-on-rest': { fits: () => true, act: asIs },
  'leave-order': { fits: (d) => d.document !== undefined, act: leave },
  'place-empty': { fits: () => true, act: asIs },
  'left-there': {
    fits: () => true,
    orNone: true,
    reports: (_d, { quantity = 0 }) => (quantity > 0 ? quantity : undefined),
    act: asIs,
  },
};

/** Exceptions that are not about the goods of the line at work. */
const OTHER_GOODS: readonly ExceptionCode[] = ['unexpected-item', 'unknown-barcode'];

/** What goods a report is about: those of the answer, those at work, or a line that was lost. */
function goodsOf(
  d: Dialogue,
  { code, item, line: about, fault, read }: Case,
): Partial<ExceptionReport> {
  const lost = fault?.code.startsWith('ledger.') === true;
  if (lost) return read === undefined || read === '' ? {} : { itemCode: read };
  const { item: own, line = '' } = d.work;
  if (item !== undefined && (about !== undefined || item.id !== own?.id)) {
    const of = about === undefined ? {} : { line: planOf(about) };
    return { item: item.id, itemCode: item.code, ...of };
  }
  if (OTHER_GOODS.includes(code) && item === undefined) return {};
  if (own === undefined) return {};
  return { item: own.id, itemCode: own.code, ...(line === '' ? {} : { line: planOf(line) }) };
}

function circumstances(d: Dialogue, at: At, of: Case): Partial<ExceptionReport> {
  const { code, fault, barcode } = of;
  // What the product asked by itself is about a line that is booked, not about the next one.
  const { batch = batchAbout(d, at), place: about = placeAbout(d, at) } =
    exceptionRow(code).asked === true ? { batch: of.batch, place: of.place } : { batch: of.batch };
  const place = about?.code;
  const serial = fault?.data['serial'];
  const here = !OTHER_GOODS.includes(code);
  return {
    ...(code === 'unknown-barcode' && barcode !== undefined ? { read: barcode } : {}),
    ...(here && place !== undefined ? { place } : {}),
    ...(here && batch !== undefined ? { batch } : {}),
    ...(typeof serial === 'string' ? { serial } : {}),
  };
}

/** The report of a remedy; nothing where the office need not hear of it. */
function reportOf(d: Dialogue, at: At, of: Case, remedy: Remedy, id: CommandId) {
  const quantity = REMEDY_ROWS[remedy].reports?.(d, of);
  if (quantity === undefined) return undefined;
  const report: ExceptionReport = {
    type: 'exception.report',
    document: REMEDY_ROWS[remedy].document?.(d, of) ?? documentAt(d, of.line ?? d.work.line) ?? id,
    exception: of.code,
    remedy,
    ...(of.reason === undefined ? {} : { reason: of.reason }),
    ...goodsOf(d, of),
    ...(quantity > 0 ? { quantity: plus(quantity, 0) } : {}),
    ...circumstances(d, at, of),
  };
  return report;
}

/** The dialogue after a remedy with all its answers. `command` is the report's own id. */
export function remedied(
  d: Dialogue,
  at: At,
  of: Case,
  remedy: Remedy,
  command: CommandId,
): Dialogue {
  const drafted = reportOf(d, at, of, remedy, command);
  const after = REMEDY_ROWS[remedy].act(d, at, of);
  if (drafted === undefined) return after;
  return telling({ ...after, drafted, signal: 'step' }, sentence('message.reported'));
}
