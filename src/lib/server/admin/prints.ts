// Who lives here: what the page of labels and packing lists shows, how they are drawn, and its one
// form. A code says what a label of the goods themselves would say, so that every scanner of the
// house reads it: (01) GTIN with (10) batch, (17) expiry or (21) serial where GS1 has room for them,
// (00) for a logistic unit, else the bare text.

import * as z from 'zod';
import { hasCheckDigit, LIMITS, placeDigits } from '../../domain/index.ts';
import type { PrintRequest } from '../../domain/index.ts';
import { expiryAi, gtinOf, inGs1, plain, printed } from './codes.ts';
import type { Code } from './codes.ts';
import type { ActionOutcome } from './report.ts';
import { barcode } from './sheet.ts';
import type { Barcode } from './sheet.ts';

/** One thing that somebody on the floor wants printed. */
export interface PrintLine {
  /** Handed back with the form, and part of the address of its page. */
  readonly id: string;
  readonly atMs: number;
  /** E.g. `2 labels of batch L7, BOLT`. */
  readonly what: string;
  readonly from: string;
  /** Number of the order; empty where none was open. */
  readonly order: string;
  /** How often it was asked for while it waited. */
  readonly times: number;
  /** It was dealt with before, and is asked for once more. */
  readonly again: boolean;
  readonly settled?: {
    readonly outcome: 'printed' | 'dropped';
    readonly person: string;
    readonly atMs: number;
  };
}

export interface PrintsReport {
  readonly atMs: number;
  /** Oldest first. */
  readonly waiting: readonly PrintLine[];
  readonly waitingTotal: number;
  /** Those that were dealt with last, the newest first. */
  readonly done: readonly PrintLine[];
}

export interface PackedLine {
  readonly itemCode: string;
  readonly itemName: string;
  readonly unit: string;
  /** Stock units. */
  readonly quantity: number;
  /** Batch, or serial numbers. */
  readonly numbers: readonly string[];
}

export interface PackingList {
  readonly order: string;
  readonly partner: string;
  readonly lines: readonly PackedLine[];
  /** More goods than `LIMITS.packingLines`: these are left out. */
  readonly more: number;
}

/** What one request is about, as the House found it. */
export interface PrintFound {
  readonly line: PrintLine;
  readonly request: PrintRequest;
  readonly list?: PackingList;
}

export interface PrintsPort {
  report(): Promise<PrintsReport>;
  /** Undefined for an id that is none. */
  find(id: string): Promise<PrintFound | undefined>;
  settle(id: string, outcome: 'printed' | 'dropped', person: string): Promise<ActionOutcome>;
}

/** A label as it is printed: what people read, and what scanners do. */
export interface Label {
  readonly title: string;
  readonly detail: string;
  readonly codes: readonly Barcode[];
}

/** A page of the browser that is printed. */
export interface PrintPage {
  readonly line: PrintLine;
  readonly copies: number;
  readonly labels: readonly Label[];
  /** Labels that do not fit on one page of the browser. */
  readonly more: number;
  readonly list?: PackingList;
}

type Drawing = Pick<Code, 'text' | 'drawing'>;

const titled = (title: string, detail: string, ...codes: Drawing[]): Label => ({
  title,
  detail,
  codes: codes.map((code) => barcode({ title, detail, ...code })),
});

/** A number of the goods, in one code with their GTIN where GS1 can say it. */
function numbered(request: PrintRequest, ai: '10' | '21', number: string): Label {
  const { itemCode = '', itemName = '', expiry } = request;
  const until = expiry === undefined ? '' : ` · ${expiry}`;
  const detail = `${itemCode} ${itemName}${until}`.trim();
  const gtin = gtinOf(request);
  if (gtin === undefined || !inGs1(number)) {
    return titled(number, detail, plain(itemCode), plain(number));
  }
  const text = `(01)${gtin}${expiryAi(expiry)}(${ai})${number}`;
  return titled(number, detail, { text, drawing: 'gs1datamatrix' });
}

function unit(number: string): Label {
  const sscc = number.length === 18 && hasCheckDigit(number);
  return titled(number, '', sscc ? { text: `(00)${number}`, drawing: 'gs1-128' } : plain(number));
}

