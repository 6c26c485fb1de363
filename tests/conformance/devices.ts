// Who lives here: devices to order, honest and hostile, for the proofs of the host of devices.

import * as z from 'zod/mini';
import { LIMITS } from '../../src/lib/domain/index.ts';
import type { RawScan } from '../../src/lib/domain/index.ts';
import { createDeviceHost } from '../../src/lib/plugins/index.ts';
import type { DeviceHost, DevicePlugin, DeviceState } from '../../src/lib/plugins/index.ts';
import type { PluginHost } from '../../src/lib/plugins/index.ts';
import { VirtualKeyboard, VirtualTime } from './machine.ts';

type Start = (host: PluginHost, signal: AbortSignal) => unknown;

/** A device that does what `start` does. */
export function device(
  id: string,
  start: Start,
  more: Partial<DevicePlugin['manifest']> = {},
  signal?: () => void,
): DevicePlugin {
  return {
    manifest: {
      id,
      api: 1,
      kind: 'scanner',
      label: `The ${id}`,
      needs: ['keyboard'],
      options: z.looseObject({}),
      ...more,
    },
    create: (host) => ({
      start: async (ended) => {
        await start(host, ended);
      },
      ...(signal && { signal }),
    }),
  };
}

export function scanOf(text: string, more: Partial<RawScan> = {}): RawScan {
  const bytes = new TextEncoder().encode(text);
  return { bytes, text, device: 'somebody else', startedMs: 1, endedMs: 2, ...more };
}

/** A host at work with an honest device, and others beside it. */
export interface Shop {
  readonly time: VirtualTime;
  readonly keyboard: VirtualKeyboard;
  readonly scans: RawScan[];
  readonly shown: (readonly DeviceState[])[];
  readonly host: DeviceHost;
  /** What the honest device was given to work with. */
  readonly honest: PluginHost;
  named(id: string): DeviceState | undefined;
}

export async function openShop(...others: readonly DevicePlugin[]): Promise<Shop> {
  const time = new VirtualTime();
  const keyboard = new VirtualKeyboard(time);
  const scans: RawScan[] = [];
  const shown: (readonly DeviceState[])[] = [];
  const given: PluginHost[] = [];
  const host = createDeviceHost([device('honest', (one) => given.push(one)), ...others], {
    clock: time,
    scheduler: time,
    machine: { keyboard },
    onScan: (raw) => scans.push(raw),
    onState: (states) => shown.push(states),
  });
  await host.start('honest');
  const [honest] = given;
  if (honest === undefined) throw new Error('the honest device did not start');
  const named = (id: string) => host.states().find((state) => state.id === id);
  return { time, keyboard, scans, shown, host, honest, named };
}

export function throwString(): never {
  // eslint-disable-next-line @typescript-eslint/only-throw-error -- what a careless driver throws
  throw 'a word';
}

function repeat(count: number, act: (place: number) => void): void {
  for (let place = 0; place < count; place++) act(place);
}

/** What a bad driver does, and the reason that the host must give for stopping it. */
export const HOSTILE: readonly (readonly [does: string, reason: string, start: Start])[] = [
  ['throws in start', 'threw', () => Promise.reject(new Error('no such port'))],
  ['throws a string', 'threw', throwString],
  [
    'throws in a key listener',
    'threw',
    (host) => host.granted.keyboard?.addEventListener('keydown', throwString),
  ],
  ['throws in a timer', 'threw', (host) => host.scheduler.after(5, throwString)],
  [
    'floods',
    'flood',
    (host) => {
      repeat(100_000, (place) => {
        host.emit(scanOf(String(place)));
      });
    },
  ],
  [
    'floods with one code',
    'flood',
    (host) => {
      repeat(100, () => {
        host.emit(scanOf('same'));
      });
    },
  ],
  [
    'floods its status',
    'flood',
    (host) => {
      repeat(100, () => {
        host.status({ kind: 'ready' });
      });
    },
  ],
  ['emits 4 KB and a byte', 'too-long', emits(scanOf('9'.repeat(LIMITS.scanBytes + 1)))],
  ['emits 10 MB', 'too-long', emits(scanOf('9'.repeat(10_000_000)))],
  ['emits nothing', 'bad-scan', emits(JSON.parse('null'))],
  ['emits text without bytes', 'bad-scan', emits(JSON.parse('{"text":"A"}'))],
  ['emits a time that is none', 'bad-scan', emits(scanOf('A', { endedMs: NaN }))],
  ['ends before it begins', 'bad-scan', emits(scanOf('A', { startedMs: 9, endedMs: 8 }))],
  ['emits a trap', 'threw', emits(new Proxy(scanOf('A'), { get: throwString }))],
  [
    'says a status that is none',
    'bad-status',
    (host) => {
      host.status(JSON.parse('{"kind":"x"}'));
    },
  ],
  [
    'holds timers without end',
    'too-many-timers',
    (host) => {
      repeat(LIMITS.deviceTimers + 1, () => host.scheduler.after(1e6, () => undefined));
    },
  ],
  [
    'holds listeners without end',
    'too-many-listeners',
    (host) => {
      repeat(LIMITS.deviceListeners + 1, (place) => {
        host.granted.keyboard?.addEventListener('keyup', () => place);
      });
    },
  ],
];

function emits(raw: RawScan): Start {
  return (host) => {
    host.emit(raw);
  };
}
