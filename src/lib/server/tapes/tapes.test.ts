// Recorded sessions at the hub: real sockets, a real database, and visitors who misbehave.

import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Recorder } from '../../../../tests/samples/tapes/recorder.ts';
import { SMALL } from '../../../../tests/samples/workflows/small.ts';
import {
  anOrder,
  aScan,
  onlyWorkflow,
  PLAIN,
} from '../../../../tests/samples/workflows/warehouse.ts';
import { folder } from '../../../../tests/torture/support/disk.ts';
import { id, order } from '../../../../tests/torture/support/goods.ts';
import { startHub } from '../../../../tests/torture/support/hub.ts';
import type { TestHub } from '../../../../tests/torture/support/hub.ts';
import { Client, serveHub } from '../../../../tests/torture/support/wire.ts';
import { LIMITS } from '../../domain/index.ts';
import type { SessionId } from '../../domain/index.ts';
import { readTape } from '../../workflows/index.ts';
import { Tapes } from './index.ts';

const DAY_MS = 24 * 3_600_000;
const time = { now: Date.UTC(2026, 5, 15), nowMs: () => time.now };
const TEXT = new Recorder(onlyWorkflow(SMALL)).give(
  { type: 'open', order: anOrder() },
  aScan('P', { item: PLAIN }),
).text;

let place: ReturnType<typeof folder>;
let hub: TestHub;
let tapes: Tapes;
let served: Awaited<ReturnType<typeof serveHub>>;
const clients: Client[] = [];

const openRoom = (keepDays = 14) => Tapes.open({ store: hub.store, clock: time, keepDays });

beforeEach(async () => {
  place = folder();
  hub = await startHub(join(place.path, 'hub.sqlite'), [order()]);
  tapes = await openRoom();
  served = await serveHub(hub, { tape: (tape) => tapes.take(tape) });
});
afterEach(async () => {
  vi.restoreAllMocks();
  for (const client of clients.splice(0)) client.socket.disconnect();
  await served.sockets.close();
  await hub.stop();
  place.clean();
});

async function station(number = 1): Promise<Client> {
  const client = new Client(served.url);
  clients.push(client);
  await client.connected();
  expect(await client.hello(number)).toMatchObject({ ok: true, tapes: true });
  return client;
}

const message = (number: number, text = TEXT) => ({
  session: id<SessionId>('b', number),
  gzip: gzipSync(text),
  lost: 0,
});

describe('what is no tape is refused, counted, and leaves nothing', () => {
  it.each([
    ['no gzip', Buffer.from('not packed at all')],
    ['a gzip cut in the middle', gzipSync(TEXT).subarray(0, 60)],
    ['no JSON', gzipSync(TEXT.slice(0, -5))],
    ['another form', gzipSync('{"tape":1}')],
    ['another version', gzipSync(TEXT.replace('"tape":1', '"tape":2'))],
    ['a bomb: small on the wire, larger than any tape', gzipSync(Buffer.alloc(30_000_000))],
  ])('%s', async (_name, gzip) => {
    const client = await station();
    expect(await client.ask('tape', { ...message(1), gzip })).toMatchObject({ kind: 'refused' });
    expect(await tapes.report()).toMatchObject({ tapes: 0, refused: 1 });
  });

  it.each([
    ['no session', { ...message(1), session: 'me' }],
    ['text for bytes', { ...message(1), gzip: TEXT }],
    ['more bytes than a message of ours', { ...message(1), gzip: Buffer.alloc(60_001) }],
    ['a count that is none', { ...message(1), lost: -1 }],
    ['a member too many', { ...message(1), operator: 'Jan' }],
    ['nothing', null],
  ])('I-21 a message with %s', async (_name, wrong) => {
    const client = await station();
    expect(await client.ask('tape', wrong)).toMatchObject({ kind: 'refused' });
    expect(hub.alarms).toContainEqual(expect.objectContaining({ kind: 'bad-message' }));
    expect(await tapes.report()).toMatchObject({ tapes: 0 });
  });

  it('of somebody who has not said hello: later, and nothing is read', async () => {
    const client = new Client(served.url);
    clients.push(client);
    await client.connected();
    expect(await client.ask('tape', message(1))).toMatchObject({ kind: 'later' });
    expect(await tapes.report()).toMatchObject({ tapes: 0 });
  });
});

