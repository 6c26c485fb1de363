// The thread that compiles: what a hub hears when it fails, and that the hub goes on meanwhile.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { expect, it } from 'vitest';
import { SMALL } from '../../../../tests/samples/workflows/small.ts';
import { compile } from '../../workflows/index.ts';
import { compileAside } from './aside.ts';
import { revisionOf } from './index.ts';

const SHIPPED = readFileSync(join(import.meta.dirname, '../../../../workflows.yaml'), 'utf8');

it('a thread that takes too long is ended and says so', async () => {
  expect(await compileAside(SHIPPED, 1)).toEqual({
    ok: false,
    why: 'it took longer than 0.001 seconds',
  });
});

it('gives what the compiler gives, of a sound file and of a faulty one', async () => {
  for (const text of [SMALL, SMALL.replace('ask: item', 'ask: itm'), '\0', '']) {
    const compiled = compile(text, revisionOf);
    expect(await compileAside(text)).toEqual({ ok: true, compiled });
  }
});

it('lets the hub go on while a whole file is proven', async () => {
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  let turns = 0;
  const counting = setInterval(() => (turns += 1), 10);
  await compileAside(SHIPPED);
  clearInterval(counting);
  delay.disable();
  // The proof takes hundreds of milliseconds: on this thread nothing else would have its turn.
  expect(turns).toBeGreaterThan(5);
});
