// Sales and shop orders on their way to the stations: which of them come, with which lines, how far
// they are, and where their goods lie; compared with the simulator's own books.

import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { LIMITS } from '../../src/lib/domain/index.ts';
import type { OrderView, SourceView, Tracking } from '../../src/lib/domain/index.ts';
import { Hub } from './learning-kit.ts';
import { DAY_MS, MirrorKit } from './mirror-kit.ts';
import type { SimRow } from './mirror-kit.ts';
import { makeWorld } from './world.ts';
import type { World } from './world.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const statements: string[] = [];
let world: World;
let kit: MirrorKit;
let hub: Hub;
beforeAll(async () => {
  world = await makeWorld(undefined, { before: (sql) => statements.push(sql) });
  await world.connect();
  kit = new MirrorKit(world);
  hub = await Hub.open(world);
  await kit.round('all');
  await told();
});
afterAll(async () => {
  await hub.close();
  await world.close();
});

/** Stock that moved is told after a while. */
async function told(): Promise<void> {
  await hub.learning.settled();
  world.time.advance(LIMITS.sourcesEveryMs);
  await hub.settled();
}

async function rows(): Promise<ReadonlyMap<string, OrderView>> {
  const found = await world.hub.store.db
    .selectFrom('replica_row')
    .select('body')
    .where('kind', '=', 'order')
    .where('body', 'is not', null)
    .execute();
  const orders = found.map((row) => JSON.parse(row.body ?? '') as OrderView);
  return new Map(orders.map((order) => [order.id, order]));
}

const ofKind = async (kind: OrderView['kind']) =>
  [...(await rows()).values()].filter((order) => order.kind === kind);
const text = (row: SimRow | undefined, name: string) => String(row?.[name] ?? '');

describe('sales orders', () => {
  it('those that can be delivered come, with the lines that are ours to pick', async () => {
    const orders = await rows();
    const open = kit.rows(
      `SELECT * FROM "SalesOrders" WHERE "ApprovalStatus" > 0 AND "DeliveryStatus" < 21`,
    );
    expect((await ofKind('salesOrder')).length).toBeGreaterThan(3);
    for (const header of open) {
      const lines = kit.rows(
        `SELECT l.* FROM "SalesOrderLines" l JOIN "Items" i ON i."ID" = l."Item"
         WHERE l."OrderID" = ? AND l."Quantity" > 0 AND l."UseDropShipment" = 0
         AND i."IsStockItem" = 1 ORDER BY l."LineNumber"`,
        text(header, 'OrderID'),
      );
      const order = orders.get(text(header, 'OrderID'));
      if (lines.length === 0) expect(order).toBeUndefined();
      else {
        expect(order).toMatchObject({ kind: 'salesOrder', number: text(header, 'OrderNumber') });
        expect(order?.partnerName).not.toBe('');
        expect(order?.lines.map(({ id, ordered, done }) => [id, ordered, done])).toEqual(
          lines.map((line) => [line['ID'], line['Quantity'], line['QuantityDelivered']]),
        );
      }
    }
    const ids = new Set(open.map((header) => text(header, 'OrderID')));
    expect((await ofKind('salesOrder')).every(({ id }) => ids.has(id))).toBe(true);
  });

  it('are found by their number, and by what the customer calls them', async () => {
    const [order] = await ofKind('salesOrder');
    const known = await world.hub.reader.salesOrdersById([order?.id ?? '']);
    const reference = known.get(order?.id ?? '')?.reference ?? '';
    expect(reference).toMatch(/^PO-/);
    const row = await world.hub.store.db
      .selectFrom('replica_row')
      .select('keys')
      .where('id', '=', order?.id ?? '')
      .executeTakeFirstOrThrow();
    expect(JSON.parse(row.keys)).toEqual([`code:${order?.number}`, `code:${reference}`]);
  });

  it('go from the stations when Exact withdraws its approval', async () => {
    const [order] = await ofKind('salesOrder');
    const set = async (ApprovalStatus: number) => {
      const path = `salesorder/SalesOrders/${order?.id}`;
      await kit.person('PATCH', path, { ApprovalStatus });
      await kit.round('all');
      await told();
    };
    await set(0);
    expect((await rows()).has(order?.id ?? '')).toBe(false);
    await set(2);
    expect((await rows()).has(order?.id ?? '')).toBe(true);
  });
});

