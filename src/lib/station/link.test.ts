// The wire, against a real socket.io hub that this test plays, with a queue on an IndexedDB.

import 'fake-indexeddb/auto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';
import { afterEach, expect, it } from 'vitest';
import type { Command, Fault, Verdict } from '../domain/index.ts';
import { PROTOCOL } from '../protocol/index.ts';
import type { HubToStation, StationToHub, Welcome } from '../protocol/index.ts';
import { loadPage, ORDER, ORDER_ROW, receiveBolts } from '../../../tests/browser/world.ts';
import type { World } from '../../../tests/browser/world.ts';
import { ensureIdentity } from './identity.ts';
import { HubLink } from './link.ts';
import type { HubState } from './link.ts';
import type { QueueRow } from './queue-rows.ts';
import { Shelf } from './shelf.ts';

type Answer = Verdict | 'silence';
interface TestHub {
  readonly url: string;
  readonly got: Command[];
  hubId: string;
  answer: (command: Command) => Answer;
  welcome: (hubId: string) => Welcome;
  close(): Promise<void>;
}

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

const known = new Map<string, number>();
let seq = 0;
function accept(command: Command): Verdict {
  const first = known.get(command.id);
  if (first !== undefined) return { kind: 'accepted', seq: first, again: true };
  seq += 1;
  known.set(command.id, seq);
  return { kind: 'accepted', seq };
}

async function startHub(port = 0): Promise<TestHub> {
  const http = createServer();
  const io = new Server<StationToHub, HubToStation>(http, { transports: ['websocket'] });
  await new Promise<void>((resolve) => http.listen(port, '127.0.0.1', resolve));
  const at = http.address() as AddressInfo;
  const hub: TestHub = {
    url: `http://127.0.0.1:${at.port}`,
    got: [],
    hubId: 'hub-1',
    answer: accept,
    welcome: (hubId) => ({
      ok: true,
      protocol: PROTOCOL,
      hubId,
      seq: 0,
      replicaVersion: 2,
      workflowSet: 'w1',
    }),
    close: async () => {
      await io.close();
    },
  };
  io.on('connection', (socket) => {
    socket.on('hello', (_hello, answer) => answer(hub.welcome(hub.hubId)));
    socket.on('command', (command, answer) => {
      hub.got.push(command);
      const verdict = hub.answer(command);
      if (verdict !== 'silence') answer(verdict);
    });
    socket.on('replica', ({ after }, answer) => {
      const rows = after < 2 ? [ORDER_ROW] : [];
      answer({ ok: true, value: { rows, version: 2, complete: true } });
    });
    socket.on('workflows', (_ask, answer) => {
      answer({ ok: true, value: { workflowSet: 'w1', workflows: [] } });
    });
    socket.on('states', ({ ids }, answer) => {
      const booked = { kind: 'booked', documentNumber: '267' } as const;
      answer({ ok: true, value: ids.map((id) => ({ id, state: booked })) });
    });
  });
  closers.push(hub.close);
  return hub;
}

interface Linked {
  readonly link: HubLink;
  readonly states: HubState['kind'][];
  readonly settled: QueueRow[];
  readonly faults: Fault[];
}

function linkTo(url: string, world: World): Linked {
  const shelf = new Shelf(world.db);
  const [states, settled, faults]: [HubState['kind'][], QueueRow[], Fault[]] = [[], [], []];
  const link = new HubLink(url, {
    queue: world.queue,
    replica: world.replica,
    tapes: world.tapes,
    photos: world.photos,
    identity: () =>
      ensureIdentity(world.db, undefined, 'dock-1', {
        clock: world.clock,
        random: { bytes: (n) => crypto.getRandomValues(new Uint8Array(n)) },
      }),
    knownHub: () => shelf.knownHub(),
    rememberHub: (hubId) => shelf.rememberHub(hubId),
    workflowSet: () => shelf.workflowSet,
    takeWorkflows: (set) => shelf.takeWorkflows(set),
    onState: ({ kind }) => states.push(kind),
    onSettled: (row) => settled.push(row),
    onFault: (why) => faults.push(why),
  });
  closers.push(() => link.stop());
  link.start();
  return { link, states, settled, faults };
}

let names = 0;
const page = (name = `link-${(names += 1)}`) => loadPage(name);

