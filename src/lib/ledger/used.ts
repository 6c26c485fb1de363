// Who lives here: who used goods after they came. Goods are taken back only from where they lie, so
// whatever took them from there since is in the way, and so is a count of the place: it told Exact
// what is there, with or without them. Known is what our own journal tells.
//
// Terms: spot (an item in one place, with its numbers), touch (what a line does to a spot).

import { minus, plus } from '../domain/index.ts';
import type { CarriedGoods, GoneGoods, GoodsLine, Place } from '../domain/index.ts';
import { takenBack } from './back.ts';
import type { DocumentState, Take, World } from './world.ts';

interface Spot {
  readonly item: string;
  /** Undefined where only the order knows it: the mirror has no say in what was decided. */
  readonly warehouse: string | undefined;
  readonly location: string | undefined;
  /** Batches and serials, as Exact compares them; empty: goods without numbers. */
  readonly numbers: readonly string[];
}

interface Touch extends Spot {
  /** Stock units that came, below zero: that left; `counted`: what is there was told anew. */
  readonly change: number | 'counted';
  /** Pieces with a number each. */
  readonly pieces: boolean;
}

/** What happened to goods since a take brought or moved them. */
export interface Used {
  /** The newest take that took of them, or counted them. */
  readonly last: Take;
  /** Stock units that left since, from where the goods lie. */
  readonly quantity: number;
  /**
   * `there`: at least as many came as left, so they can be taken back. `gone`: fewer. `counted`:
   * nobody knows what a count found of them.
   */
  readonly goods: 'there' | 'gone' | 'counted';
}

/** Undefined: nobody touched them. Walks all documents in memory: a rare question. */
export function usedSince(world: World, take: Take): Used | undefined {
  const own = touchesOf(take.line);
  const later = [...laterThan(world, take)];
  const touching = later.flatMap((other) => {
    const touch = sumOf(own, touchesOf(other.line));
    return touch === undefined ? [] : [{ other, touch }];
  });
  const count = touching.findLast(({ touch }) => touch === 'counted');
  if (count !== undefined) return { last: count.other, quantity: 0, goods: 'counted' };
  // Goods that left come back to their place whoever is there now, but for a number: it is one.
  const against = touching.filter(({ touch }) => touch !== 'counted' && touch < 0);
  const last = against.at(-1)?.other;
  if (last === undefined) return undefined;
  const sum = (all: typeof touching) =>
    all.reduce((total, { touch }) => (touch === 'counted' ? total : plus(total, touch)), 0);
  const goods = sum(touching) < 0 ? 'gone' : 'there';
  return { last, quantity: minus(0, sum(against)), goods };
}

/** Takes after this one that stand, in the order of the journal. */
function laterThan(world: World, { seq, line }: Take): Take[] {
  const items = itemsOf(line);
  const later: Take[] = [];
  for (const [, state] of world.documents.entries()) {
    for (const take of state.takes.values()) {
      const about = take.seq > seq && itemsOf(take.line).some((item) => items.includes(item));
      if (about && stands(state, take)) later.push(take);
    }
  }
  return later.sort((a, b) => a.seq - b.seq);
}

/** What else a line is about that speaks of a whole place. */
function othersOf(line: GoodsLine): readonly (CarriedGoods | GoneGoods)[] {
  if (line.type === 'count.line') return line.emptied?.others ?? [];
  return line.type === 'move.line' ? (line.everything?.others ?? []) : [];
}

const itemsOf = (line: GoodsLine): readonly string[] => [
  line.item,
  ...othersOf(line).map(({ item }) => item),
];

function stands(state: DocumentState, take: Take): boolean {
  if (take.state.kind === 'undone') return false;
  return takenBack(state, take)?.settled?.kind !== 'posted';
}

/**
 * What a later line does against goods that one brought (below zero: it took of them), summed over
 * the spots that both touch; undefined: nothing.
 */
function sumOf(own: readonly Touch[], theirs: readonly Touch[]): number | 'counted' | undefined {
  let sum: number | undefined;
  for (const mine of own) {
    for (const its of theirs) {
      if (mine.item !== its.item || !samePlace(mine, its) || !shareNumbers(mine, its)) continue;
      if (its.change === 'counted') return 'counted';
      if (mine.change === 'counted' || !conflicts(mine, its)) continue;
      const size = its.pieces ? shared(mine, its).length : Math.abs(its.change);
      // Taking back goes against `mine`: what went the same way as that is in its way.
      const way = Math.sign(its.change) * Math.sign(mine.change);
      sum = plus(sum ?? 0, way * size);
    }
  }
  return sum;
}

/** Goods that left come back beside any others; only a piece with a number is there or not. */
function conflicts({ change }: Touch, { pieces }: Touch): boolean {
  return change === 'counted' || change > 0 || pieces;
}

function samePlace(one: Spot, other: Spot): boolean {
  if (one.location !== undefined || other.location !== undefined) {
    return one.location === other.location;
  }
  const known = one.warehouse !== undefined && other.warehouse !== undefined;
  return !known || one.warehouse === other.warehouse;
}

function shareNumbers(one: Spot, other: Spot): boolean {
  const numberless = one.numbers.length === 0 || other.numbers.length === 0;
  return numberless || shared(one, other).length > 0;
}

function shared(one: Spot, other: Spot): readonly string[] {
  return one.numbers.filter((number) => other.numbers.includes(number));
}

type Numbered = Pick<GoodsLine, 'item' | 'batch' | 'serials'>;

function touchOf(goods: Numbered, place: Partial<Place>, change: Touch['change']): Touch {
  const { item, batch, serials } = goods;
  const numbers = [batch, ...(serials ?? [])].flatMap((number) =>
    number === undefined ? [] : [number.toLowerCase()],
  );
  const { warehouse, location } = place;
  return { item, numbers, change, pieces: serials !== undefined, warehouse, location };
}

function touchesOf(line: GoodsLine): readonly Touch[] {
  const at = (place: Partial<Place>, change: Touch['change']) => touchOf(line, place, change);
  switch (line.type) {
    case 'receive.line':
      return [at(placeIn(line), line.quantity)];
    case 'deliver.line':
      return [at(placeIn(line), -line.quantity)];
    case 'issue.line':
      return [at(line, -line.quantity)];
    case 'produce.line':
    case 'return.line':
      return [at(line, line.quantity)];
    case 'pack.line':
      // They left their place when they were picked.
      return [];
    case 'move.line':
      return [line, ...(line.everything?.others ?? [])].flatMap((goods) => [
        touchOf(goods, line.from, -goods.quantity),
        touchOf(goods, line.to, goods.quantity),
      ]);
    case 'arrive.line':
      return [at(line.from ?? {}, -line.quantity), at(line.to, line.quantity)];
    case 'count.line':
      if (line.found.kind === 'difference') return [at(line, line.found.quantity)];
      // Serials that were not seen are told as much as those that were.
      return [line, ...(line.emptied?.others ?? [])].map(({ item, batch }) =>
        touchOf({ item, ...(batch === undefined ? {} : { batch }) }, line, 'counted'),
      );
  }
}

const placeIn = ({ location }: { readonly location?: string }) =>
  location === undefined ? {} : { location };
