// The pages of the connection at work: a person has one list read now, sees an endpoint stopped
// before Exact stops it, and lets one call through.

import { expect, test } from '@playwright/test';
import { Product } from '../support/product.ts';

const LIST = 'Units';
const ENDPOINT = 'logistics/units';
/** Errors of an hour at which the hub stops calling an endpoint. */
const STOPS_AT = 4;

let product: Product;
test.beforeEach(async () => {
  product = await Product.start();
  await product.mirrored();
});
test.afterEach(async () => {
  await product.stop();
});

test('I-04: a list is read now; refused four times it is stopped, and one call goes when a person says so', async ({
  page,
}) => {
  const match = { method: 'GET', path: 'logistics/Units' };
  await product.books.control('faults', { kind: 'status-403', match, times: STOPS_AT });
  const row = page.locator(`[data-list="${LIST}"]`);
  const stopped = page.locator(`[data-endpoint="${ENDPOINT}"]`);
  const refused = async () => Number(/(\d) of 5/.exec(await stopped.innerText())?.[1] ?? 0);
  // The hub asks by its own rhythm too: what counts is that each word of a person is one more at least.
  for (let before = 0; before < STOPS_AT;) {
    await page.goto(`${product.url}/admin/mirror`);
    await row.getByRole('button', { name: `Read ${LIST} now` }).click();
    await expect(page.getByRole('alert')).toContainText(`${LIST} is read as soon as`);
    await page.goto(`${product.url}/admin/calls`);
    const known = before;
    await expect(async () => {
      await page.reload();
      before = await refused();
      expect(before).toBeGreaterThan(known);
    }).toPass({ timeout: 30_000 });
  }
  await expect(stopped).toContainText(`${STOPS_AT} of 5`);
  await expect(stopped).toContainText('Not called');
  await stopped.getByRole('button', { name: `Try ${ENDPOINT} now` }).click();
  await expect(page.getByRole('alert')).toContainText(ENDPOINT);

  await page.goto(`${product.url}/admin/mirror`);
  await row.getByRole('button', { name: `Read ${LIST} now` }).click();
  await expect(row).toHaveAttribute('data-state', 'current', { timeout: 30_000 });
  await page.goto(`${product.url}/admin/calls`);
  await expect(stopped).toContainText('Called');
  await expect(stopped).not.toContainText('Not called');
});
