// Bad input and absent neighbours: what is wrong is said plainly, and nothing else changes.

import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
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

test('I-12: a faulty workflows.yaml changes nothing and shows its diagnostics', async ({
  browser,
}) => {
  const good = readFileSync(product.workflowsFile, 'utf8');
  const kiosk = await Kiosk.open(browser, product.url);
  await kiosk.scanTo('item', '10000002');
  const admin = await browser.newPage();
  await admin.goto(`${product.url}/admin`);

  // The proof runs on a thread of its own, and has the machine for itself as little as we do.
  const timeout = 30_000;
  writeFileSync(product.workflowsFile, good.replace('item.hasExpiry', 'item.hasExpiri'));
  await expect(admin.getByText('Did you mean item.hasExpiry?')).toBeVisible({ timeout });
  const line = good.split('\n').findIndex((row) => row.includes('item.hasExpiry')) + 1;
  await expect(admin.getByText(new RegExp(`\\b${line}\\b`)).first()).toBeVisible();
  // The floor does not notice: the session goes on, and new ones begin with the old file.
  await kiosk.scan('SD:BACK');
  await kiosk.scanTo('item', '10000002');

  writeFileSync(product.workflowsFile, good.replace('tolerance: 10%', 'tolerance: 20%'));
  await expect(admin.getByText('Did you mean item.hasExpiry?')).toBeHidden({ timeout });
  await kiosk.scan('SD:BACK');
  await kiosk.close();
  await admin.close();
});

test('I-14: a foreign code, a damaged one and an order of another warehouse are named and change nothing', async ({
  browser,
}) => {
  const items = await itemsOf(product.books, ['BLT-001']);
  const kiosk = await Kiosk.open(browser, product.url);
  const fault = kiosk.page.getByTestId('fault-panel');
  await kiosk.scanTo('item', '10000001');
  const cases = [
    ['4006381333931', 'scan.unknown-code'],
    [`]C101${gtinOf(items, 'BLT-001').slice(0, 13)}9`, 'scan.check-digit'],
    ['10000003', 'step.order-elsewhere'],
  ] as const;
  for (const [code, expected] of cases) {
    await kiosk.scan(code);
    await expect(fault).toHaveAttribute('data-fault', expected);
    await expect(kiosk.page.getByTestId('fault-read')).toContainText(code.replace(']C1', ''));
    await kiosk.at('item');
  }
  await kiosk.lineSays('BLT-001', '0 / 24');
  await kiosk.close();
});

test('the simulator is down: work goes on, the admin page says so, and it is posted later', async ({
  browser,
}) => {
  test.setTimeout(150_000);
  const items = await itemsOf(product.books, ['BLT-001']);
  await product.killSimulator();
  const kiosk = await Kiosk.open(browser, product.url);
  await kiosk.scanTo('item', '10000001');
  await kiosk.scanTo('location', `01${gtinOf(items, 'BLT-001')}3024`);
  await kiosk.scan('A-01-1');
  await kiosk.lineIs('BLT-001', 'complete');
  await kiosk.finish();
  const stages = kiosk.page.getByTestId('stages');
  await expect(stages).toHaveAttribute('data-stage', 'confirmed');
  const admin = await browser.newPage();
  await admin.goto(`${product.url}/admin`);
  await expect(admin.getByText(/Does not answer/).first()).toBeVisible({
    timeout: 30_000,
  });
  await product.startSimulator();
  await kiosk.booked(90_000);
  expect((await product.books.receipts()).map((receipt) => receipt.lines.length)).toEqual([1]);
  await admin.close();
});
