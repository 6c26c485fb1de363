// Questions of a workflow's own: how they are answered by a finger, a printed code and a bare code,
// what is refused, and that answers behave like every other fact: BACK, reload, conflict, order.

import { describe, expect, it } from 'vitest';
import {
  answers,
  ask,
  at,
  CONDITION,
  DAMAGED,
  LINES,
  TEMPERATURE,
  workflow,
} from '../../../../tests/samples/workflows/asked.ts';
import { anOrder, Operator, PLAIN } from '../../../../tests/samples/workflows/warehouse.ts';

describe('an answer', () => {
  it('that is none is refused and changes nothing but the screen (I-14)', () => {
    const operator = at(CONDITION);
    operator.enter('choice', 'burnt');
    expect(operator.fault).toBe('step.not-a-choice');
    operator.scan({ answer: 'burnt' }).read('burnt');
    expect(operator.asks).toBe('condition');
    expect(operator.commands).toEqual([]);
    expect(operator.press('OK').fault).toBe('step.not-here');
    expect(operator.press('SKIP').fault).toBe('step.not-here');
  });

  it.each([
    ['touched', (operator: Operator) => operator.enter('choice', 'torn')],
    ['a printed code', (operator: Operator) => operator.scan({ answer: 'torn' })],
    ['a bare code, whatever its capitals', (operator: Operator) => operator.read('TORN')],
  ])('may be %s, and travels with its line', (_way, say) => {
    const operator = say(at(CONDITION)).enter('quantity', '3');
    expect(operator.last).toMatchObject({ type: 'receive.line', quantity: 3 });
    expect(answers(operator)).toEqual([{ step: 'condition', value: 'torn' }]);
  });

  it('on paper where nothing is asked by the workflow is named', () => {
    const operator = at(CONDITION).enter('choice', 'wet').scan({ answer: 'wet' });
    expect(operator.fault).toBe('step.not-expected');
  });

  it('is taken back by BACK, and dropped with its line', () => {
    const operator = at(DAMAGED + CONDITION)
      .enter('yes-no', 'yes')
      .enter('choice', 'wet');
    expect(operator.asks).toBe('quantity');
    expect(operator.press('BACK').asks).toBe('condition');
    expect(operator.press('BACK').asks).toBe('damaged');
    operator.enter('yes-no', 'no').enter('choice', 'torn').enter('quantity', '1');
    expect(answers(operator)).toEqual([
      { step: 'damaged', value: false },
      { step: 'condition', value: 'torn' },
    ]);
    expect(operator.scan({ item: PLAIN }).asks).toBe('damaged');
  });

  it('decides what is asked next; a question that is not put is not told', () => {
    const steps = `${DAMAGED}${CONDITION.replace(/\n$/, '\n        when: answers.damaged\n')}`;
    const fine = at(steps).enter('yes-no', 'no');
    expect(fine.asks).toBe('quantity');
    expect(answers(fine.enter('quantity', '1'))).toEqual([{ step: 'damaged', value: false }]);
    expect(at(steps).enter('yes-no', 'ja').asks).toBe('condition');
  });

  it('stands on the screen with its question and in words', () => {
    const operator = at(CONDITION).enter('choice', 'wet');
    expect(operator.step.screen.known).toEqual([
      {
        ...{ fact: 'choice', text: 'wet' },
        name: { label: { en: 'a', nl: 'a', de: 'a', fr: 'a' } },
        said: { label: { en: 'Wet', nl: 'Nat', de: 'Nass', fr: 'Mouillé' } },
      },
    ]);
  });
});

describe('a number', () => {
  it.each([
    ['-25.5', 'step.too-little'],
    ['8.1', 'step.too-much'],
    ['3.25', 'step.not-a-number'],
    ['warm', 'step.not-a-number'],
    ['1e3', 'step.not-a-number'],
    ['', 'step.not-a-number'],
  ])('%j is refused: %s', (text, code) => {
    const operator = at(TEMPERATURE).enter('number', text);
    expect([operator.fault, operator.asks]).toEqual([code, 'temp']);
  });

  it('is taken between its bounds, with a comma as well', () => {
    const operator = at(TEMPERATURE).enter('number', '-18,5').enter('quantity', '1');
    expect(answers(operator)).toEqual([{ step: 'temp', value: -18.5 }]);
  });

  it('has a maximum that may depend on another answer', () => {
    const gross = ask('number', '        id: gross\n        min: 1\n');
    const tare = ask('number', '        id: tare\n        max: answers.gross - 1\n');
    const operator = at(gross + tare)
      .enter('number', '5')
      .enter('number', '5');
    expect(operator.fault).toBe('step.too-much');
    expect(operator.enter('number', '4').asks).toBe('quantity');
  });
});

describe('a text', () => {
  const NOTE = ask('text', '        id: note\n        max: 8\n');

  it('is typed, or any bare code that nothing knows, but no goods and nothing too long', () => {
    expect(at(NOTE).enter('text', '').fault).toBe('step.too-long');
    expect(at(NOTE).enter('text', 'ninechars').fault).toBe('step.too-long');
    expect(at(NOTE).scan({ item: PLAIN }).asks).toBe('note');
    const operator = at(NOTE).read('AB-1').enter('quantity', '1');
    expect(answers(operator)).toEqual([{ step: 'note', value: 'AB-1' }]);
  });

  it('is no retail code with a wrong check digit: that was misread', () => {
    const operator = at(ask('text', '        id: note\n'));
    const raw = { bytes: new Uint8Array(), text: '4006381333932', device: 'x' };
    const scan = { raw: { ...raw, startedMs: 0, endedMs: 0 }, symbology: 'plain' as const };
    const plain = { ...scan, elements: [], candidates: [], plain: '4006381333932' };
    operator.give({ type: 'scan', scan: { ...plain, wrongCheckDigit: true } });
    expect([operator.fault, operator.asks]).toEqual(['scan.check-digit', 'note']);
  });
});

describe('a weight', () => {
  const WEIGHT = '      - ask: weight\n        max: 30\n';

  it('comes with any label, before or after its question, in any order', () => {
    const together = at(WEIGHT).scan({ weightKg: 12.4, quantity: 1 });
    const early = new Operator(workflow(WEIGHT))
      .open(anOrder(LINES))
      .scan({ weightKg: 12.4 })
      .scan({ item: PLAIN })
      .enter('quantity', '1');
    for (const operator of [together, early]) {
      expect(answers(operator)).toEqual([{ step: 'weight', value: 12.4 }]);
    }
    expect(at(WEIGHT).enter('weight', '2,5').enter('quantity', '1').last).toMatchObject({
      answers: [{ step: 'weight', value: 2.5 }],
    });
  });

  it('that contradicts the one that is known is named; nothing and too much are refused', () => {
    const operator = at(WEIGHT).scan({ weightKg: 12 }).scan({ weightKg: 13 });
    expect(operator.fault).toBe('step.conflict');
    expect(at(WEIGHT).scan({ weightKg: 31 }).fault).toBe('step.too-much');
    expect(at(WEIGHT).enter('weight', '0').fault).toBe('step.too-little');
  });

  it('adds up where goods are counted piece by piece', () => {
    const piece = { item: PLAIN, weightKg: 1.2 };
    const operator = new Operator(workflow(WEIGHT)).open(anOrder(LINES));
    operator.scan(piece).scan(piece).scan(piece).press('OK');
    expect(operator.last).toMatchObject({ quantity: 3, answers: [{ step: 'weight', value: 3.6 }] });
  });
});
