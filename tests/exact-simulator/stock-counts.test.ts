/*
 * Stock counts: what is refused, and what may change in drafts.
 */
import { describe, expect, it } from 'vitest';
import { COUNTS, countsAt, LINES, serials } from './count-bodies.ts';
import { documentStage, type Fields } from './document-stage.ts';
import { messageOf, only, rowsOf } from './helpers.ts';

const stage = documentStage();
const { call, exact, made, numberStock, rows, shelf, stockAt, warehouse } = stage;
const { draft, items, linesOf, post, process } = countsAt(stage);

describe('what is refused', () => {
  it('missing mandatory fields and quantities', async () => {
    const bare = await call('POST', COUNTS, { StockCountLines: [{}] });
    expect(bare.status).toBe(400);
    expect(messageOf(bare).split('\r\n')).toEqual([
      ...['Mandatory: StockCountDate', 'Mandatory: Warehouse', 'Mandatory: Item'],
    ]);
    const { plain } = await items();
    const none = [{ Item: plain, StorageLocation: await shelf('A-01-1') }];
    expect((await post(none)).status).toBe(400);
    expect((await call('POST', LINES, { Item: plain, QuantityNew: 1 })).status).toBe(400);
  });

  it('a line without location where there are locations, in the known words', async () => {
    const { plain } = await items();
    const answer = await post([{ Item: plain, QuantityDifference: -5 }]);
    expect(answer.status).toBe(500);
    expect(messageOf(answer)).toBe('StorageLocation is mandatory');
  });

  it('one item twice at a place, foreign locations, statuses, fractions, unlinked items', async () => {
    const { plain } = await items();
    const at = { Item: plain, StorageLocation: await shelf('A-01-1') };
    expect(
      (
        await post([
          { ...at, QuantityNew: 1 },
          { ...at, QuantityNew: 2 },
        ])
      ).status,
    ).toBe(500);
    const two = [
      { ...at, QuantityNew: 1 },
      { ...at, StorageLocation: await shelf('A-01-2'), QuantityNew: 2 },
    ];
    expect((await post(two)).status).toBe(201);
    expect((await post([{ ...at, QuantityNew: 1.5 }])).status).toBe(500);
    expect((await post([{ ...at, QuantityNew: -1 }])).status).toBe(500);
    expect((await post([{ ...at, QuantityNew: 1 }], { Status: 20 })).status).toBe(500);
    const other = { Warehouse: await warehouse('2') };
    expect((await post([{ ...at, QuantityNew: 1 }], other)).status).toBe(500);
    const linked = await rows("inventory/ItemWarehouses?$filter=WarehouseCode eq '2'");
    const all = await rows('logistics/Items?$select=ID,Code');
    const free = all.find((item) => linked.every((link) => link['Item'] !== item['ID']));
    expect((await post([{ Item: free?.['ID'], QuantityNew: 1 }], other)).status).toBe(500);
  });

  it('numbers that exceed the difference, or leave without being there', async () => {
    const { expiry, serial } = await items();
    const at = { Item: expiry, StorageLocation: await shelf('A-01-2') };
    const wrong: Fields[] = [
      { ...at, QuantityDifference: -2, BatchNumbers: [{ BatchNumber: 'DEL-E1', Quantity: 3 }] },
      { ...at, QuantityDifference: -2, BatchNumbers: [{ BatchNumber: 'NEW', Quantity: 2 }] },
      { ...at, QuantityDifference: -2, BatchNumbers: [{ BatchNumber: 'DEL-E2', Quantity: 2 }] },
      {
        Item: serial,
        StorageLocation: at.StorageLocation,
        QuantityDifference: 1,
        ...serials('DEL-S1'),
      },
    ];
    for (const line of wrong) expect((await post([line])).status).toBe(500);
    expect(await rows("inventory/BatchNumbers?$filter=BatchNumber eq 'NEW'")).toEqual([]);
  });

  it('processing at once what does not add up leaves no trace', async () => {
    const { plain, expiry } = await items();
    const before = await rows('sync/Inventory/StockPositions');
    const lines = [
      { Item: plain, StorageLocation: await shelf('A-01-1'), QuantityNew: 7 },
      { Item: expiry, StorageLocation: await shelf('A-01-2'), QuantityDifference: -2 },
    ];
    expect((await post(lines, { Status: 21 })).status).toBe(500);
    expect(await rows('sync/Inventory/StockPositions')).toEqual(before);
    expect(await rows(COUNTS)).toEqual([]);
  });

  it('status 21 from who may not process counts; a draft is fine', async () => {
    await exact().control('POST', '/rights', {
      denied: [{ endpoint: 'inventory/ProcessStockCount', action: 'POST' }],
    });
    const { plain } = await items();
    const line = { Item: plain, StorageLocation: await shelf('A-01-1'), QuantityNew: 7 };
    expect((await post([line], { Status: 21 })).status).toBe(403);
    expect((await post([line])).status).toBe(201);
  });

  it('a reason code the company does not know', async () => {
    const { plain } = await items();
    const at = { Item: plain, StorageLocation: await shelf('A-01-1'), QuantityNew: 1 };
    const known = (await rows('logistics/ReasonCodes'))[0]?.['Code'];
    expect((await post([{ ...at, ReasonCode: 'no such reason' }])).status).toBe(500);
    const count = await draft([{ ...at, ReasonCode: known }]);
    const line = only(await linesOf(count));
    expect(line['ReasonCode']).toBe(known);
    expect(line['ReasonCodeID']).not.toBeNull();
  });
});

