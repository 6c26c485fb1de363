/*
 * Receipts from shop orders and what undoes them: finished goods, what is backflushed along, sub
 * orders, by-products and staging for delivery.
 */
import { describe, expect, it } from 'vitest';
import { messageOf, only, peek } from './helpers.ts';
import { shopFloor } from './shop-floor-stage.ts';

const floor = shopFloor();
const { booked, draft, inStock, location, order, plan, position, post, row, stock } = floor;

const MADE = 30_000_007;
const MIXED = 30_000_009;
const PARENT = 30_000_010;
const CHILD = 30_000_011;

async function receive(number: number, Quantity: number, more = {}) {
  return post('ShopOrderReceipts', { ShopOrder: (await order(number))['ID'], Quantity, ...more });
}

async function received(number: number, Quantity: number, more = {}) {
  const ShopOrder = (await order(number))['ID'];
  return booked('ShopOrderReceipts', { ShopOrder, Quantity, ...more });
}

async function productNumbers(number: number, numbers: Record<string, number>, serial = false) {
  const { Item: item, Warehouse: warehouse } = await order(number);
  return draft({ item, warehouse, type: 140, numbers, serial });
}

const back = (id: string, more = {}) =>
  post('ShopOrderReversals', { OriginalStockTransactionId: id, ...more });

describe('what is refused', () => {
  it('unknown orders, missing fields, and orders one may not work on', async () => {
    const ShopOrder = floor.exact().running.simulation.user;
    expect((await post('ShopOrderReceipts', { ShopOrder, Quantity: 1 })).status).toBe(500);
    expect((await post('ShopOrderReceipts', { ShopOrder })).status).toBe(400);
    expect((await receive(30_000_012, 1)).status).toBe(500);
    expect(messageOf(await receive(30_000_013, 1))).toContain('not been released');
  });

  it('zero, negative and broken quantities', async () => {
    for (const quantity of [0, -2, 1.5]) expect((await receive(MADE, quantity)).status).toBe(500);
  });

  it('batch and serial products without drafts, or with drafts of another type', async () => {
    expect((await receive(MIXED, 1)).status).toBe(500);
    expect((await receive(PARENT, 1)).status).toBe(500);
    const { Item: item, Warehouse: warehouse } = await order(MIXED);
    const numbers = { 'MIX-1': 1 };
    const DraftStockTransactionID = await draft({ item, warehouse, type: 147, numbers });
    const wrong = await receive(MIXED, 1, { DraftStockTransactionID });
    expect(messageOf(wrong)).toContain('StockTransactionType');
  });

  it('a receipt whose backflushed material is not there, without a trace', async () => {
    const of = await plan(MADE, 'SCR-001');
    const there = await stock(of['Item'], of['Warehouse'], of['DefaultItemStorageLocation']);
    const tooMany = Math.floor(there / 4) + 1;
    const product = await order(MADE);
    const before = await stock(product['Item'], product['Warehouse']);
    expect((await receive(MADE, tooMany)).status).toBe(500);
    expect(await stock(product['Item'], product['Warehouse'])).toBe(before);
    expect(await peek(floor.exact(), 'manufacturing/ShopOrderReceipts')).toEqual([]);
    await floor.set('negativeStockAllowed', true);
    expect((await receive(MADE, tooMany)).status).toBe(201);
  });

  it('taking back twice, what is gone, and what came along with a receipt', async () => {
    const id = await received(MADE, 2);
    const issue = only(await peek(floor.exact(), 'manufacturing/MaterialIssues'));
    expect([issue['IsBackflush'], issue['HasReversibleQuantity']]).toEqual([1, false]);
    const single = { OriginalStockTransactionId: issue['StockTransactionId'] };
    expect((await post('MaterialReversals', single)).status).toBe(500);
    expect((await back(id)).status).toBe(201);
    expect((await back(id)).status).toBe(500);
    const DraftStockTransactionID = await productNumbers(MIXED, { 'MIX-7': 2 });
    const mixed = await received(MIXED, 2, { DraftStockTransactionID });
    const { Item: item, Warehouse: warehouse } = await order(MIXED);
    const shelf = await location('RCV');
    // A person books the stock of the batch away, so nothing of it can be taken back.
    const { store } = floor.exact().running.simulation;
    store.run('UPDATE "LocationStock" SET "Stock" = 0 WHERE "Item" = ?', String(item));
    expect((await back(mixed)).status).toBe(500);
    expect(await stock(item, warehouse, shelf)).toBe(0);
  });
});

