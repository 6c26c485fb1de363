/*
 * Goods deliveries: finding, changing and deleting them.
 */
import { describe, expect, it } from 'vitest';
import { batch, body, DELIVERIES, deliveriesAt } from './delivery-bodies.ts';
import { documentStage } from './document-stage.ts';
import { only, parsed, record, rowsOf } from './helpers.ts';

const stage = documentStage();
const { call, exact, made, numberStock, rows, salesOrder, stock } = stage;
const { line } = deliveriesAt(stage);

describe('finding, changing and deleting', () => {
  it('wants $select for a list, and is found by text, number and through sync and bulk', async () => {
    const full = await made(
      DELIVERIES,
      body([await line(20_000_011, 1, 2)], { Remarks: 'x [scandock:9] y' }),
    );
    expect((await call('GET', DELIVERIES)).status).toBe(400);
    const filter = encodeURIComponent("substringof('scandock:9',Remarks)");
    const found = await call('GET', `${DELIVERIES}?$filter=${filter}&$select=EntryID`);
    expect(only(rowsOf(found))['EntryID']).toBe(full['EntryID']);
    const expanded = await call(
      'GET',
      `${DELIVERIES}?$select=EntryID,GoodsDeliveryLines/ID&$expand=GoodsDeliveryLines` +
        '&$filter=DeliveryNumber%20eq%201',
    );
    expect(only(rowsOf(expanded))).toHaveProperty('GoodsDeliveryLines');
    for (const way of ['sync', 'bulk']) {
      const heads = `${way}/SalesOrder/GoodsDeliveries?$select=EntryID,DeliveryNumber`;
      expect(only(rowsOf(await call('GET', heads)))['DeliveryNumber']).toBe(1);
      const select = 'ID,EntryID,QuantityDelivered,DeliveryDate';
      const some = await call('GET', `${way}/SalesOrder/GoodsDeliveryLines?$select=${select}`);
      expect(only(rowsOf(some))).toMatchObject({
        ...{ QuantityDelivered: 2, EntryID: full['EntryID'] },
      });
    }
    expect((await call('GET', 'bulk/SalesOrder/GoodsDeliveryLines')).status).toBe(400);
  });

  it('PUT of the header and of texts of a line, which sync shows again', async () => {
    const full = await made(DELIVERIES, body([await line(20_000_011, 1, 2)]));
    const versions = async () =>
      Math.max(
        ...(await rows('sync/SalesOrder/GoodsDeliveries?$select=Timestamp')).map((r) =>
          Number(r['Timestamp']),
        ),
      );
    const before = await versions();
    const uri = `${DELIVERIES}(guid'${String(full['EntryID'])}')`;
    const put = await call('PUT', uri, { TrackingNumber: 'TR888999' });
    expect([put.status, put.text]).toEqual([204, '']);
    expect(await versions()).toBeGreaterThan(before);
    expect(record(parsed(await call('GET', uri))['d'])['TrackingNumber']).toBe('TR888999');
    expect((await call('DELETE', uri)).status).toBe(405);
    const id = only(rowsOf(await call('GET', `${uri}/GoodsDeliveryLines`)))['ID'];
    const lineUri = `salesorder/GoodsDeliveryLines(guid'${String(id)}')`;
    expect((await call('PUT', lineUri, { Notes: 'n', QuantityDelivered: 2 })).status).toBe(204);
    expect((await call('PUT', lineUri, { QuantityDelivered: 1 })).status).toBe(500);
    expect(record(parsed(await call('GET', lineUri))['d'])).toMatchObject({
      ...{ Notes: 'n', QuantityDelivered: 2 },
    });
  });

  it('a person deletes one in Exact: everything is as before, and sync/Deleted tells', async () => {
    const { head, lines } = await salesOrder(20_000_012);
    const before = await stock(lines[1]?.['Item'], head['WarehouseID']);
    const full = await made(
      DELIVERIES,
      body([await line(20_000_012, 2, 3, { BatchNumbers: [batch('OUT-E1', 3)] })]),
    );
    expect(await numberStock('OUT-E1')).toBe(5);
    const path = `/records/salesorder/GoodsDeliveries/${String(full['EntryID'])}`;
    await exact().control('DELETE', path);
    expect(await numberStock('OUT-E1')).toBe(8);
    expect(await stock(lines[1]?.['Item'], head['WarehouseID'])).toEqual(before);
    const now = await salesOrder(20_000_012);
    expect(now.lines[1]).toMatchObject({ QuantityDelivered: 0, DeliveryStatus: 12 });
    expect(now.head['Status']).toBe(12);
    const gone = await rows('sync/Deleted?$filter=Timestamp gt 0L');
    expect(gone.map((row) => row['EntityType']).sort()).toEqual([16, 17, 29]);
  });
});