describe('a draft', () => {
  it('moves no stock, shows both quantities, and difference beats counted', async () => {
    const { plain, serial } = await items();
    const before = await stockAt(plain, 'A-01-1');
    const count = await draft([
      { Item: plain, StorageLocation: await shelf('A-01-1'), QuantityNew: 7 },
      {
        ...{ Item: plain, StorageLocation: await shelf('RCV'), QuantityNew: 99 },
        QuantityDifference: -1,
      },
      { Item: serial, StorageLocation: await shelf('A-01-1'), QuantityNew: 0 },
    ]);
    expect(count).toMatchObject({ Status: 12, Source: 4, StockCountNumber: 1, EntryNumber: null });
    const [first, second] = await linesOf(count);
    expect(first).toMatchObject({
      ...{ QuantityNew: 7, QuantityInStock: before, QuantityDifference: 7 - before },
      ...{ StorageLocationCode: 'A-01-1', LineNumber: 1, Status: 12 },
    });
    const dock = await stockAt(plain, 'RCV');
    expect(second).toMatchObject({ QuantityDifference: -1, QuantityNew: dock - 1 });
    expect(await stockAt(plain, 'A-01-1')).toBe(before);
  });

  it('changes, takes further lines and loses some, until it is processed', async () => {
    const { plain, batch } = await items();
    const count = await draft([
      { Item: plain, StorageLocation: await shelf('A-01-1'), QuantityNew: 7 },
    ]);
    const StockCountID = count['StockCountID'];
    const uri = `${COUNTS}(guid'${String(StockCountID)}')`;
    expect((await call('PUT', uri, { Description: 'recount' })).status).toBe(204);
    expect((await call('PUT', uri, { Status: 21 })).status).toBe(500);
    expect((await call('PUT', uri, { Warehouse: await warehouse('2') })).status).toBe(500);
    const more = { StockCountID, Item: plain, StorageLocation: await shelf('C-04-2') };
    const added = await made(LINES, { ...more, QuantityNew: 3 });
    expect((await call('POST', LINES, { ...more, QuantityNew: 3 })).status).toBe(500);
    const lineUri = `${LINES}(guid'${String(added['ID'])}')`;
    expect((await call('PUT', lineUri, { Item: batch })).status).toBe(500);
    expect((await call('PUT', lineUri, { QuantityNew: 4 })).status).toBe(204);
    expect((await linesOf(count)).map((line) => line['QuantityNew']).sort()).toEqual([4, 7]);
    expect((await call('DELETE', lineUri)).status).toBe(204);
    expect((await process(count))['ErrorMessage']).toBeNull();
    const last = only(await linesOf(count));
    const lastUri = `${LINES}(guid'${String(last['ID'])}')`;
    expect((await call('PUT', uri, { Description: 'x' })).status).toBe(500);
    expect((await call('DELETE', uri)).status).toBe(500);
    expect((await call('PUT', lastUri, { QuantityNew: 1 })).status).toBe(500);
    expect((await call('DELETE', lastUri)).status).toBe(500);
    expect((await call('POST', LINES, { ...more, QuantityNew: 3 })).status).toBe(500);
  });

  it('lowering a line drops its numbers, and deleting the count leaves none', async () => {
    const { serial } = await items();
    const at = { Item: serial, StorageLocation: await shelf('A-04-1') };
    const count = await draft([{ ...at, QuantityDifference: 2, ...serials('FOUND-1', 'FOUND-2') }]);
    const line = only(await linesOf(count));
    const uri = `${LINES}(guid'${String(line['ID'])}')`;
    const bound = async () => rowsOf(await call('GET', `${uri}/SerialNumbers`));
    expect((await bound()).map((row) => [row['IsDraft'], row['StockTransactionType']])).toEqual([
      ...[
        [1, 195],
        [1, 195],
      ],
    ]);
    expect((await call('PUT', uri, { QuantityDifference: 1 })).status).toBe(204);
    expect(await bound()).toEqual([]);
    expect(await rows("inventory/SerialNumbers?$filter=SerialNumber eq 'FOUND-1'")).toEqual([]);
    const put = { QuantityDifference: 1, ...serials('FOUND-3') };
    expect((await call('PUT', uri, put)).status).toBe(204);
    expect(only(await bound())['SerialNumber']).toBe('FOUND-3');
    expect(await numberStock('FOUND-3')).toBe(0);
    const countUri = `${COUNTS}(guid'${String(count['StockCountID'])}')`;
    expect((await call('DELETE', countUri)).status).toBe(204);
    expect(await rows(LINES)).toEqual([]);
    expect(await rows("inventory/StockSerialNumbers?$filter=SerialNumber eq 'FOUND-3'")).toEqual(
      [],
    );
  });
});
