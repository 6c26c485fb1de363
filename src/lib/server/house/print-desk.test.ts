// The desk of labels and packing lists on a real database: what waits, what is the same piece of
// work, and what a packing list says after lines were taken back.

import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { folder } from '../../../../tests/torture/support/disk.ts';
import { command, order, ORDER, plain } from '../../../../tests/torture/support/goods.ts';
import { startHub } from '../../../../tests/torture/support/hub.ts';
import type { TestHub } from '../../../../tests/torture/support/hub.ts';
import { LIMITS } from '../../domain/index.ts';
import type { CommandPayload, PrintRequest, SessionId } from '../../domain/index.ts';
import { PrintDesk } from './print-desk.ts';
import { systemClock } from './shells.ts';

let place: ReturnType<typeof folder>;
let hub: TestHub;
let desk: PrintDesk;
let later: number;
let number: number;

beforeEach(async () => {
  place = folder();
  hub = await startHub(join(place.path, 'hub.sqlite'), [order()]);
  [later, number] = [0, 0];
  desk = new PrintDesk({
    ...{ store: hub.store, writer: hub.writer },
    clock: { nowMs: () => systemClock.nowMs() + later },
    item: () => Promise.resolve({ code: 'BOLT', name: 'Bolt', unit: 'pc' }),
    customer: () => Promise.resolve('Bakery'),
    named: (operator) => `<${operator}>`,
  });
});
afterEach(async () => {
  await hub.stop();
  place.clean();
});

const LABEL: PrintRequest = {
  ...{ type: 'print.request', document: ORDER, order: '4711', prints: 'batch', copies: 2 },
  ...{ itemCode: 'PAINT', batch: 'L7' },
};
const AGAIN: PrintRequest = { ...LABEL, again: true };

async function sends(payload: CommandPayload, session?: string) {
  number += 1;
  const made = command(number, payload);
  const other = session === undefined ? made : { ...made, session: session as SessionId };
  return { made: other, verdict: await hub.writer.submit(other) };
}
const waiting = async () => (await desk.report()).waiting;
const first = async () => (await waiting())[0]?.id ?? '';

describe('what waits', () => {
  it('I-02 is there once, though its command comes twice', async () => {
    const { made, verdict } = await sends(LABEL);
    expect(verdict.kind).toBe('accepted');
    expect(await hub.writer.submit(made)).toMatchObject({ kind: 'accepted', again: true });
    expect(await waiting()).toMatchObject([
      { what: '2 labels of batch L7, PAINT', order: '4711', times: 1, again: false },
    ]);
  });

  it('asked for once more is the same piece of work, and is settled with it', async () => {
    for (const request of [LABEL, AGAIN, AGAIN]) await sends(request);
    expect(await waiting()).toMatchObject([{ times: 3 }]);
    expect(await desk.settle(await first(), 'printed', 'Anna')).toEqual({ kind: 'done' });
    const { waiting: left, done } = await desk.report();
    expect(left).toEqual([]);
    expect(done).toMatchObject([{ times: 3, settled: { outcome: 'printed', person: 'Anna' } }]);
  });

  it('asked for again when it was printed is new work, and says so', async () => {
    await sends(LABEL);
    await desk.settle(await first(), 'printed', 'Anna');
    await sends(AGAIN);
    expect(await waiting()).toMatchObject([{ times: 1, again: true }]);
  });

  it('of another session, and of another line of this one, is other work', async () => {
    await sends(LABEL);
    await sends(LABEL);
    await sends(AGAIN, '0192a000-0000-7000-8000-00000000aaaa');
    expect(await waiting()).toMatchObject([{ times: 1 }, { times: 1 }, { times: 1 }]);
  });

  it('is dealt with once', async () => {
    await sends(LABEL);
    const id = await first();
    await desk.settle(id, 'dropped', 'Bert');
    expect(await desk.settle(id, 'printed', 'Anna')).toEqual({ kind: 'gone' });
    expect(await desk.settle('99999', 'printed', 'Anna')).toEqual({ kind: 'gone' });
    expect((await desk.report()).done).toMatchObject([{ settled: { outcome: 'dropped' } }]);
  });

  it('for too long waits no more, and its page is still there', async () => {
    await sends(LABEL);
    const id = await first();
    later = LIMITS.printKeepMs + 1_000;
    expect(await desk.count()).toBe(0);
    expect(await desk.find(id)).toMatchObject({ request: { batch: 'L7' } });
    await sends(LABEL);
    expect(await desk.count()).toBe(0);
    later = 0;
    expect(await desk.count()).toBe(2);
  });
});

describe('a packing list', () => {
  const LIST: PrintRequest = {
    ...{ type: 'print.request', document: ORDER, order: '4711', prints: 'packingList', copies: 1 },
  };
  const listed = async () => (await desk.find(await first()))?.list;

  it('has what its session booked, without what was taken back', async () => {
    await sends(plain(4));
    const wrong = await sends(plain(1));
    await sends({ type: 'line.undo', document: ORDER, target: wrong.made.id });
    await sends(plain(2), '0192a000-0000-7000-8000-00000000aaaa');
    await sends(LIST);
    expect(await listed()).toEqual({
      ...{ order: '4711', partner: 'Bakery', more: 0 },
      lines: [{ itemCode: 'BOLT', itemName: 'Bolt', unit: 'pc', quantity: 4, numbers: [] }],
    });
  });

  it('adds up what stands on it twice, and says nothing of what comes after it', async () => {
    await sends(plain(1));
    await sends(plain(2));
    await sends(LIST);
    await sends(plain(1));
    expect((await listed())?.lines).toMatchObject([{ quantity: 3 }]);
  });
});
