// Who lives here: journal and postings in the short words of a story.
//
//   dock-1 received BOLT 10            dock-1 took back BOLT 10
//   dock-1 finished PO-1, 2 open       dock-1 was refused BOLT 5: ledger.over-receipt
//   posting of PO-1: 2 lines           PO-1 booked / PO-1 rejected

import { lineCount, unreachable } from '../../src/lib/domain/index.ts';
import type {
  CommandId,
  CommandPayload,
  GoodsReceiptPosting,
  ReceiptLine,
} from '../../src/lib/domain/index.ts';
import type { JournalEntry } from '../../src/lib/ledger/index.ts';
import type { Outcome } from './format.ts';
import type { StoryMirror } from './mirror.ts';

type Line = Outcome['postings'][number]['lines'][number];

/** The sentences of a journal, in its order. */
export function sentences(entries: readonly JournalEntry[], mirror: StoryMirror): string[] {
  const taken = new Map<CommandId, string>();
  return entries.map((entry) => sentence(entry, mirror, taken));
}

function sentence(
  { body }: JournalEntry,
  mirror: StoryMirror,
  taken: Map<CommandId, string>,
): string {
  switch (body.type) {
    case 'line-received': {
      const { line } = body;
      if (line.type !== 'receive.line') throw new Error('stories only receive goods');
      const goods = `${mirror.lineName(line.document, line.line)} ${line.quantity}`;
      taken.set(body.by.command, goods);
      return `${body.by.operator} received ${goods}`;
    }
    case 'line-undone':
      return `${body.by.operator} took back ${taken.get(body.undo.target) ?? 'something unknown'}`;
    case 'document-finished': {
      const number = mirror.orderNumber(body.finish.document);
      return `${body.by.operator} finished ${number}, ${body.finish.linesLeftOpen} open`;
    }
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

function asked(
  payload: CommandPayload,
  mirror: StoryMirror,
  taken: ReadonlyMap<CommandId, string>,
): string {
  if (payload.type === 'receive.line') {
    return `${mirror.lineName(payload.document, payload.line)} ${payload.quantity}`;
  }
  if (payload.type === 'document.finish')
    return `finishing ${mirror.orderNumber(payload.document)}`;
  if (payload.type !== 'line.undo') throw new Error('stories only receive goods');
  return `taking back ${taken.get(payload.target) ?? 'something unknown'}`;
}

/** A posting as a story writes it. */
export function postingOf(
  { document, lines }: GoodsReceiptPosting,
  mirror: StoryMirror,
): Outcome['postings'][number] {
  return { order: mirror.orderNumber(document), lines: lines.map((line) => lineOf(line)) };

  function lineOf(line: ReceiptLine): Line {
    const batches = line.batches?.map(({ number, quantity, expiry }) => ({
      batch: number,
      quantity,
      ...(expiry === undefined ? {} : { expiry }),
    }));
    return {
      item: mirror.lineName(document, line.orderLine),
      quantity: line.quantity,
      ...(line.location === undefined ? {} : { location: mirror.placeCode(line.location) }),
      ...(batches === undefined ? {} : { batches }),
      ...(line.serials === undefined ? {} : { serials: [...line.serials] }),
    };
  }
}
