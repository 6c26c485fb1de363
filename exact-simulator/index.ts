/*
 * Starting the simulator from code, for tests in the same process and for main.ts.
 */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { makeServer } from './http/server.ts';
import {
  DEFAULT_CLIENT_ID,
  DEFAULT_CLIENT_SECRET,
  DEFAULT_REDIRECT_URIS,
} from './oauth/registration.ts';
import { checkDay, DEFAULT_DAY } from './seed/day.ts';
import { DEFAULT_ITEMS, DEFAULT_SEED } from './seed/seed.ts';
import { Simulation } from './simulation.ts';

export interface SimulatorOptions {
  /** 0 takes any free port. Default 0. */
  port?: number;
  /** Default 127.0.0.1. */
  host?: string;
  seed?: number;
  items?: number;
  /** The Dutch calendar day on which the seeded company stands. Default 2026-11-02. */
  day?: string;
  /** A SQLite file that is kept; without it everything lives in memory. */
  db?: string;
  clientId?: string;
  clientSecret?: string;
  redirectUris?: readonly string[];
  /** UTC milliseconds; default the system's clock. */
  now?: () => number;
}

export interface RunningSimulator {
  /** `http://127.0.0.1:4100` */
  url: string;
  port: number;
  clientId: string;
  clientSecret: string;
  redirectUris: readonly string[];
  division: number;
  /** The simulator's inside: store, clock, faults, for tests in the same process. */
  simulation: Simulation;
  close: () => Promise<void>;
}

export { Simulation };

function listeningPort(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new Error('not listening on a port');
  return address.port;
}

/**
 * Starts a simulator and resolves when it listens. Rejects with the system's error when the port
 * is taken (`EADDRINUSE`) or the database file cannot be opened, and with a RangeError when `day`
 * is no day of the calendar.
 */
export async function startSimulator(options: SimulatorOptions = {}): Promise<RunningSimulator> {
  const day = options.day ?? DEFAULT_DAY;
  checkDay(day);
  const registration = {
    clientId: options.clientId ?? DEFAULT_CLIENT_ID,
    clientSecret: options.clientSecret ?? DEFAULT_CLIENT_SECRET,
    redirectUris: options.redirectUris ?? DEFAULT_REDIRECT_URIS,
  };
  const simulation = new Simulation({
    registration,
    file: options.db ?? ':memory:',
    seed: options.seed ?? DEFAULT_SEED,
    items: options.items ?? DEFAULT_ITEMS,
    day,
    now: options.now ?? Date.now,
  });
  const server = makeServer(simulation);
  const host = options.host ?? '127.0.0.1';
  try {
    server.listen(options.port ?? 0, host);
    await once(server, 'listening');
  } catch (error) {
    simulation.close();
    throw error;
  }
  const port = listeningPort(server.address());
  const close = async (): Promise<void> => {
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
    simulation.close();
  };
  const url = `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
  return { url, port, ...registration, division: simulation.mainDivision, simulation, close };
}
