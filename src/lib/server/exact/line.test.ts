// What one call that could not leave means for all the others, over real sockets: how long nobody
// tries, who tries anyway, and when a person is told that Exact is silent.

import { once } from 'node:events';
import { createServer } from 'node:http';
import type { RequestListener, Server } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LIMITS } from '../../domain/index.ts';
import type { Scheduler } from '../../domain/index.ts';
import { Line } from './line.ts';

let server: Server;
let clock: { ms: number; nowMs: () => number };
let line: Line;
const scheduler: Scheduler = {
  after: (delayMs, act) => {
    const timer = setTimeout(act, delayMs);
    return () => clearTimeout(timer);
  },
};

const open = async (answer: RequestListener): Promise<number> => {
  server = createServer(answer);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('not open');
  return address.port;
};
const shut = () => {
  server.closeAllConnections();
  server.close();
};
/** A port that nobody listens at. */
const deadPort = async (): Promise<number> => {
  const port = await open(() => undefined);
  shut();
  await once(server, 'close');
  return port;
};
const get = (port: number, host = '127.0.0.1') => {
  const url = new URL(`http://${host}:${port}/api`);
  return line.exchange({ method: 'GET', url, headers: {}, timeoutMs: 5_000 });
};
const at = (port: number) => new URL(`http://127.0.0.1:${port}`);
const downForMs = (port: number) => (line.down(at(port))?.untilMs ?? clock.ms) - clock.ms;

beforeEach(() => {
  clock = { ms: Date.UTC(2026, 10, 23, 8), nowMs: () => clock.ms };
  line = new Line(clock, scheduler);
});
afterEach(() => shut());

describe('the line', () => {
  it('is tried again after a second, then more seldom, and every 15 s for ever', async () => {
    const port = await deadPort();
    const waits: number[] = [];
    for (let n = 0; n < 8; n += 1) {
      expect(await get(port)).toMatchObject({ kind: 'not-sent' });
      waits.push(downForMs(port) / 1_000);
      clock.ms += downForMs(port);
    }
    expect(waits).toEqual([1, 2, 4, 8, 15, 15, 15, 15]);
    expect(LIMITS.exactLineTryMs).toBe(15_000);
  });

  it('is up with the first answer, whatever that says', async () => {
    const port = await deadPort();
    for (let n = 0; n < 4; n += 1) await get(port);
    const other = await open((_, response) => response.writeHead(503).end());
    expect(await get(other)).toMatchObject({ kind: 'answer', status: 503 });
    expect(line.down(at(port))).toBeUndefined();
  });

  it('is not down because an answer was lost: that request may have arrived', async () => {
    const port = await open((_, response) => response.destroy());
    expect(await get(port)).toMatchObject({ kind: 'lost' });
    expect(line.down(at(port))).toBeUndefined();
  });

  it('to another house is another line', async () => {
    const port = await deadPort();
    await get(port);
    expect(line.down(new URL('http://127.0.0.1:1'))).toBeUndefined();
    expect(downForMs(port)).toBe(1_000);
  });

  it('is not down for longer because the clock was set back', async () => {
    const port = await deadPort();
    await get(port);
    clock.ms -= 3_600_000;
    expect(line.down(at(port))).toBeUndefined();
  });

  it('knows a name with several addresses, none of which listens, and one that is none', async () => {
    const port = await deadPort();
    expect(await get(port, 'localhost')).toMatchObject({ kind: 'not-sent' });
    expect(await get(port, 'no-such-house.invalid')).toMatchObject({ kind: 'not-sent' });
  });
});

describe('silence', () => {
  it('is none with one lost answer, and begins with the first of several', async () => {
    const port = await open((_, response) => response.destroy());
    const begunMs = clock.ms;
    await get(port);
    expect(line.silence()).toBeUndefined();
    clock.ms += 60_000;
    await get(port);
    expect(line.silence()).toMatchObject({ sinceMs: begunMs });
    expect(line.silence()?.words).toContain('was lost');
  });

  it('ends with an answer', async () => {
    const port = await deadPort();
    await get(port);
    await get(port);
    expect(line.silence()).toBeDefined();
    await get(await open((_, response) => response.end()));
    expect(line.silence()).toBeUndefined();
  });

  it('is not a reading that somebody called off', async () => {
    const port = await open(() => undefined);
    const off = new AbortController();
    const came = once(server, 'request');
    const url = new URL('/api', at(port));
    const request = { method: 'GET', url, headers: {}, timeoutMs: 5_000 } as const;
    const reading = line.exchange({ ...request, signal: off.signal });
    await came;
    off.abort();
    expect(await reading).toMatchObject({ kind: 'called-off' });
    expect([line.silence(), line.down(at(port))]).toEqual([undefined, undefined]);
  });
});
