// What stands on the sheet of barcodes: each code is drawn by a real encoder, which itself refuses
// wrong check digits, dates and element strings.

import { describe, expect, it } from 'vitest';
import type { ItemView, OrderView, WarehouseView } from '../../domain/index.ts';
import { ASKING } from '../../../../tests/samples/workflows/asking.ts';
import { compile } from '../../workflows/index.ts';
import { drawSheet, printedAnswers } from './index.ts';
import type { Barcode, SheetData } from './index.ts';

const warehouse: WarehouseView = { id: 'w1', code: '1', name: 'Main', usesLocations: true };

function item(code: string, change: Partial<ItemView> = {}): ItemView {
  return {
    id: `id-${code}`,
    code,
    name: `Item ${code}`,
    unit: 'pc',
    tracking: 'none',
    hasExpiry: false,
    fractions: false,
    packs: [],
    defaultLocations: {},
    ...change,
  };
}

function order(number: string, items: readonly ItemView[]): OrderView {
  const lines = items.map((one, index) => ({
    id: `${number}-${index}`,
    lineNumber: index + 1,
    item: one,
    ordered: 10,
    done: 0,
    pending: 0,
  }));
  const supplier = { partnerName: 'Delta', partnerCode: '7' };
  return { kind: 'purchaseOrder', id: number, number, ...supplier, warehouse, lines, seq: 0 };
}

function sheetOf(change: Partial<SheetData>): Map<string, readonly Barcode[]> {
  const empty = { orders: [], items: [], locations: [], warehouses: [warehouse] };
  const sheet = drawSheet({ today: '2026-11-22', ...empty, ...change });
  return new Map(sheet.groups.map((group) => [group.id, group.codes]));
}

const texts = (codes: readonly Barcode[] | undefined): string[] =>
  (codes ?? []).map((code) => `${code.symbology} ${code.text}`);

const EAN = '8712345678906';

describe('items', () => {
  it('prints a GTIN in its own symbology, whatever its length', () => {
    const items = [
      item('A', { barcode: EAN }),
      item('B', { barcode: '96385074' }),
      item('C', { barcode: '036000291452' }),
      item('D', { barcode: '18712345678903' }),
    ];
    expect(texts(sheetOf({ items }).get('items'))).toEqual([
      `EAN-13 ${EAN}`,
      'EAN-8 96385074',
      'UPC-A 036000291452',
      'GS1-128 (01)18712345678903',
    ]);
  });

  it('prints a number with a wrong check digit, or none, as plain text', () => {
    const items = [item('A', { barcode: '8712345678907' }), item('B-2 x'), item('Größe')];
    expect(texts(sheetOf({ items }).get('items'))).toEqual([
      'Code 128 8712345678907',
      'Code 128 B-2 x',
      'QR code Größe',
    ]);
  });

  it('prints two batches of a batch item, with an expiry date where the item has one', () => {
    const batch = item('A', { tracking: 'batch', hasExpiry: true, barcode: EAN });
    const endless = item('B', { tracking: 'batch', barcode: EAN });
    expect(texts(sheetOf({ items: [batch] }).get('batches'))).toEqual([
      `GS1 DataMatrix (01)0${EAN}(17)270501(10)L2611A`,
      `GS1-128 (01)0${EAN}(17)271101(10)L2611B`,
    ]);
    expect(texts(sheetOf({ items: [endless] }).get('batches'))).toEqual([
      `GS1 DataMatrix (01)0${EAN}(10)L2611A`,
      `GS1-128 (01)0${EAN}(10)L2611B`,
    ]);
  });

  it('prints fresh serials of a serial item every day, in GS1 where it has a GTIN', () => {
    const withGtin = item('S.1', { tracking: 'serial', barcode: EAN });
    const without = item('S.2', { tracking: 'serial' });
    expect(texts(sheetOf({ items: [withGtin] }).get('serials'))).toEqual(
      [1, 2, 3, 4, 5].map((one) => `GS1 DataMatrix (01)0${EAN}(21)S1-261122${one}`),
    );
    expect(texts(sheetOf({ items: [without] }).get('serials'))).toEqual(
      ['S.2', ...[1, 2, 3, 4, 5].map((one) => `S2-261122${one}`)].map((one) => `Code 128 ${one}`),
    );
    const tomorrow = sheetOf({ items: [without], today: '2026-11-23' }).get('serials');
    expect(texts(tomorrow)).toContain('Code 128 S2-2611231');
  });

  it('prints the packs of an item with what they hold', () => {
    const packs = [{ barcode: '18712345678903', quantity: 12, unit: 'box' }];
    const [pack] = sheetOf({ items: [item('A', { packs })] }).get('packs') ?? [];
    expect(pack).toMatchObject({ title: 'box', detail: '12 × A Item A' });
    expect(pack?.text).toBe('(01)18712345678903');
  });
});

