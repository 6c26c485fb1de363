// The short version of `npm run torture -- --what hub`: the whole hub is killed while two stations
// work, and the simulator's books hold what the journal says.

import { expect, test } from '@playwright/test';
import { hubKills } from '../torture/hub-kills/rounds.ts';

const SEED = 20_261_123;
const quiet = () => undefined;

test('I-01 I-03: five kills -9 of the hub lose nothing accepted and double nothing', async () => {
  test.setTimeout(240_000);
  const report = await hubKills(5, SEED, quiet, { mirrorToo: false });
  expect(report.told, `seed ${SEED}`).toBeGreaterThan(20);
  expect(report.accepted).toBeGreaterThanOrEqual(report.told);
});

test('I-03: the auditor sees a second document of one posting', async () => {
  test.setTimeout(240_000);
  const twice = hubKills(2, SEED, quiet, {
    mirrorToo: false,
    plant: async ({ books }) => {
      const [{ description } = { description: '' }] = await books.receipts();
      const fields = { ReceiptNumber: 4711, Description: description };
      await books.control('records/purchaseorder/GoodsReceipts', fields);
    },
  });
  await expect(twice).rejects.toThrow('I-03: 2 documents of goodsReceipt');
});
