// Who lives here: the wedge in a real page: fields, focus, default actions, real timers.

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RawScan } from '../../domain/index.ts';
import { createDeviceHost, PLUGINS } from '../index.ts';
import type { DeviceHost } from '../index.ts';

const GTIN = '8712345678906';

let host: DeviceHost;
let scans: { readonly raw: RawScan; readonly atMs: number }[];

const timers = {
  after(delayMs: number, act: () => void) {
    const timer = setTimeout(act, delayMs);
    return () => {
      clearTimeout(timer);
    };
  },
};

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Milliseconds with a fraction: what is measured here is short. */
const clock = { nowMs: () => performance.timeOrigin + performance.now() };

beforeEach(async () => {
  scans = [];
  host = createDeviceHost(PLUGINS, {
    clock,
    scheduler: timers,
    machine: { keyboard: window },
    onScan: (raw) => scans.push({ raw, atMs: clock.nowMs() }),
    onState: () => undefined,
  });
  const { state } = await host.start('wedge');
  expect(state).toBe('running');
});
afterEach(() => {
  host.close();
  document.body.replaceChildren();
});

function add<K extends keyof HTMLElementTagNameMap>(tag: K): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  document.body.append(element);
  element.focus();
  return element;
}

/** One key as the browser handles it: the field changes unless somebody kept the key back. */
function press(key: string, more: KeyboardEventInit = {}): boolean {
  const target = document.activeElement ?? document.body;
  const init = { key, bubbles: true, cancelable: true, composed: true, ...more };
  const passed = target.dispatchEvent(new KeyboardEvent('keydown', init));
  const isText = target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement;
  if (passed && isText && key.length === 1 && more.ctrlKey !== true) {
    const { selectionStart, selectionEnd, value } = target;
    if (selectionStart === null) target.value = value + key;
    else target.setRangeText(key, selectionStart, selectionEnd ?? selectionStart, 'end');
    target.dispatchEvent(new Event('input', { bubbles: true }));
  }
  target.dispatchEvent(new KeyboardEvent('keyup', init));
  return passed;
}

/** At scanner speed, by the clock of the page: timers of a page are too coarse for it. */
function type(text: string, gapMs = 2): void {
  for (const key of text) {
    const untilMs = performance.now() + gapMs;
    press(key);
    while (performance.now() < untilMs);
  }
}

describe('a scan while a field has the focus', () => {
  it('leaves the field, its selection and its listeners as they were', async () => {
    const field = add('input');
    field.value = 'typed before';
    field.setSelectionRange(2, 5);
    let told = '';
    field.addEventListener('input', () => (told = field.value));
    type(GTIN);
    expect(press('Enter')).toBe(false);
    await pause(0);
    expect(scans.map(({ raw }) => raw.text)).toEqual([GTIN]);
    expect(field.value).toBe('typed before');
    expect([field.selectionStart, field.selectionEnd]).toEqual([2, 5]);
    expect(told).toBe('typed before');
  });

  it.each(['number', 'password', 'search'])('leaves a field of type %s alone', async (kind) => {
    const field = add('input');
    field.type = kind;
    field.value = '12';
    type('A-01-1');
    press('Tab');
    await pause(0);
    expect(scans).toHaveLength(1);
    expect(field.value).toBe('12');
  });

  it('leaves a text area alone and does not submit a form', async () => {
    const form = add('form');
    let submitted = 0;
    form.addEventListener('submit', () => submitted++);
    const area = document.createElement('textarea');
    form.append(area);
    area.focus();
    type(`]C101${GTIN.padStart(14, '0')}10LOT`);
    press(']', { ctrlKey: true });
    type('17261231');
    press('Enter');
    await pause(0);
    expect(scans[0]?.raw).toMatchObject({
      aim: ']C1',
      text: `01${GTIN.padStart(14, '0')}10LOT\u001d17261231`,
      device: 'wedge',
    });
    expect(area.value).toBe('');
    expect(submitted).toBe(0);
  });
});

describe('a scan with no field', () => {
  it('presses no button that has the focus, and reaches no listener of the page', async () => {
    const button = add('button');
    let heard = '';
    button.addEventListener('keydown', (event) => (heard += event.key));
    type(GTIN);
    press('Enter');
    await pause(0);
    expect(scans).toHaveLength(1);
    // The first two keys may have been a person's.
    expect(heard).toBe(GTIN.slice(0, 2));
  });

  it('carries the wall time of its first and last key', async () => {
    const beforeMs = clock.nowMs();
    type(GTIN, 3);
    press('Enter');
    await pause(0);
    const { raw } = scans[0] ?? {};
    expect(raw?.startedMs).toBeGreaterThanOrEqual(beforeMs - 1);
    expect(raw?.endedMs).toBeLessThanOrEqual(clock.nowMs() + 1);
    expect((raw?.endedMs ?? 0) - (raw?.startedMs ?? 0)).toBeGreaterThanOrEqual(36);
  });

  it('without a suffix is read three gaps after its last key (P-04)', async () => {
    const shares: number[] = [];
    for (let round = 0; round < 9; round++) {
      const gapMs = 8;
      type(`A-${round}-1234`, gapMs);
      await pause(120);
      const { raw, atMs } = scans.at(-1) ?? {};
      shares.push(((atMs ?? Infinity) - (raw?.endedMs ?? 0)) / (3 * gapMs));
    }
    expect(scans).toHaveLength(9);
    const median = shares.sort((a, b) => a - b)[4] ?? Infinity;
    expect(median).toBeLessThanOrEqual(1.1);
  });

  it('is read whole when the page was busy in the middle of it', async () => {
    type('87123456', 3);
    const untilMs = performance.now() + 30;
    while (performance.now() < untilMs);
    type('78906', 3);
    press('Enter');
    await pause(0);
    expect(scans.map(({ raw }) => raw.text)).toEqual(['8712345678906']);
  });
});

describe('a person', () => {
  it('types, corrects and submits as if there were no wedge', async () => {
    const field = add('input');
    for (const key of 'lot-5') {
      expect(press(key)).toBe(true);
      await pause(80);
    }
    expect(press('Backspace')).toBe(true);
    await pause(80);
    expect(press('Enter')).toBe(true);
    await pause(100);
    expect(field.value).toBe('lot-5');
    expect(scans).toEqual([]);
  });

  it('has the keyboard for himself once the device is stopped', async () => {
    host.stop('wedge');
    const field = add('input');
    type(GTIN);
    await pause(100);
    expect(field.value).toBe(GTIN);
    expect(scans).toEqual([]);
  });
});
