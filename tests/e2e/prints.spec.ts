// A label from the floor to the paper: asked for by a step, shown at the kiosk, listed for the office
// with a page to print, marked by whoever printed it, and asked for once more by a touch.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { gtinOf, itemsOf } from '../support/codes.ts';
import { Kiosk } from '../support/kiosk.ts';
import { Product } from '../support/product.ts';

const shipped = readFileSync(join(import.meta.dirname, '../../workflows.yaml'), 'utf8');
/** Behind the line of a receipt: the first flow of the file. */
const PRINTING = shipped.replace(
  '      - confirm: line\n',
  '      - confirm: line\n      - print: item\n        copies: 2\n',
);

let product: Product;
test.beforeAll(async () => {
  product = await Product.start({ workflows: PRINTING });
});
test.afterAll(async () => {
  await product.stop();
});

async function expectNoViolations(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`)).toEqual([]);
}

test('I-02: a label is asked for with its line, printed by a person, and once more by a touch', async ({
  browser,
  page,
}) => {
  const items = await itemsOf(product.books, ['BLT-001']);
  const kiosk = await Kiosk.open(browser, product.url);
  await kiosk.scanTo('item', '10000001');
  await kiosk.scanTo('location', `01${gtinOf(items, 'BLT-001')}3024`);
  await kiosk.scan('A-01-1');
  await kiosk.lineIs('BLT-001', 'complete');
  await expect(kiosk.page.getByTestId('labels')).toContainText('2 labels asked for: BLT-001');
  await expectNoViolations(kiosk.page);

  await page.goto(`${product.url}/admin/prints`);
  const waiting = page.locator('[data-print]');
  await expect(waiting).toHaveCount(1);
  await expect(waiting).toContainText('2 labels of item BLT-001');
  await expect(waiting).toContainText('from dock-1, order 10000001');
  await expectNoViolations(page);

  // While it waits, once more is the same piece of work.
  await kiosk.page.getByTestId('action-PRINT').click();
  await expect(kiosk.page.getByTestId('labels')).toContainText('once more');
  await expect(async () => {
    await page.reload();
    await expect(waiting).toContainText('Asked for 2 times', { timeout: 500 });
  }).toPass();
  await expect(waiting).toHaveCount(1);

  await page.getByRole('link', { name: 'Open the page to print' }).click();
  await expect(page.locator('[data-label]')).toHaveCount(2);
  await expect(page.locator('[data-label] img').first()).toHaveAttribute('alt', /^EAN-13: \d{13}$/);
  await expectNoViolations(page);
  // On paper nothing but the labels is left, each with its code drawn.
  await page.emulateMedia({ media: 'print' });
  await expect(page.getByRole('button', { name: 'Print' })).toBeHidden();
  const drawn = page.locator('[data-label] img').first();
  expect(await drawn.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(50);
  await page.emulateMedia({ media: 'screen' });

  await page.goto(`${product.url}/admin/prints`);
  await waiting.getByLabel('Your name, for the record').fill('Nadia');
  await waiting.getByRole('button', { name: 'Printed' }).click();
  await expect(page.getByText('It is marked as printed.')).toBeVisible();
  await expect(waiting).toHaveCount(0);
  await expect(page.locator('[data-done]')).toContainText('printed by Nadia');

  // It was printed: now once more is new work, and says so.
  await kiosk.page.getByTestId('action-PRINT').click();
  await expect(async () => {
    await page.reload();
    await expect(waiting).toContainText('Once more', { timeout: 500 });
  }).toPass();
});
