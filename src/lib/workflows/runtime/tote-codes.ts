// Who lives here: codes of totes: what they look like, and which order has goods in which. What a
// tote does to a line is told in totes.ts.

import { fault, fitsPattern } from '../../domain/index.ts';
import type { Fault } from '../../domain/index.ts';
import type { Dialogue } from './dialogue.ts';
import type { AskStep } from './fits.ts';
import { ordersOf } from './together.ts';
import type { Joined } from './together.ts';

export const like = (one: string, other: string): boolean =>
  one.toLowerCase() === other.toLowerCase();

export const named = (totes: readonly string[], code: string): string | undefined =>
  totes.find((each) => like(each, code));

/** Whether a code has the form that the file names; whoever types need not mind capitals. */
export const fits = (totes: readonly string[], code: string): boolean =>
  totes.some((pattern) => fitsPattern(pattern.toLowerCase(), code.toLowerCase()));

/** Totes of an order: those that the hub knows of, then those that this session filled. */
export function totesOf(d: Dialogue, { totes = [], lines }: Joined): readonly string[] {
  const filled = d.booked.flatMap(({ line, putInto: code }) =>
    code !== undefined && lines.includes(line) ? [code] : [],
  );
  return [...totes, ...filled];
}

/** The tote that goods of this order go into: the last one that was begun. */
export function toteFor(d: Dialogue, order: Joined | undefined): string | undefined {
  return order === undefined ? undefined : totesOf(d, order).at(-1);
}

/** The code of a tote as the file names them; in the letters of the tote that is known. */
export function readTote(text: string, step: AskStep, d: Dialogue): string | Fault {
  const { totes = [] } = step;
  const code = text.trim();
  const known = ordersOf(d).flatMap((order) => totesOf(d, order));
  if (fits(totes, code)) return named(known, code) ?? code;
  return fault('step.not-a-tote', { read: text, wanted: totes.join(', ') });
}
