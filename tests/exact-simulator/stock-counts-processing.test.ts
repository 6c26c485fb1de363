/*
 * Stock counts: processing.
 */
import { describe, expect, it } from 'vitest';
import { countsAt, serials } from './count-bodies.ts';
import { documentStage } from './document-stage.ts';
import { parsed, record } from './helpers.ts';

const stage = documentStage();
const { call, exact, made, numberStock, rows, salesOrder, shelf, stock, stockAt, warehouse } =
  stage;
const { draft, items, linesOf, post, process } = countsAt(stage);

describe('processing', () => {
  it('at once with status 21: stock, numbers and statuses', async () => {
    const { plain, expiry, batch, serial } = await items();
    const before = await stock(expiry, await warehouse('1'));
    const count = await draft(
      [
        { Item: plain, StorageLocation: await shelf('A-01-1'), QuantityNew: 7 },
        {
          ...{ Item: expiry, StorageLocation: await shelf('A-01-2'), QuantityDifference: -3 },
          BatchNumbers: [{ BatchNumber: 'DEL-E1', Quantity: 3 }],
        },
        {
          ...{ Item: batch, StorageLocation: await shelf('A-02-1'), QuantityDifference: 4 },
          BatchNumbers: [
            { BatchNumber: 'DEL-B1', Quantity: 1 },
            { BatchNumber: 'FOUND-B', Quantity: 3 },
          ],
        },
        {
          ...{ Item: serial, StorageLocation: await shelf('A-03-1'), QuantityDifference: -1 },
          ...serials('DEL-S2'),
        },
      ],
      { Status: 21, Description: 'scandock:1' },
    );
    expect(count).toMatchObject({ Status: 21, EntryNumber: 26_900_001 });
    expect((await linesOf(count)).every((line) => line['Status'] === 21)).toBe(true);
    expect(await stockAt(plain, 'A-01-1')).toBe(7);
    expect((await stock(expiry, await warehouse('1'))).warehouse).toBe(before.warehouse - 3);
    expect(await numberStock('DEL-E1')).toBe(5);
    expect(await numberStock('DEL-B1', 'A-02-1')).toBe(6);
    expect(await numberStock('FOUND-B', 'A-02-1')).toBe(3);
    expect(await numberStock('DEL-S2')).toBe(0);
  });

  it('later: what moved meanwhile is overwritten by a count, and kept by a difference', async () => {
    const { plain } = await items();
    const [a, dock] = [await shelf('A-01-1'), await shelf('RCV')];
    const count = await draft([
      { Item: plain, StorageLocation: a, QuantityNew: 50 },
      { Item: plain, StorageLocation: dock, QuantityDifference: 2 },
    ]);
    const atDock = await stockAt(plain, 'RCV');
    const order = (await salesOrder(20_000_011)).lines[0]?.['ID'];
    const delivery = [a, dock].map((StorageLocation) => ({
      ...{ SalesOrderLineID: order, QuantityDelivered: 4, StorageLocation },
    }));
    await made('salesorder/GoodsDeliveries', {
      ...{ DeliveryDate: '2026-11-18', GoodsDeliveryLines: delivery },
    });
    expect(await process(count)).toMatchObject({ ErrorMessage: null });
    expect(await stockAt(plain, 'A-01-1')).toBe(50);
    expect(await stockAt(plain, 'RCV')).toBe(atDock - 4 + 2);
  });

  it('a broken rule is an ErrorMessage in a 201, books nothing, and can be mended', async () => {
    const { plain, expiry } = await items();
    const before = await rows('sync/Inventory/StockPositions');
    const count = await draft([
      { Item: plain, StorageLocation: await shelf('A-01-1'), QuantityNew: 7 },
      { Item: expiry, StorageLocation: await shelf('A-01-2'), QuantityDifference: -3 },
    ]);
    const answer = await call('POST', 'inventory/ProcessStockCount', {
      StockCountID: count['StockCountID'],
    });
    expect(answer.status).toBe(201);
    const said = record(parsed(answer)['d']);
    expect(String(said['ErrorMessage'])).not.toBe('');
    expect(said).toMatchObject({
      ...{ SuccessMessage: null, StockCountID: count['StockCountID'] },
    });
    expect(await rows('sync/Inventory/StockPositions')).toEqual(before);
    const line = (await linesOf(count))[1];
    const draftNumber = {
      ...{ BatchNumber: 'DEL-E1', Quantity: 3, Item: expiry, Warehouse: await warehouse('1') },
      ...{ StockTransactionType: 195, StockCountLine: line?.['ID'] },
      DraftStockTransactionID: '11111111-2222-4333-8444-555555555555',
    };
    expect((await call('POST', 'inventory/StockBatchNumbers', draftNumber)).status).toBe(201);
    expect(await process(count)).toMatchObject({ ErrorMessage: null });
    expect(await numberStock('DEL-E1')).toBe(5);
    expect(await stockAt(plain, 'A-01-1')).toBe(7);
    const again = await process(count);
    expect([again['SuccessMessage'], typeof again['ErrorMessage']]).toEqual([null, 'string']);
    expect(await numberStock('DEL-E1')).toBe(5);
    const unknown = { StockCountID: await warehouse('1') };
    expect((await call('POST', 'inventory/ProcessStockCount', unknown)).status).toBe(500);
    expect((await call('GET', 'inventory/ProcessStockCount')).status).toBe(405);
  });

  it('a warehouse without locations, and stock below zero only where it is allowed', async () => {
    const { plain } = await items();
    const there = { Warehouse: await warehouse('2'), Status: 21 };
    const { warehouse: now } = await stock(plain, there.Warehouse);
    const less = [{ Item: plain, QuantityDifference: -now - 1 }];
    expect((await post(less, there)).status).toBe(500);
    await exact().control('POST', '/settings', { negativeStockAllowed: true });
    expect((await post(less, there)).status).toBe(201);
    expect((await stock(plain, there.Warehouse)).warehouse).toBe(-1);
    expect((await post([{ Item: plain, QuantityNew: 5 }], there)).status).toBe(201);
    expect((await stock(plain, there.Warehouse)).warehouse).toBe(5);
  });
});