describe('what is booked', () => {
  it('a plain product: stock, planning, order status and a receipt number', async () => {
    const of = await order(MADE);
    const before = await position(of['Item'], of['Warehouse']);
    const StorageLocation = await location('B-01-1');
    const id = await received(MADE, 3, { StorageLocation });
    const after = await position(of['Item'], of['Warehouse']);
    expect(after['CurrentStock']).toBe(Number(before['CurrentStock']) + 3);
    expect(after['PlannedStockIn']).toBe(Number(before['PlannedStockIn']) - 3);
    expect(await stock(of['Item'], of['Warehouse'], StorageLocation)).toBe(3);
    const now = await order(MADE);
    expect([now['ProducedQuantity'], now['Status']]).toEqual([3, 20]);
    const made = await row('ShopOrderReceipts', 'StockTransactionId', id);
    expect(made).toMatchObject({
      ...{ ReceiptNumber: 1, Quantity: 3, ItemCode: 'FUN-001', HasReversibleQuantity: true },
      ...{ IsIssueToParent: false, StorageLocationCode: 'B-01-1', ShopOrderNumber: MADE },
    });
    await received(MADE, 1);
    const done = await order(MADE);
    expect([done['ProducedQuantity'], done['Status']]).toEqual([4, 30]);
    const last = await position(of['Item'], of['Warehouse']);
    expect(last['PlannedStockIn']).toBe(Number(before['PlannedStockIn']) - 4);
  });

  it('backflushed material in proportion, and backflushed steps as far as the order', async () => {
    const of = await plan(CHILD, 'SCR-001');
    const place = of['DefaultItemStorageLocation'];
    const before = await stock(of['Item'], of['Warehouse'], place);
    const id = await received(CHILD, 2);
    const now = await plan(CHILD, 'SCR-001');
    expect([now['IssuedQuantity'], now['Status']]).toEqual([8, 25]);
    expect(await stock(of['Item'], of['Warehouse'], place)).toBe(before - 8);
    const issue = only(await peek(floor.exact(), 'manufacturing/MaterialIssues'));
    expect([issue['RelatedStockTransaction'], issue['Quantity']]).toEqual([id, 8]);
    const path = `manufacturing/ShopOrderRoutingStepPlans?$filter=ShopOrder eq guid'${String((await order(CHILD))['ID'])}'&$orderby=LineNumber`;
    const steps = await peek(floor.exact(), path);
    expect(steps.map((step) => [step['Backflush'], step['Status']])).toEqual([
      [0, 10],
      [1, 20],
    ]);
  });

  it('a batch product, to the default location, and a serial one', async () => {
    const DraftStockTransactionID = await productNumbers(MIXED, { 'MIX-1': 4, 'MIX-2': 2 });
    await received(MIXED, 6, { DraftStockTransactionID });
    expect([await inStock('MIX-1'), await inStock('MIX-2')]).toEqual([4, 2]);
    expect((await order(MIXED))['Status']).toBe(30);
    const numbers = await productNumbers(PARENT, { 'SET-A': 1, 'SET-B': 1 }, true);
    await received(PARENT, 2, { DraftStockTransactionID: numbers });
    expect(await inStock('SET-B')).toBe(1);
    const again = productNumbers(PARENT, { 'SET-A': 1 }, true);
    await expect(again).rejects.toThrow('draft 500');
  });

  it('more than planned', async () => {
    await received(MADE, 6);
    expect(await order(MADE)).toMatchObject({ ProducedQuantity: 6, Status: 30 });
  });
});

