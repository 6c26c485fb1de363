// Looking up, on a real database: what lies where by every way in, each found by an index, bounded,
// and no sum beside what it is the sum of.

import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { folder, openAt } from '../../../../tests/torture/support/disk.ts';
import { LIMITS } from '../../domain/index.ts';
import type { LookQuestion } from '../../domain/index.ts';
import type { Store } from '../store/index.ts';
import { lookUp } from './look-desk.ts';
import { lying } from './look-stock.ts';

let place: ReturnType<typeof folder>;
let store: Store;
let rows = 0;

beforeEach(async () => {
  place = folder();
  store = await openAt(`${place.path}/hub.sqlite`);
});
afterEach(async () => {
  await store.close();
  place.clean();
});

async function row(entity: string, subject: string, body: object, link = ''): Promise<string> {
  const id = `row-${(rows += 1)}`;
  await sql`INSERT INTO mirror_row (entity, id, body, subject, link)
    VALUES (${entity}, ${id}, ${JSON.stringify(body)}, ${subject}, ${link})`.execute(store.db);
  return id;
}

const at = (StorageLocation: string | null, Stock: number) => ({
  ...{ Warehouse: 'w', StorageLocation, Stock },
});

async function moved(item: string, number: string, location: string | null, quantity: number) {
  const place = { Warehouse: 'w', StorageLocation: location };
  const body = { SerialBatchNumber: number, ...place, Quantity: quantity, IsDraft: false };
  await row('StockSerialBatchNumbers', item, body, number);
}

async function batch(item: string, number: string, EndDate: string | null, IsBlocked = false) {
  return row('SerialBatchNumbers', item, { SerialBatchNumber: number, EndDate, IsBlocked });
}

const named = <T extends object>(more: (id: string) => T) => {
  return (id: string) =>
    Promise.resolve({ id, code: id.toUpperCase(), name: `the ${id}`, ...more(id) });
};
const names = {
  item: named(() => ({
    ...({ unit: 'pc', tracking: 'none', hasExpiry: false, fractions: false, packs: [] } as const),
    ...{ supplierCodes: [], defaultLocations: {} },
  })),
  warehouse: named(() => ({ usesLocations: true })),
  location: named(() => ({ warehouseId: 'w' })),
  warm: () => Promise.resolve(),
};

async function look(ask: LookQuestion) {
  const { lies, more } = await lookUp(ask, names, (about) => lying(store.db, about));
  const said = lies.map(
    ({ goods, location, warehouse, number = '', expiry = '', quantity, blocked }) =>
      [goods.code, location?.code ?? warehouse, number, expiry, quantity, blocked ? 'blocked' : '']
        .filter((part) => part !== '')
        .join(' '),
  );
  return { said, more };
}

describe('what lies where', () => {
  beforeEach(async () => {
    await row('StockPositions', 'bolt', { Warehouse: 'w', CurrentStock: 45 });
    await row('StorageLocationStockPositions', 'bolt', at('a', 30));
    await row('StorageLocationStockPositions', 'bolt', at('b', 12));
    await row('StorageLocationStockPositions', 'milk', at('a', 7));
    const [old, young] = [
      await batch('milk', 'L77', '2027-03-31'),
      await batch('milk', 'l78', null, true),
    ];
    await moved('milk', old, 'a', 9);
    await moved('milk', old, 'a', -4);
    await moved('milk', young, 'a', 2);
    await moved('milk', young, 'b', 3);
    await moved('milk', young, 'b', -3);
  });

  it('of an item: place by place, and what nobody has put away', async () => {
    const { said } = await look({ kind: 'item', id: 'bolt' });
    expect(said).toEqual(['BOLT the w 3', 'BOLT A 30', 'BOLT B 12']);
  });

  it('of an item with batches: the sum of their movements, what expires first first', async () => {
    const { said } = await look({ kind: 'item', id: 'milk' });
    expect(said).toEqual(['MILK A L77 2027-03-31 5', 'MILK A l78 2 blocked']);
    const one = await look({ kind: 'item', id: 'milk', number: 'L78' });
    expect(one.said).toEqual(['MILK A l78 2 blocked']);
  });

  it('in a place: goods with numbers by their numbers, and not once more as a sum', async () => {
    const { said } = await look({ kind: 'location', id: 'a' });
    expect(said).toEqual(['MILK A L77 2027-03-31 5', 'BOLT A 30', 'MILK A l78 2 blocked']);
  });

  it('of a number, in capitals or not; of one that nobody knows nothing', async () => {
    expect((await look({ kind: 'number', number: 'l77' })).said).toEqual([
      'MILK A L77 2027-03-31 5',
    ]);
    expect(await look({ kind: 'number', number: 'nobody' })).toEqual({ said: [], more: 0 });
  });
});

it('what is too much for a screen is told as a number', async () => {
  for (let n = 0; n < LIMITS.lookRows + 2; n += 1) {
    await row('StorageLocationStockPositions', `item-${n}`, at('a', 1));
  }
  const { said, more } = await look({ kind: 'location', id: 'a' });
  expect([said.length, more]).toEqual([LIMITS.lookRows, 2]);
});

it('every way in has an index: nobody waits while a list is walked', async () => {
  const queries: Record<string, string> = {
    mirror_stock_in_place: `SELECT 1 FROM mirror_row m WHERE
      m.entity = 'StorageLocationStockPositions' AND m.body ->> '$.StorageLocation' = 'a'`,
    mirror_numbers_in_place: `SELECT 1 FROM mirror_row m WHERE
      m.entity = 'StockSerialBatchNumbers' AND m.body ->> '$.StorageLocation' = 'a'`,
    mirror_by_number: `SELECT 1 FROM mirror_row b WHERE b.entity = 'SerialBatchNumbers'
      AND lower(b.body ->> '$.SerialBatchNumber') = lower('A')`,
  };
  for (const [index, query] of Object.entries(queries)) {
    const { rows: plan } = await sql<{
      detail: string;
    }>`EXPLAIN QUERY PLAN ${sql.raw(query)}`.execute(store.db);
    expect(plan.map(({ detail }) => detail).join(' ')).toContain(index);
  }
});
