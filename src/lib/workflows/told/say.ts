// Who lives here: a condition in words. “only if the item has batches and its batches carry an
// expiry date” instead of CEL, so that whoever runs the warehouse can tell whether it is right.

import type { Condition } from '../types.ts';
import { put } from './words.ts';
import type { Words } from './words.ts';

/** A number as the language writes it. */
export function number(value: number, words: Words): string {
  return String(value).replace('.', words.decimal);
}

/** A share such as 0.1 as a percentage; two decimals, as the file has them at most. */
export function percent(share: number, words: Words): string {
  return put(words.percent, { number: number(Math.round(share * 10_000) / 100, words) });
}

function literal(value: string | number | boolean, words: Words): string {
  if (typeof value === 'number') return number(value, words);
  if (typeof value === 'boolean') return value ? words.condition.yes : words.condition.no;
  return `“${value}”`;
}

const TRACKINGS = ['none', 'batch', 'serial'] as const;

/** `item.tracking == "batch"`, either way round, as the phrase it stands for. */
function tracking(c: Condition, words: Words): string | undefined {
  if (c.op !== '==' && c.op !== '!=') return undefined;
  const [get, other] = c.left.op === 'get' ? [c.left, c.right] : [c.right, c.left];
  if (get.op !== 'get' || get.path.join('.') !== 'item.tracking') return undefined;
  if (other.op !== 'literal') return undefined;
  const kind = TRACKINGS.find((each) => each === other.value);
  return kind && words.condition.facts[`tracking.${kind}`][c.op === '==' ? 0 : 1];
}

const FACTS = ['item.hasExpiry', 'item.fractions', 'warehouse.usesLocations'] as const;

/** What is true or false by itself. */
function fact(c: Condition, holds: boolean, words: Words): string | undefined {
  if (c.op !== 'get') return undefined;
  const name = FACTS.find((each) => each === c.path.join('.'));
  return name && words.condition.facts[name][holds ? 0 : 1];
}

function variable(path: readonly [string, string], words: Words): string {
  const name = path.join('.');
  const { variables } = words.condition;
  // A name without words of its own is told as the file writes it.
  return Object.entries(variables).find(([known]) => known === name)?.[1] ?? name;
}

const JOINS = new Set<Condition['op']>(['and', 'or']);
const RECKONS = new Set<Condition['op']>(['+', '-', '*']);

/** In brackets where the words alone would not tell what belongs together. */
function part(c: Condition, within: Condition['op'], words: Words): string {
  const joined = JOINS.has(c.op) && c.op !== within;
  const reckoned = RECKONS.has(c.op) && RECKONS.has(within) && within !== '+';
  const said = say(c, words);
  return joined || reckoned || c.op === 'if' ? `(${said})` : said;
}

/** The condition as a phrase that reads on behind “only if”; a value as a noun. */
export function say(c: Condition, words: Words): string {
  const { operators } = words.condition;
  const special = tracking(c, words) ?? fact(c, true, words);
  if (special !== undefined) return special;
  switch (c.op) {
    case 'literal':
      return literal(c.value, words);
    case 'get':
      return variable(c.path, words);
    case 'not': {
      const without = fact(c.of, false, words);
      return without ?? put(operators.not, { a: part(c.of, 'not', words) });
    }
    case 'in': {
      const list = c.list.map((each) => say(each, words)).join(', ');
      return put(words.condition.in, { a: part(c.value, 'in', words), list });
    }
    case 'if': {
      const { test, then, else: other } = c;
      const inside = (each: Condition): string => part(each, 'if', words);
      return put(operators.if, { test: inside(test), then: inside(then), else: inside(other) });
    }
    case 'startsWith':
    case 'endsWith':
    case 'contains':
      return put(operators[c.op], { a: part(c.of, c.op, words), b: part(c.arg, c.op, words) });
    default:
      return put(operators[c.op], { a: part(c.left, c.op, words), b: part(c.right, c.op, words) });
  }
}
