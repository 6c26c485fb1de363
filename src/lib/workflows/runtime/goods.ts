// Who lives here: what a scan gives of the goods themselves: which item, in which pack, on which
// line of the order. Goods that several things fit stay a set (among.ts); the same goods again where
// a quantity is asked are counted in.

import { fault, isFault, plus } from '../../domain/index.ts';
import type { Facts, Fault, ItemView, Scan } from '../../domain/index.ts';
import { meaningsOf, meet, onLines, sameSet, withSet } from './among.ts';
import type { Meaning, Named } from './among.ts';
import type { Dialogue, Work } from './dialogue.ts';
import { asking, firstCount, isOfWork, mostWithYes } from './fits.ts';
import type { At, Rules } from './fits.ts';
import { insteadOf, mayReplace, replacing } from './instead.ts';
import { proposal } from './suggest.ts';
import { numbersOf } from './together.ts';

/** One thing that a scan can mean: facts, and all goods that its code stands for. */
export interface Read extends Facts {
  readonly goods?: readonly Named[];
  /** The code as it was read. */
  readonly read?: string;
}

/** More different goods than this has no barcode; what is beyond is not looked at. */
const MOST_GOODS = 20;

function named({ item, pack }: Facts): Named[] {
  if (item === undefined) return [];
  return [pack === undefined ? { item } : { item, pack }];
}

function besides({ item: _i, pack: _p, ...rest }: Facts): string {
  return JSON.stringify(rest);
}

/**
 * What a code can mean, best first. Its meanings that name goods and say the same beside them are
 * one: goods that are not known yet.
 */
export function readingsOf({ candidates, raw }: Pick<Scan, 'candidates' | 'raw'>): readonly Read[] {
  const read = raw.text;
  const readings = new Map<string, Read>();
  for (const facts of candidates) {
    const rest = candidates.length === 1 ? '' : besides(facts);
    const key = facts.item === undefined ? `${rest} ${readings.size}` : `goods ${rest}`;
    const goods = [...(readings.get(key)?.goods ?? []), ...named(facts)].slice(0, MOST_GOODS);
    const first = readings.get(key) ?? facts;
    readings.set(key, { ...first, read, ...(goods.length === 0 ? {} : { goods }) });
  }
  return [...readings.values()];
}

const meaning = ({ item, pack }: Named): Meaning => ({
  item: item.id,
  ...(pack === undefined ? {} : { pack }),
});

const itemsOf = (goods: readonly Named[]): ItemView[] => goods.map(({ item }) => item);

/** None of these goods is wanted on the open order: why not, told of the first. */
function notWanted(d: Dialogue, { id, code }: ItemView): Fault {
  const there = d.document?.lines.some((line) => line.item.id === id) === true;
  const order = numbersOf(d);
  if (!there && d.document?.lines.every(({ part }) => part === 'issued') === true) {
    return fault('step.not-issued', { read: code, order });
  }
  if (!there && d.document?.lines.every(({ part }) => part === 'picked') === true) {
    return fault('step.not-picked', { read: code, order });
  }
  return fault(there ? 'step.line-complete' : 'step.not-on-order', { item: code, order });
}

/** Goods that were named before the order was open, on its lines. */
export function placeGoods(d: Dialogue, work: Work, rules: Rules): Work | Fault {
  const meant = meaningsOf(work);
  const of = onLines(d, meant);
  const items = work.among?.items ?? (work.item === undefined ? [] : [work.item]);
  const [first] = items;
  if (of.length === 0 && first !== undefined) {
    if (!mayReplace(d, rules, first)) return notWanted(d, first);
    const goods = meant.flatMap(({ item: id, pack }) => {
      const item = items.find((each) => each.id === id);
      return item === undefined ? [] : [{ item, ...(pack && { pack }) }];
    });
    return replacing(d, work, goods);
  }
  const lines = (d.document?.lines ?? []).map(({ item }) => item);
  return withSet({ ...work }, lines, of);
}

