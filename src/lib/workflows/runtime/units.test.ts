// Logistic units: the number on a pallet's label goes with its line, in whatever order the codes of
// the label come; the same unit twice is named, and what is no SSCC is refused.

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answers, at, LINES, workflow } from '../../../../tests/samples/workflows/asked.ts';
import { onlyWorkflow, shippedOnly } from '../../../../tests/samples/workflows/warehouse.ts';
import {
  aLine,
  anOrder,
  BATCH,
  FRESH,
  Operator,
  OTHER_SHELF,
  PLAIN,
  SHELF,
} from '../../../../tests/samples/workflows/warehouse.ts';
import type { Facts } from '../../domain/index.ts';

const [ONE, TWO] = ['340123450000000017', '340123450000000024'] as const;
const UNIT = '      - ask: logisticUnit\n';
const OPTIONAL = `${UNIT}        skip: true\n`;
const seed = Number(process.env['SEED'] ?? 20_261_123);

const given = (value: string) => [{ step: 'logisticUnit', value, kind: 'logisticUnit' }];

describe('a logistic unit', () => {
  it.each([
    ['too short', '34012345000000001'],
    ['a wrong check digit', '340123450000000018'],
    ['letters', '34012345000000001X'],
    ['nothing but noughts', '000000000000000000'],
  ])('that is none is refused and changes nothing but the screen (I-14): %s', (_name, typed) => {
    const operator = at(UNIT).enter('logisticUnit', typed);
    expect(operator.fault).toBe('step.not-a-unit');
    expect(operator.asks).toBe('logisticUnit');
    expect(operator.commands).toEqual([]);
  });

  it.each([
    ['typed', (operator: Operator) => operator.enter('logisticUnit', ONE)],
    [
      'typed as the label prints it',
      (operator: Operator) => operator.enter('logisticUnit', '(00) 3 4012345 000000001 7'),
    ],
    ['scanned', (operator: Operator) => operator.scan({ logisticUnit: ONE })],
    ['a bare code of eighteen digits', (operator: Operator) => operator.read(ONE)],
  ])('may be %s, and travels with its line', (_way, say) => {
    const operator = say(at(UNIT)).enter('quantity', '3');
    expect(operator.last).toMatchObject({ type: 'receive.line', quantity: 3 });
    expect(answers(operator)).toEqual(given(ONE));
  });

  it('is skipped where the file says so, and a scan of one then is passed over', () => {
    const operator = at(OPTIONAL).press('SKIP').scan({ logisticUnit: ONE });
    expect(operator.fault).toBe('step.not-expected');
    expect(answers(operator.enter('quantity', '1'))).toBeUndefined();
  });

  it('is named when another one is scanned for the same line', () => {
    const operator = at(UNIT).scan({ logisticUnit: ONE }).scan({ logisticUnit: TWO });
    expect(operator.step.screen.message?.fault).toEqual({
      code: 'step.conflict',
      data: { fact: 'logisticUnit', known: ONE, read: TWO },
    });
  });

  it('is nothing where the workflow does not ask for it', () => {
    expect(at('').scan({ logisticUnit: ONE }).fault).toBe('step.not-expected');
  });

  it('that must be typed is not taken from a label', () => {
    const operator = at(`${UNIT}        by: type\n`).scan({ logisticUnit: ONE });
    expect(operator.fault).toBe('step.not-expected');
    expect(operator.read(ONE).fault).toBe('scan.unknown-code');
  });
});

