// Time travel, all the way: a receipt is recorded at the kiosk, a changed file is replayed with it
// before it comes into force, and the person at the admin page reads what differs and decides.

import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { Kiosk } from '../support/kiosk.ts';
import { Product } from '../support/product.ts';

let product: Product;
test.beforeAll(async () => {
  product = await Product.start({ env: { SCANDOCK_WORKFLOW_CHANGES: 'review' } });
});
test.afterAll(async () => {
  await product.stop();
});

test('a change that makes a difference to a recorded receipt waits, says so, and is put in force', async ({
  browser,
}) => {
  const kiosk = await Kiosk.open(browser, product.url);
  await kiosk.scanTo('item', '10000001');
  await kiosk.scanTo('quantity', 'BLT-001');
  await kiosk.scanTo('location', 'SD:OK');
  await kiosk.scan('A-01-1');
  await kiosk.lineIs('BLT-001', 'complete');
  await kiosk.finish();
  await kiosk.booked();
  await kiosk.close();

  const context = await browser.newContext({ locale: 'de-DE' });
  const admin = await context.newPage();
  await admin.goto(`${product.url}/admin`);
  await expect(admin.locator('[data-tapes]')).toContainText('1 session');

  const good = readFileSync(product.workflowsFile, 'utf8');
  const changed = good.replace('default: line.open', 'default: 1');
  expect(changed).not.toBe(good);
  writeFileSync(product.workflowsFile, changed);
  const waiting = admin.locator('[data-waiting]');
  await expect(waiting).toContainText('0 von 1 gleich; 1 bucht anders: Menge', { timeout: 60_000 });
  await expect(waiting).toContainText('1 recorded session replayed');
  // Nobody books by a replay.
  expect(await product.books.receipts()).toHaveLength(1);

  await admin.getByRole('button', { name: 'Keep the old one' }).click();
  await expect(admin.getByText('The old one stays in force')).toBeVisible();
  await expect(waiting).toContainText('Not put in force');
  await admin.getByRole('button', { name: 'Put in force' }).click();
  await expect(admin.getByText('It is in force.')).toBeVisible();
  await expect(waiting).toBeHidden();
  await expect(admin.locator('[data-change]')).toContainText('1 bucht anders: Menge');

  const file = await context.request.get(`${product.url}/admin/tapes.jsonl`);
  const lines = (await file.text()).trim().split('\n');
  expect(lines).toHaveLength(1);
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ tape: 1, workflow: 'receive' });
  await context.close();
});
