// Who lives here: proofs of the wall around devices (I-20) and of the door for their reads (I-14).
// The hostile devices here do what a bad driver does; beside each runs an honest one.

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { LIMITS } from '../domain/index.ts';
import type { RawScan } from '../domain/index.ts';
import { createDeviceHost } from './index.ts';
import type { DeviceHost, DevicePlugin, DeviceState, PluginHost } from './index.ts';

/** Time and keys that only the test moves. */
function createMachine() {
  let nowMs = 1_000_000;
  const timers = new Set<{ atMs: number; act: () => void }>();
  const listeners = new Set<(event: KeyboardEvent) => void>();
  return {
    timers,
    listeners,
    clock: { nowMs: () => nowMs },
    scheduler: {
      after(delayMs: number, act: () => void) {
        const timer = { atMs: nowMs + delayMs, act };
        timers.add(timer);
        return () => timers.delete(timer);
      },
    },
    keyboard: {
      addEventListener: (_: string, listener: (event: KeyboardEvent) => void) =>
        listeners.add(listener),
      removeEventListener: (_: string, listener: (event: KeyboardEvent) => void) =>
        listeners.delete(listener),
    },
    set(toMs: number) {
      nowMs = toMs;
    },
    pass(ms: number) {
      nowMs += ms;
      for (const timer of Array.from(timers)) {
        if (timer.atMs > nowMs) continue;
        timers.delete(timer);
        timer.act();
      }
    },
  };
}

type Start = (host: PluginHost, signal: AbortSignal) => Promise<void> | void;

