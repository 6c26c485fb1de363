/*
 * Goods deliveries: what is refused and leaves no trace, and what is booked.
 */
import { describe, expect, it } from 'vitest';
import { batch, body, DELIVERIES, serials, deliveriesAt } from './delivery-bodies.ts';
import { documentStage, type Fields } from './document-stage.ts';
import { messageOf, only, rowsOf } from './helpers.ts';

const stage = documentStage();
const { call, exact, made, numberStock, rows, salesOrder, shelf, stock, stockAt, warehouse } =
  stage;
const { line, post } = deliveriesAt(stage);

describe('what is refused', () => {
  it('missing mandatory fields, and lines without their header', async () => {
    const bare = await call('POST', DELIVERIES, { GoodsDeliveryLines: [{}] });
    expect(bare.status).toBe(400);
    expect(messageOf(bare).split('\r\n')).toEqual([
      'Mandatory: DeliveryDate',
      'Mandatory: SalesOrderLineID',
      'Mandatory: QuantityDelivered',
    ]);
    const alone = await call('POST', 'salesorder/GoodsDeliveryLines', await line(20_000_011, 1, 1));
    expect(alone.status).toBe(403);
  });

  it('an unknown line, an unapproved order, a cancelled one and a drop shipment', async () => {
    expect(
      (await post([{ SalesOrderLineID: await shelf('RCV'), QuantityDelivered: 1 }])).status,
    ).toBe(500);
    expect((await post([await line(20_000_010, 1, 1)])).status).toBe(500);
    expect((await post([await line(20_000_013, 1, 1)])).status).toBe(500);
    const { head } = await salesOrder(20_000_011);
    await exact().control('PATCH', `/records/salesorder/SalesOrders/${String(head['OrderID'])}`, {
      Status: 45,
    });
    expect((await post([await line(20_000_011, 1, 1)])).status).toBe(500);
  });

  it('more than is open, also by two lines together, zero, fractions and a wrong sign', async () => {
    for (const quantity of [25, 0, -1, 1.5]) {
      expect((await post([await line(20_000_011, 1, quantity)])).status).toBe(500);
    }
    const both = [await line(20_000_011, 1, 20), await line(20_000_011, 1, 5)];
    expect((await post(both)).status).toBe(500);
    expect((await post([await line(20_000_014, 2, 2)])).status).toBe(500);
    expect((await post([await line(20_000_011, 1, 24)])).status).toBe(201);
    expect((await post([await line(20_000_011, 1, 1)])).status).toBe(500);
  });

  it('lines of two customers or two warehouses in one document', async () => {
    const mixed = [await line(20_000_011, 1, 1), await line(20_000_012, 1, 1)];
    expect((await post(mixed)).status).toBe(500);
    const customers = [await line(20_000_011, 1, 1), await line(20_000_014, 1, 1)];
    expect((await post(customers)).status).toBe(500);
  });

  it('a location of another warehouse, and any location where there are none', async () => {
    const at = { StorageLocation: await shelf('A-01-1') };
    expect((await post([await line(20_000_012, 1, 1, at)])).status).toBe(500);
    const foreign = { StorageLocation: await warehouse('1') };
    expect((await post([await line(20_000_011, 1, 1, foreign)])).status).toBe(500);
    const named = { StorageLocationCode: 'X-99' };
    expect((await post([await line(20_000_011, 1, 1, named)])).status).toBe(500);
  });

  it('numbers that are missing, unknown, blocked, elsewhere, too few or of the wrong kind', async () => {
    const at = { StorageLocation: await shelf('A-01-2') };
    const wrong: Fields[] = [
      await line(20_000_011, 2, 3, at),
      await line(20_000_011, 2, 3, { ...at, BatchNumbers: [batch('DEL-E1', 2)] }),
      await line(20_000_011, 2, 3, { ...at, BatchNumbers: [batch('NOPE', 3)] }),
      await line(20_000_011, 2, 3, { ...at, BatchNumbers: [batch('DEL-E3', 3)] }),
      await line(20_000_011, 2, 3, { ...at, BatchNumbers: [batch('DEL-E2', 3)] }),
      await line(20_000_011, 2, 9, { ...at, BatchNumbers: [batch('DEL-E1', 9)] }),
      await line(20_000_011, 2, 3, { BatchNumbers: [batch('DEL-E1', 3)] }),
      await line(20_000_011, 2, 4, {
        ...at,
        BatchNumbers: [batch('DEL-E1', 2), batch('del-e1', 2)],
      }),
      await line(20_000_011, 1, 3, { BatchNumbers: [batch('DEL-E1', 3)] }),
      await line(20_000_011, 4, 2, {
        StorageLocation: await shelf('A-03-1'),
        ...serials('DEL-S1'),
      }),
      await line(20_000_011, 4, 1, { ...serials('DEL-S1') }),
      await line(20_000_011, 4, 2, { ...serials('DEL-S4', 'DEL-S4') }),
    ];
    for (const one of wrong) expect((await post([one])).status).toBe(500);
    expect(await numberStock('DEL-E1')).toBe(8);
  });

  it('more than is in stock, until the company allows negative stock', async () => {
    const { lines } = await salesOrder(20_000_011);
    const id = String(lines[0]?.['ID']);
    await exact().control('PATCH', `/records/salesorder/SalesOrderLines/${id}`, { Quantity: 500 });
    const tooMany = await line(20_000_011, 1, 500);
    const refused = await post([tooMany]);
    expect(refused.status).toBe(500);
    await exact().control('POST', '/settings', { negativeStockAllowed: true, language: 'nl' });
    expect((await post([tooMany])).status).toBe(201);
    expect(await stockAt(lines[0]?.['Item'], 'RCV')).toBeLessThan(0);
  });

  it('in the language of the user', async () => {
    const english = messageOf(await post([await line(20_000_010, 1, 1)]));
    await exact().control('POST', '/settings', { language: 'nl' });
    const dutch = messageOf(await post([await line(20_000_010, 1, 1)]));
    expect(english).toContain('has not been approved');
    expect(dutch).toContain('nog niet goedgekeurd');
  });

  it('leaves no trace of a document whose last line breaks a rule', async () => {
    const before = await rows('sync/Inventory/StockPositions');
    const answer = await post([await line(20_000_011, 1, 5), await line(20_000_011, 2, 3)]);
    expect(answer.status).toBe(500);
    expect(await rows('sync/Inventory/StockPositions')).toEqual(before);
    expect(await rows(DELIVERIES)).toEqual([]);
    const full = await made(DELIVERIES, body([await line(20_000_011, 1, 1)]));
    expect(full['DeliveryNumber']).toBe(1);
  });
});