describe('what is taken back', () => {
  it('a receipt as a whole, with what it backflushed', async () => {
    const of = await order(MADE);
    const screws = await plan(MADE, 'SCR-001');
    const books = async () => [
      await position(of['Item'], of['Warehouse']),
      await position(screws['Item'], screws['Warehouse']),
    ];
    const shown = (rows: Record<string, unknown>[]) =>
      rows.map((one) => [one['CurrentStock'], one['PlannedStockIn'], one['PlannedStockOut']]);
    const before = shown(await books());
    const id = await received(MADE, 4);
    const reversal = await booked(
      ...(['ShopOrderReversals', { OriginalStockTransactionId: id, Note: 'scrap' }] as const),
      'ReversalStockTransactionId',
    );
    expect(shown(await books())).toEqual(before);
    expect(await order(MADE)).toMatchObject({ ProducedQuantity: 0, Status: 10 });
    const receipt = await row('ShopOrderReceipts', 'StockTransactionId', id);
    expect(receipt['HasReversibleQuantity']).toBe(false);
    const made = await row('ShopOrderReversals', 'ReversalStockTransactionId', reversal);
    expect([made['Quantity'], made['Note']]).toEqual([4, 'scrap']);
    const undone = only(await peek(floor.exact(), 'manufacturing/MaterialReversals'));
    expect([undone['IsBackflush'], undone['Quantity']]).toEqual([true, 16]);
  });

  it('numbers too', async () => {
    const DraftStockTransactionID = await productNumbers(MIXED, { 'MIX-1': 4, 'MIX-2': 2 });
    const id = await received(MIXED, 6, { DraftStockTransactionID });
    expect((await back(id)).status).toBe(201);
    expect([await inStock('MIX-1'), await inStock('MIX-2')]).toEqual([0, 0]);
  });
});

describe('sub orders', () => {
  it('are received and issued to their parent in one go', async () => {
    const of = await plan(PARENT, 'FUN-001');
    expect(of['SubShopOrderNumber']).toBe(CHILD);
    const before = await position(of['Item'], of['Warehouse']);
    const SubShopOrder = (await order(CHILD))['ID'];
    const key = 'ShopOrderReceiptStockTransactionId';
    const id = await booked('SubOrderReceipts', { SubShopOrder, Quantity: 2 }, key);
    const after = await position(of['Item'], of['Warehouse']);
    expect(after['CurrentStock']).toBe(before['CurrentStock']);
    expect((await plan(PARENT, 'FUN-001'))['IssuedQuantity']).toBe(2);
    expect((await order(CHILD))['ProducedQuantity']).toBe(2);
    const made = await row('SubOrderReceipts', key, id);
    expect(made).toMatchObject({ ParentShopOrderNumber: PARENT, SubShopOrderNumber: CHILD });
    const receipt = await row('ShopOrderReceipts', 'StockTransactionId', id);
    expect([receipt['IsIssueToParent'], receipt['ParentShopOrderNumber']]).toEqual([true, PARENT]);
    expect((await back(id)).status).toBe(500);
    const issueId = made['MaterialIssueStockTransactionId'];
    const original = { OriginalMaterialIssueStockTransactionId: issueId };
    expect((await post('SubOrderReversals', original)).status).toBe(201);
    expect((await post('SubOrderReversals', original)).status).toBe(500);
    expect((await plan(PARENT, 'FUN-001'))['IssuedQuantity']).toBe(0);
    expect((await order(CHILD))['ProducedQuantity']).toBe(0);
    expect((await row('SubOrderReceipts', key, id))['HasReversibleQuantity']).toBe(false);
  });

  it('are refused for an order without a parent, or whose parent is on hold', async () => {
    const SubShopOrder = (await order(MADE))['ID'];
    expect((await post('SubOrderReceipts', { SubShopOrder, Quantity: 1 })).status).toBe(500);
    const parent = String((await order(PARENT))['ID']);
    const path = `123456/manufacturing/ShopOrders(guid'${parent}')`;
    expect((await floor.exact().call('PUT', path, { IsOnHold: 1 })).status).toBe(204);
    const child = { SubShopOrder: (await order(CHILD))['ID'], Quantity: 1 };
    expect(messageOf(await post('SubOrderReceipts', child))).toContain(`${PARENT} is on hold`);
  });
});

