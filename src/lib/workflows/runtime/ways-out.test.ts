// How a line ends, and how an operator gets back, out and home: the green screen, BACK, CANCEL,
// UNDO, FINISH and the close screen.

import { describe, expect, it } from 'vitest';
import {
  aLine,
  anOrder,
  BATCH,
  FRESH,
  Operator,
  PLAIN,
  SERIAL,
} from '../../../../tests/samples/workflows/warehouse.ts';
import type { ReceiveLine } from '../../domain/index.ts';

const opened = () => new Operator().open();
const booked = () => opened().scan({ item: PLAIN, quantity: 4 });

describe('a line that turned green', () => {
  it('is counted, shown as just done, and the next item is asked', () => {
    const { step } = booked();
    expect(step.signal).toBe('green');
    expect(step.screen).toMatchObject({ step: 'item', known: [] });
    const line = step.screen.lines?.find(({ itemCode }) => itemCode === 'PLAIN');
    expect(line).toMatchObject({ done: 4, state: 'partial', focus: 'just-done' });
  });

  it('shows what the command records (I-15)', () => {
    const operator = booked();
    const { quantity } = operator.last as ReceiveLine;
    expect(operator.step.screen.message).toEqual({
      tone: 'good',
      text: { key: 'message.line-done', data: { quantity, unit: 'pc', item: 'PLAIN', place: '' } },
    });
  });

  it('may go over the order by the tolerance, and says so', () => {
    const operator = opened().scan({ item: PLAIN, quantity: 11 });
    const line = operator.step.screen.lines?.find(({ itemCode }) => itemCode === 'PLAIN');
    expect(line?.state).toBe('over');
    expect(operator.scan({ item: PLAIN }).fault).toBe('step.line-complete');
  });

  it('goes to the second line of the same item when the first is full', () => {
    const lines = [aLine(PLAIN, { ordered: 1 }), aLine(PLAIN, { id: 'second', ordered: 5 })];
    const operator = new Operator().open(anOrder(lines));
    operator.scan({ item: PLAIN, quantity: 1 }).press('OK').scan({ item: PLAIN, quantity: 2 });
    expect(operator.commands).toMatchObject([{ line: 'line-PLAIN' }, { line: 'second' }]);
  });
});

describe('BACK', () => {
  it('takes back the last answer, step by step, to the item', () => {
    const order = anOrder(undefined, { usesLocations: true });
    const operator = new Operator().open(order).scan({ item: FRESH }).read('A');
    operator.enter('expiry', '2027-01-01').enter('quantity', '2');
    expect(operator.asks).toBe('location');
    const seen: string[] = [];
    for (let press = 0; press < 4; press += 1) seen.push(operator.press('BACK').asks);
    expect(seen).toEqual(['quantity', 'expiry', 'batch', 'item']);
    expect(operator.step.screen.known).toEqual([]);
  });

  it('takes back one serial', () => {
    const operator = opened().scan({ item: SERIAL }).read('S1').read('S2').press('BACK');
    expect(operator.step.screen.count).toEqual({ done: 1, of: 10 });
  });

  it('leaves an order on which nothing was booked, and asks before it leaves another', () => {
    expect(opened().press('BACK').step.screen.view).toBe('choose-order');
    expect(booked().press('BACK').step.screen.view).toBe('close');
    expect(booked().press('BACK', 'BACK').asks).toBe('item');
  });
});

describe('CANCEL, CANCEL leads home (I-11)', () => {
  it('drops the line, then leaves the order; with booked lines it finishes the order', () => {
    const fresh = opened().scan({ item: BATCH }).press('CANCEL');
    expect(fresh.asks).toBe('item');
    expect(fresh.press('CANCEL').step.screen.view).toBe('choose-order');
    expect(fresh.press('CANCEL').step.ended).toBe('cancelled');
    const begun = booked().scan({ item: BATCH }).press('CANCEL', 'CANCEL');
    expect(begun.step.ended).toBe('done');
    expect(begun.last).toMatchObject({ type: 'document.finish' });
  });
});

