// Who lives here: journal and postings in the short words of a story.
//
//   dock-1 received BOLT 10            dock-1 took back BOLT 10
//   pick-1 picked BOLT 10              shop-1 issued, made BOLT 10
//   dock-1 received BOLT 10, damaged yes, condition torn
//   hand-1 counted BOLT 10 at A-01     hand-1 moved BOLT 10 from
//   dock-1 finished PO-1, 2 open       dock-1 was refused BOLT 5: ledger.over-receipt
//   dock-1 asked for 2 batch PAINT L-7 pick-1 asked for 1 packingList of SO-1
//   dock-1 reported damaged BOLT 2 of PO-1, quality: leave-open
//   posting of PO-1: 2 lines           PO-1 booked / PO-1 rejected

import { finishedBy, isGoods, lineCount, unreachable } from '../../src/lib/domain/index.ts';
import type {
  CommandId,
  CommandPayload,
  ExceptionReport,
  GoodsLine,
  Numbers,
  Posting,
  PrintRequest,
} from '../../src/lib/domain/index.ts';
import { orderLineOf } from '../../src/lib/ledger/index.ts';
import type { JournalEntry } from '../../src/lib/ledger/index.ts';
import type { Outcome } from './format.ts';
import { emptied, everything } from './journal-places.ts';
import type { StoryMirror } from './mirror.ts';

type Line = Outcome['postings'][number]['lines'][number];

/** The sentences of a journal, in its order. */
export function sentences(entries: readonly JournalEntry[], mirror: StoryMirror): string[] {
  const taken = new Map<CommandId, string>();
  return entries.map((entry) => sentence(named(entry, mirror), mirror, taken));
}

/** The entry with the name of whoever acted in place of the key. */
function named(entry: JournalEntry, { people }: StoryMirror): JournalEntry {
  const { body } = entry;
  if (!('by' in body)) return entry;
  const by = { ...body.by, operator: people.named(body.by.operator) };
  return { ...entry, body: { ...body, by } };
}

const DID: Readonly<Record<GoodsLine['type'], string>> = {
  'receive.line': 'received',
  'deliver.line': 'picked',
  'issue.line': 'issued',
  'return.line': 'returned',
  'produce.line': 'made',
  'count.line': 'counted',
  'move.line': 'moved',
  'arrive.line': 'took in',
  'pack.line': 'packed',
};

/** `, damaged yes, condition torn`: what was answered, in the order of the steps. */
function answersOf({ answers = [] }: GoodsLine): string {
  const said = (value: string | number | boolean) =>
    typeof value === 'boolean' ? (value ? 'yes' : 'no') : String(value);
  return answers.map(({ step, value }) => `, ${step} ${said(value)}`).join('');
}

/** `, yes from Bert (supervisor) to 2 over`: whose badge was scanned. */
function approvalsOf({ approvals = [] }: GoodsLine, { people }: StoryMirror): string {
  return approvals
    .map(({ role, by, over }) => {
      const to = over === undefined ? '' : ` to ${over} over`;
      return `, yes from ${people.named(by)} (${role})${to}`;
    })
    .join('');
}

/** Goods in a sentence: of an order by the name of their line, others by where they are. */
function goodsOf(line: GoodsLine, mirror: StoryMirror): string {
  const at = ({ location, warehouse }: { location?: string; warehouse: string }) =>
    location === undefined ? mirror.warehouseCode(warehouse) : mirror.placeCode(location);
  if (line.type === 'count.line') {
    if (line.emptied !== undefined) return emptied(line, mirror);
    const { batch, serials = [] } = line;
    const numbers = [batch === undefined ? '' : ` of ${batch}`, ...serials.map((one) => ` ${one}`)];
    const goods = `${mirror.itemCode(line.item)} ${line.found.quantity}`;
    return `${goods}${numbers.join('')} at ${at(line)}`;
  }
  if (line.type === 'arrive.line') {
    const numbers = [line.batch === undefined ? '' : ` of ${line.batch}`].concat(
      (line.serials ?? []).map((one) => ` ${one}`),
    );
    const from = line.from === undefined ? '' : ` from ${at(line.from)}`;
    return `${mirror.itemCode(line.item)} ${line.quantity}${numbers.join('')}${from} to ${at(line.to)}`;
  }
  if (line.type === 'move.line') {
    const way = `from ${at(line.from)} to ${at(line.to)}`;
    if (line.everything !== undefined) return `all of ${everything(line, mirror)} ${way}`;
    return `${mirror.itemCode(line.item)} ${line.quantity} ${way}`;
  }
  const name = mirror.lineName(line.document, orderLineOf(line) ?? '');
  if (line.type === 'issue.line' && line.instead !== undefined) {
    return `${mirror.itemCode(line.item)} ${line.quantity} instead of ${name}`;
  }
  return `${name} ${line.quantity}`;
}

