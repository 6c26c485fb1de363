// Who lives here: the rows that a screen offers where a question has a few possible answers: what a
// code can mean, the batches that lie in a place, the places where a batch lies. A row is touched;
// the first is proposed, and OK takes it. Made anew from the dialogue for every screen, so that a
// row that was touched late is either still there or nothing.

import { openQuantity } from '../../domain/index.ts';
import type { AskedFact, ChoiceModel, Text } from '../types.ts';
import { likely, nameOf } from './among.ts';
import type { Goods, Meaning } from './among.ts';
import type { Dialogue, Work } from './dialogue.ts';
import { asking } from './fits.ts';
import type { Rules } from './fits.ts';
import { insteadOf } from './instead.ts';
import { sourcesLeft } from './suggest.ts';
import type { SourceLeft } from './suggest.ts';
import { sentence } from './texts.ts';
import { orderAt, toteOf } from './together.ts';

export interface Offer extends Omit<ChoiceModel, 'proposed'> {
  /** The work once this row is taken. */
  readonly work: Work;
}

function meaningOf({ item, pack, line }: Goods): Meaning {
  return {
    item: item.id,
    ...(pack === undefined ? {} : { pack }),
    ...(line === undefined ? {} : { line: line.id }),
  };
}

/** Whether these have something that not all of them share. */
function differ<T>(all: readonly T[], by: (one: T) => unknown): boolean {
  return new Set(all.map((one) => JSON.stringify(by(one) ?? null))).size > 1;
}

function packText({ item, pack }: Goods): Text {
  const { unit } = item;
  if (pack === undefined) return sentence('choice.piece', { unit });
  return sentence('choice.pack', { pack: pack.unit, quantity: pack.quantity, unit });
}

function lineTexts(d: Dialogue, { line, item: { unit } }: Goods): Text[] {
  if (line === undefined) return [];
  const { lineNumber, ordered, sources: [source] = [] } = line;
  const open = openQuantity(line);
  const order = d.joined === undefined ? undefined : orderAt(d, line.id);
  const tote = toteOf(d, line.id);
  return [
    order === undefined || tote === undefined
      ? sentence('choice.line', { line: String(lineNumber) })
      : sentence('choice.order-line', { tote, order: order.number, line: String(lineNumber) }),
    sentence('choice.open', { open, ordered, unit }),
    ...(source === undefined ? [] : whereTexts(source)),
  ];
}

function whereTexts({ location, batch, expiry }: Omit<SourceLeft, 'quantity'>): Text[] {
  return [
    ...(location === undefined ? [] : [sentence('choice.at', { place: location.code })]),
    ...(batch === undefined ? [] : [sentence('choice.batch', { batch })]),
    ...(expiry === undefined ? [] : [sentence('choice.until', { date: expiry })]),
  ];
}

/** One line whose material these goods can take the place of. */
function insteadOffer(d: Dialogue, goods: Goods): Offer[] {
  const { line } = goods;
  const { planned } = line ?? {};
  const taken = insteadOf(d, ({ id }) => id === line?.id);
  if (planned === undefined || taken?.among === undefined) return [];
  const one = meaningOf(goods);
  return [
    {
      id: nameOf(one),
      name: planned.name,
      about: [sentence('choice.code', { code: planned.code }), ...lineTexts(d, goods)],
      work: { ...taken, among: { ...taken.among, of: [one] } },
    },
  ];
}

/** What a scan can mean, told by what differs: the item, the pack, the line. */
function goodsOffers(d: Dialogue, rules: Rules): Offer[] {
  const { work } = d;
  const { among } = work;
  if (among?.open !== true) return [];
  const all = likely(d, rules, work);
  const { instead, ...set } = among;
  if (instead === true) return all.flatMap((goods) => insteadOffer(d, goods));
  const items = differ(all, ({ item }) => item.id);
  const packs = differ(all, ({ pack }) => pack);
  const lines = differ(all, ({ line }) => line?.id);
  return all.map((goods) => {
    const { item } = goods;
    const about = [
      ...(packs ? [packText(goods)] : []),
      ...(lines ? lineTexts(d, goods) : []),
      ...(items ? [sentence('choice.code', { code: item.code })] : []),
    ];
    const [first, ...rest] = about;
    const one = meaningOf(goods);
    return {
      id: nameOf(one),
      name: items || first === undefined ? item.name : first,
      about: items ? about : rest,
      work: { ...work, among: { ...set, of: [one] } },
    };
  });
}

const unitOf = ({ work }: Dialogue): string => work.item?.unit ?? '';

/** Goods that lie there, joined by what the question asks for; in the order of the first of each. */
function joined(
  sources: readonly SourceLeft[],
  by: (one: SourceLeft) => string | undefined,
): [string, SourceLeft[]][] {
  const groups = new Map<string, SourceLeft[]>();
  for (const one of sources) {
    const key = by(one);
    if (key !== undefined) groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups];
}

/** What all of a group have in common. */
function common<T>(group: readonly SourceLeft[], of: (one: SourceLeft) => T): T | undefined {
  const [first] = group;
  return first === undefined || differ(group, of) ? undefined : of(first);
}

function total(group: readonly SourceLeft[]): number {
  return Math.round(group.reduce((sum, { quantity }) => sum + quantity, 0) * 1e6) / 1e6;
}

function sourceOffers(d: Dialogue, rules: Rules, fact: 'batch' | 'location'): Offer[] {
  if (asking(rules.steps, fact)?.suggest !== 'source') return [];
  const warehouse = d.document?.warehouse.id ?? '';
  const by = (one: SourceLeft) => (fact === 'batch' ? one.batch : one.location?.id);
  return joined(sourcesLeft(d), by).flatMap(([id, group]) => {
    const location = common(group, (one) => one.location);
    const batch = common(group, (one) => one.batch);
    const expiry = common(group, (one) => one.expiry);
    const name = fact === 'batch' ? id : (location?.code ?? '');
    const place = fact === 'batch' && d.work.location === undefined ? location : undefined;
    const lot = fact === 'location' && d.work.batch === undefined ? batch : undefined;
    const shown = {
      ...(place === undefined ? {} : { location: place }),
      ...(lot === undefined ? {} : { batch: lot }),
      ...(expiry === undefined ? {} : { expiry }),
    };
    const lies = sentence('choice.lies', { quantity: total(group), unit: unitOf(d) });
    const taken =
      fact === 'batch' ? { batch: id } : location && { location: { ...location, warehouse } };
    return [{ id, name, about: [...whereTexts(shown), lies], work: { ...d.work, ...taken } }];
  });
}

/** The rows at the question for `asks`, the proposed one first; none where there is no choice. */
export function offersOf(d: Dialogue, rules: Rules, asks: AskedFact | 'close'): readonly Offer[] {
  if (asks === 'item') return goodsOffers(d, rules);
  if (asks !== 'batch' && asks !== 'location') return [];
  const offers = sourceOffers(d, rules, asks);
  return offers.length > 1 ? offers : [];
}

/** The rows as a screen shows them. */
export function choicesOf(offers: readonly Offer[]): readonly ChoiceModel[] {
  return offers.map(({ work: _w, ...row }, index) =>
    index === 0 ? { ...row, proposed: true as const } : row,
  );
}
