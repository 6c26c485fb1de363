// Who lives here: one hub side and one simulator for a test: real HTTP, real SQLite in a folder of
// its own, one virtual time for both, and the callback route that the hub will have.

import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSimulator } from '../../exact-simulator/index.ts';
import type { RunningSimulator } from '../../exact-simulator/index.ts';
import { makeId } from '../../src/lib/domain/index.ts';
import type {
  CommandId,
  Marker,
  Posting,
  PostingId,
  PostingOf,
  Random,
  ReceiptLine,
} from '../../src/lib/domain/index.ts';
import {
  connectToSimulator,
  DEFAULT_CONVENTIONS,
  ExactSession,
  Mirror,
  openVault,
  Postings,
} from '../../src/lib/server/exact/index.ts';
import type { MirrorReader, PostingTable } from '../../src/lib/server/exact/index.ts';
import { PostingRows, Pump } from '../../src/lib/server/outbox/index.ts';
import type { ExactPort, Settlement } from '../../src/lib/server/outbox/index.ts';
import { openStore } from '../../src/lib/server/store/index.ts';
import type { Store, StatementWatch } from '../../src/lib/server/store/index.ts';
import { VirtualTime } from './virtual-time.ts';
import { WholeReader } from './whole-reader.ts';
import { Wire } from './wire.ts';

export const START_MS = Date.UTC(2026, 10, 23, 8, 0, 30);
const random = { bytes: (count: number) => new Uint8Array(randomBytes(count)) };

/** The hub side as one process: closing and opening it again is a restart. */
export interface HubSide {
  readonly store: Store;
  readonly session: ExactSession;
  readonly mirror: Mirror;
  readonly reader: WholeReader;
  readonly postings: Postings;
  readonly pump: Pump;
  readonly settled: Settlement[];
  close(): Promise<void>;
}

export interface World {
  readonly time: VirtualTime;
  readonly sim: RunningSimulator;
  readonly wire: Wire;
  readonly folder: string;
  readonly callbackUrl: URL;
  /** The hub side that the callback route belongs to. */
  hub: HubSide;
  restart(): Promise<void>;
  /** Another process's session on the same database, as far as tokens are concerned. */
  secondSession(): Promise<ExactSession>;
  connect(): Promise<void>;
  control(path: string, body: unknown, method?: 'POST' | 'DELETE'): Promise<unknown>;
  close(): Promise<void>;
}

function openSession(
  world: { time: VirtualTime; wire: Wire; folder: string; sim: RunningSimulator },
  store: Store,
  redirectUri: string,
): Promise<ExactSession> {
  const { time, wire, folder, sim } = world;
  return ExactSession.open({
    ...{ db: store.db, clock: time, scheduler: time, random },
    vault: openVault({ file: join(folder, 'keys', 'scandock.key') }),
    app: { baseUrl: wire.url, clientId: sim.clientId, clientSecret: sim.clientSecret, redirectUri },
  });
}

async function openHub(
  world: { time: VirtualTime; wire: Wire; folder: string; sim: RunningSimulator },
  redirectUri: string,
  watch: StatementWatch,
): Promise<HubSide> {
  const { time, wire, folder } = world;
  const file = join(folder, 'hub.sqlite');
  const store = await openStore({ file, clock: time, random, watch });
  const base = { db: store.db, clock: time, scheduler: time };
  const session = await openSession(world, store, redirectUri);
  const mirror = new Mirror({
    ...base,
    client: session.client,
    baseUrl: wire.url,
    division: () => session.division,
    conventions: DEFAULT_CONVENTIONS,
  });
  const reader = new WholeReader(store.db);
  const postings = makePostings(store, session, reader, time);
  const settled: Settlement[] = [];
  const pump = makePump(store, postings, time, settled);
  const close = async () => {
    await pump.stop();
    await mirror.stop();
    await store.close();
  };
  return { store, session, mirror, reader, postings, pump, settled, close };
}

/** The production way into Exact; `table` only to plant faults in it. */
export function makePostings(
  store: Store,
  session: ExactSession,
  reader: MirrorReader,
  time: VirtualTime,
  table?: PostingTable,
): Postings {
  const rows = new PostingRows(store.db);
  return new Postings({
    ...{ client: session.client, facts: reader, clock: time },
    known: (kind, ids) => rows.known(kind, ids),
    ...(table === undefined ? {} : { table }),
  });
}

export function makePump(
  store: Store,
  exact: ExactPort,
  time: VirtualTime,
  settled: Settlement[],
): Pump {
  return new Pump({
    rows: new PostingRows(store.db),
    exact,
    settle: (settlement) => {
      settled.push(settlement);
      return Promise.resolve();
    },
    clock: time,
    scheduler: time,
  });
}

/**
 * `items`: how many the simulator's company has; its own default when not given. `watch` sees every
 * statement of the hub's database, and breaks what it throws at.
 */
