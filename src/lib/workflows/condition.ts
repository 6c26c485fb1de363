// Who lives here: CEL text → Condition. A CEL library parses and type-checks; what comes out is
// our own closed tree, which the runtime evaluates without any chance to throw, and which spares
// the kiosk 24 KiB of parser (docs/adr/0006).

import { Environment } from '@marcbachmann/cel-js';
import type { ASTNode } from '@marcbachmann/cel-js';
import { plainCondition, typed } from './plain.ts';
import { VARIABLES } from './runtime/index.ts';
import type { Condition } from './types.ts';

export type Read =
  | { readonly ok: true; readonly condition: Condition }
  | {
      readonly ok: false;
      readonly message: string;
      /** Characters from the begin of the condition. */
      readonly offset: number;
      readonly hint?: string;
    };

const NUMBERS = ['+', '-', '*'] as const;

type Types = Readonly<Record<string, string>>;

function environment(settings: Types, answers: Types = {}): Environment {
  const env = new Environment({ limits: { maxAstNodes: 200, maxDepth: 20, maxListElements: 50 } });
  for (const [name, schema] of Object.entries(VARIABLES)) env.registerVariable({ name, schema });
  if (Object.keys(settings).length > 0) {
    env.registerVariable({ name: 'settings', schema: settings });
  }
  if (Object.keys(answers).length > 0) {
    env.registerVariable({ name: 'answers', schema: answers });
  }
  // Quantities are doubles, and an admin writes `line.open + 1`: CEL alone would refuse the mix.
  for (const op of NUMBERS) {
    env.registerOperator(`double ${op} int: double`, (a: number, b: bigint) =>
      apply(op, a, Number(b)),
    );
    env.registerOperator(`int ${op} double: double`, (a: bigint, b: number) =>
      apply(op, Number(a), b),
    );
  }
  // The mirror image and `!=` come with it.
  env.registerOperator('double == int', (a: number, b: bigint) => a === Number(b));
  return env;
}

function apply(op: (typeof NUMBERS)[number], a: number, b: number): number {
  if (op === '+') return a + b;
  return op === '-' ? a - b : a * b;
}

class Unsupported extends Error {
  readonly offset: number;
  constructor(what: string, node: ASTNode) {
    super(`${what} can't be used in a condition`);
    this.offset = node.start;
  }
}

const BINARY = new Set(['==', '!=', '<', '<=', '>', '>=', '+', '-', '*']);

function literal(value: unknown, node: ASTNode): Condition {
  if (typeof value === 'bigint') return { op: 'literal', value: Number(value) };
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
    return { op: 'literal', value };
  }
  throw new Unsupported('This kind of value', node);
}

function callOf(node: ASTNode & { op: 'rcall' }): Condition {
  const [name, target, args] = node.args;
  const [arg] = args;
  if (arg !== undefined && (name === 'startsWith' || name === 'endsWith' || name === 'contains')) {
    return { op: name, of: translate(target), arg: translate(arg) };
  }
  throw new Unsupported(`The function ${name}`, node);
}

function translate(node: ASTNode): Condition {
  switch (node.op) {
    case 'value':
      return literal(node.args, node);
    case '.': {
      const [object, field] = node.args;
      if (object.op === 'id') return { op: 'get', path: [object.args, field] };
      throw new Unsupported('A field of a field', node);
    }
    case '!_':
      return { op: 'not', of: translate(node.args) };
    case '-_':
      return { op: '-', left: { op: 'literal', value: 0 }, right: translate(node.args) };
    case '&&':
      return { op: 'and', left: translate(node.args[0]), right: translate(node.args[1]) };
    case '||':
      return { op: 'or', left: translate(node.args[0]), right: translate(node.args[1]) };
    case '?:': {
      const [test, yes, no] = node.args;
      return { op: 'if', test: translate(test), then: translate(yes), else: translate(no) };
    }
    case 'in': {
      const [value, list] = node.args;
      if (list.op !== 'list') throw new Unsupported('`in` with anything but a list', node);
      return { op: 'in', value: translate(value), list: list.args.map(translate) };
    }
    case 'rcall':
      return callOf(node);
    default:
      return binary(node);
  }
}

function binary(node: ASTNode): Condition {
  if (!BINARY.has(node.op)) throw new Unsupported(`“${node.op}”`, node);
  const [left, right] = node.args as [ASTNode, ASTNode];
  return {
    op: node.op as '==',
    left: translate(left),
    right: translate(right),
  };
}

/** Names of all variables with their fields, for hints: `item.tracking`, `line.open` … */
export function variableNames(): string[] {
  return Object.entries(VARIABLES).flatMap(([name, fields]) =>
    Object.keys(fields).map((field) => `${name}.${field}`),
  );
}

/** CEL reads a dash as minus, and some words as its own. */
function readable(answers: Types): Types {
  return Object.fromEntries(
    Object.entries(answers).filter(([name]) => /^(?!(true|false|null|in)$)[a-z0-9]+$/.test(name)),
  );
}

/** Most files' conditions need no settings; it takes a moment to make. */
let plain: Environment | undefined;

type Wanted = 'bool' | 'double';

/** Reads conditions that may ask for the settings of one file; each text is read once. */
export class Conditions {
  readonly #settings: Types;
  readonly #read = new Map<string, Read>();
  /** By the answers of the workflow that asks. */
  readonly #answering = new Map<string, Environment>();
  #env: Environment | undefined;

  /** `settings`: names with their CEL types. */
  constructor(settings: Types = {}) {
    this.#settings = settings;
  }

  /** Names of all variables with their fields, and of the settings. */
  names(): string[] {
    return [...variableNames(), ...Object.keys(this.#settings).map((name) => `settings.${name}`)];
  }

  /**
   * Reads one condition that must give `bool` (or `double`: a number of stock units). `answers`:
   * what the workflow's own questions ask for, with CEL types.
   */
  read(text: string, wanted: Wanted, answers: Types = {}): Read {
    const about = /\banswers\b/.test(text) ? JSON.stringify(readable(answers)) : '{}';
    const key = `${wanted} ${about} ${text}`;
    const known = this.#read.get(key);
    if (known !== undefined) return known;
    const read = readWith(this.#environment(about, answers), text, wanted);
    this.#read.set(key, read);
    return read;
  }

  #environment(about: string, answers: Types): Environment {
    if (about === '{}') {
      const none = Object.keys(this.#settings).length === 0;
      this.#env ??= none ? (plain ??= environment({})) : environment(this.#settings);
      return this.#env;
    }
    const made = this.#answering.get(about) ?? environment(this.#settings, readable(answers));
    this.#answering.set(about, made);
    return made;
  }
}

function readWith(env: Environment, text: string, wanted: Wanted): Read {
  const checked = env.check(text);
  if (!checked.valid) {
    const { error } = checked;
    const message = plainCondition(error?.summary ?? 'not a condition');
    return { ok: false, message, offset: error?.range?.start ?? 0 };
  }
  const fits =
    checked.type === wanted ||
    checked.type === 'dyn' ||
    (wanted === 'double' && checked.type === 'int');
  if (!fits) {
    const what = wanted === 'bool' ? 'true or false' : 'a number';
    return {
      ok: false,
      offset: 0,
      message: `gives ${typed(checked.type ?? 'nothing')}, but must give ${what}`,
    };
  }
  try {
    return { ok: true, condition: translate(env.parse(text).ast) };
  } catch (problem) {
    if (problem instanceof Unsupported) {
      return { ok: false, message: problem.message, offset: problem.offset };
    }
    throw problem;
  }
}
