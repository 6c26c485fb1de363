// Who lives here: what both halves of the seeds of a usual test run ask: two files, so that two
// cores share them.

import { expect } from 'vitest';
import { neverSeen } from './checker.ts';
import { simulate } from './simulate.ts';

export const HALF = 500;
/** Real sockets and disks beside other tests on two cores. */
export const HALF_TIMEOUT_MS = 240_000;

/** Nothing failed, and everything that is rare has happened: otherwise the seeds prove little. */
export async function proveHalf(first: number): Promise<void> {
  const { rare, failed } = await simulate({ runs: HALF, first });
  expect(failed, failed.map(({ words }) => words).join('\n')).toEqual([]);
  expect(neverSeen(rare, HALF), 'kinds and rare things that were never seen').toEqual([]);
}
