// Who lives here: a keyboard-wedge scanner, as Chromium sees one: key events of the browser's own
// input pipeline, some milliseconds apart, with Enter at the end. FNC1 is typed as Ctrl+], which is
// how scanners send GS.

import type { CDPSession, Page } from '@playwright/test';

const GS = '\u001d';
const CTRL = 2;
const SHIFT = 8;

interface Key {
  readonly key: string;
  readonly text?: string;
  readonly modifiers: number;
}

function keyOf(character: string): Key {
  if (character === GS) return { key: ']', modifiers: CTRL };
  const shifted = /^[A-Z!@#$%^&*()_+{}|:"<>?~]$/.test(character);
  return { key: character, text: character, modifiers: shifted ? SHIFT : 0 };
}

export class Scanner {
  readonly #session: CDPSession;
  readonly #gapMs: number;

  private constructor(session: CDPSession, gapMs: number) {
    this.#session = session;
    this.#gapMs = gapMs;
  }

  static async at(page: Page, gapMs = 5): Promise<Scanner> {
    return new Scanner(await page.context().newCDPSession(page), gapMs);
  }

  /** Types a code as a scanner would; resolves when the suffix key is up. */
  async scan(code: string): Promise<void> {
    const startedMs = performance.now();
    const startedAtMs = Date.now();
    const sent: Promise<unknown>[] = [];
    const keys: Key[] = [...code].map(keyOf);
    keys.push({ key: 'Enter', text: '\r', modifiers: 0 });
    for (const [index, key] of keys.entries()) {
      // On a schedule, not after each answer: a scanner does not wait for the browser.
      while (performance.now() < startedMs + index * this.#gapMs) {
        await new Promise((resolve) => setImmediate(resolve));
      }
      const atMs = startedAtMs + index * this.#gapMs;
      sent.push(this.#send('keyDown', key, atMs), this.#send('keyUp', key, atMs));
    }
    await Promise.all(sent);
  }

  /** `atMs`: when the key was struck; a busy machine must not stretch what the scanner did. */
  #send(type: 'keyDown' | 'keyUp', { key, text, modifiers }: Key, atMs: number): Promise<unknown> {
    const down = type === 'keyDown' && text !== undefined ? { text } : {};
    const raw = type === 'keyDown' && text === undefined ? 'rawKeyDown' : type;
    return this.#session.send('Input.dispatchKeyEvent', {
      type: raw,
      key,
      modifiers,
      timestamp: atMs / 1000,
      ...down,
    });
  }
}