describe('by-products', () => {
  it('come into stock and are taken back, only on plans of their kind', async () => {
    const of = await plan(MADE, 'ROD-001');
    const before = await position(of['Item'], of['Warehouse']);
    const material = { ShopOrderMaterialPlan: (await plan(MADE, 'VLV-001'))['ID'], Quantity: 1 };
    expect((await post('ByProductReceipts', material)).status).toBe(500);
    const ShopOrderMaterialPlan = of['ID'];
    const id = await booked('ByProductReceipts', { ShopOrderMaterialPlan, Quantity: 3 });
    const after = await position(of['Item'], of['Warehouse']);
    expect(after['CurrentStock']).toBe(Number(before['CurrentStock']) + 3);
    expect(after['PlannedStockIn']).toBe(Number(before['PlannedStockIn']) - 3);
    expect((await plan(MADE, 'ROD-001'))['Status']).toBe(25);
    const original = { OriginalStockTransactionId: id };
    expect((await post('ByProductReversals', original)).status).toBe(201);
    expect((await post('ByProductReversals', original)).status).toBe(500);
    const last = await position(of['Item'], of['Warehouse']);
    expect(last['CurrentStock']).toBe(before['CurrentStock']);
    const receipt = await row('ByProductReceipts', 'StockTransactionId', id);
    expect(receipt['HasReversibleQuantity']).toBe(false);
  });

  it('that are backflushed come with the receipt and go with its reversal', async () => {
    const plans = `123456/manufacturing/ShopOrderMaterialPlans(guid'${String((await plan(MADE, 'ROD-001'))['ID'])}')`;
    expect((await floor.exact().call('PUT', plans, { Backflush: 1 })).status).toBe(204);
    const id = await received(MADE, 2);
    expect((await plan(MADE, 'ROD-001'))['IssuedQuantity']).toBe(2);
    expect((await back(id)).status).toBe(201);
    expect((await plan(MADE, 'ROD-001'))['IssuedQuantity']).toBe(0);
  });
});

describe('staging for delivery', () => {
  it('counts what is ready to ship, in parts both ways, and moves no stock', async () => {
    const of = await order(MADE);
    const before = await stock(of['Item'], of['Warehouse']);
    const ShopOrder = of['ID'];
    expect((await post('StageForDeliveryReceipts', { ShopOrder, Quantity: 5 })).status).toBe(500);
    const RelatedId = await booked('StageForDeliveryReceipts', { ShopOrder, Quantity: 3 }, 'Id');
    expect((await order(MADE))['ReadyToShipQuantity']).toBe(3);
    const some = (Quantity: number) => post('StageForDeliveryReversals', { RelatedId, Quantity });
    expect((await some(4)).status).toBe(500);
    expect((await some(1)).status).toBe(201);
    const stage = await row('StageForDeliveryReceipts', 'Id', RelatedId);
    expect(stage['HasReversibleQuantity']).toBe(true);
    expect((await some(2)).status).toBe(201);
    expect((await some(1)).status).toBe(500);
    expect((await order(MADE))['ReadyToShipQuantity']).toBe(0);
    expect(await stock(of['Item'], of['Warehouse'])).toBe(before);
  });
});
