// A sales order goes out, all the way: chosen from the menu of a hand-held station, picked by
// scanning, and what stands in Exact afterwards is read from Exact.

import { expect, test } from '@playwright/test';
import * as z from 'zod';
import { gtinOf, itemsOf } from '../support/codes.ts';
import { Product } from '../support/product.ts';
import { Scanner } from '../support/scanner.ts';

const ORDER = '20000011';
const GS = '\u001d';
const PICKED = [
  ['SCR-001', 24],
  ['DSC-001', 5],
  ['PMP-001', 2],
] as const;
const delivery = z.object({ DeliveryNumber: z.number(), Description: z.string().nullable() });

let product: Product;
test.beforeAll(async () => {
  product = await Product.start();
  await product.mirrored();
});
test.afterAll(async () => {
  await product.stop();
});

test('plain, batch and serial lines of a sales order become exactly one goods delivery', async ({
  page,
}) => {
  const { books } = product;
  const codes = PICKED.map(([code]) => code);
  const items = await itemsOf(books, codes);
  const before = new Map<string, number>();
  for (const code of codes) before.set(code, await books.stockOf(code));

  await page.goto(`${product.url}/?station=hand-1&lang=en`);
  await page.getByText('Pick', { exact: true }).click();
  await expect(page.getByTestId('orders')).toContainText(ORDER, { timeout: 60_000 });
  const kiosk = page.getByTestId('kiosk');
  const scanner = await Scanner.at(page);
  const scanTo = async (step: string, code: string) => {
    await scanner.scan(code);
    await expect(kiosk).toHaveAttribute('data-step', step);
  };
  const line = (item: string) => page.locator(`[data-testid="line"][data-item="${item}"]`);

  await scanTo('item', ORDER);
  // The count stands in the code; the place is the one that is suggested.
  await scanTo('location', `]C101${gtinOf(items, 'SCR-001')}3024`);
  await expect(page.getByTestId('suggestion')).toContainText('A-01-1');
  await scanTo('item', 'SD:OK');
  await expect(line('SCR-001')).toHaveAttribute('data-state', 'complete');
  // One place holds five of the six: the sixth stays open.
  await scanTo('location', `01${gtinOf(items, 'DSC-001')}`);
  await scanTo('batch', 'A-02-1');
  await scanTo('item', `]C110DEL-B1${GS}305`);
  await expect(line('DSC-001')).toHaveAttribute('data-state', 'partial');
  await scanTo('location', `]C101${gtinOf(items, 'PMP-001')}21DEL-S1`);
  await scanTo('serial', 'A-03-1');
  await scanTo('item', 'DEL-S2');
  await expect(line('PMP-001')).toHaveAttribute('data-state', 'complete');
  await scanTo('close', 'SD:FINISH');
  await scanTo('done', 'SD:OK');
  const stages = page.getByTestId('stages');
  await expect(stages).toHaveAttribute('data-stage', 'booked', { timeout: 30_000 });

  const made = await books.list(delivery, 'salesorder/GoodsDeliveries', {
    $select: 'DeliveryNumber,Description',
  });
  expect(made.filter(({ Description }) => Description?.startsWith('SD') === true)).toHaveLength(1);
  for (const [code, quantity] of PICKED) {
    expect(await books.stockOf(code), code).toBe((before.get(code) ?? 0) - quantity);
  }
});
