// Who lives here: the least that a kiosk made of these libraries can weigh: one page of kit and
// Svelte that uses XState, socket.io-client and idb as the kiosk does, and nothing else. Built in
// the same run, in a folder inside the checkout, so that it finds the same packages.

import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { ROOT } from '../../../bin/support/build.ts';

const FILES: Readonly<Record<string, string>> = {
  'package.json': JSON.stringify({ name: 'skeleton', private: true, type: 'module' }),
  'svelte.config.js': `import adapter from '@sveltejs/adapter-node';
export default { kit: { adapter: adapter({ out: 'build' }), version: { pollInterval: 0 } } };
`,
  'vite.config.js': `import { sveltekit } from '@sveltejs/kit/vite';
export default { plugins: [sveltekit()] };
`,
  'src/app.html': `<!doctype html>
<html lang="en">
  <head><link rel="icon" href="data:," />%sveltekit.head%</head>
  <body>%sveltekit.body%</body>
</html>
`,
  'src/routes/+page.js': 'export const ssr = false;\n',
  'src/routes/+page.svelte': `<script>
  import { openDB } from 'idb';
  import { io } from 'socket.io-client';
  import { onMount } from 'svelte';
  import { assign, initialTransition, setup, transition } from 'xstate';

  const machine = setup({
    guards: { some: ({ context }) => context.count >= 0 },
    actions: { count: assign({ count: ({ context }) => context.count + 1 }) },
  }).createMachine({
    context: { count: 0 },
    initial: 'waiting',
    states: {
      waiting: { on: { SCAN: { target: 'green', guard: 'some', actions: 'count' } } },
      green: { on: { SCAN: 'waiting' } },
    },
  });
  let [state] = $state.raw(initialTransition(machine));

  onMount(() => {
    const socket = io(location.origin, { transports: ['websocket'], autoConnect: false });
    const opened = openDB('skeleton', 1, { upgrade: (db) => void db.createObjectStore('rows') });
    async function scan() {
      const [next] = transition(machine, state, { type: 'SCAN' });
      const tx = (await opened).transaction('rows', 'readwrite', { durability: 'strict' });
      await tx.store.put(next.context, 'rest');
      await tx.done;
      state = next;
      socket.timeout(5000).emit('command', next.context, () => undefined);
    }
    window.addEventListener('keydown', scan);
    return () => socket.close();
  });
</script>

<p data-testid="skeleton">{state.value} {state.context.count}</p>
`,
};

export interface Skeleton {
  /** The built program; PORT and HOST say where it serves. */
  readonly program: string;
  remove(): void;
}

/** Writes and builds it; Vite's own words when that fails. */
export function buildSkeleton(): Skeleton {
  mkdirSync(join(ROOT, 'test-results'), { recursive: true });
  const root = mkdtempSync(join(ROOT, 'test-results', 'skeleton-'));
  const remove = (): void => {
    rmSync(root, { recursive: true, force: true });
  };
  for (const [path, text] of Object.entries(FILES)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  const vite = createRequire(import.meta.url).resolve('vite/package.json');
  const done = spawnSync(
    process.execPath,
    [join(dirname(vite), 'bin/vite.js'), 'build', '--logLevel', 'warn'],
    { cwd: root, env: { ...process.env, NODE_ENV: 'production' }, encoding: 'utf8' },
  );
  if (done.status !== 0) {
    remove();
    throw new Error(`the skeleton was not built:\n${done.stdout}${done.stderr}`);
  }
  return { program: join(root, 'build/index.js'), remove };
}