describe('UNDO', () => {
  it('takes back the last line: the command names it, and what is done goes back', () => {
    const operator = booked().scan({ item: FRESH, batch: 'A', expiry: '2027-01-01', quantity: 2 });
    const [first, second] = operator.ids;
    expect(operator.done(FRESH)).toBe(2);
    operator.press('UNDO', 'OK');
    expect(operator.last).toEqual({ type: 'line.undo', document: 'order-1', target: second });
    expect(operator.done(FRESH)).toBe(0);
    expect(operator.step.screen.message?.text).toEqual({
      key: 'message.undone',
      data: { quantity: 2, unit: 'pc', item: 'FRESH' },
    });
    expect(operator.press('UNDO', 'UNDO').last).toMatchObject({ target: first });
    expect(operator.press('UNDO').fault).toBe('step.nothing-to-undo');
    expect(operator.commands).toHaveLength(4);
  });

  it('shows the lines, the newest first; the one that is touched goes back, no other', () => {
    const operator = booked().scan({ item: FRESH, batch: 'A', expiry: '2027-01-01', quantity: 2 });
    const [first, second] = operator.ids;
    operator.press('UNDO');
    expect(operator.step.screen).toMatchObject({
      view: 'undo',
      taken: [
        { id: second, itemCode: 'FRESH', quantity: 2, batch: 'A' },
        { id: first, itemCode: 'PLAIN', itemName: 'Name of PLAIN', quantity: 4 },
      ],
    });
    expect(operator.commands).toHaveLength(2);
    operator.give({ type: 'choose', id: String(first) });
    expect(operator.last).toEqual({ type: 'line.undo', document: 'order-1', target: first });
    expect([operator.done(PLAIN), operator.done(FRESH)]).toEqual([0, 2]);
    expect(operator.press('UNDO').step.screen.taken).toMatchObject([{ id: second }]);
  });

  it('is left without taking anything back: BACK, CANCEL, FINISH, or goods that are scanned', () => {
    const list = () => booked().press('UNDO');
    expect(list().press('BACK').asks).toBe('item');
    expect(list().press('CANCEL').asks).toBe('item');
    expect(list().press('FINISH').step.screen.view).toBe('close');
    expect(list().scan({ item: BATCH }).asks).toBe('batch');
    for (const left of [list().press('BACK'), list().press('CANCEL', 'CANCEL')]) {
      expect(left.commands.map(({ type }) => type)).not.toContain('line.undo');
    }
  });

  it('I-14: a line that is not in the list, or a typed value, takes nothing back', () => {
    const list = booked().press('UNDO');
    expect(list.choose(PLAIN).fault).toBe('step.not-here');
    expect(list.enter('quantity', '1').fault).toBe('step.not-here');
    expect([list.step.screen.view, list.commands.length]).toEqual(['undo', 1]);
  });

  it('I-15: a line that is refused while the list is open leaves it; then there is nothing', () => {
    const operator = booked();
    const line = operator.lastId;
    operator.press('UNDO').refusal(line, { code: 'ledger.over-receipt', data: {} });
    expect(operator.step.screen).toMatchObject({ view: 'undo', taken: [] });
    expect(operator.press('OK').fault).toBe('step.nothing-to-undo');
    expect(operator.commands).toHaveLength(1);
  });

  it('in the middle of a line takes back its last answer, and no line that is booked', () => {
    const operator = booked().scan({ item: BATCH }).press('UNDO');
    expect(operator.asks).toBe('item');
    expect(operator.commands).toHaveLength(1);
  });

  it('makes room again for what was taken back', () => {
    const operator = opened().scan({ item: PLAIN, quantity: 10 }).press('UNDO', 'OK');
    expect(operator.scan({ item: PLAIN, quantity: 10 }).last).toMatchObject({ quantity: 10 });
  });

  it('reaches back over fifty lines; the session still knows that more stand', () => {
    const operator = new Operator().open(anOrder([aLine(PLAIN, { ordered: 100 })]));
    for (let line = 0; line < 52; line += 1) operator.scan({ item: PLAIN, quantity: 1 });
    for (let undo = 0; undo < 50; undo += 1) operator.press('UNDO', 'OK');
    expect(operator.press('UNDO').fault).toBe('step.nothing-to-undo');
    expect(operator.words).toContain('FINISH');
    expect(operator.words).not.toContain('UNDO');
    operator.press('FINISH', 'OK');
    expect(operator.step.ended).toBe('done');
    expect(operator.step.screen.prompt).toMatchObject({ data: { lines: 2 } });
  });

  it('of everything leaves nothing to finish', () => {
    const operator = booked().press('UNDO', 'OK');
    expect(operator.words).not.toContain('FINISH');
    expect(operator.press('CANCEL').step.screen.view).toBe('choose-order');
    expect(operator.commands.map(({ type }) => type)).toEqual(['receive.line', 'line.undo']);
  });
});

