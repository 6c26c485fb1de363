// Sales and shop orders, bills of material, reasons: what the mirror says of them equals Exact's
// books, also after material was issued and taken back, and the ledger gets it in its own words.

import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import * as z from 'zod';
import { shopLines } from '../../src/lib/server/house/documents.ts';
import { Master } from '../../src/lib/server/house/master.ts';
import { MirrorKit } from './mirror-kit.ts';
import type { SimRow } from './mirror-kit.ts';
import { makeWorld } from './world.ts';
import type { World } from './world.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let world: World;
let kit: MirrorKit;
let master: Master;
beforeAll(async () => {
  world = await makeWorld();
  await world.connect();
  kit = new MirrorKit(world);
  await kit.round();
  master = new Master(world.hub.reader);
});
afterAll(async () => {
  await world.close();
});

const numbers = (row: SimRow, ...names: readonly string[]) =>
  names.map((name) => Number(row[name]));

it('every sales order has its lines, quantities and state, and the open ones are known', async () => {
  const { reader } = world.hub;
  const headers = kit.rows('SELECT * FROM "SalesOrders"');
  const orders = await reader.salesOrdersById(headers.map((row) => String(row['OrderID'])));
  expect(orders.size).toBe(headers.length);
  for (const header of headers) {
    const order = orders.get(String(header['OrderID']));
    const sql = 'SELECT * FROM "SalesOrderLines" WHERE "OrderID" = ? ORDER BY "LineNumber"';
    const lines = kit.rows(sql, String(header['OrderID']));
    expect(order?.number).toBe(String(header['OrderNumber']));
    expect(order?.customerName).not.toBe('');
    expect(order?.lines.map((line) => [line.id, line.ordered, line.delivered])).toEqual(
      lines.map((line) => [line['ID'], ...numbers(line, 'Quantity', 'QuantityDelivered')]),
    );
    const ledger = await master.ledgerOrder('salesOrder', order?.id ?? '', world.time.nowMs());
    const open = Number(header['ApprovalStatus']) > 0 && Number(header['DeliveryStatus']) < 21;
    expect(ledger).toMatchObject({ kind: 'salesOrder', open });
    // Goods that are traded in, and those that never come here, are not ours to pick.
    const ours = (line: { ordered: number; dropShipment: boolean }) =>
      line.ordered > 0 && !line.dropShipment;
    expect(ledger?.lines.map((line) => [Math.max(0, line.ordered), line.open])).toEqual(
      order?.lines.map((line) => [Math.max(0, line.ordered), ours(line)]),
    );
    expect((await reader.liveIds('SalesOrderHeaders')).includes(order?.id ?? '')).toBe(open);
  }
});

it('an order of each kind has the name that the other side gave it, where it gave one', async () => {
  const { reader } = world.hub;
  const read = {
    PurchaseOrders: [reader.ordersById.bind(reader), 'PurchaseOrderID'],
    SalesOrders: [reader.salesOrdersById.bind(reader), 'OrderID'],
    ShopOrders: [reader.shopOrdersById.bind(reader), 'ID'],
  } as const;
  for (const [list, [byId, key]] of Object.entries(read)) {
    const rows = kit.rows(`SELECT * FROM "${list}"`);
    const orders = await byId(rows.map((row) => String(row[key])));
    const named = rows.map((row) => [row[key], row['YourRef'] ?? undefined]);
    expect(named.some(([, reference]) => reference !== undefined)).toBe(true);
    expect(rows.map((row) => [row[key], orders.get(String(row[key]))?.reference])).toEqual(named);
  }
});

it('a line whose item is not here yet is not worked on; the order and its other lines are', async () => {
  const [id = ''] = await world.hub.reader.liveIds('SalesOrderHeaders');
  const line = (await world.hub.reader.salesOrdersById([id])).get(id)?.lines[0];
  const { db } = world.hub.store;
  const row = await db
    .selectFrom('mirror_row')
    .selectAll()
    .where('entity', '=', 'Items')
    .where('id', '=', line?.itemId ?? '')
    .executeTakeFirstOrThrow();
  const gone = db.deleteFrom('mirror_row').where('entity', '=', 'Items').where('id', '=', row.id);
  await gone.execute();
  const fresh = new Master(world.hub.reader);
  const open = async () => {
    const known = await fresh.ledgerOrder('salesOrder', id, 0);
    return known?.lines.filter((each) => each.open).map((each) => each.id);
  };
  const all = (await master.ledgerOrder('salesOrder', id, 0))?.lines.filter((each) => each.open);
  const others = all?.filter((each) => each.item !== row.id).map((each) => each.id);
  expect(await open()).toEqual(others);
  await db.insertInto('mirror_row').values(row).execute();
  // What is remembered is read again once somebody says that it changed.
  expect(await open()).toEqual(others);
  fresh.forget('item', [row.id]);
  expect(await open()).toEqual(all?.map((each) => each.id));
  expect(all?.length).toBeGreaterThan(others?.length ?? 0);
});

/** Another client of the same company. */
async function post(path: string, body: unknown): Promise<SimRow> {
  const made = (await world.control('tokens/issue', {})) as { accessToken: string };
  const answer = await fetch(`${world.sim.url}/api/v1/${world.sim.division}/${path}`, {
    method: 'POST',
    headers: {
      ...{ Authorization: `Bearer ${made.accessToken}`, Accept: 'application/json' },
      ...{ 'Content-Type': 'application/json', Prefer: 'return=representation' },
    },
    body: JSON.stringify(body),
  });
  const text = await answer.text();
  if (answer.status !== 201) throw new Error(`${path}: ${answer.status} ${text}`);
  return (JSON.parse(text) as { d: SimRow }).d;
}

