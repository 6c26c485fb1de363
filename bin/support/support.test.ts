// The small parts of `npm start` and `npm test` that decide something: which hosts are ours, which
// port is free, when a child is ready or dead, how many tests there were.

import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { banner } from './banner.ts';
import { isBuilt } from './build.ts';
import { startChild } from './children.ts';
import { isOurHost } from './hosts.ts';
import { portProblem, samePortProblem } from './ports.ts';
import { hubIsReady, simulatorUrl } from './ready.ts';
import { makeScratch } from './scratch.ts';
import { readTotals } from './totals.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'scandock-bin-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

function write(name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

describe('a name in the Host header', () => {
  it.each([undefined, '', 'evil.example:3000', 'localhost.evil.example', '127.0.0.1.evil.example'])(
    'is refused: %s',
    (host) => {
      expect(isOurHost(host)).toBe(false);
    },
  );

  it.each(['localhost', 'localhost:3000', 'LOCALHOST:1', '127.0.0.1:3000', '[::1]:3000'])(
    'is ours: %s',
    (host) => {
      expect(isOurHost(host)).toBe(true);
    },
  );
});

describe('a folder for what tests write', () => {
  const made = (memory: string, bytes: number) => {
    const scratch = makeScratch(memory, bytes);
    const parent = dirname(scratch.path);
    expect(existsSync(scratch.path)).toBe(true);
    scratch.remove();
    expect(existsSync(scratch.path)).toBe(false);
    return parent;
  };

  it('lies where the system keeps such files when memory has none or too little room', () => {
    expect(made(join(folder, 'none'), 1)).toBe(tmpdir());
    expect(made(folder, Number.MAX_SAFE_INTEGER)).toBe(tmpdir());
  });

  it('lies in memory otherwise', () => {
    expect(made(folder, 1)).toBe(folder);
  });
});

describe('a port', () => {
  it('that is taken gives a sentence with another one to try', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const address = other.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    expect(await portProblem('PORT', port, '127.0.0.1')).toBe(
      `Port ${port} is taken by another program. Try another: PORT=${port + 10} npm start`,
    );
    other.close();
    await once(other, 'close');
    expect(await portProblem('PORT', port, '127.0.0.1')).toBeUndefined();
  });

  it('that the hub and the simulator are both given is no other program’s', () => {
    expect(samePortProblem(3000, 4100)).toBeUndefined();
    expect(samePortProblem(3000, 3000)).toBe(
      'PORT and EXACT_SIMULATOR_PORT are both 3000. Try another: EXACT_SIMULATOR_PORT=4100 npm start',
    );
    expect(samePortProblem(4100, 4100)).toContain('EXACT_SIMULATOR_PORT=4101 npm start');
  });

  it('on an address that this machine lacks gives a sentence too', async () => {
    const problem = await portProblem('PORT', 3000, '203.0.113.7');
    expect(problem).toMatch(/^Port 3000 on 203\.0\.113\.7 cannot be used: /);
  });
});

describe('a child', () => {
  const readyWhen = (line: string): string | undefined => /^ready (.*)$/.exec(line)?.[1];

  it('that ends before it is ready gives its exit code', async () => {
    const file = write('dies.ts', 'process.exit(7);');
    const started = await startChild({ name: 'A child', args: [file], readyWhen });
    expect(started).toEqual({ ok: false, code: 7 });
  });

  it('is ready when it says so, and ends when it is asked to', async () => {
    const file = write('serves.ts', "console.log('ready 42'); setInterval(() => {}, 1000);");
    const started = await startChild({ name: 'A child', args: [file], readyWhen });
    if (!started.ok) throw new Error('it did not start');
    expect(started.ready).toBe('42');
    await started.child.end();
    expect(await started.child.ended).toBe(1);
  });

  it('that dies by itself is noticed', async () => {
    const file = write(
      'dies-later.ts',
      "console.log('ready 1'); setTimeout(() => process.exit(3), 50);",
    );
    const started = await startChild({ name: 'A child', args: [file], readyWhen });
    if (!started.ok) throw new Error('it did not start');
    expect(await started.child.ended).toBe(3);
  });
});

describe('a line of a child', () => {
  it('is a ready line only in its exact form', () => {
    expect(simulatorUrl('{"ready":true,"url":"http://127.0.0.1:4100"}')).toBe(
      'http://127.0.0.1:4100',
    );
    for (const other of [
      '',
      '{',
      '{"ready":false,"url":"http://x"}',
      '{"url":"http://x"}',
      'ready',
    ]) {
      expect(simulatorUrl(other)).toBeUndefined();
    }
    expect(hubIsReady('scandock hub ready on http://127.0.0.1:3000')).toBe(true);
    expect(hubIsReady('{"level":30,"msg":"ready"}')).toBeUndefined();
  });
});

describe('the totals', () => {
  const vitest = (change: object): string =>
    JSON.stringify({ numPassedTests: 5, numFailedTests: 1, testResults: [], ...change });

  it('count a test file that could not be read as a failure', () => {
    const broken = { status: 'failed', assertionResults: [] };
    const file = write('v.json', vitest({ testResults: [broken] }));
    expect(readTotals(file)).toEqual({ passed: 5, failed: 2 });
  });

  it('count a flaky end-to-end test and an error outside of tests as failures', () => {
    const stats = { expected: 4, unexpected: 1, flaky: 1, skipped: 0 };
    const file = write('p.json', JSON.stringify({ stats, errors: [{ message: 'x' }] }));
    expect(readTotals(file)).toEqual({ passed: 4, failed: 3 });
  });

  it('are unknown when no report was written', () => {
    expect(readTotals(join(folder, 'none.json'))).toBeUndefined();
  });
});

it('a folder without a build, or with a build of other sources, is not built', () => {
  expect(isBuilt(folder)).toBe(false);
});

it('the banner shows the three links, what stands for Exact, and that only this machine is served', () => {
  const simulator = { baseUrl: 'http://127.0.0.1:4100', simulator: true };
  const text = banner({ port: 3010, exact: simulator, dataDir: 'data' });
  for (const path of ['/', '/admin', '/sheet']) {
    expect(text).toMatch(new RegExp(`http://localhost:3010${path}\\s`));
  }
  expect(text).toContain('simulator at http://127.0.0.1:4100');
  expect(text).toContain('loopback interface only');
});
