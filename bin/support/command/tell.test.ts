// `npx scandock explain` and `draw`: which flows, in which language, and where the drawing goes.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SMALL } from '../../../tests/samples/workflows/small.ts';
import { machineConsole } from './console.ts';
import { run } from './run.ts';

const FILE = 'flows.yaml';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'scandock-tell-'));
  writeFileSync(join(folder, 'wrong.yaml'), 'scandock: 1\n');
  writeFileSync(join(folder, FILE), SMALL);
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

async function scandock(...args: string[]) {
  const said = { out: '', error: '' };
  const end = await run(args, {
    ...machineConsole(folder),
    out: (text) => (said.out += `${text}\n`),
    error: (text) => (said.error += `${text}\n`),
  });
  return { end, ...said };
}

describe.each(['explain', 'draw'])('scandock %s', (command) => {
  it('of a file with mistakes tells them and ends with 1', async () => {
    const { end, out, error } = await scandock(command, 'wrong.yaml');
    expect({ end, out }).toEqual({ end: 1, out: '' });
    expect(error).toContain('wrong.yaml:1:1 error missing');
  });

  it('of a file that is not there ends with 2', async () => {
    expect(await scandock(command, 'none.yaml')).toMatchObject({ end: 2, out: '' });
  });

  it('in a language we do not speak, or of a workflow that is not there, ends with 2 and says which there are', async () => {
    const spanish = await scandock(command, FILE, '--language', 'es');
    expect(spanish).toMatchObject({ end: 2, out: '' });
    expect(spanish.error).toBe('scandock: no texts in “es”; there are: en, nl, de, fr\n');
    const none = await scandock(command, FILE, '--workflow', 'recieve');
    expect(none).toMatchObject({ end: 2, out: '' });
    expect(none.error).toMatch(/has no workflow “recieve”; it has: receive/);
  });
});

it('scandock explain says what one workflow does, in the language that is asked for', async () => {
  const { end, out } = await scandock('explain', FILE, '--workflow=receive', '--language=nl');
  expect(end).toBe(0);
  expect(out).toMatch(/^Ontvangen \(receive\)\n/);
  expect(out).toContain('alleen als het artikel batches heeft');
});

it('scandock draw writes the drawing to a file, or says why it can’t', async () => {
  const { end, out } = await scandock('draw', FILE, '--output', 'flow.svg', '--workflow=receive');
  expect({ end, out }).toEqual({ end: 0, out: '' });
  const written = readFileSync(join(folder, 'flow.svg'), 'utf8');
  expect(written).toMatch(/^<svg [^>]*width="210mm" height="297mm"/);
  expect((await scandock('draw', FILE, '--workflow=receive')).out).toBe(written);
  const nowhere = await scandock('draw', FILE, '--output', 'no/such/folder.svg');
  expect(nowhere.end).toBe(2);
  expect(nowhere.error).toMatch(/no\/such\/folder\.svg can't be written: ENOENT/);
});
