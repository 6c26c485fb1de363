// Runs the tests. Projects: `architecture` (the house's laws), `unit` (everything that runs in
// Node), `browser` (components and stores in a real Chromium, `*.browser.test.ts`).

import { availableParallelism } from 'node:os';
import { sveltekit } from '@sveltejs/kit/vite';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { chromiumFlags, ensureChromium } from './tests/support/chromium.ts';

/** Generous, because real disks, sockets and browsers share two cores; a hang still ends. */
const TEST_TIMEOUT_MS = 90_000;
/** The architecture tests build the product. */
const BUILD_TIMEOUT_MS = 180_000;
/** All that the browser tests load at run time: found late, a page would reload in mid-test. */
const BROWSER_DEPENDENCIES = [
  '@marcbachmann/cel-js',
  'fast-check',
  'idb',
  'socket.io-client',
  'svelte',
  'uuid',
  'vitest-browser-svelte',
  'xstate',
  'yaml',
  'zod',
  'zod/mini',
];

export default defineConfig({
  test: {
    // Vitest keeps a core for itself, which on two cores is half of the machine idle; and every third
    // second of a test is one that it waits for a socket, a disk or a clock.
    maxWorkers: availableParallelism() + 1,
    reporters: process.env['CI'] === undefined ? ['default'] : ['dot'],
    projects: [
      {
        test: {
          name: 'architecture',
          environment: 'node',
          include: ['tests/architecture/*.test.ts'],
          testTimeout: BUILD_TIMEOUT_MS,
          hookTimeout: BUILD_TIMEOUT_MS,
        },
      },
      {
        plugins: [sveltekit()],
        test: {
          name: 'unit',
          environment: 'node',
          // Two hundred files would start a process and load the same rooms each: they share them.
          // So a test that replaces what is everybody's puts it back.
          isolate: false,
          include: ['src/**/*.test.ts', 'tests/**/*.test.ts', 'bin/**/*.test.ts'],
          exclude: [
            'tests/architecture/**',
            'tests/e2e/**',
            '**/*.browser.test.ts',
            '**/node_modules/**',
          ],
          testTimeout: TEST_TIMEOUT_MS,
          hookTimeout: TEST_TIMEOUT_MS,
        },
      },
      {
        plugins: [sveltekit()],
        optimizeDeps: { include: BROWSER_DEPENDENCIES },
        test: {
          name: 'browser',
          include: ['src/**/*.browser.test.ts', 'tests/browser/**/*.browser.test.ts'],
          testTimeout: TEST_TIMEOUT_MS,
          hookTimeout: TEST_TIMEOUT_MS,
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            instances: [{ browser: 'chromium' }],
            provider: playwright({
              launchOptions: {
                args: chromiumFlags(),
                // Asked for only when the browser is launched: other projects need none.
                get executablePath() {
                  return ensureChromium();
                },
              },
            }),
          },
        },
      },
    ],
  },
});