export async function makeWorld(items?: number, watch: StatementWatch = {}): Promise<World> {
  const time = new VirtualTime(START_MS);
  const folder = mkdtempSync(join(tmpdir(), 'scandock-exact-'));
  const route = createServer((message, response) => {
    const url = new URL(message.url ?? '/', 'http://127.0.0.1');
    world.hub.session.callback(url.searchParams).then(
      (result) => {
        response.writeHead(result.kind === 'connected' ? 200 : 400);
        response.end(JSON.stringify(result));
      },
      (error: unknown) => {
        response.writeHead(500);
        response.end(String(error));
      },
    );
  });
  route.listen(0, '127.0.0.1');
  await once(route, 'listening');
  const address = route.address();
  if (address === null || typeof address === 'string') throw new Error('the route is not open');
  const callbackUrl = new URL(`http://127.0.0.1:${address.port}/api/exact/callback`);
  const sim = await startSimulator({
    now: () => time.nowMs(),
    redirectUris: [callbackUrl.href],
    ...(items === undefined ? {} : { items }),
  });
  const wire = await Wire.open(sim.url, time);
  const parts = { time, wire, folder, sim };
  const world: World = {
    ...parts,
    callbackUrl,
    hub: await openHub(parts, callbackUrl.href, watch),
    restart: async () => {
      await world.hub.close();
      world.hub = await openHub(parts, callbackUrl.href, watch);
    },
    secondSession: () => openSession(parts, world.hub.store, callbackUrl.href),
    connect: async () => {
      const login = { userName: 'demo@scandock.test', password: 'demo' };
      const walked = await connectToSimulator(
        world.hub.session.authorizeUrl(),
        callbackUrl,
        login,
        time,
      );
      if (walked.kind !== 'arrived') throw new Error(walked.words);
    },
    control: async (path, body, method = 'POST') => {
      const response = await fetch(`${sim.url}/control/${path}`, {
        ...{ method, headers: { 'Content-Type': 'application/json' } },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
      return response.status === 204 ? null : response.json();
    },
    close: async () => {
      await world.hub.close();
      await wire.close();
      await sim.close();
      route.close();
      route.closeAllConnections();
      rmSync(folder, { recursive: true });
    },
  };
  return world;
}

let markers = 0;

/** Ids of one moment rise as they are made, as a seed wants it: by them the outbox goes. */
const rising: Random = {
  bytes: (count) => {
    const bytes = new Uint8Array(count);
    const view = new DataView(bytes.buffer);
    // Where a version 7 id takes its sequence from, and the rest of it (RFC 9562, 6.2).
    for (const at of [6, 12]) view.setUint32(at, markers);
    return bytes;
  },
};

/** A posting's own names, fresh at each call. */
export function freshName(atMs: number) {
  markers += 1;
  return {
    id: makeId<PostingId>({ nowMs: () => atMs }, rising),
    marker: `SD-${String(markers).padStart(12, '0')}` as Marker,
    commands: [makeId<CommandId>({ nowMs: () => atMs }, rising)],
  };
}

/** Puts a posting into the outbox as the journal does. */
export async function commit<P extends Posting>(
  hub: HubSide,
  posting: P,
  atMs: number,
): Promise<P> {
  const { id, marker, kind, document } = posting;
  await hub.store.db
    .insertInto('posting')
    .values({
      ...{ id, marker, kind, document, body: JSON.stringify(posting) },
      ...{ state: 'ready', attempts: 0, first_sent_ms: null, last_sent_ms: null },
      ...{ looked_up_count: 0, next_at_ms: atMs, exact_id: null, document_number: null },
      ...{ step: 0, results: '[]', fault: null, words: null, updated_ms: atMs },
    })
    .execute();
  return posting;
}

/** A goods receipt in the outbox. */
export function commitPosting(
  hub: HubSide,
  document: string,
  lines: readonly ReceiptLine[],
  atMs: number,
): Promise<PostingOf<'goodsReceipt'>> {
  const name = freshName(atMs);
  return commit(hub, { ...name, kind: 'goodsReceipt' as const, document, lines }, atMs);
}

/** Steps until nothing is due before `untilMs`, letting time pass as the pump asks for it. */
export async function pumpUntil(world: World, untilMs: number): Promise<void> {
  for (let steps = 0; steps < 500; steps += 1) {
    const nextMs = await world.hub.pump.step();
    if (nextMs > untilMs) {
      world.time.advanceTo(untilMs);
      await world.wire.settled();
      return;
    }
    world.time.advanceTo(nextMs);
    await world.wire.settled();
  }
  throw new Error('the pump does not come to rest');
}

/** Goods receipts in the simulator with this marker. */
export function receiptsWith(world: World, marker: string): readonly Record<string, unknown>[] {
  return world.sim.simulation.store.all(
    'SELECT * FROM "GoodsReceipts" WHERE "Description" = ?',
    marker,
  );
}