async function until(holds: () => boolean, what: string): Promise<void> {
  const deadline = Date.now() + 12_000;
  while (!holds()) {
    if (Date.now() > deadline) throw new Error(`not within 12 s: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

const drained = (world: World) => until(() => world.queue.waiting === 0, 'queue drained');
const seqs = (commands: readonly Command[]) => commands.map((command) => command.stationSeq);

it('hub away, work goes on; hub back, the queue drains once each and in order', async () => {
  const hub = await startHub();
  const port = Number(new URL(hub.url).port);
  const world = await page();
  const { states } = linkTo(hub.url, world);
  await until(() => states.includes('connected'), 'connected');
  await hub.close();
  await until(() => states.at(-1) === 'away', 'away');
  for (const quantity of [1, 2, 3]) {
    expect(await receiveBolts(world, quantity)).toEqual({ ok: true, signal: 'green' });
  }
  expect(world.queue.waiting).toBe(3);
  const back = await startHub(port);
  await drained(world);
  expect(seqs(back.got)).toEqual([1, 2, 3]);
});

it('I-02 a command without an answer is asked again under the same id', async () => {
  const hub = await startHub();
  const world = await page();
  let silences = 1;
  hub.answer = (command) => {
    const verdict = accept(command);
    return silences-- > 0 ? 'silence' : verdict;
  };
  linkTo(hub.url, world);
  await receiveBolts(world, 4);
  await drained(world);
  expect(hub.got).toHaveLength(2);
  expect(new Set(hub.got.map((command) => JSON.stringify(command))).size).toBe(1);
}, 20_000);

it('I-01 I-02 a page killed between append and send sends it after the reload, exactly once by id', async () => {
  const name = 'killed';
  const before = await page(name);
  await receiveBolts(before, 4);
  before.db.close();
  const hub = await startHub();
  const after = await page(name);
  linkTo(hub.url, after);
  await drained(after);
  expect(hub.got.map((command) => command.id)).toEqual(
    [...before.queue.rows].map((r) => r.command.id),
  );
});

it('`later` keeps the command and asks again after the pause', async () => {
  const hub = await startHub();
  const world = await page();
  let busy = 2;
  hub.answer = (command) =>
    busy-- > 0
      ? { kind: 'later', afterMs: 30, fault: { code: 'hub.busy', data: {} } }
      : accept(command);
  linkTo(hub.url, world);
  await receiveBolts(world, 4);
  await drained(world);
  expect(seqs(hub.got)).toEqual([1, 1, 1]);
});

it('I-22 a hub restored from a backup gets the confirmed commands again, from the one it expects', async () => {
  const hub = await startHub();
  const world = await page();
  linkTo(hub.url, world);
  for (const quantity of [1, 2, 3]) await receiveBolts(world, quantity);
  await drained(world);
  hub.got.length = 0;
  let expected = 2;
  hub.answer = (command) => {
    if (command.stationSeq > expected) {
      return { kind: 'later', afterMs: 1, expect: expected, fault: { code: 'hub.busy', data: {} } };
    }
    expected = Math.max(expected, command.stationSeq + 1);
    return accept(command);
  };
  await receiveBolts(world, 4);
  await drained(world);
  expect(seqs(hub.got)).toEqual([4, 2, 3, 4]);
});

it('I-23 a number the hub expects and nobody has: the station takes a new name and goes on', async () => {
  const hub = await startHub();
  const world = await page();
  await receiveBolts(world, 1);
  await receiveBolts(world, 2);
  const first = [...world.queue.rows][0];
  await world.db.delete('queue', first?.place ?? 0);
  await world.queue.load();
  const old = first?.command.station;
  hub.answer = (command) =>
    command.station === old
      ? { kind: 'later', afterMs: 1, expect: 1, fault: { code: 'hub.busy', data: {} } }
      : accept(command);
  linkTo(hub.url, world);
  await drained(world);
  const last = hub.got.at(-1);
  expect(last?.stationSeq).toBe(1);
  expect(last?.id).toBe([...world.queue.rows][0]?.command.id);
  expect(last?.station).not.toBe(old);
});

it('another hub gets what waits, renumbered, and never what the first one confirmed', async () => {
  const hub = await startHub();
  const world = await page();
  const first = linkTo(hub.url, world);
  await receiveBolts(world, 1);
  await drained(world);
  first.link.stop();
  await receiveBolts(world, 2);
  hub.hubId = 'hub-2';
  hub.got.length = 0;
  linkTo(hub.url, world);
  await drained(world);
  expect(hub.got.map(({ payload }) => 'quantity' in payload && payload.quantity)).toEqual([2]);
  expect(seqs(hub.got)).toEqual([1]);
  expect(world.replica.order(ORDER.id)?.number).toBe('4500123');
});

it('a refusal is on the disk with an open notice before anyone is told', async () => {
  const hub = await startHub();
  const world = await page('refusal');
  hub.answer = () => ({
    kind: 'refused',
    seq: 9,
    fault: { code: 'ledger.over-receipt', data: {} },
  });
  const { settled } = linkTo(hub.url, world);
  await receiveBolts(world, 4);
  await until(() => settled.length === 1, 'settled');
  expect(settled[0]).toMatchObject({ status: 'refused', notice: 'open' });
  world.db.close();
  const next = await page('refusal');
  expect([...next.queue.rows][0]).toMatchObject({ status: 'refused', notice: 'open' });
});

it('I-24 a hub of another version refuses; nothing is sent and the state says so', async () => {
  const hub = await startHub();
  hub.welcome = () => ({ ok: false, fault: { code: 'hub.version', data: {} } });
  const world = await page();
  await receiveBolts(world, 4);
  const { states } = linkTo(hub.url, world);
  await until(() => states.includes('refused'), 'refused');
  expect(hub.got).toEqual([]);
  expect(world.queue.waiting).toBe(1);
});

it('after a connection the replica is pulled and own commands learn that they are booked', async () => {
  const hub = await startHub();
  const world = await page();
  const first = linkTo(hub.url, world);
  await receiveBolts(world, 4);
  await drained(world);
  first.link.stop();
  linkTo(hub.url, world);
  const row = () => [...world.queue.rows][0];
  await until(() => row()?.state?.kind === 'booked', 'booked');
  expect(world.replica.version).toBe(2);
  expect(await world.replica.match(['code:4500123'])).toMatchObject({
    ok: true,
    value: [{ kind: 'order', key: 'code:4500123' }],
  });
});
