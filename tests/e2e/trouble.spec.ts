// What goes wrong on a real floor. However it goes wrong: what was green is in the books, once
// (I-01, I-02, I-03, I-13). Each test takes an order of its own.

import { expect, test } from '@playwright/test';
import { gtinOf, itemsOf } from '../support/codes.ts';
import type { Items } from '../support/codes.ts';
import { Kiosk } from '../support/kiosk.ts';
import { Product } from '../support/product.ts';

const ORDER = '10000001';

let product: Product;
let items: Items;
let boltsBefore: number;
test.beforeEach(async () => {
  product = await Product.start();
  items = await itemsOf(product.books, ['BLT-001', 'FLT-001', 'SNS-001']);
  boltsBefore = await product.books.stockOf('BLT-001');
});
test.afterEach(async () => {
  await product.stop();
});

/** Receives 24 bolts whole, up to the green line. */
async function receiveBolts(kiosk: Kiosk): Promise<void> {
  await kiosk.scanTo('item', ORDER);
  await kiosk.scanTo('location', `01${gtinOf(items, 'BLT-001')}3024`);
  await kiosk.scan('A-01-1');
  await kiosk.lineIs('BLT-001', 'complete');
}

async function expectOneReceipt(): Promise<void> {
  const receipts = await product.books.receipts();
  expect(receipts.map((receipt) => receipt.lines)).toEqual([
    [{ item: 'BLT-001', quantity: 24, location: 'A-01-1', batches: [], serials: [] }],
  ]);
  expect(await product.books.stockOf('BLT-001')).toBe(boltsBefore + 24);
}

test('I-03: the hub is killed between acceptance and posting', async ({ browser }) => {
  const kiosk = await Kiosk.open(browser, product.url);
  await receiveBolts(kiosk);
  await kiosk.finish();
  // At once: the POST may be still to come, under way, or applied. Nobody can tell from here.
  await product.killHub();
  await product.startHub();
  await kiosk.hubIs('connected');
  await kiosk.booked(45_000);
  await expectOneReceipt();
});

test('I-03: the hub is killed while Exact works on the POST', async ({ browser }) => {
  const kiosk = await Kiosk.open(browser, product.url);
  await receiveBolts(kiosk);
  await product.books.fault('delay-answer', { delayMs: 5_000 });
  await kiosk.finish();
  await expect.poll(async () => (await product.books.receipts()).length).toBe(1);
  await product.killHub();
  await product.startHub();
  await kiosk.hubIs('connected');
  await kiosk.booked(45_000);
  await expectOneReceipt();
});

test('I-03: the answer of the POST is lost after Exact applied it', async ({ browser }) => {
  const kiosk = await Kiosk.open(browser, product.url);
  await product.books.fault('lose-answer');
  await receiveBolts(kiosk);
  await kiosk.finish();
  await kiosk.booked();
  await expectOneReceipt();
});

test('I-04: what Exact rejects is shown with its own words, and sent once', async ({ browser }) => {
  const kiosk = await Kiosk.open(browser, product.url);
  await product.books.fault('status-500-message', { message: 'The period is closed' });
  await receiveBolts(kiosk);
  await kiosk.finish();
  const admin = await browser.newPage();
  await admin.goto(`${product.url}/admin`);
  await expect(admin.getByText('The period is closed').first()).toBeVisible({ timeout: 20_000 });
  // Nobody but a person may send it again: time passes, and it is not.
  await admin.waitForTimeout(5_000);
  expect(await product.books.receiptsSent()).toBe(1);
  expect(await product.books.receipts()).toEqual([]);
});

test('I-13: the browser is reloaded in the middle of a line', async ({ browser }) => {
  const kiosk = await Kiosk.open(browser, product.url);
  await kiosk.scanTo('item', ORDER);
  await kiosk.scanTo('serial', `01${gtinOf(items, 'SNS-001')}21S-1`);
  await kiosk.scan(`01${gtinOf(items, 'SNS-001')}21S-2`);
  await expect(kiosk.page.getByTestId('serial-count')).toContainText('2');
  await kiosk.reload();
  await kiosk.at('serial');
  await expect(kiosk.page.getByTestId('serial-count')).toContainText('2');
  await kiosk.scanTo('location', `01${gtinOf(items, 'SNS-001')}21S-3`);
  await kiosk.scan('A-02-1');
  await kiosk.lineIs('SNS-001', 'complete');
  await kiosk.finish();
  await kiosk.booked();
  const [receipt, second] = await product.books.receipts();
  expect(second).toBeUndefined();
  expect(receipt?.lines[0]?.serials).toEqual(['S-1', 'S-2', 'S-3']);
});
