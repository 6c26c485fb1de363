// Who lives here: what the goods at work can still be. A code may stand for several things (two
// packs of an item, two items, an item on two lines of the order); the work then keeps all of them,
// and every further code, touched row or line keeps of them what it stands for too. What is left is
// a set: the order in which codes come, and how they are joined on labels, cannot matter.
//
// Two things cut such a set down. Codes and touches do so for good (`meet`). Facts of the line
// (batch, place, count) only say what is likely: `likely` is worked out anew from the set and from
// all facts, and never throws away the last of the set; so it may be revised by the next code.

import { LIMITS, openQuantity } from '../../domain/index.ts';
import type { ItemView, OrderLineView, Pack } from '../../domain/index.ts';
import { ACTIONS, needsThis } from './actions.ts';
import type { Dialogue, Work } from './dialogue.ts';
import { mostOf } from './fits.ts';
import { lineFor } from './instead-line.ts';
import type { LineAtWork } from './instead-line.ts';
import type { Rules } from './fits.ts';
import { inTurn } from './next.ts';

/** One thing that the goods can be. Left out: nothing is said of it, so that anything agrees. */
export interface Meaning {
  /** Id of the item. */
  readonly item: string;
  readonly pack?: Pack;
  /** Id of the order line. */
  readonly line?: string;
}

/** What the goods can be, two things at least. */
export interface Among {
  /** The items that are named in `of`. */
  readonly items: readonly ItemView[];
  readonly of: readonly Meaning[];
  /** The codes that were read so far: one of them again takes the first that is left. */
  readonly reads: readonly string[];
  /** None of the order's lines is of these goods: instead of which they are is asked. */
  readonly instead?: true;
  /** Still several after all facts; otherwise `item`, `line` and `pack` of the work are known. */
  readonly open: boolean;
}

/** A meaning with what it names. */
export interface Goods {
  readonly item: ItemView;
  readonly pack?: Pack;
  readonly line?: LineAtWork;
}

/** What one code of the goods stands for, before it is looked for on an order. */
export type Named = Pick<Goods, 'item' | 'pack'>;

/** A name for a meaning, the same for the same meaning. */
export function nameOf({ item, pack, line }: Meaning): string {
  return JSON.stringify([item, line ?? '', pack?.barcode ?? '', pack?.quantity ?? 0]);
}

function both(a: Meaning, b: Meaning): Meaning | undefined {
  if (a.item !== b.item) return undefined;
  if (a.line !== undefined && b.line !== undefined && a.line !== b.line) return undefined;
  const [x, y] = [a.pack, b.pack];
  if (x !== undefined && y !== undefined && (x.barcode !== y.barcode || x.quantity !== y.quantity))
    return undefined;
  const [pack, line] = [x ?? y, a.line ?? b.line];
  return {
    item: a.item,
    ...(pack === undefined ? {} : { pack }),
    ...(line === undefined ? {} : { line }),
  };
}

/** What both sets allow, each once. */
export function meet(some: readonly Meaning[], others: readonly Meaning[]): readonly Meaning[] {
  const met = new Map<string, Meaning>();
  for (const a of some) {
    for (const b of others) {
      const one = both(a, b);
      if (one !== undefined) met.set(nameOf(one), one);
    }
  }
  return [...met.values()];
}

export function sameSet(some: readonly Meaning[], others: readonly Meaning[]): boolean {
  const names = new Set(some.map(nameOf));
  return names.size === others.length && others.every((one) => names.has(nameOf(one)));
}

/** The goods on every line of the open order that still lacks them; as they are without an order. */
export function onLines(d: Dialogue, some: readonly Meaning[]): readonly Meaning[] {
  const { document } = d;
  if (document === undefined) return some;
  const lines = document.lines
    .filter((line) => openQuantity(line) > 0)
    .map((line): Meaning => ({ item: line.item.id, line: line.id }));
  return meet(some, lines);
}

