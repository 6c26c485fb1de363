/*
 * Warehouse transfers and location transfers: what is refused, drafts, and completing them.
 */
import { describe, expect, it } from 'vitest';
import { documentStage, type Fields } from './document-stage.ts';
import { messageOf, only, parsed, record, rowsOf } from './helpers.ts';

const { call, exact, made, numberStock, rows, salesOrder, shelf, stock, stockAt, warehouse } =
  documentStage();

const TRANSFERS = 'inventory/WarehouseTransfers';
const LINES = 'inventory/WarehouseTransferLines';

async function items() {
  const { lines } = await salesOrder(20_000_011);
  const [plain, expiry, batch, serial] = lines.map((line) => line['Item']);
  return { plain, expiry, batch, serial };
}

async function body(from: string, to: string, lines: Fields[], more: Fields = {}) {
  return {
    ...{ WarehouseFrom: await warehouse(from), WarehouseTo: await warehouse(to) },
    ...{ EntryDate: '2026-11-18T08:00:00.000000Z', ...more, WarehouseTransferLines: lines },
  };
}

const post = async (from: string, to: string, lines: Fields[], more: Fields = {}) =>
  call('POST', TRANSFERS, await body(from, to, lines, more));
const transfer = async (from: string, to: string, lines: Fields[], more: Fields = {}) =>
  made(TRANSFERS, await body(from, to, lines, more));
const uriOf = (row: Fields) => `${TRANSFERS}(guid'${String(row['TransferID'])}')`;
const linesOf = async (row: Fields) =>
  rowsOf(await call('GET', `${uriOf(row)}/WarehouseTransferLines`));
const read = async (row: Fields) => record(parsed(await call('GET', uriOf(row)))['d']);
const process = (row: Fields, more: Fields = {}) =>
  call('POST', 'inventory/ProcessWarehouseTransfer', { TransferID: row['TransferID'], ...more });

const DONE = { Status: 50 };

describe('what is refused', () => {
  it('missing mandatory fields', async () => {
    const bare = await call('POST', TRANSFERS, { WarehouseTransferLines: [{}] });
    expect(bare.status).toBe(400);
    expect(messageOf(bare).split('\r\n').sort()).toEqual([
      ...['Mandatory: EntryDate', 'Mandatory: Item', 'Mandatory: Quantity'],
      ...['Mandatory: WarehouseFrom', 'Mandatory: WarehouseTo'],
    ]);
  });

  it('other statuses, zero, fractions, and items the other warehouse does not keep', async () => {
    const { plain } = await items();
    const one = [{ Item: plain, Quantity: 1 }];
    expect((await post('1', '2', one, { Status: 20 })).status).toBe(500);
    for (const Quantity of [0, -1, 0.5]) {
      expect((await post('1', '2', [{ Item: plain, Quantity }], DONE)).status).toBe(500);
    }
    const linked = await rows("inventory/ItemWarehouses?$filter=WarehouseCode eq '2'");
    const all = await rows('logistics/Items?$select=ID,Code');
    const free = all.find((item) => linked.every((link) => link['Item'] !== item['ID']));
    expect((await post('1', '2', [{ Item: free?.['ID'], Quantity: 1 }])).status).toBe(500);
  });

  it('one warehouse without two different locations', async () => {
    const { plain } = await items();
    const [a, b] = [await shelf('A-01-1'), await shelf('B-02-1')];
    const line = { Item: plain, Quantity: 1 };
    for (const places of [{}, { StorageLocationFrom: a }, { StorageLocationTo: b }]) {
      expect((await post('1', '1', [{ ...line, ...places }], DONE)).status).toBe(500);
    }
    const same = { ...line, StorageLocationFrom: a, StorageLocationTo: a };
    expect((await post('1', '1', [same], DONE)).status).toBe(500);
    expect((await post('2', '2', [line], DONE)).status).toBe(500);
    const foreign = { ...line, StorageLocationTo: b };
    expect((await post('1', '2', [foreign], DONE)).status).toBe(500);
  });

  it('more than is there, unless negative stock is allowed', async () => {
    const { plain } = await items();
    const places = {
      ...{ StorageLocationFrom: await shelf('A-01-1'), StorageLocationTo: await shelf('B-02-1') },
    };
    const line = { Item: plain, Quantity: 100_000, ...places };
    expect((await post('1', '1', [line], DONE)).status).toBe(500);
    await exact().control('POST', '/settings', { negativeStockAllowed: true });
    expect((await post('1', '1', [line], DONE)).status).toBe(201);
    expect(await stockAt(plain, 'A-01-1')).toBeLessThan(0);
  });

  it('numbers that are missing, blocked, unknown or elsewhere; nothing moves', async () => {
    const { expiry, serial } = await items();
    const at = {
      ...{ StorageLocationFrom: await shelf('A-01-2'), StorageLocationTo: await shelf('B-02-1') },
    };
    const batch = (BatchNumber: string, Quantity: number) => ({
      ...{ Item: expiry, Quantity: 2, ...at, BatchNumbers: [{ BatchNumber, Quantity }] },
    });
    const wrong: Fields[] = [
      { Item: expiry, Quantity: 2, ...at },
      ...[batch('DEL-E1', 1), batch('DEL-E3', 2), batch('NOPE', 2), batch('DEL-E2', 2)],
      { Item: serial, Quantity: 1, ...at, SerialNumbers: [{ SerialNumber: 'DEL-S1' }] },
    ];
    const before = await rows('sync/Inventory/StorageLocationStockPositions');
    for (const line of wrong) expect((await post('1', '1', [line], DONE)).status).toBe(500);
    expect(await rows('sync/Inventory/StorageLocationStockPositions')).toEqual(before);
    expect(await rows(TRANSFERS)).toEqual([]);
  });
});

