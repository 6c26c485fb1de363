// Who lives here: copies of the product that tests may spoil and build. They lie inside the
// checkout, so that packages are found from them as from the product itself.

import { spawnSync } from 'node:child_process';
import { appendFileSync, cpSync, existsSync, mkdirSync, mkdtempSync } from 'node:fs';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { listFiles } from './tree.ts';

const HOUSE = join(import.meta.dirname, '../..');
const WHOLE = ['src', 'static', 'svelte.config.js', 'vite.config.ts', 'tsconfig.json'];

export class Copy {
  readonly root: string;

  constructor(name: string) {
    mkdirSync(join(HOUSE, 'test-results'), { recursive: true });
    this.root = mkdtempSync(join(HOUSE, 'test-results', `${name}-`));
    for (const part of [...WHOLE, 'package.json', 'workflows.yaml']) {
      const from = join(HOUSE, part);
      if (existsSync(from)) cpSync(from, join(this.root, part), { recursive: true });
    }
  }

  write(path: string, text: string): void {
    mkdirSync(dirname(join(this.root, path)), { recursive: true });
    writeFileSync(join(this.root, path), text);
  }

  append(path: string, text: string): void {
    appendFileSync(join(this.root, path), text);
  }

  files(folder: string, fits: RegExp): string[] {
    return listFiles(join(this.root, folder), fits).map((path) => `${folder}/${path}`);
  }

  read(path: string): string {
    return readFileSync(join(this.root, path), 'utf8');
  }

  /** Builds it as `npm run build` would. */
  build(): { readonly ok: boolean; readonly output: string } {
    // Kit drops its guard between server and browser code when it believes to be under test.
    const { TEST: _test, VITEST: _vitest, ...env } = process.env;
    const manifest = createRequire(import.meta.url).resolve('vite/package.json');
    const done = spawnSync(process.execPath, [join(dirname(manifest), 'bin/vite.js'), 'build'], {
      cwd: this.root,
      env: { ...env, NODE_ENV: 'production' },
      encoding: 'utf8',
    });
    return { ok: done.status === 0, output: `${done.stdout}${done.stderr}` };
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}
