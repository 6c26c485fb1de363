// What closing, calling off and a failing disk mean for calls to Exact, over real sockets.

import { once } from 'node:events';
import { createServer } from 'node:http';
import type { Server, ServerResponse } from 'node:http';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Scheduler } from '../../domain/index.ts';
import { CallBudget } from './budget/budget.ts';
import { ExactClient } from './http.ts';
import { Line } from './line.ts';

const page = JSON.stringify({ d: { results: [] } });
const calledOff = { kind: 'unavailable', nothingSent: true };
let server: Server;
/** Requests that came and have no answer yet. */
let held: ServerResponse[];
let arrived: () => Promise<unknown>;
const timers = new Set<NodeJS.Timeout>();
const scheduler: Scheduler = {
  after: (delayMs, act) => {
    const timer = setTimeout(act, delayMs);
    timers.add(timer);
    return () => clearTimeout(timer);
  },
};

beforeEach(async () => {
  held = [];
  server = createServer((_, response) => held.push(response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  arrived = () => once(server, 'request');
});
afterEach(() => {
  for (const timer of timers) clearTimeout(timer);
  server.closeAllConnections();
  server.close();
});

function answer(): void {
  for (const response of held.splice(0)) {
    response.writeHead(200, { 'Content-Type': 'application/json' });
    response.end(page);
  }
}

function made(keep: () => Promise<void> = () => Promise.resolve()) {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('not open');
  const clock = { nowMs: () => Date.now() };
  const budget = new CallBudget({ clock, rests: () => false });
  const client = new ExactClient({
    ...{ baseUrl: `http://127.0.0.1:${address.port}`, division: () => 7, budget, clock, scheduler },
    ...{
      keep,
      line: new Line(clock, scheduler),
      tokens: { current: () => Promise.resolve({ kind: 'ok', value: 't' }), refused },
    },
  });
  return { client, budget };
}
const refused = () => Promise.resolve();

it('closing ends a reading that Exact does not answer, and whoever waits behind it', async () => {
  const { client } = made();
  const came = arrived();
  const reading = client.get('inventory/Warehouses', {}, 'sync');
  const waiting = client.get('inventory/Warehouses', {}, 'human');
  await came;
  client.stop();
  expect(await reading).toMatchObject(calledOff);
  expect(await waiting).toMatchObject(calledOff);
  expect(await client.post('inventory/StockCounts', {}, 'post')).toMatchObject(calledOff);
  expect(held).toHaveLength(1);
});

it('closing lets go at once who waits for a permit', async () => {
  const { client, budget } = made();
  for (let n = 0; n < 38; n += 1) budget.take('sync', 'x').answered(200, new Headers(), '');
  const waiting = client.get('inventory/Warehouses', {}, 'sync');
  client.stop();
  expect(await waiting).toMatchObject(calledOff);
  expect(held).toEqual([]);
});

it('I-03: closing does not cut off a document that is on its way', async () => {
  const { client } = made();
  const came = arrived();
  const posting = client.post('inventory/StockCounts', {}, 'post');
  await came;
  client.stop();
  answer();
  expect(await posting).toEqual({ kind: 'ok', value: { rows: [] } });
});

it('one caller may call off its own reading; others go on', async () => {
  const { client } = made();
  const off = new AbortController();
  const came = arrived();
  const reading = client.get('inventory/Warehouses', {}, 'sync', off.signal);
  const other = client.get('inventory/Warehouses', {}, 'sync');
  await came;
  const next = arrived();
  off.abort();
  expect(await reading).toMatchObject(calledOff);
  await next;
  answer();
  expect(await other).toMatchObject({ kind: 'ok' });
});

it('a call is counted durably before it leaves', async () => {
  const steps: string[] = [];
  const { client } = made(() => Promise.resolve(void steps.push(`kept, ${held.length} came`)));
  const came = arrived();
  const reading = client.get('inventory/Warehouses', {}, 'sync');
  await came;
  expect(steps).toEqual(['kept, 0 came']);
  answer();
  await reading;
  expect(steps).toEqual(['kept, 0 came', 'kept, 0 came']);
});

it('I-16: an answer of Exact is not lost because the count cannot be kept', async () => {
  const { client, budget } = made(() => Promise.reject(new Error('disk full')));
  const trouble: unknown[] = [];
  budget.events.on('trouble', (error) => trouble.push(error));
  const came = arrived();
  const posting = client.post('inventory/StockCounts', {}, 'post');
  await came;
  answer();
  expect(await posting).toMatchObject({ kind: 'ok' });
  expect(trouble).toHaveLength(2);
  expect(budget.view().day.used).toBe(1);
});

it('the outbox is told when a document may leave, and nothing is sent before', async () => {
  const { client, budget } = made();
  for (let n = 0; n < 48; n += 1) budget.take('post', 'x').answered(200, new Headers(), '');
  const untilMs = client.freeAtMs('inventory/StockCounts', 'post');
  expect(untilMs).toBeGreaterThan(Date.now());
  const sent = await client.post('inventory/StockCounts', {}, 'post');
  expect(sent.kind).toBe('throttled');
  expect(held).toEqual([]);
});