describe('the same unit twice', () => {
  const booked = () => at(UNIT).scan({ logisticUnit: ONE }).enter('quantity', '3');

  it('is named, whichever code comes last, and nothing is taken', () => {
    const after = booked().scan({ item: PLAIN }).scan({ logisticUnit: ONE });
    expect(after.step.screen.message?.fault).toEqual({
      code: 'step.unit-twice',
      data: { unit: ONE, item: 'PLAIN' },
    });
    expect(after.asks).toBe('logisticUnit');
    expect(after.enter('logisticUnit', ONE).fault).toBe('step.unit-twice');
    const before = booked().scan({ logisticUnit: ONE }).scan({ item: PLAIN });
    expect(before.fault).toBe('step.unit-twice');
    expect(booked().scan({ logisticUnit: ONE, item: PLAIN }).fault).toBe('step.unit-twice');
    expect(after.commands).toHaveLength(1);
  });

  it('is none once its line is taken back', () => {
    const operator = booked().press('UNDO', 'OK').scan({ logisticUnit: ONE, item: PLAIN });
    expect(operator.fault).toBeUndefined();
    expect(operator.asks).toBe('quantity');
  });

  it('is none of other goods, or of another batch: both may stand on one pallet', () => {
    const lines = [...LINES, aLine(BATCH)];
    const mixed = new Operator(workflow(UNIT)).open(anOrder(lines));
    mixed.scan({ item: PLAIN, logisticUnit: ONE }).enter('quantity', '3');
    for (const batch of ['L-1', 'L-2']) {
      mixed.scan({ item: BATCH, batch, logisticUnit: ONE }).enter('quantity', '1');
    }
    expect(mixed.commands).toHaveLength(3);
    expect(mixed.scan({ item: BATCH, logisticUnit: ONE }).fault).toBeUndefined();
    expect(mixed.read('L-2').fault).toBe('step.unit-twice');
  });

  it('may be carried on, and is counted once', () => {
    const asked = (id: string) =>
      onlyWorkflow(
        shippedOnly(id).replace('      - ask: quantity', `${UNIT}      - ask: quantity`),
      );
    const carried = new Operator(asked('transfer'));
    for (const [from, to] of [
      [SHELF, OTHER_SHELF],
      [OTHER_SHELF, SHELF],
    ] as const) {
      carried.scan({ location: from }).scan({ item: PLAIN, logisticUnit: ONE, quantity: 4 });
      carried.scan({ location: to });
    }
    expect(carried.commands).toHaveLength(2);
    const counted = new Operator(asked('count')).scan({ location: SHELF });
    counted.scan({ item: PLAIN, logisticUnit: ONE, quantity: 4 });
    expect(counted.scan({ item: PLAIN, logisticUnit: ONE }).fault).toBe('step.unit-twice');
  });
});

describe('the codes of a pallet label', () => {
  const codes: readonly Facts[] = [
    { logisticUnit: ONE },
    { item: FRESH },
    { batch: 'L-7' },
    { expiry: '2027-03-31' },
    { location: SHELF },
  ];
  const flow = workflow(UNIT);
  const order = anOrder([aLine(FRESH)], { usesLocations: true });
  const played = (labels: readonly Facts[]) => {
    const operator = new Operator(flow).open(order);
    for (const label of labels) operator.scan(label);
    return operator.enter('quantity', '4').commands;
  };

  it('end in the same command in any order and any grouping', () => {
    const straight = played(codes);
    expect(straight).toHaveLength(1);
    expect(straight[0]).toMatchObject({ batch: 'L-7', answers: given(ONE) });
    fc.assert(
      fc.property(
        fc.shuffledSubarray([...codes], { minLength: codes.length }),
        fc.array(fc.boolean(), { minLength: codes.length, maxLength: codes.length }),
        (shuffled, joined) => {
          const labels = shuffled.reduce<Facts[]>((all, code, index) => {
            const last = all.at(-1);
            if (last === undefined || joined[index] !== true) return [...all, code];
            return [...all.slice(0, -1), { ...last, ...code }];
          }, []);
          expect(played(labels)).toEqual(straight);
        },
      ),
      { numRuns: 40, seed },
    );
  });

  it('fill a whole line with one scan, and leave only what no label says', () => {
    const [whole = {}] = [Object.assign({}, ...codes.slice(0, 4), { quantity: 4 }) as Facts];
    const operator = new Operator(flow).open(order).scan(whole);
    expect(operator.asks).toBe('location');
    expect(operator.scan({ location: SHELF }).last).toMatchObject({
      ...{ quantity: 4, batch: 'L-7', expiry: '2027-03-31' },
      answers: given(ONE),
    });
  });
});
