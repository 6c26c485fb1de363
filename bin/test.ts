// `npm test`: everything that can be wrong, in the order in which it is cheapest to find out. Ends
// at the first stage that fails and says which; the last line counts the tests.

import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ensureChromium, NoChromium } from '../tests/support/chromium.ts';
import { ROOT } from './support/build.ts';
import { readTotals } from './support/totals.ts';
import type { Totals } from './support/totals.ts';

interface Stage {
  /** The script of package.json that it runs. */
  readonly script: string;
  readonly says: string;
  /** Which runner writes down how many tests there were; none for a stage without tests. */
  readonly tests?: 'vitest' | 'playwright';
}

const STAGES: readonly Stage[] = [
  { script: 'format', says: 'Format' },
  { script: 'lint', says: 'Lint' },
  { script: 'types', says: 'Types' },
  { script: 'architecture', says: 'Architecture: the laws of the house', tests: 'vitest' },
  { script: 'unit', says: 'Unit: everything that runs in Node', tests: 'vitest' },
  { script: 'browser', says: 'Browser: parts in a real Chromium', tests: 'vitest' },
  { script: 'build', says: 'Build' },
  { script: 'e2e', says: 'End to end: the whole product in a real Chromium', tests: 'playwright' },
];

/** Runs a script of package.json with the npm that runs this one. Gives its exit code. */
function npmRun(script: string, args: readonly string[], env: NodeJS.ProcessEnv): number {
  const all = ['run', '--silent', script, ...(args.length === 0 ? [] : ['--', ...args])];
  const npm = process.env['npm_execpath'];
  const done =
    npm === undefined
      ? spawnSync('npm', all, { cwd: ROOT, env, stdio: 'inherit', shell: true })
      : spawnSync(process.execPath, [npm, ...all], { cwd: ROOT, env, stdio: 'inherit' });
  return done.status ?? 1;
}

interface StageResult extends Totals {
  readonly ok: boolean;
}

function runStage(stage: Stage, reports: string): StageResult {
  const report = join(reports, `${stage.script}.json`);
  const args =
    stage.tests === 'vitest'
      ? ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
      : [];
  const env =
    stage.tests === 'playwright' ? { ...process.env, SCANDOCK_E2E_JSON: report } : process.env;
  const ok = npmRun(stage.script, args, env) === 0;
  const counted = readTotals(report) ?? { passed: 0, failed: 0 };
  // A stage that fails without a failing test is itself the failure.
  return { ok, passed: counted.passed, failed: Math.max(counted.failed, ok ? 0 : 1) };
}

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;

function heading(text: string): void {
  console.log(`\n━━━ ${text} ${'━'.repeat(Math.max(0, 72 - text.length))}`);
}

function runAll(reports: string): Totals {
  let totals: Totals = { passed: 0, failed: 0 };
  const took: string[] = [];
  for (const [index, stage] of STAGES.entries()) {
    heading(`${index + 1}/${STAGES.length} ${stage.says}`);
    const startedMs = performance.now();
    const result = runStage(stage, reports);
    took.push(`${stage.script} ${seconds(performance.now() - startedMs)}`);
    totals = { passed: totals.passed + result.passed, failed: totals.failed + result.failed };
    if (!result.ok) {
      heading(`FAILED at ${stage.script}; the stages after it did not run`);
      break;
    }
  }
  console.log(`\n${took.join(' · ')}`);
  return totals;
}

function main(): number {
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
  const totals = runAll(reports);
  rmSync(reports, { recursive: true });
  console.log(`${totals.passed} passed, ${totals.failed} failed`);
  return totals.failed === 0 ? 0 : 1;
}

process.exitCode = main();
