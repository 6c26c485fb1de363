/*
 * Batch and serial rows posted on their own: which may be drafted, and what a draft is until a
 * transaction uses it.
 */
import { describe, expect, it } from 'vitest';
import { documentStage, type Fields } from './document-stage.ts';
import { messageOf, only, parsed, record, rowsOf } from './helpers.ts';

const { call, exact, made, numberStock, rows, salesOrder, shelf, stock, warehouse } =
  documentStage();

const BATCHES = 'inventory/StockBatchNumbers';
const SERIALS = 'inventory/StockSerialNumbers';
const DRAFT = '11111111-2222-4333-8444-555555555555';

async function items() {
  const { lines } = await salesOrder(20_000_011);
  const [plain, expiry, batch, serial] = lines.map((line) => line['Item']);
  return { plain, expiry, batch, serial };
}

async function batchDraft(more: Fields = {}): Promise<Fields> {
  return {
    ...{ BatchNumber: 'DEL-E1', Quantity: 2, Item: (await items()).expiry },
    ...{ Warehouse: await warehouse('1'), StorageLocation: await shelf('A-01-2') },
    ...{ StockTransactionType: 150, DraftStockTransactionID: DRAFT, ...more },
  };
}

async function serialDraft(more: Fields = {}): Promise<Fields> {
  return {
    ...{ SerialNumber: 'DEL-S1', Item: (await items()).serial, Warehouse: await warehouse('1') },
    ...{ StorageLocation: await shelf('A-03-1'), StockTransactionType: 150 },
    ...{ DraftStockTransactionID: DRAFT, ...more },
  };
}

const post = async (more: Fields) => call('POST', BATCHES, await batchDraft(more));
const postSerial = async (more: Fields) => call('POST', SERIALS, await serialDraft(more));

describe('what is refused', () => {
  it('missing mandatory fields, and an item that cannot be known', async () => {
    const bare = await call('POST', BATCHES, {});
    expect(bare.status).toBe(400);
    expect(messageOf(bare).split('\r\n').sort()).toEqual([
      ...['Mandatory: BatchNumber', 'Mandatory: DraftStockTransactionID', 'Mandatory: Quantity'],
      ...['Mandatory: StockTransactionType', 'Mandatory: Warehouse'],
    ]);
    expect((await post({ Item: null })).status).toBe(400);
  });

  it('types of transfers, never, and types that do not exist', async () => {
    for (const StockTransactionType of [124, 125, 134, 1]) {
      expect((await post({ StockTransactionType })).status).toBe(500);
      expect((await postSerial({ StockTransactionType })).status).toBe(500);
    }
  });

  it('unknown, blocked and absent numbers that would leave, and serials twice', async () => {
    expect((await post({ BatchNumber: 'NOPE' })).status).toBe(500);
    expect((await post({ BatchNumber: 'DEL-E3' })).status).toBe(500);
    expect((await post({ Quantity: 9 })).status).toBe(500);
    expect((await post({ StorageLocation: await shelf('C-04-2') })).status).toBe(500);
    expect((await post({ Item: (await items()).plain })).status).toBe(500);
    expect((await postSerial({ StockTransactionType: 140 })).status).toBe(500);
    expect((await postSerial({})).status).toBe(201);
    expect((await postSerial({})).status).toBe(500);
  });

  it('numbers for a count without its line, or of another draft than the line has', async () => {
    expect((await post({ StockTransactionType: 195 })).status).toBe(400);
    const { expiry, batch } = await items();
    const count = await made('inventory/StockCounts', {
      ...{ StockCountDate: '2026-11-18', Warehouse: await warehouse('1') },
      StockCountLines: [
        {
          ...{ Item: expiry, StorageLocation: await shelf('A-01-2'), QuantityDifference: -5 },
          BatchNumbers: [{ BatchNumber: 'DEL-E1', Quantity: 2 }],
        },
      ],
    });
    const line = only(await rows('inventory/StockCountLines'));
    const bound = only(await rows(`${BATCHES}?$filter=IsDraft eq 1`));
    const more = { StockTransactionType: 195, StockCountLine: line['ID'] };
    expect((await post(more)).status).toBe(500);
    const draft = { ...more, DraftStockTransactionID: bound['DraftStockTransactionID'] };
    expect((await post({ ...draft, Item: batch })).status).toBe(500);
    expect((await post({ ...draft, Quantity: 4 })).status).toBe(500);
    expect((await post({ ...draft, Quantity: 1, Item: null, StorageLocation: null })).status).toBe(
      201,
    );
    const drafts = await rows(`${BATCHES}?$filter=IsDraft eq 1`);
    // The sign is that of the line, the location too.
    expect(drafts.map((row) => [row['Quantity'], row['StorageLocationCode']]).sort()).toEqual([
      ...[
        [-1, 'A-01-2'],
        [-2, 'A-01-2'],
      ],
    ]);
    const one = drafts.find((row) => row['Quantity'] === -1);
    const uri = `${BATCHES}(guid'${String(one?.['ID'])}')`;
    expect((await call('PUT', uri, { Quantity: 4 })).status).toBe(500);
    expect((await call('PUT', uri, { Quantity: 3 })).status).toBe(204);
    await call('POST', 'inventory/ProcessStockCount', { StockCountID: count['StockCountID'] });
    expect(await numberStock('DEL-E1')).toBe(3);
    expect((await call('PUT', uri, { Quantity: 1 })).status).toBe(500);
    expect((await call('DELETE', uri)).status).toBe(500);
  });
});