function sentence(
  { body }: JournalEntry,
  mirror: StoryMirror,
  taken: Map<CommandId, string>,
): string {
  switch (body.type) {
    case 'line-received': {
      const { line } = body;
      const goods = goodsOf(line, mirror);
      taken.set(body.by.command, goods);
      return `${body.by.operator} ${DID[line.type]} ${goods}${answersOf(line)}${approvalsOf(line, mirror)}`;
    }
    case 'line-undone':
      return `${body.by.operator} took back ${taken.get(body.undo.target) ?? 'something unknown'}`;
    case 'line-reversed':
      return `${body.by.operator} took back in Exact ${taken.get(body.reverse.target) ?? 'something unknown'}`;
    case 'document-finished': {
      const number = finishedBy(body.finish)
        .map((id) => mirror.orderNumber(id))
        .join(' and ');
      return `${body.by.operator} finished ${number}, ${body.finish.linesLeftOpen} open`;
    }
    case 'exception-reported':
      return `${body.by.operator} reported ${reported(body.report, mirror)}`;
    case 'print-asked':
      return `${body.by.operator} asked for ${printed(body.request, mirror)}`;
    case 'print-settled':
      return `${body.entries.length} prints ${body.outcome} by ${body.person}`;
    case 'barcode-linked':
      return `${body.barcode} linked to ${mirror.itemCode(body.item)}: ${body.reason}`;
    case 'command-refused': {
      const what = asked(body.payload, mirror, taken);
      return `${body.by.operator} was refused ${what}: ${body.fault.code}`;
    }
    case 'posting-cut': {
      const lines = lineCount(body.posting);
      const many = lines === 1 ? '1 line' : `${lines} lines`;
      return `posting of ${mirror.orderNumber(body.posting.document)}: ${many}`;
    }
    case 'posting-settled': {
      const how = body.outcome.kind === 'posted' ? 'booked' : 'rejected';
      return `${mirror.orderNumber(body.document)} ${how}`;
    }
    case 'line-claimed':
      return `${body.by.operator} ${body.claim.release === true ? 'leaves' : 'goes for'} ${mirror.needName(body.claim.document)}`;
    case 'exception-closed':
      return `exception of ${mirror.orderNumber(body.document)} closed: ${body.reason}`;
    case 'posting-resent':
      return `posting of ${mirror.orderNumber(body.document)} sent again: ${body.reason}`;
    case 'exception-assigned':
      return `posting of ${mirror.orderNumber(body.document)} given to ${body.person}: ${body.note}`;
    default:
      return unreachable(body);
  }
}

/** `damaged BOLT 2 of PO-1, quality: leave-open`; what is not told is left out. */
function reported(report: ExceptionReport, mirror: StoryMirror): string {
  const { exception, itemCode, quantity, read, place, batch, serial } = report;
  const goods = [exception, itemCode, quantity, read, place && `at ${place}`];
  const told = [...goods, batch && `batch ${batch}`, serial && `serial ${serial}`];
  const said = told.filter((part) => part !== undefined).join(' ');
  const why = report.reason === undefined ? '' : `, ${report.reason}`;
  return `${said} of ${mirror.orderNumber(report.document)}${why}: ${report.remedy}`;
}

