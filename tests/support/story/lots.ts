// Who lives here: the stock with which a story begins in Exact. Exact gives away only what it has:
// goods that the story's own postings take away, and that its `stock` does not name, lie there too.

import type { Story } from '../../stories/format.ts';

type Given = Story['given'];
type Posting = Story['expect']['postings'][number];
type Line = Posting['lines'][number];

/** Stock by the story's own names. */
interface NamedLot {
  readonly item: string;
  readonly warehouse: string;
  readonly location: string | undefined;
  readonly quantity: number;
  readonly number?: { readonly kind: 'batch' | 'serial'; readonly text: string };
  readonly expiry?: string | undefined;
}

const TAKE_AWAY: readonly Posting['kind'][] = [
  'goodsDelivery',
  'materialIssue',
  'materialSubstitution',
  'locationTransfer',
  'warehouseTransfer',
];

const keyOf = ({ item, warehouse, location, number }: NamedLot): string =>
  [item, warehouse, location ?? '', number?.text ?? ''].join('\n');

function stockOf({ stock, items }: Given): NamedLot[] {
  return stock.map(({ item, warehouse, location, batch, expiry, quantity }) => {
    const kind = items.find(({ code }) => code === item)?.tracking;
    return {
      ...{ item, warehouse, location, quantity, expiry },
      ...(batch === undefined || kind === 'none' || kind === undefined
        ? {}
        : { number: { kind, text: batch } }),
    };
  });
}

function warehouseOf(given: Given, order: string, location: string | undefined): string {
  const orders = [...given.orders, ...given['sales orders'], ...given['shop orders']];
  const ofOrder = orders.find(({ number }) => number === order)?.warehouse;
  const ofPlace = given.warehouses.find(({ locations }) => locations?.includes(location ?? ''));
  // Goods that lie in no place are in the warehouse that has none.
  const ofNone = given.warehouses.find(({ locations }) => locations === undefined);
  const found = ofOrder ?? ofPlace?.code ?? (location === undefined ? ofNone?.code : undefined);
  if (found === undefined) throw new Error(`no warehouse of the story has ${location ?? order}`);
  return found;
}

/** What one line of a posting takes away. */
function takenBy(line: Line, warehouse: string): NamedLot[] {
  const item = line.item.replace(/#\d+$/, '');
  const from = { item, warehouse, location: line.location };
  const numbers = [
    ...(line.batches ?? []).map(({ batch, quantity, expiry }) => ({
      ...{ ...from, quantity, expiry },
      number: { kind: 'batch' as const, text: batch },
    })),
    ...(line.serials ?? []).map((text) => ({
      ...{ ...from, quantity: 1, number: { kind: 'serial' as const, text } },
    })),
  ];
  return numbers.length > 0 ? numbers : [{ ...from, quantity: line.quantity }];
}

/** All stock of a story before it begins. */
export function lotsOf({ given, expect }: Story): readonly NamedLot[] {
  const lots = new Map<string, NamedLot>();
  for (const lot of stockOf(given)) lots.set(keyOf(lot), lot);
  const left = new Map([...lots].map(([key, { quantity }]) => [key, quantity]));
  for (const { kind, order, lines } of expect.postings) {
    if (!TAKE_AWAY.includes(kind)) continue;
    for (const line of lines) {
      for (const lot of takenBy(line, warehouseOf(given, order, line.location))) {
        const key = keyOf(lot);
        const there = left.get(key) ?? 0;
        const missing = Math.max(0, lot.quantity - there);
        left.set(key, Math.max(0, there - lot.quantity));
        const known = lots.get(key) ?? { ...lot, quantity: 0 };
        if (missing > 0) lots.set(key, { ...known, quantity: known.quantity + missing });
        if (line.to === undefined) continue;
        // What was carried somewhere lies there, and may be carried on.
        const brought = {
          ...lot,
          warehouse: warehouseOf(given, 'work', line.to),
          location: line.to,
        };
        const other = keyOf(brought);
        left.set(other, (left.get(other) ?? 0) + lot.quantity);
      }
    }
  }
  return [...lots.values()];
}
