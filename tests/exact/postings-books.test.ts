// For each kind of posting × {plain, batch, serial} × {location, none}: the simulator's books equal
// the reference model: stock by warehouse, by location, by batch and serial number, and what the
// orders show; and what is taken back leaves the books as they were.

import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { CommandId, Posting } from '../../src/lib/domain/index.ts';
import { compensationOf } from '../../src/lib/ledger/index.ts';
import { booksAfter, tidy } from './books-model.ts';
import type { Books, OrderFacts } from './books-model.ts';
import { GOODS_CASES } from './posting-goods.ts';
import type { Place } from './posting-goods.ts';
import { PostingKit } from './posting-kit.ts';

// Real sockets and disks beside other tests on two cores.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 });

let kit: PostingKit;
beforeAll(async () => {
  kit = await PostingKit.make();
});
afterAll(async () => {
  await kit.world.close();
});

/** One number of the books; 0 where there is no row. */
function one(sql: string, ...values: string[]): number {
  return Number(kit.sql(sql, ...values)[0]?.['n'] ?? 0);
}

function orderLineOf(posting: Posting): string {
  const line = 'lines' in posting ? posting.lines[0] : undefined;
  return line !== undefined && 'orderLine' in line ? line.orderLine : '';
}

/** What the order of a posting shows. */
function orderBooks(posting: Posting): (readonly [string, number])[] {
  const line = orderLineOf(posting);
  const shop = (field: string) =>
    one(`SELECT "${field}" AS n FROM "ShopOrders" WHERE "ID" = ?`, posting.document);
  switch (posting.kind) {
    case 'goodsReceipt': {
      const sql = 'SELECT "ReceivedQuantity" AS n FROM "PurchaseOrderLines" WHERE "ID" = ?';
      return [['order received', one(sql, line)]];
    }
    case 'goodsDelivery': {
      const of = (field: string) =>
        one(`SELECT "${field}" AS n FROM "SalesOrderLines" WHERE "ID" = ?`, line);
      return [
        ['order delivered', of('QuantityDelivered')],
        ['order status', of('DeliveryStatus')],
      ];
    }
    case 'materialIssue': {
      const sql = 'SELECT "Status" AS n FROM "ShopOrderMaterialPlans" WHERE "ID" = ?';
      return [
        ['plan status', one(sql, posting.plan)],
        ['order status', shop('Status')],
      ];
    }
    case 'materialSubstitution': {
      const sql = 'SELECT "PlannedQuantity" AS n FROM "ShopOrderMaterialPlans" WHERE "ID" = ?';
      return [
        ['planned', one(sql, posting.plan)],
        ['order status', shop('Status')],
      ];
    }
    case 'shopOrderReceipt':
      return [
        ['order produced', shop('ProducedQuantity')],
        ['order status', shop('Status')],
      ];
    default:
      return [];
  }
}

/** The whole of stock, and what this posting's order shows. */
function booksNow(posting: Posting): Books {
  const stock = kit.sql(
    'SELECT "Warehouse" AS a, "ItemId" AS b, "CurrentStock" AS n FROM "StockPositions"',
  );
  const places = kit.sql(
    'SELECT "StorageLocation" AS a, "Item" AS b, "Stock" AS n FROM "LocationStock"',
  );
  const numbers = kit.sql(
    `SELECT m."Warehouse" || ' ' || coalesce(m."StorageLocation", '-') AS a,
       m."Item" || ' ' || n."SerialBatchNumber" AS b, sum(m."Quantity") AS n
     FROM "StockSerialBatchNumbers" m
     JOIN "SerialBatchNumbers" n ON n."ID" = m."SerialBatchNumber"
     WHERE m."IsDraft" = 0 GROUP BY 1, 2`,
  );
  const named = (name: string, rows: readonly Record<string, unknown>[]) =>
    rows.map(
      (row) => [`${name} ${String(row['a'])} ${String(row['b'])}`, Number(row['n'])] as const,
    );
  return tidy([
    ...named('stock', stock),
    ...named('place', places),
    ...named('number', numbers),
    ...orderBooks(posting),
  ]);
}

