/*
 * Material issues and their reversals: what is refused without a trace, what is booked, and that
 * coming back is the mirror of going out.
 */
import { describe, expect, it } from 'vitest';
import { messageOf, only, peek } from './helpers.ts';
import { shopFloor } from './shop-floor-stage.ts';

const floor = shopFloor();
const { booked, draft, inStock, location, order, plan, position, post, row, stock } = floor;

const VALVE = 'VLV-001';
const OIL = 'OIL-001';
const SENSOR = 'PRX-001';

/** An issue on a plan of an order. */
async function issue(number: number, item: string, Quantity: number, more = {}) {
  const ShopOrderMaterialPlan = (await plan(number, item))['ID'];
  return post('MaterialIssues', { ShopOrderMaterialPlan, Quantity, ...more });
}

async function issued(number: number, item: string, Quantity: number, more = {}) {
  const ShopOrderMaterialPlan = (await plan(number, item))['ID'];
  return booked('MaterialIssues', { ShopOrderMaterialPlan, Quantity, ...more });
}

/** Drafts for an issue on a plan, at A-01-1 in the warehouse with locations. */
async function numbersFor(number: number, item: string, numbers: Record<string, number>) {
  const of = await plan(number, item);
  const there = number === 30_000_008 ? {} : { location: await location('A-01-1') };
  return draft({
    ...{ item: of['Item'], warehouse: of['Warehouse'], type: 150, numbers, ...there },
    serial: item === SENSOR,
  });
}

const back = (id: string, more = {}) =>
  post('MaterialReversals', { OriginalStockTransactionId: id, ...more });