/** One of each label; a packing list has none. */
export function labelsOf(request: PrintRequest): readonly Label[] {
  const { prints, itemCode = '', itemName = '', batch = '', serials = [] } = request;
  const { place = '', logisticUnit = '' } = request;
  switch (prints) {
    case 'item':
      return [titled(itemCode, itemName, printed(request.barcode ?? itemCode))];
    case 'batch':
      return [numbered(request, '10', batch)];
    case 'serial':
      return serials.map((serial) => numbered(request, '21', serial));
    case 'location':
      return [titled(place, placeDigits(place), plain(place))];
    case 'logisticUnit':
      return [unit(logisticUnit)];
    case 'packingList':
      return [];
  }
}

/** The page of one request; undefined where there is none. */
export async function printPage(port: PrintsPort, id: string): Promise<PrintPage | undefined> {
  const found = await port.find(id);
  if (found === undefined) return undefined;
  const { line, request, list } = found;
  const { copies } = request;
  const each = labelsOf(request);
  const labels = each.flatMap((label) => Array.from({ length: copies }, () => label));
  return {
    ...{ line, copies, labels: labels.slice(0, LIMITS.printCopies) },
    more: Math.max(0, labels.length - LIMITS.printCopies),
    ...(list === undefined ? {} : { list }),
  };
}

const NAMES: Readonly<Record<PrintRequest['prints'], string>> = {
  item: 'item',
  batch: 'batch',
  serial: 'serial number',
  location: 'location',
  logisticUnit: 'logistic unit',
  packingList: 'packing list',
};

/** `2 labels of batch L7, BOLT`; `packing list of 4711`. */
export function printSaid(request: PrintRequest): string {
  const { prints, copies, itemCode, batch, serials = [], place, logisticUnit, order } = request;
  if (prints === 'packingList') {
    return `${copies === 1 ? 'Packing list' : `${copies} packing lists`} of ${order ?? 'work without an order'}`;
  }
  const many = copies * Math.max(1, serials.length);
  const first = batch ?? serials[0] ?? place ?? logisticUnit;
  const others = serials.length > 1 ? ` and ${serials.length - 1} more` : '';
  const of = [first === undefined ? undefined : `${first}${others}`, itemCode];
  const told = of.filter((part) => part !== undefined).join(', ');
  return `${many} ${many === 1 ? 'label' : 'labels'} of ${NAMES[prints]} ${told}`;
}

/** One line about them. */
export function printsLine(waiting: number): { ok: boolean; words: string } {
  if (waiting === 0) return { ok: true, words: 'Nothing waits to be printed.' };
  return { ok: false, words: `${waiting} ${waiting === 1 ? 'waits' : 'wait'} to be printed.` };
}

const schema = z.object({
  print: z.string().regex(/^\d{1,15}$/, 'This form is not complete.'),
  act: z.enum(['printed', 'dropped'], 'This form is not complete.'),
  person: z
    .string('Say who you are.')
    .trim()
    .min(1, 'Say who you are.')
    .max(LIMITS.personNameChars, `A name has at most ${LIMITS.personNameChars} characters.`),
});

/** What the page says afterwards; `print` is the one whose form was sent. */
export interface PrintMessage {
  readonly ok: boolean;
  readonly print: string;
  readonly message: string;
}

const DONE = { printed: 'It is marked as printed.', dropped: 'It is dropped.' } as const;

/** Carries out a form with the fields `print`, `act` and `person`. */
export async function actOnPrint(port: PrintsPort, form: FormData): Promise<PrintMessage> {
  const fields = Object.fromEntries(form);
  const parsed = schema.safeParse(fields);
  if (!parsed.success) {
    const print = typeof fields['print'] === 'string' ? fields['print'] : '';
    const message = parsed.error.issues[0]?.message ?? 'This form is not complete.';
    return { ok: false, print, message };
  }
  const { print, act, person } = parsed.data;
  const outcome = await port.settle(print, act, person);
  if (outcome.kind === 'done') return { ok: true, print, message: DONE[act] };
  const why = outcome.kind === 'gone' ? 'Somebody has already dealt with it.' : outcome.reason;
  return { ok: false, print, message: why };
}
