/*
 * Goods receipts that are booked: the answer, what changes, finding and changing the document.
 */
import { describe, expect, it } from 'vitest';
import {
  list,
  locationId,
  only,
  order,
  parsed,
  peek,
  record,
  rowsOf,
  START_MS,
} from './helpers.ts';
import { RECEIPTS, stage } from './receipt-stage.ts';

const { exact, line, lines, position, post, version } = stage();

describe('the answer', () => {
  it('fills only the key without Prefer, and everything with it', async () => {
    const blank = await post([line(1, { QuantityReceived: 1 })]);
    expect(blank.status).toBe(201);
    const d = record(parsed(blank)['d']);
    expect(d['ID']).toMatch(/^[0-9a-f-]{36}$/);
    expect(d['ReceiptNumber']).toBeNull();
    const full = await post(
      [line(1, { QuantityReceived: 1 })],
      {},
      { Prefer: 'return=representation' },
    );
    const shown = record(parsed(full)['d']);
    expect(shown['ReceiptNumber']).toBe(4);
    expect(shown['EntryNumber']).toBe(26_900_004);
    expect(shown['SupplierName']).toBe('Van der Berg Bevestiging');
    expect(Object.keys(record(shown['GoodsReceiptLines']))).toEqual(['__deferred']);
  });

  it('stamps Created with the Dutch wall clock', async () => {
    const full = await post([line(1, {})], {}, { Prefer: 'return=representation' });
    const hour = 3_600_000;
    expect(record(parsed(full)['d'])['Created']).toBe(`/Date(${START_MS + hour})/`);
  });
});

describe('what is booked', () => {
  it('stock, planning, statuses and row versions of a plain line', async () => {
    const { head } = await order(exact(), 10_000_001);
    const item = lines()[0]?.['Item'];
    const before = await position(item, head['Warehouse']);
    const highest = await version();
    const shelf = await locationId(exact(), 'B-02-1');
    const stockThere = async () =>
      (
        await peek(
          exact(),
          "inventory/ItemWarehouseStorageLocations?$filter=StorageLocationCode eq 'B-02-1'",
        )
      )
        .filter((row) => row['Item'] === item)
        .reduce((sum, row) => sum + Number(row['Stock']), 0);
    const shelfBefore = await stockThere();
    const answer = await post([line(1, { QuantityReceived: 10, Location: shelf })]);
    expect(answer.status).toBe(201);
    const after = await position(item, head['Warehouse']);
    expect(after['CurrentStock']).toBe(Number(before['CurrentStock']) + 10);
    expect(after['PlanningIn']).toBe(Number(before['PlanningIn']) - 10);
    expect(after['ProjectedStock']).toBe(before['ProjectedStock']);
    expect(await stockThere()).toBe(shelfBefore + 10);
    const now = await order(exact(), 10_000_001);
    expect(now.lines[0]?.['ReceivedQuantity']).toBe(10);
    expect([now.head['ReceiptStatus'], now.head['OrderStatus']]).toEqual([20, 20]);
    const sync = await peek(
      exact(),
      `sync/PurchaseOrder/PurchaseOrders?$filter=Timestamp gt ${highest}L`,
    );
    expect(sync).toHaveLength(7);
    expect(Number(after['Timestamp'])).toBeGreaterThan(highest);
  });

  it('a whole mixed order: receipt complete, order complete only once invoiced', async () => {
    const shelf = await locationId(exact(), 'A-01-1');
    const answer = await post(
      [
        line(1, {}),
        line(2, {
          QuantityReceived: '20',
          BatchNumbers: [
            { BatchNumber: 'EXP-1', Quantity: 12, EndDate: '2027-06-30T00:00:00' },
            { BatchNumber: 'EXP-2', Quantity: 8, StorageLocation: shelf },
          ],
        }),
        line(3, {
          QuantityReceived: 15,
          Location: shelf,
          BatchNumbers: [{ BatchNumber: 'C1', Quantity: 15 }],
        }),
        line(4, {
          QuantityReceived: 3,
          SerialNumbers: ['A', 'B', 'C'].map((s) => ({ SerialNumber: `SN-${s}` })),
        }),
        line(5, {}),
        line(6, {}),
      ],
      { YourRef: 'PS-1', Remarks: 'marker-42' },
    );
    expect(answer.status).toBe(201);
    const { head } = await order(exact(), 10_000_001);
    expect([head['ReceiptStatus'], head['OrderStatus']]).toEqual([30, 20]);
    const batch = only(
      await peek(exact(), "inventory/BatchNumbers?$filter=BatchNumber eq 'EXP-1'"),
    );
    expect(batch['AvailableQuantity']).toBe(12);
    expect(batch['ExpiryDate']).toBe(`/Date(${Date.UTC(2027, 5, 30)})/`);
    const moved = await peek(exact(), "inventory/StockBatchNumbers?$filter=BatchNumber eq 'EXP-2'");
    expect(only(moved)['StorageLocationCode']).toBe('A-01-1');
    expect(only(moved)['StockTransactionType']).toBe(130);
    const serial = only(
      await peek(exact(), "inventory/SerialNumbers?$filter=SerialNumber eq 'SN-B'"),
    );
    expect([serial['Available'], serial['StorageLocationCode']]).toEqual([1, 'RCV']);
    expect(
      await peek(exact(), "inventory/StockSerialNumbers?$filter=startswith(SerialNumber,'SN-')"),
    ).toHaveLength(3);
  });

  it('purchase units on the document, item units in stock', async () => {
    const { head } = await order(exact(), 10_000_001);
    const boxed = lines()[4];
    const before = await position(boxed?.['Item'], head['Warehouse']);
    await post([line(5, { QuantityReceived: 3 })]);
    const after = await position(boxed?.['Item'], head['Warehouse']);
    expect(Number(after['CurrentStock']) - Number(before['CurrentStock'])).toBe(36);
    const now = (await order(exact(), 10_000_001)).lines[4];
    expect([now?.['Quantity'], now?.['ReceivedQuantity']]).toEqual([48, 36]);
    const booked = await peek(
      exact(),
      `purchaseorder/GoodsReceiptLines?$filter=PurchaseOrderLineID eq guid'${String(boxed?.['ID'])}'`,
    );
    expect(only(booked)['QuantityReceived']).toBe(3);
    expect(only(booked)['ItemUnitCode']).toBe('box     ');
  });

  it('the default location when none is given, and two lines on one order line', async () => {
    const answer = await post([
      line(1, { QuantityReceived: 2 }),
      line(1, { QuantityReceived: 3, Location: await locationId(exact(), 'C-04-2') }),
    ]);
    const id = String(record(parsed(answer)['d'])['ID']);
    const booked = rowsOf(await exact().call('GET', `${RECEIPTS}(guid'${id}')/GoodsReceiptLines`));
    expect(booked.map((row) => row['LocationCode']).sort()).toEqual(['C-04-2', 'RCV']);
    expect((await order(exact(), 10_000_001)).lines[0]?.['ReceivedQuantity']).toBe(5);
  });
});

