// The way in for photos and their shelf, on a real database: who is refused and with what bytes; that
// what was kept is there after the hub went; and what leaves, when.

import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { EXIF, jpeg } from '../../../../tests/support/jpeg.ts';
import { command, plain } from '../../../../tests/torture/support/goods.ts';
import { folder } from '../../../../tests/torture/support/disk.ts';
import { startHub } from '../../../../tests/torture/support/hub.ts';
import type { TestHub } from '../../../../tests/torture/support/hub.ts';
import { LIMITS } from '../../domain/index.ts';
import { PhotoDoor, Photos } from './index.ts';
import type { Offered } from './index.ts';

const STATION = '01900000-0000-7000-8000-000000000001';
const NOBODYS = '01900000-0000-7000-8000-00000000000c';
const HERE = 'http://localhost:3000';
const DAY_MS = 24 * 3_600_000;

let place: ReturnType<typeof folder>;
let hub: TestHub;
let nowMs: number;
let photos: Photos;
let door: PhotoDoor;
let told: number[];

const idOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const streamOf = (bytes: Uint8Array) =>
  new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(bytes);
      controller.close();
    },
  });

async function open(keepBytes = 1_000_000): Promise<void> {
  const clock = { nowMs: () => nowMs };
  photos = await Photos.open({ store: hub.store, clock, keepDays: 90, keepBytes });
  const greeted = () => [{ id: STATION }];
  door = new PhotoDoor(photos, greeted, (status) => told.push(status));
}

function offer(bytes: Uint8Array, other: Partial<Offered> = {}): Promise<number> {
  const body = streamOf(bytes);
  const from = { station: STATION, command: NOBODYS, origin: HERE, ownOrigin: HERE };
  return door.receive({ id: idOf(bytes), ...from, body, ...other });
}

beforeEach(async () => {
  place = folder();
  hub = await startHub(join(place.path, 'hub.sqlite'), []);
  [nowMs, told] = [Date.UTC(2026, 2, 2), []];
  await open();
});
afterEach(async () => {
  await hub.stop();
  place.clean();
});

it.each<[string, Partial<Offered>, number]>([
  ['a station that never said hello', { station: NOBODYS }, 403],
  ['nobody', { station: null }, 403],
  ['a page from elsewhere', { origin: 'http://evil.example' }, 403],
  ['a name that is no hash', { id: '../../etc/passwd' }, 400],
  ['no command', { command: null }, 400],
  ['a command that is no id', { command: 'x' }, 400],
  ['another photo’s hash', { id: 'a'.repeat(64) }, 422],
  ['no bytes at all', { body: null }, 415],
])('%s is refused, told, and nothing is kept', async (_what, other, status) => {
  expect(await offer(jpeg(), other)).toBe(status);
  expect(told).toEqual([status]);
  expect(photos.report()).toMatchObject({ photos: 0, bytes: 0 });
});

it.each<[string, Uint8Array]>([
  ['a page', Buffer.from('<script>alert(1)</script>')],
  ['a PNG', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0xd, 0xa, 0x1a, 0xa, 0, 0])],
  ['a JPEG that has no end', jpeg().subarray(0, -2)],
  ['a JPEG with a page behind its end', Buffer.concat([jpeg(), Buffer.from('<script>')])],
  ['a JPEG of no picture', Buffer.from([0xff, 0xd8, 0xff, 0xda, 0, 2, 0xff, 0xd9])],
  [
    'a JPEG whose segment leads out of it',
    Buffer.from([0xff, 0xd8, 0xff, 0xc0, 0xff, 0xff, 1, 0xff, 0xd9]),
  ],
  ['a JPEG that tells where it was taken', jpeg({ before: EXIF })],
  ['a picture of 20,000 pixels', jpeg({ width: 20_000 })],
  ['a picture without height', jpeg({ height: 0 })],
])('%s is no photo', async (_what, bytes) => {
  expect(await offer(bytes)).toBe(415);
  expect(photos.report().photos).toBe(0);
});

it('10 MB are not read to their end', async () => {
  let pulled = 0;
  const piece = new Uint8Array(65_536);
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      pulled += piece.byteLength;
      if (pulled > 10_000_000) controller.close();
      else controller.enqueue(piece);
    },
  });
  expect(await offer(jpeg(), { body })).toBe(413);
  expect(pulled).toBeLessThan(LIMITS.photoBytes + 4 * piece.byteLength);
});

it('more uploads at once than the hub has hands for come again later', async () => {
  const ends: (() => void)[] = [];
  const slow = (bytes: Uint8Array) =>
    new ReadableStream<Uint8Array>({
      start: (controller) =>
        void ends.push(() => {
          controller.enqueue(bytes);
          controller.close();
        }),
    });
  const some = Array.from({ length: LIMITS.photosAtOnce }, (_, n) => jpeg({ inside: [n] }));
  const under = some.map((bytes) => offer(bytes, { body: slow(bytes) }));
  expect(await offer(jpeg({ inside: [99] }))).toBe(503);
  for (const end of ends) end();
  expect(await Promise.all(under)).toEqual(some.map(() => 201));
  expect(await offer(jpeg({ inside: [99] }))).toBe(201);
});

it('twice is once, and what was kept is there after the hub went', async () => {
  const bytes = jpeg();
  expect([await offer(bytes), await offer(bytes)]).toEqual([201, 200]);
  await hub.stop();
  hub = await startHub(join(place.path, 'hub.sqlite'), []);
  await open();
  expect(Buffer.from((await photos.picture(idOf(bytes))) ?? [])).toEqual(bytes);
  expect(photos.report()).toMatchObject({ photos: 1, bytes: bytes.byteLength });
});

it('a full hub says so and keeps what it has; the same photo is no more', async () => {
  const bytes = jpeg();
  await open(bytes.byteLength);
  expect(await offer(bytes)).toBe(201);
  expect(await offer(jpeg({ inside: [2] }))).toBe(507);
  expect(await offer(bytes)).toBe(200);
});

it('what nobody named goes after a week; what a command names stays its days', async () => {
  const named = command(1, plain(1));
  await hub.writer.submit(named);
  const [mine, loose] = [jpeg({ inside: [1] }), jpeg({ inside: [2] })];
  await offer(mine, { command: named.id });
  await offer(loose);
  nowMs += LIMITS.photoUnnamedMs;
  await photos.sweep();
  expect(photos.report().photos).toBe(2);
  nowMs += 1;
  await photos.sweep();
  expect(await photos.kept([idOf(mine), idOf(loose)])).toEqual(new Set([idOf(mine)]));
  nowMs += 90 * DAY_MS;
  await photos.sweep();
  expect(photos.report()).toMatchObject({ photos: 0, bytes: 0 });
});
