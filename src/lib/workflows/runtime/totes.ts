// Who lives here: totes, boxes with a barcode of their own that the goods of one order are put into
// while it is picked. The first one that is scanned for an order is its tote; at each line after that
// the same one is shown, and taken with OK or, with `confirm: scan`, by its barcode. A full one is
// followed by an empty one. Whose a tote is the hub knows, and here what this session put where.

import { fault, isFault } from '../../domain/index.ts';
import type { Fault, OrderView, Scan } from '../../domain/index.ts';
import type { OrderModel, Step } from '../types.ts';
import { answered, isAnswer, withAnswer } from './answers.ts';
import type { AnswerStep } from './answers.ts';
import type { Booked, Dialogue, Work } from './dialogue.ts';
import type { At, Rules } from './fits.ts';
import { orderAt, ordersOf } from './together.ts';
import type { Joined } from './together.ts';
import { fits, like, named, readTote, toteFor, totesOf } from './tote-codes.ts';

type ToteStep = AnswerStep & { readonly totes: readonly string[] };

/** The question for the tote, where the file has one: a line has one tote. */
export function toteStep(steps: readonly Step[]): ToteStep | undefined {
  for (const step of steps) {
    if (!isAnswer(step) || step.fact !== 'tote') continue;
    const { totes = [] } = step;
    return { ...step, totes };
  }
  return undefined;
}

/** The tote that the goods at work are put into, as far as one was scanned. */
function toteIn({ answers = {} }: Work, steps: readonly Step[]): string | undefined {
  const step = toteStep(steps);
  const code = step && answers[step.id];
  return code === undefined ? undefined : String(code);
}

/** The tote of a line that is booked, for the next one of its order. */
export function putInto(work: Work, steps: readonly Step[]): Pick<Booked, 'putInto'> {
  const code = toteIn(work, steps);
  return code === undefined ? {} : { putInto: code };
}

/** What is shown at the question, and what OK takes: the tote of the order at work. */
export function shownTote(d: Dialogue): string | undefined {
  return d.work.line === undefined ? undefined : toteFor(d, orderAt(d));
}

/** The open orders with the totes that their goods go into. */
export function withTotes(d: Dialogue, orders: readonly OrderModel[]): readonly OrderModel[] {
  const all = ordersOf(d);
  return orders.map((order) => {
    const code = toteFor(
      d,
      all.find(({ id }) => id === order.id),
    );
    return code === undefined ? order : { ...order, code };
  });
}

/** Another of the open orders that has goods in this tote. */
function otherOrder(d: Dialogue, work: Work, code: string): Joined | undefined {
  if (work.line === undefined || work.among?.open === true) return undefined;
  const at = orderAt(d, work.line);
  const all = ordersOf(d);
  const its = at !== undefined && named(totesOf(d, at), code) !== undefined;
  return its
    ? undefined
    : all.find((one) => one.id !== at?.id && named(totesOf(d, one), code) !== undefined);
}

/** Why the goods of this work can't go into the tote that was scanned: it is another order's. */
export function wrongTote(d: Dialogue, work: Work, { steps }: Rules): Fault | undefined {
  const code = toteIn(work, steps);
  const other = code === undefined ? undefined : otherOrder(d, work, code);
  if (code === undefined || other === undefined) return undefined;
  return fault('step.other-tote', {
    ...{ tote: code, order: other.number, partner: other.partnerName },
    wanted: toteFor(d, orderAt(d, work.line)) ?? '',
  });
}

/** The tote that a scanned code is, before anything else that it could be; nothing: it is none. */
export function toteScanned(scan: Scan, rules: Pick<Rules, 'steps'>): string | undefined {
  const { totes = [] } = toteStep(rules.steps) ?? {};
  if (scan.symbology === 'gs1' || scan.symbology === 'command') return undefined;
  const code = scan.raw.text.trim();
  return fits(totes, code) ? code : undefined;
}

/** An order that is not open here, and whose goods are in the tote. */
function elsewhere(d: Dialogue, { candidates }: Scan, code: string): OrderView | undefined {
  const open = ordersOf(d).map(({ id }) => id);
  const holders = candidates.flatMap(({ document }) => document ?? []);
  return holders.find(
    ({ id, totes = [] }) => !open.includes(id) && named(totes, code) !== undefined,
  );
}

/** The work with the tote of a scan, at whatever question it comes; or why it is none for it. */
export function takeTote(d: Dialogue, scan: Scan, code: string, at: At): Work | Fault {
  const step = toteStep(at.rules.steps);
  if (step === undefined) return d.work;
  const holder = elsewhere(d, scan, code);
  if (holder !== undefined) {
    const { number: order, partnerName: partner } = holder;
    return fault('step.tote-taken', { tote: code, order, partner });
  }
  const read = readTote(code, step, d);
  if (isFault(read)) return read;
  const known = toteIn(d.work, at.rules.steps);
  if (known !== undefined && !like(known, read)) {
    return fault('step.conflict', { fact: 'tote', known, read });
  }
  if (answered(d, step.id) && known !== undefined) {
    return fault('step.not-expected', { read, asks: at.asks });
  }
  return withAnswer(d.work, step.id, read);
}
