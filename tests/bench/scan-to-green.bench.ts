// P-01: from the scanner's last key to the frame in which the line is green, in a real kiosk with a
// real hub, against a bare probe in the same page: one strict IndexedDB row of the same size, then a
// changed text in the next frame. Blocks in turn; each sample begins on a still screen, at a chance
// moment of the frame, as an operator's would. Ours is counted from the key's own time stamp, the
// probe from its listener, so what the browser needs to deliver a key is on our side alone.
//
// A booked line is taken back at once (not measured) and scanned again, so that one order is enough.

import { chromium } from '@playwright/test';
import type { Browser, Page } from '@playwright/test';
import type { OrderView } from '../../src/lib/domain/index.ts';
import { chromiumFlags, ensureChromium } from '../support/chromium.ts';
import { Kiosk } from '../support/kiosk.ts';
import type { Product } from '../support/product.ts';
import type { Measure, Plan } from './measure.ts';
import { installMeter, listenFirst, readBookedRow } from './parts/meter.ts';
import type { Sample } from './parts/meter.ts';
import { pause } from './parts/pace.ts';
import { Typist } from './parts/typist.ts';
import { compare, median, PAIRS_MIN, quantile } from './statistics.ts';

const FRAME_MS = 1000 / 60;
/** A weak board stands somewhere between four and six times slower than this machine. */
const SLOW_RATE = 6;
const TARGET = { kind: 'most', figure: 1.5 } as const;

interface Block {
  readonly probes: Sample[];
  readonly scans: Sample[];
}

interface Goods {
  readonly code: string;
  readonly item: string;
}

class Stage {
  readonly #kiosk: Kiosk;
  readonly #typist: Typist;
  readonly #goods: readonly Goods[];
  #nth = 0;

  private constructor(kiosk: Kiosk, typist: Typist, goods: readonly Goods[]) {
    this.#kiosk = kiosk;
    this.#typist = typist;
    this.#goods = goods;
  }

  /** The kiosk stands in the order, one line was booked and taken back, the meter is in the page. */
  static async set(browser: Browser, product: Product, order: OrderView): Promise<Stage> {
    const goods = order.lines.map(({ item, ordered }) => {
      if (item.barcode === undefined) throw new Error(`${item.code} has no barcode`);
      return { item: item.code, code: `01${item.barcode.padStart(14, '0')}30${ordered}` };
    });
    const kiosk = await Kiosk.open(browser, product.url, 'dock-bench');
    // tsx wraps named functions in a helper of its own, which the page does not have.
    await kiosk.page.addInitScript('globalThis.__name = (it) => it');
    await kiosk.page.addInitScript(listenFirst);
    await kiosk.reload();
    const stage = new Stage(kiosk, await Typist.at(kiosk.page), goods);
    await kiosk.scanTo('item', order.number);
    const [first] = goods;
    if (first === undefined) throw new Error('the order has no lines');
    await kiosk.scan(first.code);
    await kiosk.lineIs(first.item, 'complete');
    const row = await kiosk.page.evaluate(readBookedRow);
    await kiosk.page.evaluate(installMeter, row);
    await stage.#takeBack(first.item);
    return stage;
  }