/** `2 batch BOLT L-7, once more`; `1 packingList of SO-1`. */
function printed(request: PrintRequest, mirror: StoryMirror): string {
  const { copies, prints, itemCode, batch, expiry, serials = [], place, logisticUnit } = request;
  const list = prints === 'packingList' ? [`of ${mirror.orderNumber(request.document)}`] : [];
  const until = expiry === undefined ? [] : [`until ${expiry}`];
  const told = [
    copies,
    prints,
    itemCode,
    batch,
    ...serials,
    ...until,
    place,
    logisticUnit,
    ...list,
  ];
  const again = request.again === true ? ', once more' : '';
  return `${told.filter((part) => part !== undefined).join(' ')}${again}`;
}

function asked(
  payload: CommandPayload,
  mirror: StoryMirror,
  taken: ReadonlyMap<CommandId, string>,
): string {
  if (payload.type === 'document.finish')
    return `finishing ${mirror.orderNumber(payload.document)}`;
  if (payload.type === 'exception.report') return `reporting ${reported(payload, mirror)}`;
  if (payload.type === 'print.request') return printed(payload, mirror);
  if (payload.type === 'line.claim') return `going for ${mirror.needName(payload.document)}`;
  if (isGoods(payload)) return goodsOf(payload, mirror);
  return `taking back ${taken.get(payload.target) ?? 'something unknown'}`;
}

/** What the lines of every kind of posting come to here. */
interface Posted extends Numbers {
  readonly item: string;
  /** The line of its order. */
  readonly orderLine?: string;
  readonly quantity: number;
  readonly location?: string;
  readonly to?: string;
  readonly reason?: string;
}

function linesOf(posting: Posting): readonly Posted[] {
  switch (posting.kind) {
    case 'goodsReceipt':
    case 'goodsDelivery':
    case 'purchaseReturn':
      return posting.lines;
    case 'materialReversal':
    case 'shopOrderReversal':
    case 'byProductReversal':
      // The whole of what it reverses: the posting tells no goods of its own.
      return [];
    case 'materialIssue':
    case 'materialReturn':
    case 'byProductReceipt':
      return [{ ...posting, orderLine: posting.plan }];
    case 'materialSubstitution': {
      // It is what was issued, not what stands on the line.
      const { plan: _p, ...goods } = posting;
      return [goods];
    }
    case 'shopOrderReceipt':
      return [{ ...posting, orderLine: posting.document }];
    case 'stockCount':
      return posting.lines.map(({ found, ...line }) => ({ ...line, quantity: found.quantity }));
    case 'locationTransfer':
    case 'warehouseTransfer':
      return posting.lines.map(({ fromLocation, toLocation, orderLine: _load, ...line }) => ({
        ...line,
        ...(fromLocation === undefined ? {} : { location: fromLocation }),
        ...(toLocation === undefined ? {} : { to: toLocation }),
      }));
    default:
      return unreachable(posting);
  }
}

/** A posting as a story writes it; a goods receipt is not named. */
export function postingOf(posting: Posting, mirror: StoryMirror): Outcome['postings'][number] {
  const { kind, document } = posting;
  const named = { order: mirror.orderNumber(document), lines: linesOf(posting).map(lineOf) };
  switch (kind) {
    case 'goodsDelivery':
    case 'materialIssue':
    case 'materialSubstitution':
    case 'materialReturn':
    case 'shopOrderReceipt':
    case 'stockCount':
    case 'locationTransfer':
    case 'warehouseTransfer':
    case 'purchaseReturn':
    case 'materialReversal':
    case 'shopOrderReversal':
    case 'byProductReceipt':
    case 'byProductReversal':
      return { kind, ...named };
    default:
      return named;
  }

  function lineOf(line: Posted): Line {
    const batches = line.batches?.map(({ number, quantity, expiry }) => ({
      batch: number,
      quantity,
      ...(expiry === undefined ? {} : { expiry }),
    }));
    return {
      item:
        line.orderLine === undefined
          ? mirror.itemCode(line.item)
          : mirror.lineName(document, line.orderLine),
      quantity: line.quantity,
      ...(line.location === undefined ? {} : { location: mirror.placeCode(line.location) }),
      ...(line.to === undefined ? {} : { to: mirror.placeCode(line.to) }),
      ...(batches === undefined ? {} : { batches }),
      ...(line.serials === undefined ? {} : { serials: [...line.serials] }),
      ...(line.reason === undefined ? {} : { reason: line.reason }),
    };
  }
}
