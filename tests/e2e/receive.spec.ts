// The way of one scan, all the way: a scanner types GS1 strings into a real Chromium, and what
// stands in Exact afterwards is read from Exact. One order with a line of each kind.

import { expect, test } from '@playwright/test';
import { gtinOf, itemsOf } from '../support/codes.ts';
import { Product } from '../support/product.ts';
import { Scanner } from '../support/scanner.ts';

const GS = '\u001d';
let product: Product;

test.beforeAll(async () => {
  product = await Product.start();
});
test.afterAll(async () => {
  await product.stop();
});

test('plain, batch, expiry and serial lines of one order become one goods receipt', async ({
  page,
}) => {
  const items = await itemsOf(product.books, ['BLT-001', 'PNT-001', 'WLD-001', 'SNS-001']);
  const before = new Map<string, number>();
  for (const code of items.keys()) before.set(code, await product.books.stockOf(code));

  await page.goto(product.url);
  const scanner = await Scanner.at(page);
  const prompt = page.getByTestId('prompt');
  const line = (item: string) => page.locator(`[data-testid="line"][data-item="${item}"]`);
  await expect(page.getByTestId('orders')).toContainText('10000001');

  await scanner.scan('10000001');
  await expect(page.getByTestId('document')).toContainText('10000001');

  // A plain item with its count in the code; the place by its own label.
  await scanner.scan(`]C101${gtinOf(items, 'BLT-001')}3024`);
  await expect(page.getByTestId('kiosk')).toHaveAttribute('data-step', 'location');
  await scanner.scan('A-01-1');
  await expect(line('BLT-001')).toHaveAttribute('data-state', 'complete');

  // Batch and expiry in one code, quantity as proposed, place as suggested.
  await scanner.scan(`]C101${gtinOf(items, 'PNT-001')}1727093010P-77${GS}3020`);
  await expect(page.getByTestId('kiosk')).toHaveAttribute('data-step', 'location');
  await scanner.scan('A-01-2');
  await expect(line('PNT-001')).toHaveAttribute('data-state', 'complete');

  // The batch in a code of its own.
  await scanner.scan(`01${gtinOf(items, 'WLD-001')}`);
  await expect(page.getByTestId('kiosk')).toHaveAttribute('data-step', 'batch');
  await scanner.scan(`]C110W-2${GS}`);
  await expect(page.getByTestId('kiosk')).toHaveAttribute('data-step', 'quantity');
  await scanner.scan('SD:OK');
  await scanner.scan('A-01-1');
  await expect(line('WLD-001')).toHaveAttribute('data-state', 'complete');

  // Serial numbers, one by one; the third completes the line.
  for (const serial of ['S-1', 'S-2', 'S-3']) {
    await scanner.scan(`]C101${gtinOf(items, 'SNS-001')}21${serial}`);
  }
  await expect(page.getByTestId('kiosk')).toHaveAttribute('data-step', 'location');
  await scanner.scan('A-02-1');
  await expect(line('SNS-001')).toHaveAttribute('data-state', 'complete');

  await scanner.scan('SD:FINISH');
  await expect(page.getByTestId('kiosk')).toHaveAttribute('data-view', 'close');
  await scanner.scan('SD:OK');
  await expect(page.getByTestId('kiosk')).toHaveAttribute('data-view', 'ended');
  await expect(page.getByTestId('stages')).toHaveAttribute('data-stage', 'booked');
  await expect(prompt).toBeVisible();

  const receipts = await product.books.receipts();
  expect(receipts.map((receipt) => receipt.lines)).toEqual([
    [
      { item: 'BLT-001', quantity: 24, location: 'A-01-1', batches: [], serials: [] },
      {
        item: 'PNT-001',
        quantity: 20,
        location: 'A-01-2',
        batches: ['P-77 20 2027-09-30'],
        serials: [],
      },
      {
        item: 'SNS-001',
        quantity: 3,
        location: 'A-02-1',
        batches: [],
        serials: ['S-1', 'S-2', 'S-3'],
      },
      { item: 'WLD-001', quantity: 15, location: 'A-01-1', batches: ['W-2 15'], serials: [] },
    ],
  ]);
  for (const [code, quantity] of [
    ['BLT-001', 24],
    ['PNT-001', 20],
    ['SNS-001', 3],
    ['WLD-001', 15],
  ] as const) {
    expect(await product.books.stockOf(code), code).toBe((before.get(code) ?? 0) + quantity);
  }
  expect(await product.books.receiptStatus('10000001')).toBe(20);
  await expect(page.getByTestId('receipt-number').first()).toContainText(
    String(receipts[0]?.number),
  );
});
