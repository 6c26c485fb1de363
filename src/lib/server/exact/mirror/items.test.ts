// Packs of an item, as Exact's prices and suppliers name them.

import { expect, it } from 'vitest';
import { packsOf } from './items.ts';

type Price = Parameters<typeof packsOf>[0][number];
type Supply = Parameters<typeof packsOf>[1][number];

const price = (barcode: string | null, quantity: number | null, unit = 'box') =>
  ({ Barcode: barcode, NumberOfItemsPerUnit: quantity, Unit: unit }) as Price;
const supply = (barcode: string, quantity: number, unit = 'carton') =>
  ({ Barcode: barcode, PurchaseUnitFactor: quantity, PurchaseUnit: unit }) as Supply;
const said = (prices: readonly Price[], supplies: readonly Supply[] = []) =>
  packsOf(prices, supplies).map(
    ({ barcode, quantity, unit }) => `${barcode}: ${unit} of ${quantity}`,
  );

it('a barcode that stands for two quantities is two packs: the kiosk asks which', () => {
  expect(said([price('A', 6), price('A', 12, 'case')])).toEqual(['A: box of 6', 'A: case of 12']);
  expect(said([price('A', 6)], [supply('A', 8)])).toEqual(['A: box of 6', 'A: carton of 8']);
});

it('the same of two prices or suppliers is one pack', () => {
  const twice = [supply('A', 6), supply('A', 6)];
  expect(said([price('A', 6), price('A', 6, 'BOX')], twice)).toEqual(['A: box of 6']);
});

it('what has no barcode, or holds nothing, is no pack', () => {
  expect(said([price(null, 6), price('', 6), price('A', 0), price('A', null)])).toEqual([]);
});
