// An order that comes whole, line by line as it is touched, with a scanner that types a stand-in for
// FNC1. What each kind of goods becomes in Exact, the stories tell (stories.spec.ts).

import { expect, test } from '@playwright/test';
import { Kiosk } from '../support/kiosk.ts';
import { Product } from '../support/product.ts';

let product: Product;
test.beforeAll(async () => {
  product = await Product.start();
});
test.afterAll(async () => {
  await product.stop();
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
  const [receipt] = await product.books.receipts();
  const number = kiosk.page.getByTestId('receipt-number').first();
  await expect(number).toContainText(String(receipt?.number));
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
