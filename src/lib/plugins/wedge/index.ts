// Who lives here: the keyboard wedge: a scanner that types. Keystrokes at scanner speed anywhere on
// the page become reads, also while a field has the focus, and leave nothing in it (field.ts). What
// is a code is decided in burst.ts; this file listens, keeps keys back and waits.

import * as z from 'zod/mini';
import { assert, fault, LIMITS } from '../../domain/index.ts';
import { cutAim, printable } from '../../scan/index.ts';
import type { DeviceAdapter, DevicePlugin, PluginHost } from '../contract.ts';
import { IDLE, onKey, onSilence } from './burst.ts';
import type { BurstRead, BurstStep } from './burst.ts';
import { remember, restore } from './field.ts';
import type { Remembered } from './field.ts';
import { GS, keyDown, keyUp } from './keys.ts';
import type { Decoded } from './keys.ts';

const options = z.strictObject({
  /** The key that ends a code. `auto`: Enter, Tab or silence. A known one is safer (burst.ts). */
  suffix: z._default(z.enum(['auto', 'Enter', 'Tab']), 'auto'),
  /** What the scanner sends for FNC1 besides GS: characters such as `~` or `<GS>`, or `F8`. */
  fnc1: z.optional(z.string().check(z.minLength(1), z.maxLength(8))),
  /** Shorter bursts are a person's. */
  minLength: z._default(z.int().check(z.minimum(2), z.maximum(20)), 3),
  /** Longest time between two keys of one code. */
  maxGapMs: z._default(z.int().check(z.minimum(10), z.maximum(200)), 50),
});

type WedgeOptions = z.output<typeof options>;

const KEY_NAME = /^F([1-9]|1\d|2[0-4])$/;

/** A timer this late was held up by a busy page, and keys may be waiting behind it. */
const LATE_MS = 8;

function createWedge(host: PluginHost, wanted: WedgeOptions): DeviceAdapter {
  const { keyboard } = host.granted;
  assert(keyboard !== undefined, 'the host grants what the manifest needs');
  const { fnc1 } = wanted;
  const fnc1Key = fnc1 !== undefined && KEY_NAME.test(fnc1) ? fnc1 : undefined;
  const standIn = fnc1Key === undefined ? fnc1 : undefined;
  let burst = IDLE;
  let alt = '';
  let held: Remembered | undefined;
  /** Wall time when the clock of the events stood at zero. */
  let epochMs = 0;
  let troubled = false;
  let cancelWait: () => void = () => undefined;

  function emit(read: BurstRead): void {
    const { aim, text } = cutAim(
      standIn === undefined ? read.text : read.text.replaceAll(standIn, GS),
    );
    host.emit({
      bytes: new TextEncoder().encode(read.text),
      text,
      ...(aim !== undefined && { aim }),
      device: plugin.manifest.id,
      startedMs: epochMs + read.startedMs,
      endedMs: epochMs + read.lastMs,
    });
  }

  function putBack(): void {
    if (held !== undefined) restore(held);
  }

  /** Everything that a step asks for, except what concerns its own key. */
  function follow(step: BurstStep): void {
    burst = step.burst;
    cancelWait();
    if (step.read !== undefined || step.lost !== undefined || step.proven) putBack();
    if (step.lost !== undefined) {
      troubled = true;
      const read = printable(step.lost.text);
      const code = step.lost.why === 'too-long' ? 'scan.too-long' : 'scan.unreadable';
      const data = code === 'scan.too-long' ? { read, max: LIMITS.scanBytes } : { read };
      host.status({ kind: 'attention', fault: fault(code, data) });
    }
    if (step.read !== undefined) {
      emit(step.read);
      if (troubled) host.status({ kind: 'ready' });
      troubled = false;
    }
    if (step.waitMs !== undefined) wait(step.waitMs);
  }

  function wait(delayMs: number, isSecond = false): void {
    const dueMs = host.clock.nowMs() + delayMs;
    cancelWait = host.scheduler.after(delayMs, () => {
      if (!isSecond && host.clock.nowMs() - dueMs > LATE_MS) wait(0, true);
      else follow(onSilence(burst, wanted));
    });
  }

  function take({ alt: digits, key }: Decoded, event: KeyboardEvent): void {
    alt = digits;
    epochMs = host.clock.nowMs() - event.timeStamp;
    const step = onKey(burst, key, event.timeStamp, wanted);
    follow(step);
    if (step.begins) held = remember(event);
    if (step.swallow) {
      event.preventDefault();
      event.stopImmediatePropagation();
    }
  }
  const onDown = (event: KeyboardEvent): void => {
    take(keyDown(alt, event, fnc1Key), event);
  };
  const onUp = (event: KeyboardEvent): void => {
    const decoded = keyUp(alt, event);
    if (decoded !== undefined) take(decoded, event);
  };

  return {
    start(signal) {
      if (signal.aborted) return Promise.resolve();
      keyboard.addEventListener('keydown', onDown);
      keyboard.addEventListener('keyup', onUp);
      signal.addEventListener('abort', () => {
        keyboard.removeEventListener('keydown', onDown);
        keyboard.removeEventListener('keyup', onUp);
        cancelWait();
      });
      host.status({ kind: 'ready' });
      return Promise.resolve();
    },
  };
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
  create: createWedge,
};
