// Steps written once and used anywhere: as if they stood there, with their faults told where they
// are written, once, and with who uses them.

import { describe, expect, it } from 'vitest';
import { CONSTRUCTS } from '../../../tests/samples/workflows/constructs.ts';
import { onlyWorkflow } from '../../../tests/samples/workflows/warehouse.ts';
import { LIMITS } from '../domain/index.ts';
import { compile } from './index.ts';

const hash = (text: string) => text;
const workflow = (id: string, steps: string) => `  - id: ${id}
    label: { en: a, nl: a, de: a, fr: a }
    icon: box
    action: goodsReceipt
    document: purchaseOrder
    posting: { when: line-complete }
    steps:
${steps}`;
const TRACKED = `    - ask: batch
      when: item.tracking == "batch"
    - ask: expiry
      when: item.tracking == "batch" && item.hasExpiry
    - ask: serial
      when: item.tracking == "serial"
`;
const HEAD = '      - ask: document\n      - ask: item\n';
const TAIL = `      - ask: quantity
      - ask: location
        when: warehouse.usesLocations
      - confirm: line
      - repeat: item
`;
const file = (fragments: string, ...workflows: string[]) =>
  `scandock: 1\nfragments:\n${fragments}workflows:\n${workflows.join('')}`;

describe('a fragment', () => {
  it('is put in place: the workflow equals the one that is written out', () => {
    const used = file(
      `  tracked:\n${TRACKED}`,
      workflow('w', `${HEAD}      - uses: tracked\n${TAIL}`),
    );
    const indented = TRACKED.replace(/^/gm, '  ').trimEnd();
    const written = `scandock: 1\nworkflows:\n${workflow('w', `${HEAD}${indented}\n${TAIL}`)}`;
    expect(onlyWorkflow(used)).toEqual(onlyWorkflow(written));
  });

  it('has its fault told once, with all who use it, and a fault of one user names that one', () => {
    const wrong = TRACKED.replace('item.hasExpiry', 'item.hasExpire');
    const steps = `${HEAD}      - uses: tracked\n${TAIL}`;
    const both = file(`  tracked:\n${wrong}`, workflow('a', steps), workflow('b', steps));
    const [told, ...more] = compile(both, hash).diagnostics;
    expect(more).toEqual([]);
    expect(told).toMatchObject({ code: 'unknown-name', line: 7, column: 46 });
    expect(told?.message).toContain('(Fragment “tracked”, used by “a” and “b”.)');
    const twice = `${HEAD}      - ask: serial\n        when: item.tracking == "serial"\n      - uses: tracked\n${TAIL}`;
    const one = file(`  tracked:\n${TRACKED}`, workflow('a', steps), workflow('b', twice));
    const [again] = compile(one, hash).diagnostics;
    expect(again).toMatchObject({ code: 'asked-twice', line: 8 });
    expect(again?.message).toContain('used by “b”.');
  });

  it('counts with its steps: the limit holds for what is put in place', () => {
    const many = '      - uses: one\n'.repeat(LIMITS.stepsPerWorkflow);
    const fragments = '  one:\n    - ask: batch\n    - ask: serial\n';
    const codes = compile(file(fragments, workflow('w', many)), hash).diagnostics;
    expect(codes.map(({ code }) => code)).toEqual(['too-many-steps']);
  });

  it('of fragments of fragments without end, or of nothing, is refused in no time', () => {
    const names = Array.from({ length: 12 }, (_, index) => `f${index}`);
    const doubling = names
      .map((name, index) => `  ${name}:\n${`    - uses: f${index + 1}\n`.repeat(50)}`)
      .join('');
    const steps = `${HEAD}      - uses: f0\n${TAIL}`;
    const empty = compile(file(`${doubling}  f12: []\n`, workflow('w', steps)), hash);
    expect(empty.diagnostics.map(({ code }) => code)).toContain('invalid-value');
    const full = compile(file(`${doubling}  f12:\n    - ask: batch\n`, workflow('w', steps)), hash);
    expect(full.diagnostics.map(({ code }) => code)).toContain('too-many-steps');
  });

  it('that uses itself is told once, wherever it is entered, and nothing is put in place', () => {
    const circle = '  a:\n    - uses: b\n  b:\n    - uses: a\n';
    const users = ['a', 'b', 'a'].map((name, index) =>
      workflow(`w${index}`, `${HEAD}      - uses: ${name}\n${TAIL}`),
    );
    const { diagnostics } = compile(file(circle, ...users), hash);
    expect(diagnostics.map(({ code, line }) => `${code} ${line}`)).toEqual(['recursion 6']);
    const self = compile(file('  a:\n    - uses: a\n', users[0] ?? ''), hash);
    expect(self.diagnostics.map(({ message }) => message)).toEqual([
      'The fragment “a” uses itself: a → a.',
    ]);
  });

  it('may use settings and branches, and may be used inside a branch', () => {
    expect(compile(CONSTRUCTS, hash).diagnostics).toEqual([]);
    const inside = CONSTRUCTS.replace(
      '      - uses: tracked\n',
      '      - if: item.tracking != "none"\n        then:\n          - uses: tracked\n',
    );
    expect(inside).not.toBe(CONSTRUCTS);
    expect(compile(inside, hash).diagnostics).toEqual([]);
  });
});

describe('a fragment with a condition of its own', () => {
  const steps = (use: string) => `${HEAD}${use}${TAIL}`;
  const uses = '      - uses: tracked\n';

  it('equals the same fragment inside an if', () => {
    const when = `${uses}        when: item.tracking != "none"\n`;
    const inIf = `      - if: item.tracking != "none"\n        then:\n          - uses: tracked\n`;
    const one = onlyWorkflow(file(`  tracked:\n${TRACKED}`, workflow('w', steps(when))));
    const other = onlyWorkflow(file(`  tracked:\n${TRACKED}`, workflow('w', steps(inIf))));
    expect(one).toEqual(other);
  });

  it('has the fault of its condition told at the condition', () => {
    const when = `${uses}        when: item.tracing != "none"\n`;
    const { diagnostics } = compile(
      file(`  tracked:\n${TRACKED}`, workflow('w', steps(when))),
      hash,
    );
    expect(diagnostics).toMatchObject([{ code: 'unknown-name', line: 21, column: 20 }]);
  });

  it('is told to do without one that always holds, and is in force all the same', () => {
    const when = `${uses}        when: item.code == item.code || item.tracking != "x"\n`;
    const { workflows, diagnostics } = compile(
      file(`  tracked:\n${TRACKED}`, workflow('w', steps(when))),
      hash,
    );
    expect(diagnostics.map(({ severity, code }) => [severity, code])).toEqual([
      ['warning', 'always-true'],
    ]);
    expect(workflows).toHaveLength(1);
  });

  it('counts as one more if: three are the most', () => {
    const deep = [1, 2, 3].reduceRight(
      (inner, depth) =>
        `${' '.repeat(2 + depth * 4)}- if: line.open > ${depth}\n${' '.repeat(4 + depth * 4)}then:\n${inner}`,
      `${' '.repeat(18)}- uses: tracked\n${' '.repeat(18)}  when: line.open > 9\n`,
    );
    const { diagnostics } = compile(
      file(`  tracked:\n${TRACKED}`, workflow('w', steps(deep))),
      hash,
    );
    expect(diagnostics.map(({ code }) => code)).toContain('too-deep');
  });
});
