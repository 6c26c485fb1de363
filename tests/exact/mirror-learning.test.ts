// What the ledger and the stations' rows know of Exact's orders while the mirror is incomplete: a
// hub on a mirror that was wiped, and orders with items that are not here yet.

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { makeId } from '../../src/lib/domain/index.ts';
import type {
  Command,
  CommandId,
  ProduceLine,
  ReceiveLine,
  Revision,
  SessionId,
  StationId,
} from '../../src/lib/domain/index.ts';
import { ORDER_KINDS } from '../../src/lib/server/house/master.ts';
import { random } from '../torture/support/disk.ts';
import { Hub, openLine } from './learning-kit.ts';
import { MirrorKit } from './mirror-kit.ts';
import { makeWorld } from './world.ts';
import type { World } from './world.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let world: World;
let kit: MirrorKit;
let hub: Hub;
let made: number;
beforeEach(async () => {
  world = await makeWorld();
  await world.connect();
  kit = new MirrorKit(world);
  hub = await Hub.open(world);
  made = 0;
});
afterEach(async () => {
  await hub.close();
  await world.close();
});

async function restart(): Promise<void> {
  await hub.close();
  await world.restart();
  hub = await Hub.open(world);
}

async function wipe(): Promise<void> {
  const { db } = world.hub.store;
  await db.deleteFrom('mirror_row').execute();
  await db.deleteFrom('sync_cursor').execute();
}

const station = makeId<StationId>({ nowMs: () => 0 }, random);
const session = makeId<SessionId>({ nowMs: () => 0 }, random);

function command(order: string, line: { id: string; itemId: string }): Command {
  made += 1;
  const payload: ReceiveLine = {
    ...{ type: 'receive.line', document: order, posting: 'document-complete' },
    ...{ line: line.id, item: line.itemId },
    ...{ quantity: 1, tolerance: 0, location: PLACE },
  };
  return {
    ...{ id: makeId<CommandId>(world.time, random), station, stationSeq: made, operator: 'Anna' },
    ...{ session, revision: 'r1' as Revision, madeAtMs: world.time.nowMs(), payload },
  };
}
const PLACE = '00000000-0000-4000-8000-0000000000aa';

/** The row that stations have of an order; null: it was taken from them. */
async function rowOf(order: string): Promise<{ lines: { id: string }[] } | null | undefined> {
  const row = await world.hub.store.db
    .selectFrom('replica_row')
    .select('body')
    .where('kind', '=', 'order')
    .where('id', '=', order)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  return row.body === null ? null : (JSON.parse(row.body) as { lines: { id: string }[] });
}

describe('I-01: a hub on a mirror that was wiped', () => {
  it('puts commands off, refuses nothing, and takes them once the orders are read', async () => {
    await kit.round();
    await hub.settled();
    const { order, line } = await openLine(world);
    const kept = command(order, line);
    const gone = command('00000000-0000-4000-8000-000000000000', line);
    await wipe();
    await restart();
    expect(await hub.writer.submit(kept)).toMatchObject({ kind: 'later' });
    await kit.round();
    await hub.settled();
    expect(await hub.writer.submit(kept)).toMatchObject({ kind: 'accepted' });
    // All orders are read: what is not among them is not there.
    expect(await hub.writer.submit(gone)).toMatchObject({ kind: 'refused' });
  });

  it('does so as long as one of the lists that orders need is not read in full', async () => {
    const match = { path: 'sync/Logistics/Items' };
    world.sim.simulation.faults.add({ kind: 'html-200', times: 1000, match });
    await kit.round();
    await hub.settled();
    expect([...hub.writer.world().unread].sort()).toEqual([...ORDER_KINDS].sort());
    // The order is here, its items are not.
    const [order] = await world.hub.reader.openOrders();
    const [line] = order?.lines ?? [];
    if (order === undefined || line === undefined) throw new Error('no order');
    const asked = command(order.id, line);
    expect(await hub.writer.submit(asked)).toMatchObject({ kind: 'later' });
    await world.control('faults', undefined, 'DELETE');
    world.time.advance(60 * 60_000);
    await kit.round();
    await hub.settled();
    expect([...hub.writer.world().unread]).toEqual([]);
    expect(await hub.writer.submit(asked)).not.toMatchObject({ kind: 'later' });
  });

  it.each([
    ['is forbidden', 'status-403'],
    ['has a row that surprises', 'missing-field'],
  ] as const)('I-23: waits for no list that %s; others decide', async (_what, kind) => {
    const match = { path: 'sync/Manufacturing/ShopOrders' };
    world.sim.simulation.faults.add({ kind, times: 1000, match });
    expect(hub.writer.world().unread).toContain('shopOrder');
    await kit.round();
    await hub.settled();
    expect((await kit.status('ShopOrders'))?.fullMs).toBeNull();
    expect([...hub.writer.world().unread]).toEqual([]);
    const { line } = await openLine(world);
    const gone = command('00000000-0000-4000-8000-000000000000', line);
    const made: ProduceLine = {
      ...{ type: 'produce.line', document: gone.payload.document, posting: 'document-complete' },
      ...{ warehouse: PLACE, item: line.itemId, quantity: 1, tolerance: 0 },
    };
    expect(await hub.writer.submit({ ...gone, payload: made })).toMatchObject({ kind: 'refused' });
    await restart();
    expect([...hub.writer.world().unread]).toEqual([]);
  });

  it('waits again once such a list is read on', async () => {
    const match = { path: 'sync/Manufacturing/ShopOrders' };
    world.sim.simulation.faults.add({ kind: 'status-403', times: 1, match });
    await kit.round();
    await hub.settled();
    expect([...hub.writer.world().unread]).toEqual([]);
    world.sim.simulation.faults.add({ kind: 'status-500', times: 1000, match });
    await kit.days(20 * 60_000);
    await hub.settled();
    expect([...hub.writer.world().unread]).toEqual(['shopOrder']);
    await world.control('faults', undefined, 'DELETE');
    world.time.advance(60 * 60_000);
    await kit.round();
    await hub.settled();
    expect([...hub.writer.world().unread]).toEqual([]);
  });

  it('a restart on a mirror that was read in full decides at once', async () => {
    await kit.round();
    await restart();
    expect([...hub.writer.world().unread]).toEqual([]);
  });

  it('a mirror of another division puts off too, before a row of it goes', async () => {
    await kit.round();
    await hub.settled();
    const told: string[] = [];
    world.hub.mirror.events.on('changed', () => told.push('changed'));
    world.hub.mirror.events.on('reach', () => told.push('reach'));
    await world.hub.store.db
      .updateTable('meta')
      .set({ value: 'elsewhere 1 forms 1' })
      .where('key', '=', 'exact.mirror-of')
      .execute();
    const before = hub.writer.world().orders.size;
    await kit.round();
    expect(told[0]).toBe('reach');
    await hub.settled();
    expect([...hub.writer.world().unread]).toEqual([]);
    expect(hub.writer.world().orders.size).toBe(before);
  });
});

