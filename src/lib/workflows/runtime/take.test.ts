// What scans mean. Failure paths first: what does not fit is named, and nothing of it is taken.

import { describe, expect, it } from 'vitest';
import {
  aLine,
  anOrder,
  aScan,
  BATCH,
  FOREIGN,
  FRESH,
  Operator,
  OTHER_SHELF,
  PLAIN,
  SERIAL,
  SHELF,
  TODAY,
} from '../../../../tests/samples/workflows/warehouse.ts';
import type { Facts } from '../../domain/index.ts';

const withLocations = () => new Operator().open(anOrder(undefined, { usesLocations: true }));
const shown = ({ step }: Operator) => [step.screen.step, step.screen.item?.code];

describe('a scan that does not fit changes nothing but the message (I-14)', () => {
  const cases: readonly (readonly [string, () => Operator, Facts, string])[] = [
    [
      'an order with nothing open while one is open',
      () => new Operator().open(),
      { document: anOrder([], { id: 'o2' }) },
      'step.nothing-open',
    ],
    [
      'the open order itself',
      () => new Operator().open(),
      { document: anOrder() },
      'step.not-expected',
    ],
    [
      'goods that were not ordered',
      () => new Operator().open(anOrder([aLine(PLAIN)])),
      { item: BATCH },
      'step.not-on-order',
    ],
    [
      'goods that are complete',
      () => new Operator().open(anOrder([aLine(PLAIN), aLine(BATCH, { done: 10 })])),
      { item: BATCH },
      'step.line-complete',
    ],
    [
      'other goods in mid-line',
      () => new Operator().open().scan({ item: BATCH }),
      { item: PLAIN },
      'step.finish-line-first',
    ],
    [
      'the same goods where a batch is asked',
      () => new Operator().open().scan({ item: BATCH }),
      { item: BATCH },
      'step.not-expected',
    ],
    [
      'another batch',
      () => new Operator().open().scan({ item: BATCH, batch: 'A' }),
      { batch: 'B' },
      'step.conflict',
    ],
    [
      'another expiry',
      () => new Operator().open().scan({ item: FRESH, expiry: '2027-01-01' }),
      { expiry: '2028-01-01', batch: 'A' },
      'step.conflict',
    ],
    [
      'another location',
      () => withLocations().scan({ item: PLAIN, location: SHELF }),
      { location: OTHER_SHELF },
      'step.conflict',
    ],
    [
      'the same location again',
      () => withLocations().scan({ item: PLAIN, location: SHELF }),
      { location: SHELF },
      'step.not-expected',
    ],
    [
      'another printed count',
      () => withLocations().scan({ item: PLAIN, quantity: 3 }),
      { quantity: 4 },
      'step.conflict',
    ],
    [
      'a location of another warehouse',
      () => withLocations(),
      { location: FOREIGN },
      'step.wrong-warehouse',
    ],
    [
      'goods past their date',
      () => new Operator().open(),
      { item: FRESH, batch: 'A', expiry: '2026-06-14' },
      'step.expired',
    ],
    [
      'a serial twice',
      () => new Operator().open().scan({ item: SERIAL, serial: '1' }),
      { item: SERIAL, serial: '1' },
      'step.serial-twice',
    ],
    [
      'a batch for goods without batches',
      () => new Operator().open().scan({ item: PLAIN }),
      { batch: 'A' },
      'step.not-expected',
    ],
    [
      'a serial for goods without serials',
      () => new Operator().open().scan({ item: PLAIN }),
      { serial: 'A' },
      'step.not-expected',
    ],
    [
      'a count for goods with serials',
      () => new Operator().open().scan({ item: SERIAL }),
      { quantity: 3 },
      'step.not-expected',
    ],
    [
      'a pallet',
      () => new Operator().open(),
      { logisticUnit: '340123450000000018' },
      'step.not-expected',
    ],
    ['a weight alone', () => new Operator().open(), { weightKg: 2 }, 'step.not-expected'],
    ['nothing at all', () => new Operator().open(), {}, 'step.not-expected'],
    ['a location before any order', () => new Operator(), { location: SHELF }, 'step.not-expected'],
    [
      'expired goods before any order',
      () => new Operator(),
      { item: FRESH, expiry: '2020-01-01' },
      'step.expired',
    ],
    [
      'an order with nothing open',
      () => new Operator(),
      { document: anOrder([aLine(PLAIN, { done: 10 })]) },
      'step.nothing-open',
    ],
    [
      'one fact that fits and one that does not',
      () => withLocations().scan({ item: BATCH }),
      { batch: 'A', location: FOREIGN },
      'step.wrong-warehouse',
    ],
  ];

  it.each(cases)('%s', (_what, begun, facts, code) => {
    const operator = begun();
    const before = operator.step;
    const commands = operator.commands.length;
    operator.scan(facts);
    expect(operator.fault).toBe(code);
    expect(operator.step.signal).toBe('error');
    expect(operator.commands).toHaveLength(commands);
    const { message: _m, ...shown } = operator.step.screen;
    const { message: _n, ...shownBefore } = before.screen;
    expect(shown).toEqual(shownBefore);
  });

  it('an expiry of today is still good', () => {
    const facts = { item: FRESH, batch: 'A', expiry: TODAY };
    expect(new Operator().open().scan(facts).asks).toBe('quantity');
  });

  it('names both answers of a conflict', () => {
    const operator = new Operator().open().scan({ item: BATCH, batch: 'A' }).scan({ batch: 'B' });
    expect(operator.step.screen.message).toEqual({
      tone: 'error',
      fault: { code: 'step.conflict', data: { fact: 'batch', known: 'A', read: 'B' } },
      read: 'code',
    });
  });

  it('a bare code that nobody knows is told where neither a batch nor a serial is asked', () => {
    const begun = [
      new Operator(),
      new Operator().open(),
      new Operator().open().scan({ item: PLAIN }),
    ];
    for (const operator of begun) expect(operator.read('X-1').fault).toBe('scan.unknown-code');
  });

  it('a bare code that somebody knows is no batch: it is named, and may be typed', () => {
    const operator = new Operator().open().scan({ item: BATCH }).scan({ item: PLAIN }, 'PLAIN');
    expect(operator.fault).toBe('step.finish-line-first');
    expect(operator.enter('batch', 'PLAIN').step.screen.known).toEqual([
      { fact: 'batch', text: 'PLAIN' },
    ]);
  });
});

describe('a code with several meanings', () => {
  it('is taken by the first that fits', () => {
    const operator = new Operator().open(anOrder([aLine(PLAIN)]));
    operator.give(aScan('77', { item: BATCH }, { item: PLAIN }));
    expect(shown(operator)).toEqual(['quantity', 'PLAIN']);
  });

  it('is not lost on a meaning that brings nothing new', () => {
    const operator = new Operator().open();
    operator.give(aScan('4711', { document: anOrder() }, { item: PLAIN }));
    expect(shown(operator)).toEqual(['quantity', 'PLAIN']);
  });

  it('is named by its first meaning when none fits', () => {
    const operator = new Operator().open(anOrder([aLine(PLAIN)]));
    operator.give(aScan('77', { item: BATCH }, { location: FOREIGN }));
    expect(operator.fault).toBe('step.not-on-order');
  });
});
