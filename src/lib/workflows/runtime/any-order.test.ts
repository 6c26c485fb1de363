// Any scan may bring any facts: their order and how they are joined on labels makes no difference,
// and only what the item has a use for is asked and taken.

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  anOrder,
  BATCH,
  FRESH,
  Operator,
  PLAIN,
  SERIAL,
  SHELF,
} from '../../../../tests/samples/workflows/warehouse.ts';
import type { Facts } from '../../domain/index.ts';

const seed = Number(process.env['SEED'] ?? 20_260_615);
const withLocations = () => new Operator().open(anOrder(undefined, { usesLocations: true }));

describe('facts in any order', () => {
  const parts: readonly Facts[] = [
    { item: FRESH },
    { batch: 'L-7' },
    { expiry: '2027-03-31' },
    { quantity: 4 },
    { location: SHELF },
  ];

  it('make the same command in every order, and however they are joined in one label', () => {
    const orders = fc.shuffledSubarray([...parts], { minLength: parts.length });
    const joins = fc.array(fc.boolean(), { minLength: parts.length, maxLength: parts.length });
    fc.assert(
      fc.property(orders, joins, (shuffled, joined) => {
        const labels: Facts[] = [];
        shuffled.forEach((facts, index) => {
          const last = labels.at(-1);
          if (last !== undefined && joined[index] === true)
            labels.push({ ...labels.pop(), ...facts });
          else labels.push(facts);
        });
        const operator = withLocations();
        for (const facts of labels) operator.scan(facts);
        expect(operator.commands).toEqual([
          {
            type: 'receive.line',
            document: 'order-1',
            line: 'line-FRESH',
            item: 'id-FRESH',
            quantity: 4,
            batch: 'L-7',
            expiry: '2027-03-31',
            location: 'l-1',
            tolerance: 0.1,
            posting: 'document-complete',
          },
        ]);
        expect(operator.step.signal).toBe('green');
      }),
      { numRuns: 300, seed },
    );
  });

  it('open the order, place the goods and book the line with one label and one answer', () => {
    const operator = new Operator().scan({
      item: FRESH,
      batch: 'A',
      expiry: '2027-01-01',
      quantity: 2,
    });
    expect(operator.step.screen.search).toEqual({ items: ['id-FRESH'] });
    operator.give({ type: 'found', orders: [anOrder()] });
    expect(operator.last).toMatchObject({ item: 'id-FRESH', quantity: 2, batch: 'A' });
  });
});

describe('only what the item has a use for is asked and taken', () => {
  it('batch and expiry of batch items alone', () => {
    expect(new Operator().open().scan({ item: PLAIN }).asks).toBe('quantity');
    expect(new Operator().open().scan({ item: BATCH }).asks).toBe('batch');
    expect(new Operator().open().scan({ item: BATCH }).read('A').asks).toBe('quantity');
    expect(new Operator().open().scan({ item: FRESH }).read('A').asks).toBe('expiry');
    expect(new Operator().open().scan({ item: SERIAL }).asks).toBe('serial');
  });

  it('a batch on the label of a plain item neither conflicts nor is shown nor booked', () => {
    const operator = new Operator().open().scan({ item: PLAIN, batch: 'A', expiry: '2027-01-01' });
    expect(operator.step.screen.known).toEqual([]);
    operator.scan({ item: PLAIN, batch: 'B' }).press('OK');
    expect(operator.last).toEqual({
      type: 'receive.line',
      document: 'order-1',
      line: 'line-PLAIN',
      item: 'id-PLAIN',
      quantity: 2,
      tolerance: 0.1,
      posting: 'document-complete',
    });
  });

  it('facts that were scanned before the item are dropped when it has no use for them', () => {
    const operator = new Operator()
      .open()
      .scan({ batch: 'A', quantity: 50 })
      .scan({ item: SERIAL });
    expect([operator.asks, operator.step.screen.known]).toEqual(['serial', []]);
    expect(operator.fault).toBeUndefined();
  });
});
