// Connecting with Exact, as a person does it: the whole product, the real simulator, a real
// Chromium. Every way that leads nowhere ends in a page that says what happened and what to do;
// and no secret is in anything that the hub ever wrote or answered.

import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import Sqlite from 'better-sqlite3';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CLIENT, ConnectPage } from '../support/connect-page.ts';
import { Front } from '../support/front.ts';
import { Product } from '../support/product.ts';

const [MAIN, RENTAL, OLD] = [123456, 123987, 200001];
const WRONG = 'canary-of-a-wrong-secret';
const UNTIL_CONNECTED = { timeout: 20_000 };

let front: Front;
let product: Product;
test.beforeEach(async () => {
  front = await Front.open();
  product = await Product.start({
    // No credentials: a person types them. The hub must start all the same.
    env: { EXACT_CLIENT_ID: '', EXACT_CLIENT_SECRET: '', EXACT_BASE_URL: front.url },
    connects: false,
  });
  front.target = product.simulatorUrl;
  // These people log in again sooner than people do: a minute of Exact would hold them up.
  await product.books.control('limits', { minutely: 1000 });
});
test.afterEach(async () => {
  await product.stop();
  await front.close();
});

/** Up to the page that says "Connected". */
async function connected(connect: ConnectPage): Promise<void> {
  await connect.typeApp();
  await connect.login([MAIN]);
  await connect.choose(MAIN);
  await expect(connect.page.locator('.lead')).toContainText('Connected', UNTIL_CONNECTED);
}

test('country, client id and secret, login, division, rights, connected', async ({ browser }) => {
  test.setTimeout(180_000);
  const archived = { Code: OLD, Description: 'Oude Bouwschuur', Status: 2, BlockingStatus: 0 };
  await product.books.control('records/system/Divisions', archived);
  const connect = await ConnectPage.open(browser, product.url);
  const { page } = connect;
  await connect.says('Not set up');
  await connect.says(`${product.url}/api/exact/callback`);
  // Picking needs no Exact.
  expect((await page.request.get(product.url)).status()).toBe(200);

  await connect.typeApp(WRONG);
  await connect.login([MAIN]);
  await connect.problemIs('wrong-secret');
  await connect.typeApp();
  await connect.login([MAIN, RENTAL, OLD]);
  await expect(page.locator(`input[value="${OLD}"]`)).toBeDisabled();
  await connect.says('Archived');

  front.missing.add('POST purchaseorder/GoodsReceipts');
  await connect.choose(MAIN);
  await expect(page.locator('[data-missing="purchaseorder/GoodsReceipts"]')).toContainText(
    '“Receive” can’t post',
  );
  front.missing.clear();
  await page.getByRole('button', { name: 'Check again' }).click();
  await expect(page.locator('.lead')).toContainText('Connected', UNTIL_CONNECTED);
  await connect.says('Nothing is missing');
  await connect.says('30 days');
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);
  await product.mirrored();
});

test('every way that leads nowhere says what happened and what to do next', async ({ browser }) => {
  test.setTimeout(180_000);
  const connect = await ConnectPage.open(browser, product.url);
  const { page } = connect;
  await page.getByLabel('Country').selectOption('nl');
  await page.getByLabel('Client id').fill('an id');
  await page.getByLabel('Client secret').fill('   ');
  await page.getByRole('button', { name: 'Save' }).click();
  await connect.says('Type both the client id and the client secret.');
  await connect.typeApp();

  await connect.toConsent();
  await page.getByRole('button', { name: 'Refuse' }).click();
  await connect.problemIs('denied');

  // The answer arrives in another browser, and is lost to this one.
  const other = await ConnectPage.open(browser, product.url);
  await other.page.goto(await connect.leftOnTheWay());
  await other.problemIs('other-browser');

  // A page that does not open: its address is pasted.
  await connect.goto();
  const pasted = await connect.leftOnTheWay();
  await connect.goto();
  await page.getByText('sends you to a page that does not open').click();
  await page.getByLabel('Address where Exact sent you').fill(pasted);
  await page.getByRole('button', { name: 'Take it from there' }).click();
  await expect(page.getByRole('button', { name: 'Use this division' })).toBeVisible();

  // The same answer once more, and one from before the hub was started anew.
  await page.goto(pasted);
  await connect.problemIs('not-asked');
  await connect.toConsent();
  await product.killHub();
  await product.startHub();
  await page.getByRole('button', { name: 'Give access' }).click();
  await connect.problemIs('not-asked');

  // A foreign page sends the form.
  const foreign = await page.request.post(`${product.url}/admin/exact?/disconnect`, {
    headers: { origin: 'https://evil.test' },
    form: {},
  });
  expect(foreign.status()).toBe(403);
});

