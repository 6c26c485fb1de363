// Who lives here: what a scan that leads to an order leaves behind, and what is said of one that
// nobody here knows.

import { fault } from '../../domain/index.ts';
import type { Fault, Scan } from '../../domain/index.ts';
import { meaningsOf } from './among.ts';
import { telling } from './dialogue.ts';
import type { Dialogue, Work } from './dialogue.ts';
import type { At } from './fits.ts';
import { sentence } from './texts.ts';
import { ordersOf } from './together.ts';
import { toteScanned } from './totes.ts';

/** One more order was opened beside others: which number it has on the cart. */
export function added(d: Dialogue): Dialogue {
  const number = d.joined?.at(-1)?.number ?? '';
  return telling(d, sentence('message.order-added', { order: number, tote: ordersOf(d).length }));
}

/** With an order open already, another one is looked for. */
export function addingTo({ document }: Dialogue): Pick<Dialogue, 'adding'> {
  return document === undefined ? {} : { adding: true };
}

export function searchFor(work: Work, read: string): NonNullable<Dialogue['search']> {
  const [item = '', ...or] = new Set(meaningsOf(work).map((one) => one.item));
  return or.length === 0 ? { item, read } : { item, or, read };
}

/** Nobody here knows the code; when a digit was misread, that is why. */
export function unknown(scan: Scan, at: At): Fault {
  const tote = toteScanned(scan, at.rules);
  if (tote !== undefined) return fault('step.tote-empty', { tote });
  const code = scan.wrongCheckDigit === true ? 'scan.check-digit' : 'scan.unknown-code';
  return fault(code, { read: scan.raw.text, asks: at.asks });
}
