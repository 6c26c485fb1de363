// `npm start` as a newcomer, a careless environment and a dying machine see it. The built product,
// in processes of its own; no browser.

import { expect, test } from '@playwright/test';
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const HOUSE = join(import.meta.dirname, '../..');
const START = join(HOUSE, 'bin/start.ts');
const READY_MS = 60_000;

interface Run {
  readonly process: ChildProcess;
  /** Everything that it has printed so far. */
  readonly printed: () => string;
  readonly ended: Promise<number | null>;
}

let folder: string;
const runs: Run[] = [];
test.beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'scandock-start-'));
});
test.afterEach(async () => {
  for (const run of runs.splice(0)) {
    run.process.kill('SIGTERM');
    await run.ended;
  }
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});

function start(env: Record<string, string>): Run {
  const child = spawn(process.execPath, ['--import', import.meta.resolve('tsx'), START], {
    env: { ...process.env, DATA_DIR: join(folder, 'data'), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (part: string) => (text += part));
  }
  const ended = once(child, 'close').then(() => child.exitCode);
  const run = { process: child, printed: () => text, ended };
  runs.push(run);
  return run;
}

/** Two ports that were free a moment ago. */
async function freePorts(): Promise<{ PORT: string; EXACT_SIMULATOR_PORT: string }> {
  const probes = [createServer(), createServer()];
  const ports: string[] = [];
  for (const probe of probes) {
    probe.listen(0, '127.0.0.1');
    await once(probe, 'listening');
    const address = probe.address();
    ports.push(String(typeof address === 'object' ? address?.port : ''));
  }
  for (const probe of probes) {
    probe.close();
    await once(probe, 'close');
  }
  return { PORT: ports[0] ?? '', EXACT_SIMULATOR_PORT: ports[1] ?? '' };
}

async function answers(port: string): Promise<boolean> {
  return fetch(`http://127.0.0.1:${port}/`, { redirect: 'manual' }).then(
    () => true,
    () => false,
  );
}

/** The banner's last line is there. */
async function whenReady(run: Run): Promise<void> {
  await expect.poll(run.printed, { timeout: READY_MS }).toContain('Stop with Ctrl+C');
}

test('names every wrong value of the environment in a line of its own, and does not start', async () => {
  const run = start({ PORT: 'eighty', LOG_LEVEL: 'loud', EXACT_CLIENT_ID: 'id' });
  expect(await run.ended).toBe(2);
  const lines = run.printed().trim().split('\n');
  expect(lines.map((line) => line.split(/[=:]/)[0])).toEqual([
    'PORT',
    'LOG_LEVEL',
    'EXACT_CLIENT_SECRET',
  ]);
});

test('says in a sentence that a port is taken, and which to try', async () => {
  const ports = await freePorts();
  const other = createServer().listen(Number(ports.PORT), '127.0.0.1');
  await once(other, 'listening');
  const run = start(ports);
  expect(await run.ended).toBe(1);
  expect(run.printed().trim()).toBe(
    `Port ${ports.PORT} is taken by another program. ` +
      `Try another: PORT=${Number(ports.PORT) + 10} npm start`,
  );
  other.close();
});

test('prints every diagnostic of a faulty workflow file with its line, and does not start', async () => {
  const file = join(folder, 'workflows.yaml');
  writeFileSync(file, 'scandock: 1\nworkflows:\n  - id: Receive\n    icon: boat\n');
  const run = start({ ...(await freePorts()), SCANDOCK_WORKFLOWS: file });
  expect(await run.ended).toBe(1);
  expect(run.printed()).toMatch(/3:\d+/);
  expect(run.printed()).toMatch(/4:\d+/);
  expect(run.printed()).not.toContain('    at ');
});

test('starts, shows three links, answers this machine only, and ends whole when asked', async () => {
  const ports = await freePorts();
  const run = start(ports);
  await whenReady(run);
  for (const path of ['/', '/admin', '/sheet']) {
    const link = `http://localhost:${ports.PORT}${path}`;
    expect(run.printed()).toContain(`${link} `);
    expect((await fetch(link)).status).toBe(200);
  }
  const health = await fetch(`http://localhost:${ports.PORT}/api/health`);
  expect(await health.json()).toMatchObject({ status: 'ok' });
  const schema = await fetch(`http://localhost:${ports.PORT}/api/workflows/schema.json`);
  expect(schema.headers.get('content-type')).toBe('application/schema+json');
  const written = readFileSync(join(HOUSE, 'docs/workflows.schema.json'), 'utf8');
  expect(await schema.text()).toBe(written);
  run.process.kill('SIGTERM');
  expect(await run.ended).toBe(0);
  expect(await answers(ports.PORT)).toBe(false);
  expect(await answers(ports.EXACT_SIMULATOR_PORT)).toBe(false);
});

test('leaves nothing running when it is killed itself', async () => {
  const ports = await freePorts();
  const run = start(ports);
  await whenReady(run);
  run.process.kill('SIGKILL');
  await expect.poll(() => answers(ports.PORT), { timeout: 15_000 }).toBe(false);
  await expect.poll(() => answers(ports.EXACT_SIMULATOR_PORT), { timeout: 15_000 }).toBe(false);
});
