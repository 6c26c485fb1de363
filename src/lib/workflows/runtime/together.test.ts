// Several orders worked on at once: how they come together, whose each line is, and how they are left.

import { describe, expect, it } from 'vitest';
import { fault } from '../../domain/index.ts';
import type { OrderView } from '../../domain/index.ts';
import {
  aLine,
  anItem,
  anOrder,
  onlyWorkflow,
  Operator,
  PLAIN,
  RECEIVE,
  SHIPPED,
} from '../../../../tests/samples/workflows/warehouse.ts';

const OTHER = anItem('OTHER');

function order(number: string, over: Partial<OrderView> = {}): OrderView {
  const of = (line: OrderView['lines'][number]) => ({ ...line, id: `${number}-${line.item.code}` });
  const lines = over.lines ?? [aLine(PLAIN, { ordered: 10 })];
  return { ...anOrder(), id: `o-${number}`, number, ...over, lines: lines.map(of) };
}

const ONE = order('PO-1');
const TWO = order('PO-2', { lines: [aLine(OTHER, { ordered: 3 })] });
const both = () => new Operator(RECEIVE).open(ONE).scan({ document: TWO });
const numbers = ({ step }: Operator) => step.screen.orders?.map((each) => each.number);

describe('one more order', () => {
  it('is opened by its number, and told its number on the cart', () => {
    const operator = both();
    expect(numbers(operator)).toEqual(['PO-1', 'PO-2']);
    expect(operator.step.screen.message?.text).toEqual({
      key: 'message.order-added',
      data: { order: 'PO-2', tote: 2 },
    });
    expect(operator.step.screen.lines?.map(({ tote, itemCode }) => [tote, itemCode])).toEqual([
      [1, PLAIN.code],
      [2, 'OTHER'],
    ]);
  });

  it('is chosen from the list that MORE shows; BACK and FINISH lead back to the work', () => {
    const operator = new Operator(RECEIVE).open(ONE);
    expect(operator.words).toContain('MORE');
    expect(operator.press('MORE').step.screen.view).toBe('choose-order');
    expect(operator.press('BACK').asks).toBe('item');
    expect(operator.press('MORE', 'FINISH').asks).toBe('item');
    expect(numbers(operator.press('MORE').open(TWO))).toEqual(['PO-1', 'PO-2']);
    expect(operator.asks).toBe('item');
  });

  it('is found by goods of it that are on none of the open ones', () => {
    const operator = new Operator(RECEIVE).open(ONE).press('MORE').scan({ item: OTHER });
    expect(operator.step.screen.search).toEqual({ items: [OTHER.id] });
    operator.give({ type: 'found', orders: [TWO] });
    expect(numbers(operator)).toEqual(['PO-1', 'PO-2']);
    expect(operator.step.screen.item?.code).toBe('OTHER');
  });

  it('is not looked for when the goods are on an open one: they are taken', () => {
    const operator = new Operator(RECEIVE).open(ONE).press('MORE').scan({ item: PLAIN });
    expect([operator.asks, operator.fault]).toEqual(['quantity', undefined]);
  });

  it.each([
    ['is open already', ONE, 'step.order-open'],
    ['is of another partner', order('PO-3', { partnerCode: 'X' }), 'step.other-partner'],
    [
      'is for another warehouse',
      order('PO-4', { warehouse: { ...ONE.warehouse, id: 'w-9', name: 'Annex' } }),
      'step.order-elsewhere',
    ],
    [
      'has nothing open',
      order('PO-5', { lines: [aLine(PLAIN, { ordered: 0 })] }),
      'step.nothing-open',
    ],
    ['is for other work', { ...order('SO-1'), kind: 'salesOrder' as const }, 'step.wrong-order'],
  ])('that %s is named, and the list stays', (_what, wrong, code) => {
    const operator = new Operator(RECEIVE).open(ONE).press('MORE').open(wrong);
    expect([operator.fault, operator.step.screen.view]).toEqual([code, 'choose-order']);
    expect(numbers(operator.press('BACK'))).toBeUndefined();
  });

  it('beyond the number that the file allows is refused, by the button and by its number', () => {
    const two = onlyWorkflow(SHIPPED.replace('together: 6', 'together: 2'));
    const operator = new Operator(two).open(ONE).scan({ document: TWO });
    expect(operator.words).not.toContain('MORE');
    expect(operator.press('MORE').fault).toBe('step.orders-full');
    expect(operator.scan({ document: order('PO-3') }).fault).toBe('step.orders-full');
    expect(numbers(operator)).toEqual(['PO-1', 'PO-2']);
  });

  it('in the middle of a line waits until the line is finished', () => {
    const operator = new Operator(RECEIVE).open(ONE).scan({ item: PLAIN });
    expect(operator.press('MORE').fault).toBe('step.finish-line-first');
    expect(operator.scan({ document: TWO }).fault).toBe('step.not-expected');
    expect([operator.asks, numbers(operator)]).toEqual(['quantity', undefined]);
  });

  it('is none where the file does not speak of several', () => {
    const one = onlyWorkflow(SHIPPED.replace(/ {4}together: .*\n/, ''));
    const operator = new Operator(one).open(ONE);
    expect(operator.words).not.toContain('MORE');
    expect(operator.press('MORE').fault).toBe('step.not-here');
    expect(operator.scan({ document: TWO }).fault).toBe('step.not-expected');
  });
});

