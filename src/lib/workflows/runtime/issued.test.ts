// Material that comes back, at the kiosk: of which batches it may be, and how much of each, as far as
// the row tells; what the hub alone can tell is not refused here.

import { describe, expect, it } from 'vitest';
import {
  aLine,
  anOrder,
  BATCH,
  onlyWorkflow,
  Operator,
  PLAIN,
  SHELF,
  shippedOnly,
} from '../../../../tests/samples/workflows/warehouse.ts';
import { LIMITS } from '../../domain/index.ts';
import type { OrderLineView, SourceView } from '../../domain/index.ts';

const workflow = onlyWorkflow(shippedOnly('return-material'));
const from = (batch: string, quantity: number): SourceView => ({
  ...{ batch, quantity, location: { id: SHELF.id, code: SHELF.code } },
});
const line = (more: Partial<OrderLineView>): OrderLineView => ({
  ...{ ...aLine(BATCH), part: 'issued', ordered: 10, ...more },
});

/** An order that material was issued to. */
function begun(...lines: readonly OrderLineView[]): Operator {
  return new Operator(workflow).open(anOrder(lines, { kind: 'shopOrder', usesLocations: true }));
}

const L7 = from('L-7', 4);

describe('a batch that comes back', () => {
  it('was issued, whichever comes first: the goods or their batch', () => {
    const goods = begun(line({ sources: [L7] }));
    expect(goods.scan({ item: BATCH, batch: 'L-9' }).fault).toBe('step.not-issued');
    expect(goods.step.screen.asks).toBe('item');
    goods.scan({ batch: 'L-9' }).scan({ item: BATCH });
    expect(goods.fault).toBe('step.not-issued');
    expect(goods.step.screen).toMatchObject({ asks: 'batch', item: { code: BATCH.code } });
    expect(goods.read('L-7').step.screen.asks).toBe('quantity');
  });

  it('comes back in any case of its letters, and no more of it than went in', () => {
    const operator = begun(line({ sources: [L7, from('L-8', 6)] })).scan({
      item: BATCH,
      batch: 'l-7',
    });
    expect(operator.step.screen).toMatchObject({ asks: 'quantity', input: { max: 4 } });
    operator.enter('quantity', '5');
    expect(operator.step.screen.message?.fault).toMatchObject({
      ...{ code: 'step.over-tolerance', data: { most: 4 } },
    });
  });

  it('is proposed: the one that was issued last, in the place that it came from', () => {
    const operator = begun(line({ sources: [from('L-8', 6), L7] })).scan({ item: BATCH });
    expect(operator.step.screen).toMatchObject({ asks: 'batch', suggestion: 'L-8' });
    operator.press('OK').enter('quantity', '2');
    expect(operator.step.screen).toMatchObject({ asks: 'location', suggestion: SHELF.code });
    operator.press('OK');
    expect(operator.last).toMatchObject({ type: 'return.line', batch: 'L-8', location: SHELF.id });
  });

  it('is left to the hub where the row can’t name all of them', () => {
    const many = Array.from({ length: LIMITS.sourcesPerLine }, (_, at) => from(`M-${at}`, 1));
    for (const sources of [many, undefined]) {
      const operator = begun(line(sources === undefined ? {} : { sources }));
      expect(operator.scan({ item: BATCH, batch: 'L-9' }).fault).toBeUndefined();
    }
  });
});

describe('what need not come back', () => {
  it('is never called open: FINISH ends at once, and nothing is proposed but what was scanned', () => {
    const plain = { ...aLine(PLAIN), part: 'issued' as const, ordered: 10, sources: [] };
    const operator = begun(plain).scan({ item: PLAIN });
    expect(operator.step.screen.input).toMatchObject({ value: '1', max: 10 });
    operator.press('OK').scan({ location: SHELF }).press('FINISH');
    expect(operator.step.ended).toBe('done');
    expect(operator.last).toMatchObject({ type: 'document.finish', linesLeftOpen: 0 });
  });

  it('nobody is short of it, and goods that were not issued are named as such', () => {
    expect(workflow.exceptions).not.toContain('short');
    const operator = begun(line({})).scan({ item: PLAIN });
    expect(operator.step.screen.message?.fault).toMatchObject({
      ...{ code: 'step.not-issued', data: { read: PLAIN.code } },
    });
  });
});
