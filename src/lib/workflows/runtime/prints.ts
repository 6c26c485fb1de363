// Who lives here: labels and packing lists that steps ask for. A request is made when its step is
// reached, beside the command of the line if there is one, and nobody waits for it. The same label
// is asked for once a line, however often BACK leads past the step; PRINT asks once more, and says so.

import { fault, finishedBy, LIMITS, printKey } from '../../domain/index.ts';
import type { Printed, PrintRequest } from '../../domain/index.ts';
import type { Step, Text } from '../types.ts';
import { answered } from './answers.ts';
import { saying, settled, workQuantity } from './dialogue.ts';
import type { Dialogue, Work } from './dialogue.ts';
import { holds, numberOf } from './evaluate.ts';
import type { At, Rules } from './fits.ts';
import { sentence } from './texts.ts';
import { documentAt, ordersOf } from './together.ts';

/** What the dialogue remembers of requests. */
export interface Prints {
  /** Made by this event. */
  readonly asked?: readonly PrintRequest[];
  /** Made by the last event that made any: what PRINT asks for once more. */
  readonly last?: readonly PrintRequest[];
  /** Keys of what the line in progress asked for; see `printKey`. */
  readonly done?: readonly string[];
  /** Id of a step that was reached without what it prints. The proofs let no such file through. */
  readonly lacks?: string;
}

type PrintStep = Extract<Step, { kind: 'print' }>;
type Content = Partial<PrintRequest>;

/** The goods or the place that a step is about: of the line at work, or of the one just booked. */
interface About {
  /** As conditions see it: of a booked line the pieces stand in its order line by then. */
  readonly d: Dialogue;
  readonly work: Work;
}

function goods({ item }: Work): Content | undefined {
  if (item === undefined) return undefined;
  const { code, name, barcode } = item;
  const itemName = name.slice(0, LIMITS.answerChars);
  const known = barcode === undefined || barcode.length > LIMITS.codeChars ? {} : { barcode };
  return { itemCode: code, ...(itemName === '' ? {} : { itemName }), ...known };
}

/** Nothing: it is not known. `none`: there is none of it, which is an answer too. */
type Found = Content | 'none' | undefined;

const LABELS: Readonly<
  Record<Exclude<Printed, 'packingList'>, (about: About, rules: Rules) => Found>
> = {
  item: ({ work }) => goods(work),
  batch: ({ work }) => {
    const { batch, expiry } = work;
    const of = goods(work);
    if (of === undefined || batch === undefined) return undefined;
    return { ...of, batch, ...(expiry === undefined ? {} : { expiry }) };
  },
  serial: ({ work }) => {
    const { serials, expiry, serialsDone } = work;
    const of = goods(work);
    if (of === undefined) return undefined;
    if (serials === undefined) return serialsDone === true ? 'none' : undefined;
    if (serials.length === 0) return 'none';
    return { ...of, serials, ...(expiry === undefined ? {} : { expiry }) };
  },
  location: ({ work: { location } }) => location && { place: location.code },
  logisticUnit: ({ d, work }, { steps }) => {
    const asks = steps.filter((step) => step.kind === 'ask' && step.fact === 'logisticUnit');
    const units = asks.flatMap(({ id }) => work.answers?.[id] ?? []);
    const [unit] = units;
    if (unit !== undefined) return { logisticUnit: String(unit) };
    return asks.some(({ id }) => answered(d, id)) ? 'none' : undefined;
  },
};

function aboutOf(d: Dialogue, { steps }: Rules, step: PrintStep): About {
  const confirmed = steps.findIndex(({ kind }) => kind === 'confirm');
  const { justBooked } = d;
  const after = confirmed !== -1 && steps.indexOf(step) > confirmed;
  if (!after || justBooked === undefined) return { d, work: d.work };
  const { quantity, serials } = d.booked.at(-1) ?? {};
  const counted = quantity === undefined ? {} : { quantity };
  const work = { ...justBooked, ...counted, ...(serials === undefined ? {} : { serials }) };
  return { d: { ...d, work: justBooked }, work };
}

/** How many the file wants; none is an answer. */
function copiesOf({ copies }: PrintStep, { d, work }: About): number {
  if (copies === undefined) return 1;
  const wanted = copies === 'quantity' ? workQuantity(work) : (numberOf(copies, d) ?? 0);
  return Math.min(LIMITS.printCopies, Math.ceil(wanted));
}

function adding(d: Dialogue, request: PrintRequest): Dialogue {
  const asked = [...(d.prints?.asked ?? []), request];
  return { ...d, prints: { ...d.prints, asked, last: asked } };
}

