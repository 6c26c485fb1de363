// Who lives here: what a question proposes, so that OK can answer it: the quantity, where goods are
// put by default, and where goods that go out lie, what expires first before all.

import { fitsPattern, openQuantity, quantity } from '../../domain/index.ts';
import type { OrderLineView, SourceView } from '../../domain/index.ts';
import type { AskedFact } from '../types.ts';
import { ACTIONS } from './actions.ts';
import { currentLine } from './dialogue.ts';
import type { Dialogue, PlaceAt } from './dialogue.ts';
import { numberOf } from './evaluate.ts';
import { asking, firstCount, mostNow } from './fits.ts';
import type { Rules } from './fits.ts';
import { nextStop, sourcesOf, stopAt } from './next.ts';
import { shownTote } from './totes.ts';

/**
 * What the quantity step proposes: the count by scanning, the pack, the workflow's default, or the
 * piece that was scanned. A blind count proposes nothing but what was counted by scanning.
 */
export function proposal(d: Dialogue, rules: Rules): number | undefined {
  const { action, steps } = rules;
  if (d.work.counted !== undefined) return d.work.counted;
  const by = asking(steps, 'quantity')?.count;
  if (by === 'scan') return firstCount(d, rules);
  if (by === 'type' || ACTIONS[action].blind === true) return undefined;
  if (by === 'all') return openOf(d);
  if (d.work.pack !== undefined) return d.work.pack.quantity;
  const step = asking(steps, 'quantity');
  if (step === undefined) return undefined;
  const value = step.default === undefined ? d.work.size : numberOf(step.default, d);
  if (value === undefined) return undefined;
  // What is wanted may lie in several places.
  const most = ACTIONS[action].toHome === true ? mostNow(d, rules) : value;
  return quantity(Math.min(value, most));
}

/** Stock units that lie in a place, with what this session took there already taken off. */
export type SourceLeft = SourceView;

/** Where the goods lie that agree with what is known of the line, what expires first before all. */
export function sourcesLeft(d: Dialogue): readonly SourceLeft[] {
  const line = currentLine(d);
  return line === undefined ? [] : sourcesOf(d, line, d.work);
}

function openOf(d: Dialogue): number | undefined {
  const line = currentLine(d);
  const open = line === undefined ? 0 : openQuantity(line);
  return open > 0 ? open : undefined;
}

function byDefault(d: Dialogue, fact: 'location' | 'to', { steps }: Rules): PlaceAt | undefined {
  const { document, work } = d;
  const warehouse = document?.warehouse.id ?? work.location?.warehouse;
  if (warehouse === undefined) return undefined;
  const place = work.item?.defaultLocations[warehouse] ?? document?.warehouse.defaultLocation;
  if (place === undefined) return undefined;
  // Goods are not carried to where they are.
  if (fact === 'to' && place.id === work.location?.id) return undefined;
  const named = fact === 'to' ? asking(steps, 'to')?.places : undefined;
  if (named?.some((pattern) => fitsPattern(pattern, place.code)) === false) return undefined;
  const full = d.avoided?.some((each) => each.item === undefined && each.location === place.id);
  if (full === true) return undefined;
  return { ...place, warehouse };
}

/** What OK takes at a question for a line, a place or a batch. */
export type Suggestion =
  | { readonly fact: 'item'; readonly text: string; readonly line: OrderLineView }
  | { readonly fact: 'location' | 'to'; readonly text: string; readonly place: PlaceAt }
  | { readonly fact: 'batch' | 'tote'; readonly text: string };

/** What the step that asks for `fact` suggests, if the file says that it shall. */
export function suggestion(
  d: Dialogue,
  rules: Rules,
  fact: AskedFact | 'close',
): Suggestion | undefined {
  if (fact === 'item') {
    const line = nextStop(d, rules)?.line;
    return line && { fact, text: line.item.code, line };
  }
  if (fact === 'tote') {
    const tote = shownTote(d);
    return tote === undefined ? undefined : { fact, text: tote };
  }
  if (fact !== 'location' && fact !== 'to' && fact !== 'batch') return undefined;
  const suggest = asking(rules.steps, fact)?.suggest;
  if (suggest === undefined) return undefined;
  const from = suggest === 'source' ? stopAt(d, rules)?.source : undefined;
  if (fact === 'batch') return from?.batch === undefined ? undefined : { fact, text: from.batch };
  const place =
    suggest === 'default-location'
      ? byDefault(d, fact, rules)
      : from?.location && { ...from.location, warehouse: d.document?.warehouse.id ?? '' };
  return place === undefined ? undefined : { fact, text: place.code, place };
}