function begun(d: Dialogue, work: Work, first: ItemView, facts: Read, at: At): Work | Fault {
  const { goods = [], read } = facts;
  const can = goods.filter(({ item }) => isOfWork(at.rules, item.tracking));
  if (can.length === 0) return fault('step.count-tracked', { item: first.code });
  const of = onLines(d, can.map(meaning));
  if (of.length > 0) return withSet(work, itemsOf(can), of, read);
  return mayReplace(d, at.rules, first) ? replacing(d, work, can, read) : notWanted(d, first);
}

/** The same goods again where a quantity is asked: as many more as the code stands for. */
function counted(d: Dialogue, work: Work, facts: Read, at: At): Work | Fault {
  const { goods = [] } = facts;
  const same = goods.filter(({ item }) => item.id === work.item?.id);
  const size = packSize(work, same);
  if (isFault(size)) return size;
  // A count that is printed on the first label is the answer itself (takeQuantity); once pieces are
  // counted, it is added to them.
  if (facts.quantity !== undefined && work.counted === undefined) return work;
  const { again, count } = asking(at.rules.steps, 'quantity') ?? {};
  if (count === 'type') return fault('step.type-it');
  const proposed = again === 'confirm' ? proposal({ ...d, work }, at.rules) : undefined;
  if (proposed !== undefined) return { ...work, quantity: proposed };
  const before = count === 'scan' ? firstCount({ ...d, work }, at.rules) : work.size;
  const sum = plus(work.counted ?? before ?? 0, facts.quantity ?? size);
  const most = mostWithYes({ ...d, work }, at.rules);
  if (sum <= most) return { ...work, counted: sum };
  const unit = work.item?.unit ?? '';
  return fault('step.over-tolerance', { quantity: sum, most, unit });
}

/** How many pieces a code stands for; of several packs the one at work, else nobody can tell. */
function packSize({ pack }: Work, goods: readonly Named[]): number | Fault {
  const sizes = new Set(goods.map((one) => one.pack?.quantity ?? 1));
  const [only, second] = sizes;
  if (second === undefined) return only ?? 1;
  if (pack !== undefined && sizes.has(pack.quantity)) return pack.quantity;
  return fault('step.several-packs', { sizes: [...sizes].sort((a, b) => a - b).join(' / ') });
}

/** Nothing is left that all codes agree on. */
function none(work: Work, first: Named): Fault {
  const items = work.among?.items ?? (work.item === undefined ? [] : [work.item]);
  const [one, second] = items;
  const other = first.item;
  if (one !== undefined && second === undefined && one.id !== other.id) {
    return fault('step.finish-line-first', { item: one.code, other: other.code });
  }
  const known = meaningsOf(work).map(({ item, pack }) => {
    const code = items.find(({ id }) => id === item)?.code ?? '';
    return packed(code, pack?.quantity);
  });
  const read = packed(other.code, first.pack?.quantity);
  return fault('step.conflict', { fact: 'item', known: [...new Set(known)].join(', '), read });
}

const packed = (code: string, size: number | undefined): string =>
  size === undefined ? code : `${code} × ${size}`;

export function takeGoods(d: Dialogue, work: Work, facts: Read, at: At): Work | Fault {
  const { goods = named(facts), read = '' } = facts;
  const [first] = goods;
  if (first === undefined) return work;
  const before = meaningsOf(work);
  const all = { ...facts, goods };
  if (before.length === 0) return begun(d, work, first.item, all, at);
  const items = goods.map(({ item }) => item.id);
  const instead = insteadOf({ ...d, work }, ({ item }) => items.includes(item.id));
  if (instead !== undefined) return instead;
  const met = meet(before, goods.map(meaning));
  const again = work.item !== undefined && work.among?.open !== true && at.asks === 'quantity';
  const mine = goods.some(({ item }) => item.id === work.item?.id);
  const same = met.length === 0 || work.among === undefined || sameSet(met, before);
  if (again && mine && same) return counted(d, work, all, at);
  if (met.length === 0) return none(work, first);
  return sameSet(met, before) ? work : withSet(work, itemsOf(goods), met, read);
}

/** The work with one of the things that its goods can be, for good; a fault when they can't be it. */
export function chosen(work: Work, one: Meaning, item: ItemView): Work | Fault {
  const before = meaningsOf(work);
  const met = before.length === 0 ? [one] : meet(before, [one]);
  return met.length === 0 ? none(work, { item }) : withSet(work, [item], met);
}