describe('completed with the POST', () => {
  it('between locations: stock per location, two movements of numbers, dates', async () => {
    const { plain, expiry, serial } = await items();
    const home = await warehouse('1');
    const before = [await stock(plain, home), await stock(expiry, home)];
    const [a1, a2, a3] = [await shelf('A-01-1'), await shelf('A-01-2'), await shelf('A-03-1')];
    const to = { StorageLocationTo: await shelf('C-04-2') };
    const there = await stockAt(plain, 'C-04-2');
    const made = await transfer(
      '1',
      '1',
      [
        { Item: plain, Quantity: 6, StorageLocationFrom: a1, ...to },
        {
          ...{ Item: expiry, Quantity: 5, StorageLocationFrom: a2, ...to },
          BatchNumbers: [{ BatchNumber: 'DEL-E1', Quantity: 5 }],
        },
        {
          ...{ Item: serial, Quantity: 2, StorageLocationFrom: a3, ...to },
          SerialNumbers: [{ SerialNumber: 'DEL-S1' }, { SerialNumber: 'DEL-S2' }],
        },
      ],
      { ...DONE, PlannedReceiptDate: '2026-11-20' },
    );
    const planned = `/Date(${Date.UTC(2026, 10, 20)})/`;
    expect(made).toMatchObject({
      ...{ Status: 50, Source: 4, TransferNumber: 1, TransferDate: planned },
      ...{ PlannedDeliveryDate: planned, PlannedReceiptDate: planned, WarehouseToCode: '1' },
    });
    expect(await stockAt(plain, 'A-01-1')).toBe(54);
    expect(await stockAt(plain, 'C-04-2')).toBe(there + 6);
    expect([await stock(plain, home), await stock(expiry, home)]).toEqual(before);
    expect(await numberStock('DEL-E1', 'A-01-2')).toBe(3);
    expect(await numberStock('DEL-E1', 'C-04-2')).toBe(5);
    const moved = await rows("inventory/StockBatchNumbers?$filter=BatchNumber eq 'DEL-E1'");
    const types = moved.map((row) => [row['StockTransactionType'], row['Quantity']]);
    expect(types.sort()).toEqual([
      [10, 8],
      [125, -5],
      [135, 5],
    ]);
    const where = await rows("inventory/SerialNumbers?$filter=SerialNumber eq 'DEL-S1'");
    expect(only(where)).toMatchObject({ Available: 1, StorageLocationCode: 'C-04-2' });
  });

  it('between warehouses, from default location to none, with TransferDate from EntryDate', async () => {
    const { plain, batch } = await items();
    const [home, away] = [await warehouse('1'), await warehouse('2')];
    const [here, there] = [await stock(plain, home), await stock(plain, away)];
    const made = await transfer(
      '1',
      '2',
      [
        { Item: plain, Quantity: 3 },
        {
          ...{ Item: batch, Quantity: 6, StorageLocationFrom: await shelf('A-02-1') },
          BatchNumbers: [
            { BatchNumber: 'DEL-B1', Quantity: 4 },
            { BatchNumber: 'DEL-B1', Quantity: 2, StorageLocation: await shelf('A-02-2') },
          ],
        },
      ],
      DONE,
    );
    expect(made['TransferDate']).toBe(`/Date(${Date.UTC(2026, 10, 18, 8)})/`);
    expect((await stock(plain, home)).warehouse).toBe(here.warehouse - 3);
    expect((await stock(plain, away)).warehouse).toBe(there.warehouse + 3);
    expect(await numberStock('DEL-B1', 'A-02-2')).toBe(3);
    expect(await numberStock('DEL-B1')).toBe(10);
    const types = (await rows("inventory/StockBatchNumbers?$filter=BatchNumber eq 'DEL-B1'"))
      .filter((row) => row['WarehouseCode'] === '2')
      .map((row) => [row['StockTransactionType'], row['Quantity'], row['StorageLocation']]);
    expect(types.sort()).toEqual([
      [134, 2, null],
      [134, 4, null],
    ]);
  });
});

