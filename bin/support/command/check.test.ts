// `npx scandock check`: as a person runs it, and with its console in memory.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SMALL } from '../../../tests/samples/workflows/small.ts';
import { LIMITS } from '../../../src/lib/domain/index.ts';
import { machineConsole } from './console.ts';
import { run } from './run.ts';

const ROOT = join(import.meta.dirname, '../../..');
const SAMPLES = join(ROOT, 'tests/samples/workflows');

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'scandock-command-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

interface Said {
  readonly end: number;
  readonly out: string;
  readonly error: string;
}

async function scandock(...args: string[]): Promise<Said> {
  const said = { out: '', error: '' };
  const end = await run(args, {
    ...machineConsole(folder),
    out: (text) => (said.out += `${text}\n`),
    error: (text) => (said.error += `${text}\n`),
  });
  return { end, ...said };
}

function given(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return name;
}

describe('scandock, called wrongly, says how and ends with 2', () => {
  it.each([
    ['nothing at all', [], 'what shall I do?'],
    ['no command', ['prove', 'x.yaml'], 'there is no command “prove”.'],
    ['a name that every object has', ['toString', 'x.yaml'], 'there is no command “toString”.'],
    ['no file', ['check'], 'which file?'],
    ['two files', ['check', 'a.yaml', 'b.yaml'], 'one file at a time: what is “b.yaml”?'],
    ['an unknown option', ['check', 'a.yaml', '--jason'], "Unknown option '--jason'"],
    ['a value where none goes', ['check', 'a.yaml', '--json=yes'], '--json'],
  ])('%s', async (_name, args, why) => {
    const { end, out, error } = await scandock(...args);
    expect({ end, out }).toEqual({ end: 2, out: '' });
    expect(error).toContain(`scandock: `);
    expect(error).toContain(why);
    expect(error).toContain('npx scandock check FILE [--json]');
  });

  it('and asked for help, says how and ends with 0', async () => {
    expect(await scandock('--help')).toMatchObject({ end: 0, error: '' });
  });

  it('a file that is not there, a folder, a file too large: ends with 2 and the reason', async () => {
    expect((await scandock('check', 'none.yaml')).error).toMatch(
      /none\.yaml can't be read: ENOENT/,
    );
    expect((await scandock('check', '.')).error).toMatch(/EISDIR/);
    const huge = given('huge.yaml', '#'.repeat(LIMITS.workflowFileBytes + 1));
    const { end, error } = await scandock('check', huge);
    expect({ end, error }).toEqual({
      end: 2,
      error: `scandock: huge.yaml can't be read: it is larger than 256 KiB, the most that is read\n`,
    });
  });
});

describe('scandock check', () => {
  it('shows the line, a caret, what to write and the scans that lead to a trap; ends with 1', async () => {
    const text = readFileSync(join(SAMPLES, 'trap-no-batch-question.yaml.txt'), 'utf8');
    const { end, out, error } = await scandock('check', given('trap.yaml', text));
    expect({ end, out }).toEqual({ end: 1, out: '' });
    const [place, line, caret, write, leads, ...rest] = error.split('\n');
    expect(place).toMatch(
      /^trap\.yaml:\d+:\d+ error trap A line of a batch item can't be confirmed/,
    );
    expect(line).toMatch(/^ {2}\d+ \| .*confirm: line/);
    const at = (caret ?? '').indexOf('^');
    expect(line?.slice(at)).toMatch(/^confirm: line/);
    expect(write).toBe('  hint: - ask: batch, with when: item.tracking == "batch"');
    expect(leads).toBe('  this leads there:');
    expect(rest[0]).toBe('      1. choose the order');
    expect(error).toMatch(/trap\.yaml: \d+ mistakes?; the hub would not take it\.\n$/);
  });

  it('keeps the caret under its character behind tabs, in long lines and with Windows line ends', async () => {
    const long = `scandock: 1\r\nworkflows: [${' '.repeat(400)}7${' '.repeat(400)}]\r\n`;
    const { error } = await scandock('check', given('long.yaml', long));
    const [, line = '', caret = ''] = error.split('\n');
    expect(line.length).toBeLessThan(120);
    expect(line[caret.indexOf('^')]).toBe('7');
    const tabbed = await scandock('check', given('tabs.yaml', 'scandock: 1\nworkflows:\t&a []\n'));
    expect(tabbed.error).toContain('\t');
    expect(tabbed.error.split('\n')[2]).toBe(`    |           \t^`);
  });

  it('lets no text of the file reach the terminal as a command', async () => {
    const { error } = await scandock('check', given('esc.yaml', 'scandock: "\u009b31m\u202e"\n'));
    expect(error).not.toMatch(/[\u009b\u202e]/);
    expect(error).toContain('\u{fffd}31m');
  });

  it('is content with the shipped file, ends with 0 and names what it proved', async () => {
    const { end, out, error } = await scandock('check', join(ROOT, 'workflows.yaml'));
    expect({ end, error }).toEqual({ end: 0, error: '' });
    expect(out).toMatch(/: \d+ workflows?, proven: receive/);
  });

  it('--json answers the same for programs', async () => {
    const wrong = await scandock('check', '--json', given('wrong.yaml', 'scandock: 2\n'));
    expect(wrong).toMatchObject({ end: 1, error: '' });
    expect(JSON.parse(wrong.out)).toMatchObject({
      file: 'wrong.yaml',
      accepted: false,
      workflows: [],
      diagnostics: expect.arrayContaining([
        expect.objectContaining({ severity: 'error', code: 'missing', line: 1, column: 1 }),
      ]),
    });
    const good = await scandock('check', '--json', given('good.yaml', SMALL));
    expect(JSON.parse(good.out)).toMatchObject({
      accepted: true,
      workflows: expect.arrayContaining([
        { id: 'receive', revision: expect.stringMatching(/^[0-9a-f]{16}$/) },
      ]),
      diagnostics: [],
    });
  });
});

describe('the program that npm links', () => {
  it('runs through a link from any folder, reads standard input and ends with the code', () => {
    const link = join(folder, 'scandock');
    symlinkSync(join(ROOT, 'bin/scandock.js'), link);
    const call = (input: string) =>
      spawnSync(link, ['check', '-'], { cwd: folder, input, encoding: 'utf8' });
    const good = call(SMALL);
    expect(good).toMatchObject({ status: 0, stderr: '' });
    expect(good.stdout).toMatch(/^<standard input>: \d+ workflows?, proven: /);
    const wrong = call('scandock: 1\n');
    expect(wrong).toMatchObject({ status: 1, stdout: '' });
    expect(wrong.stderr).toMatch(/^<standard input>:1:1 error missing “workflows” is missing\./);
  });

  it('is what package.json names, and may be run', () => {
    const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as object;
    expect(manifest).toMatchObject({ bin: { scandock: 'bin/scandock.js' } });
  });
});
