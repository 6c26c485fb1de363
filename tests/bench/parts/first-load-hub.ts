// Who lives here: the hub's Exact side in a process of its own, reading a company for the first
// time on a virtual clock, so that its memory is its own and not the simulator's. It tells the bench
// its callback address, is told where the simulator is, keeps the simulator's clock with its own,
// and ends with its figures.

import { randomBytes } from 'node:crypto';
import { channel } from 'node:diagnostics_channel';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import * as z from 'zod';
import {
  connectToSimulator,
  DEFAULT_CONVENTIONS,
  ExactSession,
  Mirror,
  MirrorReader,
  openVault,
} from '../../../src/lib/server/exact/index.ts';
import { openStore } from '../../../src/lib/server/store/index.ts';
import { openOrdersComplete } from '../../exact/first-load.ts';
import { VirtualTime } from '../../exact/virtual-time.ts';

export interface HubFigures {
  /** Requests, and virtual time, until every open order could be shown; null: never. */
  readonly usable: { readonly calls: number; readonly ms: number } | null;
  readonly tookMs: number;
  /** The most there was, and what the process had before it read anything. */
  readonly rssBytes: number;
  readonly rssAtFirstBytes: number;
  readonly heapBytes: number;
  readonly trouble: readonly string[];
}

const START_MS = Date.UTC(2026, 10, 23, 8, 0, 30);
const STILL_TURNS = 20;
const LOGIN = { userName: 'demo@scandock.test', password: 'demo' };
const simulator = z.object({ url: z.string(), clientId: z.string(), clientSecret: z.string() });

/** Sends to the bench and waits for what it says to that. */
async function ask(message: object): Promise<unknown> {
  const answered = once(process, 'message');
  process.send?.(message);
  const [answer] = (await answered) as [unknown];
  return answer;
}

/** Requests of this process whose answers are not here in full. */
function watchRequests(): { underWay: number; made: number } {
  const seen = { underWay: 0, made: 0 };
  channel('undici:request:create').subscribe(() => {
    seen.underWay += 1;
    seen.made += 1;
  });
  for (const end of ['undici:request:trailers', 'undici:request:error']) {
    channel(end).subscribe(() => {
      seen.underWay -= 1;
    });
  }
  return seen;
}

async function main(folder: string): Promise<HubFigures> {
  const time = new VirtualTime(START_MS);
  const shells = { clock: time, scheduler: time };
  const random = { bytes: (count: number) => new Uint8Array(randomBytes(count)) };
  const late: { session?: ExactSession } = {};
  const route = createServer((message, response) => {
    const url = new URL(message.url ?? '/', 'http://127.0.0.1');
    late.session?.callback(url.searchParams).then(
      () => response.end('ok'),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
  route.listen(0, '127.0.0.1');
  await once(route, 'listening');
  const address = route.address();
  if (address === null || typeof address === 'string') throw new Error('the route is not open');
  const redirectUri = `http://127.0.0.1:${address.port}/api/exact/callback`;
  const sim = simulator.parse(await ask({ redirectUri, nowMs: START_MS }));
  const store = await openStore({ file: join(folder, 'hub.sqlite'), clock: time, random });
  const session = await ExactSession.open({
    ...{ db: store.db, ...shells, random, vault: openVault({ file: join(folder, 'key') }) },
    app: { baseUrl: sim.url, clientId: sim.clientId, clientSecret: sim.clientSecret, redirectUri },
  });
  late.session = session;
  const walked = await connectToSimulator(
    session.authorizeUrl(),
    new URL(redirectUri),
    LOGIN,
    time,
  );
  if (walked.kind !== 'arrived') throw new Error(walked.words);
  const reader = new MirrorReader(store.db);
  const mirror = new Mirror({
    ...{ db: store.db, client: session.client, baseUrl: sim.url, ...shells },
    ...{ division: () => session.division, conventions: DEFAULT_CONVENTIONS },
  });
  const requests = watchRequests();
  const rssAtFirstBytes = process.memoryUsage().rss;
  const figures = { usable: null as HubFigures['usable'], rssBytes: 0, heapBytes: 0 };
  const trouble: string[] = [];
  mirror.events.on('fault', (entity, fault) => trouble.push(`${entity}: ${fault.code}`));
  mirror.events.on('trouble', (error) => trouble.push(String(error)));
  let looking = Promise.resolve();
  const look = async () => {
    // Noted after the look: pages that came meanwhile make it later, never sooner than it was.
    if (figures.usable === null && (await openOrdersComplete(reader))) {
      figures.usable = { calls: requests.made, ms: time.nowMs() - START_MS };
    }
    const { rss, heapUsed } = process.memoryUsage();
    figures.rssBytes = Math.max(figures.rssBytes, rss);
    figures.heapBytes = Math.max(figures.heapBytes, heapUsed);
  };
  mirror.events.on('changed', () => {
    looking = looking.then(look);
  });
  const state = { done: false };
  const round = mirror.round().finally(() => {
    state.done = true;
  });
  round.catch(() => undefined);
  while (!state.done) {
    for (let still = 0; still < STILL_TURNS && !state.done;) {
      await setImmediate();
      still = requests.underWay > 0 ? 0 : still + 1;
    }
    const nextMs = time.nextMs;
    if (state.done || nextMs === undefined) continue;
    await ask({ nowMs: nextMs });
    time.advanceTo(nextMs);
  }
  await round;
  await looking;
  const { phase } = await mirror.progress();
  if (phase !== 'steady') trouble.push(`the first load ended as ${phase}`);
  const tookMs = time.nowMs() - START_MS;
  await mirror.stop();
  await store.close();
  route.close();
  route.closeAllConnections();
  return { ...figures, rssAtFirstBytes, tookMs, trouble };
}

const figures = await main(process.argv[2] ?? '');
process.send?.({ figures });
process.disconnect();