describe('what is refused', () => {
  it('an unknown plan, a by-product plan and missing fields', async () => {
    const unknown = await post('MaterialIssues', {
      ...{ ShopOrderMaterialPlan: floor.exact().running.simulation.user, Quantity: 1 },
    });
    expect(unknown.status).toBe(500);
    expect((await issue(30_000_007, 'ROD-001', 1)).status).toBe(500);
    const missing = await floor.exact().call('POST', '123456/manufacturing/MaterialIssues', {});
    expect(missing.status).toBe(400);
    expect(messageOf(missing).split('\r\n')).toHaveLength(3);
  });

  it('a plan that is backflushed', async () => {
    const answer = await issue(30_000_007, 'SCR-001', 1);
    expect(answer.status).toBe(500);
    expect(messageOf(answer)).toContain('SCR-001 is issued automatically');
  });

  it('an order on hold, not released, or completed', async () => {
    for (const number of [30_000_012, 30_000_013]) {
      expect((await issue(number, 'BOX-001', 1)).status).toBe(500);
    }
    const id = String((await order(30_000_007))['ID']);
    await floor.exact().control('PATCH', `/records/manufacturing/ShopOrders/${id}`, { Status: 40 });
    expect(messageOf(await issue(30_000_007, VALVE, 1))).toContain('completed');
  });

  it('zero, negative and broken quantities', async () => {
    for (const quantity of [0, -1, 0.5]) {
      expect((await issue(30_000_007, VALVE, quantity)).status).toBe(500);
    }
  });

  it('a location of nowhere, and any location where there are none', async () => {
    const StorageLocation = floor.exact().running.simulation.user;
    expect((await issue(30_000_007, VALVE, 1, { StorageLocation })).status).toBe(500);
    const shelf = { StorageLocation: await location('A-01-1') };
    expect((await issue(30_000_008, VALVE, 1, shelf)).status).toBe(500);
  });

  it('more than the location holds, until the company allows negative stock', async () => {
    const { Item, Warehouse } = await plan(30_000_007, VALVE);
    const there = { StorageLocation: await location('RCV') };
    const tooMany = (await stock(Item, Warehouse, there.StorageLocation)) + 1;
    const answer = await issue(30_000_007, VALVE, tooMany, there);
    expect(answer.status).toBe(500);
    expect(messageOf(answer)).toContain('not enough stock');
    await floor.set('negativeStockAllowed', true);
    const settings = await peek(floor.exact(), 'manufacturing/ManufacturingSettings');
    expect(only(settings)['NegativeStockIsAllowed']).toBe(1);
    await issued(30_000_007, VALVE, tooMany, there);
    expect(await stock(Item, Warehouse, there.StorageLocation)).toBe(-1);
  });

  it('batch and serial items without drafts, with too few, and with those of another', async () => {
    expect((await issue(30_000_007, OIL, 2)).status).toBe(500);
    const DraftStockTransactionID = await numbersFor(30_000_007, OIL, { 'OIL-L1': 1 });
    expect((await issue(30_000_007, OIL, 2, { DraftStockTransactionID })).status).toBe(500);
    expect((await issue(30_000_007, SENSOR, 1, { DraftStockTransactionID })).status).toBe(500);
    const none = { DraftStockTransactionID: floor.exact().running.simulation.user };
    expect((await issue(30_000_007, OIL, 1, none)).status).toBe(500);
    await issued(30_000_007, OIL, 1, { DraftStockTransactionID });
    expect((await issue(30_000_007, OIL, 1, { DraftStockTransactionID })).status).toBe(500);
  });

  it('more of a batch than is left when the issue comes', async () => {
    const first = await numbersFor(30_000_007, OIL, { 'OIL-L2': 6 });
    const second = await numbersFor(30_000_007, OIL, { 'OIL-L2': 6 });
    await issued(30_000_007, OIL, 6, { DraftStockTransactionID: first });
    const answer = await issue(30_000_007, OIL, 6, { DraftStockTransactionID: second });
    expect(answer.status).toBe(500);
    expect(messageOf(answer)).toContain('not enough stock of number OIL-L2');
  });

  it('reversing more than is left, twice, without names, or with wrong names', async () => {
    const DraftStockTransactionID = await numbersFor(30_000_007, OIL, { 'OIL-L1': 3 });
    const id = await issued(30_000_007, OIL, 3, { DraftStockTransactionID });
    expect((await back(floor.exact().running.simulation.user)).status).toBe(500);
    expect((await back(id, { Quantity: 4 })).status).toBe(500);
    expect((await back(id, { Quantity: 0 })).status).toBe(500);
    expect((await back(id, { Quantity: 2 })).status).toBe(500);
    const named = (BatchNumber: string, Quantity: number) => ({
      ...{ Quantity: 2, BatchNumbers: [{ BatchNumber, Quantity }] },
    });
    expect((await back(id, named('OIL-L2', 2))).status).toBe(500);
    expect((await back(id, named('OIL-L1', 1))).status).toBe(500);
    const serial = { Quantity: 2, SerialNumbers: [{ SerialNumber: 'X' }] };
    expect((await back(id, serial)).status).toBe(500);
    expect((await back(id)).status).toBe(201);
    expect(messageOf(await back(id))).toBe('Nothing is left to reverse on this transaction');
  });

  it('leaves no trace of an issue that breaks a rule', async () => {
    const version = async () => {
      const rows = await peek(floor.exact(), 'sync/Inventory/StockSerialBatchNumbers');
      return Math.max(...rows.map((one) => Number(one['Timestamp'])));
    };
    const DraftStockTransactionID = await numbersFor(30_000_007, OIL, { 'OIL-L1': 2 });
    const before = await version();
    expect((await issue(30_000_007, OIL, 3, { DraftStockTransactionID })).status).toBe(500);
    expect(await version()).toBe(before);
    expect(await peek(floor.exact(), 'manufacturing/MaterialIssues')).toEqual([]);
  });

  it('changing or deleting what was booked', async () => {
    const id = await issued(30_000_007, VALVE, 1);
    for (const verb of ['PUT', 'DELETE']) {
      const path = `123456/manufacturing/MaterialIssues(guid'${id}')`;
      expect((await floor.exact().call(verb, path, {})).status).toBe(405);
    }
  });
});

