// The laws of the house. Each is first shown to fail, on a planted sample that breaks it and on
// lines beside it that do not; then the house itself is read, and must not break it.

import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { clocks, fileSizes, functionSizes, leftovers } from './laws/forms.ts';
import { machinePaths, openings, routeSizes } from './laws/forms.ts';
import { circles, declared, doors, floors, pureImports, stranger } from './laws/imports.ts';
import { dependencies, invariants, readManifest } from './laws/papers.ts';
import { readTree } from './tree.ts';
import type { Breach, Tree } from './tree.ts';

const HOUSE = join(import.meta.dirname, '../..');
const SAMPLES = join(import.meta.dirname, 'samples');
const manifest = readManifest(HOUSE);
const house = readTree(HOUSE);

/** `path:line`, for a list that a reader can click through. */
const places = (breaches: readonly Breach[]): string[] =>
  breaches.map((one) => `${one.path}:${one.line}`).sort();
const sentences = (breaches: readonly Breach[]): string[] =>
  breaches.map((one) => `${one.path}:${one.line} ${one.says}`);

interface Law {
  readonly says: string;
  readonly sample: string;
  readonly law: (tree: Tree) => Breach[];
  /** Where the sample breaks it: all places, and no others. */
  readonly caught: readonly string[];
}

const LAWS: readonly Law[] = [
  {
    says: 'imports point down only, and rooms on one floor do not know each other',
    sample: 'floors',
    law: floors,
    caught: [
      'src/lib/attic/index.ts:1',
      'src/lib/domain/index.ts:2',
      'src/lib/scan/index.ts:2',
      'src/lib/server/hub/index.ts:2',
      'src/lib/server/journal/index.ts:2',
      'src/lib/ui/Panel.svelte:3',
    ],
  },
  {
    says: 'a room is entered only through its door',
    sample: 'doors',
    law: doors,
    caught: [
      'src/lib/scan/index.ts:3',
      'src/lib/workflows/runtime/index.ts:3',
      'src/routes/+page.server.ts:2',
    ],
  },
  {
    says: 'no file reaches itself through its imports',
    sample: 'circles',
    law: circles,
    caught: ['src/lib/scan/c.ts:2'],
  },
  {
    says: 'the Exact simulator and the product share no code',
    sample: 'stranger',
    law: stranger,
    caught: ['exact-simulator/main.ts:2', 'src/lib/domain/quantity.ts:2'],
  },
  {
    says: 'floors 1 to 3 import no part of the machine',
    sample: 'pure-imports',
    law: pureImports,
    caught: ['src/lib/ledger/index.ts:2', 'src/lib/ledger/index.ts:3'],
  },
  {
    says: 'every imported package is declared where it is needed',
    sample: 'declared',
    law: (tree) => declared(tree, manifest),
    caught: [
      'src/lib/server/exact/index.test.ts:3',
      'src/lib/server/exact/index.ts:2',
      'src/lib/server/exact/index.ts:3',
    ],
  },
  {
    says: 'a file has at most 300 lines',
    sample: 'file-sizes',
    law: fileSizes,
    caught: ['src/lib/scan/long.ts:300'],
  },
  {
    says: 'a function has at most 60 lines',
    sample: 'function-sizes',
    law: functionSizes,
    caught: ['src/lib/scan/long.ts:2', 'src/lib/ui/Long.svelte:3'],
  },
  {
    says: "a route's server file has at most 80 lines",
    sample: 'route-sizes',
    law: routeSizes,
    caught: ['src/routes/api/work/+server.ts:80'],
  },
  {
    says: 'each file opens by saying who lives there',
    sample: 'openings',
    law: openings,
    caught: ['src/lib/scan/silent.ts:1', 'src/lib/ui/Silent.svelte:1'],
  },
  {
    says: 'floors 1 to 3 ask for neither time nor chance, and wait for nothing',
    sample: 'clocks',
    law: clocks,
    caught: [2, 3, 4, 5, 6, 6, 7, 7, 10, 10, 10, 10]
      .map((line) => `src/lib/ledger/index.ts:${line}`)
      .sort(),
  },
  {
    says: 'nothing is left for later',
    sample: 'leftovers',
    law: leftovers,
    caught: [
      'src/lib/scan/index.test.ts:2',
      'src/lib/scan/index.test.ts:3',
      'src/lib/scan/index.ts:1',
      'src/lib/scan/index.ts:2',
      'src/lib/scan/index.ts:4',
    ],
  },
  {
    says: 'no file names a path of the machine on which it was written',
    sample: 'machine-paths',
    law: machinePaths,
    caught: ['src/lib/server/env/index.ts:2', 'src/lib/server/env/index.ts:3'],
  },
];

describe.each(LAWS)('$says', ({ sample, law, caught }) => {
  it('catches the planted breaches and nothing beside them', () => {
    expect(places(law(readTree(join(SAMPLES, sample))))).toEqual(caught);
  });

  it('holds in the house', () => {
    expect(sentences(law(house))).toEqual([]);
  });
});

it('reads the whole house: rooms of every floor, components, the simulator and the tools', () => {
  const paths = house.files.map((file) => file.path);
  for (const start of ['src/lib/domain/', 'src/routes/', 'exact-simulator/', 'bin/', 'tests/']) {
    expect(paths.some((path) => path.startsWith(start))).toBe(true);
  }
  expect(paths.some((path) => path.endsWith('.svelte'))).toBe(true);
  expect(paths.every((path) => !path.includes('/samples/'))).toBe(true);
});

describe('each dependency is explained in docs/DEPENDENCIES.md', () => {
  it('catches a silent package and a line for a package that is gone', () => {
    const says = dependencies(join(SAMPLES, 'papers-bad')).map((one) => one.says);
    expect(says).toEqual([
      'left-pad is explained, but package.json has none',
      'idb is not explained',
      'vitest is not explained',
    ]);
    expect(dependencies(join(SAMPLES, 'papers-good'))).toEqual([]);
  });

  it('holds in the house', () => {
    expect(sentences(dependencies(HOUSE))).toEqual([]);
  });
});

describe('each invariant in docs/INVARIANTS.md names its test or says "not yet"', () => {
  it('catches a missing row, an absent test, a test that is silent, and a vague proof', () => {
    const says = invariants(join(SAMPLES, 'papers-bad')).map((one) => one.says);
    expect(says).toContain('I-05 must have exactly one row');
    expect(says).toContain('I-02 names tests/absent.test.ts, which is not there');
    expect(says).toContain('I-03 names tests/silent.test.ts.txt, which does not mention it');
    expect(says).toContain('I-04 names no test and does not say "not yet"');
    expect(says.filter((one) => one.startsWith('I-01'))).toEqual([]);
    expect(invariants(join(SAMPLES, 'papers-good'))).toEqual([]);
  });

  it('holds in the house', () => {
    expect(sentences(invariants(HOUSE))).toEqual([]);
  });
});
