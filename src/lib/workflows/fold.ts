// Who lives here: what can be said of a condition without anybody scanning: which variables it asks
// for, and what is left of it when some of them are put in.

import { evaluate } from './runtime/index.ts';
import type { Condition } from './types.ts';

/** All variables that a condition asks for, as `name.field`. */
export function variablesOf(condition: Condition): string[] {
  return condition.op === 'get'
    ? [condition.path.join('.')]
    : partsOf(condition).flatMap(variablesOf);
}

/** The parts of a condition, one level down. */
export function partsOf(condition: Condition): readonly Condition[] {
  switch (condition.op) {
    case 'literal':
    case 'get':
      return [];
    case 'not':
      return [condition.of];
    case 'in':
      return [condition.value, ...condition.list];
    case 'if':
      return [condition.test, condition.then, condition.else];
    case 'startsWith':
    case 'endsWith':
    case 'contains':
      return [condition.of, condition.arg];
    default:
      return [condition.left, condition.right];
  }
}

function mapped(condition: Condition, change: (part: Condition) => Condition): Condition {
  switch (condition.op) {
    case 'literal':
    case 'get':
      return condition;
    case 'not':
      return { op: 'not', of: change(condition.of) };
    case 'in': {
      const { value, list } = condition;
      return { op: 'in', value: change(value), list: list.map(change) };
    }
    case 'if': {
      const { test, then, else: other } = condition;
      return { op: 'if', test: change(test), then: change(then), else: change(other) };
    }
    case 'startsWith':
    case 'endsWith':
    case 'contains':
      return { op: condition.op, of: change(condition.of), arg: change(condition.arg) };
    default:
      return { ...condition, left: change(condition.left), right: change(condition.right) };
  }
}

type Value = string | number | boolean;

const TRUTHS = new Set(['not', 'and', 'or', '==', '!=', '<', '<=', '>', '>=', 'in']);
const isTruth = (c: Condition): boolean =>
  TRUTHS.has(c.op) || (c.op === 'literal' && typeof c.value === 'boolean');
const is = (c: Condition, value: Value): boolean => c.op === 'literal' && c.value === value;

/** `a && true` is `a`, `a && false` is false; and the other way round for `||`. */
function shortened(condition: Extract<Condition, { op: 'and' | 'or' }>): Condition {
  const { op, left, right } = condition;
  const settles = op === 'or';
  if (is(left, settles) || is(right, settles)) return { op: 'literal', value: settles };
  if (is(left, !settles) && isTruth(right)) return right;
  return is(right, !settles) && isTruth(left) ? left : condition;
}

/** The same condition with everything reckoned that needs no variable. */
export function folded(condition: Condition): Condition {
  if (condition.op === 'literal' || condition.op === 'get') return condition;
  const inner = mapped(condition, folded);
  if (inner.op === 'if' && inner.test.op === 'literal') {
    return inner.test.value === true ? inner.then : inner.else;
  }
  if (inner.op === 'and' || inner.op === 'or') return shortened(inner);
  if (!partsOf(inner).every((part) => part.op === 'literal')) return inner;
  const value = evaluate(inner, {});
  // What is too large for a number is no JSON; then the sum stays as it is written.
  const told = value !== null && (typeof value !== 'number' || Number.isFinite(value));
  return told ? { op: 'literal', value } : inner;
}

/** The condition with values in place of the variables that `valueOf` knows, reckoned out. */
export function putIn(
  condition: Condition,
  valueOf: (group: string, field: string) => Value | undefined,
): Condition {
  const put = (part: Condition): Condition => {
    if (part.op !== 'get') return mapped(part, put);
    const value = valueOf(...part.path);
    return value === undefined ? part : { op: 'literal', value };
  };
  return folded(put(condition));
}

/** What is left of a condition that is asked for nothing but whether it holds. */
export function asQuestion(condition: Condition): Condition {
  if (condition.op !== 'and' && condition.op !== 'or') return condition;
  const { op, left, right } = condition;
  const idle = op === 'and';
  if (is(left, idle)) return asQuestion(right);
  return is(right, idle) ? asQuestion(left) : condition;
}

export const both = (left: Condition, right: Condition): Condition => ({ op: 'and', left, right });
export const negated = (of: Condition): Condition => ({ op: 'not', of });
