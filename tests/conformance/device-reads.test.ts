// Who lives here: proofs of the door through which reads come in: what they carry, and the double
// read (I-14).

import { describe, expect, it } from 'vitest';
import { LIMITS } from '../../src/lib/domain/index.ts';
import { createDeviceHost } from '../../src/lib/plugins/index.ts';
import type { PluginHost } from '../../src/lib/plugins/index.ts';
import { SMALL } from '../samples/workflows/small.ts';
import { anOrder, onlyWorkflow, Operator, PLAIN } from '../samples/workflows/warehouse.ts';
import { device, openShop, scanOf, throwString } from './devices.ts';
import type { Shop } from './devices.ts';
import { VirtualTime } from './machine.ts';

/** Reads codes of the honest device, each so long after the one before; answers what came through. */
async function readsOf(
  { time, honest, scans }: Shop,
  ...codes: readonly (readonly [afterMs: number, text: string])[]
): Promise<string[]> {
  for (const [afterMs, text] of codes) {
    await time.pass(afterMs);
    honest.emit(scanOf(text));
  }
  await Promise.resolve();
  return scans.map(({ text }) => text);
}

describe('a read', () => {
  it('that makes the station fail is no failure of the device', async () => {
    const failures: unknown[] = [];
    const listeners = process.listeners('uncaughtException');
    process.removeAllListeners('uncaughtException');
    process.on('uncaughtException', (error: unknown) => failures.push(error));
    const time = new VirtualTime();
    const given: PluginHost[] = [];
    const host = createDeviceHost([device('honest', (one) => given.push(one), { needs: [] })], {
      clock: time,
      scheduler: time,
      machine: {},
      onScan: throwString,
      onState: () => undefined,
    });
    await host.start('honest');
    given[0]?.emit(scanOf('A-01-1'));
    await new Promise((resolve) => setTimeout(resolve, 5));
    process.removeAllListeners('uncaughtException');
    for (const listener of listeners) process.on('uncaughtException', listener);
    expect(failures).toHaveLength(1);
    expect(host.states()).toMatchObject([{ state: 'running' }]);
  });

  it('carries the name of its device and cannot be changed afterwards', async () => {
    const { honest, scans } = await openShop();
    const raw = scanOf('A-01-1', { aim: ']C0' });
    honest.emit(raw);
    raw.bytes[0] = 0;
    await Promise.resolve();
    expect(scans).toEqual([{ ...scanOf('A-01-1', { aim: ']C0' }), device: 'honest' }]);
  });

  it('comes through at the speed of the fastest hands', async () => {
    const quick = Array.from({ length: 100 }, (_, place) => [120, `A-${place}`] as const);
    expect(await readsOf(await openShop(), ...quick)).toHaveLength(100);
  });
});

describe('two reads of one code (I-14)', () => {
  it('are one scan within the double-read time, and two after it', async () => {
    const shop = await openShop();
    const { doubleReadMs } = LIMITS;
    expect(await readsOf(shop, [0, 'A'], [doubleReadMs - 1, 'A'])).toEqual(['A']);
    expect(await readsOf(shop, [doubleReadMs, 'A'])).toEqual(['A', 'A']);
  });

  it('are one scan under a held trigger, however long', async () => {
    const held = Array.from({ length: 50 }, () => [400, 'A'] as const);
    expect(await readsOf(await openShop(), ...held)).toEqual(['A']);
  });

  it('are two when another code came between', async () => {
    const reads = await readsOf(await openShop(), [0, 'A'], [100, 'B'], [100, 'A']);
    expect(reads).toEqual(['A', 'B', 'A']);
  });

  it('are two when another device read the second', async () => {
    const given: PluginHost[] = [];
    const shop = await openShop(device('second', (one) => given.push(one)));
    await shop.host.start('second');
    shop.honest.emit(scanOf('A'));
    given[0]?.emit(scanOf('A'));
    await Promise.resolve();
    expect(shop.scans.map((raw) => raw.device)).toEqual(['honest', 'second']);
  });

  it('count one piece, and two when two devices read two: the dialogue judges no second time', async () => {
    const given: PluginHost[] = [];
    const shop = await openShop(device('second', (one) => given.push(one)));
    await shop.host.start('second');
    await readsOf(shop, [0, 'PLAIN'], [LIMITS.doubleReadMs - 1, 'PLAIN']);
    given[0]?.emit(scanOf('PLAIN'));
    await Promise.resolve();
    const counting = SMALL.replace(/default: line.open.*\n.*\n/, 'count: scan\n');
    const operator = new Operator(onlyWorkflow(counting)).open(anOrder());
    for (const raw of shop.scans) {
      operator.scan({ item: PLAIN }, raw.text);
      expect(operator.step.signal).not.toBe('error');
    }
    expect(operator.step.screen).toMatchObject({ by: 'scan', input: { value: '2' } });
  });

  it('are two when the clock was set back by more, and no flood', async () => {
    const shop = await openShop();
    await readsOf(shop, [0, 'A']);
    await shop.time.pass(-3_600_000);
    expect(await readsOf(shop, [0, 'A'])).toEqual(['A', 'A']);
    expect(shop.named('honest')).toMatchObject({ state: 'running' });
  });
});
