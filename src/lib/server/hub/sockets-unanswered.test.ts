// Messages whose sender waits for no answer: the talk ends, and nothing was done for them.

import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { folder } from '../../../../tests/torture/support/disk.ts';
import { command, id, order, plain } from '../../../../tests/torture/support/goods.ts';
import { startHub } from '../../../../tests/torture/support/hub.ts';
import type { TestHub } from '../../../../tests/torture/support/hub.ts';
import { Client, serveHub } from '../../../../tests/torture/support/wire.ts';
import type { StationId } from '../../domain/index.ts';
import { PROTOCOL } from '../../protocol/index.ts';

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

async function connect(): Promise<Client> {
  const client = new Client(served.url);
  clients.push(client);
  await client.connected();
  return client;
}

const station = { id: id<StationId>('a', 1), name: 'dock-1' };
const asked = command(1, plain(1), { station: station.id });

it.each([[undefined], ['no function']])('a command (%s) is not taken', async (...answer) => {
  const client = await connect();
  await client.hello(1);
  client.socket.emit('command', asked, ...answer);
  await client.gone();
  expect(hub.alarms).toMatchObject([{ kind: 'bad-message', event: 'command' }]);
  const back = await connect();
  await back.hello(1);
  expect(await back.send(asked)).toEqual({ kind: 'accepted', seq: 1 });
});

it('a hello does not take the place of the socket that is there', async () => {
  const there = await connect();
  await there.hello(1);
  const silent = await connect();
  silent.socket.emit('hello', { protocol: PROTOCOL, station });
  await silent.gone();
  expect(served.sockets.stations()).toEqual([station]);
  expect(await there.send(asked)).toMatchObject({ kind: 'accepted' });
});