  async #takeBack(item: string): Promise<void> {
    await this.#kiosk.scan('SD:UNDO');
    await this.#kiosk.lineIs(item, 'open');
  }

  /** A still screen, and then any moment of a frame. */
  async #still(): Promise<void> {
    await this.page.evaluate(() => window.scandockMeter?.still());
    await pause(Math.random() * FRAME_MS);
  }

  get page(): Page {
    return this.#kiosk.page;
  }

  async #sample(): Promise<Sample> {
    const sample = await this.page.evaluate(() => window.scandockMeter?.sample());
    if (sample === undefined) throw new Error('the page has no meter: it was loaded anew');
    return sample;
  }

  async probe(): Promise<Sample> {
    await this.#still();
    await this.page.evaluate(() => window.scandockMeter?.armProbe());
    await this.#typist.press('F9');
    return this.#sample();
  }

  async scan(): Promise<Sample> {
    const goods = this.#goods[this.#nth % this.#goods.length];
    if (goods === undefined) throw new Error('the order has no lines');
    this.#nth += 1;
    await this.#still();
    await this.page.evaluate((item) => window.scandockMeter?.armScan(item), goods.item);
    await this.#typist.scan(goods.code);
    const sample = await this.#sample();
    await this.#takeBack(goods.item);
    return sample;
  }

  async blocks(size: number, rate: number): Promise<Block[]> {
    await this.#typist.slowDown(rate);
    await this.scan();
    await this.probe();
    const blocks: Block[] = [];
    while (blocks.length < PAIRS_MIN) {
      const block: Block = { probes: [], scans: [] };
      while (block.probes.length < size) block.probes.push(await this.probe());
      while (block.scans.length < size) block.scans.push(await this.scan());
      blocks.push(block);
    }
    await this.#typist.slowDown(1);
    return blocks;
  }

  async notes(): Promise<Record<string, number>> {
    return this.page.evaluate(() => ({
      'row of the probe (characters)': window.scandockMeter?.rowChars ?? 0,
      'tasks over 50 ms': window.scandockMeter?.longTasks() ?? 0,
    }));
  }

  close(): Promise<void> {
    return this.#kiosk.close();
  }
}

const limitMs = (sample: Sample): number => sample.paintedMs - sample.handledMs;
const oursMs = (sample: Sample): number => sample.paintedMs - sample.keyMs;

function measureOf(blocks: readonly Block[], q: number, rate: number, most: number): Measure {
  const percentile = `p${q * 100}`;
  const scans = blocks.flatMap((block) => block.scans);
  const part = (of: (sample: Sample) => number): string => `${median(scans.map(of)).toFixed(1)} ms`;
  return {
    name: `P-01 ${percentile}${rate === 1 ? '' : ` at ${rate}x`}`,
    says: 'scan to green / strict row + frame',
    unit: 'ms',
    n: scans.length,
    comparison: compare(
      blocks.map((block) => ({
        limit: quantile(block.probes.map(limitMs), q),
        ours: quantile(block.scans.map(oursMs), q),
      })),
    ),
    target: TARGET,
    ...(q === 0.5
      ? {
          notes: {
            'key to listener p50': part(({ keyMs, handledMs }) => handledMs - keyMs),
            'listener to green in the page': part((it) => (it.changedMs ?? 0) - it.handledMs),
            'green to painted': part((it) => it.paintedMs - (it.changedMs ?? 0)),
          },
        }
      : {
          guards: [{ says: `p95 ≤ ${most} ms`, found: quantile(scans.map(oursMs), 0.95), most }],
        }),
  };
}

/** `order` has lines of plain goods in a warehouse without locations, none of them received. */
export async function scanToGreen(
  product: Product,
  order: OrderView,
  plan: Plan,
): Promise<Measure[]> {
  const browser = await chromium.launch({
    executablePath: ensureChromium(),
    args: chromiumFlags(),
  });
  try {
    const stage = await Stage.set(browser, product, order);
    const blocks = await stage.blocks(plan.scansPerBlock, 1);
    const notes = await stage.notes();
    const slow = plan.slowScansPerBlock;
    const slowBlocks = slow === 0 ? [] : await stage.blocks(slow, SLOW_RATE);
    await stage.close();
    return [
      measureOf(blocks, 0.5, 1, 50),
      { ...measureOf(blocks, 0.95, 1, 50), notes },
      ...(slow === 0
        ? []
        : [
            measureOf(slowBlocks, 0.5, SLOW_RATE, 100),
            measureOf(slowBlocks, 0.95, SLOW_RATE, 100),
          ]),
    ];
  } finally {
    await browser.close();
  }
}