it('puts the items of the open orders first, once each, and leaves empty groups out', () => {
  const [a, b] = [item('A', { barcode: EAN }), item('B')];
  const sheet = sheetOf({ orders: [order('4500001', [b, a, b])], items: [a] });
  expect([...sheet.keys()]).toEqual(['commands', 'orders', 'items']);
  expect(texts(sheet.get('orders'))).toEqual(['Code 128 4500001']);
  expect(texts(sheet.get('items'))).toEqual(['Code 128 B', `EAN-13 ${EAN}`]);
});

describe('orders of every kind', () => {
  it('stand in groups of their own, so that none is scanned where it means nothing', () => {
    const orders = [
      { ...order('20013', []), kind: 'salesOrder' as const },
      { ...order('90001', []), kind: 'shopOrder' as const },
      order('4500001', []),
    ];
    const sheet = sheetOf({ orders });
    expect([...sheet.keys()]).toEqual(['commands', 'orders', 'sales-orders', 'shop-orders']);
    expect(texts(sheet.get('orders'))).toEqual(['Code 128 4500001']);
    expect(texts(sheet.get('sales-orders'))).toEqual(['Code 128 20013']);
    expect(texts(sheet.get('shop-orders'))).toEqual(['Code 128 90001']);
  });

  it('name the batches that lie there for them, as they are labelled, each once', () => {
    const batch = item('A', { tracking: 'batch', hasExpiry: true, barcode: EAN });
    const location = { id: 'l1', code: 'A-01-3' };
    const sources = [
      { location, batch: 'L26-1', expiry: '2027-06-30', quantity: 4 },
      { batch: 'Größe', quantity: 2 },
    ];
    const out = order('20013', [batch, batch]);
    const lines = out.lines.map((line) => ({ ...line, sources }));
    const sheet = sheetOf({ orders: [{ ...out, kind: 'salesOrder', lines }] });
    expect(texts(sheet.get('source-batches'))).toEqual([
      `GS1 DataMatrix (01)0${EAN}(17)270630(10)L26-1`,
      'QR code Größe',
    ]);
    expect(sheet.get('source-batches')?.[0]?.detail).toBe(
      'Item A, batch L26-1, until 2027-06-30, at A-01-3',
    );
  });
});

it('prints every command as a line and as a square', () => {
  const commands = sheetOf({}).get('commands') ?? [];
  const words = [
    'OK',
    'BACK',
    'CANCEL',
    'UNDO',
    'FINISH',
    'SKIP',
    'HELP',
    'PROBLEM',
    'REPEAT',
    'PRINT',
    'MORE',
    'ALL',
  ];
  expect(commands.map((code) => code.text)).toEqual(words.flatMap((w) => [`SD:${w}`, `SD:${w}`]));
  expect(commands.filter((code) => code.square)).toHaveLength(words.length);
});

it('prints each answer once, with the questions that it answers', () => {
  const { workflows } = compile(ASKING, () => 'x');
  const codes = sheetOf({ answers: printedAnswers(workflows) }).get('answers') ?? [];
  expect(codes.map(({ text }) => text)).toEqual(
    ['yes', 'no', 'wet', 'torn', 'MORE', 'SWAP'].map((value) => `SD:=${value}`),
  );
  expect(codes[0]).toMatchObject({ title: 'Yes', detail: 'Damaged?: Yes · Was that all?: Yes' });
});

it('prints the detours of the workflows, each once, with the name of its flow', () => {
  const look = { id: 'look-up', label: { en: 'Look up', nl: 'a', de: 'a', fr: 'a' } };
  const [base] = compile(ASKING, () => 'x').workflows;
  if (base === undefined) throw new Error('the sample has no workflow');
  const workflow = { steps: [], detours: [{ call: 'look-up' }], calls: [{ ...base, ...look }] };
  const answers = printedAnswers([workflow, workflow]);
  const codes = sheetOf({ answers }).get('answers') ?? [];
  expect(codes.map(({ text, detail }) => [text, detail])).toEqual([
    ['SD:=look-up', 'In between: Look up'],
  ]);
});

it('prints locations with their warehouse, and no more than a person can read', () => {
  const locations = Array.from({ length: 100 }, (_, index) => ({
    id: `l${index}`,
    code: `A-${index}`,
    name: 'Aisle A',
    warehouseId: 'w1',
  }));
  const codes = sheetOf({ locations }).get('locations') ?? [];
  expect(codes).toHaveLength(24);
  expect(codes[0]).toMatchObject({ title: 'A-0', detail: 'Aisle A · Main · 89', text: 'A-0' });
});

it('gives each code as an image on white that a page can show without scripts', () => {
  const [code] = sheetOf({ items: [item('A', { barcode: EAN })] }).get('items') ?? [];
  const svg = decodeURIComponent(code?.image.replace('data:image/svg+xml,', '') ?? '');
  expect(svg).toMatch(/^<svg [^>]*viewBox="0 0 \d+ \d+"/);
  expect(svg.toUpperCase()).toContain('#FFFFFF');
});
