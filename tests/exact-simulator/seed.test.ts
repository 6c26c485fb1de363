/*
 * The seeded company: the same every time, with true barcodes and the facts the README promises.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Random } from '../../exact-simulator/seed/random.ts';
import { openStore, type Row, type SqlValue } from '../../exact-simulator/store/database.ts';
import { DEFAULT_DAY, isDay, isoWeek } from '../../exact-simulator/seed/day.ts';
import { seedCompany } from '../../exact-simulator/seed/seed.ts';
import { checkDigit } from '../../exact-simulator/seed/barcodes.ts';
import { tables } from '../../exact-simulator/store/sources.ts';
import { wares } from '../../exact-simulator/seed/wares.ts';
import { startSimulator } from '../../exact-simulator/index.ts';
import { order, peek, startExact, type Exact } from './helpers.ts';

const DAY_MS = 86_400_000;

type Rows = Record<string, Row[]>;

/** All rows of a company, as they are stored. */
function company(seed: number, day = DEFAULT_DAY): Rows {
  const store = openStore(':memory:');
  store.transaction(() => seedCompany(store, { seed, items: 120, day }));
  const names = Object.keys(tables);
  const all = names.map((name): [string, Row[]] => [name, store.all(`SELECT * FROM "${name}"`)]);
  store.close();
  return Object.fromEntries(all);
}

const everything = (seed: number, day?: string): string => JSON.stringify(company(seed, day));

/** Every value that differs between two companies of the same size: `Table.Column` and both. */
function differences(before: Rows, after: Rows): [place: string, was: SqlValue, is: SqlValue][] {
  return Object.entries(before).flatMap(([table, rows]) =>
    rows.flatMap((row, n) =>
      Object.entries(row).flatMap(([column, was]): [string, SqlValue, SqlValue][] => {
        const is = after[table]?.[n]?.[column] ?? null;
        return was === is ? [] : [[`${table}.${column}`, was, is]];
      }),
    ),
  );
}

/** The purchase orders by their numbers. */
function ordersOf(rows: Rows): Row[] {
  const orders = rows['PurchaseOrders'] ?? [];
  return orders.toSorted((a, b) => Number(a['OrderNumber']) - Number(b['OrderNumber']));
}

/** How many values of a company are moments: wall milliseconds of this century. */
function momentCount(rows: Rows): number {
  const isMoment = (value: SqlValue) => typeof value === 'number' && value > Date.UTC(2000, 0);
  return Object.values(rows)
    .flat()
    .flatMap((row) => Object.values(row).filter(isMoment)).length;
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

describe('the day of the company', () => {
  const notDays = [
    '',
    'today',
    '2026-02-30',
    '2027-02-29',
    '2026-13-01',
    '2026-11-2',
    '1999-12-31',
  ];
  it.each([...notDays, '2026-11-02T00:00:00', ' 2026-11-02'])('is not: %j', async (day) => {
    expect(isDay(day)).toBe(false);
    await expect(startSimulator({ day })).rejects.toThrow(`not '${day}'`);
    await expect(exact.control('POST', '/reset', { day })).rejects.toThrow(/400 .*calendar day/);
  });

  it.each(['2000-01-01', '2028-02-29', '2099-12-31'])('may be %s', (day) => {
    expect(isDay(day)).toBe(true);
  });

  it('gives the same company for the same day, and another one for another', () => {
    expect(everything(7, '2028-02-29')).toBe(everything(7, '2028-02-29'));
    expect(everything(7, '2028-02-29')).not.toBe(everything(7));
  });

  it('moves every date by as many days and leaves guids, codes and quantities alone', () => {
    const before = company(7);
    const found = differences(before, company(7, '2028-02-29'));
    const derived = ['GoodsReceipts.EntryNumber', 'PurchaseOrders.Description'];
    const dates = found.filter(([place]) => !derived.includes(place));
    expect(dates).toHaveLength(momentCount(before));
    expect(new Set(dates.map(([, was, is]) => Number(is) - Number(was)))).toEqual(
      new Set([Date.UTC(2028, 1, 29) - Date.UTC(2026, 10, 2)]),
    );
    expect(new Set(dates.map(([place]) => place))).toContain('SerialBatchNumbers.EndDate');
    const entries = found.filter(([place]) => place === derived[0]).map(([, ...both]) => both);
    expect(entries).toEqual([
      [26_900_001, 28_900_001],
      [26_900_002, 28_900_002],
    ]);
  });

  it('names the week in which an order was placed', () => {
    const weeks = ordersOf(company(7)).map((row) => row['Description']);
    expect([weeks[0], weeks[17]]).toEqual(['Order week 42', 'Order week 44']);
    const days = [Date.UTC(2026, 11, 31), Date.UTC(2027, 0, 3), Date.UTC(2027, 0, 4)];
    expect(days.map(isoWeek)).toEqual([53, 53, 1]);
    expect(isoWeek(Date.UTC(2024, 11, 30))).toBe(1);
  });

  it('stamps no row later than its midnight, and no order was placed or approved after it', () => {
    const stands = Date.UTC(2026, 10, 2);
    const rows = company(7);
    const latest = (table: string, column: string) =>
      Math.max(...(rows[table] ?? []).map((row) => Number(row[column])));
    expect(latest('PurchaseOrderLines', 'Modified')).toBe(stands);
    expect(latest('PurchaseOrders', 'OrderDate')).toBe(stands - DAY_MS);
    expect(latest('PurchaseOrders', 'Approved')).toBe(stands);
  });

  it('has few orders late, some expected on it, and the others up to ten days later', () => {
    const rows = company(7);
    const open = ordersOf(rows).filter(
      (row) => row['ApprovalStatus'] === 2 && row['DropShipment'] === 0,
    );
    const receivable = open.filter((row) => Number(row['ReceiptStatus']) < 30);
    const inDays = receivable.map(
      (row) => (Number(row['ReceiptDate']) - Date.UTC(2026, 10, 2)) / DAY_MS,
    );
    expect(inDays).toEqual([0, 1, 0, -2, -1, 0, 1, 2, 3, 4, 5, 7, 8, 10]);
    const expected = new Map(
      ordersOf(rows).map((row) => [row['PurchaseOrderID'], row['ReceiptDate']]),
    );
    for (const line of rows['PurchaseOrderLines'] ?? []) {
      expect(line['ReceiptDate']).toBe(expected.get(line['PurchaseOrderID'] ?? null));
    }
  });

  it('changes with a reset, and stays with a reset that does not name it', async () => {
    const own = await startExact({ day: '2027-03-08' });
    const expectedOn = async () => (await order(own, 10_000_001)).head['ReceiptDate'];
    expect(await expectedOn()).toBe(`/Date(${Date.UTC(2027, 2, 8)})/`);
    expect(await own.control('POST', '/reset', { seed: 5 })).toMatchObject({ day: '2027-03-08' });
    expect(await own.control('POST', '/reset', { day: '2027-04-01' })).toMatchObject({ seed: 5 });
    expect(await expectedOn()).toBe(`/Date(${Date.UTC(2027, 3, 1)})/`);
    await own.close();
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
    expect(locations).toHaveLength(26);
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
