/*
 * The seeded company: the same every time, with true barcodes and the facts the README promises.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Random } from '../../exact-simulator/seed/random.ts';
import { openStore } from '../../exact-simulator/store/database.ts';
import { seedCompany } from '../../exact-simulator/seed/seed.ts';
import { checkDigit } from '../../exact-simulator/seed/barcodes.ts';
import { tables } from '../../exact-simulator/store/sources.ts';
import { wares } from '../../exact-simulator/seed/wares.ts';
import { order, peek, startExact, type Exact } from './helpers.ts';

function everything(seed: number): string {
  const store = openStore(':memory:');
  store.transaction(() => seedCompany(store, { seed, items: 120 }));
  const all = Object.keys(tables).map((name) => store.all(`SELECT * FROM "${name}"`));
  store.close();
  return JSON.stringify(all);
}

let exact: Exact;
beforeAll(async () => {
  exact = await startExact();
});
afterAll(async () => {
  await exact.close();
});

describe('determinism', () => {
  it('gives the same company for the same seed and another one for another', () => {
    expect(everything(7)).toBe(everything(7));
    expect(everything(7)).not.toBe(everything(8));
  });

  it('makes guids of version 4 that do not repeat', () => {
    const random = new Random(3);
    const guids = Array.from({ length: 5000 }, () => random.guid());
    expect(new Set(guids).size).toBe(5000);
    expect(
      guids.every((g) =>
        /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(g),
      ),
    ).toBe(true);
  });

  it('names any number of wares with unique codes', () => {
    for (const count of [70, 200, 3000]) {
      const list = wares(count);
      expect(list).toHaveLength(count);
      expect(new Set(list.map((w) => w.code)).size).toBe(count);
      expect(new Set(list.map((w) => w.description)).size).toBe(count);
    }
  });
});

describe('the company', () => {
  it('has items of every kind and true barcodes', async () => {
    const rows = await peek(exact, 'sync/Logistics/Items');
    expect(rows).toHaveLength(200);
    const barcodes = rows.flatMap((row) =>
      row['Barcode'] === null ? [] : [String(row['Barcode'])],
    );
    expect(barcodes).toHaveLength(190);
    for (const code of barcodes) {
      expect(code).toMatch(/^871\d{10}$/);
      expect(checkDigit(code.slice(0, -1))).toBe(code.slice(-1));
    }
    const count = (test: (row: Record<string, unknown>) => boolean) => rows.filter(test).length;
    expect(count((r) => r['IsSerialItem'] === true)).toBeGreaterThan(20);
    expect(count((r) => r['IsBatchItem'] === 1 && r['FreeBoolField_01'] === true)).toBeGreaterThan(
      15,
    );
    expect(count((r) => r['IsBatchItem'] === 1 && r['FreeBoolField_01'] === false)).toBeGreaterThan(
      15,
    );
  });

  it('has packs with barcodes of their own', async () => {
    const rows = await peek(exact, 'sync/Logistics/SalesItemPrices');
    const packs = rows.filter((row) => row['Barcode'] !== null);
    expect(packs.length).toBeGreaterThan(60);
    for (const pack of packs) {
      const code = String(pack['Barcode']);
      expect(checkDigit(code.slice(0, -1))).toBe(code.slice(-1));
      expect(Number(pack['NumberOfItemsPerUnit'])).toBeGreaterThan(1);
    }
    expect(new Set(packs.map((p) => p['Barcode'])).size).toBe(packs.length);
    expect(packs.some((p) => String(p['Barcode']).length === 14)).toBe(true);
  });

  it('has one warehouse with locations, one of them main, and one without', async () => {
    const locations = await peek(exact, 'inventory/StorageLocations');
    expect(locations).toHaveLength(25);
    expect(locations.filter((row) => row['Main'] === 1).map((row) => row['Code'])).toEqual(['RCV']);
    const warehouses = await peek(exact, 'inventory/Warehouses?$orderby=Code');
    expect(warehouses.map((row) => [row['Code'], row['UseStorageLocations']])).toEqual([
      ['1', 1],
      ['2', 0],
    ]);
  });

  it('has the promised purchase orders', async () => {
    const { lines } = await order(exact, 10_000_001);
    expect(lines.map((line) => line['ItemCode'])).toEqual([
      'BLT-001',
      'PNT-001',
      'WLD-001',
      'SNS-001',
      'NUT-001',
      'FLT-001',
    ]);
    const status = async (number: number) => (await order(exact, number)).head['ReceiptStatus'];
    expect(await Promise.all([10_000_004, 10_000_017, 10_000_018].map(status))).toEqual([
      20, 30, 40,
    ]);
    expect((await order(exact, 10_000_005)).head['ApprovalStatus']).toBe(0);
    expect((await order(exact, 10_000_006)).head['DropShipment']).toBe(true);
  });

  it('holds on every shelf together what the stock position says', async () => {
    const positions = await peek(exact, 'sync/Inventory/StockPositions');
    const shelves = await peek(exact, 'sync/Inventory/StorageLocationStockPositions');
    const sums = new Map<unknown, number>();
    for (const row of shelves)
      sums.set(row['Item'], (sums.get(row['Item']) ?? 0) + Number(row['Stock']));
    for (const row of positions.filter((p) => p['WarehouseCode'] === '1')) {
      expect(row['CurrentStock']).toBe(sums.get(row['ItemId']) ?? 0);
    }
  });
});
