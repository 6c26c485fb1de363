// docs/WORKFLOWS-REFERENCE.md is what the reader of workflow files knows today, whole; and the
// handbook beside it, which people write, leaves none of it out.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { EXCEPTION_CODES, LIMITS } from '../../src/lib/domain/index.ts';
import { VARIABLES } from '../../src/lib/workflows/runtime/index.ts';
import { ACTION_NAMES } from '../../src/lib/workflows/types.ts';
import { listFiles } from '../architecture/tree.ts';
import { PLANTED, readerCodes } from '../samples/codes.ts';
import { FILE_FIELDS, valuesOf, VERBS, WORKFLOW_FIELDS } from './form.ts';
import { QUESTIONS } from './options.ts';
import { PAPER, reference } from './reference.ts';
import { BINDING, COMMANDS } from './work.ts';

const HOUSE = join(import.meta.dirname, '../..');
const read = (path: string) => readFileSync(join(HOUSE, path), 'utf8');
const written = readFileSync(PAPER, 'utf8');
const fields = [...FILE_FIELDS, ...WORKFLOW_FIELDS, ...[...VERBS.values()].flat()];

/** What stands in backticks in the running text: an example is no explanation. */
function named(paper: string): string {
  const prose = paper.replace(/^```[\s\S]*?^```/gm, '');
  return [...prose.matchAll(/`([^`]+)`/g)].map(([, span]) => span).join('\n');
}

/** Names that do not stand in backticks, as words of their own. */
function left(names: readonly string[], paper: string): readonly string[] {
  const spans = named(paper);
  return names.filter((name) => !new RegExp(`(?<![\\w-])${name}(?![\\w-])`).test(spans));
}

const LANGUAGE: Readonly<Record<string, readonly string[]>> = {
  'field of a file, a workflow and a step': fields.map(({ name }) => name),
  verb: [...VERBS.keys()],
  question: QUESTIONS,
  action: ACTION_NAMES,
  exception: EXCEPTION_CODES,
  icon: valuesOf(WORKFLOW_FIELDS, 'icon'),
  document: valuesOf(WORKFLOW_FIELDS, 'document'),
  'time of posting': valuesOf(WORKFLOW_FIELDS, 'posting.when'),
  'way of counting': valuesOf(VERBS.get('ask') ?? [], 'count'),
  'word of a button': COMMANDS,
  'name in conditions': Object.values(VARIABLES).flatMap((each) => Object.keys(each)),
};

describe('the generated reference', () => {
  it('is what would be written today', async () => {
    const again = 'write it again: npx tsx tests/reference/write.ts';
    expect(written === (await reference()), again).toBe(true);
  });

  it('says of every field what it means', () => {
    expect(fields.length).toBeGreaterThan(50);
    expect(fields.filter(({ means }) => means === '').map(({ path }) => path)).toEqual([]);
  });

  it('has every code that the reader and the proofs have', () => {
    expect(left([...readerCodes(), ...PLANTED], written)).toEqual([]);
  });

  it('has every size that the reader looks at', () => {
    // What runs beneath has sizes of its own, and so have recorded sessions.
    const sources = listFiles(
      join(HOUSE, 'src/lib/workflows'),
      /^(?!.*(tape|replay|test)).*\.ts$/,
    ).filter((path) => !path.includes('/'));
    const names = sources.flatMap((path) =>
      [...read(`src/lib/workflows/${path}`).matchAll(/LIMITS\.(\w+)/g)].map(([, name]) => name),
    );
    // Not of a file: what a message shows of it, made-up orders in a proof, and proofs that are kept.
    const others = [
      ...['shownChars', 'lookRows', 'lookPlanned', 'linesPerDocument', 'scanBytes'],
      'proofsKept',
    ];
    const bound = names.filter((name) => name !== undefined && !others.includes(name));
    expect(new Set(bound).size).toBeGreaterThan(10);
    expect(bound.filter((name) => name === undefined || !(name in BINDING))).toEqual([]);
    expect(Object.keys(BINDING).filter((name) => !(name in LIMITS))).toEqual([]);
  });
});

describe.each([
  ['the handbook', 'docs/WORKFLOWS.md'],
  ['the reference', 'docs/WORKFLOWS-REFERENCE.md'],
])('%s', (_paper, path) => {
  it.each(Object.entries(LANGUAGE))('names each %s', (_what, names) => {
    expect(names.length).toBeGreaterThan(2);
    expect(left(names, read(path))).toEqual([]);
  });

  it('would be seen to leave something out', () => {
    const paper = read(path);
    for (const name of ['zeroCheck', 'batch-not-there', 'shopOrderReceipt']) {
      expect(left([name], paper.replaceAll(name, 'x'))).toEqual([name]);
    }
  });

  it('leads to the other', () => {
    const other = path.includes('REFERENCE') ? 'WORKFLOWS.md' : 'WORKFLOWS-REFERENCE.md';
    expect(read(path).includes(`](${other})`), other).toBe(true);
  });
});
