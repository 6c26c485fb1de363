// Who lives here: the thread that judges a workflow file, as a build has it: one file of JavaScript.
// From the sources each thread would bring its own loader and translate the same rooms again, which
// takes longer than what a test asks of it.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'vite';

const ROOT = join(import.meta.dirname, '../..');

export interface BundledThread {
  readonly url: URL;
  remove(): void;
}

export async function bundleThread(): Promise<BundledThread> {
  const folder = mkdtempSync(join(tmpdir(), 'scandock-thread-'));
  await build({
    ...{ configFile: false, root: ROOT, publicDir: false, logLevel: 'error' },
    ssr: { noExternal: true },
    build: {
      ssr: join(ROOT, 'src/lib/server/workflow-file/thread.ts'),
      ...{ outDir: folder, emptyOutDir: true, minify: false, target: 'node20' },
      rollupOptions: { output: { entryFileNames: 'thread.mjs' } },
    },
  });
  return {
    url: pathToFileURL(join(folder, 'thread.mjs')),
    remove: () => {
      rmSync(folder, { recursive: true });
    },
  };
}