/** The step is reached: what it prints is asked for, unless this line asked for the same before. */
export function askPrint(d: Dialogue, rules: Rules, id: string | undefined): Dialogue {
  const step = rules.steps.find((each) => each.id === id);
  if (step?.kind !== 'print' || step.prints === 'packingList') return d;
  const about = aboutOf(d, rules, step);
  if (!holds(step.when, about.d)) return d;
  const found = LABELS[step.prints](about, rules);
  if (found === undefined) return { ...d, prints: { ...d.prints, lacks: step.id } };
  const copies = found === 'none' ? 0 : copiesOf(step, about);
  const document = documentAt(about.d);
  if (found === 'none' || copies === 0 || document === undefined) return d;
  const request = requestOf(d, document, { prints: step.prints, copies, ...found });
  const key = printKey(request);
  const done = d.prints?.done ?? [];
  if (done.includes(key)) return d;
  const remembered = [...done, key].slice(-LIMITS.printsRemembered);
  const next = adding(d, request);
  return { ...next, prints: { ...next.prints, done: remembered } };
}

function requestOf(
  d: Dialogue,
  document: string,
  what: Content & Pick<PrintRequest, 'prints' | 'copies'>,
): PrintRequest {
  const number = ordersOf(d).find(({ id }) => id === document)?.number;
  const order = number === undefined ? {} : { order: number };
  return { type: 'print.request', document, ...order, ...what };
}

/** A line is booked: the next one asks for its own labels. */
export function nextLine({ prints, ...d }: Dialogue): Dialogue {
  if (prints === undefined) return d;
  const { done: _d, ...rest } = prints;
  return { ...d, prints: rest };
}

/** What is finished is packed: the list of each order, or of the piece of work. */
export function withPackingLists(d: Dialogue, rules: Rules): Dialogue {
  const { drafted } = d;
  if (drafted?.type !== 'document.finish') return d;
  const steps = rules.steps.filter(
    (step): step is PrintStep => step.kind === 'print' && step.prints === 'packingList',
  );
  const documents = finishedBy(drafted).filter((id) => isPacked(d, id));
  return steps.reduce(
    (now, step) => documents.reduce((each, id) => withPackingList(each, step, id), now),
    d,
  );
}

/** Something of it stands; of more lines than are remembered nobody knows whose they were. */
function isPacked(d: Dialogue, document: string): boolean {
  const lines = ordersOf(d).find(({ id }) => id === document)?.lines;
  if (lines === undefined || d.standing > d.booked.length) return d.standing > 0;
  return d.booked.some(({ line }) => lines.includes(line));
}

function withPackingList(d: Dialogue, step: PrintStep, document: string): Dialogue {
  const [line] = ordersOf(d).find(({ id }) => id === document)?.lines ?? [];
  const about = line === undefined ? d : { ...d, work: { line } };
  if (!holds(step.when, about)) return d;
  const copies = copiesOf(step, { d: about, work: {} });
  if (copies === 0) return d;
  return adding(d, requestOf(d, document, { prints: step.prints, copies }));
}

/** PRINT: what was asked for last, once more; the office sees that it is the same. */
export function printAgain(before: Dialogue, { asks }: At): Dialogue {
  const d = settled(before);
  const { last = [] } = d.prints ?? {};
  if (last.length === 0) return saying(d, fault('step.not-here', { asks }));
  const asked = last.map((request) => ({ ...request, again: true as const }));
  return { ...d, prints: { ...d.prints, asked, last: asked }, signal: 'step' };
}

/** What this event asked for, and the dialogue without it, as it rests. */
export function askedIn(before: Dialogue): {
  readonly asked: readonly PrintRequest[];
  readonly rest: Dialogue;
} {
  if (before.prints === undefined) return { asked: [], rest: before };
  const { prints, ...d } = before;
  const { asked = [], lacks: _l, ...kept } = prints;
  return { asked, rest: Object.keys(kept).length === 0 ? d : { ...d, prints: kept } };
}

/** The dialogue with what a flow in between has asked for. */
export function withAsked(d: Dialogue, asked: readonly PrintRequest[]): Dialogue {
  return asked.reduce(adding, d);
}

function nameOf({ prints, order = '', itemCode = '', ...request }: PrintRequest): string {
  const { batch = '', serials = [], place = '', logisticUnit = '' } = request;
  const [first = '', ...others] = serials;
  switch (prints) {
    case 'item':
      return itemCode;
    case 'batch':
      return `${itemCode} ${batch}`;
    case 'serial':
      return others.length === 0 ? `${itemCode} ${first}` : `${itemCode} ${first} …`;
    case 'location':
      return place;
    case 'logisticUnit':
      return logisticUnit;
    case 'packingList':
      return order;
  }
}

function said(request: PrintRequest): Text {
  const { prints, copies, serials, again } = request;
  const labels = copies * (serials?.length ?? 1);
  const data = { what: nameOf(request), count: labels };
  const list = prints === 'packingList';
  if (again === true) return sentence(list ? 'prints.list-again' : 'prints.label-again', data);
  if (copies === LIMITS.printCopies) return sentence('prints.most', data);
  if (list) return sentence('prints.list', data);
  return sentence(labels === 1 ? 'prints.label' : 'prints.labels', data);
}

/** The line that says what was asked for last, as long as its order or work is at hand. */
export function labelsOf(d: Dialogue): { readonly labels?: readonly Text[] } {
  const here = [...ordersOf(d).map(({ id }) => id), d.piece];
  const last = d.prints?.last?.filter(({ document }) => here.includes(document)) ?? [];
  return last.length === 0 ? {} : { labels: last.map(said) };
}
