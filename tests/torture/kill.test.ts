// The short version of `npm run torture`, and proof that it would see a loss.

import { expect, it } from 'vitest';
import { killRounds } from './support/kills.ts';

const SEED = 20_261_122;

it('I-01 I-02 I-05 I-16: ten kills -9 of the writer lose nothing told and double nothing', async () => {
  const report = await killRounds(10, SEED, () => undefined);
  expect(report.told, `seed ${SEED}`).toBeGreaterThan(0);
}, 120_000);

it('the look after a kill sees a writer that answers before it writes', async () => {
  await expect(killRounds(10, SEED, () => undefined, 'liar')).rejects.toThrow('I-01');
}, 120_000);
