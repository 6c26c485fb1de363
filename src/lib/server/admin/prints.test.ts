// The page of labels: what its codes say is what the scanners of the house read, and its form.

import { describe, expect, it } from 'vitest';
import { read } from '../../scan/index.ts';
import type { PrintRequest } from '../../domain/index.ts';
import { actOnPrint, labelsOf, printPage, printSaid } from './index.ts';
import type { PrintsPort } from './index.ts';

const GTIN = '8712345000042';
const request = (more: Partial<PrintRequest>): PrintRequest => ({
  ...{ type: 'print.request', document: 'd', prints: 'item', copies: 1, itemCode: 'MILK' },
  ...more,
});
const codes = (more: Partial<PrintRequest>) =>
  labelsOf(request(more)).flatMap((label) => label.codes.map(({ text }) => text));

describe('a label', () => {
  it.each([
    ['an item with its barcode', { barcode: GTIN }, [GTIN]],
    ['an item without one', {}, ['MILK']],
    [
      'a batch',
      { prints: 'batch', barcode: GTIN, batch: 'L7', expiry: '2027-03-31' },
      [`(01)0${GTIN}(17)270331(10)L7`],
    ],
    ['a batch of an item without a GTIN', { prints: 'batch', batch: 'L7' }, ['MILK', 'L7']],
    [
      'a batch that GS1 has no letters for',
      { prints: 'batch', barcode: GTIN, batch: 'LOT 7' },
      ['MILK', 'LOT 7'],
    ],
    [
      'serial numbers, one each',
      { prints: 'serial', barcode: GTIN, serials: ['S1', 'S2'] },
      [`(01)0${GTIN}(21)S1`, `(01)0${GTIN}(21)S2`],
    ],
    ['a place', { prints: 'location', place: 'A-01' }, ['A-01']],
    [
      'a logistic unit',
      { prints: 'logisticUnit', logisticUnit: '387123450000000012' },
      ['(00)387123450000000012'],
    ],
  ] as const)('of %s', (_what, more, texts) => {
    expect(codes(more)).toEqual(texts);
  });

  it('says what the goods would say: a scanner of the house reads batch and date from it', () => {
    const [text = ''] = codes({
      ...{ prints: 'batch', barcode: GTIN, batch: 'L7', expiry: '2027-03-31' },
    });
    const raw = { bytes: new Uint8Array(), text, device: 'test', startedMs: 0, endedMs: 0 };
    expect(read(raw, 2026)).toMatchObject({
      keys: [`gtin:0${GTIN}`],
      own: { batch: 'L7', expiry: '2027-03-31' },
    });
  });
});

function port(list: Partial<PrintRequest>) {
  const settled: string[] = [];
  const line = { id: '7', atMs: 0, what: 'w', from: 'f', order: '', times: 1, again: false };
  const desk: PrintsPort = {
    report: () => Promise.resolve({ atMs: 0, waiting: [], waitingTotal: 0, done: [] }),
    find: (id) => Promise.resolve(id === '7' ? { line, request: request(list) } : undefined),
    settle: (id, outcome, person) => {
      settled.push(`${id} ${outcome} ${person}`);
      return Promise.resolve(id === '7' ? { kind: 'done' } : { kind: 'gone' });
    },
  };
  return { desk, settled };
}

describe('its page', () => {
  it('has as many as were asked for, of serial numbers so many of each', async () => {
    const { desk } = port({ prints: 'serial', serials: ['S1', 'S2'], copies: 2 });
    const page = await printPage(desk, '7');
    expect(page?.labels.map(({ title }) => title)).toEqual(['S1', 'S1', 'S2', 'S2']);
    expect(page?.more).toBe(0);
  });

  it('says how many do not fit on it', async () => {
    const serials = Array.from({ length: 3 }, (_, index) => `S${index}`);
    const page = await printPage(port({ prints: 'serial', serials, copies: 300 }).desk, '7');
    expect([page?.labels.length, page?.more]).toEqual([500, 400]);
  });

  it('is none where nobody asked', async () => {
    expect(await printPage(port({}).desk, '8')).toBeUndefined();
  });
});

describe('the form', () => {
  const form = (fields: Readonly<Record<string, string>>) => {
    const data = new FormData();
    for (const [name, value] of Object.entries(fields)) data.set(name, value);
    return data;
  };
  it.each([
    ['nobody', { print: '7', act: 'printed', person: ' ' }, 'Say who you are.'],
    ['no act', { print: '7', person: 'Anna' }, 'This form is not complete.'],
    ['another act', { print: '7', act: 'burned', person: 'Anna' }, 'This form is not complete.'],
    ['no number', { print: '7; drop', act: 'printed', person: 'Anna' }, 'not complete'],
  ])('of %s is refused', async (_what, fields, words) => {
    const { desk, settled } = port({});
    const message = await actOnPrint(desk, form(fields));
    expect(message).toMatchObject({ ok: false });
    expect(message.message).toContain(words);
    expect(settled).toEqual([]);
  });

  it('marks what somebody printed, and says so where somebody else was faster', async () => {
    const { desk, settled } = port({});
    const given = { act: 'printed', person: ' Anna ' };
    expect(await actOnPrint(desk, form({ ...given, print: '7' }))).toMatchObject({ ok: true });
    const late = await actOnPrint(desk, form({ ...given, print: '8' }));
    expect(late).toMatchObject({ ok: false, message: 'Somebody has already dealt with it.' });
    expect(settled).toEqual(['7 printed Anna', '8 printed Anna']);
  });
});

it.each([
  [{ prints: 'batch', batch: 'L7', copies: 2 }, '2 labels of batch L7, MILK'],
  [{ prints: 'item' }, '1 label of item MILK'],
  [
    { prints: 'serial', serials: ['S1', 'S2', 'S3'] },
    '3 labels of serial number S1 and 2 more, MILK',
  ],
  [{ prints: 'packingList', order: '4711' }, 'Packing list of 4711'],
] as const)('%o is said in words', (more, words) => {
  expect(printSaid(request(more))).toBe(words);
});
