// Who lives here: the second step: what a reading could mean in this warehouse, once the rows that
// its keys found are at hand. Master data may lie in a database that answers later, and this room
// cannot wait: hence two steps.

import { fault, LIMITS, times } from '../domain/index.ts';
import type {
  Facts,
  Fault,
  ItemView,
  LocationView,
  OrderView,
  Scan,
  WarehouseView,
} from '../domain/index.ts';
import { codeKey, gtinKey } from './keys.ts';
import { printable } from './printable.ts';
import type { Reading } from './read.ts';

/** One row that was found under `key`. */
export type Match = { readonly key: string } & (
  | { readonly kind: 'item'; readonly body: ItemView }
  | { readonly kind: 'location'; readonly body: LocationView }
  | { readonly kind: 'warehouse'; readonly body: WarehouseView }
  | { readonly kind: 'order'; readonly body: OrderView }
);

interface Ranked {
  /** 0: the barcode itself is on record. 1: the text happens to be somebody's code. */
  readonly rank: 0 | 1;
  /** Two ways to the same meaning are one candidate. */
  readonly identity: string;
  readonly facts: Facts;
}

/** What an item means that was found under `key`: a package of it, the piece itself, or both. */
function itemMeanings(key: string, item: ItemView): readonly Ranked[] {
  const isKey = (barcode: string) => gtinKey(barcode) === key || codeKey(barcode) === key;
  const piece = (rank: 0 | 1): Ranked => ({ rank, identity: `item ${item.id}`, facts: { item } });
  const meanings: Ranked[] = [];
  if (item.barcode !== undefined && isKey(item.barcode)) meanings.push(piece(0));
  for (const [position, pack] of item.packs.entries()) {
    if (!isKey(pack.barcode)) continue;
    meanings.push({ rank: 0, identity: `pack ${item.id} ${position}`, facts: { item, pack } });
  }
  // A row may answer to more barcodes than its view shows; a GTIN is a barcode in any case.
  return meanings.length > 0 ? meanings : [piece(key.startsWith('gtin:') ? 0 : 1)];
}

function meaningsOf(match: Match): readonly Ranked[] {
  switch (match.kind) {
    case 'item':
      return itemMeanings(match.key, match.body);
    case 'location':
      return [
        {
          rank: 1,
          identity: `location ${match.body.id}`,
          facts: { location: match.body },
        },
      ];
    case 'warehouse':
      return [
        { rank: 1, identity: `warehouse ${match.body.id}`, facts: { warehouse: match.body } },
      ];
    case 'order':
      return [{ rank: 1, identity: `order ${match.body.id}`, facts: { document: match.body } }];
  }
}

/** Best first, each meaning once, the found order kept among equals. */
function candidatesOf(reading: Reading, matches: readonly Match[]): readonly Facts[] {
  const ranked = matches
    .filter(({ key }) => reading.keys.includes(key))
    .flatMap(meaningsOf)
    .sort((a, b) => a.rank - b.rank);
  const seen = new Set<string>();
  const named = ranked
    .filter(({ identity }) => !seen.has(identity) && seen.add(identity))
    .map(({ facts }) => facts);
  return counted(reading, named);
}

/**
 * The facts of the code itself beside each meaning. (37) counts what (02) names: of a box the boxes,
 * which are as many stock units as it holds. Where the meanings disagree on how many that are,
 * nobody has said how many.
 */
function counted({ elements, own }: Reading, named: readonly Facts[]): readonly Facts[] {
  const { quantity, ...rest } = own;
  if (quantity === undefined || !elements.some(({ ai }) => ai === '37')) {
    return named.map((facts) => ({ ...facts, ...own }));
  }
  const units = named.map(({ pack }) => times(quantity, pack?.quantity ?? 1));
  const [first = quantity] = units;
  const agree = units.every((each) => each === first) && first <= LIMITS.quantityMax;
  return named.map((facts) => ({ ...facts, ...rest, ...(agree && { quantity: first }) }));
}

/**
 * The meanings of `reading`, given the rows found under its keys (others are passed over).
 *
 * An element string that names a trade item nobody knows is refused whole, although it may hold a
 * batch: that batch belongs to foreign goods and must not land on the line at work (I-14). One that
 * names none stands for its own facts. A plain code that nobody knows is a Scan without candidates
 * but with `plain`: it may be a batch or a serial, which only the dialogue can tell.
 * Fault: `scan.unknown-code` with `read`, and `value` where a GTIN was named.
 */
export function interpret(reading: Reading, matches: readonly Match[]): Scan | Fault {
  const { raw, symbology, elements, keys, own, plain, wrongCheckDigit } = reading;
  const found = candidatesOf(reading, matches);
  const saysItself = keys.length === 0 && Object.keys(own).length > 0;
  if (found.length === 0 && !saysItself && plain === undefined) {
    const value = keys[0]?.replace(/^[a-z]+:/, '') ?? '';
    return fault('scan.unknown-code', { read: printable(raw.text), value: printable(value) });
  }
  const candidates = saysItself ? [own] : found;
  return {
    ...{ raw, symbology, elements, candidates },
    ...(plain !== undefined && { plain }),
    ...(wrongCheckDigit && { wrongCheckDigit }),
  };
}
