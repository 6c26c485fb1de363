// Who lives here: the keys of a measured scan. Digits come on the scanner's schedule, as in
// tests/support/scanner.ts; the key that is measured gets its time from the browser, so that
// `event.timeStamp` is the moment of its arrival and not of our intention.

import type { CDPSession, Page } from '@playwright/test';
import { until } from './pace.ts';

const GAP_MS = 5;

export class Typist {
  readonly #session: CDPSession;

  private constructor(session: CDPSession) {
    this.#session = session;
  }

  static async at(page: Page): Promise<Typist> {
    return new Typist(await page.context().newCDPSession(page));
  }

  /** Types digits, then Enter. */
  async scan(digits: string): Promise<void> {
    const startedMs = performance.now();
    const startedAtMs = Date.now();
    const sent: Promise<unknown>[] = [];
    for (const [index, digit] of [...digits].entries()) {
      await until(startedMs + index * GAP_MS);
      const timestamp = (startedAtMs + index * GAP_MS) / 1000;
      sent.push(
        this.#session.send('Input.dispatchKeyEvent', {
          ...{ type: 'keyDown', key: digit, text: digit, timestamp },
        }),
        this.#session.send('Input.dispatchKeyEvent', { type: 'keyUp', key: digit, timestamp }),
      );
    }
    await Promise.all(sent);
    await until(startedMs + digits.length * GAP_MS);
    await this.press('Enter', '\r');
  }

  /** One key, timed by the browser. */
  async press(key: string, text?: string): Promise<void> {
    const type = text === undefined ? 'rawKeyDown' : 'keyDown';
    await this.#session.send('Input.dispatchKeyEvent', { type, key, ...(text && { text }) });
    await this.#session.send('Input.dispatchKeyEvent', { type: 'keyUp', key });
  }

  /** 1: as fast as the machine is; 6: six times slower. */
  async slowDown(rate: number): Promise<void> {
    await this.#session.send('Emulation.setCPUThrottlingRate', { rate });
  }
}
