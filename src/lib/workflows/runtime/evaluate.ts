// Who lives here: the values a condition can ask for, and the evaluation of a checked condition.
// Total by construction: every operator has an answer for every value, so no condition can throw.

import { minus, openQuantity, plus } from '../../domain/index.ts';
import type { Condition } from '../types.ts';
import { currentLine, workQuantity } from './dialogue.ts';
import type { Dialogue } from './dialogue.ts';
import { orderAt } from './together.ts';

export type Value = string | number | boolean;
/** `null`: not known. A comparison with it is false, even with itself; a number made of it is 0. */
type Known = Value | null;

/** What conditions may ask for, with CEL types. The one list for the checker and the evaluator. */
export const VARIABLES = {
  document: {
    number: 'string',
    partner: 'string',
    partnerCode: 'string',
    supplier: 'string',
    supplierCode: 'string',
  },
  warehouse: { code: 'string', usesLocations: 'bool' },
  item: {
    code: 'string',
    name: 'string',
    unit: 'string',
    tracking: 'string',
    hasExpiry: 'bool',
    fractions: 'bool',
  },
  line: { ordered: 'double', done: 'double', received: 'double', open: 'double', over: 'double' },
} as const;

/** Answers are not in the list above: each workflow has its own. */
export function variables(
  d: Dialogue,
): Record<string, Readonly<Record<string, Value>> | undefined> {
  const { document } = d;
  const order = orderAt(d);
  const line = currentLine(d);
  const { item } = d.work;
  const done = line === undefined ? 0 : plus(line.done, line.pending);
  return {
    document: order && {
      number: order.number,
      partner: order.partnerName,
      partnerCode: order.partnerCode,
      supplier: order.partnerName,
      supplierCode: order.partnerCode,
    },
    warehouse: document && {
      code: document.warehouse.code,
      usesLocations: document.warehouse.usesLocations,
    },
    item: item && {
      code: item.code,
      name: item.name,
      unit: item.unit,
      tracking: item.tracking,
      hasExpiry: item.hasExpiry,
      fractions: item.fractions,
    },
    line: line && {
      ordered: line.ordered,
      done,
      received: done,
      open: openQuantity(line),
      over: Math.max(0, minus(plus(done, workQuantity(d.work)), line.ordered)),
    },
    answers: d.work.answers,
  };
}

/** Nothing when one of the two is not known. */
function equal(a: Known, b: Known): boolean | undefined {
  return a === null || b === null ? undefined : a === b;
}

function compare(op: '<' | '<=' | '>' | '>=', a: Known, b: Known): boolean {
  if (a === null || b === null || typeof a !== typeof b) return false;
  if (op === '<') return a < b;
  if (op === '<=') return a <= b;
  return op === '>' ? a > b : a >= b;
}

function calculate(op: '+' | '-' | '*', a: Known, b: Known): Known {
  if (op === '+' && typeof a === 'string' && typeof b === 'string') return a + b;
  const [x, y] = [Number(a), Number(b)];
  if (op === '+') return x + y;
  return op === '-' ? x - y : x * y;
}

type Vars = ReturnType<typeof variables>;

/** A question about two texts; false when one of them is not known. */
function texts(a: Known, b: Known, ask: (of: string, arg: string) => boolean): boolean {
  return typeof a === 'string' && typeof b === 'string' && ask(a, b);
}

function valueOf(c: Condition, vars: Vars): Known {
  switch (c.op) {
    case 'literal':
      return c.value;
    case 'get':
      return vars[c.path[0]]?.[c.path[1]] ?? null;
    case 'not':
      return valueOf(c.of, vars) !== true;
    case 'and':
      return valueOf(c.left, vars) === true && valueOf(c.right, vars) === true;
    case 'or':
      return valueOf(c.left, vars) === true || valueOf(c.right, vars) === true;
    case '==':
      return equal(valueOf(c.left, vars), valueOf(c.right, vars)) === true;
    case '!=':
      return equal(valueOf(c.left, vars), valueOf(c.right, vars)) === false;
    case 'in':
      return c.list.some((entry) => equal(valueOf(entry, vars), valueOf(c.value, vars)) === true);
    case 'if':
      return valueOf(valueOf(c.test, vars) === true ? c.then : c.else, vars);
    case 'startsWith':
      return texts(valueOf(c.of, vars), valueOf(c.arg, vars), (a, b) => a.startsWith(b));
    case 'endsWith':
      return texts(valueOf(c.of, vars), valueOf(c.arg, vars), (a, b) => a.endsWith(b));
    case 'contains':
      return texts(valueOf(c.of, vars), valueOf(c.arg, vars), (a, b) => a.includes(b));
    case '+':
    case '-':
    case '*':
      return calculate(c.op, valueOf(c.left, vars), valueOf(c.right, vars));
    default:
      return compare(c.op, valueOf(c.left, vars), valueOf(c.right, vars));
  }
}

/** Whether a step applies; a step without a condition always does. */
export function holds(condition: Condition | undefined, d: Dialogue): boolean {
  if (condition === undefined) return true;
  // What a setting or a proof has decided asks for nothing.
  if (condition.op === 'literal') return condition.value === true;
  return valueOf(condition, variables(d)) === true;
}

/** The number a `default` gives; nothing when it is not a finite number above zero. */
export function numberOf(condition: Condition | undefined, d: Dialogue): number | undefined {
  if (condition === undefined) return undefined;
  const value = valueOf(condition, variables(d));
  return typeof value === 'number' && Number.isFinite(value) && value > 0 ? value : undefined;
}

/** Whether a condition, or a part of one, asks for what is not known. */
function asksUnknown(part: unknown, vars: Vars): boolean {
  if (typeof part !== 'object' || part === null) return false;
  if ('op' in part && part.op === 'get' && 'path' in part && Array.isArray(part.path)) {
    const [group, field] = part.path.map(String);
    return vars[group ?? '']?.[field ?? ''] === undefined;
  }
  return Object.values(part).some((each) => asksUnknown(each, vars));
}

/** The number a `max` gives; nothing when it is none, or when it asks for what is not known. */
export function maximumOf(condition: Condition | undefined, d: Dialogue): number | undefined {
  if (condition === undefined) return undefined;
  const vars = variables(d);
  if (asksUnknown(condition, vars)) return undefined;
  const value = valueOf(condition, vars);
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

/** The value of a checked condition over given variables; for comparison with a CEL engine. */
export function evaluate(condition: Condition, vars: Vars): Known {
  return valueOf(condition, vars);
}
