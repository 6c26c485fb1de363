// Conditions: what the runtime makes of one equals what a CEL engine makes of the same text, and
// nothing that an admin can write makes the runtime throw.

import { Environment } from '@marcbachmann/cel-js';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Conditions, variableNames } from './condition.ts';
import { evaluate, VARIABLES } from './runtime/index.ts';
import { variablesOf } from './fold.ts';
import type { Condition } from './types.ts';

const conditions = new Conditions();
const readCondition = conditions.read.bind(conditions);

const seed = Number(process.env['SEED'] ?? 20_260_615);
type Vars = Parameters<typeof evaluate>[1];

/** A CEL engine with the same variables, and the operators that condition.ts adds to the language. */
function engine(): Environment {
  const cel = new Environment();
  for (const [name, schema] of Object.entries(VARIABLES)) cel.registerVariable({ name, schema });
  const mixed = { '+': (a: number, b: number) => a + b, '-': (a: number, b: number) => a - b };
  for (const [op, does] of Object.entries({ ...mixed, '*': (a: number, b: number) => a * b })) {
    cel.registerOperator(`double ${op} int: double`, (a: number, b: bigint) => does(a, Number(b)));
    cel.registerOperator(`int ${op} double: double`, (a: bigint, b: number) => does(Number(a), b));
  }
  cel.registerOperator('double == int', (a: number, b: bigint) => a === Number(b));
  return cel;
}
const CEL = engine();

const STRINGS = ['', 'a', 'batch', 'serial', 'B-12', 'kg'];
const word = fc.constantFrom(...STRINGS);
const valueOf = (type: string) =>
  type === 'string'
    ? word
    : type === 'bool'
      ? fc.boolean()
      : fc.constantFrom(0, 0.5, 1, 2, 2.5, 10, 1_000_000);
const variables: fc.Arbitrary<Vars> = fc.record(
  Object.fromEntries(
    Object.entries(VARIABLES).map(([name, fields]) => [
      name,
      fc.record(
        Object.fromEntries(Object.entries(fields).map(([field, type]) => [field, valueOf(type)])),
      ),
    ]),
  ),
);

const named = (type: string): string[] =>
  Object.entries(VARIABLES).flatMap(([name, fields]) =>
    Object.entries(fields).flatMap(([field, its]) => (its === type ? [`${name}.${field}`] : [])),
  );

/** Well-typed texts of the language, by the type they give. */
const { bool, double } = fc.letrec<{ bool: string; string: string; double: string; int: string }>(
  (tie) => ({
    string: fc.oneof(
      { maxDepth: 3 },
      fc.constantFrom(...named('string')),
      word.map((text) => JSON.stringify(text)),
      fc.tuple(tie('string'), tie('string')).map(([a, b]) => `(${a} + ${b})`),
      fc
        .tuple(tie('bool'), tie('string'), tie('string'))
        .map(([t, a, b]) => `(${t} ? ${a} : ${b})`),
    ),
    int: fc.oneof(
      { maxDepth: 3 },
      fc.integer({ min: -20, max: 20 }).map((number) => (number < 0 ? `(${number})` : `${number}`)),
      fc
        .tuple(tie('int'), fc.constantFrom('+', '-', '*'), tie('int'))
        .map(([a, op, b]) => `(${a} ${op} ${b})`),
    ),
    double: fc.oneof(
      { maxDepth: 3 },
      fc.constantFrom(...named('double'), '0.5', '10.0', '(-2.5)'),
      fc
        .tuple(
          fc.oneof(
            fc.tuple(tie('double'), tie('double')),
            fc.tuple(tie('double'), tie('int')),
            fc.tuple(tie('int'), tie('double')),
          ),
          fc.constantFrom('+', '-', '*'),
        )
        .map(([[a, b], op]) => `(${a} ${op} ${b})`),
      tie('double').map((a) => `-${a}`),
    ),
    bool: fc.oneof(
      { maxDepth: 4 },
      fc.constantFrom(...named('bool'), 'true', 'false'),
      tie('bool').map((a) => `!${a}`),
      fc
        .tuple(tie('bool'), fc.constantFrom('&&', '||', '==', '!='), tie('bool'))
        .map(([a, op, b]) => `(${a} ${op} ${b})`),
      fc
        .tuple(tie('string'), fc.constantFrom('==', '!=', '<', '<=', '>', '>='), tie('string'))
        .map(([a, op, b]) => `(${a} ${op} ${b})`),
      fc
        .tuple(
          fc.oneof(tie('double'), tie('int')),
          fc.constantFrom('==', '!=', '<', '<=', '>', '>='),
          fc.oneof(tie('double'), tie('int')),
        )
        .map(([a, op, b]) => `(${a} ${op} ${b})`),
      fc
        .tuple(tie('string'), fc.array(tie('string'), { minLength: 1, maxLength: 3 }))
        .map(([a, list]) => `(${a} in [${list.join(', ')}])`),
      fc
        .tuple(tie('string'), fc.constantFrom('startsWith', 'endsWith', 'contains'), tie('string'))
        .map(([a, name, b]) => `${a}.${name}(${b})`),
    ),
  }),
);

