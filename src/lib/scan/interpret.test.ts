// Who lives here: what readings mean once the warehouse's rows are known.

import { describe, expect, it } from 'vitest';
import { isFault } from '../domain/index.ts';
import type { ItemView, LocationView, OrderView, RawScan, Scan } from '../domain/index.ts';
import { codeKey, cutAim, gtinKey, interpret, read } from './index.ts';
import type { Match } from './index.ts';

const GTIN = '08712345678906';
const PACK_GTIN = '18712345678903';

const base = { unit: 'pc', tracking: 'none', hasExpiry: false, fractions: false } as const;
const bolt: ItemView = {
  ...base,
  id: 'i-bolt',
  code: 'BOLT-8',
  name: 'Bolt M8',
  barcode: '8712345678906',
  packs: [
    { barcode: PACK_GTIN, quantity: 12, unit: 'box' },
    { barcode: 'BOX-100', quantity: 100, unit: 'crate' },
  ],
  defaultLocations: {},
};
const washer: ItemView = { ...bolt, id: 'i-washer', code: 'WASHER', packs: [] };
const numbered: ItemView = {
  ...base,
  id: 'i-num',
  code: '96385074',
  name: 'Numbered',
  packs: [],
  defaultLocations: {},
};
const shelf: LocationView = { id: 'l-1', code: 'A-01-1', name: 'Shelf', warehouseId: 'w-1' };
const order: OrderView = {
  kind: 'purchaseOrder',
  id: 'o-1',
  number: '96385074',
  partnerName: 'Supplier',
  partnerCode: 'S1',
  warehouse: { id: 'w-1', code: 'W', name: 'W', usesLocations: false },
  lines: [],
  seq: 0,
};

function raw(typed: string): RawScan {
  const text = typed.replaceAll('␝', '\u001d');
  const bytes = new TextEncoder().encode(text);
  return { bytes, ...cutAim(text), device: 'test', startedMs: 0, endedMs: 0 };
}

/** Looks the keys up as a replica would: every row under every key that it answers to. */
function lookUp(keys: readonly string[], items: readonly ItemView[]): Match[] {
  const matches: Match[] = [];
  for (const key of keys) {
    for (const body of items) {
      const barcodes = [body.barcode ?? '', ...body.packs.map((pack) => pack.barcode)];
      const own = [codeKey(body.code), ...barcodes.flatMap((b) => [gtinKey(b), codeKey(b)])];
      if (own.includes(key)) matches.push({ key, kind: 'item', body });
    }
    if (codeKey(shelf.code) === key) matches.push({ key, kind: 'location', body: shelf });
    if (codeKey(order.number) === key) matches.push({ key, kind: 'order', body: order });
  }
  return matches;
}

function interpreted(typed: string, items: readonly ItemView[] = [bolt]) {
  const reading = read(raw(typed), 2026);
  if (isFault(reading)) throw new Error(reading.code);
  return interpret(reading, lookUp(reading.keys, items));
}

function scanOf(typed: string, items: readonly ItemView[] = [bolt]): Scan {
  const result = interpreted(typed, items);
  if (isFault(result)) throw new Error(result.code);
  return result;
}

describe('a code that this warehouse does not know', () => {
  it.each([
    [']E08712345678906', '08712345678906'],
    [`]C101${GTIN}`, GTIN],
    [`]C102${GTIN}3712`, GTIN],
    ['x'.repeat(60), 'X'.repeat(60)],
  ])('%j is refused with what was read', (typed, value) => {
    expect(interpreted(typed, [])).toMatchObject({
      code: 'scan.unknown-code',
      data: { value: value.slice(0, 60) },
    });
  });

  it('refuses the batch of unknown goods with the goods (I-14)', () => {
    expect(interpreted(`]C101${GTIN}10LOT-5␝17261231`, [])).toMatchObject({
      code: 'scan.unknown-code',
    });
  });

  it('carries no fact when its elements are none of ours', () => {
    expect(interpreted(']C191INTERNAL')).toMatchObject({ code: 'scan.unknown-code' });
  });

  it('leaves a plain one to the dialogue: it may be a batch or a serial', () => {
    expect(scanOf('lot-5', [])).toMatchObject({ candidates: [], plain: 'lot-5' });
    expect(scanOf('96385081', [])).toMatchObject({ candidates: [], plain: '96385081' });
  });

  it('is not taken for a row that was found under another key', () => {
    const reading = read(raw('LOT-5'), 2026);
    if (isFault(reading)) throw new Error(reading.code);
    const foreign: Match = { key: 'code:OTHER', kind: 'item', body: bolt };
    expect(interpret(reading, [foreign])).toMatchObject({ candidates: [] });
  });
});

