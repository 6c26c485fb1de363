// Who lives here: how many tests passed and failed, summed from what the test runners wrote down.

import { existsSync, readFileSync } from 'node:fs';
import * as z from 'zod';

export interface Totals {
  readonly passed: number;
  readonly failed: number;
}

const vitestReport = z.object({
  numPassedTests: z.int(),
  numFailedTests: z.int(),
  testResults: z.array(z.object({ status: z.string(), assertionResults: z.array(z.unknown()) })),
});
const playwrightReport = z.object({
  stats: z.object({ expected: z.int(), unexpected: z.int(), flaky: z.int() }),
  errors: z.array(z.unknown()),
});

/** Reads the JSON report of vitest or of Playwright. Undefined when none was written. */
export function readTotals(file: string): Totals | undefined {
  if (!existsSync(file)) return undefined;
  const raw: unknown = JSON.parse(readFileSync(file, 'utf8'));
  const vitest = vitestReport.safeParse(raw);
  if (vitest.success) {
    const { numPassedTests, numFailedTests, testResults } = vitest.data;
    // A file that could not even be read has no tests, and yet it failed.
    const broken = testResults.filter(
      (one) => one.status === 'failed' && one.assertionResults.length === 0,
    ).length;
    return { passed: numPassedTests, failed: numFailedTests + broken };
  }
  const { stats, errors } = playwrightReport.parse(raw);
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky + errors.length };
}
