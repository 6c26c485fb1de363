// Where the product leads: its proposals go along the walk, whatever is passed over comes back, and
// following them finishes the order. Single cases stand in tests/stories/pick.

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { onlyWorkflow, Operator, PLAIN } from '../../../../tests/samples/workflows/warehouse.ts';
import { anOrder } from '../../../../tests/samples/workflows/warehouse.ts';
import type { OrderLineView, OrderView } from '../../domain/index.ts';

const LED = onlyWorkflow(`scandock: 1
workflows:
  - id: pick
    label: { en: Pick, nl: Picken, de: Kommissionieren, fr: Prélever }
    icon: box
    action: goodsDelivery
    document: salesOrder
    next: sequence
    steps:
      - ask: document
      - ask: item
        skip: true
      - ask: location
        when: warehouse.usesLocations
        suggest: line.source
      - ask: batch
        when: item.tracking == "batch"
      - ask: serial
        when: item.tracking == "serial"
        each: quantity
      - ask: quantity
        count: all
      - confirm: line
      - repeat: item
    posting: { when: document-complete }
`);

/** One line of each entry: its turn on the walk, or none; null: nobody knows where it lies. */
function orderOf(turns: readonly (number | null | undefined)[]): OrderView {
  const lines = turns.map((sequence, index): OrderLineView => {
    const code = `P${index}`;
    const location = { id: `place-${index}`, code: `A-${index}` };
    const source = { location, quantity: 9, ...(typeof sequence === 'number' ? { sequence } : {}) };
    const item = { ...PLAIN, id: `id-${code}`, code };
    return {
      ...{ id: `line-${code}`, lineNumber: index, item, ordered: 2, done: 0, pending: 0 },
      sources: sequence === null ? [] : [source],
    };
  });
  const places = anOrder(undefined, { usesLocations: true });
  return { ...places, kind: 'salesOrder', lines };
}

const seed = Number(process.env['SEED'] ?? 20_260_615);
const turn = fc.option(fc.oneof(fc.integer({ min: 1, max: 5 }), fc.constant(undefined)));

/** Takes the proposed line, whole, from where it lies. */
function takeNext(operator: Operator): void {
  operator.press('OK');
  if (operator.asks === 'location' && operator.step.screen.suggestion === undefined) {
    const location = { id: 'place-x', code: 'X', name: 'X', warehouseId: 'w' };
    operator.scan({ location });
  } else operator.press('OK');
  operator.press('OK');
}

describe('the walk', () => {
  it('goes from turn to turn, then to places without one, then to lines without a place', () => {
    fc.assert(
      fc.property(fc.array(turn, { minLength: 1, maxLength: 6 }), (turns) => {
        const operator = new Operator(LED).open(orderOf(turns));
        const walked: (number | null | undefined)[] = [];
        while (operator.step.screen.next !== undefined) {
          walked.push(turns[Number(operator.step.screen.next.itemCode.slice(1))]);
          takeNext(operator);
          expect(operator.step.signal).toBe('green');
        }
        const rank = (each: number | null | undefined) =>
          each === null ? 100 : each === undefined ? 99 : each;
        expect(walked.map(rank)).toEqual(turns.map(rank).sort((a, b) => a - b));
      }),
      { numRuns: 60, seed },
    );
  });

  it('ends whatever is passed over on the way, and SKIP books nothing (I-14)', () => {
    const acts = fc.array(fc.boolean(), { minLength: 30, maxLength: 30 });
    fc.assert(
      fc.property(fc.array(turn, { minLength: 1, maxLength: 5 }), acts, (turns, skips) => {
        const operator = new Operator(LED).open(orderOf(turns));
        for (const skip of skips) {
          if (operator.step.screen.next === undefined) break;
          if (skip) {
            const booked = operator.commands.length;
            operator.press('SKIP');
            expect(operator.commands).toHaveLength(booked);
          } else takeNext(operator);
        }
        while (operator.step.screen.next !== undefined) takeNext(operator);
        const picked = operator.commands.filter(({ type }) => type === 'deliver.line');
        expect(picked).toHaveLength(turns.length);
      }),
      { numRuns: 60, seed },
    );
  });

  it('proposes another line than the one passed over, while there is one', () => {
    const operator = new Operator(LED).open(orderOf([1, 2, 3]));
    const seen = [0, 1, 2, 3].map(() => {
      const { next } = operator.step.screen;
      operator.press('SKIP');
      return next?.itemCode;
    });
    expect(seen).toEqual(['P0', 'P1', 'P2', 'P0']);
  });

  it('takes the line that is shown when its goods stand on several', () => {
    const order = orderOf([2, 1]);
    const lines = order.lines.map((line) => ({ ...line, item: PLAIN }));
    const operator = new Operator(LED).open({ ...order, lines }).scan({ item: PLAIN });
    expect(operator.step.screen.lines?.find(({ focus }) => focus === 'current')?.id).toBe(
      'line-P1',
    );
  });

  it('is none where whoever works chooses, and SKIP says so', () => {
    const { next: _n, ...chosen } = LED;
    const operator = new Operator(chosen).open(orderOf([1, 2]));
    expect(operator.step.screen.next).toBeUndefined();
    expect(operator.press('SKIP').fault).toBe('step.not-here');
  });
});
