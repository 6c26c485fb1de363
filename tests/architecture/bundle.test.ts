// No server code reaches the browser: proven by building the product for real. Kit's own guard is
// switched off under test runners, so nothing less would tell.

import { afterEach, beforeEach, expect, it } from 'vitest';
import { Copy } from './copies.ts';

/**
 * Words that stand in the server's code and its packages, and nowhere in a browser's. The names of
 * the settings that an admin's page tells a person to change are not among them.
 */
const SERVER_WORDS = [
  ...['better-sqlite3', 'kysely', 'bwip', 'oauth4webapi', 'aes-256-gcm', 'pino'],
  ...['EXACT_SETTLE_SECONDS', 'SCANDOCK_KEY', 'DATA_DIR', 'refresh_token'],
];
const CLIENT = '.svelte-kit/output/client';
const SERVER = '.svelte-kit/output/server';

let copy: Copy;
beforeEach(() => {
  copy = new Copy('bundle');
});
afterEach(() => {
  copy.remove();
});

const canaryOf = (path: string): string => `canary:${path}`;

it('plants a canary in every server module, builds, and finds none in the browser bundle', () => {
  const modules = copy
    .files('src/lib/server', /\.ts$/)
    .filter((path) => !path.endsWith('.test.ts'));
  expect(modules.length).toBeGreaterThan(0);
  for (const path of modules) {
    // A statement with an effect: no bundler may leave it out where the module is taken in.
    copy.append(path, `\nReflect.set(globalThis, '${canaryOf(path)}', true);\n`);
  }
  const built = copy.build();
  expect(built.output).toContain('built in');
  expect(built.ok).toBe(true);

  const client = copy.files(CLIENT, /\.(js|css|html|json|map)$/).map((path) => copy.read(path));
  const server = copy
    .files(SERVER, /\.js$/)
    .map((path) => copy.read(path))
    .join('\n');
  expect(client.length).toBeGreaterThan(3);
  // The planting works: what the hub uses carries its canary in the server's bundle.
  const used = modules.filter((path) => server.includes(canaryOf(path)));
  expect(used).toContain('src/lib/server/admin/sheet.ts');
  for (const text of client) {
    expect(modules.filter((path) => text.includes(canaryOf(path)))).toEqual([]);
    expect(SERVER_WORDS.filter((word) => text.includes(word))).toEqual([]);
  }
});

it.each([
  ['a page', 'src/routes/leak/+page.svelte'],
  ['a component that a page uses', 'src/lib/ui/Leak.svelte'],
])('refuses to build when %s imports a server module', (_who, path) => {
  const leak = `<script lang="ts">
  import { readEnvironment } from '$lib/server/env/index.ts';
</script>

{String(readEnvironment)}`;
  copy.write(path, leak);
  if (!path.startsWith('src/routes/')) {
    const page = `<script>import Leak from '$lib/ui/Leak.svelte';</script><Leak />`;
    copy.write('src/routes/leak/+page.svelte', page);
  }
  const built = copy.build();
  expect(built.ok).toBe(false);
  expect(built.output).toMatch(/server-only|Cannot import \S*\$lib\/server/);
});
