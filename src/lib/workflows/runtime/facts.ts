// Who lives here: the facts that a workflow may ask for, one row each: when its question is
// answered, what a scan gives of it, what a bare code or a typed value is at its question, and how
// it is shown. Scans, keys, screens and the machine read this table.

import { fault, isFault, LIMITS } from '../../domain/index.ts';
import type { Facts, Fault } from '../../domain/index.ts';
import type { AskedFact } from '../types.ts';
import { ACTIONS } from './actions.ts';
import { goodsKnown } from './among.ts';
import { approved } from './approvals.ts';
import { answered, bareAnswer, takeAnswer, takeWeight } from './answers.ts';
import type { Dialogue, Work } from './dialogue.ts';
import { serialsKnown } from './fits.ts';
import type { At, Rules } from './fits.ts';
import { takeExpiry, takeItem, takePlace, takeQuantity, takeSerial, takeText } from './taken.ts';
import type { Taking } from './taken.ts';
import { takeUnit } from './units.ts';

export interface FactRow {
  /** Whether its question is answered. */
  readonly known: (d: Dialogue, rules: Rules, step: string) => boolean;
  /**
   * The work with what a scan gives of the fact; the same work when it gives nothing of use; or
   * why it does not fit. The document is opened, not taken: `openOrder` in take.ts.
   */
  readonly taken?: Taking;
  /** A value as text, for this question: typed, or a bare code that nothing knows. */
  readonly read?: (text: string, today: string) => Facts | Fault;
  /** Whether a bare code may be this fact: a fact that has no other form. */
  readonly bare?: true;
  /** How it is shown beside the line at work. */
  readonly shown: (work: Work) => readonly string[];
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

/** Digits with at most six decimals after a point or comma; no other way to write a number. */
const TYPED_NUMBER = /^\d{1,7}(?:[.,]\d{1,6})?$/;

function dayRead(text: string, today: string): Facts | Fault {
  if (!isDay(text)) return fault('step.not-a-date', { read: text });
  return text < today ? fault('step.expired', { expiry: text }) : { expiry: text };
}

function textRead(fact: 'batch' | 'serial', max: number) {
  return (text: string): Facts | Fault =>
    text.length > max ? fault('step.too-long', { max, read: text }) : { [fact]: text };
}

function numberRead(text: string): Facts | Fault {
  if (!TYPED_NUMBER.test(text)) return fault('step.not-a-quantity', { read: text });
  return { quantity: Number(text.replace(',', '.')) };
}

/** Answers are kept by their steps, and shown with their questions: see answers.ts. */
const answer: FactRow = { known: (d, _rules, step) => answered(d, step), shown: () => [] };

const one = (text: string | undefined): readonly string[] => (text === undefined ? [] : [text]);

export const FACTS: Readonly<Record<AskedFact, FactRow>> = {
  document: { known: (d) => d.document !== undefined && d.adding !== true, shown: () => [] },
  item: {
    // What only looks never has seen enough.
    known: (d, rules) => ACTIONS[rules.action].command !== undefined && goodsKnown(d, rules),
    taken: takeItem,
    shown: () => [],
  },
  batch: {
    known: ({ work }) => work.batch !== undefined,
    taken: takeText,
    read: textRead('batch', LIMITS.batchChars),
    bare: true,
    shown: ({ batch }) => one(batch),
  },
  expiry: {
    known: ({ work }) => work.expiry !== undefined,
    taken: takeExpiry,
    read: dayRead,
    shown: ({ expiry }) => one(expiry),
  },
  serial: {
    known: ({ work }, rules) => work.serialsDone === true && serialsKnown(work, rules),
    taken: takeSerial,
    read: textRead('serial', LIMITS.serialChars),
    bare: true,
    // The last ones: a person looks whether the one just scanned is there.
    shown: ({ serials }) => (serials ?? []).slice(-3),
  },
  quantity: {
    known: ({ work }) => work.quantity !== undefined || work.item?.tracking === 'serial',
    taken: takeQuantity,
    read: numberRead,
    shown: ({ quantity, item }) =>
      one(quantity === undefined ? undefined : `${quantity} ${item?.unit ?? ''}`.trim()),
  },
  location: {
    known: ({ work }) => work.location !== undefined,
    taken: takePlace,
    shown: ({ location }) => one(location?.code),
  },
  to: {
    known: ({ work }) => work.to !== undefined,
    // The scan of a place fills the first that is missing: taken once, by the row above.
    shown: ({ to }) => one(to?.code),
  },
  // The scan of an answer is one for the question on the screen: taken once, by the first row.
  reason: { ...answer, taken: takeAnswer },
  choice: answer,
  text: answer,
  number: answer,
  'yes-no': answer,
  weight: { ...answer, taken: takeWeight },
  logisticUnit: { ...answer, taken: takeUnit },
  tote: answer,
  photo: answer,
  show: answer,
  call: answer,
  approval: { known: approved, shown: () => [] },
};

/** The order in which the facts of one scan are taken, and shown. */
export const FACT_NAMES: readonly AskedFact[] = [
  ...(['document', 'item', 'batch', 'expiry', 'serial', 'location', 'to', 'quantity'] as const),
  ...(['weight', 'logisticUnit', 'reason'] as const),
];

/** Order in which known facts stand on the screen. */
export const SHOWN: readonly AskedFact[] = [
  ...(['batch', 'expiry', 'serial', 'quantity', 'location', 'to'] as const),
];

/** What a bare code that nothing in the warehouse knows is where the dialogue stands. */
export function bareFacts(text: string, d: Dialogue, at: At): Facts | undefined {
  const { asks, today } = at;
  if (asks === 'close') return undefined;
  const said = bareAnswer(text, d, at);
  if (said !== undefined) return said;
  const { bare, read } = FACTS[asks];
  if (bare !== true || read === undefined) return undefined;
  const facts = read(text, today);
  return isFault(facts) ? undefined : facts;
}
