// Who lives here: a kiosk in a browser context of its own, with a scanner in the operator's hand.
// Every scan waits for what the operator would wait for: the screen's answer.

import { expect } from '@playwright/test';
import type { Browser, BrowserContext, Locator, Page } from '@playwright/test';
import { Scanner } from './scanner.ts';

export class Kiosk {
  readonly page: Page;
  readonly #context: BrowserContext;
  readonly #scanner: Scanner;

  private constructor(context: BrowserContext, page: Page, scanner: Scanner) {
    this.#context = context;
    this.page = page;
    this.#scanner = scanner;
  }

  /** Opens the kiosk under a station name and waits until it has the open orders. */
  static async open(
    browser: Browser,
    url: string,
    name = 'dock-1',
    more: Record<string, string> = {},
  ): Promise<Kiosk> {
    const context = await browser.newContext();
    const page = await context.newPage();
    const query = new URLSearchParams({ station: name, lang: 'en', ...more });
    await page.goto(`${url}/?${query.toString()}`);
    const kiosk = new Kiosk(context, page, await Scanner.at(page));
    await expect(page.getByTestId('orders')).toContainText('10000001');
    return kiosk;
  }

  get #root(): Locator {
    return this.page.getByTestId('kiosk');
  }

  async scan(code: string): Promise<void> {
    await this.#scanner.scan(code);
  }

  /** Scans, and waits until the screen stands at this step. */
  async scanTo(step: string, code: string): Promise<void> {
    await this.scan(code);
    await this.at(step);
  }

  /** Scans, and waits until the screen has left this step. */
  async scanPast(step: string, code: string): Promise<void> {
    await this.scan(code);
    await this.past(step);
  }

  async past(step: string): Promise<void> {
    await expect(this.#root).not.toHaveAttribute('data-step', step);
  }

  async at(step: string): Promise<void> {
    await expect(this.#root).toHaveAttribute('data-step', step);
  }

  /** The step on the screen now. */
  async step(): Promise<string | null> {
    return this.#root.getAttribute('data-step');
  }

  line(item: string): Locator {
    return this.page.locator(`[data-testid="line"][data-item="${item}"]`);
  }

  async lineIs(item: string, state: 'open' | 'partial' | 'complete' | 'over'): Promise<void> {
    await expect(this.line(item)).toHaveAttribute('data-state', state);
  }

  /** What the line says, e.g. `12 / 24 pc`. */
  async lineSays(item: string, numbers: string | RegExp): Promise<void> {
    await expect(this.line(item).getByTestId('line-numbers')).toContainText(numbers);
  }

  /** Ends the order, whatever is left open on it. */
  async finish(): Promise<void> {
    await this.scanTo('close', 'SD:FINISH');
    await this.scanTo('done', 'SD:OK');
  }

  /** Waits for the last of the three steps: accepted, confirmed, booked. */
  async booked(timeout = 30_000): Promise<void> {
    const stages = this.page.getByTestId('stages');
    await expect(stages).toHaveAttribute('data-stage', 'booked', { timeout });
  }

  async hubIs(state: string, timeout = 20_000): Promise<void> {
    await expect(this.page.getByTestId('hub-state')).toHaveAttribute('data-hub', state, {
      timeout,
    });
  }

  async reload(): Promise<void> {
    await this.page.reload();
    await expect(this.#root).toHaveAttribute('data-phase', 'dialogue');
  }

  async close(): Promise<void> {
    await this.#context.close();
  }
}
