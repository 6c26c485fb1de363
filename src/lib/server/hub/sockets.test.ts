// The hub as stations meet it: real sockets, a real database, and visitors who misbehave.

import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fillUp, folder, makeSpace } from '../../../../tests/torture/support/disk.ts';
import {
  command,
  finish,
  id,
  order,
  ORDER,
  plain,
  PLAIN,
} from '../../../../tests/torture/support/goods.ts';
import { startHub } from '../../../../tests/torture/support/hub.ts';
import type { TestHub } from '../../../../tests/torture/support/hub.ts';
import { Client, serveHub } from '../../../../tests/torture/support/wire.ts';
import { LIMITS } from '../../domain/index.ts';
import type { Command, SessionId, StationId } from '../../domain/index.ts';
import { progress } from '../../ledger/index.ts';
import { PROTOCOL } from '../../protocol/index.ts';
import type { StateOfCommand } from '../../protocol/index.ts';
import type { HubPorts } from './index.ts';

let place: ReturnType<typeof folder>;
let hub: TestHub;
let served: Awaited<ReturnType<typeof serveHub>>;
const clients: Client[] = [];

beforeEach(async () => {
  place = folder();
  hub = await startHub(join(place.path, 'hub.sqlite'), [order()]);
  served = await serveHub(hub);
});
afterEach(async () => {
  for (const client of clients.splice(0)) client.socket.disconnect();
  await served.sockets.close();
  await hub.stop();
  place.clean();
});

async function connect(headers?: Record<string, string>): Promise<Client> {
  const client = new Client(served.url, headers);
  clients.push(client);
  await client.connected();
  return client;
}

async function greeted(station: number): Promise<Client> {
  const client = await connect();
  expect(await client.hello(station)).toMatchObject({ ok: true });
  return client;
}

function at(station: number, seq: number, payload: Command['payload'] = plain(1)): Command {
  const who = { station: id<StationId>('a', station), session: id<SessionId>('a', 100 + station) };
  return command(station * 1000 + seq, payload, { ...who, stationSeq: seq });
}

async function restartWith(ports: Partial<HubPorts>): Promise<void> {
  await served.sockets.close();
  served = await serveHub(hub, ports);
}

describe('who gets in', () => {
  it('a page of another origin does not', async () => {
    await expect(connect({ origin: 'http://evil.example' })).rejects.toThrow();
    await expect(connect({ origin: 'null' })).rejects.toThrow();
    await connect({ origin: served.url });
  });

  it('long polling does not', async () => {
    const answer = await fetch(`${served.url}/socket.io/?EIO=4&transport=polling`);
    expect(answer.status).toBe(400);
    expect((await fetch(`${served.url}/socket.io/socket.io.js`)).status).toBe(400);
  });

  it('I-24: a station of another protocol hears which, even if its hello looks different', async () => {
    const client = await connect();
    const fault = { code: 'hub.version', data: { station: PROTOCOL + 1, hub: PROTOCOL } };
    expect(await client.hello(1, PROTOCOL + 1)).toEqual({ ok: false, fault });
    const strange = await client.ask('hello', { protocol: PROTOCOL + 1, name: 'future' });
    expect(strange).toEqual({ ok: false, fault });
    expect(served.sockets.stations()).toEqual([]);
  });

  it('hello tells where the hub is', async () => {
    await hub.writer.submit(at(1, 1));
    const client = await connect();
    expect(await client.hello(1)).toEqual({
      ok: true,
      protocol: PROTOCOL,
      hubId: hub.store.hubId,
      seq: 1,
      replicaVersion: 7,
      workflowSet: 'set-1',
      tapes: true,
    });
    expect(served.sockets.stations()).toEqual([{ id: id('a', 1), name: 'dock-1' }]);
  });

  it('the newest socket of a station wins', async () => {
    const older = await greeted(1);
    const newer = await greeted(1);
    await older.gone();
    expect(await newer.send(at(1, 1))).toMatchObject({ kind: 'accepted' });
    expect(served.sockets.stations()).toHaveLength(1);
    newer.socket.disconnect();
    await expect.poll(() => served.sockets.stations()).toEqual([]);
  });
});