describe('with several orders open', () => {
  it('each line is booked on its own order, and FINISH ends them all', () => {
    const operator = both().scan({ item: OTHER }).press('OK');
    expect(operator.last).toMatchObject({ document: 'o-PO-2', line: 'PO-2-OTHER', quantity: 3 });
    operator.scan({ item: PLAIN }).press('OK');
    expect(operator.last).toMatchObject({ document: 'o-PO-1', line: 'PO-1-PLAIN' });
    expect(operator.press('FINISH').last).toEqual({
      type: 'document.finish',
      document: 'o-PO-1',
      also: ['o-PO-2'],
      linesLeftOpen: 0,
    });
  });

  it('the order of the line at work stands on the screen', () => {
    const operator = both().scan({ item: OTHER });
    expect(operator.step.screen.document?.number).toBe('PO-2');
    expect(operator.step.screen.orders?.map(({ current }) => current)).toEqual([undefined, true]);
  });

  it('goods that are on two of them are asked: which order', () => {
    const again = order('PO-2', { lines: [aLine(PLAIN, { ordered: 3 })] });
    const operator = new Operator(RECEIVE)
      .open(ONE)
      .scan({ document: again })
      .scan({ item: PLAIN });
    expect(operator.step.screen.choices?.map(({ name }) => name)).toMatchObject([
      { key: 'choice.order-line', data: { tote: 1, order: 'PO-1' } },
      { key: 'choice.order-line', data: { tote: 2, order: 'PO-2' } },
    ]);
    const second = operator.step.screen.choices?.[1]?.id ?? '';
    operator.give({ type: 'choose', id: second }).press('OK');
    expect(operator.last).toMatchObject({ document: 'o-PO-2', quantity: 3 });
  });

  it('UNDO takes a line back from its own order', () => {
    const operator = both().scan({ item: OTHER }).press('OK').scan({ item: PLAIN }).press('OK');
    const [second, first] = [...operator.ids].reverse();
    operator.press('UNDO').give({ type: 'choose', id: first ?? '' });
    expect(operator.last).toMatchObject({ type: 'line.undo', document: 'o-PO-2' });
    expect(operator.done(OTHER)).toBe(0);
    operator.refusal(second, fault('ledger.over-receipt'));
    expect(operator.done(PLAIN)).toBe(0);
  });

  it('news of any of them is taken, and their lines keep their places', () => {
    const operator = both();
    const less = aLine(PLAIN, { ordered: 10, done: 4 });
    operator.hears(order('PO-1', { lines: [less, aLine(anItem('NEW'), { ordered: 1 })] }));
    operator.hears(order('PO-9'));
    expect(
      operator.step.screen.lines?.map(({ tote, itemCode, done }) => [tote, itemCode, done]),
    ).toEqual([
      [1, 'PLAIN', 4],
      [1, 'NEW', 0],
      [2, 'OTHER', 0],
    ]);
    operator.hears(order('PO-1', { lines: [] }));
    expect(operator.step.screen.lines?.map(({ itemCode }) => itemCode)).toEqual(['OTHER']);
  });

  it('I-11 BACK leaves the last one, CANCEL all of them', () => {
    const operator = both().press('BACK');
    expect([numbers(operator), operator.step.screen.document?.number]).toEqual([undefined, 'PO-1']);
    expect(operator.press('BACK').step.screen.view).toBe('choose-order');
    expect(both().press('CANCEL').step.screen).toMatchObject({ view: 'choose-order' });
    expect(both().press('CANCEL').step.screen).not.toHaveProperty('document');
  });

  it('the end is offered when nothing of any is open', () => {
    const operator = both().scan({ item: OTHER }).press('OK', 'FINISH');
    expect(operator.step.screen).toMatchObject({ view: 'close', prompt: { data: { open: 1 } } });
    expect(operator.scan({ item: PLAIN }).press('OK', 'FINISH').step.ended).toBe('done');
  });
});
