// Who lives here: the keyboard wedge: a scanner that types. Keystrokes at scanner speed anywhere on
// the page become reads, also while a field has the focus, and leave nothing in it (field.ts). What
// is a code is decided in burst.ts; this file listens, keeps keys back and waits.

import * as z from 'zod/mini';
import { assert, fault, LIMITS } from '../../domain/index.ts';
import type { Fault } from '../../domain/index.ts';
import { cutAim, printable } from '../../scan/index.ts';
import type { DeviceAdapter, DevicePlugin, KeySource, PluginHost } from '../contract.ts';
import { IDLE, learned, onKey, onSilence } from './burst.ts';
import type { BurstOptions, BurstRead, BurstStep, Ending, Key } from './burst.ts';
import { remember, restore } from './field.ts';
import type { Remembered } from './field.ts';
import { GS, keyDown, keyUp } from './keys.ts';
import type { Decoded } from './keys.ts';

const options = z.strictObject({
  /** The key that ends a code. `auto`: Enter, Tab or silence, learned from the codes that come. */
  suffix: z._default(z.enum(['auto', 'Enter', 'Tab']), 'auto'),
  /** What the scanner sends for FNC1 besides GS: characters such as `~` or `<GS>`, or `F8`. */
  fnc1: z.optional(z.string().check(z.minLength(1), z.maxLength(8))),
  /** Shorter bursts are a person's. */
  minLength: z._default(z.int().check(z.minimum(2), z.maximum(20)), 2),
  /** Longest time between two keys of one code. */
  maxGapMs: z._default(z.int().check(z.minimum(10), z.maximum(200)), 50),
});

type WedgeOptions = z.output<typeof options>;

const KEY_NAME = /^F([1-9]|1\d|2[0-4])$/;

/** A timer this late was held up by a busy page, and keys may be waiting behind it. */
const LATE_MS = 8;

class Wedge implements DeviceAdapter {
  readonly #host: PluginHost;
  readonly #keyboard: KeySource;
  readonly #options: WedgeOptions;
  /** How this device ends its codes, as far as it is known. */
  #ending: Ending;
  /** FNC1 stands as a key of this name, or as these characters. */
  readonly #fnc1Key: string | undefined;
  readonly #fnc1Text: string | undefined;
  #burst = IDLE;
  #alt = '';
  #held: Remembered | undefined;
  /** Wall time when the clock of the events stood at zero. */
  #epochMs = 0;
  #isTroubled = false;
  #cancelWait: () => void = () => undefined;

  constructor(host: PluginHost, wanted: WedgeOptions) {
    const { keyboard } = host.granted;
    assert(keyboard !== undefined, 'the host grants what the manifest needs');
    const { fnc1 } = wanted;
    const isKey = fnc1 !== undefined && KEY_NAME.test(fnc1);
    this.#host = host;
    this.#keyboard = keyboard;
    this.#options = wanted;
    this.#ending = wanted.suffix === 'auto' ? 'unknown' : wanted.suffix;
    this.#fnc1Key = isKey ? fnc1 : undefined;
    this.#fnc1Text = isKey ? undefined : fnc1;
  }

  start(signal: AbortSignal): Promise<void> {
    if (signal.aborted) return Promise.resolve();
    this.#keyboard.addEventListener('keydown', this.#onDown);
    this.#keyboard.addEventListener('keyup', this.#onUp);
    signal.addEventListener('abort', () => {
      this.#keyboard.removeEventListener('keydown', this.#onDown);
      this.#keyboard.removeEventListener('keyup', this.#onUp);
      this.#cancelWait();
    });
    this.#host.status({ kind: 'ready' });
    return Promise.resolve();
  }

  readonly #onDown = (event: KeyboardEvent): void => {
    this.#take(keyDown(this.#alt, event, this.#fnc1Key), event);
  };

  readonly #onUp = (event: KeyboardEvent): void => {
    const decoded = keyUp(this.#alt, event);
    if (decoded !== undefined) this.#take(decoded, event);
  };

  #take({ alt, key }: Decoded, event: KeyboardEvent): void {
    this.#alt = alt;
    this.#epochMs = this.#host.clock.nowMs() - event.timeStamp;
    const step = onKey(this.#burst, key, event.timeStamp, this.#rules());
    this.#go(step, key);
    if (step.begins) this.#held = remember(event);
    if (step.swallow) {
      event.preventDefault();
      event.stopImmediatePropagation();
    }
  }

  #rules(): BurstOptions {
    const { minLength, maxGapMs } = this.#options;
    return { ending: this.#ending, minLength, maxGapMs };
  }

  /** Does the step, and learns from it where nobody has said how codes end. */
  #go(step: BurstStep, key: Key | undefined): void {
    if (this.#options.suffix === 'auto') {
      this.#ending = learned(this.#ending, this.#burst, key, step);
    }
    this.#follow(step);
  }

  /** Does everything that a step asks for, except what concerns its own key. */
  #follow(step: BurstStep): void {
    const { read, lost } = step;
    this.#burst = step.burst;
    this.#cancelWait();
    if (this.#held !== undefined && (read ?? lost ?? step.proven)) restore(this.#held);
    if (lost !== undefined) {
      this.#isTroubled = true;
      this.#host.status({ kind: 'attention', fault: faultOf(lost) });
    }
    if (read !== undefined) {
      this.#emit(read);
      if (this.#isTroubled) this.#host.status({ kind: 'ready' });
      this.#isTroubled = false;
    }
    if (step.waitMs !== undefined) this.#wait(step.waitMs);
  }

  #wait(delayMs: number, isSecond = false): void {
    const { clock, scheduler } = this.#host;
    const dueMs = clock.nowMs() + delayMs;
    this.#cancelWait = scheduler.after(delayMs, () => {
      if (!isSecond && clock.nowMs() - dueMs > LATE_MS) this.#wait(0, true);
      else this.#go(onSilence(this.#burst, this.#rules()), undefined);
    });
  }

  #emit(read: BurstRead): void {
    const standIn = this.#fnc1Text;
    const typed = standIn === undefined ? read.text : read.text.replaceAll(standIn, GS);
    const { aim, text } = cutAim(typed);
    this.#host.emit({
      bytes: new TextEncoder().encode(read.text),
      text,
      ...(aim !== undefined && { aim }),
      device: plugin.manifest.id,
      startedMs: this.#epochMs + read.startedMs,
      endedMs: this.#epochMs + read.lastMs,
    });
  }
}

function faultOf({ why, text }: NonNullable<BurstStep['lost']>): Fault {
  const read = printable(text);
  if (why === 'too-long') return fault('scan.too-long', { read, max: LIMITS.scanBytes });
  return fault('scan.unreadable', { read });
}

export const plugin: DevicePlugin<WedgeOptions> = {
  manifest: {
    id: 'wedge',
    api: 1,
    kind: 'scanner',
    label: 'Keyboard scanner',
    needs: ['keyboard'],
    options,
  },
  create: (host, wanted) => new Wedge(host, wanted),
};