function orderFacts(posting: Posting, place: Place): OrderFacts {
  const warehouse = kit.goods.warehouse(place);
  const line = orderLineOf(posting);
  const of = (table: string, field: string, id: string) =>
    one(`SELECT "${field}" AS n FROM "${table}" WHERE "ID" = ?`, id);
  switch (posting.kind) {
    case 'goodsReceipt': {
      const [ordered, done] = ['Quantity', 'ReceivedQuantity'].map((field) =>
        of('PurchaseOrderLines', field, line),
      );
      return { warehouse, ordered: ordered ?? 0, done: done ?? 0 };
    }
    case 'goodsDelivery':
      return { warehouse, ordered: of('SalesOrderLines', 'Quantity', line), done: 0 };
    case 'materialIssue':
    case 'materialSubstitution':
      return {
        ...{ warehouse, done: 0 },
        ordered: of('ShopOrderMaterialPlans', 'PlannedQuantity', posting.plan),
      };
    case 'shopOrderReceipt':
      return { warehouse, ordered: of('ShopOrders', 'PlannedQuantity', posting.document), done: 0 };
    default:
      return { warehouse, ordered: 0, done: 0 };
  }
}

async function booked(posting: Posting): Promise<string> {
  const view = await kit.after(posting, 120_000);
  expect(view, view.words ?? '').toMatchObject({ state: 'posted' });
  return view.exactId ?? '';
}

it.each(GOODS_CASES)('%s of %s goods, %s: the books are those of the model', async (...what) => {
  const posting = await kit.put(...what);
  const before = booksNow(posting);
  const after = booksAfter(posting, before, orderFacts(posting, what[2]));
  await booked(posting);
  expect(booksNow(posting)).toEqual(after);
  expect(after).not.toEqual(before);
});

/** Exact's own reversals, and the same document the other way round. */
const BACK = GOODS_CASES.filter(
  ([kind, tracking]) =>
    !['goodsDelivery', 'materialSubstitution'].includes(kind) &&
    (kind !== 'stockCount' || tracking !== 'plain'),
);

it.each(BACK)('%s of %s goods, %s, taken back: the books as they were', async (...what) => {
  const posting = await kit.put(...what);
  const before = booksNow(posting);
  const exactId = await booked(posting);
  const { id, marker } = kit.names();
  const way = compensationOf(posting, exactId, { id, marker });
  if (way.kind !== 'posting') throw new Error(way.words);
  await booked(await kit.commit(way.posting));
  expect(booksNow(posting)).toEqual(before);
});

/** Kinds of which Exact takes a part back. */
const PARTS = BACK.filter(
  ([kind, tracking]) =>
    kind !== 'shopOrderReceipt' && kind !== 'byProductReceipt' && tracking !== 'serial',
);

/** What one line of a posting of several holds: half of it. */
function halfOf(posting: Posting): Posting {
  const halved = (name: string, value: unknown) =>
    name === 'quantity' && typeof value === 'number' ? value / 2 : value;
  return JSON.parse(JSON.stringify(posting), halved) as Posting;
}

it.each(PARTS)('%s of %s goods, %s, taken back in two parts: as they were', async (...what) => {
  const posting = await kit.put(...what);
  const before = booksNow(posting);
  const exactId = await booked(posting);
  const part = [posting.id as string as CommandId];
  for (let time = 0; time < 2; time += 1) {
    const { id, marker } = kit.names();
    const way = compensationOf(halfOf(posting), exactId, { id, marker }, part);
    if (way.kind !== 'posting') throw new Error(way.words);
    await booked(await kit.commit(way.posting));
    if (time === 0) expect(booksNow(posting)).not.toEqual(before);
  }
  expect(booksNow(posting)).toEqual(before);
});

it('a model that leaves the location out would be seen', async () => {
  const posting = await kit.put('goodsReceipt', 'plain', 'location');
  const before = booksNow(posting);
  const planted = { ...booksAfter(posting, before, orderFacts(posting, 'location')) };
  for (const name of Object.keys(planted)) {
    if (name.startsWith('place ')) planted[name] = before[name] ?? 0;
  }
  await booked(posting);
  expect(booksNow(posting)).not.toEqual(tidy(Object.entries(planted)));
});
