// Who lives here: what a question proposes, so that OK can answer it: the quantity, where goods are
// put by default, and where goods that go out lie, what expires first before all.

import { minus, plus, quantity } from '../../domain/index.ts';
import type { SourceView } from '../../domain/index.ts';
import type { AskedFact } from '../types.ts';
import { ACTIONS } from './actions.ts';
import { currentLine } from './dialogue.ts';
import type { Dialogue, PlaceAt } from './dialogue.ts';
import { numberOf } from './evaluate.ts';
import { asking, hasUse } from './fits.ts';
import type { Rules } from './fits.ts';

/**
 * What the quantity step proposes: the count by scanning, the pack, the workflow's default, or the
 * piece that was scanned. A blind count proposes nothing but what was counted by scanning.
 */
export function proposal(d: Dialogue, { action, steps }: Rules): number | undefined {
  if (d.work.counted !== undefined) return d.work.counted;
  if (ACTIONS[action].blind === true) return undefined;
  if (d.work.pack !== undefined) return d.work.pack.quantity;
  const step = asking(steps, 'quantity');
  if (step === undefined) return undefined;
  const value = step.default === undefined ? d.work.size : numberOf(step.default, d);
  return value === undefined ? undefined : quantity(value);
}

/** Stock units of this item that this session took from there already. */
function takenFrom(d: Dialogue, { location, batch }: SourceView): number {
  const { item } = d.work;
  return d.booked
    .filter((each) => each.itemCode === item?.code)
    .filter((each) => each.location === location?.id && each.batch === batch)
    .reduce((sum, each) => plus(sum, each.quantity), 0);
}

/** Stock units that lie in a place, with what this session took there already taken off. */
export type SourceLeft = SourceView;

/** Where the goods lie that agree with what is known of the line, what expires first before all. */
export function sourcesLeft(d: Dialogue, rules: Rules): readonly SourceLeft[] {
  const { location, batch } = d.work;
  const sources = (currentLine(d)?.sources ?? []).filter(
    (each) =>
      (location === undefined || each.location?.id === location.id) &&
      (batch === undefined || !hasUse(d, d.work, 'batch', rules) || each.batch === batch),
  );
  const { avoided = [] } = d;
  const here = (each: SourceView) =>
    avoided.some(
      ({ item, location: at, batch: of }) =>
        item === d.work.item?.id &&
        (at === undefined || at === each.location?.id) &&
        (of === undefined || of === each.batch),
    );
  // The hub's rows are as old as Exact's stock; what was taken here since then is gone.
  return sources
    .filter((each) => !here(each))
    .map((each) => ({ ...each, quantity: minus(each.quantity, takenFrom(d, each)) }))
    .filter(({ quantity: left }) => left > 0);
}

function byDefault(d: Dialogue, fact: 'location' | 'to'): PlaceAt | undefined {
  const { document, work } = d;
  const warehouse = document?.warehouse.id ?? work.location?.warehouse;
  if (warehouse === undefined) return undefined;
  const place = work.item?.defaultLocations[warehouse] ?? document?.warehouse.defaultLocation;
  if (place === undefined) return undefined;
  // Goods are not carried to where they are.
  if (fact === 'to' && place.id === work.location?.id) return undefined;
  const full = d.avoided?.some((each) => each.item === undefined && each.location === place.id);
  if (full === true) return undefined;
  return { ...place, warehouse };
}

/** What OK takes at a question for a place or a batch. */
export type Suggestion =
  | { readonly fact: 'location' | 'to'; readonly text: string; readonly place: PlaceAt }
  | { readonly fact: 'batch'; readonly text: string };

/** What the step that asks for `fact` suggests, if the file says that it shall. */
export function suggestion(
  d: Dialogue,
  rules: Rules,
  fact: AskedFact | 'close',
): Suggestion | undefined {
  if (fact !== 'location' && fact !== 'to' && fact !== 'batch') return undefined;
  const suggest = asking(rules.steps, fact)?.suggest;
  if (suggest === undefined) return undefined;
  const [from] = suggest === 'source' ? sourcesLeft(d, rules) : [];
  if (fact === 'batch') return from?.batch === undefined ? undefined : { fact, text: from.batch };
  const place =
    suggest === 'default-location'
      ? byDefault(d, fact)
      : from?.location && { ...from.location, warehouse: d.document?.warehouse.id ?? '' };
  return place === undefined ? undefined : { fact, text: place.code, place };
}