describe('what is booked', () => {
  it('plain material: plan, order, stock, planning and row versions', async () => {
    const of = await plan(30_000_007, VALVE);
    const before = await position(of['Item'], of['Warehouse']);
    const shelf = await location('A-01-1');
    const there = await stock(of['Item'], of['Warehouse'], shelf);
    expect([of['PlannedQuantity'], of['IssuedQuantity'], of['Status']]).toEqual([8, 0, 10]);
    const id = await issued(30_000_007, VALVE, 3, { StorageLocation: shelf, Note: 'marker-1' });
    const now = await plan(30_000_007, VALVE);
    expect([now['IssuedQuantity'], now['RemainingQuantity'], now['Status']]).toEqual([3, 5, 25]);
    expect(now['StatusDescription']).toBe('Partial');
    expect((await order(30_000_007))['Status']).toBe(20);
    const after = await position(of['Item'], of['Warehouse']);
    expect(after['CurrentStock']).toBe(Number(before['CurrentStock']) - 3);
    expect(after['PlannedStockOut']).toBe(Number(before['PlannedStockOut']) - 3);
    expect(after['ProjectedStock']).toBe(before['ProjectedStock']);
    expect(await stock(of['Item'], of['Warehouse'], shelf)).toBe(there - 3);
    expect(await row('MaterialIssues', 'StockTransactionId', id)).toMatchObject({
      ...{ ShopOrderNumber: 30_000_007, ItemCode: VALVE, Quantity: 3, Note: 'marker-1' },
      ...{ HasReversibleQuantity: true, IsBackflush: 0, StorageLocationCode: 'A-01-1' },
      ...{ Unit: 'pc      ', WarehouseCode: '1', CreatedByFullName: 'Demo Scandock' },
    });
    const sync = await peek(floor.exact(), 'sync/Manufacturing/MaterialIssues');
    expect(only(sync)['StockTransactionId']).toBe(id);
  });

  it('all that is planned finishes the plan, and more is allowed', async () => {
    const shelf = { StorageLocation: await location('A-01-1') };
    await issued(30_000_007, VALVE, 8, shelf);
    expect((await plan(30_000_007, VALVE))['Status']).toBe(30);
    await issued(30_000_007, VALVE, 2, shelf);
    const now = await plan(30_000_007, VALVE);
    expect([now['IssuedQuantity'], now['RemainingQuantity']]).toEqual([10, 0]);
    expect((await order(30_000_007))['ShopOrderMaterialPlansNonIssuedMaterialsCount']).toBe(3);
  });

  it('without a location: the default one of the item where there are locations', async () => {
    const id = await issued(30_000_009, 'BOX-001', 1);
    const of = await plan(30_000_009, 'BOX-001');
    expect((await row('MaterialIssues', 'StockTransactionId', id))['StorageLocation']).toBe(
      of['DefaultItemStorageLocation'],
    );
    const outlet = await issued(30_000_008, VALVE, 2);
    const made = await row('MaterialIssues', 'StockTransactionId', outlet);
    expect([made['StorageLocation'], made['WarehouseCode']]).toEqual([null, '2']);
  });

  it('batches that were drafted, each from its own stock', async () => {
    const numbers = { 'OIL-L1': 3, 'OIL-L2': 1 };
    const DraftStockTransactionID = await numbersFor(30_000_007, OIL, numbers);
    const of = await plan(30_000_007, OIL);
    const shelf = await location('A-01-1');
    const before = await stock(of['Item'], of['Warehouse'], shelf);
    const id = await issued(30_000_007, OIL, 4, { DraftStockTransactionID });
    expect([await inStock('OIL-L1'), await inStock('OIL-L2')]).toEqual([37, 9]);
    expect(await stock(of['Item'], of['Warehouse'], shelf)).toBe(before - 4);
    const moved = await peek(
      floor.exact(),
      `inventory/StockBatchNumbers?$filter=StockTransactionID eq guid'${id}'`,
    );
    expect(moved.map((one) => [one['Quantity'], one['IsDraft']])).toEqual(
      expect.arrayContaining([
        [-3, 0],
        [-1, 0],
      ]),
    );
  });

  it('serial numbers, in a warehouse without locations', async () => {
    const numbers = { 'PRX-S11': 1, 'PRX-S12': 1 };
    const DraftStockTransactionID = await numbersFor(30_000_008, SENSOR, numbers);
    await issued(30_000_008, SENSOR, 2, { DraftStockTransactionID });
    expect(await inStock('PRX-S11')).toBe(0);
    expect(await inStock('PRX-S13')).toBe(1);
    const gone = numbersFor(30_000_008, SENSOR, { 'PRX-S11': 1 });
    await expect(gone).rejects.toThrow('draft 500');
  });
});

