// What a faulty file is told. Every sample in tests/samples/workflows has one fault (or says that it
// has several) and, behind it, the diagnostics that must come: code, place, hint, and the scans
// that lead to the fault. Texts that no editor could hold are made here.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { LIMITS } from '../domain/index.ts';
import { SHIPPED } from '../../../tests/samples/workflows/warehouse.ts';
import { compile } from './index.ts';
import type { Diagnostic } from './index.ts';

const SAMPLES = join(import.meta.dirname, '../../../tests/samples/workflows');
const files = readdirSync(SAMPLES).filter((name) => name.endsWith('.yaml.txt'));
const hash = (text: string) => String(text.length);

function told({ code, line, column, hint, path }: Diagnostic): string {
  const parts = [`${code} ${line}:${column}`];
  if (hint !== undefined) parts.push(hint);
  if (path !== undefined) parts.push(`by: ${path.join(', ')}`);
  return parts.join(' | ');
}

describe('a faulty workflow file', () => {
  it('is told its faults by samples, one for each kind of fault', () => {
    expect(files.length).toBeGreaterThan(75);
  });

  it.each(files)('%s', (name) => {
    const text = readFileSync(join(SAMPLES, name), 'utf8');
    const expected = [...text.matchAll(/^#=> (.+)$/gm)].map((match) => match[1]);
    expect(expected.length, 'a sample says what must be told').toBeGreaterThan(0);
    const { workflows, diagnostics } = compile(text, hash);
    expect(diagnostics.map(told)).toEqual(expected);
    expect(workflows, 'a faulty file is in force nowhere').toEqual([]);
  });

  it('has every place inside the file and every message in words', () => {
    for (const name of files) {
      const text = readFileSync(join(SAMPLES, name), 'utf8');
      const lines = text.split('\n');
      for (const { line, column, message, severity } of compile(text, hash).diagnostics) {
        expect(severity).toBe('error');
        expect(message.length, name).toBeGreaterThan(5);
        expect(message, name).not.toMatch(/\[object|undefined(?!”)|Invalid input|overload/);
        expect(line, name).toBeLessThanOrEqual(lines.length);
        // One past the end: what is missing there.
        expect(column, name).toBeLessThanOrEqual((lines[line - 1] ?? '').length + 1);
      }
    }
  }, 300_000);

  it('says what is missing in the condition, in the words of no programmer', () => {
    const message = (condition: string): string | undefined => {
      const text = SHIPPED.replace('item.tracking == "serial"', condition);
      return compile(text, hash).diagnostics[0]?.message;
    };
    expect(message('item.tracking == 1')).toBe(
      'Condition: “==” does not go between a text and a whole number.',
    );
    expect(message('item.tracking')).toBe('Condition: gives a text, but must give true or false.');
    expect(message('item.code.startsWith(1)')).toBe(
      'Condition: there is no function “startsWith” of a text with a whole number.',
    );
  });
});

const REPEATED: readonly (readonly [string, string, string])[] = [
  ['NULs', '\0'.repeat(1_000), 'yaml.control 1:1'],
  ['one NUL in a good file', SHIPPED.replace('icon: truck', 'icon: tr\0ck'), 'yaml.control 8:13'],
  ['a megabyte of brackets', '['.repeat(1_000_000), 'yaml.size 1:1'],
  ['brackets up to the size', '['.repeat(LIMITS.workflowFileBytes), 'yaml.depth 1:17'],
  ['braces', '{a: '.repeat(60_000), 'yaml.depth 1:65'],
  ['dashes', '- '.repeat(100_000), 'yaml.depth 1:33'],
  ['question marks', '? '.repeat(100_000), 'yaml.depth 1:33'],
  [
    'nested blocks',
    Array.from({ length: 400 }, (_, n) => `${' '.repeat(n)}a:`).join('\n'),
    'yaml.depth 17:17',
  ],
  ['10^5 documents', '---\n'.repeat(65_000), 'yaml.documents 2:1'],
  ['too many values', '[' + '1,'.repeat(25_000) + '1]', 'yaml.nodes 1:1'],
  ['one key a thousand times', 'a: 1\n'.repeat(1_000), 'yaml.duplicate-key 2:1'],
  ['a key of 200 kB', `${'k'.repeat(200_000)}: 1`, 'yaml.key-over-1024-chars 1:1'],
  ['a value of 200 kB', `scandock: "${'v'.repeat(200_000)}"`, 'missing 1:1'],
  [
    'nine thousand unknown keys',
    Array.from({ length: 9_000 }, (_, n) => `k${n}: 1`).join('\n'),
    'missing 1:1',
  ],
  ['a million spaces', ' '.repeat(262_000), 'yaml.empty 1:1'],
  ['a byte order mark alone', '\ufeff', 'yaml.empty 1:1'],
];

describe('a text that would hurt', () => {
  it.each(REPEATED)('%s: refused, with its place', (_name, text, expected) => {
    const { workflows, diagnostics } = compile(text, hash);
    expect(workflows).toEqual([]);
    const [first] = diagnostics;
    expect(`${first?.code} ${first?.line}:${first?.column}`).toContain(expected);
    expect(diagnostics.length).toBeLessThanOrEqual(LIMITS.workflowDiagnostics + 1);
    for (const { message, hint } of diagnostics) {
      expect(message.length + (hint?.length ?? 0)).toBeLessThan(1_000);
    }
  });

  it('has all its faults counted when there are too many to tell', () => {
    const step = '      - ask: nothing\n';
    const head = SHIPPED.slice(SHIPPED.indexOf('scandock'), SHIPPED.indexOf('      - ask'));
    const workflow = head.slice(head.indexOf('  - id'));
    const text = head + step.repeat(100) + (workflow + step.repeat(100)).repeat(2);
    const { diagnostics } = compile(text, hash);
    expect(diagnostics).toHaveLength(LIMITS.workflowDiagnostics + 1);
    expect(diagnostics.at(-1)).toMatchObject({ code: 'more' });
    expect(diagnostics.at(-1)?.message).toMatch(/^\d+ more faults/);
  });
});

describe('a good workflow file', () => {
  it('compiles whole: the one that the product ships with', () => {
    const { workflows, diagnostics } = compile(SHIPPED, hash);
    expect(diagnostics).toEqual([]);
    expect(workflows.map(({ id }) => id)).toContain('receive');
  });

  it('may begin with a byte order mark and have the line ends of Windows', () => {
    const text = `\ufeff${SHIPPED.replaceAll('\n', '\r\n')}`;
    expect(compile(text, hash).diagnostics).toEqual([]);
  });

  it('has the column of a fault also with the line ends of Windows', () => {
    const block = '|\n          item.tracking == "batch"\n          && item.trackng == "x"';
    const text = SHIPPED.replace('item.tracking == "batch"\n', `${block}\n`);
    const [unix] = compile(text, hash).diagnostics;
    const [windows] = compile(text.replaceAll('\n', '\r\n'), hash).diagnostics;
    expect(unix).toMatchObject({ code: 'unknown-name', column: 19 });
    expect(windows).toEqual(unix);
  });

  it('gets another revision from every change that means something, and from no comment', () => {
    const revision = (text: string) =>
      compile(text, (canonical) => canonical).workflows.map((each) => each.revision)[0];
    expect(revision(`${SHIPPED}\n# a word\n`)).toBe(revision(SHIPPED));
    expect(revision(SHIPPED.replace('10%', '11%'))).not.toBe(revision(SHIPPED));
    expect(revision(SHIPPED.replace('nl: Ontvangen', 'nl: Inslag'))).not.toBe(revision(SHIPPED));
  });
});
