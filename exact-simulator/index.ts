/*
 * Starting the simulator from code, for tests in the same process and for main.ts.
 */
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { FaultKind } from './control/faults.ts';
import { nemesisInput } from './control/nemesis.ts';
import { makeServer, type TlsIdentity } from './http/server.ts';
import {
  DEFAULT_CLIENT_ID,
  DEFAULT_CLIENT_SECRET,
  DEFAULT_REDIRECT_URIS,
  DEFAULT_WEBHOOK_SECRET,
} from './oauth/registration.ts';
import { checkDay, DEFAULT_DAY } from './seed/day.ts';
import { DEFAULT_ITEMS, DEFAULT_SEED } from './seed/seed.ts';
import { Simulation } from './simulation.ts';
import { TEMPORARY } from './store/database.ts';

/** How often waiting work looks at the clock when no call comes in, in real time. */
const TICK_MS = 250;
/** A fault given at the start stays on. */
const ALWAYS = 1_000_000;

/** A fault that stays on, or a seeded nemesis. */
export type StartFault = { kind: FaultKind; times?: number } | { seed: number; rate?: number };

export interface SimulatorOptions {
  /** 0 takes any free port. Default 0. */
  port?: number;
  /** Default 127.0.0.1. */
  host?: string;
  seed?: number;
  items?: number;
  /** The Dutch calendar day on which the seeded company stands. Default 2026-11-02. */
  day?: string;
  /** A SQLite file that is kept; without it the state goes with the process. */
  db?: string;
  clientId?: string;
  clientSecret?: string;
  /** Signs webhook notifications. */
  webhookSecret?: string;
  redirectUris?: readonly string[];
  /** PEM files; with them the simulator speaks HTTPS instead of HTTP. */
  tls?: { certFile: string; keyFile: string };
  /** In force from the first call; a reset clears them. */
  faults?: readonly StartFault[];
  /** UTC milliseconds; default the system's clock. */
  now?: () => number;
}

export interface RunningSimulator {
  /** `http://127.0.0.1:4100` */
  url: string;
  port: number;
  clientId: string;
  clientSecret: string;
  webhookSecret: string;
  redirectUris: readonly string[];
  division: number;
  /** The simulator's inside: store, clock, faults, for tests in the same process. */
  simulation: Simulation;
  close: () => Promise<void>;
}

export { Simulation };

function startFaults(simulation: Simulation, faults: readonly StartFault[]): void {
  for (const fault of faults) {
    if ('seed' in fault) simulation.nemesis.start(nemesisInput.parse(fault));
    else simulation.faults.add({ times: ALWAYS, ...fault });
  }
}

async function identity(tls: SimulatorOptions['tls']): Promise<TlsIdentity | undefined> {
  if (!tls) return undefined;
  return { cert: await readFile(tls.certFile, 'utf8'), key: await readFile(tls.keyFile, 'utf8') };
}

function listeningPort(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new Error('not listening on a port');
  return address.port;
}

/**
 * Starts a simulator and resolves when it listens. Rejects with the system's error when the port
 * is taken (`EADDRINUSE`) or the database file or a TLS file cannot be opened, and with a
 * RangeError when `day` is no day of the calendar.
 */
export async function startSimulator(options: SimulatorOptions = {}): Promise<RunningSimulator> {
  const day = options.day ?? DEFAULT_DAY;
  checkDay(day);
  const tls = await identity(options.tls);
  const registration = {
    clientId: options.clientId ?? DEFAULT_CLIENT_ID,
    clientSecret: options.clientSecret ?? DEFAULT_CLIENT_SECRET,
    webhookSecret: options.webhookSecret ?? DEFAULT_WEBHOOK_SECRET,
    redirectUris: options.redirectUris ?? DEFAULT_REDIRECT_URIS,
  };
  const simulation = new Simulation({
    registration,
    file: options.db ?? TEMPORARY,
    seed: options.seed ?? DEFAULT_SEED,
    items: options.items ?? DEFAULT_ITEMS,
    day,
    now: options.now ?? Date.now,
  });
  startFaults(simulation, options.faults ?? []);
  const host = options.host ?? '127.0.0.1';
  let server: Server;
  try {
    server = makeServer(simulation, tls);
    server.listen(options.port ?? 0, host);
    await once(server, 'listening');
  } catch (error) {
    simulation.close();
    throw error;
  }
  const port = listeningPort(server.address());
  const ticking = setInterval(() => simulation.tick(), TICK_MS);
  ticking.unref();
  const close = async (): Promise<void> => {
    clearInterval(ticking);
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
    await simulation.webhooks.stop();
    simulation.close();
  };
  const scheme = tls ? 'https' : 'http';
  const url = `${scheme}://${host.includes(':') ? `[${host}]` : host}:${port}`;
  return { url, port, ...registration, division: simulation.mainDivision, simulation, close };
}
