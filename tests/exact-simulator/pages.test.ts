/*
 * The page at / in a real browser: gauges, what was posted, paged calls, buttons without script;
 * and the guard that keeps other sites off the control API.
 */
import { chromium, type Browser, type Page } from '@playwright/test';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { chromiumFlags, ensureChromium } from '../support/chromium.ts';
import { list, order, startExact, type Exact } from './helpers.ts';

let exact: Exact;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  browser = await chromium.launch({ executablePath: ensureChromium(), args: chromiumFlags() });
}, 60_000);
afterAll(async () => {
  await browser.close();
});
beforeEach(async () => {
  exact = await startExact();
  await exact.control('POST', '/clock', { freeze: true });
  const context = await browser.newContext({ javaScriptEnabled: false });
  page = await context.newPage();
});
afterEach(async () => {
  await page.context().close();
  await exact.close();
});

const press = (name: string) => page.getByRole('button', { name, exact: true }).click();

describe('the front page, without script', () => {
  it('shows the limits as gauges and the errors of each endpoint', async () => {
    await exact.call('GET', '123456/logistics/Units');
    await exact.call('GET', '123456/inventory/Warehouses?$select=Nothing');
    await page.goto(exact.running.url);
    await page.getByRole('img', { name: 'This minute: 2 of 60 calls used' }).waitFor();
    await page.getByRole('img', { name: 'Today: 2 of 5000 calls used' }).waitFor();
    await page.getByText('123456 inventory/warehouses').waitFor();
    await page.getByText('1 of 10').waitFor();
  });

  it('lists what was posted, newest first, with a link to the document', async () => {
    const id = (await order(exact, 10_000_001)).lines[0]?.['ID'];
    await exact.call('POST', '123456/purchaseorder/GoodsReceipts', {
      ReceiptDate: '2026-11-18',
      Remarks: '<b>marker-1</b>',
      GoodsReceiptLines: [{ PurchaseOrderLineID: id, QuantityReceived: 5 }],
    });
    await page.goto(exact.running.url);
    const row = page.getByRole('row').filter({ hasText: '<b>marker-1</b>' });
    await row.getByRole('link').click();
    expect(await page.content()).toContain('marker-1');
    expect(page.url()).toContain('/control/records/purchaseorder/GoodsReceipts');
  });

  it('pages through the calls', async () => {
    for (let n = 0; n < 30; n += 1) await exact.call('GET', `123456/logistics/Units?$top=${n + 1}`);
    await page.goto(exact.running.url);
    expect(await page.getByText('$top=30', { exact: false }).count()).toBe(1);
    expect(await page.getByText('$top=5', { exact: false }).count()).toBe(0);
    await page.getByRole('link', { name: 'Older calls' }).click();
    expect(await page.getByText('$top=5', { exact: false }).count()).toBe(1);
    await page.getByRole('link', { name: 'Newest' }).click();
    expect(await page.getByText('$top=30', { exact: false }).count()).toBe(1);
  });

  it('moves the clock, expires tokens, sets and clears faults and resets by plain forms', async () => {
    await page.goto(exact.running.url);
    await press('+1 hour');
    expect((await exact.control('GET', '/clock'))['nowIso']).toBe('2026-11-18T10:00:00.000Z');
    await press('Expire tokens');
    expect((await exact.call('GET', '123456/logistics/Units')).status).toBe(401);
    await page.getByLabel('What goes wrong').selectOption('status-408');
    await page.getByLabel('Only on path').fill('logistics/Units');
    await page.getByLabel('Times').fill('3');
    await press('Set');
    expect((await exact.control('GET', '/faults'))['faults']).toMatchObject([
      { kind: 'status-408', left: 3, delayMs: 0, match: { path: 'logistics/Units' } },
    ]);
    await press('Clear all');
    expect((await exact.control('GET', '/faults'))['faults']).toEqual([]);
    await page.getByLabel('Seed').fill('12');
    await press('Start');
    expect((await exact.control('GET', '/nemesis'))['running']).toMatchObject({ seed: 12 });
    await press('Reset, keep the link');
    expect((await exact.control('GET', '/nemesis'))['running']).toBeNull();
    expect(page.url()).toBe(`${exact.running.url}/`);
  });

  it('tells what is wrong with a form', async () => {
    await page.goto(exact.running.url);
    await page.getByLabel('Times').fill('2000000');
    await press('Set');
    await page.getByRole('heading', { name: 'Not possible' }).waitFor();
    await page.getByRole('link', { name: 'Back to the simulator' }).click();
    await page.getByRole('heading', { name: 'Exact Online simulator' }).waitFor();
  });

  it('is loaded again by the browser only when asked', async () => {
    const text = async (path: string) => (await fetch(`${exact.running.url}${path}`)).text();
    expect(await text('/')).not.toContain('http-equiv="refresh"');
    expect(await text('/?live=1')).toContain('http-equiv="refresh"');
    expect(await text('/')).not.toContain('<script');
  });

  it('fits a phone without sideways scrolling', async () => {
    await page.setViewportSize({ width: 360, height: 800 });
    await page.goto(exact.running.url);
    const width = await page.locator('main').evaluate((main) => main.scrollWidth);
    expect(width).toBeLessThanOrEqual(360);
  });
});

describe('the guard of the control API', () => {
  const advance = (headers: Record<string, string>) =>
    fetch(`${exact.running.url}/control/clock`, {
      method: 'POST',
      headers,
      body: '{"advanceMs":1000}',
    });

  it.each([
    [{ origin: 'https://elsewhere.example' }],
    [{ origin: 'null' }],
    [{ 'sec-fetch-site': 'cross-site' }],
    [{ 'sec-fetch-site': 'same-site' }],
  ])('refuses %j and does nothing', async (headers: Record<string, string>) => {
    const before = (await exact.control('GET', '/clock'))['nowMs'];
    expect((await advance(headers)).status).toBe(403);
    expect((await exact.control('GET', '/clock'))['nowMs']).toBe(before);
  });

  it('lets programs and its own page pass', async () => {
    expect((await advance({})).status).toBe(200);
    expect((await advance({ origin: exact.running.url })).status).toBe(200);
  });

  it('refuses a form on another site in a real browser', async () => {
    const other = await startExact();
    await page.route(`${other.running.url}/`, (route) =>
      route.fulfill({
        contentType: 'text/html',
        body: `<form method="post" action="${exact.running.url}/control/reset"><button>Win</button></form>`,
      }),
    );
    const sent = list((await exact.control('GET', '/calls'))['calls']).length;
    await exact.call('GET', 'current/Me');
    await page.goto(other.running.url);
    await press('Win');
    await page.waitForURL(`${exact.running.url}/control/reset`);
    expect(list((await exact.control('GET', '/calls'))['calls'])).toHaveLength(sent + 1);
    await other.close();
  });
});
