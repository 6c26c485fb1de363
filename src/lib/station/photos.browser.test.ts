// Photos of a station on a real IndexedDB: on the disk before the dialogue hears of them, still there
// after a reload, sent when a command names them, gone when the hub has them or the work was cancelled.

import { afterEach, expect, it, vi } from 'vitest';
import { loadPage, random } from '../../../tests/browser/world.ts';
import type { World } from '../../../tests/browser/world.ts';
import { drawnPicture } from '../../../tests/browser/pictures.ts';
import { LIMITS, makeId } from '../domain/index.ts';
import type { CommandId, CommandPayload, Fault, StationId } from '../domain/index.ts';
import { commit } from './database.ts';
import { sendPhotos } from './photo-link.ts';
import { Photos } from './photos.ts';

const HUB = 'http://hub.test';
const STATION = 'station-1' as StationId;
let count = 0;
const ends: AbortController[] = [];
afterEach(() => {
  for (const end of ends.splice(0)) end.abort();
  vi.restoreAllMocks();
});

const fresh = () => loadPage(`photos-${Date.now()}-${(count += 1)}`);

async function taken(photos: Photos, shade = 0): Promise<string> {
  const kept = await photos.take(await drawnPicture(shade));
  if (!kept.ok) throw new Error(kept.fault.code);
  photos.entered(kept.value);
  return kept.value;
}

/** As the session does when a line with these photos turns green. */
async function name(world: World, ids: readonly string[]): Promise<CommandId> {
  const id = makeId<CommandId>(world.clock, random);
  const answers = [{ step: 'picture', value: ids.length, kind: 'photo', photos: ids }];
  const payload = { type: 'receive.line', answers } as unknown as CommandPayload;
  await commit(world.db, ['photos'], (tx) => world.photos.nameIn(tx, [{ id, payload }]));
  world.photos.named([{ id, payload }]);
  return id;
}

async function reloaded(world: World, atRest?: unknown): Promise<Photos> {
  const photos = new Photos(world.db, world.clock);
  await photos.load(atRest);
  return photos;
}

/** A hub that answers each upload with the next of these; nothing: it is away. */
function hub(...statuses: (number | undefined)[]) {
  return vi.spyOn(globalThis, 'fetch').mockImplementation(() => {
    const status = statuses.shift();
    if (status === undefined) return Promise.reject(new TypeError('away'));
    return Promise.resolve(new Response(null, { status }));
  });
}

function sending(photos: Photos): Fault[] {
  const end = new AbortController();
  ends.push(end);
  const told: Fault[] = [];
  void sendPhotos(HUB, STATION, photos, (why) => told.push(why), end.signal);
  return told;
}

it('what is no photo is not kept', async () => {
  const { photos } = await fresh();
  const odd = await photos.take(new Uint8Array([1, 2, 3]));
  expect(odd).toMatchObject({ ok: false, fault: { code: 'photo.no-picture' } });
  const large = await photos.take(new Uint8Array(LIMITS.photoBytes + 1));
  expect(large).toMatchObject({ ok: false, fault: { code: 'photo.too-large' } });
});

it('a photo that the dialogue at rest names is there after a reload; one that nobody names is not', async () => {
  const world = await fresh();
  const [mine, other] = [await taken(world.photos, 1), await taken(world.photos, 2)];
  const photos = await reloaded(world, { work: { photos: { picture: { taken: [mine] } } } });
  expect(await photos.picture(mine)).toBeInstanceOf(Uint8Array);
  expect(await photos.picture(other)).toBeUndefined();
  expect(photos.onTheWay.waiting).toBe(0);
});

it('one that is on the disk but not yet in the dialogue outlasts what happens in between', async () => {
  const { photos } = await fresh();
  const kept = await photos.take(await drawnPicture());
  await photos.forgetUnnamed({});
  expect(kept.ok && (await photos.picture(kept.value))).toBeInstanceOf(Uint8Array);
});

it('cancelled work takes its photos along, but not those of a line that is booked', async () => {
  const world = await fresh();
  const [booked, dropped] = [await taken(world.photos, 1), await taken(world.photos, 2)];
  await name(world, [booked]);
  await world.photos.forgetUnnamed(undefined);
  expect(await world.photos.picture(booked)).toBeInstanceOf(Uint8Array);
  expect(await world.photos.picture(dropped)).toBeUndefined();
});

it('nothing is sent before a command names it; then under its hash, with station and command', async () => {
  const world = await fresh();
  const fetched = hub(201);
  sending(world.photos);
  const id = await taken(world.photos);
  expect(fetched).not.toHaveBeenCalled();
  const command = await name(world, [id]);
  await vi.waitFor(() => expect(world.photos.onTheWay.waiting).toBe(0));
  const [[url, request] = []] = fetched.mock.calls;
  expect(String(url)).toBe(`${HUB}/api/photos/${id}`);
  expect(request).toMatchObject({
    method: 'PUT',
    headers: { 'x-scandock-station': STATION, 'x-scandock-command': command },
  });
  expect(await world.photos.picture(id)).toBeUndefined();
});

it('taken while the hub is away and reloaded before it is back, it arrives then', async () => {
  const world = await fresh();
  const id = await taken(world.photos);
  await name(world, [id]);
  const away = hub();
  sending(world.photos);
  await vi.waitFor(() => expect(away).toHaveBeenCalled());
  for (const end of ends.splice(0)) end.abort();
  const photos = await reloaded(world);
  expect(photos.onTheWay).toEqual({ waiting: 1, full: false });
  away.mockRestore();
  hub(200);
  sending(photos);
  await vi.waitFor(() => expect(photos.onTheWay.waiting).toBe(0));
});

it('a full hub is told of, and the photo stays', async () => {
  const world = await fresh();
  const id = await taken(world.photos);
  await name(world, [id]);
  hub(507);
  sending(world.photos);
  await vi.waitFor(() => expect(world.photos.onTheWay).toEqual({ waiting: 1, full: true }));
  expect(await world.photos.picture(id)).toBeInstanceOf(Uint8Array);
});

it.each([400, 413, 415, 422])(
  'one that the hub never takes (%i) is put away and told, and the next goes',
  async (status) => {
    const world = await fresh();
    const ids = [await taken(world.photos, 1), await taken(world.photos, 2)];
    await name(world, ids);
    hub(status, 201);
    const told = sending(world.photos);
    await vi.waitFor(() => expect(world.photos.onTheWay.waiting).toBe(0));
    expect(told).toMatchObject([{ code: 'station.photo-refused' }]);
    expect(await world.db.getAll('quarantine')).toMatchObject([{ store: 'photos' }]);
  },
);

it('a station that holds too many says so', async () => {
  const world = await fresh();
  await commit(world.db, ['photos'], async (tx) => {
    const jpeg = new Uint8Array(1);
    for (let nth = 0; nth < LIMITS.stationPhotos; nth += 1) {
      await tx.objectStore('photos').put({ jpeg, takenAtMs: 0, command: 'c' }, String(nth));
    }
  });
  const photos = await reloaded(world);
  expect(await photos.take(await drawnPicture())).toMatchObject({
    ok: false,
    fault: { code: 'station.photos-full' },
  });
});
