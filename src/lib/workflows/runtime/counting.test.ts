// How a quantity comes from codes: printed counts, packs, and the goods scanned again and again.
// Nothing is counted twice, nothing that was counted is lost.

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  aLine,
  anOrder,
  BATCH,
  BULK,
  FOREIGN,
  Operator,
  PACK,
  PLAIN,
} from '../../../../tests/samples/workflows/warehouse.ts';
import type { ReceiveLine } from '../../domain/index.ts';

const seed = Number(process.env['SEED'] ?? 20_260_615);
const at = (step: string, operator: Operator): Operator => {
  expect(operator.asks).toBe(step);
  return operator;
};

describe('a printed count', () => {
  it('that may come is taken', () => {
    expect(new Operator().open().scan({ item: PLAIN, quantity: 11 }).last).toMatchObject({
      quantity: 11,
    });
  });

  it.each([
    ['above the tolerance', PLAIN, 12, 'step.over-tolerance'],
    ['above the largest quantity of all', BULK, 2_000_000, 'step.not-a-quantity'],
    ['of halves where there are none', PLAIN, 1.5, 'step.no-fractions'],
    ['of nothing', PLAIN, 0, 'step.not-a-quantity'],
  ] as const)(
    '%s is named, the goods are recognised, and the quantity is asked',
    (_what, item, quantity, code) => {
      const operator = new Operator().open().scan({ item, quantity });
      expect(at('quantity', operator).fault).toBe(code);
      expect(operator.step.screen.item?.code).toBe(item.code);
      expect(operator.step.screen.known).toEqual([]);
      expect(operator.commands).toEqual([]);
      expect(operator.press('OK').last).toMatchObject({ quantity: 10 });
    },
  );

  it('is judged also when it came before its goods, or before the order', () => {
    expect(new Operator().open().scan({ quantity: 99 }).scan({ item: PLAIN }).fault).toBe(
      'step.over-tolerance',
    );
    const searched = new Operator().scan({ item: PLAIN, quantity: 99 });
    searched.give({ type: 'found', orders: [anOrder()] });
    expect(at('quantity', searched).fault).toBe('step.over-tolerance');
    expect(new Operator().open().scan({ quantity: 99 }).choose(PLAIN).fault).toBe(
      'step.over-tolerance',
    );
  });

  it('that may not come leaves BACK as it was', () => {
    const operator = new Operator().open().scan({ item: PLAIN }).scan({ quantity: 99 });
    expect(operator.fault).toBe('step.over-tolerance');
    expect(operator.press('BACK').asks).toBe('item');
  });
});

describe('counting by scanning the goods again', () => {
  it('counts pieces and packs together, from the first read on', () => {
    const operator = new Operator().open().scan({ item: PLAIN });
    expect(operator.step.screen.input?.value).toBe('10');
    operator.scan({ item: PLAIN });
    expect(operator.step.screen.input?.value).toBe('2');
    operator.scan({ item: PLAIN, pack: PACK });
    expect(operator.step.screen.input?.value).toBe('8');
    expect(operator.press('OK').last).toMatchObject({ quantity: 8 });
  });

  it('begins with the pack when a pack was read first, and proposes it', () => {
    const operator = new Operator().open(anOrder([aLine(PLAIN, { ordered: 100 })]));
    operator.scan({ item: PLAIN, pack: PACK });
    expect(operator.step.screen.input?.value).toBe('6');
    operator.scan({ item: PLAIN, pack: PACK });
    expect(operator.press('OK').last).toMatchObject({ quantity: 12 });
  });

  it('begins at nothing when the line was touched', () => {
    const operator = new Operator().open().choose(PLAIN).scan({ item: PLAIN });
    expect(operator.step.screen.input?.value).toBe('1');
  });

  it('adds a printed count to what was counted, and never puts it in its place', () => {
    const operator = new Operator().open().scan({ item: PLAIN }).scan({ item: PLAIN });
    operator.scan({ item: PLAIN, quantity: 5 });
    expect(operator.press('OK').last).toMatchObject({ quantity: 7 });
  });

  it('calls a printed count without goods a conflict once pieces are counted', () => {
    const operator = new Operator().open().scan({ item: PLAIN }).scan({ item: PLAIN });
    expect(operator.scan({ quantity: 5 }).fault).toBe('step.conflict');
    expect(operator.scan({ quantity: 2 }).last).toMatchObject({ quantity: 2 });
  });

  it('stops at the limit, with the limit on the screen', () => {
    const operator = new Operator().open(anOrder([aLine(PLAIN, { ordered: 2 })]));
    operator.scan({ item: PLAIN }).scan({ item: PLAIN }).scan({ item: PLAIN });
    expect(operator.step.screen.message?.fault).toEqual({
      code: 'step.over-tolerance',
      data: { quantity: 3, most: 2, unit: 'pc' },
    });
    expect(operator.press('OK').last).toMatchObject({ quantity: 2 });
  });

  it('names another batch on the way, and counts nothing then', () => {
    const operator = new Operator().open().scan({ item: BATCH, batch: 'A' });
    operator.scan({ item: BATCH, batch: 'A' }).scan({ item: BATCH, batch: 'B' });
    expect(operator.fault).toBe('step.conflict');
    expect(operator.press('OK').last).toMatchObject({ quantity: 2, batch: 'A' });
  });

  it('counts exactly as often as it was scanned, whatever comes between (property)', () => {
    const acts = fc.array(fc.constantFrom('piece', 'pack', 'wrong', 'help'), { maxLength: 12 });
    fc.assert(
      fc.property(acts, (all) => {
        const operator = new Operator().open(anOrder([aLine(PLAIN, { ordered: 200 })]));
        operator.scan({ item: PLAIN });
        let count = 1;
        for (const act of all) {
          if (act === 'piece') operator.scan({ item: PLAIN });
          if (act === 'pack') operator.scan({ item: PLAIN, pack: PACK });
          if (act === 'wrong') operator.scan({ location: FOREIGN });
          if (act === 'help') operator.press('HELP');
          count += act === 'piece' ? 1 : act === 'pack' ? PACK.quantity : 0;
        }
        const counted = all.some((act) => act === 'piece' || act === 'pack');
        const { quantity } = operator.press('OK').last as ReceiveLine;
        expect(quantity).toBe(counted ? count : 200);
      }),
      { numRuns: 200, seed },
    );
  });
});