describe('finding and changing a document', () => {
  it('is found by a marker in a text field and by Created', async () => {
    await post([line(1, { QuantityReceived: 1 })], { Remarks: 'client text [scandock:7f3a]' });
    const byMarker = encodeURIComponent("substringof('scandock:7f3a',Remarks)");
    expect(rowsOf(await exact().call('GET', `${RECEIPTS}?$filter=${byMarker}`))).toHaveLength(1);
    const since = "Created ge datetime'2026-11-18T10:00:00' and YourRef eq null";
    const found = await exact().call('GET', `${RECEIPTS}?$filter=${encodeURIComponent(since)}`);
    expect(rowsOf(found)).toHaveLength(1);
    const later = "Created gt datetime'2026-11-18T10:00:00'";
    expect(
      rowsOf(await exact().call('GET', `${RECEIPTS}?$filter=${encodeURIComponent(later)}`)),
    ).toEqual([]);
  });

  it('PUT merges header texts, takes back what was read, and answers 204', async () => {
    const created = await post([line(1, { QuantityReceived: 1 })], {
      Description: 'one',
      YourRef: 'keep',
    });
    const id = String(record(parsed(created)['d'])['ID']);
    const uri = `${RECEIPTS}(guid'${id}')`;
    const changed = await exact().call('PUT', uri, { Description: 'two' });
    expect([changed.status, changed.text]).toEqual([204, '']);
    const read = record(parsed(await exact().call('GET', uri))['d']);
    expect([read['Description'], read['YourRef']]).toEqual(['two', 'keep']);
    expect((await exact().call('PUT', uri, read)).status).toBe(204);
    expect((await exact().call('PUT', uri, { NotAField: 1 })).status).toBe(400);
    expect((await exact().call('PUT', uri, { ReceiptDate: null })).status).toBe(400);
    expect(list(rowsOf(await exact().call('GET', `${uri}/GoodsReceiptLines`)))).toHaveLength(1);
  });
});
