// The exception desk on a real database: what is open stays in sight, whatever came after it, and
// what a person says about it can be read again.

import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { folder } from '../../../../tests/torture/support/disk.ts';
import {
  command,
  finish,
  order,
  ORDER,
  plain,
  PLAIN,
} from '../../../../tests/torture/support/goods.ts';
import { move, NUT } from '../../../../tests/torture/support/kinds.ts';
import { startHub } from '../../../../tests/torture/support/hub.ts';
import type { TestHub } from '../../../../tests/torture/support/hub.ts';
import { fault, LIMITS } from '../../domain/index.ts';
import type { Command } from '../../domain/index.ts';
import { settlement } from '../../ledger/index.ts';
import { PostingRows, Pump } from '../outbox/index.ts';
import type { Sent } from '../outbox/index.ts';
import { ExceptionDesk } from './exception-desk.ts';
import { Links } from './links.ts';
import { systemClock } from './shells.ts';

const NEVER_MS = Number.MAX_SAFE_INTEGER;
const REJECTED: Sent = { kind: 'rejected', status: 400, words: 'the period is closed' };

let place: ReturnType<typeof folder>;
let hub: TestHub;
let pump: Pump;
let desk: ExceptionDesk;
let sends: number;
let links: Links;
let about: string | undefined;

beforeEach(async () => {
  place = folder();
  hub = await startHub(join(place.path, 'hub.sqlite'), [order()]);
  sends = 0;
  about = undefined;
  const { store, writer } = hub;
  pump = new Pump({
    rows: new PostingRows(store.db),
    exact: {
      unmarked: [],
      steps: () => 1,
      mayPostAtMs: () => 0,
      reckons: () => false,
      send: () => {
        sends += 1;
        return Promise.resolve(REJECTED);
      },
      find: () => Promise.resolve({ kind: 'absent' }),
      discard: () => Promise.resolve({ kind: 'gone' }),
    },
    settle: async (told) => {
      const stored = await writer.record((world, context) => settlement(world, told, context));
      if (!stored.ok) throw new Error(stored.failure.message);
    },
    clock: systemClock,
    scheduler: { after: () => () => undefined },
  });
  const named = (id: string) => Promise.resolve(id);
  links = new Links();
  desk = new ExceptionDesk({
    ...{ store, writer, pump, orderNumber: named, itemCode: named },
    about: () => Promise.resolve(about),
    linking: {
      problem: (item, barcode) => Promise.resolve(links.problem(item, barcode)),
      linked: (item, barcode) => links.add(item, barcode),
    },
  });
});
afterEach(async () => {
  await hub.stop();
  place.clean();
});

async function drain(): Promise<void> {
  for (let steps = 0; steps < 20; steps += 1) {
    if ((await pump.step()) > systemClock.nowMs()) return;
  }
  throw new Error('the pump does not come to rest');
}

/** One posting, cut by the journal. */
async function cut(): Promise<string> {
  await hub.writer.submit(command(1, plain(4)));
  await hub.writer.submit(command(2, finish()));
  const [posting] = await pump.list(['ready']);
  if (posting === undefined) throw new Error('no posting');
  return posting.id;
}

async function insert(name: string, state: 'posted' | 'rejected', dropped = false) {
  const told = fault('exact.rejected', dropped ? { dropped: 'enough' } : {});
  const posting = { id: name, kind: 'goodsReceipt', marker: `M-${name}`, document: ORDER };
  const line = { orderLine: 'l', item: 'i', quantity: 1 };
  await hub.store.db
    .insertInto('posting')
    .values({
      ...posting,
      body: JSON.stringify({ ...posting, commands: [], lines: [line] }),
      state,
      attempts: 1,
      first_sent_ms: 1,
      last_sent_ms: 1,
      looked_up_count: 0,
      next_at_ms: NEVER_MS,
      exact_id: null,
      document_number: null,
      step: 0,
      results: '[]',
      fault: state === 'rejected' ? JSON.stringify(told) : null,
      words: null,
      updated_ms: 1,
    })
    .execute();
}

async function entriesOf(type: string) {
  const read = await hub.journal.read(1, 10_000);
  if (!read.ok) throw read.failure;
  return read.value.map(({ body }) => body).filter((body) => body.type === type);
}

