/*
 * Values as verbose JSON spells them, what is worked out on read, and the functions with named
 * arguments (Exact KB, values in JSON, read functions, SyncTimestamp).
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { list, only, peek, record, rowsOf, START_MS, startExact, type Exact } from './helpers.ts';

let exact: Exact;
beforeAll(async () => {
  exact = await startExact();
  const free = { minutely: 1_000_000, daily: 1_000_000, errorsPerHour: 100_000 };
  await exact.control('POST', '/limits', free);
});
afterAll(async () => {
  await exact.close();
});

const get = (path: string) => exact.call('GET', path);

describe('values', () => {
  it('row versions and Hid are text, Byte flags numbers, codes padded', async () => {
    const change = only(
      rowsOf(await get('123456/sync/Logistics/Items?$top=1&$select=Timestamp,Unit')),
    );
    expect(change['Timestamp']).toMatch(/^\d+$/);
    expect(change['Unit']).toMatch(/^.{8}$/);
    const [division] = rowsOf(await get('123456/system/Divisions?$filter=Code eq 123456'));
    expect(division).toMatchObject({ Hid: '1', Code: 123_456, Current: true });
    const supplier = only(await peek(exact, `crm/Accounts?$filter=IsSupplier eq true`));
    expect(supplier['Code']).toMatch(/^ +\d+$/);
    expect(supplier['Code']).toHaveLength(18);
    expect(supplier['Country']).toHaveLength(3);
    const order = only(await peek(exact, 'purchaseorder/PurchaseOrders?$top=1'));
    expect(order['SupplierCode']).toHaveLength(18);
    const line = only(await peek(exact, 'salesorder/SalesOrderLines?$top=1'));
    expect(line['UnitCode']).toBe(String(line['UnitCode']).trim());
  });

  it('batches break their quantity down by warehouse and location', async () => {
    const batch = only(
      await peek(
        exact,
        'inventory/BatchNumbers?$filter=AvailableQuantity gt 0&$expand=StorageLocations,Warehouses',
      ),
    );
    for (const name of ['StorageLocations', 'Warehouses']) {
      const places = list(record(batch[name])['results']);
      const total = places.reduce((sum, place) => sum + Number(place['AvailableQuantity']), 0);
      expect(total).toBe(batch['AvailableQuantity']);
      expect(places.every((place) => typeof place['Code'] === 'string')).toBe(true);
    }
  });

  it('planning details add up to the planned quantities of the stock position', async () => {
    // What was closed without its rest is planned no more.
    const sold = only(await peek(exact, 'salesorder/SalesOrders?$filter=OrderNumber eq 20000001'));
    const closing = { OrderID: sold['OrderID'], CompleteDelivery: true };
    const closed = await exact.call('POST', '123456/salesorder/CompleteSalesOrder', closing);
    expect(closed.status).toBe(201);
    const rest = await peek(
      exact,
      'inventory/ItemWarehousePlanningDetails?$filter=PlanningType eq 120',
    );
    expect(rest.map((row) => row['PlanningSourceNumber'])).not.toContain(20_000_001);
    const [from, to] = await peek(exact, 'inventory/Warehouses?$orderby=Code');
    const item = only(await peek(exact, `logistics/Items?$filter=Code eq 'BLT-001'`));
    const transfer = await exact.call('POST', '123456/inventory/WarehouseTransfers', {
      ...{ WarehouseFrom: from?.['ID'], WarehouseTo: to?.['ID'], EntryDate: '2026-11-18' },
      WarehouseTransferLines: [{ Item: item['ID'], Quantity: 3 }],
    });
    expect(transfer.status).toBe(201);
    const positions = await peek(exact, 'sync/Inventory/StockPositions');
    const planned = positions.filter(
      (row) => Number(row['PlanningIn']) + Number(row['PlanningOut']) > 0,
    );
    expect(planned.length).toBeGreaterThan(50);
    for (const position of planned) {
      const filter = `Item eq guid'${String(position['ItemId'])}' and Warehouse eq guid'${String(position['Warehouse'])}'`;
      const rows = await peek(exact, `inventory/ItemWarehousePlanningDetails?$filter=${filter}`);
      const sum = (sign: 1 | -1) =>
        rows
          .map((row) => sign * Number(row['PlannedQuantity']))
          .filter((quantity) => quantity > 0)
          .reduce((total, quantity) => total + quantity, 0);
      expect([sum(1), sum(-1)]).toEqual([position['PlanningIn'], position['PlanningOut']]);
    }
  });
});

describe('functions', () => {
  const read = '123456/read/logistics';
  const item = async () => only(await peek(exact, `logistics/Items?$filter=Code eq 'PNT-001'`));

  it('all arguments are required and typed', async () => {
    const id = String((await item())['ID']);
    for (const path of [
      ...['StockPosition', `StockPosition?itemId='${id}'`, `StockPosition?$filter=ItemId eq null`],
      ...[`ItemExtraField?itemId=guid'${id}'`, 'AccountItems', 'ItemDetailsByID?itemId=1'],
    ]) {
      expect([path, (await get(`${read}/${path}`)).status]).toEqual([path, 400]);
    }
    expect((await exact.call('POST', `${read}/StockPosition`, {})).status).toBe(405);
  });

  it('tell stock, details, extra fields and what a customer calls an item', async () => {
    const { ID: id, Stock: stock, StandardSalesPrice: price } = await item();
    const query = `itemId=guid'${String(id)}'`;
    expect(only(rowsOf(await get(`${read}/StockPosition?${query}`)))['InStock']).toBe(stock);
    expect(only(rowsOf(await get(`${read}/ItemDetailsByID?${query}`)))).toMatchObject({
      ...{ ID: id, Code: 'PNT-001', SalesPrice: price, SalesCurrency: 'EUR', IsSalesItem: true },
    });
    await exact.control('PATCH', `/records/logistics/Items/${String(id)}`, {
      FreeTextField_02: 'x',
    });
    const extra = rowsOf(
      await get(`${read}/ItemExtraField?${query}&modified=datetime'2026-01-01'`),
    );
    expect(extra.find((row) => row['Value'] === 'x')?.['Description']).toBe('Free text field 2');
    const later = await get(`${read}/ItemExtraField?${query}&modified=datetime'2099-01-01'`);
    expect(rowsOf(later)).toEqual([]);
    const named = only(await peek(exact, 'logistics/CustomerItems?$top=1'));
    const account = String(named['Account']);
    const called = rowsOf(await get(`${read}/AccountItems?accountId=guid'${account}'`));
    expect(called.map((row) => row['CustomerItemCode'])).toContain(named['CustomerItemCode']);
  });

  const stamp = (endPoint: string, modified: string) =>
    get(
      `123456/read/sync/Sync/SyncTimestamp?modified=datetime'${modified}'&endPoint='${endPoint}'`,
    );

  it('SyncTimestamp gives the row version from which a sync shows what changed since', async () => {
    const id = String(
      only(await peek(exact, 'purchaseorder/PurchaseOrders?$filter=OrderNumber eq 10000002'))[
        'PurchaseOrderID'
      ],
    );
    await exact.control('PATCH', `/records/purchaseorder/PurchaseOrders/${id}`, {
      YourRef: 'late',
    });
    const since = new Date(START_MS).toISOString().slice(0, 19);
    const row = only(rowsOf(await stamp('PurchaseOrders', since)));
    expect(row).toMatchObject({
      API: 'PurchaseOrders',
      TimeStampAsBigInt: expect.stringMatching(/^\d+$/),
    });
    const filter = `Timestamp gt ${String(row['TimeStampAsBigInt'])}L`;
    const path = `123456/sync/PurchaseOrder/PurchaseOrders?$select=PurchaseOrderID&$filter=${filter}`;
    const changed = rowsOf(await get(path)).map((r) => r['PurchaseOrderID']);
    const whole = (await peek(exact, 'sync/PurchaseOrder/PurchaseOrders')).filter(
      (r) => r['PurchaseOrderID'] === id,
    );
    // The flat sync shows the header and every line of the order, and not one row less.
    expect(changed).toEqual(whole.map(() => id));
    const all = only(rowsOf(await stamp('PurchaseOrders', '2000-01-01')));
    expect(Number(all['TimeStampAsBigInt'])).toBeLessThan(Number(row['TimeStampAsBigInt']));
    const none = only(rowsOf(await stamp('SalesOrderHeaders', '2099-01-01')));
    const last = await get(
      `123456/sync/SalesOrder/SalesOrderHeaders?$select=ID&$filter=Timestamp gt ${String(none['TimeStampAsBigInt'])}L`,
    );
    expect(rowsOf(last)).toEqual([]);
  });

  it.each([
    ...['SalesOrderHeaders', 'SalesOrderLines', 'GoodsDeliveries', 'GoodsDeliveryLines'],
    ...['ItemStorageLocations', 'ShopOrders', 'ShopOrderMaterialPlans', 'MaterialIssues'],
    ...['ShopOrderRoutingStepPlans', 'ShopOrderPurchasePlanning', 'ShopOrderSubOrders'],
    ...['BillOfMaterialVersions', 'BillOfMaterialMaterials'],
  ])('SyncTimestamp knows %s', async (endPoint) => {
    expect((await stamp(endPoint, '2026-01-01')).status).toBe(200);
  });

  it.each(['Items', 'StockPositions', 'Nothing'])(
    'SyncTimestamp does not know %s',
    async (name) => {
      expect((await stamp(name, '2026-01-01')).status).toBe(400);
    },
  );
});
