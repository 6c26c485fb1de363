// `npm start`: checks what it stands on, builds what is not built, starts an Exact simulator when
// no credentials are configured, starts the hub, and says where everything is. It holds nothing
// itself: when it ends, it ends its children; when a child dies, it says so and ends.

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Environment } from '../src/lib/server/env/index.ts';
import type { Child } from './support/children.ts';

const LEAST_NODE = [20, 19] as const;
/** How the simulator knows us: a registration that exists only on this machine, hence no secret. */
const SIMULATOR_CLIENT = { id: 'c0ffee00-5ca9-4d0c-8a11-0e8ac7051e57', secret: 'scandockDemo1' };

const children: Child[] = [];

async function leave(code: number, ...lines: string[]): Promise<never> {
  for (const line of lines) console.error(line);
  // The hub first: it may still be writing what the simulator answers.
  for (const child of children.toReversed()) await child.end();
  process.exit(code);
}

function checkNode(): void {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > LEAST_NODE[0] || (major === LEAST_NODE[0] && minor >= LEAST_NODE[1])) return;
  console.error(
    `Scandock needs Node ${LEAST_NODE.join('.')} or newer; this is ${process.version}.`,
  );
  process.exit(2);
}

async function readSettings(): Promise<Environment> {
  const { readEnvironment } = await import('../src/lib/server/env/index.ts');
  const read = readEnvironment(process.env);
  if (!read.ok) return leave(2, ...read.lines);
  try {
    mkdirSync(read.environment.dataDir, { recursive: true });
  } catch (problem) {
    const why = problem instanceof Error ? problem.message : String(problem);
    return leave(2, `DATA_DIR=${read.environment.dataDir}: cannot be made: ${why}`);
  }
  return read.environment;
}

async function checkPorts(settings: Environment): Promise<void> {
  const { portProblem, samePortProblem } = await import('./support/ports.ts');
  if (settings.exact === undefined) {
    // First: the two probes would each take the other for a stranger.
    const same = samePortProblem(settings.port, settings.simulatorPort);
    if (same !== undefined) await leave(1, same);
  }
  const problems = await Promise.all([
    portProblem('PORT', settings.port, settings.host),
    settings.exact === undefined
      ? portProblem('EXACT_SIMULATOR_PORT', settings.simulatorPort, '127.0.0.1')
      : undefined,
  ]);
  const lines = problems.filter((line) => line !== undefined);
  if (lines.length > 0) await leave(1, ...lines);
}

async function buildIfNeeded(): Promise<void> {
  const { build, isBuilt } = await import('./support/build.ts');
  if (isBuilt()) return;
  console.log('Building the kiosk and the hub …');
  const result = build();
  if (result.ok) console.log(`Built in ${(result.tookMs / 1000).toFixed(1)} s.`);
  else await leave(1, result.output, 'The build failed; what it says stands above.');
}

/** Today in the Netherlands, `2026-11-02`: Swedish writes its dates as ISO does. */
function dutchToday(): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Amsterdam' }).format(new Date());
}

/** Gives what the hub's process needs to find its Exact. */
async function startSimulator(settings: Environment): Promise<NodeJS.ProcessEnv> {
  const { ROOT } = await import('./support/build.ts');
  const { EXACT_CALLBACK_PATH } = await import('../src/lib/server/env/index.ts');
  const { startChild } = await import('./support/children.ts');
  const { simulatorUrl } = await import('./support/ready.ts');
  const redirectUri = `http://localhost:${settings.port}${EXACT_CALLBACK_PATH}`;
  const started = await startChild({
    name: 'The Exact simulator',
    args: [
      join(ROOT, 'exact-simulator/main.ts'),
      '--json-ready',
      ...['--port', String(settings.simulatorPort)],
      ...['--db', join(settings.dataDir, 'exact-simulator.db')],
      // A new company stands on today, so that its orders are not all late; an old one stays.
      ...['--day', dutchToday()],
      ...['--client-id', SIMULATOR_CLIENT.id, '--client-secret', SIMULATOR_CLIENT.secret],
      ...['--redirect-uri', redirectUri],
    ],
    readyWhen: simulatorUrl,
  });
  if (!started.ok) return leave(1, `The Exact simulator did not start (code ${started.code}).`);
  children.push(started.child);
  return {
    EXACT_BASE_URL: started.ready,
    EXACT_CLIENT_ID: SIMULATOR_CLIENT.id,
    EXACT_CLIENT_SECRET: SIMULATOR_CLIENT.secret,
    EXACT_STANDS_IN: '1',
  };
}

async function startHub(extra: NodeJS.ProcessEnv): Promise<void> {
  const { ROOT } = await import('./support/build.ts');
  const { startChild } = await import('./support/children.ts');
  const { hubIsReady } = await import('./support/ready.ts');
  const started = await startChild({
    name: 'The hub',
    args: [join(ROOT, 'bin/serve.ts')],
    env: { ...process.env, NODE_ENV: 'production', ...extra },
    readyWhen: hubIsReady,
  });
  // It has said why itself.
  if (!started.ok) return leave(started.code === 0 ? 1 : started.code);
  children.push(started.child);
}

async function main(): Promise<void> {
  checkNode();
  const settings = await readSettings();
  await checkPorts(settings);
  await buildIfNeeded();
  const simulator = settings.exact === undefined ? await startSimulator(settings) : {};
  await startHub(simulator);
  const { banner } = await import('./support/banner.ts');
  const baseUrl = simulator['EXACT_BASE_URL'] ?? settings.exact?.baseUrl ?? '';
  const exact = { baseUrl, simulator: settings.exact === undefined };
  console.log(banner({ port: settings.port, dataDir: settings.dataDir, exact }));
}

const state = { leaving: false };
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    if (state.leaving) return;
    state.leaving = true;
    console.log('\nStopping …');
    void leave(0);
  });
}
await main();
const died = await Promise.race(
  children.map(async (child) => ({ child, code: await child.ended })),
);
if (!state.leaving) {
  state.leaving = true;
  await leave(1, `${died.child.name} ended by itself (code ${died.code}). Stopping.`);
}
