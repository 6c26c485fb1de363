// `npm test`: everything that can be wrong, in the order in which it is cheapest to find out. What
// only reads runs side by side; what needs the whole machine, alone. Ends after the first stage
// that fails and says which; the last line counts the tests.

import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { ensureChromium, NoChromium } from '../tests/support/chromium.ts';
import { ROOT } from './support/build.ts';
import { makeScratch } from './support/scratch.ts';
import { heading, runBatches, seconds } from './support/stages.ts';
import type { Ran, Stage } from './support/stages.ts';
import { readTotals } from './support/totals.ts';
import type { Totals } from './support/totals.ts';

interface Check {
  readonly name: string;
  readonly says: string;
  /** The script of package.json that it runs, where that has another name. */
  readonly script?: string;
  /** Which runner writes down how many tests there were; none for a stage without tests. */
  readonly tests?: 'vitest' | 'playwright';
  /** Many small databases, none of which must outlive the machine. */
  readonly scratch?: true;
}

/** Each row side by side, the longest first. */
const CHECKS: readonly (readonly Check[])[] = [
  // Writes what the next ones read, so that they need not write it under each other's eyes.
  [{ name: 'sync', says: 'Types of the routes' }],
  [
    { name: 'lint', says: 'Lint', script: 'lint:alone' },
    { name: 'types', says: 'Types', script: 'types:alone' },
    { name: 'architecture', says: 'Architecture: the laws of the house', tests: 'vitest' },
    { name: 'format', says: 'Format' },
  ],
  [{ name: 'unit', says: 'Unit: everything that runs in Node', tests: 'vitest', scratch: true }],
  [{ name: 'browser', says: 'Browser: parts in a real Chromium', tests: 'vitest' }],
  [{ name: 'build', says: 'Build' }],
  [{ name: 'e2e', says: 'End to end: the whole product in a real Chromium', tests: 'playwright' }],
];

/** A script of package.json, run with the npm that runs this one. */
function npmRun(script: string, args: readonly string[]): readonly [string, ...string[]] {
  const all = ['run', '--silent', script, ...(args.length === 0 ? [] : ['--', ...args])];
  const npm = process.env['npm_execpath'];
  return npm === undefined ? ['npm', ...all] : [process.execPath, npm, ...all];
}

const reportOf = (reports: string, name: string): string => join(reports, `${name}.json`);

function stageOf(check: Check, reports: string, scratchPath: string): Stage {
  const { name, says, script = name, tests, scratch } = check;
  const report = reportOf(reports, name);
  const args =
    tests === 'vitest'
      ? ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
      : [];
  return {
    ...{ name, says, command: npmRun(script, args) },
    env: {
      ...process.env,
      // A stage beside another writes to us, and yet a person reads it.
      ...(process.stdout.isTTY ? { FORCE_COLOR: '1' } : {}),
      ...(scratch === true ? { TMPDIR: scratchPath } : {}),
      ...(tests === 'playwright' ? { SCANDOCK_E2E_JSON: report } : {}),
    },
  };
}

/** A stage that fails without a failing test is itself the failure. */
function totalsOf({ ended }: Ran, reports: string): Totals {
  return ended
    .map(({ stage, ok }) => {
      const counted = readTotals(reportOf(reports, stage.name)) ?? { passed: 0, failed: 0 };
      return { passed: counted.passed, failed: Math.max(counted.failed, ok ? 0 : 1) };
    })
    .reduce((sum, one) => ({ passed: sum.passed + one.passed, failed: sum.failed + one.failed }));
}

async function runAll(reports: string, scratchPath: string): Promise<Totals> {
  const startedMs = performance.now();
  const ran = await runBatches(
    CHECKS.map((row) => row.map((check) => stageOf(check, reports, scratchPath))),
    {
      lanes: availableParallelism(),
      cwd: ROOT,
      print: (text) => process.stdout.write(text),
    },
  );
  const failed = ran.ended.filter(({ ok }) => !ok).map(({ stage }) => stage.name);
  if (failed.length > 0) {
    const left = ran.left.map(({ name }) => name).join(', ') || 'none';
    process.stdout.write(heading(`FAILED at ${failed.join(' and ')}; not run: ${left}`));
  }
  const took = ran.ended.map(({ stage, tookMs }) => `${stage.name} ${seconds(tookMs)}`);
  console.log(`\n${took.join(' · ')} · in all ${seconds(performance.now() - startedMs)}`);
  return totalsOf(ran, reports);
}

async function main(): Promise<number> {
  try {
    console.log(`Node ${process.version} · Chromium ${ensureChromium(console.log)}`);
  } catch (problem) {
    if (!(problem instanceof NoChromium)) throw problem;
    console.error(problem.message);
    console.log('0 passed, 1 failed');
    return 1;
  }
  mkdirSync(join(ROOT, 'test-results'), { recursive: true });
  const reports = mkdtempSync(join(ROOT, 'test-results', 'reports-'));
  const scratch = makeScratch();
  const totals = await runAll(reports, scratch.path);
  scratch.remove();
  rmSync(reports, { recursive: true });
  console.log(`${totals.passed} passed, ${totals.failed} failed`);
  return totals.failed === 0 ? 0 : 1;
}

process.exitCode = await main();