describe('messages', () => {
  it('before hello are turned away, and a command is kept by its station', async () => {
    const client = await connect();
    const fault = { code: 'ledger.invalid', data: { reason: 'hello comes first' } };
    expect(await client.send(at(1, 1))).toMatchObject({ kind: 'later', fault });
    expect(await client.ask('states', { ids: [] })).toEqual({ ok: false, fault });
    expect(hub.writer.world().seq).toBe(0);
  });

  const BAD: [event: string, message: unknown, reason: string][] = [
    ['command', null, 'not of the expected form'],
    ['command', { ...at(1, 1), id: 'x' }, 'id'],
    ['command', { ...at(1, 1), payload: { ...plain(1), quantity: -1 } }, 'payload.quantity'],
    ['command', { ...at(1, 1), payload: { ...plain(1), extra: 1 } }, 'payload'],
    ['command', { ...at(1, 1), payload: { type: 'drop.table' } }, 'payload.type'],
    ['command', at(2, 1), 'station'],
    ['replica', { after: -1 }, 'after'],
    ['states', { ids: ['x'] }, 'ids.0'],
    ['hello', { protocol: PROTOCOL }, 'station'],
    ['hello', { protocol: PROTOCOL, station: { id: id('a', 9), name: 'n' } }, 'station'],
  ];
  it.each(BAD)('%s %# is refused, naming the path', async (event, message, reason) => {
    const client = await greeted(1);
    const answer = await client.ask(event, message);
    const fault = { code: 'ledger.invalid', data: { reason: expect.stringContaining(reason) } };
    expect(answer).toMatchObject(
      event === 'command' ? { kind: 'refused', fault } : { ok: false, fault },
    );
    expect(hub.alarms).toMatchObject([{ kind: 'bad-message', event }]);
    expect(hub.writer.world().seq).toBe(0);
    expect(await client.send(at(1, 1))).toMatchObject({ kind: 'accepted' });
  });

  it('of no known kind, or that want no answer, end the talk', async () => {
    const curious = await greeted(1);
    curious.socket.emit('admin', 1);
    await curious.gone();
    const silent = await greeted(2);
    silent.socket.emit('states', { ids: [] });
    await silent.gone();
  });

  it('I-17: larger than LIMITS.messageBytes ends the talk', async () => {
    const client = await greeted(1);
    client.socket.emit('command', { huge: 'x'.repeat(LIMITS.messageBytes) }, () => undefined);
    await client.gone();
  });

  it('I-17: beyond the burst are put off, not refused', async () => {
    const client = await greeted(1);
    const count = LIMITS.stationMessagesBurst + 30;
    const asked = Array.from({ length: count }, (_, n) => client.send(at(1, n + 1, plain(0.01))));
    const verdicts = await Promise.all(asked);
    const accepted = verdicts.filter(({ kind }) => kind === 'accepted').length;
    expect(accepted).toBeGreaterThanOrEqual(LIMITS.stationMessagesBurst);
    const late = verdicts.filter((verdict) => verdict.kind === 'later');
    expect(late.length).toBeGreaterThan(0);
    expect(late[0]?.fault.code).toBe('hub.busy');
    const again = await greeted(1);
    const burst = Array.from({ length: LIMITS.stationMessagesBurst }, () =>
      again.send(at(1, 1, plain(0.01))),
    );
    const kinds = (await Promise.all(burst)).map(({ kind }) => kind);
    expect(kinds, 'a new socket brings no new burst').toContain('later');
  });

  it('what the projection answers goes through; what it cannot, is a fault', async () => {
    const rows = { rows: [], version: 12, complete: true };
    await restartWith({
      replicaPage: async (after) => ({ ...rows, version: after + 1 }),
      workflows: () => Promise.reject(new Error('disk')),
    });
    const client = await greeted(1);
    const page = await client.ask('replica', { after: 11 });
    expect(page).toEqual({ ok: true, value: rows });
    const list = await client.ask('workflows', {});
    expect(list).toMatchObject({ ok: false, fault: { code: 'hub.storage' } });
  });

  it('states: of its own commands only', async () => {
    await hub.writer.submit(at(1, 1));
    await hub.writer.submit(at(2, 1));
    const client = await greeted(1);
    const asked = { ids: [at(1, 1).id, at(2, 1).id] };
    const value = [{ id: at(1, 1).id, state: { kind: 'confirmed' } }];
    expect(await client.ask('states', asked)).toEqual({ ok: true, value });
  });
});

