// End-to-end tests: the built product, the simulator and a real Chromium, nothing replaced. Each
// test file starts what it needs on ports of its own (tests/e2e); retries are off, because a test
// that passes the second time has found something.

import { availableParallelism } from 'node:os';
import { defineConfig } from '@playwright/test';
import { chromiumFlags, ensureChromium } from './tests/support/chromium.ts';

export default defineConfig({
  testDir: 'tests/e2e',
  outputDir: 'test-results/e2e',
  timeout: 90_000,
  expect: { timeout: 10_000 },
  // Files side by side, the tests of one file one after another: each has a product of its own.
  fullyParallel: false,
  // Much of a test is waiting for a hub, for Exact or for a person's pause.
  workers: Math.min(3, availableParallelism() + 1),
  retries: 0,
  forbidOnly: true,
  reporter:
    process.env['SCANDOCK_E2E_JSON'] === undefined
      ? [['list']]
      : [['list'], ['json', { outputFile: process.env['SCANDOCK_E2E_JSON'] }]],
  use: {
    headless: true,
    trace: 'off',
    video: 'off',
    screenshot: 'off',
    viewport: { width: 1280, height: 800 },
    launchOptions: { executablePath: ensureChromium(), args: chromiumFlags() },
  },
});