describe('an item', () => {
  it.each(['8712345678906', ']E08712345678906', `]C101${GTIN}`, `01${GTIN}`, GTIN])(
    'is found by its barcode however that is printed: %j',
    (typed) => {
      expect(scanOf(typed).candidates).toEqual([{ item: bolt }]);
    },
  );

  it('is found by its code', () => {
    expect(scanOf('bolt-8')).toMatchObject({ candidates: [{ item: bolt }], plain: 'bolt-8' });
  });

  it.each([PACK_GTIN, `]C101${PACK_GTIN}`])('is found in its package: %j', (typed) => {
    expect(scanOf(typed).candidates).toEqual([{ item: bolt, pack: bolt.packs[0] }]);
  });

  it('is found in a package whose barcode is no GTIN', () => {
    expect(scanOf('box-100').candidates).toEqual([{ item: bolt, pack: bolt.packs[1] }]);
  });

  it('is one of several that share a barcode', () => {
    expect(scanOf(']E08712345678906', [bolt, washer]).candidates).toEqual([
      { item: bolt },
      { item: washer },
    ]);
  });

  it('takes the own facts of the element string with it', () => {
    expect(scanOf(`]C101${GTIN}10LOT-5␝17261231`, [bolt, washer]).candidates).toEqual([
      { item: bolt, batch: 'LOT-5', expiry: '2026-12-31' },
      { item: washer, batch: 'LOT-5', expiry: '2026-12-31' },
    ]);
    expect(scanOf(`]C102${PACK_GTIN}3704`).candidates).toEqual([
      { item: bolt, pack: bolt.packs[0], quantity: 4 * (bolt.packs[0]?.quantity ?? 0) },
    ]);
  });

  it('counts a contained package as what it holds, and guesses no count where sizes differ', () => {
    const twin: ItemView = { ...bolt, packs: [{ barcode: GTIN, quantity: 6, unit: 'box' }] };
    expect(scanOf(`]C102${GTIN}3704`, [twin]).candidates.map(({ quantity }) => quantity)).toEqual([
      undefined,
      undefined,
    ]);
    const [contained] = scanOf(`]C102${PACK_GTIN}3704`).candidates;
    expect(contained?.quantity).toBe(4 * (bolt.packs[0]?.quantity ?? 0));
    const alone = read(raw(']C13704'), 2026);
    expect(isFault(alone) ? alone : alone.own, '(37) without (02) counts nothing').toEqual({});
  });

  it('keeps its barcode hit when its row answers to a barcode that the view does not show', () => {
    const reading = read(raw(']E496385074'), 2026);
    if (isFault(reading)) throw new Error(reading.code);
    const key = reading.keys[0] ?? '';
    expect(interpret(reading, [{ key, kind: 'item', body: bolt }])).toMatchObject({
      candidates: [{ item: bolt }],
    });
  });
});

describe('several meanings of one code', () => {
  it('stand best first: a barcode on record before any code', () => {
    const barcoded: ItemView = { ...washer, barcode: '96385074' };
    expect(scanOf('96385074', [numbered, barcoded]).candidates).toEqual([
      { item: barcoded },
      { item: numbered },
      { document: order },
    ]);
  });

  it('stand best first, whoever was found first', () => {
    const namesake: ItemView = { ...numbered, id: 'i-box', code: 'BOX-100' };
    expect(scanOf('box-100', [namesake, bolt]).candidates).toEqual([
      { item: bolt, pack: bolt.packs[1] },
      { item: namesake },
    ]);
  });

  it('name the same item once, also when barcode and code are the same', () => {
    const both: ItemView = { ...numbered, barcode: '96385074' };
    expect(scanOf('96385074', [both]).candidates).toEqual([{ item: both }, { document: order }]);
  });

  it('hold a piece and its package when both carry one barcode', () => {
    const twin: ItemView = { ...bolt, packs: [{ barcode: GTIN, quantity: 6, unit: 'box' }] };
    expect(scanOf(']E08712345678906', [twin]).candidates).toEqual([
      { item: twin },
      { item: twin, pack: twin.packs[0] },
    ]);
  });
});

describe('a code that stands for itself', () => {
  it.each([
    ['␝10LOT-5', [{ batch: 'LOT-5' }]],
    [']C117261231', [{ expiry: '2026-12-31' }]],
    [']C100387123450000000012', [{ logisticUnit: '387123450000000012' }]],
    ['SD:OK', [{ command: 'OK' }]],
  ])('%j', (typed, candidates) => {
    expect(scanOf(typed).candidates).toEqual(candidates);
    expect(scanOf(typed).plain).toBeUndefined();
  });
});

describe('a place and an order', () => {
  it('are found by their codes', () => {
    expect(scanOf('a-01-1').candidates).toEqual([{ location: shelf }]);
    expect(scanOf('96385074', []).candidates).toEqual([{ document: order }]);
  });
});
