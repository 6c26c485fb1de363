// P-18: the JavaScript that a browser fetches for the kiosk's page, each file as `gzip -9` leaves
// it, against a skeleton with the same libraries, built in the same run. What a page fetches is
// seen in a real Chromium, so that a lazy import counts when it happens and not when it is written.

import { createServer } from 'node:net';
import { gzipSync } from 'node:zlib';
import { chromium } from '@playwright/test';
import type { Browser } from '@playwright/test';
import { chromiumFlags, ensureChromium } from '../support/chromium.ts';
import type { Product } from '../support/product.ts';
import type { Measure } from './measure.ts';
import { startProgram } from './parts/program.ts';
import { buildSkeleton } from './parts/skeleton.ts';
import { compareCounted } from './statistics.ts';

const SCRIPT_KIB = 90;
const STYLE_KIB = 12;
const TARGET = { kind: 'most', figure: 1.7 } as const;

interface Weight {
  readonly scriptKib: number;
  readonly styleKib: number;
  readonly scripts: number;
}

/** Opens `url`, waits for the element that shows that the page works, and weighs what it fetched. */
async function weigh(browser: Browser, url: string, testId: string): Promise<Weight> {
  const context = await browser.newContext();
  const page = await context.newPage();
  const bodies: Promise<{ type: string; kib: number }>[] = [];
  page.on('response', (response) => {
    const type = response.request().resourceType();
    if (type !== 'script' && type !== 'stylesheet') return;
    const weighed = response.body().then((body) => {
      return { type, kib: gzipSync(body, { level: 9 }).length / 1024 };
    });
    bodies.push(weighed);
  });
  await page.goto(url);
  await page.getByTestId(testId).waitFor();
  await page.waitForLoadState('networkidle');
  const files = await Promise.all(bodies);
  await context.close();
  const sum = (type: string): number =>
    files.filter((file) => file.type === type).reduce((total, { kib }) => total + kib, 0);
  return {
    scriptKib: sum('script'),
    styleKib: sum('stylesheet'),
    scripts: files.filter(({ type }) => type === 'script').length,
  };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => {
        resolve(typeof address === 'object' && address !== null ? address.port : 0);
      });
    });
  });
}

async function weighSkeleton(browser: Browser): Promise<Weight> {
  const skeleton = buildSkeleton();
  try {
    const port = await freePort();
    const env = { PORT: String(port), HOST: '127.0.0.1', NODE_ENV: 'production' };
    const program = await startProgram([skeleton.program], /Listening on/, env);
    try {
      return await weigh(browser, `http://127.0.0.1:${port}/`, 'skeleton');
    } finally {
      await program.stop();
    }
  } finally {
    skeleton.remove();
  }
}

export async function kioskJavascript(product: Product): Promise<Measure[]> {
  const browser = await chromium.launch({
    executablePath: ensureChromium(),
    args: chromiumFlags(),
  });
  try {
    const limit = await weighSkeleton(browser);
    const ours = await weigh(browser, `${product.url}/?station=dock-1&lang=en`, 'orders');
    return [
      {
        ...{
          name: 'P-18',
          says: 'kiosk JavaScript, gzip / skeleton',
          unit: 'KiB',
          n: ours.scripts,
        },
        comparison: compareCounted({ limit: limit.scriptKib, ours: ours.scriptKib }),
        target: TARGET,
        guards: [
          { says: `scripts ≤ ${SCRIPT_KIB} KiB`, found: ours.scriptKib, most: SCRIPT_KIB },
          { says: `styles ≤ ${STYLE_KIB} KiB`, found: ours.styleKib, most: STYLE_KIB },
        ],
        notes: { scripts: ours.scripts, 'scripts of the skeleton': limit.scripts },
      },
    ];
  } finally {
    await browser.close();
  }
}