function read(text: string, wanted: 'bool' | 'double'): Condition | undefined {
  const result = readCondition(text, wanted);
  if (result.ok) return result.condition;
  // The language has limits of depth and size; nothing else may be refused here.
  expect(result.message, text).toMatch(/^Exceeded max/);
  return undefined;
}

describe('a condition', () => {
  it.each([
    ['bool', bool],
    ['double', double],
  ] as const)(
    'that gives %s gives the same as a CEL engine, over 1500 texts and variables',
    (wanted, texts) => {
      let compared = 0;
      fc.assert(
        fc.property(texts, variables, (text, vars) => {
          const condition = read(text, wanted);
          if (condition === undefined) return;
          const theirs: unknown = CEL.evaluate(text, vars);
          compared += 1;
          // A zero is a zero, whichever its sign.
          const zero = (value: unknown) => (value === 0 ? 0 : value);
          const expected = typeof theirs === 'bigint' ? Number(theirs) : theirs;
          expect(zero(evaluate(condition, vars)), text).toBe(zero(expected));
        }),
        { numRuns: 1_500, seed },
      );
      expect(compared).toBeGreaterThan(1_000);
    },
  );

  it('is false, and does not throw, where nothing is known yet', () => {
    fc.assert(
      fc.property(bool, (text) => {
        const condition = read(text, 'bool');
        if (condition === undefined) return;
        expect(['boolean']).toContain(typeof (evaluate(condition, {}) ?? false));
      }),
      { numRuns: 1_000, seed },
    );
    const unknown = (text: string) => {
      const result = readCondition(text, 'bool');
      return result.ok ? evaluate(result.condition, {}) : result.message;
    };
    expect(unknown('item.tracking == "batch"')).toBe(false);
    expect(unknown('item.tracking != "batch"')).toBe(false);
    expect(unknown('item.code == item.name')).toBe(false);
    expect(unknown('item.code.startsWith("")')).toBe(false);
    expect(unknown('line.open < 1.0')).toBe(false);
    expect(unknown('item.code in ["a"]')).toBe(false);
  });

  it('can be planted wrong and is caught: a reader that mixes up < and <= differs', () => {
    const result = readCondition('line.open < 2', 'bool');
    if (!result.ok || result.condition.op !== '<') throw new Error('not what was planted');
    const planted: Condition = { ...result.condition, op: '<=' };
    const vars = { line: { open: 2 } };
    expect(evaluate(planted, vars)).not.toBe(CEL.evaluate('line.open < 2', vars));
    expect(evaluate(result.condition, vars)).toBe(CEL.evaluate('line.open < 2', vars));
  });

  it('reads any text as a condition or as a fault inside it', () => {
    const characters = fc.constantFrom(...'item.tracking=="batch"&&!()[]?:+-*/% \n\\\'1x');
    const texts = fc.oneof(
      fc.string({ maxLength: 60, unit: 'binary' }),
      fc.array(characters, { maxLength: 60 }).map((all) => all.join('')),
    );
    fc.assert(
      fc.property(texts, (text) => {
        const result = readCondition(text, 'bool');
        if (result.ok) return;
        expect(result.offset).toBeGreaterThanOrEqual(0);
        expect(result.offset).toBeLessThanOrEqual(text.length);
        expect(result.message).not.toBe('');
      }),
      { numRuns: 1_000, seed },
    );
  });

  it('refuses what CEL can and a condition may not', () => {
    const parts = [
      'item.code.size() > 1',
      '[1].exists(x, x == 1)',
      'has(item.code)',
      'b"x" == b"x"',
    ];
    const more = ['null == null', '5u == 5u', '{"a": 1}.a == 1', '"a" in {"a": 1}', '5 / 2 == 2'];
    for (const text of [...parts, ...more, '5 % 2 == 1', 'int("1") == 1', 'item == item']) {
      expect(readCondition(text, 'bool'), text).toMatchObject({ ok: false });
    }
  });

  it('knows a whole number beside a quantity', () => {
    for (const text of [
      'line.open == 5',
      '5 != line.open',
      'line.open + 1 > 2',
      '2 * line.open < 9',
    ]) {
      expect(readCondition(text, 'bool'), text).toMatchObject({ ok: true });
    }
  });

  it('names every variable it asks for', () => {
    const result = readCondition(
      '!(item.tracking == "a") ? line.open + 1.0 > 2.0 : item.code in [item.name, "x"]',
      'bool',
    );
    const names = result.ok ? variablesOf(result.condition) : [];
    expect(names).toEqual(['item.tracking', 'line.open', 'item.code', 'item.name']);
    expect(variableNames()).toEqual(expect.arrayContaining(names));
  });
});
