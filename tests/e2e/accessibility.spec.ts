// Everyone can read the screens: axe finds nothing on any of them, contrast included.

import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { gtinOf, itemsOf } from '../support/codes.ts';
import { Kiosk } from '../support/kiosk.ts';
import { Product } from '../support/product.ts';

let product: Product;
test.beforeAll(async () => {
  product = await Product.start();
});
test.afterAll(async () => {
  await product.stop();
});

async function expectNoViolations(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`)).toEqual([]);
}

test('the kiosk, from the list of orders to the end of one', async ({ browser }) => {
  const items = await itemsOf(product.books, ['BLT-001', 'PNT-001']);
  const kiosk = await Kiosk.open(browser, product.url);
  await expectNoViolations(kiosk.page);
  await kiosk.scanTo('item', '10000001');
  await expectNoViolations(kiosk.page);
  await kiosk.scan('no such code');
  await expect(kiosk.page.getByTestId('fault-panel')).toBeVisible();
  await expectNoViolations(kiosk.page);
  await kiosk.scanTo('batch', `01${gtinOf(items, 'PNT-001')}`);
  await expectNoViolations(kiosk.page);
  await kiosk.scanTo('item', 'SD:CANCEL');
  await kiosk.scanTo('quantity', `01${gtinOf(items, 'BLT-001')}`);
  await expectNoViolations(kiosk.page);
  await kiosk.scanTo('location', 'SD:OK');
  await expectNoViolations(kiosk.page);
  // Not OK once more: the same code within 700 ms is one scan.
  await kiosk.scan('A-01-1');
  await kiosk.lineIs('BLT-001', 'complete');
  await kiosk.scanTo('close', 'SD:FINISH');
  await expectNoViolations(kiosk.page);
  await kiosk.scanTo('done', 'SD:OK');
  await expectNoViolations(kiosk.page);
});

test('the postings, the calls and the mirror', async ({ page }) => {
  for (const path of ['/admin/postings', '/admin/loads', '/admin/calls', '/admin/mirror']) {
    await page.goto(`${product.url}${path}`);
    // What is folded is read too.
    for (const summary of await page.locator('summary').all()) await summary.click();
    await expectNoViolations(page);
  }
});

test('the admin page and the sheet of barcodes', async ({ page }) => {
  await page.goto(`${product.url}/admin`);
  await expectNoViolations(page);
  await page.goto(`${product.url}/sheet`);
  await expectNoViolations(page);
});
