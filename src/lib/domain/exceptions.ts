// The catalogue of exceptions: what happens on a floor that no plan foresees, and the ways out of
// each. An exception is a step like any other: it is chosen (PROBLEM) or stands on the message of a
// fault, and each of its remedies leads back to a state of the same machine. What an exception is
// on a screen, and what a remedy does, stands in workflows/runtime; its words in ui/texts.
// Terms: remedy (one tap or one scan that goes on from an exception), need (what a remedy must know
// first), report (what the office must hear of it: a command in the journal).

import type { FaultCode } from './faults.ts';

/** Why, as an operator touches it; the same list for every exception, each shows those that fit. */
export const EXCEPTION_REASONS = [
  'damaged-in-transport',
  'wrong-item',
  'too-few-delivered',
  'not-found',
  'quality',
  'other',
] as const;
export type ExceptionReason = (typeof EXCEPTION_REASONS)[number];

export const REMEDIES = [
  'take-found',
  'close-short',
  'close-rest',
  'take-only',
  'take-over',
  'set-aside',
  'leave-open',
  'other-source',
  'link',
  'tell-office',
  'take-place',
  'go-there',
  'other-place',
  'count-later',
  'none-there',
  'other-serial',
  'go-on-rest',
  'leave-order',
  'place-empty',
  'left-there',
  'pick-again',
] as const;
export type Remedy = (typeof REMEDIES)[number];

/** What a remedy asks before it acts, in this order. */
export type Need = 'item' | 'quantity' | 'reason';

export interface RemedyWay {
  readonly remedy: Remedy;
  readonly needs: readonly Need[];
}

/** In: goods come into the house; out: they leave it; stay: they are moved or counted in it. */
export type GoodsWay = 'in' | 'out' | 'stay';

interface ExceptionRow {
  /** Which way the goods go where it can happen. */
  readonly ways: readonly GoodsWay[];
  /** Only where an order says what should be there. */
  readonly onOrder?: true;
  /** Not where nobody knows how many there will be: of what was issued any part may come back. */
  readonly expected?: true;
  /** Also where nothing is booked, and things are only looked at. */
  readonly looking?: true;
  /** Not where goods are packed that were picked before; or nowhere else. */
  readonly notPacking?: true;
  readonly packing?: true;
  /** Not where things are only counted; or nowhere else. */
  readonly notCounting?: true;
  readonly counting?: true;
  /** Opened by neither: the product asks by itself, where a step of the file says so. */
  readonly asked?: true;
  /** What OK says before a remedy is chosen. */
  readonly accept?: Remedy;
  /** Faults that are this exception: their message shows its remedies. */
  readonly faults: readonly FaultCode[];
  /** Stands on the screen that PROBLEM opens; without it only its faults lead to it. */
  readonly listed: boolean;
  readonly reasons: readonly ExceptionReason[];
  /** At least one: nobody stands before an exception without a way out. */
  readonly remedies: readonly [RemedyWay, ...RemedyWay[]];
}

const way = (remedy: Remedy, ...needs: Need[]): RemedyWay => ({ remedy, needs });