it('a disk that fails: later; when it works again the same tape is taken', async () => {
  const client = await station();
  const take = vi.spyOn(tapes, 'take').mockRejectedValueOnce(new Error('SQLITE_FULL'));
  expect(await client.ask('tape', message(1))).toMatchObject({ kind: 'later' });
  take.mockRestore();
  expect(await client.ask('tape', message(1))).toEqual({ kind: 'kept' });
});

it('I-02 a session is kept once, however often it comes, and as it came first', async () => {
  const client = await station();
  for (const text of [TEXT, TEXT, TEXT.replace('"cut"', '"x"')]) {
    expect(await client.ask('tape', message(1, text))).toEqual({ kind: 'kept' });
  }
  const [only, ...more] = await tapes.newest(10);
  expect(more).toEqual([]);
  const line = gunzipSync(only?.gzip ?? '').toString();
  expect(line).toBe(TEXT);
  expect(readTape(line).ok).toBe(true);
  expect(await tapes.report()).toMatchObject({ tapes: 1 });
});

it('I-21 a station that sends without end is slowed down, and an honest one is not', async () => {
  const mad = await station(1);
  const answers: unknown[] = [];
  for (let at = 0; at < LIMITS.stationTapesBurst + 5; at += 1) {
    answers.push(await mad.ask('tape', message(at)));
  }
  const later = answers.filter((each) => JSON.stringify(each).includes('later'));
  expect(later.length).toBeGreaterThanOrEqual(4);
  const honest = await station(2);
  expect(await honest.ask('tape', message(900))).toEqual({ kind: 'kept' });
});

describe('tapes leave', () => {
  const take = (number: number) => tapes.take(message(number));

  it('after their days, also those of before a restart', async () => {
    await take(1);
    time.now += 10 * DAY_MS;
    await take(2);
    time.now += 5 * DAY_MS;
    await tapes.sweep();
    expect((await tapes.newest(10)).map(({ session }) => session)).toEqual([id('b', 2)]);
    time.now += 10 * DAY_MS;
    tapes = await openRoom();
    expect(await tapes.report()).toMatchObject({ tapes: 0, bytes: 0 });
  });

  it('I-17 when there are too many of them, the oldest first', async () => {
    const most = vi.spyOn(LIMITS, 'tapesKept', 'get').mockReturnValue(3 as never);
    for (let number = 1; number <= 5; number += 1) {
      time.now += 1;
      await take(number);
    }
    most.mockRestore();
    const left = (await tapes.newest(10)).map(({ session }) => session);
    expect(left).toEqual([id('b', 5), id('b', 4), id('b', 3)]);
    expect(await tapes.report()).toMatchObject({ tapes: 3, oldestMs: time.now - 2 });
  });
});

it('come out newest first, page by page, of the workflows that are asked for', async () => {
  const other = TEXT.replace('"workflow":"receive"', '"workflow":"other"');
  for (let number = 1; number <= 6; number += 1) {
    if (number % 3 === 0) time.now += 1;
    await tapes.take(message(number, number === 4 ? other : TEXT));
  }
  expect(await tapes.countOf(['receive'])).toBe(5);
  const seen: string[] = [];
  let page = await tapes.newest(2, ['receive']);
  while (page.length > 0) {
    seen.push(...page.map(({ session }) => session));
    page = await tapes.newest(2, ['receive'], page.at(-1));
  }
  expect(seen).toEqual([6, 5, 3, 2, 1].map((number) => id('b', number)));
});

it('what stations lost is told', async () => {
  await tapes.take({ ...message(1), lost: 3 });
  await tapes.take({ ...message(2), lost: 1 });
  expect(await tapes.report()).toMatchObject({ lost: 4, tapes: 2, keepDays: 14 });
});
