// Who lives here: what was reported from the floor, in the words of the exception list. English, as
// the admin pages are; the kiosk has its own words, in every language.

import type {
  ExceptionCode,
  ExceptionReason,
  ExceptionReport as FloorReport,
  Remedy,
} from '../../domain/index.ts';
import type { JournalEntry } from '../../ledger/index.ts';
import type { ExceptionReport } from '../admin/index.ts';

const WHAT: Readonly<Record<ExceptionCode, string>> = {
  short: 'too few there',
  over: 'more than ordered',
  damaged: 'damaged',
  'unexpected-item': 'not on the order',
  'unknown-barcode': 'a barcode that nothing has',
  'wrong-place': 'in another place',
  'batch-blocked': 'batch blocked or expired',
  'batch-not-there': 'not where it should be',
  'location-not-empty': 'something else lies in the place',
  'place-empty': 'a place of which the books have much is empty',
  'serial-known': 'serial number known already',
  'order-changed': 'the order was changed or closed',
  missing: 'not there when it was packed',
  'zero-check': 'left in a place that should be empty',
};

const DONE: Readonly<Record<Remedy, string>> = {
  'take-found': 'What is there was taken; the rest stays open.',
  'close-short': 'Nothing more will come: close the line in Exact.',
  'close-rest': 'Nothing more will come: close what is left of the order in Exact.',
  'take-only': 'Only what may come was taken.',
  'take-over': 'All of it was taken.',
  'set-aside': 'It was set aside and waits for you.',
  'leave-open': 'It was not booked; the line stays open.',
  'other-source': 'Goods were taken from elsewhere.',
  link: 'From now on this barcode shall find this item: approve it or close it.',
  'tell-office': 'Nothing was done; it waits for you.',
  'take-place': 'The place was taken as it was found.',
  'go-there': 'The operator went to the place that was shown.',
  'other-place': 'The goods were put elsewhere; have the place counted.',
  'count-later': 'Have the place counted.',
  'none-there': 'Nothing was booked: have the place counted.',
  'other-serial': 'Another number was taken.',
  'go-on-rest': 'The operator went on with the rest.',
  'leave-order': 'The operator left the order.',
  'place-empty': 'The place is empty.',
  'pick-again': 'It is open on its order again, to be picked anew.',
  'left-there': 'It still lies there; the books say that nothing does: count the place.',
};

const WHY: Readonly<Record<ExceptionReason, string>> = {
  'damaged-in-transport': 'damaged on the way',
  'wrong-item': 'wrong item',
  'too-few-delivered': 'too few delivered',
  'not-found': 'not found',
  quality: 'quality',
  other: 'something else',
};

function what(report: FloorReport, operator: string): string {
  const { exception, itemCode, quantity, read, place, batch, serial, reason } = report;
  const goods = [quantity, itemCode].filter((part) => part !== undefined).join(' × ');
  const parts = [
    goods,
    WHAT[exception],
    reason && WHY[reason],
    read && `read ${read}`,
    place && `place ${place}`,
    batch && `batch ${batch}`,
    serial && `serial number ${serial}`,
    `from ${operator}`,
  ];
  return parts.filter((part) => part !== undefined && part !== '').join(', ');
}

/** A report from the floor; undefined for any other entry. */
export function floorException(
  id: string,
  { atMs, body }: JournalEntry,
  order: string,
): ExceptionReport | undefined {
  if (body.type !== 'exception-reported') return undefined;
  const { report, by } = body;
  const link = linkOf(report) !== undefined;
  return {
    id,
    kind: link ? 'link-request' : 'floor-report',
    atMs,
    // Where no order was open the report is about nothing but itself.
    order: order === report.document ? '' : order,
    what: what(report, by.operator),
    why: DONE[report.remedy],
    actions: link ? ['approve', 'drop'] : ['drop'],
  };
}

/** The barcode that shall find an item from now on, when the report asks for that. */
export function linkOf({ remedy, item, read }: FloorReport) {
  if (remedy !== 'link' || item === undefined || read === undefined) return undefined;
  return { item, barcode: read };
}
