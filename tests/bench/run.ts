// `npm run bench`: measures the product against limits taken beside it, and prints a table and one
// JSON line for each figure. It judges nothing but the figures: a missed target does not fail the
// run, because other work on the same machine may be the reason.
//   --short            a small run that shows that everything still runs
//   --long             as many operations a block as the method asks for
//   --only <which>     proof, javascript, scan, verdict, commits, exact-day or
//                      first-load; may be given several times
//   --items <n>        of the company that is loaded for the first time, 70 to 200000

import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { Product } from '../support/product.ts';
import { exactDay } from './exact-day.bench.ts';
import { firstLoad } from './first-load.bench.ts';
import { hubCommits } from './hub-commits.bench.ts';
import { hubVerdict } from './hub-verdict.bench.ts';
import { kioskJavascript } from './kiosk-javascript.bench.ts';
import { jsonLine, machine, PLANS, table, take } from './measure.ts';
import type { Plan, Taken } from './measure.ts';
import { placeOrders } from './parts/orders.ts';
import { scanToGreen } from './scan-to-green.bench.ts';
import { workflowProof } from './workflow-proof.bench.ts';

const BENCHES = [
  'proof',
  'javascript',
  'scan',
  'verdict',
  'commits',
  'exact-day',
  'first-load',
] as const;
const ORDERS = 12;
/** More than all verdicts of a long run together could take in. */
const PIECES = 500;

const { values } = parseArgs({
  options: {
    short: { type: 'boolean', default: false },
    long: { type: 'boolean', default: false },
    items: { type: 'string' },
    only: { type: 'string', multiple: true, default: [...BENCHES] },
  },
});
const isWrong = values.only.some((name) => !BENCHES.some((bench) => bench === name));
if (isWrong || (values.short && values.long)) {
  console.error(`usage: npm run bench -- [--short | --long] [--only ${BENCHES.join(' | ')}] …`);
  process.exit(2);
}
const plan = PLANS[values.short ? 'short' : values.long ? 'long' : 'normal'];
const wants = (bench: (typeof BENCHES)[number]): boolean => values.only.includes(bench);

function say(what: string): void {
  const [load = 0] = loadavg();
  console.error(`${what} (load ${load.toFixed(1)})`);
}

async function ofProduct(of: Plan): Promise<Taken[]> {
  if (!wants('javascript') && !wants('scan') && !wants('verdict')) return [];
  say('starting the product');
  const product = await Product.start();
  const taken: Taken[] = [];
  try {
    if (wants('javascript')) {
      say('kiosk JavaScript');
      taken.push(...(await take(of, () => kioskJavascript(product))));
    }
    if (!wants('scan') && !wants('verdict')) return taken;
    const [first, ...others] = await placeOrders(product, ORDERS, PIECES);
    if (first === undefined) throw new Error('no orders');
    if (wants('scan')) {
      say('scan to green');
      taken.push(...(await take(of, () => scanToGreen(product, first, of))));
    }
    if (wants('verdict')) {
      say('hub verdict');
      taken.push(...(await take(of, () => hubVerdict(product, others, of))));
    }
    return taken;
  } finally {
    await product.stop();
  }
}

const startedMs = performance.now();
const taken: Taken[] = [];
if (wants('proof')) {
  say('the proof of a workflow file');
  taken.push(...(await take(plan, workflowProof)));
}
taken.push(...(await ofProduct(plan)));
if (wants('commits')) {
  say('hub commits');
  taken.push(...(await take(plan, () => hubCommits(plan))));
}
if (wants('exact-day')) {
  say('a day with Exact');
  taken.push(...(await take(plan, () => exactDay(plan))));
}
if (wants('first-load')) {
  say('a first load');
  const items = values.items === undefined ? undefined : Number(values.items);
  taken.push(...(await take(plan, () => firstLoad(plan, items))));
}
const { cpu, cores, node } = machine();
const seconds = ((performance.now() - startedMs) / 1000).toFixed(0);
console.log(table(taken));
console.log(
  `\n${cpu}, ${cores} cores shared by load and subject, Node ${node}; plan ${plan.name}, ${seconds} s\n`,
);
for (const it of taken) console.log(jsonLine(it, plan.name));
