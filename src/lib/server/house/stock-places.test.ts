// Which of an item's places a line names first: what expires, then the walk, then the code.

import { expect, it } from 'vitest';
import { sourcesOf } from './stock-places.ts';
import type { StockPlace } from './stock-places.ts';

const place = (locationId: string, expiry: string | null = null): StockPlace => ({
  ...{ warehouseId: 'w', locationId, batch: null, expiry, quantity: 5 },
});
const LOCATIONS = new Map([
  ['a', { id: 'a', code: 'A-1' }],
  ['b', { id: 'b', code: 'B-1', sequence: 20 }],
  ['c', { id: 'c', code: 'C-1', sequence: 10 }],
]);
const choice = { warehouseId: 'w', usesLocations: true, locations: LOCATIONS, today: '2026-03-02' };

it('goods that do not expire come in walking order; a place without a turn is last', () => {
  const sources = sourcesOf([place('a'), place('b'), place('c')], choice);
  expect(sources.map(({ location }) => location?.code)).toEqual(['C-1', 'B-1', 'A-1']);
  expect(sources.map(({ sequence }) => sequence)).toEqual([10, 20, undefined]);
  expect(sources[0]?.location).toEqual({ id: 'c', code: 'C-1' });
});

it('what expires first is first, wherever it lies', () => {
  const sources = sourcesOf([place('c', '2026-12-01'), place('a', '2026-06-01')], choice);
  expect(sources.map(({ location }) => location?.code)).toEqual(['A-1', 'C-1']);
});

it('what stands in a truck is nobody else’s: it was sent to somebody', () => {
  const choose = (onTheWay?: readonly string[]) =>
    sourcesOf([place('a'), place('b'), place('c')], { ...choice, ...(onTheWay && { onTheWay }) });
  expect(choose(['C-*', 'X-*']).map(({ location }) => location?.code)).toEqual(['B-1', 'A-1']);
  expect(choose([]).map(({ location }) => location?.code)).toEqual(
    choose().map((one) => one.location?.code),
  );
});