describe('a body that cannot be read', () => {
  it.each(['{"garbage', '[]', '{}'])('%s: rejected unsent, told; others go on', async (body) => {
    const id = await cut();
    await hub.store.db.updateTable('posting').set({ body }).where('id', '=', id).execute();
    expect(await pump.list(['ready'])).toMatchObject([{ id, lines: 0 }]);
    await hub.writer.submit(command(3, plain(1)));
    await hub.writer.submit(command(4, finish()));
    await drain();
    expect(sends).toBe(1);
    expect(await pump.status(id)).toMatchObject({
      state: 'rejected',
      attempts: 0,
      fault: { code: 'exact.rejected' },
      words: expect.stringContaining("can't be read") as string,
    });
    expect(await entriesOf('posting-settled')).toHaveLength(2);
    const { list, total } = await desk.open();
    expect(total).toBe(2);
    expect(list.find((one) => one.id === `posting:${id}`)?.what).toContain('0 lines');
  });

  it('the body of another posting is not sent under this name', async () => {
    const id = await cut();
    const set = { marker: 'another' };
    await hub.store.db.updateTable('posting').set(set).where('id', '=', id).execute();
    await drain();
    expect([sends, (await pump.status(id))?.state]).toEqual([0, 'rejected']);
  });

  it('a fault that is no JSON hides nothing', async () => {
    await insert('a', 'rejected');
    await hub.store.db.updateTable('posting').set({ fault: '{"' }).execute();
    expect(await desk.open()).toMatchObject({ total: 1, list: [{ id: 'posting:a' }] });
  });
});

describe('what is open stays in sight', () => {
  it('an old rejected posting stands there after 501 newer ones; dropped ones do not', async () => {
    await insert('0-old', 'rejected');
    await insert('1-dropped', 'rejected', true);
    for (let at = 0; at < 501; at += 1) await insert(`2-${1000 + at}`, 'posted');
    expect(await desk.open()).toMatchObject({ total: 1, list: [{ id: 'posting:0-old' }] });
    expect(await pump.count(['posted', 'rejected'])).toBe(503);
    expect(await pump.list(['posted', 'rejected'], 100)).toHaveLength(100);
  });

  it('beyond its limit the list is of the newest, and the total of all', async () => {
    const many = LIMITS.rejectedShown + 1;
    for (let at = 0; at < many; at += 1) await insert(`${1000 + at}`, 'rejected');
    const { list, total } = await desk.open();
    expect([list.length, total]).toEqual([LIMITS.rejectedShown, many]);
    expect(list.some((one) => one.id === 'posting:1000')).toBe(false);
  });

  it('refused commands: the newest ones, the total of all, and not the closed one', async () => {
    const many = LIMITS.exceptionsShown + 2;
    for (let n = 1; n <= many; n += 1) await hub.writer.submit(command(n, plain(99)));
    expect(await desk.drop(`entry:${many}`, 'counted twice')).toEqual({ kind: 'done' });
    const { list, total } = await desk.open();
    expect([list.length, total]).toEqual([LIMITS.exceptionsShown, many - 1]);
    expect(list.some((one) => one.id === `entry:${many}`)).toBe(false);
    expect(await desk.drop(`entry:${many}`, 'once again')).toEqual({ kind: 'gone' });
    expect(await desk.drop('entry:1', 'not listed, open all the same')).toEqual({ kind: 'done' });
  });

  it('refused goods: which, how many, and the order where they are on one', async () => {
    await hub.writer.submit(command(1, plain(99)));
    await hub.writer.submit(command(2, move(-1)));
    const { list } = await desk.open();
    const said = new Map(list.map(({ order: on, what }) => [on, what.replace(/, from .*/, '')]));
    expect(said.get(ORDER)).toBe(`99 ${PLAIN.item} received`);
    expect(said.get('')).toBe(`-1 ${NUT.item} moved`);
  });

  it('a rejected posting: its order, or what it is about where it is on none', async () => {
    await cut();
    await drain();
    const told = async () => (await desk.open()).list.map(({ order: on, what }) => [on, what]);
    expect(await told()).toEqual([
      [ORDER, expect.stringMatching(/^Goods receipt of 1 line, SD\w+$/)],
    ]);
    about = 'A-1 → B-1: BOLT';
    expect(await told()).toEqual([['', expect.stringMatching(/ of 1 line, .+: A-1 → B-1: BOLT$/)]]);
  });
});

