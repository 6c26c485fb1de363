// The admin pages at work: what Exact rejected goes once more after a person corrected it, what was
// booked is taken back once, and the list leaves as a file.

import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import type { Browser } from '@playwright/test';
import { gtinOf, itemsOf } from '../support/codes.ts';
import { Kiosk } from '../support/kiosk.ts';
import { Product } from '../support/product.ts';

const ORDER = '10000001';

let product: Product;
let boltsBefore: number;
test.beforeEach(async () => {
  product = await Product.start();
  boltsBefore = await product.books.stockOf('BLT-001');
});
test.afterEach(async () => {
  await product.stop();
});

/** 24 bolts of one order, all the way to the end of the session. */
async function receiveBolts(browser: Browser): Promise<Kiosk> {
  const items = await itemsOf(product.books, ['BLT-001']);
  const kiosk = await Kiosk.open(browser, product.url);
  await kiosk.scanTo('item', ORDER);
  await kiosk.scanTo('location', `01${gtinOf(items, 'BLT-001')}3024`);
  await kiosk.scan('A-01-1');
  await kiosk.lineIs('BLT-001', 'complete');
  await kiosk.finish();
  return kiosk;
}

test('I-04: a rejected posting is handed to a person, corrected, and sent once more', async ({
  browser,
  page,
}) => {
  await product.books.fault('status-500-message', { message: '=The period is closed' });
  const kiosk = await receiveBolts(browser);
  await page.goto(`${product.url}/admin/postings`);
  const rejected = page.locator('[data-rejected]');
  await expect(rejected).toContainText('The period is closed', { timeout: 20_000 });
  await rejected.getByText('Hand to a person').click();
  await rejected.getByLabel('Who deals with it').fill('Nadia');
  await rejected.getByLabel('What they should know').fill('Open the period');
  await rejected.getByRole('button', { name: 'Hand over' }).click();
  await expect(rejected.locator('[data-assigned]')).toContainText('With Nadia');

  // The file of the rejected ones: Exact's words can't become a formula in a spreadsheet.
  await page.getByLabel('State').selectOption('rejected');
  await page.getByRole('button', { name: 'Show' }).click();
  await expect(page).toHaveURL(/state=rejected/);
  const coming = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Export as CSV' }).click();
  const text = readFileSync(await (await coming).path(), 'utf8');
  expect(text.startsWith('\u{FEFF}Kind,About,State,')).toBe(true);
  expect(text.trimEnd().split('\r\n')).toHaveLength(2);
  expect(text).toContain(`\r\nGoods receipt,${ORDER},rejected,1,1,1,,`);
  expect(text).toMatch(/,'=The period is closed,/);

  await rejected.getByLabel('Reason, for the record').fill('The period is open again');
  await rejected.getByRole('button', { name: 'Corrected: send once more' }).click();
  await expect(page.getByRole('alert')).toContainText('It is sent once more.');
  await kiosk.booked();
  await expect(rejected).toHaveCount(0);
  expect(await product.books.stockOf('BLT-001')).toBe(boltsBefore + 24);
});

test('a booked receipt is taken back once, and the books are as before', async ({
  browser,
  page,
}) => {
  const kiosk = await receiveBolts(browser);
  await kiosk.booked();
  await page.goto(`${product.url}/admin/postings`);
  const receipt = page.locator('[data-kind="goodsReceipt"]');
  await receipt.getByText('Reverse …').click();
  await receipt.getByLabel('Why it is taken back').fill('Delivered to the wrong dock');
  await receipt.getByRole('button', { name: 'Reverse in Exact' }).click();
  await expect(page.getByRole('alert')).toContainText('It is being taken back');
  const back = page.locator('[data-kind="purchaseReturn"]');
  await expect(back).toHaveAttribute('data-state', 'posted', { timeout: 20_000 });
  // A second time is not offered.
  await expect(receipt.getByText('Reverse …')).toHaveCount(0);
  expect(await product.books.stockOf('BLT-001')).toBe(boltsBefore);
});
