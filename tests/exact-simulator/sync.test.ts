/*
 * Sync endpoints: row versions, order, what they refuse, and sync/Deleted.
 */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { order, parsed, peek, record, rowsOf, startExact, type Exact } from './helpers.ts';

let exact: Exact;
const sync = '123456/sync';

beforeEach(async () => {
  exact = await startExact();
});
afterEach(async () => {
  await exact.close();
});

const get = (path: string) => exact.call('GET', path);

async function highest(path: string): Promise<number> {
  const rows = await peek(exact, `sync/${path}`);
  return Math.max(0, ...rows.map((row) => Number(row['Timestamp'])));
}

describe('sync', () => {
  it('refuses other filters than Timestamp, $select=* and a missing $select', async () => {
    const items = `${sync}/Logistics/Items`;
    expect((await get(`${items}?$select=ID&$filter=Code eq 'x'`)).status).toBe(400);
    expect((await get(`${items}?$select=*`)).status).toBe(400);
    expect((await get(items)).status).toBe(400);
    expect((await get(`${items}?$select=ID&$orderby=Code`)).status).toBe(400);
    expect((await get(`${items}?$select=ID&$skip=5`)).status).toBe(400);
  });

  it.each([
    ...['CRM/Accounts', 'Logistics/Items', 'Logistics/SupplierItem', 'Logistics/SalesItemPrices'],
    ...['Inventory/ItemWarehouses', 'Inventory/StockPositions', 'Inventory/ItemStorageLocations'],
    ...['Inventory/StorageLocationStockPositions', 'Inventory/SerialBatchNumbers'],
    ...['Inventory/StockSerialBatchNumbers', 'PurchaseOrder/PurchaseOrders'],
    ...['SalesOrder/SalesOrderHeaders', 'SalesOrder/SalesOrderLines'],
    ...['Manufacturing/ShopOrders', 'Manufacturing/ShopOrderMaterialPlans'],
  ])('%s gives rows in ascending Timestamp', async (name) => {
    const answer = await get(`${sync}/${name}?$select=ID,Timestamp&$filter=Timestamp gt 1L`);
    expect(answer.status).toBe(200);
    const stamps = rowsOf(answer).map((row) => Number(row['Timestamp']));
    expect(stamps.length).toBeGreaterThan(0);
    expect(stamps).toEqual([...stamps].sort((a, b) => a - b));
    expect(new Set(stamps).size).toBe(stamps.length);
  });

  it('pages by 1,000 with a skip token of type Int64', async () => {
    await exact.control('POST', '/reset', { items: 1500 });
    exact.token = String((await exact.control('POST', '/tokens/issue', {}))['accessToken']);
    const first = await get(`${sync}/Logistics/Items?$select=ID&$filter=Timestamp%20gt%201`);
    expect(rowsOf(first)).toHaveLength(1000);
    const next = String(record(parsed(first)['d'])['__next']);
    expect(decodeURIComponent(next)).toMatch(/\$skiptoken=\d+L$/);
    const rest = await get(next.split('/api/v1/')[1] ?? '');
    expect(rowsOf(rest)).toHaveLength(500);
    expect(record(parsed(rest)['d'])['__next']).toBeUndefined();
  });

  it('shows a purchase order flat and shows it again after a person changed a line', async () => {
    const before = await highest('PurchaseOrder/PurchaseOrders');
    const { head, lines } = await order(exact, 10_000_001);
    const id = String(lines[4]?.['ID']);
    await exact.control('PATCH', `/records/purchaseorder/PurchaseOrderLines/${id}`, {
      QuantityInPurchaseUnits: 10,
    });
    const select = 'ID,PurchaseOrderID,LineNumber,OrderNumber,Quantity,SupplierName,WarehouseCode';
    const answer = await get(
      `${sync}/PurchaseOrder/PurchaseOrders?$select=${select}&$filter=Timestamp gt ${before}L`,
    );
    const rows = rowsOf(answer);
    expect(rows.map((row) => row['LineNumber']).sort()).toEqual([0, 1, 2, 3, 4, 5, 6]);
    const [header] = rows.filter((row) => row['LineNumber'] === 0);
    expect(header?.['ID']).toBe(head['PurchaseOrderID']);
    const [line] = rows.filter((row) => row['LineNumber'] === 5);
    expect([
      line?.['ID'],
      line?.['Quantity'],
      line?.['OrderNumber'],
      line?.['WarehouseCode'],
    ]).toEqual([id, 120, 10_000_001, '1']);
  });
});

describe('sync/Deleted', () => {
  it('names a deleted order and its lines, and planning forgets them', async () => {
    const { head, lines } = await order(exact, 10_000_001);
    const id = String(head['PurchaseOrderID']);
    const planned = async () =>
      (await peek(exact, 'sync/Inventory/StockPositions'))
        .filter((r) => r['ItemId'] === lines[3]?.['Item'] && r['WarehouseCode'] === '1')
        .map((r) => Number(r['PlanningIn']))[0];
    const before = Number(await planned());
    await exact.control('DELETE', `/records/purchaseorder/PurchaseOrders/${id}`);
    const answer = await get(`${sync}/Deleted?$filter=Timestamp gt 1L and EntityType eq 22`);
    const keys = rowsOf(answer).map((row) => row['EntityKey']);
    expect(keys).toHaveLength(7);
    expect(keys).toContain(id);
    expect(await planned()).toBe(before - 3);
    expect(rowsOf(await get(`${sync}/Deleted?$filter=EntityType eq 9`))).toEqual([]);
    const gone = await get(`123456/purchaseorder/PurchaseOrders(guid'${id}')`);
    expect(gone.status).toBe(404);
  });

  it('forgets after two months', async () => {
    const id = String((await order(exact, 10_000_001)).head['PurchaseOrderID']);
    await exact.control('DELETE', `/records/purchaseorder/PurchaseOrders/${id}`);
    exact.wait(62 * 86_400_000);
    exact.token = String((await exact.control('POST', '/tokens/issue', {}))['accessToken']);
    expect(rowsOf(await get(`${sync}/Deleted?$filter=Timestamp gt 1L`))).toEqual([]);
  });
});