describe('sending once more', () => {
  it('is refused, and nothing is recorded, for what is twice in Exact or not rejected', async () => {
    const id = await cut();
    expect(await desk.resend(`posting:${id}`, 'please')).toEqual({ kind: 'gone' });
    await drain();
    const twice = { fault: JSON.stringify(fault('exact.duplicate')) };
    await hub.store.db.updateTable('posting').set(twice).where('id', '=', id).execute();
    expect(await desk.resend(`posting:${id}`, 'please')).toMatchObject({ kind: 'refused' });
    expect(await entriesOf('posting-resent')).toEqual([]);
  });

  it('keeps its reason in the journal, which a restart reads to the same world', async () => {
    const id = await cut();
    await drain();
    const before = hub.writer.world();
    const reason = 'the period is open again';
    expect(await desk.resend(`posting:${id}`, reason)).toEqual({ kind: 'done' });
    const told = { type: 'posting-resent', posting: id, document: ORDER, reason };
    expect(await entriesOf('posting-resent')).toEqual([told]);
    expect(hub.writer.world().documents).toEqual(before.documents);
    await drain();
    expect(sends).toBe(2);
    await hub.stop();
    hub = await startHub(hub.store.file, [order()]);
    expect(await entriesOf('posting-resent')).toEqual([told]);
    expect(hub.writer.world().documents.get(ORDER)?.postings.size).toBe(1);
  });
});

describe('what the floor reports', () => {
  const ITEM = '11111111-1111-4111-8111-111111111111';
  const report = (more: object) =>
    ({ type: 'exception.report', document: ORDER, ...more }) as Command['payload'];
  const link = report({
    ...{ exception: 'unknown-barcode', remedy: 'link' },
    ...{ item: ITEM, itemCode: 'BOLT', read: 'CARTON-7' },
  });

  it('I-02: is listed once, however often it comes in, until a person closes it', async () => {
    const damaged = report({
      ...{ exception: 'damaged', remedy: 'leave-open', reason: 'quality' },
      ...{ item: ITEM, itemCode: 'BOLT', quantity: 2, place: 'A-01' },
    });
    await hub.writer.submit(command(1, damaged));
    const again = await hub.writer.submit(command(1, damaged));
    expect(again).toMatchObject({ kind: 'accepted', again: true });
    const { list, total } = await desk.open();
    expect(total).toBe(1);
    expect(list).toMatchObject([{ kind: 'floor-report', actions: ['drop'] }]);
    expect(list[0]?.what).toContain('2 × BOLT, damaged, quality, place A-01');
    const id = list[0]?.id ?? '';
    expect(await desk.approve(id, 'not a link')).toEqual({ kind: 'gone' });
    expect(await desk.drop(id, 'sent back')).toEqual({ kind: 'done' });
    expect(await desk.open()).toMatchObject({ list: [], total: 0 });
    expect(await desk.drop(id, 'once more')).toEqual({ kind: 'gone' });
  });

  it('a link that is approved is closed with it, and is read again at the next start', async () => {
    await hub.writer.submit(command(1, link));
    const [asked] = (await desk.open()).list;
    expect(asked).toMatchObject({ kind: 'link-request', actions: ['approve', 'drop'] });
    expect(await desk.approve(asked?.id ?? '', 'seen')).toEqual({ kind: 'done' });
    expect(links.codesOf(ITEM)).toEqual(['CARTON-7']);
    expect(await desk.open()).toMatchObject({ total: 0 });
    expect(await desk.approve(asked?.id ?? '', 'twice')).toEqual({ kind: 'gone' });
    const afterwards = await Links.read(hub.store.db);
    expect(afterwards.codesOf(ITEM)).toEqual(['CARTON-7']);
  });

  it('a barcode that another item has is not given away, and one that is rejected not at all', async () => {
    links.add('another', 'CARTON-7');
    await hub.writer.submit(command(1, link));
    const [asked] = (await desk.open()).list;
    const id = asked?.id ?? '';
    expect(await desk.approve(id, 'seen')).toMatchObject({ kind: 'refused' });
    expect(await desk.drop(id, 'no such carton')).toEqual({ kind: 'done' });
    expect((await Links.read(hub.store.db)).codesOf(ITEM)).toEqual([]);
  });

  it('I-17: an item has so many linked barcodes and no more', () => {
    for (let n = 0; n < LIMITS.linksPerItem; n += 1) links.add(ITEM, `code ${n}`);
    expect(links.problem(ITEM, 'one more')).toContain('too many');
    expect(links.problem('another', 'one more')).toBeUndefined();
  });
});