/** What the work says of its goods so far; nothing before any were named. */
export function meaningsOf({ among, item, pack, line }: Work): readonly Meaning[] {
  if (among !== undefined) return among.of;
  if (item === undefined) return [];
  return [
    {
      item: item.id,
      ...(pack === undefined ? {} : { pack }),
      ...(line === undefined ? {} : { line }),
    },
  ];
}

function goodsOf(d: Dialogue, { items, of }: Among): Goods[] {
  return of.flatMap(({ item: id, pack, line: at }) => {
    const line = d.document?.lines.find((each) => each.id === at);
    // A line that is gone from the order can be nothing any more.
    if (at !== undefined && line === undefined) return [];
    const own = line?.item.id === id ? line.item : undefined;
    const item = own ?? items.find((each) => each.id === id);
    if (item === undefined) return [];
    const goods = { item, ...(pack === undefined ? {} : { pack }) };
    return [line === undefined ? goods : { ...goods, line: lineFor(line, item) }];
  });
}

type Likely = (goods: Goods, work: Work, d: Dialogue, rules: Rules) => boolean;

const has =
  (fact: 'batch' | 'expiry'): Likely =>
  ({ item }, work, d, rules) =>
    work[fact] === undefined || uses(item, fact, d, rules);

function uses(item: ItemView, fact: 'batch' | 'expiry' | 'serial', d: Dialogue, rules: Rules) {
  const usesLocations = d.document?.warehouse.usesLocations ?? true;
  return needsThis(rules.action, item, usesLocations, fact);
}

/** Whether some of the line's goods lie there, as far as Exact has told where they lie. */
function lies(line: OrderLineView | undefined, place?: string, batch?: string): boolean {
  const sources = line?.sources ?? [];
  const fits = (known: string | undefined, here: string | undefined) =>
    known === undefined || here === undefined || known === here;
  return (
    sources.length === 0 ||
    sources.some((one) => fits(place, one.location?.id) && fits(batch, one.batch))
  );
}

/** What makes a meaning likely, one after the other; what would leave nothing is passed over. */
const LIKELY: readonly Likely[] = [
  ({ line }) => line === undefined || openQuantity(line) > 0,
  ({ item }, work, d, rules) => (work.serials ?? []).length === 0 || uses(item, 'serial', d, rules),
  has('batch'),
  has('expiry'),
  ({ line }, { location }) => lies(line, location?.id),
  ({ line }, { batch }) => lies(line, undefined, batch),
  ({ line }, { location, batch }) => lies(line, location?.id, batch),
  ({ item, line }, { quantity }, _d, rules) =>
    quantity === undefined ||
    (item.tracking !== 'serial' && (line === undefined || quantity <= mostOf(rules, line))),
];

/**
 * All that an operator could tell two meanings apart by, and that makes a difference: a pack only
 * proposes a quantity, so once that is known, or pieces have numbers, it makes none.
 */
function looks({ item, pack, line }: Goods, { quantity }: Work): string {
  const told = line && [line.ordered, line.done, line.pending, line.sources ?? []];
  const sized = quantity === undefined && item.tracking !== 'serial';
  return JSON.stringify([item.id, ...(sized ? [pack?.barcode, pack?.quantity] : []), told]);
}

/** As the lines stand on the order, then by item, then the smaller pack. */
function placed(d: Dialogue, goods: readonly Goods[]): Goods[] {
  const at = ({ line }: Goods) => d.document?.lines.findIndex(({ id }) => id === line?.id) ?? 0;
  const size = ({ pack }: Goods) => pack?.quantity ?? 0;
  const code = (a: Goods, b: Goods) => (a.item.code < b.item.code ? -1 : 1);
  return [...goods].sort(
    (a, b) =>
      at(a) - at(b) || (a.item.id === b.item.id ? 0 : code(a, b)) || size(a) - size(b) || bar(a, b),
  );
}