describe('shop orders', () => {
  it('those that can be worked on come: what they make, and what is issued by hand', async () => {
    const orders = await rows();
    const open = kit.rows(
      `SELECT * FROM "ShopOrders" WHERE "Status" < 30 AND "IsReleased" = 1 AND "IsOnHold" = 0`,
    );
    expect(open.length).toBeGreaterThan(0);
    for (const header of open) {
      const plans = kit.rows(
        `SELECT p.* FROM "ShopOrderMaterialPlans" p JOIN "Items" i ON i."ID" = p."Item"
         WHERE p."ShopOrder" = ? AND p."Backflush" = 0 AND i."IsStockItem" = 1
         ORDER BY p."LineNumber"`,
        text(header, 'ID'),
      );
      const order = orders.get(text(header, 'ID'));
      const [product, ...materials] = order?.lines ?? [];
      expect(product).toMatchObject({
        ...{ id: order?.id, part: 'product', ordered: header['PlannedQuantity'] },
        ...{ done: header['ProducedQuantity'], item: { id: header['Item'] } },
      });
      expect(product?.sources).toBeUndefined();
      expect(order?.partnerName).toBe(product?.item.name);
      expect(materials.map(({ id, ordered, part }) => [id, ordered, part])).toEqual(
        // Type 2: a by-product comes out, beside what is made.
        plans.map(({ ID, PlannedQuantity, Type }) => [
          ...[ID, PlannedQuantity, Type === 2 ? 'product' : 'material'],
        ]),
      );
    }
    expect((await ofKind('shopOrder')).length).toBe(open.length);
  });

  it('go when they are put on hold', async () => {
    const [order] = await ofKind('shopOrder');
    const path = `manufacturing/ShopOrders/${order?.id}`;
    await kit.person('PATCH', path, { IsOnHold: true });
    await kit.round('all');
    await told();
    expect((await rows()).has(order?.id ?? '')).toBe(false);
    await kit.person('PATCH', path, { IsOnHold: false });
    await kit.round('all');
    await told();
  });
});

