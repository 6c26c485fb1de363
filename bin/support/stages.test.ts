// How `npm test` runs its stages: a failure names itself and ends the run, and stages side by side
// do not speak through each other.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { runBatches } from './stages.ts';
import type { Stage } from './stages.ts';

let printed: string;
beforeEach(() => {
  printed = '';
});
afterEach(() => {
  expect(printed).not.toContain('undefined');
});

function stage(name: string, program: string): Stage {
  return { name, says: `Stage ${name}`, command: [process.execPath, '-e', program] };
}

const run = (batches: readonly (readonly Stage[])[], lanes = 2) =>
  runBatches(batches, { lanes, cwd: process.cwd(), print: (text) => (printed += text) });

const names = (ended: readonly { readonly stage: Stage }[]) => ended.map((one) => one.stage.name);

/** Says its letter on both streams, again and again, giving way each time. */
const talk = (letter: string, code = 0) => `
  let left = 20;
  const say = () => {
    (left % 2 === 0 ? process.stdout : process.stderr).write('${letter}');
    left -= 1;
    if (left > 0) setTimeout(say, 1); else process.exitCode = ${code};
  };
  say();`;

it('a stage that fails in a batch is the only one that failed, and nothing is begun after', async () => {
  const batches = [
    [stage('good', talk('a')), stage('bad', talk('b', 3)), stage('late', talk('c'))],
    [stage('after', talk('!'))],
  ];
  const { ended, left } = await run(batches);
  expect(names(ended.filter(({ ok }) => !ok))).toEqual(['bad']);
  expect(left.map(({ name }) => name)).toContain('after');
  expect(names(ended).length + left.length).toBe(4);
  expect(printed).not.toContain('!');
});

it('a stage whose program is not there has failed, and says so', async () => {
  const none: Stage = { name: 'none', says: 'None', command: ['/no/such/program'] };
  const { ended } = await run([[none, stage('good', talk('a'))]]);
  expect(ended.find((one) => one.stage.name === 'none')?.ok).toBe(false);
  expect(printed).toContain('none could not be started');
});

it('a stage that a signal ended has failed', async () => {
  const { ended } = await run([[stage('killed', 'process.kill(process.pid, "SIGKILL")')]]);
  expect(ended.map(({ ok }) => ok)).toEqual([false]);
});

it('stages side by side are printed whole, one after another', async () => {
  const { ended, left } = await run([[stage('a', talk('a')), stage('b', talk('b'))]]);
  expect(ended.every(({ ok }) => ok)).toBe(true);
  expect(left).toEqual([]);
  expect(printed).toContain('a'.repeat(20));
  expect(printed).toContain('b'.repeat(20));
});

it('stages side by side do run at the same time', async () => {
  // Each ends only once it has seen the other's file.
  const meet = (own: string, other: string) => `
    const { existsSync, mkdirSync } = require('node:fs');
    mkdirSync(process.env.MEET + '/${own}');
    const wait = () => existsSync(process.env.MEET + '/${other}') || setTimeout(wait, 5);
    wait();`;
  const folder = mkdtempSync(join(tmpdir(), 'scandock-stages-'));
  const env = { ...process.env, MEET: folder };
  const batch = [
    { ...stage('a', meet('a', 'b')), env },
    { ...stage('b', meet('b', 'a')), env },
  ];
  const { ended } = await run([batch]);
  rmSync(folder, { recursive: true });
  expect(ended.map(({ ok }) => ok)).toEqual([true, true]);
});

it('batches come one after another', async () => {
  const { ended } = await run([[stage('a', talk('a')), stage('b', talk('b'))], [stage('c', '')]]);
  expect(names(ended).at(-1)).toBe('c');
});
