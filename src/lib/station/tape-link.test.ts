// Tapes on their way, against a real socket.io hub that this test plays.

import 'fake-indexeddb/auto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';
import { afterEach, expect, it } from 'vitest';
import { loadPage, receiveWorkflow } from '../../../tests/browser/world.ts';
import type { World } from '../../../tests/browser/world.ts';
import { PROTOCOL } from '../protocol/index.ts';
import type { HubToStation, StationToHub, TapeVerdict } from '../protocol/index.ts';
import { ensureIdentity } from './identity.ts';
import { HubLink } from './link.ts';
import { Shelf } from './shelf.ts';

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

interface PlayedHub {
  readonly port: number;
  /** Every message that came, by its name; of tapes the session. */
  readonly heard: string[];
  close(): Promise<unknown>;
}

type Ruling = TapeVerdict | 'silence';

/** A hub that takes tapes, or an older one that would close the door on them. */
async function playHub(rule: ((nth: number) => Ruling) | 'older', port = 0): Promise<PlayedHub> {
  const http = createServer();
  const io = new Server<StationToHub, HubToStation>(http, { transports: ['websocket'] });
  await new Promise<void>((resolve) => http.listen(port, '127.0.0.1', resolve));
  const heard: string[] = [];
  io.on('connection', (socket) => {
    socket.onAny((event: string, message: { session?: string }) => {
      heard.push(message.session ?? event);
    });
    socket.on('hello', (_hello, answer) => {
      const welcome = { ok: true, protocol: PROTOCOL, hubId: 'hub-1', seq: 0 } as const;
      const tapes = rule === 'older' ? {} : ({ tapes: true } as const);
      answer({ ...welcome, replicaVersion: 0, workflowSet: 'w1', ...tapes });
    });
    socket.on('workflows', (_ask, answer) => {
      answer({ ok: true, value: { workflowSet: 'w1', workflows: [] } });
    });
    socket.on('states', (_ask, answer) => answer({ ok: true, value: [] }));
    socket.on('tape', (_tape, answer) => {
      if (rule === 'older') return void socket.disconnect(true);
      const verdict = rule(heard.filter((each) => each.length === 36).length);
      if (verdict === 'silence') socket.disconnect(true);
      else answer(verdict);
    });
  });
  const close = () => io.close();
  closers.push(close);
  return { port: (http.address() as AddressInfo).port, heard, close };
}

function linkTo(port: number, world: World): void {
  const shelf = new Shelf(world.db);
  const random = { bytes: (n: number) => crypto.getRandomValues(new Uint8Array(n)) };
  const link = new HubLink(`http://127.0.0.1:${port}`, {
    ...{ queue: world.queue, replica: world.replica, tapes: world.tapes, photos: world.photos },
    identity: () => ensureIdentity(world.db, undefined, 'dock-1', { clock: world.clock, random }),
    knownHub: () => shelf.knownHub(),
    rememberHub: (hubId) => shelf.rememberHub(hubId),
    workflowSet: () => shelf.workflowSet,
    takeWorkflows: (set) => shelf.takeWorkflows(set),
    onState: () => undefined,
    onSettled: () => undefined,
    onFault: () => undefined,
  });
  closers.push(() => link.stop());
  link.start();
}

let names = 0;
const page = (): Promise<World> => loadPage(`tape-link-${(names += 1)}`);

/** A session with one event that was left; its id. */
async function oneTape(world: World): Promise<string> {
  await world.session.leave();
  await world.session.start(receiveWorkflow());
  const id = world.session.running?.id ?? '';
  await world.session.handle({ type: 'press', word: 'HELP' });
  await world.session.leave();
  await world.tapes.written();
  return id;
}

async function until(done: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await done())) await new Promise((resolve) => setTimeout(resolve, 10));
}

const allGone = (world: World) => async () => (await world.tapes.next()) === undefined;
const sessionsIn = (hub: PlayedHub) => hub.heard.filter((each) => each.length === 36);

it('I-24 a hub that says nothing of tapes gets none, and the station works with it', async () => {
  const world = await page();
  await oneTape(world);
  const hub = await playHub('older');
  linkTo(hub.port, world);
  await until(() => hub.heard.includes('workflows'));
  await oneTape(world);
  expect(hub.heard).not.toContain('tape');
  expect(sessionsIn(hub)).toEqual([]);
  expect(await world.tapes.next()).toBeDefined();
});

it('recorded while the hub is away: sent when it is back, the oldest first, each once', async () => {
  const world = await page();
  const first = await playHub(() => ({ kind: 'kept' }));
  linkTo(first.port, world);
  await until(() => first.heard.includes('workflows'));
  await first.close();
  const away = [await oneTape(world), await oneTape(world)];
  const back = await playHub(() => ({ kind: 'kept' }), first.port);
  await until(allGone(world));
  expect(sessionsIn(back)).toEqual(away);
  const live = await oneTape(world);
  await until(allGone(world));
  expect(sessionsIn(back)).toEqual([...away, live]);
});

it('an answer that is lost, or “later”: the same tape again; “refused”: never again', async () => {
  const world = await page();
  const [one, two] = [await oneTape(world), await oneTape(world)];
  const hub = await playHub((nth) => {
    if (nth === 1) return 'silence';
    if (nth === 2) return { kind: 'later', afterMs: 1 };
    if (nth === 3) return { kind: 'refused', fault: { code: 'ledger.invalid', data: {} } };
    return { kind: 'kept' };
  });
  linkTo(hub.port, world);
  await until(allGone(world));
  expect(sessionsIn(hub)).toEqual([one, one, one, two]);
});
