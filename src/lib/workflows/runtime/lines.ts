// Who lives here: how a screen shows the lines of an order, the one that comes next, and what is
// known of the one at work.

import { openQuantity, plus } from '../../domain/index.ts';
import type { OrderLineView } from '../../domain/index.ts';
import type { AskedFact, KnownFact, LineModel, NextModel } from '../types.ts';
import { shownAnswers } from './answers.ts';
import { shownApprovals } from './approvals.ts';
import { currentLine } from './dialogue.ts';
import type { Dialogue } from './dialogue.ts';
import { FACTS, SHOWN } from './facts.ts';
import type { Rules } from './fits.ts';
import { nextStop } from './next.ts';
import { sentence } from './texts.ts';
import { toteOf } from './together.ts';

function lineState(line: OrderLineView): LineModel['state'] {
  const done = plus(line.done, line.pending);
  if (done > line.ordered) return 'over';
  if (openQuantity(line) === 0) return 'complete';
  return done > 0 ? 'partial' : 'open';
}

function focusOf({ id }: OrderLineView, d: Dialogue, next: string | undefined): LineModel['focus'] {
  if (id === d.work.line) return 'current';
  if (id === d.justDone) return 'just-done';
  return id === next ? 'next' : undefined;
}

export function lineModel(line: OrderLineView, d: Dialogue, next?: string): LineModel {
  const focus = focusOf(line, d, next);
  const tote = toteOf(d, line.id);
  return {
    id: line.id,
    ...(tote === undefined ? {} : { tote }),
    itemCode: line.item.code,
    itemName: line.item.name,
    unit: line.item.unit,
    ordered: line.ordered,
    done: plus(line.done, line.pending),
    state: lineState(line),
    ...(focus === undefined ? {} : { focus }),
  };
}

const isPlace = (fact: AskedFact): boolean => fact === 'location' || fact === 'to';

/** What is known of the line at work, with what stays for the next one. */
export function knownFacts(d: Dialogue, rules: Rules): KnownFact[] {
  const { work } = d;
  const stays = (fact: AskedFact) => work.kept?.some((place) => place === fact) === true;
  // Of everything in a place the numbers of the first are no news.
  const facts = work.everything === undefined ? SHOWN : SHOWN.filter(isPlace);
  const goods = facts.flatMap((fact) =>
    FACTS[fact]
      .shown(work)
      .map((text) => (stays(fact) ? { fact, text, stays: true as const } : { fact, text })),
  );
  const { planned } = currentLine(d) ?? {};
  const instead: KnownFact[] =
    planned === undefined
      ? []
      : [{ fact: 'item', text: planned.code, name: sentence('ask.instead') }];
  return [...instead, ...goods, ...shownAnswers(d, rules.steps), ...shownApprovals(d, rules)];
}

/** The line to do next, where the product leads and none is at work. */
export function nextModel(d: Dialogue, rules: Rules): NextModel | undefined {
  const stop = nextStop(d, rules);
  if (stop === undefined) return undefined;
  const { line, source } = stop;
  const tote = toteOf(d, line.id);
  return {
    line: line.id,
    ...(tote === undefined ? {} : { tote }),
    itemCode: line.item.code,
    itemName: line.item.name,
    unit: line.item.unit,
    quantity: openQuantity(line),
    ...(source?.location === undefined ? {} : { place: source.location.code }),
    ...(source?.batch === undefined ? {} : { batch: source.batch }),
  };
}