describe('FINISH', () => {
  it('asks when lines are open, says how many, and OK closes with that number', () => {
    const operator = booked().press('FINISH');
    expect(operator.step.screen).toMatchObject({
      view: 'close',
      prompt: { key: 'close.prompt', data: { open: 5 } },
    });
    expect(operator.words).toEqual(['OK', 'BACK', 'PROBLEM', 'UNDO']);
    operator.press('OK');
    expect(operator.last).toEqual({
      type: 'document.finish',
      document: 'order-1',
      linesLeftOpen: 5,
    });
    expect(operator.step).toMatchObject({ ended: 'done', signal: 'done' });
  });

  it('closes at once when all lines are complete', () => {
    const operator = new Operator()
      .open(anOrder([aLine(PLAIN)]))
      .scan({ item: PLAIN, quantity: 10 });
    expect(operator.press('FINISH').last).toMatchObject({ linesLeftOpen: 0 });
    expect(operator.step.ended).toBe('done');
  });

  it('in the middle of a line is told to finish the line first', () => {
    expect(booked().scan({ item: BATCH }).press('FINISH').fault).toBe('step.finish-line-first');
  });

  it('with nothing booked leaves the order without a command', () => {
    expect(opened().press('FINISH').commands).toEqual([]);
  });
});

describe('the close screen', () => {
  const closing = () => booked().press('FINISH');

  it('goes on with the goods that are scanned, and says why when they do not fit', () => {
    expect(closing().scan({ item: BATCH }).asks).toBe('batch');
    expect(closing().choose(BATCH).asks).toBe('batch');
    expect(closing().read('X').fault).toBe('scan.unknown-code');
  });

  it('takes a line back, and asks for the next item', () => {
    const operator = closing().press('UNDO', 'OK');
    expect(operator.last).toMatchObject({ type: 'line.undo' });
    expect(operator.asks).toBe('item');
  });

  it('tells what means nothing there', () => {
    expect(closing().enter('quantity', '1').fault).toBe('step.not-here');
    expect(closing().open().fault).toBe('step.not-here');
    expect(closing().press('HELP').step.screen).toMatchObject({ view: 'close', help: true });
  });
});

describe('after the end', () => {
  it('nothing happens any more, and nothing sounds', () => {
    const operator = booked().press('FINISH', 'OK');
    const { commands, step } = { commands: operator.commands.length, step: operator.step };
    operator.press('OK', 'CANCEL', 'UNDO').scan({ item: PLAIN, quantity: 1 }).open();
    expect(operator.commands).toHaveLength(commands);
    expect(operator.step).toEqual({ ...step, commands: [], signal: 'none' });
  });

  it('a refusal is still said', () => {
    const operator = booked();
    const line = operator.lastId;
    operator.press('FINISH', 'OK');
    operator.refusal(line, { code: 'ledger.over-receipt', data: {} });
    expect(operator.fault).toBe('ledger.over-receipt');
    expect(operator.step.screen.prompt).toMatchObject({ data: { lines: 0 } });
  });
});
