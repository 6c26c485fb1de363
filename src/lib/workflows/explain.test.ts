// Workflows in words: the shipped file as it is told in every language (written by a script, so that
// a change of words is read before it is taken), and conditions of every form.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SMALL } from '../../../tests/samples/workflows/small.ts';
import { onlyWorkflow, WHOLE } from '../../../tests/samples/workflows/warehouse.ts';
import { Conditions } from './condition.ts';
import { compile, explain, LANGUAGES } from './index.ts';
import type { CompiledWorkflow, Language } from './index.ts';
import { VARIABLES } from './runtime/index.ts';
import { TOLD } from './told/all.ts';
import { say } from './told/say.ts';
import { put } from './told/words.ts';

const GOLDEN = join(import.meta.dirname, '../../../tests/samples/told');
const shipped = compile(WHOLE, (text) => String(text.length)).workflows;
const [receive] = shipped;

function shippedWith(changed: Partial<CompiledWorkflow>): CompiledWorkflow {
  if (receive === undefined) throw new Error('the shipped file has no workflow');
  return { ...receive, ...changed };
}

describe('the shipped file in words', () => {
  it.each(LANGUAGES)('in %s is what stands in tests/samples/told', (language) => {
    const told = shipped.map((each) => explain(each, language)).join('\n\n');
    const golden = readFileSync(join(GOLDEN, `workflows.${language}.txt`), 'utf8');
    const how = 'after npx tsx tests/samples/told/write.ts, read what changed';
    expect(`${told}\n`, how).toBe(golden);
  });

  it('leaves no place in a sentence open and no word of the program standing', () => {
    for (const language of LANGUAGES) {
      for (const workflow of shipped) {
        expect(explain(workflow, language)).not.toMatch(/\{\w+\}|undefined|\[object|==|&&/);
      }
    }
  });

  it('tells a workflow of every kind of work, with and without stations', () => {
    const actions = Object.keys(TOLD.en.flow.actions) as CompiledWorkflow['action'][];
    const openings = actions.map((action) => explain(shippedWith({ action }), 'en').split('\n')[1]);
    expect(new Set(openings).size).toBe(actions.length);
    expect(explain(shippedWith({ stations: [] }), 'en')).toContain('At every station.');
  });
});

describe('what a step says', () => {
  const withStep = (from: string, to: string): string =>
    explain(onlyWorkflow(SMALL.replace(from, to)), 'en');

  it('its own prompt, what is proposed and how much may come over', () => {
    const prompt = '{ en: How many?, nl: Hoeveel?, de: Wie viele?, fr: Combien ? }';
    const text = withStep('tolerance: 10%', `tolerance: 2.5%\n        prompt: ${prompt}`);
    expect(text).toContain('The screen asks: “How many?”');
    expect(text).toContain('Proposed is the open quantity; OK takes it.');
    expect(text).toContain('At most 2.5% more than ordered may come.');
  });

  it('that nothing may come over, where no tolerance is given', () => {
    expect(withStep('        tolerance: 10%\n', '')).toContain('Never more than is open.');
  });

  it('from which step the next line goes on', () => {
    expect(withStep('repeat: item', 'repeat: document')).toContain('from step 1.');
  });
});

const PHRASES: readonly (readonly [string, string])[] = [
  ['item.tracking == "batch"', 'the item has batches'],
  ['"serial" == item.tracking', 'the item has serial numbers'],
  ['item.tracking != "batch"', 'the item has no batches'],
  ['!item.hasExpiry', 'its batches carry no expiry date'],
  ['line.open > 10', 'the open quantity is more than 10'],
  [
    'line.open > 2 * (line.ordered - 1)',
    'the open quantity is more than 2 × (the ordered quantity − 1)',
  ],
  [
    'line.open * 2 >= line.ordered + 1.5',
    'the open quantity × 2 is at least the ordered quantity + 1.5',
  ],
  ['item.code in ["A", "B"]', 'the item code is one of “A”, “B”'],
  ['item.code.startsWith("A")', 'the item code begins with “A”'],
  [
    'item.hasExpiry && (item.fractions || line.open < 5)',
    'its batches carry an expiry date and (the item comes in fractions or the open quantity is less than 5)',
  ],
  [
    '!(line.open > 1 || item.fractions)',
    'it is not so that (the open quantity is more than 1 or the item comes in fractions)',
  ],
];

describe('a condition in words', () => {
  const said = (text: string, language: Language = 'en'): string => {
    const read = new Conditions().read(text, 'bool');
    if (!read.ok) throw new Error(read.message);
    return say(read.condition, TOLD[language]);
  };

  it.each(PHRASES)('%s: %s', (condition, phrase) => {
    expect(said(condition)).toBe(phrase);
  });

  it('writes numbers as the language does, and puts the verb where German wants it', () => {
    expect(said('line.open > 1.5', 'de')).toBe('die offene Menge größer als 1,5 ist');
  });

  it('has words for every name that a condition may ask for, in every language', () => {
    for (const language of LANGUAGES) {
      const { variables } = TOLD[language].condition;
      for (const [name, fields] of Object.entries(VARIABLES)) {
        expect(Object.keys(variables)).toEqual(
          expect.arrayContaining(Object.keys(fields).map((field) => `${name}.${field}`)),
        );
      }
    }
  });

  it('a template keeps what nobody gave, so that a missing word is seen', () => {
    expect(put('{a} is {b}', { a: 1 })).toBe('1 is {b}');
  });
});
