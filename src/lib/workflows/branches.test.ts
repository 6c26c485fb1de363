// if, then, else: compiled into the conditions of steps, walked by the proofs with then and else
// never both, and run with the runtime as it is.

import { describe, expect, it } from 'vitest';
import {
  aLine,
  anOrder,
  BATCH,
  FRESH,
  onlyWorkflow,
  Operator,
  PLAIN,
} from '../../../tests/samples/workflows/warehouse.ts';
import { casesOf, MAX_OPEN, openOf } from './cases.ts';
import { compile } from './index.ts';
import type { Condition, Step } from './index.ts';

const HEAD = `scandock: 1
workflows:
  - id: w
    label: { en: a, nl: a, de: a, fr: a }
    icon: box
    action: goodsReceipt
    document: purchaseOrder
    posting: { when: line-complete }
    steps:
      - ask: document
      - ask: item
`;
const TRACKED = `      - if: item.tracking == "batch"
        then:
          - ask: batch
          - if: item.hasExpiry
            then:
              - ask: expiry
        else:
          - if: item.tracking == "serial"
            then:
              - ask: serial
`;
const QUANTITY = `      - if: line.open > 5
        then:
          - ask: quantity
            default: 1
            prompt: { en: Many, nl: Many, de: Many, fr: Many }
        else:
          - ask: quantity
            default: line.open
            prompt: { en: Few, nl: Few, de: Few, fr: Few }
`;
const TAIL = `      - if: warehouse.usesLocations
        then:
          - ask: location
      - confirm: line
      - repeat: item
`;
const FILE = HEAD + TRACKED + QUANTITY + TAIL;

function started(item: typeof PLAIN, ordered: number): Operator {
  const order = anOrder([aLine(item, { ordered })]);
  return new Operator(onlyWorkflow(FILE)).open(order).scan({ item });
}

describe('a branch', () => {
  it('is the condition of its steps, joined with what stands around it and their own', () => {
    const steps = onlyWorkflow(FILE).steps.filter((step) => step.kind === 'ask');
    const batch = { op: '==', left: { op: 'get', path: ['item', 'tracking'] } };
    const conditions = Object.fromEntries(steps.map((step) => [step.id, step.when]));
    expect(conditions['batch']).toMatchObject(batch);
    expect(conditions['expiry']).toMatchObject({
      op: 'and',
      left: batch,
      right: { op: 'get', path: ['item', 'hasExpiry'] },
    });
    expect(conditions['serial']).toMatchObject({ op: 'and', left: { op: 'not', of: batch } });
  });

  it('asks what its arm asks, with the words and the proposal of that arm', () => {
    const many = started(PLAIN, 10);
    expect(many.asks).toBe('quantity');
    expect(many.step.screen.prompt).toMatchObject({ label: { en: 'Many' } });
    expect(many.step.screen.input).toMatchObject({ value: '1' });
    const few = started(PLAIN, 4);
    expect(few.asks).toBe('quantity-2');
    expect(few.step.screen.prompt).toMatchObject({ label: { en: 'Few' } });
    expect(few.step.screen.input).toMatchObject({ value: '4' });
  });

  it('never asks a second time what the other arm asked', () => {
    for (const ordered of [4, 10]) {
      const operator = started(PLAIN, ordered).enter('quantity', '2');
      expect(operator.commands).toHaveLength(1);
      expect(operator.last).toMatchObject({ quantity: 2 });
      expect(operator.asks).toBe('item');
    }
  });

  it('stays with the question that is put, when news turn its condition', () => {
    const operator = started(PLAIN, 10);
    operator.hears(anOrder([aLine(PLAIN, { ordered: 10, pending: 6 })], { seq: 2 }));
    expect(operator.asks).toBe('quantity');
    operator.enter('quantity', '3');
    expect(operator.commands).toHaveLength(1);
  });

  it('goes with the item: batch and expiry for one, batch alone for another', () => {
    expect(started(FRESH, 4).read('LOT').asks).toBe('expiry');
    expect(started(BATCH, 4).read('LOT').asks).toBe('quantity-2');
  });

  it('takes a name for its second question that nobody else has', () => {
    const text = FILE.replace('- if: warehouse', '- if: warehouse').replace(
      '          - ask: location\n',
      '          - ask: location\n            id: quantity-2\n',
    );
    const ids = onlyWorkflow(text).steps.map(({ id }) => id);
    expect(ids).toContain('quantity-3');
    expect(new Set(ids).size).toBe(ids.length);
  });
});

const named = (field: string): Condition => ({ op: 'get', path: ['line', field] });
const ask = (id: string, when: Condition): Step => ({ kind: 'ask', id, fact: 'batch', when });
const nothing = () => undefined;

describe('the cases of a proof', () => {
  const x = named('x');
  const not = (of: Condition): Condition => ({ op: 'not', of });
  const shown = (steps: readonly Step[]) =>
    casesOf(steps, nothing).map((each) =>
      each.map((step) =>
        step.kind === 'ask' && step.when?.op === 'literal' ? step.when.value : '',
      ),
    );

  it('have of then and else exactly one', () => {
    expect(shown([ask('a', x), ask('b', not(x))])).toEqual([
      [false, true],
      [true, false],
    ]);
  });

  it('take conditions that share nothing each both ways', () => {
    expect(shown([ask('a', x), ask('b', named('y'))])).toHaveLength(4);
  });

  it('take a condition of many parts as one question, when nobody else has its parts', () => {
    const many = ['a', 'b', 'c', 'd']
      .map(named)
      .reduceRight((right, left) => ({ op: 'or', left, right }));
    expect(openOf([ask('a', many)], nothing)).toBe(1);
    expect(openOf([ask('a', many), ask('b', named('a'))], nothing)).toBe(2);
  });

  it('are refused when there are too many, by the file and before any walk', () => {
    const steps = Array.from({ length: MAX_OPEN + 1 }, (_, index) =>
      ask(`s${index}`, named(`${index}`)),
    );
    expect(openOf(steps, nothing)).toBe(MAX_OPEN + 1);
    expect(() => casesOf(steps, nothing)).toThrow();
  });
});

describe('a branch that is no branch', () => {
  it('is told, but for what the settings decide', () => {
    const codes = (text: string) => compile(text, () => 'x').diagnostics.map(({ code }) => code);
    expect(codes(FILE.replace('line.open > 5', '1 > 2'))).toEqual(['always-false']);
    expect(codes(FILE.replace('line.open > 5', '1 == 1'))).toEqual(['always-true']);
    const settings = FILE.replace('scandock: 1\n', 'scandock: 1\nsettings: { few: true }\n');
    expect(codes(settings.replace('line.open > 5', 'settings.few'))).toEqual([]);
  });
});
