// `npx scandock replay`: tapes on the disk against workflow files. What cannot be read is told and
// counted, and hides nothing of the rest.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { compile } from '../../../src/lib/workflows/index.ts';
import type { Tape } from '../../../src/lib/workflows/index.ts';
import { Recorder } from '../../../tests/samples/tapes/recorder.ts';
import { SMALL } from '../../../tests/samples/workflows/small.ts';
import { anOrder, aScan, PLAIN } from '../../../tests/samples/workflows/warehouse.ts';
import { machineConsole } from './console.ts';
import { run } from './run.ts';

let folder: string;
let tape: Tape;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'scandock-replay-'));
  const [workflow] = compile(SMALL, (text) => `r${text.length}`).workflows;
  if (workflow === undefined) throw new Error('the sample is faulty');
  tape = new Recorder(workflow).give(
    { type: 'open', order: anOrder() },
    aScan('P', { item: PLAIN }),
    { type: 'press', word: 'OK' },
  ).tape;
  write('same.yaml', SMALL);
  write('less.yaml', SMALL.replace('default: line.open', 'default: 1'));
  write('wrong.yaml', SMALL.replace('ask: item', 'ask: itm'));
  write('tapes.jsonl', `${JSON.stringify(tape)}\n${JSON.stringify(tape)}\n`);
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function write(name: string, text: string): void {
  writeFileSync(join(folder, name), text);
}

async function scandock(...args: string[]) {
  const said = { out: '', error: '' };
  const end = await run(args, {
    ...machineConsole(folder),
    out: (text) => (said.out += `${text}\n`),
    error: (text) => (said.error += `${text}\n`),
  });
  return { end, ...said };
}

it('without tapes, with a file that is not there or has mistakes: says so and replays nothing', async () => {
  const none = await scandock('replay', 'same.yaml');
  expect(none).toMatchObject({ end: 2, out: '' });
  expect(none.error).toContain('which tapes?');
  expect(await scandock('replay', 'same.yaml', 'none.jsonl')).toMatchObject({ end: 2, out: '' });
  expect(await scandock('replay', 'wrong.yaml', 'tapes.jsonl')).toMatchObject({ end: 1, out: '' });
  const before = ['--before', 'wrong.yaml'];
  expect(await scandock('replay', 'same.yaml', 'tapes.jsonl', ...before)).toMatchObject({ end: 1 });
});

it('lines that are no tapes are told with their place, the others are replayed; ends with 1', async () => {
  const other = JSON.stringify({ ...tape, tape: 9 });
  const foreign = JSON.stringify({ ...tape, 'operator\u001b[31m': 'Jan' });
  write(
    'mixed.jsonl',
    `${other}\n\n${JSON.stringify(tape)}\n${foreign}\n${JSON.stringify(tape).slice(0, 99)}`,
  );
  const { end, out, error } = await scandock('replay', 'same.yaml', 'mixed.jsonl');
  expect(end).toBe(1);
  expect(out).toBe('1 of 1 receipts identical\n');
  expect(error.split('\n')).toEqual([
    'mixed.jsonl:1: not replayed: it is of another version of Scandock',
    'mixed.jsonl:4: not replayed: it is no tape',
    'mixed.jsonl:5: not replayed: it is not whole: was the file cut?',
    '3 lines could not be read as tapes.',
    '',
  ]);
  expect(error).not.toContain('\u001b');
});

it('tapes that do the same: one sentence, ends with 0', async () => {
  expect(await scandock('replay', 'same.yaml', 'tapes.jsonl')).toEqual({
    ...{ end: 0, out: '2 of 2 receipts identical\n', error: '' },
  });
});

it('tapes that differ: each with its place and event, and the sentence; ends with 1', async () => {
  const { end, out } = await scandock('replay', 'less.yaml', 'tapes.jsonl', '--language', 'de');
  expect(end).toBe(1);
  expect(out.split('\n')).toEqual([
    'tapes.jsonl:1 receive: bucht anders: Menge (event 3)',
    'tapes.jsonl:2 receive: bucht anders: Menge (event 3)',
    'Wareneingänge: 0 von 2 gleich; 2 buchen anders: Menge',
    '',
  ]);
  const before = await scandock('replay', 'less.yaml', 'tapes.jsonl', '--before', 'less.yaml');
  expect(before).toMatchObject({ end: 0, out: '2 of 2 receipts identical\n' });
});