it('what is issued on a shop order is what was issued and not taken back', async () => {
  const { reader } = world.hub;
  const plain = kit.rows(`SELECT p."ID", p."ShopOrder" FROM "ShopOrderMaterialPlans" p
    JOIN "Items" i ON i."ID" = p."Item" JOIN "ShopOrders" o ON o."ID" = p."ShopOrder"
    WHERE i."IsBatchItem" = 0 AND i."IsSerialItem" = 0 AND o."Status" < 30
    AND p."Backflush" = 0 AND p."PlannedQuantity" >= 2`)[0];
  const plan = String(plain?.['ID']);
  const order = String(plain?.['ShopOrder']);
  const issued = async () => {
    await kit.round('all');
    const found = (await reader.shopOrdersById([order])).get(order);
    return found?.materials.find((material) => material.id === plan)?.issued;
  };
  const before = (await issued()) ?? 0;
  const TransactionDate = '2026-11-23T00:00:00';
  const made = await post('manufacturing/MaterialIssues', {
    ...{ ShopOrderMaterialPlan: plan, TransactionDate, Quantity: 2 },
  });
  expect(await issued()).toBe(before + 2);
  await post('manufacturing/MaterialReversals', {
    ...{ OriginalStockTransactionId: made['StockTransactionId'], TransactionDate, Quantity: 1 },
  });
  expect(await issued()).toBe(before + 1);
  const ledger = await master.ledgerOrder('shopOrder', order, world.time.nowMs());
  expect(ledger?.lines.find((line) => line.id === plan)?.doneInExact).toBe(before + 1);
});

it('what came in of a by-product is what came in and was not taken back', async () => {
  const [row] = kit.rows(`SELECT o."ID" AS "order", i."ID" AS item FROM "ShopOrders" o, "Items" i
    WHERE o."Status" < 30 AND i."IsBatchItem" = 0 AND i."IsSerialItem" = 0 AND i."IsStockItem" = 1`);
  const [order, Item] = [String(row?.['order']), String(row?.['item'])];
  const planned = await world.control('records/manufacturing/ShopOrderMaterialPlans', {
    ...{ ShopOrder: order, Item, LineNumber: 99, Status: 10, Type: 2, Backflush: 0 },
    ...{ PlannedQuantity: 4, PlannedQuantityFactor: 4 },
  });
  const plan = z.object({ key: z.string() }).parse(planned).key;
  const done = async () => {
    await kit.round('all');
    const ledger = await master.ledgerOrder('shopOrder', order, world.time.nowMs());
    return ledger?.lines.find((line) => line.id === plan);
  };
  const TransactionDate = '2026-11-23T00:00:00';
  const made = await post('manufacturing/ByProductReceipts', {
    ...{ ShopOrderMaterialPlan: plan, TransactionDate, Quantity: 2 },
  });
  expect(await done()).toMatchObject({ byProduct: true, open: true, doneInExact: 2 });
  await post('manufacturing/ByProductReversals', {
    ...{ OriginalStockTransactionId: made['StockTransactionId'], TransactionDate },
  });
  expect(await done()).toMatchObject({ doneInExact: 0 });
});

it('a shop order has a line for each material and one for what it makes', async () => {
  const { reader } = world.hub;
  const rows = kit.rows('SELECT * FROM "ShopOrders"');
  expect((await reader.liveIds('ShopOrders')).length).toBeGreaterThan(0);
  for (const row of rows) {
    const id = String(row['ID']);
    const order = (await reader.shopOrdersById([id])).get(id);
    expect([order?.planned, order?.produced, order?.status]).toEqual(
      numbers(row, 'PlannedQuantity', 'ProducedQuantity', 'Status'),
    );
    const ledger = await master.ledgerOrder('shopOrder', id, world.time.nowMs());
    const own = ledger?.lines.find((line) => line.id === id);
    expect(own).toMatchObject({ item: row['Item'], ordered: order?.planned });
    for (const material of order?.materials ?? []) {
      const line = ledger?.lines.find((each) => each.id === material.id);
      // What Exact books by itself nobody books by hand.
      expect(line).toMatchObject({ ordered: material.planned, open: !material.backflush });
      expect(line?.byProduct).toBe(material.byProduct ? true : undefined);
      const shown = order && shopLines(order).some((each) => each.id === material.id);
      expect(shown).toBe(!material.backflush);
    }
  }
});

it('bills of material, reasons and names are read as they are needed', async () => {
  const { reader } = world.hub;
  const [version] = kit.rows('SELECT * FROM "BillOfMaterialVersions"');
  const sql = 'SELECT * FROM "BillOfMaterialMaterials" WHERE "ItemVersion" = ?';
  const materials = kit.rows(sql, String(version?.['ID']));
  const bill = await reader.billOf(String(version?.['Item']));
  expect(bill?.lines.map((line) => line.itemId).sort()).toEqual(
    materials.map((row) => String(row['PartItem'])).sort(),
  );
  expect((await reader.reasonCodes()).length).toBeGreaterThan(0);
  const [account] = kit.rows('SELECT * FROM "Accounts"');
  expect(await reader.accountName(String(account?.['ID']))).toBe(account?.['Name']);
});

it('says how old its news is, so that the ledger does not take silence for an answer', async () => {
  const [id = ''] = await world.hub.reader.liveIds('PurchaseOrders');
  const { nowMs } = { nowMs: world.time.nowMs() };
  const match = { path: 'sync/PurchaseOrder/PurchaseOrders' };
  world.sim.simulation.faults.add({ kind: 'status-500', match, times: 100 });
  world.time.advance(3 * 3_600_000);
  await kit.round('all');
  const order = await master.ledgerOrder('purchaseOrder', id, world.time.nowMs());
  expect(order?.asOfMs).toBeLessThanOrEqual(nowMs);
});