function device(
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

function scanOf(text: string, more: Partial<RawScan> = {}): RawScan {
  const bytes = new TextEncoder().encode(text);
  return { bytes, text, device: 'somebody else', startedMs: 1, endedMs: 2, ...more };
}

let machine: ReturnType<typeof createMachine>;
let scans: RawScan[];
let shown: (readonly DeviceState[])[];
let honest: PluginHost | undefined;
let hosts: DeviceHost[];

beforeEach(() => {
  machine = createMachine();
  scans = [];
  shown = [];
  hosts = [];
});
afterEach(() => {
  for (const host of hosts) host.close();
});

/** A host with an honest device that runs, and `hostile` beside it. */
async function withHonest(...hostile: DevicePlugin[]): Promise<DeviceHost> {
  const honestDevice = device('honest', (host) => {
    honest = host;
  });
  const host = createDeviceHost([honestDevice, ...hostile], {
    clock: machine.clock,
    scheduler: machine.scheduler,
    machine: { keyboard: machine.keyboard },
    onScan: (raw) => scans.push(raw),
    onState: (states) => shown.push(states),
  });
  hosts.push(host);
  await host.start('honest');
  return host;
}

async function proveHonestWorks(): Promise<void> {
  machine.pass(5000);
  honest?.emit(scanOf('STILL-HERE'));
  await Promise.resolve();
  expect(scans.at(-1)).toMatchObject({ text: 'STILL-HERE', device: 'honest' });
}

const named = (host: DeviceHost, id: string) => host.states().find((state) => state.id === id);

describe('a device that fails is stopped and shown, and the others go on (I-20)', () => {
  const hostile: readonly [string, string, Start][] = [
    ['throws in start', 'threw', () => Promise.reject(new Error('no such port'))],
    ['throws a string', 'threw', throwString],
    ['throws in a key listener', 'threw', throwAtKey],
    ['throws in a timer', 'threw', throwInTimer],
    ['floods', 'flood', flood],
    ['floods with one code', 'flood', floodOne],
    ['floods its status', 'flood', floodStatus],
    ['emits 4 KB and a byte', 'too-long', (h) => h.emit(scanOf('9'.repeat(LIMITS.scanBytes + 1)))],
    ['emits 10 MB', 'too-long', (h) => h.emit(scanOf('9'.repeat(10_000_000)))],
    ['emits nothing', 'bad-scan', (h) => h.emit(JSON.parse('null'))],
    ['emits text without bytes', 'bad-scan', (h) => h.emit(JSON.parse('{"text":"A"}'))],
    ['emits a time that is none', 'bad-scan', (h) => h.emit(scanOf('A', { endedMs: NaN }))],
    ['ends before it begins', 'bad-scan', (h) => h.emit(scanOf('A', { startedMs: 9, endedMs: 8 }))],
    ['emits a trap', 'threw', (h) => h.emit(trap())],
    ['says a status that is none', 'bad-status', (h) => h.status(JSON.parse('{"kind":"x"}'))],
    ['holds timers without end', 'too-many-timers', holdTimers],
    ['holds listeners without end', 'too-many-listeners', holdListeners],
  ];

  it.each(hostile)('one that %s', async (_, reason, start) => {
    const host = await withHonest(device('bad', start));
    await host.start('bad');
    for (const listener of Array.from(machine.listeners)) listener(anyKey());
    machine.pass(10);
    expect(named(host, 'bad')).toMatchObject({
      state: 'failed',
      fault: { code: 'device.stopped', data: { device: 'The bad', reason } },
    });
    expect(machine.listeners.size + machine.timers.size).toBe(0);
    expect(shown.at(-1)).toEqual(host.states());
    await proveHonestWorks();
  });

  it('one that hangs in start', async () => {
    const host = await withHonest(device('bad', () => new Promise(() => undefined)));
    const started = host.start('bad');
    await proveHonestWorks();
    machine.pass(LIMITS.deviceStartMs);
    expect(await started).toMatchObject({
      state: 'failed',
      fault: { data: { reason: 'start-timeout' } },
    });
    await proveHonestWorks();
  });

  it('one that throws in create', async () => {
    const bad: DevicePlugin = { ...device('bad', () => undefined), create: chokeInCreate };
    const host = await withHonest(bad);
    expect(await host.start('bad')).toMatchObject({
      fault: { data: { reason: 'threw', detail: 'TypeError: choked' } },
    });
    await proveHonestWorks();
  });

  it('one that chokes on feedback, which reaches the others', async () => {
    const heard: string[] = [];
    const choking = device('bad', () => undefined, {}, throwString);
    const beeper = device(
      'beeper',
      () => undefined,
      {},
      () => heard.push('beep'),
    );
    const host = await withHonest(choking, beeper);
    await host.start('bad');
    await host.start('beeper');
    host.signal('green');
    expect(named(host, 'bad')).toMatchObject({ state: 'failed' });
    expect(heard).toEqual(['beep']);
  });

  it('one that emits after it was stopped: dropped, and shown', async () => {
    let bad: PluginHost | undefined;
    const host = await withHonest(device('bad', (given) => void (bad = given)));
    await host.start('bad');
    host.stop('bad');
    expect(named(host, 'bad')).toMatchObject({ state: 'stopped' });
    bad?.emit(scanOf('LATE'));
    await Promise.resolve();
    expect(scans).toEqual([]);
    expect(named(host, 'bad')).toMatchObject({ fault: { data: { reason: 'call-after-end' } } });
    await proveHonestWorks();
  });

  it('one that needs what this machine has not, or is set wrongly, never begins', async () => {
    let begun = false;
    const start = (): void => void (begun = true);
    const options = z.strictObject({ port: z.number() });
    const host = createDeviceHost(
      [device('needy', start), device('strict', start, { needs: [], options })],
      {
        clock: machine.clock,
        scheduler: machine.scheduler,
        machine: {},
        onScan: (raw) => scans.push(raw),
        onState: () => undefined,
      },
    );
    expect(await host.start('needy')).toMatchObject({
      fault: { data: { reason: 'no-capability', detail: 'keyboard' } },
    });
    expect(await host.start('strict', { port: 'COM1' })).toMatchObject({
      fault: { data: { reason: 'bad-options', detail: 'port' } },
    });
    expect(begun).toBe(false);
  });
});

describe('a device that failed', () => {
  it('can be started anew, and what its old run says no longer counts', async () => {
    const runs: PluginHost[] = [];
    const host = await withHonest(device('flaky', (given) => void runs.push(given)));
    await host.start('flaky');
    runs[0]?.emit(JSON.parse('null'));
    expect(named(host, 'flaky')).toMatchObject({ state: 'failed' });
    expect(await host.start('flaky')).toMatchObject({ state: 'running' });
    runs[0]?.emit(scanOf('OLD'));
    runs[1]?.emit(scanOf('NEW'));
    await Promise.resolve();
    expect(scans.map(({ text }) => text)).toEqual(['NEW']);
    expect(named(host, 'flaky')).toEqual({
      id: 'flaky',
      label: 'The flaky',
      kind: 'scanner',
      state: 'running',
    });
  });

  it('loses its old run when it is started twice', async () => {
    let ends = 0;
    const start: Start = (_, ended) => {
      ended.addEventListener('abort', () => ends++);
    };
    const host = await withHonest(device('twice', start));
    await Promise.all([host.start('twice'), host.start('twice')]);
    expect(ends).toBe(1);
    expect(named(host, 'twice')).toMatchObject({ state: 'running' });
  });
});

describe('a device that asks for attention', () => {
  it('is shown with its fault until it is ready again', async () => {
    let given: PluginHost | undefined;
    const host = await withHonest(device('weak', (one) => void (given = one)));
    await host.start('weak');
    given?.status({ kind: 'attention', fault: { code: 'scan.unreadable', data: { read: 'x' } } });
    expect(named(host, 'weak')).toMatchObject({
      state: 'running',
      fault: { code: 'scan.unreadable' },
    });
    given?.status({ kind: 'ready' });
    expect(named(host, 'weak')).not.toHaveProperty('fault');
  });
});

describe('a read', () => {
  it('carries the name of its device and cannot be changed afterwards', async () => {
    await withHonest();
    const raw = scanOf('A-01-1', { aim: ']C0' });
    honest?.emit(raw);
    raw.bytes[0] = 0;
    await Promise.resolve();
    expect(scans).toEqual([{ ...scanOf('A-01-1', { aim: ']C0' }), device: 'honest' }]);
  });

  it('that makes the station fail is no failure of the device', async () => {
    const failures: unknown[] = [];
    const keep = (error: unknown): void => void failures.push(error);
    const listeners = process.listeners('uncaughtException');
    process.removeAllListeners('uncaughtException');
    process.on('uncaughtException', keep);
    const host = createDeviceHost([device('honest', (given) => void (honest = given))], {
      clock: machine.clock,
      scheduler: machine.scheduler,
      machine: { keyboard: machine.keyboard },
      onScan: throwString,
      onState: () => undefined,
    });
    await host.start('honest');
    honest?.emit(scanOf('A-01-1'));
    await new Promise((resolve) => setTimeout(resolve, 5));
    process.removeListener('uncaughtException', keep);
    for (const listener of listeners) process.on('uncaughtException', listener);
    expect(failures).toHaveLength(1);
    expect(named(host, 'honest')).toMatchObject({ state: 'running' });
  });

  async function readsOf(...codes: readonly (readonly [afterMs: number, text: string])[]) {
    for (const [afterMs, text] of codes) {
      machine.pass(afterMs);
      honest?.emit(scanOf(text));
    }
    await Promise.resolve();
    return scans.map(({ text }) => text);
  }

  it('of the same code within the double-read time is one (I-14)', async () => {
    await withHonest();
    expect(await readsOf([0, 'A'], [LIMITS.doubleReadMs - 1, 'A'])).toEqual(['A']);
    expect(await readsOf([LIMITS.doubleReadMs, 'A'])).toEqual(['A', 'A']);
  });

  it('under a held trigger stays one, however long (I-14)', async () => {
    await withHonest();
    const held = Array.from({ length: 50 }, () => [400, 'A'] as const);
    expect(await readsOf(...held)).toEqual(['A']);
  });

  it('of another code, or of the same code after another, counts', async () => {
    await withHonest();
    expect(await readsOf([0, 'A'], [100, 'B'], [100, 'A'])).toEqual(['A', 'B', 'A']);
  });

  it('of the same code on another device counts', async () => {
    let second: PluginHost | undefined;
    const host = await withHonest(device('second', (given) => void (second = given)));
    await host.start('second');
    honest?.emit(scanOf('A'));
    second?.emit(scanOf('A'));
    await Promise.resolve();
    expect(scans.map((raw) => raw.device)).toEqual(['honest', 'second']);
  });

  it('after the clock was set back is neither a double nor a flood', async () => {
    await withHonest();
    await readsOf([0, 'A']);
    machine.set(5000);
    expect(await readsOf([0, 'A'])).toEqual(['A', 'A']);
  });

  it('comes through at the speed of the fastest hands', async () => {
    await withHonest();
    const quick = Array.from({ length: 100 }, (_, at) => [120, `A-${at}`] as const);
    expect(await readsOf(...quick)).toHaveLength(100);
  });
});

function anyKey(): KeyboardEvent {
  return JSON.parse('{"key":"a"}');
}
function throwString(): never {
  // eslint-disable-next-line @typescript-eslint/only-throw-error -- what a careless driver throws
  throw 'a word';
}
function chokeInCreate(): never {
  throw new TypeError('choked');
}
function throwAtKey(host: PluginHost): void {
  host.granted.keyboard?.addEventListener('keydown', throwString);
}
function throwInTimer(host: PluginHost): void {
  host.scheduler.after(5, throwString);
}
function flood(host: PluginHost): void {
  for (let count = 0; count < 100_000; count++) host.emit(scanOf(String(count)));
}
function floodOne(host: PluginHost): void {
  for (let count = 0; count < 100; count++) host.emit(scanOf('same'));
}
function floodStatus(host: PluginHost): void {
  for (let count = 0; count < 100; count++) host.status({ kind: 'ready' });
}
function holdTimers(host: PluginHost): void {
  for (let count = 0; count <= LIMITS.deviceTimers; count++) host.scheduler.after(1e6, () => {});
}
function holdListeners(host: PluginHost): void {
  const { keyboard } = host.granted;
  for (let count = 0; count <= LIMITS.deviceListeners; count++) {
    keyboard?.addEventListener('keyup', () => void count);
  }
}
function trap(): RawScan {
  return new Proxy(scanOf('A'), { get: throwString });
}
