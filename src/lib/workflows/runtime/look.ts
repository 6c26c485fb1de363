// Who lives here: looking up: what is scanned takes the whole screen, and the hub is asked where it
// lies. The question follows from what is shown, so that a reload asks again by itself; an answer
// to another question than the one on the screen is none.

import { fault, LIMITS } from '../../domain/index.ts';
import type { Looked, Scan } from '../../domain/index.ts';
import type { LookModel } from '../types.ts';
import { saying, working } from './dialogue.ts';
import type { Dialogue } from './dialogue.ts';
import { lineModel } from './lines.ts';
import { answerTo, lookQuestion, same, stateOf } from './look-question.ts';

/** What is shown beside goods and places: an order, or what a batch or serial number leads to. */
export function lookBeyond(d: Dialogue, scan: Scan): Dialogue | undefined {
  const { candidates, plain, wrongCheckDigit } = scan;
  const order = candidates.flatMap(({ document }) => document ?? [])[0];
  if (order !== undefined) return working(d, { order });
  const own = candidates.flatMap(({ batch, serial }) => batch ?? serial ?? [])[0];
  const bare = candidates.length === 0 && wrongCheckDigit !== true ? plain : undefined;
  if (own !== undefined) return working(d, { number: own });
  if (bare === undefined) return undefined;
  const linkable = bare.length <= LIMITS.codeChars;
  return working(d, { number: bare, ...(linkable ? { barcode: bare } : {}) });
}

/** A number is only what it leads to: one that leads nowhere is an unknown code, and not shown. */
function unknown(d: Dialogue, number: string): Dialogue {
  const { barcode } = d.work;
  const shown = { ...d, work: d.past.at(-1) ?? {}, past: d.past.slice(0, -1) };
  const said = saying(shown, fault('scan.unknown-code', { read: number, asks: 'item' }), number);
  return barcode === undefined ? said : { ...said, trouble: { barcode } };
}

/** What the station learnt; without an answer the hub is away. */
export function takeLooked(before: Dialogue, { ask, answer, planned }: Looked): Dialogue {
  if (!same(lookQuestion(before.work), ask)) return before;
  if (ask.kind === 'number' && answer?.lies.length === 0) return unknown(before, ask.number);
  const looked = { ask, planned, ...(answer === undefined ? {} : { answer }) };
  return { ...before, looked };
}

/** What a look-up shows; undefined while nothing was scanned. */
export function lookModel(d: Dialogue): LookModel | undefined {
  const { order } = d.work;
  const ask = lookQuestion(d.work);
  const head = order && {
    kind: order.kind,
    number: order.number,
    partner: order.partnerName,
    lines: order.lines
      .filter(({ part }) => part !== 'issued' && part !== 'picked')
      .map((line) => lineModel(line, d)),
  };
  if (ask === undefined && head === undefined) return undefined;
  const looked = answerTo(ask, d);
  return {
    ...(ask === undefined ? {} : { ask }),
    ...(head === undefined ? {} : { order: head }),
    state: stateOf(ask, looked),
    lies: looked?.answer?.lies ?? [],
    more: looked?.answer?.more ?? 0,
    planned: looked?.planned ?? [],
  };
}