describe('an order with an item that is not here yet', () => {
  const forget = async (item: string) => {
    await world.hub.store.db
      .deleteFrom('mirror_row')
      .where('entity', '=', 'Items')
      .where('id', '=', item)
      .execute();
    hub.learning.changed('Items', [item]);
    await hub.settled();
  };

  it('stays, with that line closed, and heals by itself', async () => {
    await kit.round();
    await hub.settled();
    const { order, line } = await openLine(world);
    const lines = (await rowOf(order))?.lines.length ?? 0;
    expect(lines).toBeGreaterThan(1);
    await forget(line.itemId);
    const known = hub.writer.world().orders.get(order);
    expect(known?.open).toBe(true);
    expect(known?.lines.filter(({ open }) => !open).map(({ item }) => item)).toEqual(
      known?.lines.filter(({ item }) => item === line.itemId).map(({ item }) => item),
    );
    const shown = (await rowOf(order))?.lines ?? [];
    expect(shown.length).toBeGreaterThan(0);
    expect(shown.some(({ id }) => id === line.id)).toBe(false);
    expect(await hub.writer.submit(command(order, line))).toMatchObject({
      fault: { code: 'ledger.over-receipt', data: { open: 0 } },
    });
    await kit.person('PATCH', `logistics/Items/${line.itemId}`, { Description: 'here again' });
    await kit.round('all');
    await hub.settled();
    expect((await rowOf(order))?.lines.length).toBe(lines);
    expect(await hub.writer.submit(command(order, line))).toMatchObject({ kind: 'accepted' });
  });

  it.each(['salesOrder', 'shopOrder'] as const)('a %s stays too', async (kind) => {
    await kit.round();
    await hub.settled();
    const [known] = [...hub.writer.world().orders.entries()]
      .map(([, each]) => each)
      .filter((each) => each.kind === kind && each.lines.length > 1);
    const item = known?.lines[0]?.item ?? '';
    await forget(item);
    const left = hub.writer.world().orders.get(known?.id ?? '');
    expect(left?.lines.length).toBe(known?.lines.length);
    expect(left?.lines.filter((line) => line.item === item).map(({ open }) => open)).toContain(
      false,
    );
    expect(left?.open).toBe(known?.open);
  });
});

it('an order that may not be received is taken from the stations, and comes back when it may', async () => {
  await kit.round();
  await hub.settled();
  const { order } = await openLine(world);
  const set = async (ApprovalStatus: number) => {
    await kit.person('PATCH', `purchaseorder/PurchaseOrders/${order}`, { ApprovalStatus });
    await kit.round('all');
    await hub.settled();
  };
  expect(await rowOf(order)).toMatchObject({ id: order });
  await set(0);
  expect(await rowOf(order)).toBeNull();
  await set(2);
  expect(await rowOf(order)).toMatchObject({ id: order });
});
