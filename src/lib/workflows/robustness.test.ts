// Any text at all gives workflows or diagnostics: never an exception, never both, and
// never a hang (that one is for the time limit of a test).

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { CONSTRUCTS } from '../../../tests/samples/workflows/constructs.ts';
import { SHIPPED } from '../../../tests/samples/workflows/warehouse.ts';
import { compile } from './index.ts';
import { begin } from './runtime/index.ts';

/** Hundreds of files, some of them proven: no time to hang is given, but time to share a core. */
const MANY_MS = 300_000;

const seed = Number(process.env['SEED'] ?? 20_260_615);

function survives(text: string): void {
  const { workflows, diagnostics } = compile(text, (canonical) => String(canonical.length));
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  expect(workflows.length > 0, 'workflows or errors, never both').toBe(errors.length === 0);
  for (const { line, column, code, message } of diagnostics) {
    expect(Number.isInteger(line) && line >= 1).toBe(true);
    expect(Number.isInteger(column) && column >= 1).toBe(true);
    expect(code.length * message.length).toBeGreaterThan(0);
  }
  for (const workflow of workflows) expect(begin(workflow).screen.step).not.toBe('');
}

/** The first workflow that the product ships with, and a file with every construct there is. */
const [FIRST = ''] = SHIPPED.split(/^(?= {2}- id: )/m).map((_part, index, all) =>
  all.slice(0, index + 2).join(''),
);
/**
 * The proofs take most of the time, and run on whatever is well-formed: most files here are not,
 * by a word at their end, and see the reader alone.
 */
const UNPROVEN = 'unproven: true\n';
const FILES = [FIRST, ...Array.from({ length: 5 }, () => CONSTRUCTS + UNPROVEN), CONSTRUCTS];

/** Somewhere in the text: cut it off, leave out, double, overwrite. */
const damages = fc.array(
  fc.record({
    kind: fc.constantFrom('cut', 'leave out', 'double', 'write'),
    at: fc.nat(10_000),
    length: fc.integer({ min: 1, max: 40 }),
    text: fc.oneof(
      fc.string({ maxLength: 8, unit: 'binary' }),
      fc.constantFrom(': ', '- ', '"', "'", '|\n', '\t', '{', '[', '&a ', '*a', '!!x ', '#', '%'),
    ),
  }),
  { minLength: 1, maxLength: 4 },
);
const damaged = fc.tuple(fc.constantFrom(...FILES), damages).map(([file, acts]) =>
  acts.reduce((text, { kind, at: anywhere, length, text: written }) => {
    const at = anywhere % (text.length + 1);
    const [head, middle] = [text.slice(0, at), text.slice(at, at + length)];
    const tail = text.slice(at + length);
    if (kind === 'cut') return at < 20 ? text : head;
    if (kind === 'leave out') return head + tail;
    if (kind === 'double') return head + middle + middle + tail;
    return head + written + tail;
  }, file),
);

type Tree = { [key: string]: unknown } | unknown[];
const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null;

/** All places of a tree, as the way from its root. */
function places(value: unknown, way: readonly string[] = []): string[][] {
  if (!isTree(value)) return [[...way]];
  const below = Object.entries(value).flatMap(([key, each]) => places(each, [...way, key]));
  return [[...way], ...below];
}

const WORDS = [
  ...['item', 'batch', 'close', 'repeat', 'constructor', 'undefined', 'line.open', 'ask'],
  ...['tracked', 'batches', 'over', 'settings.over', 'settings.many', 'if', 'then', 'uses'],
];
const anything = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    0,
    -1,
    1e308,
    true,
    '',
    [],
    {},
    [[]],
    { en: 'x' },
    'a'.repeat(600),
  ),
  fc.constantFrom(...WORDS),
  fc.constantFrom(
    'item.tracking',
    'line.open > 1',
    'settings.careful',
    [{ uses: 'tracked' }],
    [{ if: 'true', then: [{ ask: 'batch' }], else: [{ ask: 'batch' }] }],
    '1',
    'true',
    '!!item.hasExpiry',
    '"a" in ["a"]',
  ),
  fc.jsonValue({ maxDepth: 3 }),
);

/** The file as a tree, with some places replaced, removed, moved or doubled. */
const rebuilt = fc
  .tuple(
    fc.constantFrom(...FILES),
    fc.array(fc.record({ where: fc.nat(10_000), act: fc.nat(3), value: anything }), {
      minLength: 1,
      maxLength: 3,
    }),
  )
  .map(([file, acts]) => {
    const tree: unknown = parse(file);
    const all = places(tree).filter((way) => way.length > 0);
    for (const { where, act, value } of acts) {
      const way = all[where % all.length] ?? [];
      const parent = way
        .slice(0, -1)
        .reduce<unknown>((at, key) => (isTree(at) ? Reflect.get(at, key) : undefined), tree);
      const key = way.at(-1) ?? '';
      if (!isTree(parent)) continue;
      if (act === 0) Reflect.set(parent, key, value);
      else if (act === 1 && Array.isArray(parent)) parent.splice(Number(key), 1);
      else if (act === 1) Reflect.deleteProperty(parent, key);
      else if (act === 2 && Array.isArray(parent)) parent.push(parent[Number(key)]);
      else if (Array.isArray(parent)) parent.reverse();
      else Reflect.set(parent, String(value).slice(0, 20), Reflect.get(parent, key));
    }
    return stringify(tree, { aliasDuplicateObjects: false });
  });

describe('compile is total', () => {
  it('over arbitrary text', () => {
    const texts = fc.oneof(
      fc.string({ maxLength: 200, unit: 'binary' }),
      fc.string({ maxLength: 200 }),
      fc
        .array(fc.constantFrom(...'[]{}:-?|>&*!%#\'"\n \tab'), { maxLength: 300 })
        .map((all) => all.join('')),
    );
    fc.assert(fc.property(texts, survives), { numRuns: 700, seed });
  });

  it(
    'over a file with damaged bytes',
    () => {
      fc.assert(fc.property(damaged, survives), { numRuns: 300, seed });
    },
    MANY_MS,
  );

  it(
    'over a file with its tree rebuilt',
    () => {
      fc.assert(fc.property(rebuilt, survives), { numRuns: 250, seed });
    },
    MANY_MS,
  );

  it.each([FIRST, CONSTRUCTS])(
    'over every beginning of a file, to the line (%#)',
    (file) => {
      const lines = file.split('\n');
      const whole = compile(file, () => 'x').workflows.length;
      for (let count = 0; count < lines.length; count += 1) {
        const beginning = lines.slice(0, count).join('\n');
        const text = count % 8 === 0 ? beginning : `${beginning}\n${UNPROVEN}`;
        const { workflows, diagnostics } = compile(text, () => 'x');
        const refused = diagnostics.some(({ severity }) => severity === 'error');
        expect(workflows.length > 0, text).toBe(!refused);
        expect(workflows.length, text).toBeLessThanOrEqual(whole);
      }
    },
    MANY_MS,
  );
});
