/*
 * What the app may (scopes) and what the person may (rights): Exact says the first aloud and the
 * second often not at all (Exact KB, scopes and rights).
 */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { allEntities } from '../../exact-simulator/odata/catalogue.ts';
import { scopesOf } from '../../exact-simulator/odata/scopes.ts';
import {
  messageOf,
  only,
  parsed,
  peek,
  record,
  rowsOf,
  startExact,
  type Exact,
} from './helpers.ts';

let exact: Exact;
beforeEach(async () => {
  exact = await startExact();
});
afterEach(async () => {
  await exact.close();
});

const get = (path: string) => exact.call('GET', `123456/${path}`);
const allow = (body: unknown) => exact.control('POST', '/rights', body);
const mayI = async (endpoint: string, action: string) => {
  const answer = await get(`users/UserHasRights?endpoint='${endpoint}'&action='${action}'`);
  return record(parsed(answer)['d'])['UserHasRights'];
};

describe('scopes', () => {
  it('a missing one is a 403 that names it, for reading and for writing', async () => {
    await allow({ scopes: { 'organization.administration': 'none', 'logistics.items': 'read' } });
    const refused = await get('system/Divisions');
    expect([refused.status, messageOf(refused)]).toEqual([
      403,
      "Forbidden - Application Scope Violated. Cannot read 'organization.administration' scope.",
    ]);
    expect((await get('logistics/Units')).status).toBe(200);
    const post = await exact.call('POST', '123456/logistics/Items', {
      Code: 'x',
      Description: 'y',
    });
    expect([post.status, messageOf(post)]).toEqual([
      403,
      "Forbidden - Application Scope Violated. Cannot manage 'logistics.items' scope.",
    ]);
    expect(await peek(exact, `logistics/Items?$filter=Code eq 'x'`)).toEqual([]);
    expect((await exact.call('GET', 'current/Me')).status).toBe(200);
    expect((await get('hrm/Divisions')).status).toBe(200);
  });

  it('any of three is enough for the numbers in stock', async () => {
    const none = { 'logistics.inventory': 'none', 'sales.orders': 'none' };
    await allow({ scopes: none });
    expect((await get('inventory/StockBatchNumbers')).status).toBe(200);
    await allow({ scopes: { 'purchase.orders': 'none' } });
    expect((await get('inventory/StockBatchNumbers')).status).toBe(403);
  });

  it.each([
    ['CRM/Accounts', 'crm.accounts'],
    ['Logistics/Items', 'logistics.items'],
    ['Bulk/Logistics/Items', 'logistics.items'],
    ['Logistics/SalesItemPrices', 'sales.prices'],
    ['Sync/Logistics/PurchaseItemPrices', 'purchase.prices'],
    ['Inventory/BatchNumbers', 'logistics.items'],
    ['Sync/Inventory/StockPositions', 'logistics.inventory'],
    ['Read/Logistics/StockPosition', 'logistics.inventory'],
    ['Read/Logistics/ItemExtraField', 'logistics.items'],
    ['Inventory/StockCounts', 'logistics.inventory'],
    ['Inventory/FinishAssemblyOrder', 'logistics.inventory'],
    ['Inventory/AssemblyOrders', 'manufacturing.production'],
    ['PurchaseOrder/GoodsReceipts', 'logistics.wms'],
    ['PurchaseOrder/PurchaseReturns', 'logistics.wms'],
    ['Sync/PurchaseOrder/PurchaseOrders', 'purchase.orders'],
    ['Sync/SalesOrder/GoodsDeliveries', 'logistics.wms'],
    ['SalesOrder/DigitalOrderPickings', 'logistics.wms'],
    ['SalesOrder/PlannedSalesReturns', 'sales.orders'],
    ['Sales/ShippingMethods', 'sales.orders'],
    ['Manufacturing/ShopOrderReceipts', 'manufacturing.shopfloor'],
    ['Manufacturing/MaterialIssues', 'manufacturing.production'],
    ['Sync/Manufacturing/BillOfMaterialVersions', 'manufacturing.production'],
    ['Sync/Deleted', 'organization.administration'],
    ['Read/Sync/SyncTimestamp', 'organization.administration'],
    ['Webhooks/WebhookSubscriptions', 'organization.administration'],
  ])('%s belongs to %s', (name, scope) => {
    const of = only(allEntities().filter((e) => e.name === name));
    expect(scopesOf(of)[0]).toBe(scope);
  });

  it('every entity has its place in the table of scopes', () => {
    for (const of of allEntities()) expect(() => scopesOf(of)).not.toThrow();
  });
});