describe('what comes back', () => {
  it('the whole rest, numbers included, as if nothing had happened', async () => {
    const numbers = { 'OIL-L1': 3, 'OIL-L2': 1 };
    const DraftStockTransactionID = await numbersFor(30_000_007, OIL, numbers);
    const of = await plan(30_000_007, OIL);
    const before = await position(of['Item'], of['Warehouse']);
    const id = await issued(30_000_007, OIL, 4, { DraftStockTransactionID });
    const original = { OriginalStockTransactionId: id, Note: 'wrong order' };
    const reversal = await booked('MaterialReversals', original, 'ReversalStockTransactionId');
    expect([await inStock('OIL-L1'), await inStock('OIL-L2')]).toEqual([40, 10]);
    const after = await position(of['Item'], of['Warehouse']);
    for (const name of ['CurrentStock', 'PlannedStockOut', 'ProjectedStock']) {
      expect(after[name]).toBe(before[name]);
    }
    const now = await plan(30_000_007, OIL);
    expect([now['IssuedQuantity'], now['RemainingQuantity'], now['Status']]).toEqual([0, 4, 10]);
    expect((await order(30_000_007))['Status']).toBe(10);
    const issue = await row('MaterialIssues', 'StockTransactionId', id);
    expect(issue['HasReversibleQuantity']).toBe(false);
    const made = await row('MaterialReversals', 'ReversalStockTransactionId', reversal);
    expect([made['Quantity'], made['Note'], made['ItemCode']]).toEqual([4, 'wrong order', OIL]);
    const path = `123456/manufacturing/MaterialReversals(guid'${reversal}')/BatchNumbers`;
    const answer = await floor.exact().call('GET', path);
    expect(answer.text).toContain('OIL-L2');
  });

  it('in parts with their numbers, to another location, until nothing is left', async () => {
    const numbers = { 'PRX-S01': 1, 'PRX-S02': 1, 'PRX-S03': 1 };
    const DraftStockTransactionID = await numbersFor(30_000_007, SENSOR, numbers);
    const id = await issued(30_000_007, SENSOR, 3, { DraftStockTransactionID });
    const StorageLocation = await location('C-04-2');
    const SerialNumbers = [{ SerialNumber: 'prx-s02' }];
    expect((await back(id, { Quantity: 1, SerialNumbers, StorageLocation })).status).toBe(201);
    const serial = only(
      await peek(floor.exact(), "inventory/SerialNumbers?$filter=SerialNumber eq 'PRX-S02'"),
    );
    expect([serial['Available'], serial['StorageLocationCode']]).toEqual([1, 'C-04-2']);
    expect(await inStock('PRX-S01')).toBe(0);
    const reversible = async () =>
      (await row('MaterialIssues', 'StockTransactionId', id))['HasReversibleQuantity'];
    expect(await reversible()).toBe(true);
    expect((await plan(30_000_007, SENSOR))['IssuedQuantity']).toBe(2);
    expect((await back(id, { Quantity: 1, SerialNumbers })).status).toBe(500);
    expect((await back(id)).status).toBe(201);
    expect([await inStock('PRX-S01'), await inStock('PRX-S03')]).toEqual([1, 1]);
    expect(await reversible()).toBe(false);
  });

  it('shows the issue again in sync when its reversible quantity changed', async () => {
    const id = await issued(30_000_007, VALVE, 2, { StorageLocation: await location('A-01-1') });
    const stamp = async () =>
      Number(only(await peek(floor.exact(), 'sync/Manufacturing/MaterialIssues'))['Timestamp']);
    const before = await stamp();
    expect((await back(id, { Quantity: 1 })).status).toBe(201);
    expect(await stamp()).toBeGreaterThan(before);
  });
});