describe('where goods lie', () => {
  /** Lines that go out and lack something. */
  const seeking = async () =>
    [...(await rows()).values()]
      .filter(({ kind }) => kind !== 'purchaseOrder')
      .flatMap((order) => order.lines.map((line) => ({ order, line })))
      .filter(({ line }) => line.part !== 'product')
      .filter(({ line }) => line.ordered > line.done + line.pending);

  it('every line that lacks something says where, out of the books', async () => {
    let found = 0;
    const seen = new Set<string>();
    for (const { order, line } of await seeking()) {
      expect(line.sources).toBeDefined();
      const sources = line.sources ?? [];
      expect(sources.length).toBeLessThanOrEqual(LIMITS.sourcesPerLine);
      for (const source of sources) {
        found += 1;
        seen.add(line.item.tracking);
        expect(source.quantity).toBeGreaterThan(0);
        expect(source.location === undefined).toBe(!order.warehouse.usesLocations);
        expect(source.batch === undefined).toBe(line.item.tracking !== 'batch');
        expect(source.quantity).toBe(await inBooks(order, line.item.id, source));
      }
      expect(sources).toEqual([...sources].sort(inOrder));
    }
    expect(found).toBeGreaterThan(10);
    expect([...seen]).toEqual(expect.arrayContaining(['none', 'batch']));
  });

  /** Exact's record of some stock, as it is once somebody was there. */
  const alter = async (
    entity: 'StorageLocationStockPositions' | 'SerialBatchNumbers',
    item: string,
    change: RawBuilder<string>,
  ) => {
    const altered = world.hub.store.db.updateTable('mirror_row').set({ body: change });
    await altered.where('entity', '=', entity).where('subject', '=', item).execute();
    hub.learning.changed(entity, [item]);
    await hub.learning.settled();
  };
  const lineOf = async (order: string, line: string) =>
    (await rows()).get(order)?.lines.find(({ id }) => id === line);
  const oneOf = async (tracking: Tracking) => {
    const found = (await seeking()).find(({ order, line: { item, sources } }) => {
      const placed = order.warehouse.usesLocations && (sources?.length ?? 0) > 0;
      return placed && item.tracking === tracking;
    });
    if (found === undefined) throw new Error(`no line of a ${tracking} item lies anywhere`);
    return { order: found.order.id, line: found.line.id, item: found.line.item.id };
  };

  it('stock that moves is told together, after a while', async () => {
    const { order, line, item } = await oneOf('none');
    const before = await lineOf(order, line);
    const version = hub.projection.version;
    for (const stock of [41, 42, 43]) {
      await alter('StorageLocationStockPositions', item, sql`json_set(body, '$.Stock', ${stock})`);
    }
    await hub.projection.flush();
    expect(await lineOf(order, line)).toEqual(before);
    await told();
    const quantities = (await lineOf(order, line))?.sources?.map((source) => source.quantity);
    expect(new Set(quantities)).toEqual(new Set([43]));
    // One row for each order that names the item, not one for each change.
    const naming = (await seeking()).filter((each) => each.line.item.id === item);
    expect(hub.projection.version - version).toBe(
      new Set(naming.map((each) => each.order.id)).size,
    );
  });

  it('stock that is read again as it was sends nothing', async () => {
    const { item } = await oneOf('none');
    const version = hub.projection.version;
    hub.learning.changed('StockPositions', [item]);
    await told();
    expect(hub.projection.version).toBe(version);
  });

  it('more items than can be named are told as all', async () => {
    const { order, line, item } = await oneOf('none');
    const change = sql<string>`json_set(body, '$.Stock', 44)`;
    await alter('StorageLocationStockPositions', item, change);
    const others = Array.from({ length: LIMITS.sourcesItems + 1 }, (_, at) => `other ${at}`);
    hub.learning.changed('StockPositions', others);
    await told();
    expect((await lineOf(order, line))?.sources?.[0]?.quantity).toBe(44);
  });

  it('a batch that Exact blocks is no place to go to, nor one that expires overnight', async () => {
    const { order, line, item } = await oneOf('batch');
    await alter('SerialBatchNumbers', item, sql`json_set(body, '$.IsBlocked', json('true'))`);
    await told();
    expect((await lineOf(order, line))?.sources).toEqual([]);
    const today = new Date(world.time.nowMs()).toISOString().slice(0, 10);
    const free = sql<string>`json_set(body, '$.IsBlocked', json('false'), '$.EndDate', ${today})`;
    await alter('SerialBatchNumbers', item, free);
    await told();
    expect((await lineOf(order, line))?.sources?.[0]?.expiry).toBe(today);
    world.time.advance(DAY_MS);
    hub.learning.reached();
    await told();
    expect((await lineOf(order, line))?.sources).toEqual([]);
  });

  it('one question asks for the stock of many rows', async () => {
    const touched = (await seeking()).map(({ order }) => order.id);
    hub.learning.changed('Items', [...new Set((await seeking()).map(({ line }) => line.item.id))]);
    await hub.learning.settled();
    statements.splice(0);
    hub.projection.touch('order', touched);
    await hub.projection.flush();
    const asked = statements.filter((sql) => sql.includes('StockSerialBatchNumbers'));
    expect(new Set(touched).size).toBeGreaterThan(5);
    expect(asked.length).toBe(1);
  });
});

/** Later than any date. */
const NEVER = '9999';

function inOrder(a: SourceView, b: SourceView): number {
  const key = ({ expiry, location, batch }: SourceView) =>
    `${expiry ?? NEVER} ${location?.code ?? ''} ${batch ?? ''}`;
  return key(a) < key(b) ? -1 : 1;
}

async function inBooks(order: OrderView, item: string, source: SourceView): Promise<number> {
  const numbers = await world.hub.reader.numbersOf(item);
  const stock =
    source.batch === undefined
      ? await world.hub.reader.stockOf(item)
      : numbers.filter((each) => each.number === source.batch).flatMap((each) => each.places);
  const place = stock.find(
    ({ warehouseId, locationId }) =>
      warehouseId === order.warehouse.id && locationId === source.location?.id,
  );
  return place?.quantity ?? 0;
}
