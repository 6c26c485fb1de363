// What leaves the house for each kind of posting, call by call: the bodies of Exact's reference,
// with the marker where it is looked for again, and nothing that Exact does not know.

import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import * as z from 'zod';
import type { Posting, PostingKind, PostingOf } from '../../src/lib/domain/index.ts';
import { compensationOf } from '../../src/lib/ledger/index.ts';
import { Postings } from '../../src/lib/server/exact/index.ts';
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

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const guid: unknown = expect.stringMatching(GUID);
const TODAY = '2026-11-23T00:00:00';

/** The POSTs that this posting needed: where to, and what. */
async function sent(posting: Posting): Promise<readonly (readonly [string, unknown])[]> {
  const [last] = kit.sql('SELECT max("id") AS n FROM sim_call');
  const view = await kit.after(posting, 60_000);
  expect(view, view.words ?? '').toMatchObject({ state: 'posted' });
  return kit
    .sql(
      `SELECT * FROM sim_call WHERE "method" = 'POST' AND "id" > ? ORDER BY "id"`,
      `${last?.['n']}`,
    )
    .filter((call) => String(call['path']).includes('/123456/'))
    .map((call) => {
      const path = String(call['path']).replace('/api/v1/123456/', '');
      return [path, JSON.parse(String(call['request_body']))] as const;
    });
}

async function of<K extends PostingKind>(kind: K, posting: Posting): Promise<PostingOf<K>> {
  if (posting.kind !== kind) throw new Error(`it is a ${posting.kind}`);
  return posting as PostingOf<K>;
}

