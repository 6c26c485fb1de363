// Goods on their way, from the kiosk that sends them to the office's page: who, what, how many, since
// when, and that everybody can read it.

import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { gtinOf, itemsOf } from '../support/codes.ts';
import { Product } from '../support/product.ts';
import { Scanner } from '../support/scanner.ts';

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

test('what a hand terminal sends stands on the page until it is taken in', async ({
  browser,
  page,
}) => {
  await page.goto(`${product.url}/admin`);
  await page.getByRole('link', { name: 'On the way' }).click();
  await expect(page.getByText('Nothing is on its way.')).toBeVisible();
  await expectNoViolations(page);

  const items = await itemsOf(product.books, ['BLT-001']);
  const hand = await (await browser.newContext()).newPage();
  const at = (step: string) =>
    expect(hand.getByTestId('kiosk')).toHaveAttribute('data-step', step, { timeout: 20_000 });
  await hand.goto(`${product.url}/?station=hand-1&lang=en`);
  await hand.getByTestId('menu-send').click({ timeout: 20_000 });
  const scanner = await Scanner.at(hand);
  await at('to');
  await scanner.scan('ONWAY');
  await at('location');
  await scanner.scan('A-01-1');
  await at('item');
  // Three of them, by their label.
  await scanner.scan(`01${gtinOf(items, 'BLT-001')}3003`);
  await at('item');
  await scanner.scan('SD:FINISH');
  await at('done');

  await page.reload();
  const load = page.locator('[data-load]');
  await expect(load).toHaveAttribute('data-state', 'on-the-way');
  await expect(load).toContainText('ONWAY');
  await expect(load).toContainText('Sent by hand-1');
  await expect(load.locator('[data-item="BLT-001"]')).toContainText(/3 .*0.*3/);
  await expectNoViolations(page);
  const { SCANDOCK_PICTURES: pictures } = process.env;
  if (pictures !== undefined) await page.screenshot({ path: `${pictures}/loads.png` });
});
