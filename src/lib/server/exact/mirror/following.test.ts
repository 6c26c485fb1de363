// What a page says about other lists, also when the database fails while somebody looks: the page
// is durable, so it does not come again.

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { join } from 'node:path';
import { clock, folder, openAt } from '../../../../../tests/torture/support/disk.ts';
import type { Store } from '../../store/index.ts';
import { DELETED, DELETED_RHYTHM, ENTITIES, specOf } from './entities.ts';
import { Following } from './following.ts';
import type { ChangedRow } from './rows.ts';
import { newBeat } from './schedule.ts';
import type { Beat } from './schedule.ts';

const ITEM = '00000000-0000-4000-8000-000000000001';
const ORDER = '00000000-0000-4000-8000-000000000002';
const NEVER_MS = Number.MAX_SAFE_INTEGER;

let place: ReturnType<typeof folder>;
let store: Store;
let broken: boolean;
let beats: Beat[];
let told: string[];
let following: Following;
beforeEach(async () => {
  place = folder();
  broken = false;
  store = await openAt(join(place.path, 'hub.sqlite'), {
    before: () => {
      if (broken) throw new Error('planted');
    },
  });
  beats = [
    ...ENTITIES.map((spec, rank) => newBeat(spec.name, spec.rhythm, rank)),
    newBeat(DELETED, DELETED_RHYTHM, ENTITIES.length),
  ].map((beat) => ({ ...beat, complete: true, readMs: 0, dueMs: NEVER_MS }));
  told = [];
  const changed = (list: string) => told.push(list);
  following = new Following({ db: store.db, clock, beats, changed });
});
afterEach(async () => {
  await store.close();
  place.clean();
});

const due = () => beats.filter(({ dueMs }) => dueMs < NEVER_MS).map(({ name }) => name);
const row = (body: object, before: object | null = null): ChangedRow => ({
  ...{ id: ORDER, subject: ORDER, link: ITEM, body: JSON.stringify(body) },
  before: before === null ? null : JSON.stringify(before),
});
const position = (CurrentStock: number, PlanningIn: number) => ({
  ...{ ItemId: ITEM, Warehouse: ORDER, CurrentStock, PlanningIn, PlanningOut: 0 },
});
const page = (name: 'StockPositions' | 'PurchaseOrders', ...rows: ChangedRow[]) =>
  following.onPage(specOf(name), { rows, subjects: [ORDER] }, true);

describe('stock that moved, and planning that nobody explains', () => {
  const moved = () => page('StockPositions', row(position(5, 3), position(1, 0)));

  it('has the orders read, and what the database knows of the goods', async () => {
    await moved();
    expect(due()).toEqual(['PurchaseOrders']);
  });

  it('has every list read that it may speak of, when the database fails', async () => {
    broken = true;
    await expect(moved()).rejects.toThrow('planted');
    expect(due()).toEqual([
      ...['PurchaseOrders', 'StorageLocationStockPositions', 'StockSerialBatchNumbers'],
    ]);
    expect(told).toEqual(['StockPositions']);
    // The suspicion stands: once the orders were read, the next list of the chain is asked.
    broken = false;
    following.ended('PurchaseOrders');
    expect(due()).toContain('ShopOrders');
  });
});

describe('an order that names an item', () => {
  const named = () => page('PurchaseOrders', row({ Item: ITEM, Warehouse: null }));

  it('has the items read when it is not here', async () => {
    await named();
    expect(due()).toEqual(['Items']);
  });

  it('has every list read that it may name, when the database fails', async () => {
    broken = true;
    await expect(named()).rejects.toThrow('planted');
    expect(due()).toEqual(['Warehouses', 'Items']);
  });
});