describe('what is booked', () => {
  it('stock, planning, quantities, statuses and row versions of a plain line', async () => {
    const { head, lines } = await salesOrder(20_000_011);
    const item = lines[0]?.['Item'];
    const before = await stock(item, head['WarehouseID']);
    const shelfBefore = await stockAt(item, 'A-01-1');
    const at = { StorageLocation: await shelf('A-01-1') };
    const full = await made(DELIVERIES, body([await line(20_000_011, 1, '10', at)]));
    expect(full['EntryNumber']).toBe(26_900_001);
    expect(full['WarehouseCode']).toBe('1');
    expect(String(full['DeliveryAccountCode'])).toHaveLength(18);
    expect(full['ShippingMethod']).toBeNull();
    const after = await stock(item, head['WarehouseID']);
    expect(after.warehouse).toBe(before.warehouse - 10);
    expect(after.planningOut).toBe(before.planningOut - 10);
    expect(after.projected).toBe(before.projected);
    expect(await stockAt(item, 'A-01-1')).toBe(shelfBefore - 10);
    const now = await salesOrder(20_000_011);
    expect(now.lines[0]).toMatchObject({
      ...{ QuantityDelivered: 10, DeliveryStatus: 20, OrderStatus: 20 },
    });
    expect([now.head['DeliveryStatus'], now.head['Status']]).toEqual([20, 20]);
  });

  it('the default location when none is given, a code for one, and 21 when all is gone', async () => {
    const item = (await salesOrder(20_000_011)).lines[0]?.['Item'];
    const [dock, aisle] = [await stockAt(item, 'RCV'), await stockAt(item, 'A-01-1')];
    const answer = await post([
      await line(20_000_011, 1, 20),
      await line(20_000_011, 1, 4, { StorageLocationCode: 'A-01-1' }),
    ]);
    expect(answer.status).toBe(201);
    expect(await stockAt(item, 'RCV')).toBe(dock - 20);
    expect(await stockAt(item, 'A-01-1')).toBe(aisle - 4);
    const { lines, head } = await salesOrder(20_000_011);
    // Not invoiced yet, so the line and its order are delivered but not complete.
    expect([lines[0]?.['DeliveryStatus'], lines[0]?.['OrderStatus']]).toEqual([21, 20]);
    expect(head['DeliveryStatus']).toBe(20);
  });

  it('a whole mixed order from several places: one row per place with the same ID', async () => {
    const { lines, head } = await salesOrder(20_000_011);
    const [a1, a2, b1] = [await shelf('A-02-1'), await shelf('A-02-2'), await shelf('B-01-1')];
    const full = await made(
      DELIVERIES,
      body(
        [
          await line(20_000_011, 1, 24),
          await line(20_000_011, 2, 12, {
            StorageLocation: await shelf('A-01-2'),
            BatchNumbers: [batch('DEL-E1', 8), batch('DEL-E2', 4, b1)],
          }),
          await line(20_000_011, 3, 6, {
            BatchNumbers: [batch('DEL-B1', 5, a1), batch('DEL-B1', 1, a2)],
          }),
          await line(20_000_011, 4, 2, {
            StorageLocation: await shelf('A-03-1'),
            ...serials('DEL-S1', 'del-s3'),
          }),
        ],
        { Description: 'scandock:7f3a', TrackingNumber: 'TR1' },
      ),
    );
    const path = `${DELIVERIES}(guid'${String(full['EntryID'])}')/GoodsDeliveryLines`;
    const shown = rowsOf(await call('GET', path));
    const places = shown.map((row) => [
      ...[row['LineNumber'], row['StorageLocationCode'], row['QuantityDelivered']],
    ]);
    expect(places.sort()).toEqual([
      ...[
        [1, 'RCV', 24],
        [2, 'A-01-2', 8],
        [2, 'B-01-1', 4],
        [3, 'A-02-1', 5],
      ],
      ...[
        [3, 'A-02-2', 1],
        [4, 'A-03-1', 2],
      ],
    ]);
    expect(new Set(shown.map((row) => row['ID'])).size).toBe(4);
    expect(shown[0]).toMatchObject({ SalesOrderNumber: 20_000_011 });
    expect(await numberStock('DEL-E1')).toBe(0);
    expect(await numberStock('DEL-E2')).toBe(6);
    expect(await numberStock('DEL-B1', 'A-02-2')).toBe(4);
    expect(await numberStock('DEL-S3')).toBe(0);
    const moved = await rows("inventory/StockBatchNumbers?$filter=BatchNumber eq 'DEL-E2'");
    expect(moved.find((row) => row['StockTransactionType'] === 120)).toMatchObject({
      ...{ Quantity: -4, IsDraft: 0, SalesOrderLine: lines[1]?.['ID'] },
    });
    expect((await salesOrder(20_000_011)).head['DeliveryStatus']).toBe(21);
    for (const one of lines) {
      expect((await stock(one['Item'], head['WarehouseID'])).planningOut).toBeGreaterThanOrEqual(0);
    }
  });

  it('from a warehouse without locations, and a serial number only once', async () => {
    const take = async () => post([await line(20_000_012, 4, 1, serials('OUT-S1'))]);
    expect((await take()).status).toBe(201);
    expect(await numberStock('OUT-S1')).toBe(0);
    expect((await take()).status).toBe(500);
  });

  it('trade-ins: negative quantities come in, with new numbers', async () => {
    const { head, lines } = await salesOrder(20_000_014);
    const before = await stock(lines[1]?.['Item'], head['WarehouseID']);
    const answer = await post([
      await line(20_000_014, 1, 5),
      await line(20_000_014, 2, -2),
      await line(20_000_014, 3, -1, serials('TRADE-1')),
    ]);
    expect(answer.status).toBe(201);
    const after = await stock(lines[1]?.['Item'], head['WarehouseID']);
    expect(after.warehouse).toBe(before.warehouse + 2);
    expect(after.planningIn).toBe(before.planningIn - 2);
    expect(await numberStock('TRADE-1', 'RCV')).toBe(1);
    const now = await salesOrder(20_000_014);
    expect(now.head['DeliveryStatus']).toBe(21);
    const shown = await rows("inventory/StockSerialNumbers?$filter=SerialNumber eq 'TRADE-1'");
    expect(only(shown)['StockTransactionType']).toBe(200);
  });
});
