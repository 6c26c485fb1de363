// Options of questions: passing over, scanner or keypad, time, help, texts that are shown, the end of
// the work, and a quantity's own maximum and reason.

import { describe, expect, it } from 'vitest';
import {
  ask,
  at,
  CHOICES,
  DAMAGED,
  HEAD,
  LINES,
  TAIL,
  WORD,
} from '../../../../tests/samples/workflows/asked.ts';
import { compiled } from '../../../../tests/samples/workflows/random.ts';
import { anOrder, Operator, PLAIN } from '../../../../tests/samples/workflows/warehouse.ts';

describe('a question that', () => {
  it('may be skipped is passed over with one tap, and BACK asks it again', () => {
    const operator = at(`${DAMAGED.replace(/\n$/, '\n        skip: true\n')}`);
    expect(operator.words).toContain('SKIP');
    expect(operator.press('SKIP').asks).toBe('quantity');
    expect(operator.press('BACK').asks).toBe('damaged');
    expect(operator.press('SKIP').enter('quantity', '1').last).not.toHaveProperty('answers');
  });

  it('is only scanned takes nothing that is typed', () => {
    const operator = at(ask('text', '        id: seal\n        by: scan\n'));
    expect(operator.enter('text', 'X1').fault).toBe('step.scan-only');
    expect(operator.step.screen.by).toBe('scan');
    expect(operator.read('X1').asks).toBe('quantity');
  });

  it('is only typed takes nothing that is scanned', () => {
    const operator = at(ask('text', '        id: seal\n        by: type\n'));
    expect(operator.read('X1').asks).toBe('seal');
    expect(operator.scan({ answer: 'X1' }).fault).toBe('step.type-only');
    expect(operator.enter('text', 'X1').asks).toBe('quantity');
  });

  it('gives a time says so, and nothing else comes of it', () => {
    const operator = at(DAMAGED.replace(/\n$/, '\n        within: 2m\n'));
    expect(operator.step.screen.within).toBe(120);
    expect(operator.enter('yes-no', 'yes').step.screen).not.toHaveProperty('within');
  });

  it('has help of the warehouse shows it with HELP', () => {
    const help = '        help: { en: Look below, nl: Kijk, de: Schau, fr: Regarde }\n';
    const operator = at(DAMAGED + help).press('HELP');
    expect(operator.step.screen).toMatchObject({ help: true, helpText: { label: { nl: 'Kijk' } } });
  });
});

describe('a text that is shown', () => {
  const SHOW =
    '      - show: { en: "{item.code}: gloves, {line.open} open", nl: a, de: a, fr: a }\n';

  it('waits for OK once a line, with its facts, and asks nothing', () => {
    const operator = at(SHOW);
    expect(operator.step.screen).toMatchObject({ asks: 'show' });
    expect(operator.step.screen.prompt).toMatchObject({
      data: { 'item.code': PLAIN.code, 'line.open': 10 },
    });
    expect(operator.words).toContain('OK');
    operator.press('OK').enter('quantity', '1').scan({ item: PLAIN });
    expect(operator.asks).toBe('show');
  });

  it('once an order is shown once, also before the item', () => {
    const once = '        once: document\n';
    const text = `${HEAD}      - ask: quantity\n${TAIL}      - repeat: item\n`.replace(
      '      - ask: item\n',
      `      - show: ${WORD}\n${once}      - ask: item\n`,
    );
    const operator = new Operator(compiled(text)).open(anOrder(LINES));
    expect(operator.asks).toBe('show');
    operator.press('OK').scan({ item: PLAIN }).enter('quantity', '1').scan({ item: PLAIN });
    expect(operator.asks).toBe('quantity');
    expect(operator.press('CANCEL').asks).toBe('item');
  });
});

describe('end', () => {
  const LAST = ask('yes-no', '        id: last\n');
  const END = '      - if: answers.last\n        then:\n          - end: work\n';

  it('books the line, then offers the work for closing; nothing is lost', () => {
    const operator = at(LAST, END).enter('yes-no', 'yes').enter('quantity', '2');
    expect(operator.last).toMatchObject({ type: 'receive.line', quantity: 2 });
    expect(operator.step.screen.view).toBe('close');
    expect(operator.step.signal).toBe('green');
    expect(operator.press('OK').last).toMatchObject({ type: 'document.finish', linesLeftOpen: 1 });
    expect(operator.step.ended).toBe('done');
  });

  it('is passed over where its condition does not hold', () => {
    const operator = at(LAST, END).enter('yes-no', 'no').enter('quantity', '2');
    expect(operator.asks).toBe('item');
  });

  it('knows what is open after the line', () => {
    const all = '      - if: line.open == 0\n        then:\n          - end: work\n';
    expect(at('', all).enter('quantity', '10').step.screen.view).toBe('close');
    expect(at('', all).enter('quantity', '9').asks).toBe('item');
  });
});

describe('a quantity', () => {
  it('has a maximum of its own, which the screen shows', () => {
    const operator = at('      - ask: quantity\n        max: line.open - 4\n');
    expect(operator.step.screen.input).toMatchObject({ max: 6 });
    expect(operator.enter('quantity', '7').fault).toBe('step.over-tolerance');
    expect(operator.enter('quantity', '6').last).toMatchObject({ quantity: 6 });
  });

  it('over what was ordered needs a reason, where the file says so', () => {
    const steps = `      - ask: quantity
        tolerance: 20%
        over: { reason: required }
      - ask: reason
${CHOICES}`;
    expect(at(steps).enter('quantity', '10').last).not.toHaveProperty('answers');
    const operator = at(steps).enter('quantity', '11');
    expect([operator.asks, operator.commands]).toEqual(['reason', []]);
    operator.enter('reason', 'wet');
    expect(operator.last).toMatchObject({
      ...{ quantity: 11, answers: [{ step: 'reason', value: 'wet' }] },
    });
  });
});
