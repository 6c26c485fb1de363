// Who lives here: the built product in build/, and the question whether it is still the product of
// the sources that lie beside it. Beside the build lies a stamp: the hash of all it was made from.

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative, sep } from 'node:path';

/** The checkout's root, whatever the working directory is. */
export const ROOT = join(import.meta.dirname, '../..');
const STAMP = 'build/.sources';
/** Beside the build, what it has proven of the workflows that ship: a hub need not walk them again. */
export const PROOFS = 'build/proofs.json';
/** Folders and files that go into a build, from the root. */
const SOURCES = [
  'src',
  'static',
  'svelte.config.js',
  'vite.config.ts',
  'tsconfig.json',
  'package.json',
  'package-lock.json',
];

export type BuildResult =
  { readonly ok: true; readonly tookMs: number } | { readonly ok: false; readonly output: string };

/** Whether build/ is there and made from exactly these sources. */
export function isBuilt(root = ROOT): boolean {
  const stamp = join(root, STAMP);
  if (!existsSync(stamp) || !existsSync(join(root, 'build/handler.js'))) return false;
  return readFileSync(stamp, 'utf8') === hashOfSources(root);
}

/** Builds into build/. A failure gives Vite's own words. */
export function build(root = ROOT): BuildResult {
  const startedMs = performance.now();
  const sources = hashOfSources(root);
  const vite = join(
    dirname(createRequire(import.meta.url).resolve('vite/package.json')),
    'bin/vite.js',
  );
  const prove = [join(import.meta.dirname, 'prove.ts'), 'workflows.yaml', PROOFS];
  for (const args of [
    [vite, 'build', '--logLevel', 'warn'],
    ['--import', 'tsx', ...prove],
  ]) {
    const options = { cwd: root, env: buildEnvironment(), encoding: 'utf8' } as const;
    const done = spawnSync(process.execPath, args, options);
    if (done.status !== 0) return { ok: false, output: `${done.stdout}${done.stderr}`.trim() };
  }
  writeFileSync(join(root, STAMP), sources);
  return { ok: true, tookMs: Math.round(performance.now() - startedMs) };
}

/** Kit drops its guard between server and browser code when it believes to be under test. */
function buildEnvironment(): NodeJS.ProcessEnv {
  const { TEST: _test, VITEST: _vitest, NODE_ENV: _mode, ...rest } = process.env;
  return { ...rest, NODE_ENV: 'production' };
}

function hashOfSources(root: string): string {
  const hash = createHash('sha256').update(process.version);
  for (const path of SOURCES.flatMap((source) => filesUnder(join(root, source)))) {
    hash.update(`\0${relative(root, path).split(sep).join('/')}\0`).update(readFileSync(path));
  }
  return hash.digest('hex');
}

/** The file itself, or all files below it, in a fixed order; tests don't go into a build. */
function filesUnder(path: string): string[] {
  if (!existsSync(path)) return [];
  let entries;
  try {
    entries = readdirSync(path, { withFileTypes: true });
  } catch (problem) {
    if (problem instanceof Error && 'code' in problem && problem.code === 'ENOTDIR') return [path];
    throw problem;
  }
  return entries
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      if (entry.isDirectory()) return filesUnder(join(path, entry.name));
      return entry.name.endsWith('.test.ts') ? [] : [join(path, entry.name)];
    });
}
