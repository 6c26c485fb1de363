// Two kiosks on one order: each sees what the other did, and nothing goes over (I-06).

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

test('two kiosks receive one order together: nothing over, both screens agree', async ({
  browser,
}) => {
  const items = await itemsOf(product.books, ['BLT-001', 'FLT-001']);
  const left = await Kiosk.open(browser, product.url, 'dock-1');
  const right = await Kiosk.open(browser, product.url, 'dock-2');
  await left.scanTo('item', '10000001');
  await right.scanTo('item', '10000001');

  // Both take from the same line of 24, one after the other; each sees the sum.
  await left.scanTo('location', `01${gtinOf(items, 'BLT-001')}3014`);
  await left.scan('A-01-1');
  await left.lineSays('BLT-001', '14 / 24');
  await right.lineSays('BLT-001', '14 / 24');
  await right.scanTo('location', `01${gtinOf(items, 'BLT-001')}3010`);
  await right.scan('A-01-1');
  await right.lineIs('BLT-001', 'complete');
  await left.lineIs('BLT-001', 'complete');

  // Both hold the whole of the same line in hand and put it down at the same moment.
  await left.scanTo('location', `01${gtinOf(items, 'FLT-001')}3060`);
  await right.scanTo('location', `01${gtinOf(items, 'FLT-001')}3060`);
  await Promise.all([left.scan('A-02-1'), right.scan('A-02-2')]);
  await left.lineSays('FLT-001', '60 / 60');
  await right.lineSays('FLT-001', '60 / 60');
  // Whoever was second hears it: asked again before, or refused by the hub after it was green.
  const faults = left.page.getByTestId('fault-panel').or(left.page.getByTestId('notice'));
  const others = right.page.getByTestId('fault-panel').or(right.page.getByTestId('notice'));
  await expect.poll(async () => (await faults.count()) + (await others.count())).toBe(1);
  for (const kiosk of [left, right]) {
    const step = await kiosk.step();
    if (step !== 'item') await kiosk.scanTo('item', 'SD:CANCEL');
  }

  await left.finish();
  await right.finish();
  await left.booked();
  await right.booked();

  const lines = (await product.books.receipts()).flatMap((receipt) => receipt.lines);
  const sum = (item: string) =>
    lines.filter((line) => line.item === item).reduce((total, line) => total + line.quantity, 0);
  expect(sum('BLT-001')).toBe(24);
  expect(sum('FLT-001')).toBe(60);
  expect(lines.length).toBe(3);
  expect(lines.map((line) => line.item).sort()).toEqual(['BLT-001', 'BLT-001', 'FLT-001']);
  await left.close();
  await right.close();
});