describe('an open transfer', () => {
  it('moves nothing but is planned out of one warehouse and into the other', async () => {
    const { plain } = await items();
    const [home, away] = [await warehouse('1'), await warehouse('2')];
    const [here, there] = [await stock(plain, home), await stock(plain, away)];
    const open = await transfer('1', '2', [{ Item: plain, Quantity: 3 }]);
    expect(open).toMatchObject({ Status: 10, TransferDate: null });
    expect(await stock(plain, home)).toMatchObject({
      ...{ warehouse: here.warehouse, planningOut: here.planningOut + 3 },
    });
    expect((await stock(plain, away)).planningIn).toBe(there.planningIn + 3);
    const line = await made(LINES, { TransferID: open['TransferID'], Item: plain, Quantity: 2 });
    expect((await stock(plain, away)).planningIn).toBe(there.planningIn + 5);
    const uri = `${LINES}(guid'${String(line['ID'])}')`;
    expect((await call('PUT', uri, { Quantity: 4 })).status).toBe(204);
    expect((await stock(plain, away)).planningIn).toBe(there.planningIn + 7);
    expect((await call('DELETE', uri)).status).toBe(204);
    expect((await call('PUT', uriOf(open), { Description: 'x', Status: 50 })).status).toBe(500);
    expect((await call('PUT', uriOf(open), { Description: 'x' })).status).toBe(204);
    expect((await call('DELETE', uriOf(open))).status).toBe(204);
    expect(await stock(plain, home)).toEqual(here);
    expect(await stock(plain, away)).toEqual(there);
    expect(await rows(LINES)).toEqual([]);
  });

  it('is processed once, with the date sent; then nothing about it changes', async () => {
    const { plain } = await items();
    const from = { StorageLocationFrom: await shelf('A-01-1') };
    const open = await transfer('1', '2', [{ Item: plain, Quantity: 3, ...from }]);
    const done = await process(open, { TransferDate: '2026-11-19' });
    expect(done.status).toBe(201);
    const date = `/Date(${Date.UTC(2026, 10, 19)})/`;
    expect(record(parsed(done)['d'])).toMatchObject({
      ...{ TransferID: open['TransferID'], TransferDate: date },
    });
    expect(await read(open)).toMatchObject({ Status: 50, TransferDate: date });
    expect(await stockAt(plain, 'A-01-1')).toBe(57);
    const line = `${LINES}(guid'${String(only(await linesOf(open))['ID'])}')`;
    expect((await process(open)).status).toBe(500);
    expect((await call('PUT', line, { Quantity: 1 })).status).toBe(500);
    expect((await call('DELETE', line)).status).toBe(500);
    expect((await call('PUT', uriOf(open), { Description: 'x' })).status).toBe(500);
    expect((await call('DELETE', uriOf(open))).status).toBe(500);
  });

  it('is not processed with batch or serial items, nor without locations', async () => {
    const { plain, serial } = await items();
    const from = { StorageLocationFrom: await shelf('A-03-1') };
    const serials = { SerialNumbers: [{ SerialNumber: 'DEL-S1' }] };
    const open = await transfer('1', '2', [{ Item: serial, Quantity: 1, ...from, ...serials }]);
    const line = only(await linesOf(open));
    const uri = `${LINES}(guid'${String(line['ID'])}')`;
    const bound = async () => rowsOf(await call('GET', `${uri}/SerialNumbers`));
    expect(only(await bound())).toMatchObject({ IsDraft: 1, StockTransactionType: 124 });
    expect((await process(open)).status).toBe(500);
    expect(await numberStock('DEL-S1', 'A-03-1')).toBe(1);
    expect((await call('PUT', uri, { Quantity: 2 })).status).toBe(204);
    expect(await bound()).toEqual([]);
    const bare = await transfer('1', '2', [{ Item: plain, Quantity: 1 }]);
    const answer = await process(bare);
    expect(answer.status).toBe(500);
    expect(messageOf(answer)).toBe('StorageLocation is mandatory');
  });
});
