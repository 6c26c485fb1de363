// The way of one scan, all the way: a scanner types GS1 strings into a real Chromium, and what
// stands in Exact afterwards is read from Exact. One order with a line of each kind.

import { expect, test } from '@playwright/test';
import { gtinOf, itemsOf } from '../support/codes.ts';
import { Kiosk } from '../support/kiosk.ts';
import { Product } from '../support/product.ts';

const GS = '\u001d';
const RECEIVED = [
  ['BLT-001', 24],
  ['PNT-001', 20],
  ['WLD-001', 15],
  ['SNS-001', 3],
] as const;

let product: Product;
test.beforeAll(async () => {
  product = await Product.start();
});
test.afterAll(async () => {
  await product.stop();
});

async function receiveOneOfEachKind(kiosk: Kiosk, items: ReadonlyMap<string, string>) {
  await kiosk.scanTo('item', '10000001');
  // A plain item with its count in the code; the place by its own label.
  await kiosk.scanTo('location', `]C101${gtinOf(items, 'BLT-001')}3024`);
  await kiosk.scan('A-01-1');
  await kiosk.lineIs('BLT-001', 'complete');
  // Batch, expiry and count in one code.
  await kiosk.scanTo('location', `]C101${gtinOf(items, 'PNT-001')}1727093010P-77${GS}3020`);
  await kiosk.scan('A-01-2');
  await kiosk.lineIs('PNT-001', 'complete');
  // The batch in a code of its own, the quantity as proposed.
  await kiosk.scanTo('batch', `01${gtinOf(items, 'WLD-001')}`);
  await kiosk.scanTo('quantity', ']C110W-2');
  await kiosk.scanTo('location', 'SD:OK');
  await kiosk.scan('A-01-1');
  await kiosk.lineIs('WLD-001', 'complete');
  // Serial numbers, one by one; the third completes the line.
  await kiosk.scanTo('serial', `]C101${gtinOf(items, 'SNS-001')}21S-1`);
  await kiosk.scan(`]C101${gtinOf(items, 'SNS-001')}21S-2`);
  await expect(kiosk.page.getByTestId('serial-count')).toContainText('2');
  await kiosk.scanTo('location', `]C101${gtinOf(items, 'SNS-001')}21S-3`);
  await kiosk.scan('A-02-1');
  await kiosk.lineIs('SNS-001', 'complete');
}

test('plain, batch and serial lines of one order become exactly one goods receipt', async ({
  browser,
}) => {
  const { books } = product;
  const items = await itemsOf(
    books,
    RECEIVED.map(([code]) => code),
  );
  const before = new Map<string, number>();
  for (const code of items.keys()) before.set(code, await books.stockOf(code));

  const kiosk = await Kiosk.open(browser, product.url);
  await receiveOneOfEachKind(kiosk, items);
  await kiosk.finish();
  await kiosk.booked();

  const receipts = await books.receipts();
  expect(receipts.map((receipt) => receipt.lines)).toEqual([
    [
      { item: 'BLT-001', quantity: 24, location: 'A-01-1', batches: [], serials: [] },
      {
        ...{ item: 'PNT-001', quantity: 20, location: 'A-01-2' },
        ...{ batches: ['P-77 20 2027-09-30'], serials: [] },
      },
      {
        ...{ item: 'SNS-001', quantity: 3, location: 'A-02-1' },
        ...{ batches: [], serials: ['S-1', 'S-2', 'S-3'] },
      },
      { item: 'WLD-001', quantity: 15, location: 'A-01-1', batches: ['W-2 15'], serials: [] },
    ],
  ]);
  for (const [code, quantity] of RECEIVED) {
    expect(await books.stockOf(code), code).toBe((before.get(code) ?? 0) + quantity);
  }
  expect(await books.receiptStatus('10000001')).toBe(20);
  const number = String(receipts[0]?.number);
  await expect(kiosk.page.getByTestId('receipt-number').first()).toContainText(number);
  await kiosk.close();
});

test('an order that came whole is complete in Exact and leaves the list', async ({ browser }) => {
  const kiosk = await Kiosk.open(browser, product.url, 'dock-1', { fnc1: '~', suffix: 'Enter' });
  await kiosk.scanTo('item', '10000004');
  // Line by line, as touched: every kind of item in the way that its screen asks for.
  for (;;) {
    const open = kiosk.page.locator('[data-testid="line"]:not([data-state="complete"])').first();
    if ((await open.count()) === 0) break;
    const item = (await open.getAttribute('data-item')) ?? '';
    await open.click();
    await kiosk.past('item');
    await receiveTheRest(kiosk);
    await kiosk.lineIs(item, 'complete');
  }
  await kiosk.scanTo('done', 'SD:FINISH');
  await kiosk.booked();
  expect(await product.books.receiptStatus('10000004')).toBe(30);
  await kiosk.page.getByTestId('action-OK').click();
  await expect(kiosk.page.getByTestId('orders')).toContainText('10000001');
  await expect(kiosk.page.getByTestId('orders')).not.toContainText('10000004');
  await kiosk.close();
});

/** Answers whatever the line in progress asks, until it is asked for the next one. */
async function receiveTheRest(kiosk: Kiosk): Promise<void> {
  for (let serial = 1; ; serial += 1) {
    const step = await kiosk.step();
    // FNC1 as this scanner's stand-in, which the address configured.
    if (step === 'batch') await kiosk.scanPast(step, `]C110LOT-4~17300131`);
    else if (step === 'expiry') await kiosk.scanPast(step, ']C117300131');
    else if (step === 'serial') await kiosk.scan(`]C121R-${serial}`);
    else if (step === 'quantity') await kiosk.scanPast(step, 'SD:OK');
    else if (step === 'location') await kiosk.scanPast(step, 'A-01-1');
    else return;
  }
}
