// The hub is away for a minute and the work goes on (I-01). In a file of its own, and the first by
// name: the longest wait of all runs beside the other tests, not after them.

import { expect, test } from '@playwright/test';
import { gtinOf, itemsOf } from '../support/codes.ts';
import { Kiosk } from '../support/kiosk.ts';
import { Product } from '../support/product.ts';

const ORDER = '10000001';
const AWAY_MS = 60_000;

let product: Product;
test.beforeEach(async () => {
  product = await Product.start();
});
test.afterEach(async () => {
  await product.stop();
});

test('I-01: the hub is away for a minute and the work goes on', async ({ browser }) => {
  test.setTimeout(180_000);
  const { books } = product;
  const items = await itemsOf(books, ['BLT-001']);
  const before = await books.stockOf('BLT-001');
  const kiosk = await Kiosk.open(browser, product.url);
  await kiosk.scanTo('item', ORDER);
  await product.killHub();
  const awaySince = Date.now();
  await kiosk.hubIs('away');
  await kiosk.scanTo('location', `01${gtinOf(items, 'BLT-001')}3024`);
  await kiosk.scan('A-01-1');
  await kiosk.lineIs('BLT-001', 'complete');
  await expect(kiosk.page.getByTestId('waiting-count')).toContainText('1');
  await kiosk.page.waitForTimeout(Math.max(0, AWAY_MS - (Date.now() - awaySince)));
  await kiosk.finish();
  await product.startHub();
  await kiosk.hubIs('connected', 60_000);
  await kiosk.booked(60_000);
  const receipts = await books.receipts();
  expect(receipts.map((receipt) => receipt.lines)).toEqual([
    [{ item: 'BLT-001', quantity: 24, location: 'A-01-1', batches: [], serials: [] }],
  ]);
  expect(await books.stockOf('BLT-001')).toBe(before + 24);
});