describe('the bodies of the reference (exact-online-api.md §14.1)', () => {
  it('a goods receipt, in purchase units, with batches that expire', async () => {
    const posting = await of('goodsReceipt', await kit.put('goodsReceipt', 'batch'));
    const [line] = posting.lines;
    expect(await sent(posting)).toEqual([
      [
        'purchaseorder/GoodsReceipts',
        {
          ReceiptDate: TODAY,
          Description: posting.marker,
          GoodsReceiptLines: [
            {
              PurchaseOrderLineID: line?.orderLine,
              QuantityReceived: 2,
              Notes: posting.marker,
              Location: line?.location,
              BatchNumbers: [
                {
                  BatchNumber: line?.batches?.[0]?.number,
                  Quantity: 2,
                  EndDate: '2027-06-30T00:00:00',
                },
              ],
            },
          ],
        },
      ],
    ]);
  });

  it('a goods delivery', async () => {
    const posting = await of('goodsDelivery', await kit.put('goodsDelivery', 'serial'));
    const [line] = posting.lines;
    expect(await sent(posting)).toEqual([
      [
        'salesorder/GoodsDeliveries',
        {
          DeliveryDate: TODAY,
          Description: posting.marker,
          GoodsDeliveryLines: [
            {
              SalesOrderLineID: line?.orderLine,
              QuantityDelivered: 1,
              Notes: posting.marker,
              StorageLocation: line?.location,
              SerialNumbers: [{ SerialNumber: line?.serials?.[0] }],
            },
          ],
        },
      ],
    ]);
  });

  it('a stock count: a draft with a counted quantity or a difference, then the processing', async () => {
    const posting = await of('stockCount', await kit.put('stockCount', 'plain'));
    const [line] = posting.lines;
    const calls = await sent(posting);
    expect(calls).toEqual([
      [
        'inventory/StockCounts',
        {
          StockCountDate: TODAY,
          Warehouse: posting.warehouse,
          Description: posting.marker,
          Status: 12,
          StockCountLines: [{ Item: line?.item, StorageLocation: line?.location, QuantityNew: 7 }],
        },
      ],
      ['inventory/ProcessStockCount', { StockCountID: guid }],
    ]);
    const [[, draft] = []] = await sent(await kit.put('stockCount', 'batch', 'none'));
    expect(draft).toMatchObject({
      StockCountLines: [{ QuantityDifference: 2, BatchNumbers: [{ Quantity: 2 }] }],
    });
    expect(JSON.stringify(draft)).not.toContain('StorageLocation');
  });

  it('transfers, complete at once: to another warehouse, and within one', async () => {
    const away = await of('warehouseTransfer', await kit.put('warehouseTransfer', 'batch'));
    const line = (posting: typeof away | PostingOf<'locationTransfer'>) => posting.lines[0];
    const common = { EntryDate: TODAY, Status: 50 };
    expect(await sent(away)).toEqual([
      [
        'inventory/WarehouseTransfers',
        {
          ...common,
          ...{ Description: away.marker, WarehouseFrom: away.fromWarehouse },
          WarehouseTo: away.toWarehouse,
          WarehouseTransferLines: [
            {
              ...{ Item: line(away)?.item, Quantity: 2, Description: away.marker },
              StorageLocationFrom: line(away)?.fromLocation,
              BatchNumbers: [{ BatchNumber: line(away)?.batches?.[0]?.number, Quantity: 2 }],
            },
          ],
        },
      ],
    ]);
    const near = await of('locationTransfer', await kit.put('locationTransfer', 'plain'));
    expect(await sent(near)).toEqual([
      [
        'inventory/WarehouseTransfers',
        {
          ...common,
          ...{ Description: near.marker, WarehouseFrom: near.warehouse },
          WarehouseTo: near.warehouse,
          WarehouseTransferLines: [
            {
              ...{ Item: line(near)?.item, Quantity: 2, Description: near.marker },
              StorageLocationFrom: line(near)?.fromLocation,
              StorageLocationTo: line(near)?.toLocation,
            },
          ],
        },
      ],
    ]);
  });

  it('a material issue: a draft for each number under one id of our own, then the issue', async () => {
    const posting = await of('materialIssue', await kit.put('materialIssue', 'batch'));
    const [draft, issue] = await sent(posting);
    const body = z.object({ DraftStockTransactionID: z.string() }).loose().parse(draft?.[1]);
    expect(draft).toEqual([
      'inventory/StockBatchNumbers',
      {
        ...{ DraftStockTransactionID: guid, StockTransactionType: 150, Item: posting.item },
        ...{ Warehouse: posting.warehouse, StorageLocation: posting.location },
        ...{ BatchNumber: posting.batches?.[0]?.number, Quantity: 2, Remarks: posting.marker },
      },
    ]);
    expect(issue).toEqual([
      'manufacturing/MaterialIssues',
      {
        ...{ ShopOrderMaterialPlan: posting.plan, Quantity: 2, TransactionDate: TODAY },
        ...{ StorageLocation: posting.location, Note: posting.marker },
        DraftStockTransactionID: body.DraftStockTransactionID,
      },
    ]);
  });

  it('a shop order receipt: two serials, two drafts, one id', async () => {
    const posting = await of('shopOrderReceipt', await kit.put('shopOrderReceipt', 'serial'));
    const calls = await sent(posting);
    expect(calls.map(([path]) => path)).toEqual([
      'inventory/StockSerialNumbers',
      'manufacturing/ShopOrderReceipts',
    ]);
    expect(calls[0]?.[1]).toMatchObject({ StockTransactionType: 140, Remarks: posting.marker });
    expect(JSON.stringify(calls[0]?.[1])).not.toContain('Quantity');
    const ids = calls.map(([, body]) => JSON.stringify(body).match(/TransactionID":"([^"]+)/)?.[1]);
    expect(new Set(ids).size).toBe(1);
    expect(calls[1]?.[1]).toEqual({
      ...{ ShopOrder: posting.document, Quantity: 1, TransactionDate: TODAY },
      ...{ StorageLocation: posting.location, DraftStockTransactionID: guid },
    });
  });

  it('a purchase return names the lines of the receipt that it takes back', async () => {
    const receipt = await of('goodsReceipt', await kit.put('goodsReceipt', 'batch'));
    const { exactId } = await kit.after(receipt, 60_000);
    const way = compensationOf(receipt, exactId ?? '', kit.names());
    if (way.kind !== 'posting') throw new Error(way.words);
    const [line] = receipt.lines;
    expect(await sent(await kit.commit(way.posting))).toEqual([
      [
        'purchaseorder/PurchaseReturns',
        {
          ...{ ReturnDate: TODAY, Description: way.posting.marker },
          PurchaseReturnLines: [
            {
              ...{ PurchaseOrderLineID: line?.orderLine, GoodsReceiptLineID: guid },
              ...{ ReturnQuantity: 2, Notes: way.posting.marker, Location: line?.location },
              BatchNumbers: [{ BatchNumber: line?.batches?.[0]?.number, Quantity: 2 }],
            },
          ],
        },
      ],
    ]);
  });

  it('a return of what the receipt does not have is refused before anything is sent', async () => {
    const receipt = await of('goodsReceipt', await kit.put('goodsReceipt', 'plain'));
    const { exactId } = await kit.after(receipt, 60_000);
    const more = receipt.lines.map((line) => ({ ...line, quantity: line.quantity * 3 }));
    const way = compensationOf({ ...receipt, lines: more }, exactId ?? '', kit.names());
    if (way.kind !== 'posting') throw new Error(way.words);
    const posts = kit.world.wire.posts;
    const view = await kit.after(await kit.commit(way.posting), 60_000);
    expect(view).toMatchObject({ state: 'rejected', words: expect.stringContaining('no line') });
    expect(kit.world.wire.posts).toBe(posts);
  });

  it('I-23: a receipt waits for an order line that is not read yet, and not for one that is gone', async () => {
    const receipt = await of('goodsReceipt', await kit.put('goodsReceipt', 'plain'));
    const { hub } = kit.world;
    const line = receipt.lines[0]?.orderLine ?? '';
    const ofLine = kit.sql('SELECT * FROM "PurchaseOrderLines" WHERE "ID" = ?', line);
    expect(ofLine).toHaveLength(1);
    await hub.store.db.deleteFrom('mirror_row').where('id', '=', line).execute();
    const posts = kit.world.wire.posts;
    expect(await kit.after(receipt, 10 * 60_000)).toMatchObject({ state: 'ready', attempts: 0 });
    await kit.world.control(
      `records/purchaseorder/PurchaseOrderLines/${line}`,
      undefined,
      'DELETE',
    );
    await hub.mirror.round();
    const view = await kit.after(receipt, 5 * 60_000);
    expect(view).toMatchObject({ state: 'rejected', fault: { code: 'exact.line-gone' } });
    expect(view.words).toContain(`order line ${line} is not in Exact any more`);
    expect(kit.world.wire.posts).toBe(posts);
  });

  it('a delivery brings the shipping method along, where somebody knows it', async () => {
    const { session, reader } = kit.world.hub;
    const method = 'c7d1e5c2-3c1e-4c55-9d3b-9a4f6f3d2a10';
    const postings = new Postings({
      client: session.client,
      facts: {
        purchaseUnitFactors: (lines) => reader.purchaseUnitFactors(lines),
        shippingMethod: () => Promise.resolve(method),
      },
      clock: kit.world.time,
      known: () => Promise.resolve(new Set()),
    });
    await postings.send(await kit.put('goodsDelivery'), []);
    const [call] = kit.sql(
      `SELECT * FROM sim_call WHERE "path" LIKE '%GoodsDeliveries' ORDER BY "id" DESC`,
    );
    expect(JSON.parse(String(call?.['request_body']))).toMatchObject({ ShippingMethod: method });
  });
});
