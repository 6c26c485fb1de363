// What an operator says with a finger or a command barcode: typed values, OK, BACK, CANCEL, UNDO,
// FINISH, HELP, touched rows.

import { describe, expect, it } from 'vitest';
import {
  aLine,
  anItem,
  anOrder,
  aScan,
  BATCH,
  BULK,
  FRESH,
  onlyWorkflow,
  Operator,
  OTHER_SHELF,
  PACK,
  PLAIN,
  SERIAL,
  SHELF,
  SHIPPED,
} from '../../../../tests/samples/workflows/warehouse.ts';
import type { OrderView } from '../../domain/index.ts';

const opened = (order: OrderView = anOrder()) => new Operator().open(order);
const asked = (item = PLAIN, ordered = 10) =>
  opened(anOrder([aLine(item, { ordered }), aLine(FRESH)])).choose(item);

describe('a typed quantity', () => {
  it.each([
    ['', 'step.not-a-quantity'],
    ['0', 'step.not-a-quantity'],
    ['-1', 'step.not-a-quantity'],
    ['1e3', 'step.not-a-quantity'],
    ['0x10', 'step.not-a-quantity'],
    ['Infinity', 'step.not-a-quantity'],
    ['1.000,5', 'step.not-a-quantity'],
    ['two', 'step.not-a-quantity'],
    ['1.5', 'step.no-fractions'],
    ['12', 'step.over-tolerance'],
    ['9999999', 'step.not-a-quantity'],
  ])('%s is refused with %s', (typed, code) => {
    const operator = asked().enter('quantity', typed);
    expect([operator.fault, operator.asks]).toEqual([code, 'quantity']);
    expect(operator.commands).toEqual([]);
  });

  it('says what was typed, not what a computer makes of it', () => {
    expect(asked().enter('quantity', 'two').step.screen.message?.fault?.data).toEqual({
      read: 'two',
    });
  });

  it('may have a comma or a point, and spaces around it', () => {
    expect(asked(BULK).enter('quantity', ' 2,5 ').last).toMatchObject({ quantity: 2.5 });
    expect(asked(BULK).enter('quantity', '0.125').last).toMatchObject({ quantity: 0.125 });
  });

  it('may go up to the tolerance and not a piece further', () => {
    expect(asked().enter('quantity', '11').last).toMatchObject({ quantity: 11 });
    expect(asked(BULK).enter('quantity', '11.000001').fault).toBe('step.over-tolerance');
  });

  it('has a limit in whole pieces where there are no halves: 10 % of 5 is none', () => {
    const operator = asked(PLAIN, 5);
    expect(operator.step.screen.input).toMatchObject({ max: 5 });
    expect(operator.enter('quantity', '6').step.screen.message?.fault?.data).toMatchObject({
      most: 5,
    });
    expect(asked(BULK, 5).step.screen.input).toMatchObject({ max: 5.5 });
  });
});

describe('the proposed quantity', () => {
  it('is what is open, and OK takes it', () => {
    const operator = opened(anOrder([aLine(PLAIN, { done: 3, pending: 2 })])).choose(PLAIN);
    expect(operator.step.screen.input).toMatchObject({ value: '5' });
    expect(operator.press('OK').last).toMatchObject({ quantity: 5 });
  });

  it('is the pack, also when it is too many: then OK names the limit', () => {
    const operator = opened(anOrder([aLine(PLAIN, { ordered: 4 })])).scan({
      item: PLAIN,
      pack: PACK,
    });
    expect(operator.press('OK').fault).toBe('step.over-tolerance');
    expect(operator.enter('quantity', '4').last).toMatchObject({ quantity: 4 });
  });

  it('without a default is the piece that was scanned; when a line was touched there is none', () => {
    const workflow = onlyWorkflow(SHIPPED.replace(/ {8}default: .*\n/, ''));
    const scanned = new Operator(workflow).open().scan({ item: PLAIN });
    expect(scanned.press('OK').last).toMatchObject({ quantity: 1 });
    const touched = new Operator(workflow).open().choose(PLAIN);
    expect(touched.step.screen.input).toMatchObject({ value: '' });
    expect(touched.press('OK').fault).toBe('step.not-a-quantity');
  });
});