export const EXCEPTIONS = {
  short: {
    ways: ['in', 'out'],
    onOrder: true,
    expected: true,
    notPacking: true,
    faults: [],
    listed: true,
    reasons: ['too-few-delivered', 'not-found', 'damaged-in-transport', 'other'],
    remedies: [
      way('take-found', 'quantity', 'reason'),
      way('close-short', 'reason'),
      // Where the order is finished: all that is left open of it.
      way('close-rest', 'reason'),
    ],
  },
  missing: {
    ways: ['out'],
    onOrder: true,
    packing: true,
    faults: [],
    listed: true,
    reasons: ['not-found', 'wrong-item', 'other'],
    // Also where the check is finished: then all that is left of the order.
    remedies: [way('pick-again', 'reason')],
  },
  over: {
    ways: ['in', 'out'],
    onOrder: true,
    faults: [
      'step.over-tolerance',
      'ledger.over-receipt',
      'ledger.over-pick',
      'ledger.over-return',
    ],
    listed: true,
    reasons: ['wrong-item', 'quality', 'other'],
    remedies: [
      way('take-only'),
      way('take-over', 'quantity', 'reason'),
      way('set-aside', 'quantity'),
    ],
  },
  damaged: {
    ways: ['in', 'out', 'stay'],
    faults: [],
    listed: true,
    reasons: ['damaged-in-transport', 'quality', 'other'],
    remedies: [
      way('leave-open', 'quantity', 'reason'),
      way('other-source', 'quantity', 'reason'),
      way('pick-again', 'quantity', 'reason'),
      way('set-aside', 'quantity', 'reason'),
    ],
  },
  'unexpected-item': {
    ways: ['in', 'out'],
    onOrder: true,
    faults: [
      ...(['step.not-on-order', 'step.not-issued', 'step.not-picked'] as const),
      ...(['ledger.not-sent', 'ledger.not-picked'] as const),
    ],
    listed: true,
    reasons: ['wrong-item', 'other'],
    remedies: [way('set-aside', 'item', 'quantity')],
  },
  'unknown-barcode': {
    ways: ['in', 'out', 'stay'],
    looking: true,
    faults: ['scan.unknown-code'],
    listed: false,
    reasons: [],
    remedies: [way('link', 'item'), way('tell-office')],
  },
  'wrong-place': {
    ways: ['in', 'out', 'stay'],
    faults: ['step.conflict', 'step.wrong-warehouse'],
    listed: false,
    reasons: [],
    remedies: [way('take-place'), way('go-there')],
  },
  'batch-blocked': {
    ways: ['in', 'out'],
    faults: ['step.expired'],
    listed: true,
    reasons: ['quality', 'other'],
    remedies: [way('other-source'), way('set-aside', 'quantity')],
  },
  'batch-not-there': {
    ways: ['out'],
    notPacking: true,
    faults: [],
    listed: true,
    reasons: ['not-found', 'other'],
    remedies: [way('other-source')],
  },
  'location-not-empty': {
    ways: ['in', 'out', 'stay'],
    notPacking: true,
    notCounting: true,
    faults: [],
    listed: true,
    reasons: [],
    remedies: [way('other-place'), way('count-later')],
  },
  'place-empty': {
    ways: ['stay'],
    counting: true,
    faults: [],
    listed: true,
    reasons: [],
    remedies: [way('none-there')],
  },
  'serial-known': {
    ways: ['in', 'out', 'stay'],
    faults: ['step.serial-twice', 'ledger.serial-known', 'ledger.serial-gone'],
    listed: false,
    reasons: [],
    remedies: [way('other-serial'), way('tell-office')],
  },
  'order-changed': {
    ways: ['in', 'out'],
    onOrder: true,
    faults: ['step.line-complete', 'ledger.unknown-document', 'ledger.unknown-line'],
    listed: false,
    reasons: [],
    remedies: [way('go-on-rest'), way('leave-order'), way('tell-office')],
  },
  'zero-check': {
    ways: ['out'],
    onOrder: true,
    asked: true,
    accept: 'place-empty',
    faults: [],
    listed: false,
    reasons: [],
    remedies: [way('place-empty'), way('left-there', 'quantity')],
  },
} as const satisfies Record<string, ExceptionRow>;

export type ExceptionCode = keyof typeof EXCEPTIONS;
const rows: Readonly<Record<ExceptionCode, ExceptionRow>> = EXCEPTIONS;

/** In the order in which a screen shows them. */
export const EXCEPTION_CODES = Object.keys(EXCEPTIONS) as readonly ExceptionCode[];

/** What a file may name in its list: all but what the product asks by itself. */
export const NAMED_EXCEPTIONS = EXCEPTION_CODES.filter((code) => rows[code].asked !== true);

/** The row of an exception, in the form that all rows have. */
export const exceptionRow = (code: ExceptionCode): ExceptionRow => rows[code];

/**
 * What the office must hear of: an exception on the floor, and what was done about it there. Books
 * nothing. Texts are what people read; ids are Exact's.
 */
export interface ExceptionReport {
  readonly type: 'exception.report';
  /** Id of the order, or of the piece of work; where nothing is open yet the command's own id. */
  readonly document: string;
  readonly exception: ExceptionCode;
  readonly remedy: Remedy;
  readonly reason?: ExceptionReason;
  /** Id of the order line, and of the item. */
  readonly line?: string;
  readonly item?: string;
  readonly itemCode?: string;
  /** Stock units that it is about. */
  readonly quantity?: number;
  /** The barcode that was read; of a link, the one that shall find the item. */
  readonly read?: string;
  /** Code of the place where it was seen. */
  readonly place?: string;
  readonly batch?: string;
  readonly serial?: string;
}
