// A look-up over a real socket: its answer, what is no question, and a hub that can't read its disk.

import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { folder } from '../../../../tests/torture/support/disk.ts';
import { id } from '../../../../tests/torture/support/goods.ts';
import { startHub } from '../../../../tests/torture/support/hub.ts';
import type { TestHub } from '../../../../tests/torture/support/hub.ts';
import { Client, serveHub } from '../../../../tests/torture/support/wire.ts';
import type { LookQuestion } from '../../domain/index.ts';

let place: ReturnType<typeof folder>;
let hub: TestHub;
let served: Awaited<ReturnType<typeof serveHub>>;
let client: Client;
const asked: LookQuestion[] = [];

beforeEach(async () => {
  place = folder();
  hub = await startHub(join(place.path, 'hub.sqlite'), []);
  served = await serveHub(hub, {
    look: (ask) => {
      if (ask.kind === 'number') throw new Error('the disk fails');
      asked.push(ask);
      return { lies: [], more: 3 };
    },
  });
  client = new Client(served.url);
  await client.connected();
});
afterEach(async () => {
  client.socket.disconnect();
  await served.sockets.close();
  await hub.stop();
  place.clean();
});

it('is answered to who said hello, and to nobody else', async () => {
  const question: LookQuestion = { kind: 'location', id: id('e', 1) };
  expect(await client.ask('look', question)).toMatchObject({ ok: false });
  await client.hello(1);
  expect(await client.ask('look', question)).toEqual({ ok: true, value: { lies: [], more: 3 } });
  expect(await client.ask('look', { kind: 'item', id: 'x' })).toMatchObject({ ok: false });
  expect(asked).toEqual([question]);
});

it('of a hub that fails says so, and the next one is answered', async () => {
  await client.hello(1);
  const failed = { ok: false, fault: { code: 'hub.storage', data: { kind: 'broken' } } };
  expect(await client.ask('look', { kind: 'number', number: 'L77' })).toEqual(failed);
  const question: LookQuestion = { kind: 'item', id: id('e', 1), number: 'L77' };
  expect(await client.ask('look', question)).toMatchObject({ ok: true });
});
