// `npm run simulate`: seeded runs of all kinds of postings through bad weather, to their rest.
// `--runs N` (default 1000), `--seed S` (the first one, default 1), `--jobs N` (processes side by
// side, default 1: each runs its share of the seeds, and one report is made of all).

import { fork } from 'node:child_process';
import { parseArgs } from 'node:util';
import { addRare, neverSeen, nothingRare } from './exact/checker.ts';
import { simulate } from './exact/simulate.ts';
import type { Simulated } from './exact/simulate.ts';

const JOBS_MAX = 64;

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '1000' },
    seed: { type: 'string', default: '1' },
    jobs: { type: 'string', default: '1' },
  },
});
const [runs, first, jobs] = [Number(values.runs), Number(values.seed), Number(values.jobs)];
const whole = [runs, first, jobs].every(Number.isInteger);
if (!whole || runs < 1 || jobs < 1 || jobs > JOBS_MAX) {
  const usage = 'usage: npm run simulate -- [--runs N] [--seed S] [--jobs N], all whole numbers';
  console.error(`${usage}; at most ${JOBS_MAX} jobs`);
  process.exit(2);
}

/** This program once more for a share of the seeds; what it prints is seen as it comes. */
function job(from: number, count: number): Promise<Simulated> {
  const child = fork(import.meta.filename, ['--seed', String(from), '--runs', String(count)]);
  return new Promise((resolve, reject) => {
    let told: Simulated | undefined;
    child.once('message', (message) => {
      // Of this same program: nobody else speaks on the channel.
      told = message as Simulated;
    });
    child.once('error', reject);
    child.once('exit', (code) => {
      if (told !== undefined) resolve(told);
      else reject(new Error(`the job from seed ${from} ended with ${code} and no report`));
    });
  });
}

async function sideBySide(): Promise<Simulated> {
  const bounds = Array.from({ length: jobs + 1 }, (_, at) => Math.round((runs * at) / jobs));
  const shares = bounds
    .slice(1)
    .map((end, at) => [first + (bounds[at] ?? 0), first + end] as const);
  const reports = await Promise.all(
    shares.filter(([from, end]) => end > from).map(([from, end]) => job(from, end - from)),
  );
  const rare = nothingRare();
  for (const report of reports) addRare(rare, report.rare);
  return { rare, failed: reports.flatMap(({ failed }) => failed) };
}

const startedMs = Date.now();
const say = (line: string): void => {
  console.log(line);
};
const report = jobs === 1 ? await simulate({ runs, first, say }) : await sideBySide();
if (process.send !== undefined) {
  process.send(report);
  process.disconnect();
} else {
  const seconds = (Date.now() - startedMs) / 1000;
  const failed = report.failed.length;
  console.log(JSON.stringify({ runs, first, jobs, seconds, ...report.rare, failed }));
  const never = neverSeen(report.rare, runs);
  if (never.length > 0) console.error(`never seen: ${never.join(', ')}`);
  if (failed + never.length > 0) process.exitCode = 1;
}
