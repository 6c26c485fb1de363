// Builds the kiosk and the hub; runs the tests. Test projects: `architecture` (the house's laws),
// `unit` (everything that runs in Node), `browser` (components and stores in a real Chromium).
import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  plugins: [sveltekit()],
  test: {
    projects: [
      {
        extends: true,
        test: { name: 'architecture', environment: 'node', include: ['tests/architecture/**/*.test.ts'] },
      },
      {
        extends: true,
        test: {
          name: 'unit',
          environment: 'node',
          include: ['src/**/*.test.ts', 'tests/**/*.test.ts'],
          exclude: ['tests/architecture/**', 'tests/e2e/**', '**/*.browser.test.ts', 'node_modules/**'],
        },
      },
    ],
  },
});