describe('typed facts', () => {
  it.each([
    ['', 'step.not-a-date'],
    ['2027-02-29', 'step.not-a-date'],
    ['2027-13-01', 'step.not-a-date'],
    ['01-01-2027', 'step.not-a-date'],
    ['2026-06-14', 'step.expired'],
  ])('the expiry %s is refused', (typed, code) => {
    const operator = opened().scan({ item: FRESH, batch: 'A' }).enter('expiry', typed);
    expect([operator.fault, operator.asks]).toEqual([code, 'expiry']);
  });

  it('a leap day is a day', () => {
    const operator = opened().scan({ item: FRESH, batch: 'A' }).enter('expiry', '2028-02-29');
    expect(operator.asks).toBe('quantity');
  });

  it('a batch of nothing, of too much, or of another fact is refused', () => {
    const operator = opened().scan({ item: BATCH });
    expect(operator.enter('batch', '   ').fault).toBe('step.not-here');
    expect(operator.enter('batch', 'x'.repeat(31)).fault).toBe('step.too-long');
    expect(operator.enter('serial', 'A').fault).toBe('step.not-expected');
    expect(operator.enter('batch', ' A ').step.screen.known).toEqual([
      { fact: 'batch', text: 'A' },
    ]);
  });

  it('a document, an item or a location is no text: those come as scans', () => {
    expect(new Operator().enter('document', '4711').fault).toBe('step.not-here');
    expect(opened().enter('item', 'PLAIN').fault).toBe('step.not-here');
  });
});

describe('serials', () => {
  const three = anOrder([aLine(SERIAL, { ordered: 3 })]);

  it('are taken one by one with progress, and the last one open books the line', () => {
    const operator = opened(three).scan({ item: SERIAL });
    expect(operator.step.screen.count).toEqual({ done: 0, of: 3 });
    expect(operator.words).not.toContain('OK');
    operator.read('S1').scan({ item: SERIAL, serial: 'S2' });
    expect(operator.step.screen.count).toEqual({ done: 2, of: 3 });
    expect(operator.step.screen.known.map(({ text }) => text)).toEqual(['S1', 'S2']);
    operator.enter('serial', 'S3');
    expect(operator.last).toMatchObject({ quantity: 3, serials: ['S1', 'S2', 'S3'] });
  });

  it('may be done early with OK, but not with none', () => {
    const operator = opened(three).scan({ item: SERIAL }).press('OK');
    expect(operator.fault).toBe('step.no-serials');
    operator.read('S1').press('OK');
    expect(operator.last).toMatchObject({ quantity: 1, serials: ['S1'] });
    expect(operator.done(SERIAL)).toBe(1);
  });

  it('twice, too long or too many are named', () => {
    const operator = opened(three).scan({ item: SERIAL }).read('S1');
    expect(operator.read('S1').fault).toBe('step.serial-twice');
    expect(operator.enter('serial', 'S1').fault).toBe('step.serial-twice');
    expect(operator.enter('serial', 'x'.repeat(31)).fault).toBe('step.too-long');
    const placed = new Operator().open(
      anOrder([aLine(SERIAL, { ordered: 1 })], { usesLocations: true }),
    );
    placed.scan({ item: SERIAL, serial: 'S1' });
    expect(placed.asks).toBe('location');
    expect(placed.scan({ serial: 'S2' }).fault).toBe('step.too-many-serials');
  });

  it('without `each` is one serial a line', () => {
    const workflow = onlyWorkflow(SHIPPED.replace(/ {8}each: .*\n/, ''));
    const operator = new Operator(workflow).open(three).scan({ item: SERIAL });
    expect(operator.step.screen.count).toEqual({ done: 0, of: 1 });
    operator.read('S1');
    expect(operator.last).toMatchObject({ quantity: 1, serials: ['S1'] });
  });

  it('may come before their goods', () => {
    const operator = opened(anOrder([aLine(SERIAL, { ordered: 1 })])).scan({ serial: 'S1' });
    expect(operator.scan({ item: SERIAL }).last).toMatchObject({ serials: ['S1'] });
  });

  it('give a screen of their last three, and stay JSON of a size', () => {
    const operator = opened(anOrder([aLine(SERIAL, { ordered: 400 })])).scan({ item: SERIAL });
    for (let index = 1; index <= 60; index += 1) operator.read(`S${index}`);
    expect(operator.step.screen.known.map(({ text }) => text)).toEqual(['S58', 'S59', 'S60']);
    expect(JSON.stringify(operator.step.state).length).toBeLessThan(50_000);
  });
});

