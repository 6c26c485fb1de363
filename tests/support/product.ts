// Who lives here: the whole product for a test: the simulator and the hub as processes of their
// own, on free ports and a fresh data folder, started as `npm start` starts them. A test may kill
// the hub, cut its answers, and read the simulator's books over its own API.

import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { build, isBuilt, ROOT } from '../../bin/support/build.ts';
import { Books } from './books.ts';

const READY_MS = 40_000;
const CALENDAR = pathToFileURL(join(import.meta.dirname, 'calendar.ts')).href;
const CLIENT = { id: 'c0ffee00-5ca9-4d0c-8a11-0e8ac7051e57', secret: 'scandockDemo1' };

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => {
        resolve(port);
      });
    });
  });
}

/** Starts a TypeScript program and waits for the line that says it serves. */
function run(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  ready: RegExp,
  said: string[] = [],
  began: (child: ChildProcess) => void = () => undefined,
): Promise<{ child: ChildProcess }> {
  const moved = env['SCANDOCK_TEST_DAY'] === undefined ? [] : ['--import', CALENDAR];
  const child = spawn(process.execPath, ['--import', 'tsx', ...moved, ...args], {
    cwd: ROOT,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  began(child);
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => {
      reject(new Error(`not ready in time: ${args.join(' ')}\n${said.join('\n')}`));
    }, READY_MS);
    const heard = (line: string): void => {
      said.push(line);
      if (!ready.test(line)) return;
      clearTimeout(late);
      resolve({ child });
    };
    createInterface({ input: child.stdout }).on('line', heard);
    createInterface({ input: child.stderr }).on('line', heard);
    child.once('exit', (code) => {
      clearTimeout(late);
      reject(new Error(`ended with ${code}: ${args.join(' ')}\n${said.join('\n')}`));
    });
  });
}

function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once('exit', () => {
      resolve();
    });
  });
}

export interface ProductOptions {
  /** More environment for the hub. */
  readonly env?: NodeJS.ProcessEnv;
  /** False: nobody connects the hub by itself, so that start does not wait for the mirror. */
  readonly connects?: boolean;
  /** What happens in Exact before the hub asks it for the first time. */
  readonly before?: (books: Books) => Promise<unknown>;
  /** The text of its workflows.yaml; left out: the one that ships. */
  readonly workflows?: string | undefined;
  /** `yyyy-mm-dd`: hub and Exact believe that this is today (calendar.ts). */
  readonly today?: string;
}

export class Product {
  readonly url: string;
  readonly dataDir: string;
  readonly books: Books;
  readonly simulatorUrl: string;
  /** Every line that the hubs printed, of all that were started. */
  readonly said: string[] = [];
  /** This product's own copy, for a test to change. */
  readonly workflowsFile: string;
  /** What it was started with; nothing: what ships. */
  readonly workflows: string | undefined;
  readonly #ports: { readonly hub: number; readonly simulator: number };
  #simulator: ChildProcess | undefined;
  readonly #hubEnv: NodeJS.ProcessEnv;
  readonly #dayEnv: NodeJS.ProcessEnv;
  #hub: ChildProcess | undefined;
  #killed = false;

  private constructor(
    ports: { hub: number; simulator: number },
    dataDir: string,
    options: ProductOptions,
  ) {
    this.#ports = ports;
    this.url = `http://localhost:${ports.hub}`;
    this.dataDir = dataDir;
    this.workflowsFile = join(dataDir, 'workflows.yaml');
    this.workflows = options.workflows;
    if (this.workflows === undefined) {
      copyFileSync(join(ROOT, 'workflows.yaml'), this.workflowsFile);
    } else writeFileSync(this.workflowsFile, this.workflows);
    this.simulatorUrl = `http://127.0.0.1:${ports.simulator}`;
    this.books = new Books(this.simulatorUrl);
    this.#dayEnv = options.today === undefined ? {} : { SCANDOCK_TEST_DAY: options.today };
    this.#hubEnv = {
      ...this.#dayEnv,
      NODE_ENV: 'production',
      PORT: String(ports.hub),
      DATA_DIR: dataDir,
      SCANDOCK_WORKFLOWS: this.workflowsFile,
      EXACT_BASE_URL: this.simulatorUrl,
      EXACT_CLIENT_ID: CLIENT.id,
      EXACT_CLIENT_SECRET: CLIENT.secret,
      EXACT_REDIRECT_URI: `${this.url}/api/exact/callback`,
      EXACT_STANDS_IN: '1',
      // The simulator applies at once or never; a test need not wait for five minutes twice.
      EXACT_SETTLE_SECONDS: '2',
      ...options.env,
    };
  }

  /** Everything up, connected to Exact, and the mirror read. */
  static async start(options: ProductOptions = {}): Promise<Product> {
    if (!isBuilt()) {
      const built = build();
      if (!built.ok) throw new Error(built.output);
    }
    const dataDir = mkdtempSync(join(tmpdir(), 'scandock-'));
    const ports = { hub: await freePort(), simulator: await freePort() };
    const product = new Product(ports, dataDir, options);
    await product.startSimulator();
    await options.before?.(product.books);
    await product.startHub();
    if (options.connects !== false) await product.mirrored();
    return product;
  }

  async startSimulator(): Promise<void> {
    const { child } = await run(
      [
        'exact-simulator/main.ts',
        ...['--json-ready', '--port', String(this.#ports.simulator)],
        ...['--db', join(this.dataDir, 'exact-simulator.db')],
        ...['--redirect-uri', `${this.url}/api/exact/callback`],
      ],
      this.#dayEnv,
      /"ready":true/,
    );
    this.#simulator = child;
  }

  async killSimulator(): Promise<void> {
    const simulator = this.#simulator;
    if (simulator === undefined) return;
    simulator.kill('SIGKILL');
    await ended(simulator);
    this.#simulator = undefined;
  }

  async startHub(): Promise<void> {
    this.#killed = false;
    await run(['bin/serve.ts'], this.#hubEnv, /scandock hub ready/, this.said, (child) => {
      this.#hub = child;
    });
  }

  /** Whether the hub that was started last was killed by `killHub`. */
  get hubWasKilled(): boolean {
    return this.#killed;
  }

  /** As a power cut would: nothing is said, nothing is finished. */
  async killHub(): Promise<void> {
    const hub = this.#hub;
    if (hub === undefined) return;
    this.#killed = true;
    hub.kill('SIGKILL');
    await ended(hub);
    this.#hub = undefined;
  }

  /** Waits until the hub has read the open orders. */
  async mirrored(): Promise<void> {
    const until = Date.now() + READY_MS;
    while (Date.now() < until) {
      const sheet = await fetch(`http://127.0.0.1:${this.#ports.hub}/sheet`);
      if (sheet.ok && (await sheet.text()).includes('10000001')) return;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    throw new Error('the orders did not come from Exact in time');
  }

  /** Ends everything and takes the data away. */
  async stop(): Promise<void> {
    for (const child of [this.#hub, this.#simulator]) {
      if (child === undefined) continue;
      child.kill('SIGTERM');
      await ended(child);
    }
    rmSync(this.dataDir, { recursive: true, force: true });
  }
}
