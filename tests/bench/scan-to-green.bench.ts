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
import type { Comparison } from './statistics.ts';

const FRAME_MS = 1000 / 60;
/** A weak board stands somewhere between four and six times slower than this machine. */
const SLOW_RATE = 6;
/** Below this a block's 95th percentile is its worst sample. */
const P95_SAMPLES_MIN = 20;
/** More than this is no longer the machine's hiccup. */
const LOST_READS_MAX = 10;
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
  #lostReads = 0;

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
    await this.#kiosk.scanTo('undo', 'SD:UNDO');
    await this.#kiosk.scan('SD:OK');
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

  /** A read that the wedge dropped, because the machine held a key up, is named and read again. */
  async scan(): Promise<Sample> {
    const goods = this.#goods[this.#nth % this.#goods.length];
    if (goods === undefined) throw new Error('the order has no lines');
    this.#nth += 1;
    for (;;) {
      const sample = await this.#scanOnce(goods);
      if (sample !== undefined) return sample;
      if (this.#lostReads > LOST_READS_MAX) throw new Error('too many reads were lost');
    }
  }

  async #scanOnce(goods: Goods): Promise<Sample | undefined> {
    await this.#still();
    await this.page.evaluate((item) => window.scandockMeter?.armScan(item), goods.item);
    await this.#typist.scan(goods.code);
    try {
      const sample = await this.#sample();
      await this.#takeBack(goods.item);
      return sample;
    } catch (problem) {
      // Only a read that never arrived may be repeated: a green that came too late is a finding.
      const title = this.page.getByTestId('fault-title').first();
      const said = (await title.isVisible()) ? await title.innerText() : 'nothing on the screen';
      const state = await this.#kiosk.line(goods.item).getAttribute('data-state');
      if (state !== 'open') throw new Error(`line ${state}; ${said}`, { cause: problem });
      this.#lostReads += 1;
      console.error(`a read was lost: ${said}`);
      return undefined;
    }
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
    const seen = await this.page.evaluate(() => ({
      'row of the probe (characters)': window.scandockMeter?.rowChars ?? 0,
      'tasks over 50 ms': window.scandockMeter?.longTasks() ?? 0,
    }));
    return { ...seen, 'reads lost': this.#lostReads };
  }

  close(): Promise<void> {
    return this.#kiosk.close();
  }
}

const limitMs = (sample: Sample): number => sample.paintedMs - sample.handledMs;
const oursMs = (sample: Sample): number => sample.paintedMs - sample.keyMs;

const compareAt = (blocks: readonly Block[], q: number): Comparison =>
  compare(
    blocks.map((block) => ({
      limit: quantile(block.probes.map(limitMs), q),
      ours: quantile(block.scans.map(oursMs), q),
    })),
  );

/** p50 always; p95 where a block is more than its worst sample. */
function measuresOf(blocks: readonly Block[], rate: number, guardMs: number): Measure[] {
  const scans = blocks.flatMap((block) => block.scans);
  const part = (of: (sample: Sample) => number): string => `${median(scans.map(of)).toFixed(1)} ms`;
  const at = rate === 1 ? '' : ` at ${rate}x`;
  const common: Pick<Measure, 'says' | 'unit' | 'n' | 'target'> = {
    ...{ says: 'scan to green / strict row + frame', n: scans.length, target: TARGET },
    unit: 'ms',
  };
  const p50: Measure = {
    ...{ name: `P-01 p50${at}`, ...common, comparison: compareAt(blocks, 0.5) },
    notes: {
      'key to listener': part((it) => it.handledMs - it.keyMs),
      'listener to green in the page': part((it) => it.changedMs - it.handledMs),
      'green to painted': part((it) => it.paintedMs - it.changedMs),
    },
  };
  if (scans.length < PAIRS_MIN * P95_SAMPLES_MIN) return [p50];
  const found = quantile(scans.map(oursMs), 0.95);
  const p95: Measure = {
    ...{ name: `P-01 p95${at}`, ...common, comparison: compareAt(blocks, 0.95) },
    guards: [{ says: `p95 ≤ ${guardMs} ms`, found, most: guardMs }],
  };
  return [p50, p95];
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
    const measures: Measure[] = [];
    for (const { rate, size, guardMs } of [
      { rate: 1, size: plan.scansPerBlock, guardMs: 50 },
      { rate: SLOW_RATE, size: plan.slowScansPerBlock, guardMs: 100 },
    ]) {
      if (size === 0) continue;
      measures.push(...measuresOf(await stage.blocks(size, rate), rate, guardMs));
    }
    const notes = await stage.notes();
    await stage.close();
    return measures.map((measure) => ({ ...measure, notes: { ...measure.notes, ...notes } }));
  } finally {
    await browser.close();
  }
}
