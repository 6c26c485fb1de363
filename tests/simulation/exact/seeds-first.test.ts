// The first five hundred of the thousand seeds of a usual test run; `npm run simulate` runs more.

import { it } from 'vitest';
import { HALF_TIMEOUT_MS, proveHalf } from './halves.ts';

it(
  'I-03 I-04 I-18 I-23: 500 seeds of faults, delays and lags: nothing lost, nothing doubled unseen',
  () => proveHalf(1),
  HALF_TIMEOUT_MS,
);
