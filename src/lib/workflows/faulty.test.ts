// What a person is told of a faulty file, word by word. Every sample in tests/samples/faulty says
// behind its text what must be told: `#=>` code, place and sentence, `#=:` the hint, and the scans
// that lead there. Where only code and place are given, another test has the words. Together with
// the samples of diagnostics.test.ts every code that the reader and the proofs have is shown here.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { GROWN, PLANTED, readerCodes } from '../../../tests/samples/codes.ts';
import { compile } from './index.ts';
import type { Diagnostic } from './index.ts';

const SAMPLES = join(import.meta.dirname, '../../../tests/samples');
const FAULTY = join(SAMPLES, 'faulty');
const files = readdirSync(FAULTY);
const hash = (text: string) => String(text.length);
const textOf = (folder: string, name: string) => readFileSync(join(folder, name), 'utf8');

/** A text without what must be told of it: a quote without end would swallow that. */
const bare = (text: string) => text.replace(/^#=.*\n/gm, '');

function told({ severity, code, line, column, message, hint, path }: Diagnostic): string {
  const warning = severity === 'warning' ? 'warning ' : '';
  const more = [hint, path && `by: ${path.join(', ')}`].filter((each) => each !== undefined);
  const first = `${warning}${code} ${line}:${column} ${message}`;
  return [first, ...more.map((each) => `  ${each}`)].join('\n');
}

/** What a sample says must be told, one text for each diagnostic. */
function expectedOf(text: string): string[] {
  const lines = text.split('\n').filter((line) => line.startsWith('#='));
  return lines.reduce<string[]>((all, line) => {
    const said = line.slice(4).trimEnd();
    if (line.startsWith('#=>')) return [...all, said];
    return [...all.slice(0, -1), `${all.at(-1) ?? ''}\n${said}`];
  }, []);
}

/** Every sample once more, some of them proven, on cores that others share. */
const MANY_MS = 300_000;
const JARGON = /\[object|undefined|Invalid input|overload|operand|implicit|mapping|scalar|bool\b/;

describe('a faulty file', () => {
  it('has many samples, each of one kind of fault', () => {
    expect(files.length).toBeGreaterThanOrEqual(40);
  });

  it.each(files)('%s', (name) => {
    const text = textOf(FAULTY, name);
    const expected = expectedOf(text);
    const { workflows, diagnostics } = compile(bare(text), hash);
    const brief = diagnostics.map((each, index) => {
      const words = told(each);
      const short = expected[index] ?? '';
      return /^[a-z.-]+ \d+:\d+$/.test(short) && words.startsWith(`${short} `) ? short : words;
    });
    expect(expected.length, 'a sample says what must be told').toBeGreaterThan(0);
    expect(brief).toEqual(expected);
    for (const { message, hint = '' } of diagnostics) {
      expect(message, 'a sentence').toMatch(/^\S.*[.)]$/u);
      expect(`${message} ${hint}`, 'in no word of a parser').not.toMatch(JARGON);
    }
    const errors = diagnostics.filter(({ severity }) => severity === 'error');
    expect(workflows.length > 0, 'with a warning alone the file is taken').toBe(
      errors.length === 0,
    );
  });
});

describe('every code', () => {
  const codes = readerCodes();
  const shown = () =>
    new Set(
      ['faulty', 'workflows'].flatMap((folder) =>
        readdirSync(join(SAMPLES, folder))
          .filter((name) => name.endsWith('.yaml.txt'))
          .flatMap((name) => compile(textOf(join(SAMPLES, folder), name), hash).diagnostics)
          .map(({ code }) => code),
      ),
    );

  it.each(Object.entries(GROWN))('%s has a text that is grown', (code, text) => {
    const found = compile(text, hash).diagnostics.map((each) => each.code);
    expect(found).toContain(code);
  });

  it(
    'that stands in the reader and the proofs has a sample',
    () => {
      expect(codes.length).toBeGreaterThan(30);
      for (const code of ['trap', 'unknown-name', 'condition', 'yaml.tag', 'recursion', 'hidden']) {
        expect(codes, 'the search sees it').toContain(code);
      }
      const known = [...shown(), ...Object.keys(GROWN), ...PLANTED];
      expect(codes.filter((code) => !known.includes(code))).toEqual([]);
    },
    MANY_MS,
  );
});
