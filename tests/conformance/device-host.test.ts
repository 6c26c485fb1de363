// Who lives here: proofs of the wall around devices (I-20). The hostile ones do what a bad driver
// does; beside each works an honest one.

import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { LIMITS } from '../../src/lib/domain/index.ts';
import { createDeviceHost } from '../../src/lib/plugins/index.ts';
import type { DevicePlugin, PluginHost } from '../../src/lib/plugins/index.ts';
import { device, HOSTILE, openShop, scanOf, throwString } from './devices.ts';
import type { Shop } from './devices.ts';
import { VirtualTime } from './machine.ts';

async function proveHonestWorks({ time, honest, scans }: Shop): Promise<void> {
  await time.pass(2000);
  honest.emit(scanOf('STILL-HERE'));
  await Promise.resolve();
  expect(scans.at(-1)).toMatchObject({ text: 'STILL-HERE', device: 'honest' });
}

/** A device that hands out, run by run, what it was given. */
function giving(id: string): { plugin: DevicePlugin; runs: PluginHost[] } {
  const runs: PluginHost[] = [];
  return { plugin: device(id, (given) => runs.push(given)), runs };
}

describe('a device that fails is stopped and shown, and the others go on (I-20)', () => {
  it.each(HOSTILE)('one that %s', async (_, reason, start) => {
    const shop = await openShop(device('bad', start));
    await shop.host.start('bad');
    shop.keyboard.press('a');
    await shop.time.pass(10);
    expect(shop.named('bad')).toMatchObject({
      state: 'failed',
      fault: { code: 'device.stopped', data: { device: 'The bad', reason } },
    });
    expect(shop.keyboard.listenerCount + shop.time.pendingTimers).toBe(0);
    expect(shop.shown.at(-1)).toEqual(shop.host.states());
    expect(shop.shown.length).toBeLessThan(3 * LIMITS.deviceCallsPerSecond);
    await proveHonestWorks(shop);
  });

  it('one that hangs in start', async () => {
    const shop = await openShop(device('bad', () => new Promise(() => undefined)));
    const started = shop.host.start('bad');
    await proveHonestWorks(shop);
    await shop.time.pass(LIMITS.deviceStartMs);
    expect(await started).toMatchObject({ fault: { data: { reason: 'start-timeout' } } });
    await proveHonestWorks(shop);
  });

  it('one that throws in create', async () => {
    const create = (): never => {
      throw new TypeError('choked');
    };
    const shop = await openShop({ ...device('bad', () => undefined), create });
    expect(await shop.host.start('bad')).toMatchObject({
      fault: { data: { reason: 'threw', detail: 'TypeError: choked' } },
    });
    await proveHonestWorks(shop);
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
    const { host, named } = await openShop(choking, beeper);
    await host.start('bad');
    await host.start('beeper');
    host.signal('green');
    expect(named('bad')).toMatchObject({ state: 'failed' });
    expect(heard).toEqual(['beep']);
  });

  it('one that emits after it was stopped: dropped, and shown once', async () => {
    const { plugin, runs } = giving('bad');
    const shop = await openShop(plugin);
    await shop.host.start('bad');
    shop.host.stop('bad');
    expect(shop.named('bad')).toMatchObject({ state: 'stopped' });
    const before = shop.shown.length;
    for (const text of ['LATE', 'LATER']) runs[0]?.emit(scanOf(text));
    await Promise.resolve();
    expect(shop.scans).toEqual([]);
    expect(shop.named('bad')).toMatchObject({ fault: { data: { reason: 'call-after-end' } } });
    expect(shop.shown).toHaveLength(before + 1);
    await proveHonestWorks(shop);
  });

  it('one that needs what this machine has not, or is set wrongly, never begins', async () => {
    let begun = false;
    const start = (): void => void (begun = true);
    const options = z.strictObject({ port: z.number() });
    const time = new VirtualTime();
    const host = createDeviceHost(
      [device('needy', start), device('strict', start, { needs: [], options })],
      {
        clock: time,
        scheduler: time,
        machine: {},
        onScan: () => undefined,
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

describe('a device', () => {
  it('is given nothing that its manifest does not name', async () => {
    const seen: PluginHost[] = [];
    const { host } = await openShop(device('modest', (given) => seen.push(given), { needs: [] }));
    await host.start('modest');
    expect(seen[0]?.granted).toEqual({});
  });

  it('can be started anew after it failed', async () => {
    const { plugin, runs } = giving('flaky');
    const { host, named, scans } = await openShop(plugin);
    await host.start('flaky');
    runs[0]?.emit(JSON.parse('null'));
    expect(named('flaky')).toMatchObject({ state: 'failed' });
    expect(await host.start('flaky')).toMatchObject({ state: 'running' });
    runs[1]?.emit(scanOf('NEW'));
    await Promise.resolve();
    expect(scans.map(({ text }) => text)).toEqual(['NEW']);
    expect(named('flaky')).toEqual({
      id: 'flaky',
      label: 'The flaky',
      kind: 'scanner',
      state: 'running',
    });
  });

  it('is not judged by what a run says that was replaced', async () => {
    const { plugin, runs } = giving('twice');
    const { host, named, scans } = await openShop(plugin);
    await Promise.all([host.start('twice'), host.start('twice')]);
    runs[0]?.emit(scanOf('OLD'));
    await Promise.resolve();
    expect(scans).toEqual([]);
    expect(named('twice')).toMatchObject({ state: 'running' });
  });

  it('that asks for attention is shown with its fault until it is ready again', async () => {
    const { plugin, runs } = giving('weak');
    const { host, named } = await openShop(plugin);
    await host.start('weak');
    const fault = { code: 'scan.unreadable', data: { read: 'x' } } as const;
    runs[0]?.status({ kind: 'attention', fault });
    expect(named('weak')).toMatchObject({ state: 'running', fault });
    runs[0]?.status({ kind: 'ready' });
    expect(named('weak')).not.toHaveProperty('fault');
  });

  it('that asks for attention while it starts goes on asking', async () => {
    const fault = { code: 'scan.unreadable', data: { read: 'x' } } as const;
    const start = (given: PluginHost): void => {
      given.status({ kind: 'attention', fault });
    };
    const { host } = await openShop(device('weak', start));
    expect(await host.start('weak')).toMatchObject({ state: 'running', fault });
  });

  it('ends with the host', async () => {
    let ended = 0;
    const start = (_: PluginHost, signal: AbortSignal): void => {
      signal.addEventListener('abort', () => ended++);
    };
    const { host } = await openShop(device('one', start), device('two', start));
    await host.start('one');
    await host.start('two');
    host.close();
    expect(ended).toBe(2);
    expect(host.states().map(({ state }) => state)).toEqual(['stopped', 'stopped', 'stopped']);
  });
});