describe('pokes', () => {
  it('changed reaches every station once, however often it changed', async () => {
    const [one, two] = [await greeted(1), await greeted(2)];
    let heard = 0;
    one.socket.on('changed', () => (heard += 1));
    const other = two.next('changed');
    for (let n = 0; n < 20; n += 1) served.sockets.changed();
    expect(await other).toEqual({ replicaVersion: 7, workflowSet: 'set-1' });
    await new Promise((resolve) => setTimeout(resolve, 3 * LIMITS.pushMs));
    expect(heard).toBe(1);
  });

  it('states reach the station that owns the command, and nobody else', async () => {
    const [one, two] = [await greeted(1), await greeted(2)];
    let strange = 0;
    two.socket.on('states', () => (strange += 1));
    await one.send(at(1, 1));
    const states = one.next<StateOfCommand[]>('states');
    await one.send(at(1, 2, finish()));
    expect(await states).toEqual([
      { id: at(1, 1).id, state: { kind: 'sending' } },
      { id: at(1, 2).id, state: { kind: 'confirmed' } },
    ]);
    const more = one.next<StateOfCommand[]>('states');
    served.sockets.statesChanged([at(1, 1).id]);
    expect(await more).toEqual([{ id: at(1, 1).id, state: { kind: 'sending' } }]);
    expect(strange).toBe(0);
  });
});

describe('I-02: lost answers and reconnects', () => {
  it('a command whose answer was lost is answered as the first time', async () => {
    const first = await greeted(1);
    first.socket.emit('command', at(1, 1), () => undefined);
    await expect.poll(() => hub.writer.world().seq).toBe(1);
    first.socket.disconnect();
    const second = await greeted(1);
    expect(await second.send(at(1, 1))).toEqual({ kind: 'accepted', seq: 1, again: true });
    expect(await second.send(at(1, 3))).toMatchObject({ kind: 'later', expect: 2 });
  });

  it('a queue that is sent over and over through a breaking line arrives once', async () => {
    const queue = Array.from({ length: 20 }, (_, n) => at(1, n + 1, plain(0.1)));
    let confirmed = 0;
    for (let round = 0; confirmed < queue.length; round += 1) {
      const client = await greeted(1);
      const rest = queue.slice(Math.max(0, confirmed - 2));
      const answers = rest.map((asked) => client.send(asked).catch(() => undefined));
      const cut = round % 7;
      if (cut < 6) await answers[cut];
      else await Promise.all(answers);
      client.socket.disconnect();
      const [known] = await Promise.all([hub.journal.numbersOf(id<StationId>('a', 1))]);
      confirmed = known.ok ? (known.value?.last ?? 0) : 0;
      expect(round).toBeLessThan(40);
    }
    const read = await hub.journal.read(1, 100);
    const ids = read.ok
      ? read.value.flatMap(({ body }) => ('by' in body ? [body.by.command] : []))
      : [];
    expect(ids).toEqual(queue.map((asked) => asked.id));
  });
});

describe('I-06: two stations on one order', () => {
  it('never take in more than is open, whoever scans first', async () => {
    const stations = [await greeted(1), await greeted(2)];
    const verdicts = await Promise.all(
      stations.flatMap((client, n) =>
        Array.from({ length: 8 }, (_, seq) => client.send(at(n + 1, seq + 1))),
      ),
    );
    expect(verdicts.filter(({ kind }) => kind === 'accepted')).toHaveLength(10);
    const refused = verdicts.filter((verdict) => verdict.kind === 'refused');
    expect(refused).toHaveLength(6);
    expect(refused[0]?.fault).toEqual({
      code: 'ledger.over-receipt',
      data: { open: 0, allowed: 0, quantity: 1, unit: 'pc' },
    });
    expect(progress(hub.writer.world(), ORDER).get(PLAIN.line)?.pending).toBe(10);
  });
});

describe('I-16: a full disk, seen from a station', () => {
  it('its commands are put off until there is space, then taken', async () => {
    const client = await greeted(1);
    expect(await client.send(at(1, 1))).toMatchObject({ kind: 'accepted' });
    await fillUp(hub.store, 0);
    const queue = Array.from({ length: 60 }, (_, n) => at(1, n + 2, plain(0.01)));
    const full = await Promise.all(queue.map((asked) => client.send(asked)));
    expect(full[0]).toMatchObject({ kind: 'later', fault: { code: 'hub.storage' } });
    const told = full.filter(({ kind }) => kind === 'accepted').length;
    const read = await hub.journal.read(1, 1000);
    expect(read.ok && read.value.length).toBe(1 + told);
    await makeSpace(hub.store);
    for (const asked of queue) expect((await client.send(asked)).kind).toBe('accepted');
    expect(await hub.journal.verify()).toEqual({ ok: true, entries: 61 });
  });
});
