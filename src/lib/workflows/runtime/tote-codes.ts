// Who lives here: the codes of totes: which ones the file names, which are known, and what a text is.

import { fault, fitsPattern } from '../../domain/index.ts';
import type { Fault } from '../../domain/index.ts';
import type { AnswerStep } from './answers.ts';
import type { Dialogue } from './dialogue.ts';
import { ordersOf } from './together.ts';
import type { Joined } from './together.ts';

/** Whether a code has the form that the file names; whoever types need not mind capitals. */
export const fits = (totes: readonly string[], code: string): boolean =>
  totes.some((pattern) => fitsPattern(pattern.toLowerCase(), code.toLowerCase()));

export const like = (one: string, other: string): boolean =>
  one.toLowerCase() === other.toLowerCase();

export const named = (totes: readonly string[], code: string): string | undefined =>
  totes.find((each) => like(each, code));

/** Totes of an order: those that the hub knows of, then those that this session filled. */
export function totesOf(d: Dialogue, { totes = [], lines }: Joined): readonly string[] {
  const filled = d.booked.flatMap(({ line, putInto: code }) =>
    code !== undefined && lines.includes(line) ? [code] : [],
  );
  return [...totes, ...filled];
}

/** The code of a tote as the file names them; in the letters of the tote that is known. */
export function readTote(text: string, step: AnswerStep, d: Dialogue): string | Fault {
  const { totes = [] } = step;
  const code = text.trim();
  const known = ordersOf(d).flatMap((order) => totesOf(d, order));
  if (fits(totes, code)) return named(known, code) ?? code;
  return fault('step.not-a-tote', { read: text, wanted: totes.join(', ') });
}