const bar = (a: Goods, b: Goods) =>
  (a.pack?.barcode ?? '') < (b.pack?.barcode ?? '') ? -1 : a.pack === b.pack ? 0 : 1;

/** Of the same goods on several lines the line that comes first, where the product leads. */
function led(d: Dialogue, rules: Rules, work: Work, left: readonly Goods[]): readonly Goods[] {
  if (rules.next === undefined || new Set(left.map(({ item }) => item.id)).size > 1) return left;
  const lines = new Set(left.map(({ line }) => line?.id));
  const first = inTurn(d, work).find((id) => lines.has(id));
  return first === undefined ? left : left.filter(({ line }) => line?.id === first);
}

/**
 * What the goods most likely are, of what they can be, the first to propose first; of several that
 * nothing tells apart only the first, because nobody could choose.
 * Empty only when every line that was meant is gone from the order.
 */
export function likely(d: Dialogue, rules: Rules, work: Work): readonly Goods[] {
  if (work.among === undefined) return [];
  let left = placed(d, goodsOf(d, work.among));
  // Nothing says what goods take the place of but whoever takes them.
  if (work.among.instead === true) return left;
  for (const one of LIKELY) {
    // The last of the set stays, whatever speaks against it.
    if (left.length < 2) break;
    const fitting = left.filter((goods) => one(goods, work, d, rules));
    if (fitting.length > 0) left = fitting;
  }
  if (left.length < 2) return left;
  const seen = new Set<string>();
  return led(d, rules, work, left).filter((goods) => {
    const look = looks(goods, work);
    return !seen.has(look) && seen.add(look);
  });
}

/** The goods, and if they were scanned how many: the piece, or a package of pieces. */
function known({ item, pack, line }: Goods, scanned: boolean): Work {
  return {
    item,
    ...(line === undefined ? {} : { line: line.id }),
    ...(pack === undefined ? {} : { pack }),
    ...(scanned ? { size: pack?.quantity ?? 1 } : {}),
  };
}

/** The work with its item, line and pack as far as its set and its facts tell them. */
export function decided(d: Dialogue, rules: Rules, work: Work): Work {
  const { among } = work;
  if (among === undefined) return work;
  const { item: _i, line: was, pack: _p, size, among: _a, serialsDone, ...rest } = work;
  const left = likely(d, rules, work);
  const [first, second] = left;
  if (first === undefined) return rest;
  if (second !== undefined || among.instead === true) {
    const one = left.every(({ item }) => item.id === first.item.id) ? { item: first.item } : {};
    return { ...rest, ...one, among: { ...among, open: true } };
  }
  const kept = serialsDone === true && was === first.line?.id ? { serialsDone } : {};
  const single = among.of.length === 1 ? {} : { among: { ...among, open: false } };
  const scanned = size !== undefined || among.reads.length > 0;
  return { ...rest, ...known(first, scanned), ...kept, ...single };
}

/** The work with this set in place of what was known of its goods; `read` is what told it. */
export function withSet(
  work: Work,
  items: readonly ItemView[],
  of: readonly Meaning[],
  read?: string,
): Work {
  const named = new Set(of.map(({ item }) => item));
  const all = [...(work.among?.items ?? []), ...(work.item ? [work.item] : []), ...items];
  const kept = [...named].flatMap((id) => all.find((item) => item.id === id) ?? []);
  const reads = [...(work.among?.reads ?? []), ...(read === undefined ? [] : [read])];
  return {
    ...work,
    among: {
      items: kept,
      of,
      reads: [...new Set(reads)].sort().slice(-LIMITS.undoDepth),
      open: true,
    },
  };
}

/** Whether the goods at work are known: the item, and where work is on orders its line. */
export function goodsKnown({ work }: Dialogue, { action }: Pick<Rules, 'action'>): boolean {
  if (work.among?.open === true) return false;
  return ACTIONS[action].order === undefined ? work.item !== undefined : work.line !== undefined;
}