describe('the location', () => {
  const order = anOrder(undefined, { usesLocations: true });

  it('is suggested by the item and taken with OK', () => {
    const operator = opened(order).scan({ item: PLAIN, quantity: 1 });
    expect(operator.step.screen).toMatchObject({ asks: 'location', suggestion: 'A-01' });
    expect(operator.press('OK').last).toMatchObject({ location: 'l-1' });
    expect(operator.step.screen.message?.text).toMatchObject({
      key: 'message.line-done-at',
      data: { place: 'A-01' },
    });
  });

  it('without a suggestion has no OK, and OK from paper is told', () => {
    const operator = opened(order).scan({ item: BULK, quantity: 1 });
    expect(operator.words).not.toContain('OK');
    expect(operator.press('OK').fault).toBe('step.not-here');
    expect(operator.scan({ location: OTHER_SHELF }).last).toMatchObject({ location: 'l-2' });
  });

  it('falls back on the warehouse', () => {
    const { warehouse } = order;
    const house = { ...warehouse, defaultLocation: { id: SHELF.id, code: SHELF.code } };
    const operator = opened({ ...order, warehouse: house }).scan({ item: BULK, quantity: 1 });
    expect(operator.press('OK').last).toMatchObject({ location: 'l-1' });
  });

  it('is not asked where there are none', () => {
    expect(opened().scan({ item: PLAIN, quantity: 1 }).last).not.toHaveProperty('location');
  });
});

describe('choosing an order', () => {
  const other = anOrder(undefined, { id: 'order-2', number: '4712' });
  const full = anOrder([aLine(PLAIN, { pending: 10 })], { id: 'order-3' });

  it('by an item: searched, opened when one has it, and the item is at work there', () => {
    const operator = new Operator().scan({ item: BATCH, batch: 'A' });
    expect(operator.step.screen).toMatchObject({
      view: 'choose-order',
      search: { items: ['id-BATCH'] },
    });
    operator.give({ type: 'found', orders: [anOrder()] });
    expect(operator.asks).toBe('quantity');
    expect(operator.press('BACK').asks).toBe('item');
  });

  it('by an item that several have: only those are shown, and the scanned goods wait', () => {
    const operator = new Operator().scan({ item: BATCH, batch: 'A' });
    operator.give({ type: 'found', orders: [anOrder(), full, other] });
    expect(operator.fault).toBe('step.several-orders');
    expect(operator.step.screen.only).toEqual(['order-1', 'order-2']);
    expect(new Operator().words).not.toContain('BACK');
    expect(operator.words).toContain('BACK');
    expect(operator.open(other).asks).toBe('quantity');
    expect(operator.press('OK').last).toMatchObject({ document: 'order-2', batch: 'A' });
  });

  it('BACK shows all orders again', () => {
    const operator = new Operator().give(aScan('4', { document: anOrder() }, { document: other }));
    expect(operator.step.screen.only).toEqual(['order-1', 'order-2']);
    operator.press('BACK');
    expect(operator.step.ended).toBeUndefined();
    expect(operator.step.screen.only).toBeUndefined();
  });

  it('by a code of the order after the goods: the goods are not forgotten', () => {
    const operator = new Operator().scan({ item: BATCH });
    operator.give({ type: 'found', orders: [anOrder(), other] }).scan({ document: other });
    expect([operator.asks, operator.step.screen.item?.code]).toEqual(['batch', 'BATCH']);
  });

  it('that lacks the goods is said, and the order is open', () => {
    const operator = new Operator().scan({ item: anItem('NEW') });
    operator.give({ type: 'found', orders: [anOrder(), other] });
    expect(operator.fault).toBe('step.not-on-order');
    expect(operator.step.screen.document).toBeUndefined();
    expect(operator.open().asks).toBe('item');
  });

  it('an answer to a search that nobody waits for changes nothing at all', () => {
    const operator = new Operator().read('X');
    const before = operator.step;
    operator.give({ type: 'found', orders: [anOrder()] });
    expect(operator.step).toEqual({ ...before, signal: 'none' });
  });
});

describe('HELP and rows', () => {
  it('HELP shows the help until the next event, and changes nothing else', () => {
    const operator = opened().press('HELP');
    expect(operator.step.screen.help).toBe(true);
    expect(operator.press('OK').step.screen.help).toBeUndefined();
  });

  it('a row of a complete line, of no line, or touched at another question is told', () => {
    const operator = opened(anOrder([aLine(PLAIN, { done: 10 }), aLine(BATCH)]));
    expect(operator.choose(PLAIN).fault).toBe('step.line-complete');
    expect(operator.choose(SERIAL).fault).toBe('step.not-here');
    expect(operator.choose(BATCH).choose(BATCH).fault).toBe('step.not-here');
  });

  it('another order can not be opened over the open one', () => {
    expect(opened().open(anOrder(undefined, { id: 'order-2' })).fault).toBe('step.not-expected');
  });
});
