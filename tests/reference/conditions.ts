// Who lives here: what a condition may say: the names with their types as the reader has them, the
// types of answers, and the operators, each shown by a condition that is read before it is written.

import { answersIn } from '../../src/lib/workflows/asking.ts';
import { Conditions } from '../../src/lib/workflows/condition.ts';
import { typed } from '../../src/lib/workflows/plain.ts';
import { sharedOf } from '../../src/lib/workflows/reading.ts';
import { VARIABLES } from '../../src/lib/workflows/runtime/index.ts';
import { ANSWER_KINDS } from '../../src/lib/workflows/types.ts';
import { code, table } from './words.ts';

const names = Object.entries(VARIABLES).flatMap(([name, fields]) =>
  Object.entries(fields).map(([field, type]: [string, string]) => [
    code(`${name}.${field}`),
    typed(type),
  ]),
);
const { fragments } = sharedOf(new Map(), undefined);
const answers = ANSWER_KINDS.map((kind) => {
  const type = answersIn([{ ask: kind, id: 'name' }], fragments).get('name')?.type ?? 'dyn';
  return [code('answers.name'), `of \`ask: ${kind}\`: ${typed(type)}`];
});
const settings = [
  code('settings.name'),
  'what its value is; of a percentage a number: `10%` is 0.1',
];

export const NAMES = table(['name', 'is'], [...names, ...answers, settings]);

const SHOWN: readonly (readonly [string, 'bool' | 'double', string])[] = [
  ['item.tracking == "batch"', 'bool', 'equal'],
  ['item.unit != "kg"', 'bool', 'other than'],
  ['line.open < 10', 'bool', 'less; `<=`, `>` and `>=` as well'],
  ['item.hasExpiry && line.open > 1', 'bool', 'both hold'],
  ['item.hasExpiry || item.fractions', 'bool', 'at least one holds'],
  ['!item.hasExpiry', 'bool', 'does not hold'],
  ['item.unit in ["kg", "l"]', 'bool', 'one of a list'],
  ['item.hasExpiry ? line.open : 1.0', 'double', 'the first where it holds, else the second'],
  ['line.ordered - line.done + 1 * 2', 'double', 'reckons; there is no division'],
  ['item.code.startsWith("A-")', 'bool', 'how a text begins'],
  ['item.code.endsWith("-X")', 'bool', 'how a text ends'],
  ['item.name.contains("glass")', 'bool', 'what stands in a text'],
];

const reader = new Conditions();
export const OPERATORS = table(
  ['written', 'means'],
  SHOWN.map(([text, gives, means]) => {
    const read = reader.read(text, gives);
    if (!read.ok) throw new Error(`${text}: ${read.message}`);
    return [code(text), means];
  }),
);
