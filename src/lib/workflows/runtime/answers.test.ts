// Questions of a workflow's own: how they are answered by a finger, a printed code and a bare code,
// what is refused, and that answers behave like every other fact: BACK, reload, conflict, order.

import { describe, expect, it } from 'vitest';
import { aLine, anOrder, Operator, PLAIN } from '../../../../tests/samples/workflows/warehouse.ts';
import { compiled } from '../../../../tests/samples/workflows/random.ts';
import type { CompiledWorkflow } from '../types.ts';

const WORD = '{ en: a, nl: a, de: a, fr: a }';
const HEAD = `scandock: 1
workflows:
  - id: w
    label: ${WORD}
    icon: box
    action: goodsReceipt
    document: purchaseOrder
    posting: { when: line-complete }
    steps:
      - ask: document
      - ask: item
      - ask: batch
        when: item.tracking == "batch"
      - ask: expiry
        when: item.tracking == "batch" && item.hasExpiry
      - ask: serial
        when: item.tracking == "serial"
        each: quantity
`;
const TAIL = `      - ask: location
        when: warehouse.usesLocations
      - confirm: line
`;

/** A receipt with these steps between the goods and their place, and others behind confirm. */
function workflow(steps: string, behind = ''): CompiledWorkflow {
  const quantity = steps.includes('ask: quantity') ? '' : '      - ask: quantity\n';
  return compiled(`${HEAD}${steps}${quantity}${TAIL}${behind}      - repeat: item\n`);
}

const LINES = [aLine(PLAIN, { ordered: 10 })];

function at(steps: string, behind = ''): Operator {
  return new Operator(workflow(steps, behind)).open(anOrder(LINES)).scan({ item: PLAIN });
}

const ask = (kind: string, more = ''): string =>
  `      - ask: ${kind}\n        prompt: ${WORD}\n${more}`;
const CHOICES = `        of:
          - { value: wet, label: { en: Wet, nl: Nat, de: Nass, fr: Mouillé } }
          - { value: torn, label: { en: Torn, nl: Kapot, de: Zerrissen, fr: Déchiré } }
`;
const CONDITION = ask('choice', `        id: condition\n${CHOICES}`);
const DAMAGED = ask('yes-no', '        id: damaged\n');
const TEMPERATURE = ask(
  'number',
  '        id: temp\n        unit: °C\n        min: -25\n        max: 8\n        decimals: 1\n',
);

const answers = (operator: Operator) => {
  const { last } = operator;
  return last !== undefined && 'answers' in last ? last.answers : undefined;
};

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
