// `npm run simulate`: seeded runs of all kinds of postings through bad weather, to their rest.
// `--runs N` (default 1000), `--seed S` (the first one, default 1).

import { parseArgs } from 'node:util';
import { simulate } from './exact/simulate.ts';

const { values } = parseArgs({
  options: { runs: { type: 'string', default: '1000' }, seed: { type: 'string', default: '1' } },
});
const [runs, first] = [Number(values.runs), Number(values.seed)];
if (!Number.isInteger(runs) || runs < 1 || !Number.isInteger(first)) {
  console.error('usage: npm run simulate -- [--runs N] [--seed S], both whole numbers');
  process.exit(2);
}
const startedMs = Date.now();
const report = await simulate({ runs, first, say: (line) => console.log(line) });
const seconds = (Date.now() - startedMs) / 1000;
console.log(JSON.stringify({ runs, first, seconds, ...report.rare, failed: report.failed.length }));
if (report.failed.length > 0) process.exit(1);
