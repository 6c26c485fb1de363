// A photo from the camera to the office: taken while the hub is away, kept over a reload, brought when
// the hub is back, shown as a picture and nothing else, and nobody else's bytes among them.

import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { LIMITS } from '../../src/lib/domain/index.ts';
import { readStory } from '../stories/read.ts';
import { jpeg } from '../support/jpeg.ts';
import { Kiosk } from '../support/kiosk.ts';
import { Product } from '../support/product.ts';

const STORY = join(import.meta.dirname, '../stories/receive/asked-photos.story.yaml');
const NOBODY = '01900000-0000-7000-8000-000000000001';
const UPLOADS = '**/api/photos/*';

let product: Product;
test.beforeAll(async () => {
  const { workflows = '' } = readStory(STORY).story.given;
  product = await Product.start({ workflows });
});
test.afterAll(async () => {
  await product.stop();
});

test('a photo taken while the hub is away is in the office once it is back, over a reload', async ({
  browser,
}) => {
  const kiosk = await Kiosk.open(browser, product.url);
  const { page } = kiosk;
  await kiosk.scanTo('item', '10000001');
  await kiosk.scanTo('damaged', 'BLT-001');
  await product.killHub();
  await kiosk.hubIs('away');
  await page.getByTestId('answer-yes').click();
  await expect(page.getByTestId('camera')).toHaveAttribute('data-camera', 'on');
  // In gloves: the printed OK takes it, and keeps it.
  await kiosk.scan('SD:OK');
  await expect(page.getByTestId('photo')).toBeVisible();
  const id = (await page.getByTestId('photo').getAttribute('data-photo')) ?? '';
  expect(id).toMatch(/^[0-9a-f]{64}$/);
  // The same code at once would be one scan read twice.
  await page.waitForTimeout(LIMITS.doubleReadMs + 100);
  await kiosk.scanTo('quantity', 'SD:OK');
  await page.waitForTimeout(LIMITS.doubleReadMs + 100);
  await kiosk.scanTo('location', 'SD:OK');
  await kiosk.scan('A-01-1');
  await kiosk.lineIs('BLT-001', 'complete');
  await expect(page.getByTestId('photos-waiting')).toHaveText('1 photo on the way');

  // The hub comes back, and uploads still do not get through: the photo waits, the line does not.
  await page.route(UPLOADS, (route) => route.abort());
  await product.startHub();
  await kiosk.hubIs('connected');
  await expect(page.getByTestId('waiting-count')).toBeHidden();
  await expect(page.getByTestId('photos-waiting')).toBeVisible();
  await kiosk.reload();
  await expect(page.getByTestId('photos-waiting')).toBeVisible();
  await page.unroute(UPLOADS);
  await expect(page.getByTestId('photos-waiting')).toBeHidden({ timeout: 20_000 });
  await kiosk.finish();
  await kiosk.booked();

  const shown = await page.request.get(`${product.url}/admin/photos/${id}`);
  expect(shown.status()).toBe(200);
  expect(
    createHash('sha256')
      .update(await shown.body())
      .digest('hex'),
  ).toBe(id);
  expect(shown.headers()).toMatchObject({
    'content-type': 'image/jpeg',
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; sandbox",
    'cache-control': 'no-store',
  });
  const file = await page.request.get(`${product.url}/admin/postings/export.csv`);
  expect(await file.text()).toContain(`/admin/photos/${id}`);
  const admin = await browser.newPage();
  await admin.goto(`${product.url}/admin/postings`);
  await expect(admin.getByTestId('answers').first()).toHaveText('damaged yes, picture 1');
  const picture = admin.getByTestId('photos').getByRole('img');
  await picture.scrollIntoViewIfNeeded();
  await expect
    .poll(() =>
      picture.evaluate((image) => image instanceof HTMLImageElement && image.naturalWidth),
    )
    .toBeGreaterThan(100);
  await expect(admin.getByTestId('photos-kept')).toContainText('1 photo kept for 90 days');
  await admin.close();
  await kiosk.close();
});

test('strangers, wrong names, pages and 10 MB are refused; what is not here is not found', async ({
  browser,
  request,
}) => {
  const kiosk = await Kiosk.open(browser, product.url, 'dock-2');
  const station = await kiosk.page.evaluate(async () => {
    const opened = indexedDB.open('scandock');
    const db = await new Promise<IDBDatabase>((resolve) => {
      opened.addEventListener('success', () => resolve(opened.result));
    });
    const asked = db.transaction('meta').objectStore('meta').get('station');
    return new Promise<string>((resolve) => {
      asked.addEventListener('success', () => {
        db.close();
        resolve(String((asked.result as { id?: unknown } | undefined)?.id));
      });
    });
  });
  const put = async (data: Buffer, more: Record<string, string> = {}, id?: string) => {
    const name = id ?? createHash('sha256').update(data).digest('hex');
    const headers = {
      'content-type': 'image/jpeg',
      'x-scandock-station': station,
      'x-scandock-command': NOBODY,
      ...more,
    };
    const sent = await request.put(`${product.url}/api/photos/${name}`, { data, headers });
    return sent.status();
  };
  const photo = jpeg({ inside: [7] });
  expect(await put(photo, { 'x-scandock-station': NOBODY })).toBe(403);
  expect(await put(photo, { origin: 'http://evil.example' })).toBe(403);
  expect(await put(photo, {}, 'a'.repeat(64))).toBe(422);
  expect(await put(Buffer.from('<script>alert(1)</script>'))).toBe(415);
  expect(await put(Buffer.alloc(10_000_000))).toBe(413);
  const { status } = await request
    .get(`${product.url}/admin/photos/${createHash('sha256').update(photo).digest('hex')}`)
    .then((answer) => ({ status: answer.status() }));
  expect(status).toBe(404);
  // The same bytes from a station that said hello are taken.
  expect(await put(photo)).toBe(201);
  const page = await request.get(product.url);
  expect(page.headers()['permissions-policy']).toContain('camera=(self)');
  await kiosk.close();
});