test('what was typed before the page’s script arrived is still there after it', async ({
  browser,
}) => {
  const context = await browser.newContext();
  const page = await context.newPage();
  let held = 0;
  let letGo = (): void => undefined;
  const gate = new Promise<void>((resolve) => (letGo = resolve));
  await page.route('**/_app/**/*.js', async (route) => {
    held += 1;
    await gate;
    await route.continue();
  });
  await page.goto(`${product.url}/admin/exact`, { waitUntil: 'commit' });
  await page.getByLabel('Country').selectOption('simulator');
  await page.getByLabel('Client id').fill(CLIENT.id);
  await page.getByLabel('Client secret').fill(CLIENT.secret);
  expect(held).toBeGreaterThan(0);
  letGo();
  await page.waitForLoadState('networkidle');

  await expect(page.getByLabel('Country')).toHaveValue('simulator');
  await expect(page.getByLabel('Client id')).toHaveValue(CLIENT.id);
  await expect(page.getByLabel('Client secret')).toHaveValue(CLIENT.secret);
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('link', { name: /^Log in at Exact/ })).toBeVisible();
  await context.close();
});

test('disconnects, keeps the division, and asks before another one', async ({ browser }) => {
  test.setTimeout(180_000);
  const connect = await ConnectPage.open(browser, product.url);
  const { page } = connect;
  await connected(connect);
  await product.mirrored();
  await page.getByText('Disconnect from Exact').click();
  await page.getByRole('button', { name: 'Disconnect' }).click();
  await connect.says('Not connected');
  // The copy of Exact's records stays: kiosks and the sheet go on with it.
  await product.mirrored();
  await connect.login([RENTAL]);
  await connect.problemIs('division');
  await connect.choose(RENTAL);
  await connect.says('the copy of Exact’s records is deleted');
  await connect.login([MAIN]);
  await expect(page.locator('.lead')).toContainText('De Bouwschuur B.V. (123456)', UNTIL_CONNECTED);
});

test('a dead chain is said, and one login brings everything back', async ({ browser }) => {
  test.setTimeout(180_000);
  const connect = await ConnectPage.open(browser, product.url);
  const { page } = connect;
  await connected(connect);
  await product.books.control('tokens/expire', { access: true, refresh: true });
  // The hub was off for ten minutes: before that, no token may be renewed.
  await product.killHub();
  const database = new Sqlite(join(product.dataDir, 'hub.db'));
  database.exec('UPDATE exact_connection SET issued_ms = issued_ms - 600000');
  database.close();
  await product.startHub();
  await expect(async () => {
    await connect.goto();
    await expect(page.getByText('The login at Exact has ended.')).toBeVisible({ timeout: 500 });
  }).toPass({ timeout: 30_000 });
  await connect.login([MAIN]);
  await expect(page.locator('.lead')).toContainText('Connected', UNTIL_CONNECTED);
});

test('no secret and no token is in anything that the hub wrote or answered', async ({
  browser,
}) => {
  test.setTimeout(180_000);
  const connect = await ConnectPage.open(browser, product.url);
  const { page } = connect;
  await connect.typeApp(WRONG);
  await connect.login([MAIN]);
  await connect.problemIs('wrong-secret');
  front.spoils = '/api/oauth2/token';
  await connect.typeApp();
  await connect.login([MAIN]);
  await connect.problemIs('lost');
  await connect.login([MAIN]);
  await connect.choose(MAIN);
  await expect(page.locator('.lead')).toContainText('Connected', UNTIL_CONNECTED);
  await page.goto(`${product.url}/admin`);
  await connect.goto();
  await product.books.control('tokens/expire', { access: true, refresh: true });
  await product.killHub();

  const simulator = new Sqlite(join(product.dataDir, 'exact-simulator.db'), { readonly: true });
  const tokens = simulator.prepare('SELECT token FROM sim_token').pluck().all().map(String);
  simulator.close();
  const canaries = [WRONG, CLIENT.secret, ...tokens];
  expect(canaries.length).toBeGreaterThanOrEqual(6);
  const places: [string, string][] = [
    ['console', product.said.join('\n')],
    ['answers', await connect.everything()],
    ...['hub.log', 'hub.log.1', 'hub.db', 'hub.db-wal', 'secret.key']
      .map((name) => join(product.dataDir, name))
      .filter(existsSync)
      .map((file): [string, string] => [file, readFileSync(file).toString('latin1')]),
  ];
  // The test can fail: what is no secret is found where it was written.
  expect(places.map(([, text]) => text).join()).toContain(CLIENT.id);
  expect(places.find(([name]) => name.endsWith('hub.log'))?.[1]).toContain('invalid_client');
  for (const [place, text] of places) {
    for (const canary of canaries) {
      expect(text.includes(canary) || text.includes(encodeURIComponent(canary)), place).toBe(false);
    }
  }
});