describe('a draft', () => {
  it('is no stock, is seen as a draft, and goes with DELETE', async () => {
    const { expiry } = await items();
    const before = await stock(expiry, await warehouse('1'));
    const draft = await made(BATCHES, await batchDraft());
    expect(draft).toMatchObject({
      ...{ IsDraft: 1, Quantity: 2, DraftStockTransactionID: DRAFT, BatchNumber: 'DEL-E1' },
      ...{ StockTransactionType: 150, StorageLocationCode: 'A-01-2', StockTransactionID: null },
    });
    expect(await numberStock('DEL-E1')).toBe(8);
    expect(await stock(expiry, await warehouse('1'))).toEqual(before);
    const uri = `${BATCHES}(guid'${String(draft['ID'])}')`;
    expect((await call('PUT', uri, { Quantity: 3 })).status).toBe(500);
    expect((await call('PUT', uri, { Remarks: 'r' })).status).toBe(204);
    expect(record(parsed(await call('GET', uri))['d'])['Remarks']).toBe('r');
    expect((await call('DELETE', uri)).status).toBe(204);
    expect((await call('GET', uri)).status).toBe(404);
    const gone = await rows('sync/Deleted?$filter=Timestamp gt 0L');
    expect(gone.map((row) => row['EntityType'])).toEqual([29]);
  });

  it('is looked at again when it is used: blocked or gone meanwhile, it cannot leave', async () => {
    const { expiry } = await items();
    const at = { Item: expiry, StorageLocation: await shelf('A-01-2') };
    const count = await made('inventory/StockCounts', {
      ...{ StockCountDate: '2026-11-18', Warehouse: await warehouse('1') },
      StockCountLines: [
        { ...at, QuantityDifference: -5, BatchNumbers: [{ BatchNumber: 'DEL-E1', Quantity: 5 }] },
      ],
    });
    const process = async () => {
      const body = { StockCountID: count['StockCountID'] };
      const answer = await call('POST', 'inventory/ProcessStockCount', body);
      return String(record(parsed(answer)['d'])['ErrorMessage']);
    };
    const masters = await rows('sync/Inventory/SerialBatchNumbers');
    const master = masters.find((row) => row['SerialBatchNumber'] === 'DEL-E1');
    const path = `/records/sync/Inventory/SerialBatchNumbers/${String(master?.['ID'])}`;
    await exact().control('PATCH', path, { IsBlocked: 1 });
    expect(await process()).toContain('blocked');
    await exact().control('PATCH', path, { IsBlocked: 0 });
    await made('salesorder/GoodsDeliveries', {
      DeliveryDate: '2026-11-18',
      GoodsDeliveryLines: [
        {
          SalesOrderLineID: (await salesOrder(20_000_011)).lines[1]?.['ID'],
          ...{ QuantityDelivered: 4, StorageLocation: at.StorageLocation },
          BatchNumbers: [{ BatchNumber: 'DEL-E1', Quantity: 4 }],
        },
      ],
    });
    expect(await process()).toContain('not enough stock of number DEL-E1');
    expect(await numberStock('DEL-E1')).toBe(4);
  });

  it('of a new number that comes in makes the number, and takes it back with DELETE', async () => {
    const more = { StockTransactionType: 140, BatchNumber: 'MADE-1', EndDate: '2027-05-01' };
    const draft = await made(BATCHES, await batchDraft(more));
    const found = async () => rows("inventory/BatchNumbers?$filter=BatchNumber eq 'MADE-1'");
    expect(only(await found())).toMatchObject({
      ...{ AvailableQuantity: null, ExpiryDate: `/Date(${Date.UTC(2027, 4, 1)})/` },
    });
    await call('DELETE', `${BATCHES}(guid'${String(draft['ID'])}')`);
    expect(await found()).toEqual([]);
  });

  it('a movement that was booked is neither changed nor deleted', async () => {
    const filter = encodeURIComponent("BatchNumber eq 'DEL-E2'");
    const moved = only(rowsOf(await call('GET', `${BATCHES}?$filter=${filter}`)));
    const uri = `${BATCHES}(guid'${String(moved['ID'])}')`;
    expect((await call('PUT', uri, { Remarks: 'x' })).status).toBe(500);
    expect((await call('DELETE', uri)).status).toBe(500);
    await exact().control('POST', '/settings', { language: 'nl' });
    expect(messageOf(await call('DELETE', uri))).toContain('verwerkt');
  });
});