describe('rights', () => {
  it('a missing right to read makes a list empty without a word, and a key a 403', async () => {
    const unit = only(await peek(exact, 'logistics/Units?$top=1'));
    await allow({ denied: [{ endpoint: 'logistics/Units', action: 'GET' }] });
    const list = await get('logistics/Units?$inlinecount=allpages');
    expect([list.status, rowsOf(list), record(parsed(list)['d'])['__count']]).toEqual([
      200,
      [],
      '0',
    ]);
    expect((await get('logistics/Units/$count')).text).toBe('0');
    expect((await get(`logistics/Units(guid'${String(unit['ID'])}')`)).status).toBe(403);
    await allow({ denied: [] });
    expect(rowsOf(await get('logistics/Units')).length).toBeGreaterThan(0);
  });

  it('a missing right to write is a 403 and changes nothing', async () => {
    await allow({ denied: [{ endpoint: 'Logistics/Items' }] });
    const answer = await exact.call('POST', '123456/logistics/Items', {
      Code: 'x',
      Description: 'y',
    });
    expect([answer.status, messageOf(answer)]).toEqual([403, 'Forbidden']);
    expect(await peek(exact, `logistics/Items?$filter=Code eq 'x'`)).toEqual([]);
  });

  it('approving a sales order by hand needs a right of its own', async () => {
    await allow({ denied: [{ endpoint: 'salesorder/SalesOrders', action: 'approve' }] });
    const waiting = only(await peek(exact, 'salesorder/SalesOrders?$filter=ApprovalStatus eq 0'));
    const path = `123456/salesorder/SalesOrders(guid'${String(waiting['OrderID'])}')`;
    expect((await exact.call('PUT', path, { ApprovalStatus: 2 })).status).toBe(403);
    expect((await exact.call('PUT', path, { YourRef: 'still free' })).status).toBe(204);
    await allow({ denied: [] });
    expect((await exact.call('PUT', path, { ApprovalStatus: 2 })).status).toBe(204);
  });

  it('UserHasRights tells both beforehand', async () => {
    expect(await mayI('purchaseorder/GoodsReceipts', 'POST')).toBe(true);
    await allow({
      scopes: { 'logistics.wms': 'read', 'organization.administration': 'none' },
      denied: [{ endpoint: 'inventory/ProcessStockCount', action: 'POST' }],
    });
    expect(await mayI('PurchaseOrder/GoodsReceipts', 'post')).toBe(false);
    expect(await mayI('purchaseorder/GoodsReceipts', 'GET')).toBe(true);
    expect(await mayI('inventory/ProcessStockCount', 'POST')).toBe(false);
    expect(await mayI('inventory/StockCounts', 'POST')).toBe(true);
  });

  it('are kept apart from the control API, told in full, and gone after a reset', async () => {
    await allow({
      scopes: { 'logistics.items': 'none' },
      denied: [{ endpoint: 'inventory/Warehouses', action: 'GET' }],
    });
    expect((await peek(exact, 'logistics/Units')).length).toBeGreaterThan(0);
    expect((await peek(exact, 'inventory/Warehouses')).length).toBe(2);
    const state = await exact.control('GET', '/rights');
    expect(record(state['scopes'])).toMatchObject({
      'logistics.items': 'none',
      'crm.accounts': 'manage',
    });
    expect(state['denied']).toEqual([{ endpoint: 'inventory/Warehouses', action: 'GET' }]);
    await exact.control('POST', '/reset', {});
    expect(record((await exact.control('GET', '/rights'))['scopes'])['logistics.items']).toBe(
      'manage',
    );
  });

  it.each([
    { scopes: { 'logistics.nothing': 'read' } },
    { scopes: { 'logistics.items': 'some' } },
    { denied: [{ action: 'GET' }] },
    { rights: [] },
  ])('the control API refuses %j', async (body) => {
    await expect(allow(body)).rejects.toThrow('400');
  });
});
