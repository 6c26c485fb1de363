// What the office reads of a posting that is on no order.

import { expect, it } from 'vitest';
import type { Posting } from '../../domain/index.ts';
import { aboutOf } from './posting-about.ts';

const named = (id: string) => Promise.resolve({ id, code: id.toUpperCase() });
const none = () => Promise.resolve(undefined);
// Names are all that is asked of these records.
const names = (known = true) =>
  (known
    ? { item: named, warehouse: named, location: named }
    : { item: none, warehouse: none, location: none }) as unknown as Parameters<typeof aboutOf>[1];
const about = (posting: object, known?: boolean) =>
  aboutOf(
    { id: 'p', marker: 'SD1', document: 'd', commands: [], ...posting } as unknown as Posting,
    names(known),
  );
const line = (item: string, fromLocation?: string, toLocation?: string) => ({
  ...{ item, quantity: 1, fromLocation, toLocation },
});

it('is where goods went from and to, and which, two of them by name', async () => {
  const moved = { kind: 'locationTransfer', warehouse: 'main' };
  expect(await about({ ...moved, lines: [line('bolt', 'a-1', 'b-1')] })).toBe('A-1 → B-1: BOLT');
  const lines = ['bolt', 'nut', 'cap', 'pin', 'bolt'].map((item) => line(item, 'a-1', 'b-1'));
  expect(await about({ ...moved, lines })).toBe('A-1 → B-1: BOLT, NUT and 2 more');
});

it('is the warehouse where that has no places', async () => {
  const moved = { kind: 'warehouseTransfer', fromWarehouse: 'main', toWarehouse: 'east' };
  expect(await about({ ...moved, lines: [line('bolt', 'a-1')] })).toBe('A-1 → EAST: BOLT');
});

it('is what was counted and where', async () => {
  const lines = [{ item: 'bolt', location: 'a-1', found: { kind: 'counted', quantity: 0 } }];
  expect(await about({ kind: 'stockCount', warehouse: 'main', lines })).toBe('A-1: BOLT');
});

it('says ids of what is not here any more, and nothing of what is on an order', async () => {
  const lines = [line('bolt', 'a-1', 'b-1')];
  const moved = { kind: 'locationTransfer', warehouse: 'main', lines };
  expect(await about(moved, false)).toBe('a-1 → b-1: bolt');
  expect(await about({ kind: 'goodsReceipt', lines })).toBeUndefined();
});
