// Who lives here: the sentences of the exception list: what was to be done, and why it was not.

import { isGoods } from '../../domain/index.ts';
import type { CommandPayload, Fault, GoodsLine } from '../../domain/index.ts';
import { orderLineOf } from '../../ledger/index.ts';
import type { JournalEntry } from '../../ledger/index.ts';
import { kindName } from '../admin/index.ts';
import type { ExceptionReport } from '../admin/index.ts';
import type { PostingView } from '../outbox/index.ts';

/** English words for what the hub refuses; the kiosk has its own, in every language. */
const WHY: Partial<Record<Fault['code'], string>> = {
  'ledger.unknown-document': 'The order is not, or no longer, open in Exact.',
  'ledger.unknown-line': 'The order has no such line any more.',
  'ledger.over-receipt': 'More came than was open: another station was faster, or it was changed.',
  'ledger.over-pick': 'More was picked than was open: another station was faster.',
  'ledger.over-return': 'More came back than was issued from here and Exact has booked.',
  'ledger.serial-gone': 'This serial number went out before.',
  'ledger.serial-known': 'This serial number was received before.',
  'ledger.facts-missing': 'The line lacks a fact that Exact needs.',
  'ledger.nothing-to-undo': 'There was nothing left to undo.',
  'ledger.already-posted': 'The line was on its way to Exact already.',
  'ledger.undo-posted': 'Exact has the line, and nobody confirmed that it goes back.',
  'ledger.undo-under-way': 'The line was on its way to Exact.',
  'ledger.undo-rejected': 'Exact had refused the line: its posting waits for a person.',
  'ledger.undo-again': 'The line was taken back before.',
  'ledger.undo-used': 'The goods were used since.',
  'ledger.undo-counted': 'The place was counted since: count it anew.',
  'ledger.undo-office': 'No document of ours takes this line back: take it back in Exact.',
  'ledger.not-approved': 'Whoever said yes at the station does not have the role that is asked.',
  'ledger.not-your-work': 'Whoever did it does not have the role that this work is for.',
  'ledger.unknown-person': 'It came in the name of somebody who is not on the list of people.',
  'ledger.id-reused': 'Two different commands came with one id.',
  'ledger.invalid': 'The command does not fit what the hub knows.',
};

function why({ code, data }: Fault): string {
  const details = Object.entries(data)
    .filter(([name]) => name !== 'item')
    .map(([name, value]) => `${name} ${value}`);
  const tail = details.length === 0 ? '' : ` (${details.join(', ')})`;
  return `${WHY[code] ?? code}${tail}`;
}

/** The item of refused goods, or of the line that a refused undo was about. */
export function itemOf({ body }: JournalEntry): string | undefined {
  if (body.type !== 'command-refused') return undefined;
  if (isGoods(body.payload)) return body.payload.item;
  const { item } = body.fault.data;
  return typeof item === 'string' ? item : undefined;
}

/** Whether it is about goods that are on no order: what was counted or moved. */
export function isLoose({ body }: JournalEntry): boolean {
  if (body.type !== 'command-refused' || !isGoods(body.payload)) return false;
  return orderLineOf(body.payload) === undefined;
}

/** `item`: its code, of goods and of a refused undo. */
function what(payload: CommandPayload, operator: string, fault: Fault, item?: string): string {
  if (payload.type === 'line.undo' || payload.type === 'line.reverse') {
    const { quantity, batch, serials } = fault.data;
    const line = item === undefined ? 'a line' : [quantity, item].join(' ');
    const facts = [line, batch && `batch ${batch}`, serials].filter((part) => part !== undefined);
    return `Undo of ${facts.join(', ')}, from ${operator}`;
  }
  if (payload.type === 'document.finish') return `End of the order, from ${operator}`;
  if (payload.type === 'line.claim') return `Word to bring goods, from ${operator}`;
  if (payload.type === 'exception.report') return `Report of a problem, from ${operator}`;
  if (payload.type === 'print.request') return `Something to print, from ${operator}`;
  if (payload.type === 'move.line' && payload.everything !== undefined) {
    const { place, others } = payload.everything;
    return `Everything at ${place} moved, ${others.length + 1} goods, from ${operator}`;
  }
  const parts = [payload.batch && `batch ${payload.batch}`, payload.serials?.join(', ')];
  const facts = parts.filter((part) => part !== undefined && part !== '');
  const tail = facts.length === 0 ? '' : `, ${facts.join(', ')}`;
  const quantity = payload.type === 'count.line' ? payload.found.quantity : payload.quantity;
  const goods = [quantity, item, DONE[payload.type]].filter((part) => part !== undefined);
  return `${goods.join(' ')}, from ${operator}${tail}`;
}

/** What was done with goods, in one word. */
const DONE: Readonly<Record<GoodsLine['type'], string>> = {
  'receive.line': 'received',
  'deliver.line': 'picked',
  'issue.line': 'issued',
  'return.line': 'returned',
  'produce.line': 'produced',
  'count.line': 'counted',
  'move.line': 'moved',
  'arrive.line': 'taken in',
  'pack.line': 'packed',
};

/** A posting that Exact refused, in Exact's own words; `about`: its goods, where it has no order. */
export function rejectedException(
  id: string,
  view: PostingView,
  order: string,
  about?: string,
): ExceptionReport {
  const twice = view.fault?.code === 'exact.duplicate';
  const doubt = view.fault?.code === 'exact.in-doubt';
  const lines = `${view.lines} ${view.lines === 1 ? 'line' : 'lines'}`;
  const many = `${kindName(view.kind)} of ${lines}, ${view.marker}`;
  return {
    id,
    kind: twice ? 'duplicate-in-exact' : doubt ? 'posting-in-doubt' : 'rejected-posting',
    atMs: view.updatedMs,
    order,
    what: [many, about].filter((part) => part !== undefined).join(': '),
    why: view.words ?? (view.fault === null ? 'Exact gave no reason.' : why(view.fault)),
    // Who sends once more what is in doubt must have looked: the page of the postings asks for it.
    actions: twice || doubt ? ['drop'] : ['resend', 'drop'],
  };
}

/** A command that the hub refused; undefined for any other entry. */
export function refusedException(
  id: string,
  { atMs, body }: JournalEntry,
  order: string,
  item?: string,
): ExceptionReport | undefined {
  if (body.type !== 'command-refused') return undefined;
  const { payload, by, fault } = body;
  const told = what(payload, by.operator, fault, item);
  return {
    id,
    kind: 'refused-command',
    atMs,
    order,
    what: told,
    why: why(fault),
    actions: ['drop'],
  };
}

/** What to say when the reason of a person's act did not reach the disk. */
export function unrecordedWords(problem: string): string {
  return `It could not be recorded: ${problem}`;
}
