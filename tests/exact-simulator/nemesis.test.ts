/*
 * The seeded nemesis: faults at random that repeat themselves for the same seed.
 */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { list, record, startExact, type Exact } from './helpers.ts';

let exact: Exact;

beforeEach(async () => {
  exact = await startExact();
  await exact.control('POST', '/limits', { minutely: 100_000 });
});
afterEach(async () => {
  await exact.close();
});

const start = (order: Record<string, unknown>) => exact.control('POST', '/nemesis', order);
const state = () => exact.control('GET', '/nemesis');

async function calls(count: number): Promise<void> {
  for (let n = 0; n < count; n += 1) {
    await exact.call('GET', '123456/logistics/Units').catch(() => undefined);
  }
}

const kindsOf = async () => list((await state())['injected']).map((one) => one['kind']);

describe('the same seed', () => {
  it('gives the same fates to the same calls, and another seed others', async () => {
    const run = async (seed: number) => {
      await start({ seed, rate: 0.4 });
      await calls(40);
      return kindsOf();
    };
    const first = await run(7);
    expect(first.length).toBeGreaterThan(5);
    expect(await run(7)).toEqual(first);
    expect(await run(8)).not.toEqual(first);
  });

  it('names the call of every injected fault', async () => {
    await start({ seed: 7, rate: 0.4, kinds: ['status-500', 'html-503'] });
    await calls(30);
    const log = list((await exact.control('GET', '/calls'))['calls']);
    const injected = list((await state())['injected']);
    expect(injected.length).toBeGreaterThan(3);
    for (const one of injected) {
      const call = log.find((entry) => entry['id'] === one['call']);
      expect(call?.['fault']).toBe(one['kind']);
    }
    expect(log.filter((entry) => entry['fault'] !== null)).toHaveLength(injected.length);
  });
});

describe('its measure', () => {
  it('befalls every call at rate 1 and none at rate 0, only with the kinds it was given', async () => {
    await start({ seed: 1, rate: 1, kinds: ['status-408'] });
    expect((await exact.call('GET', '123456/logistics/Units')).status).toBe(408);
    await start({ seed: 1, rate: 0 });
    await calls(20);
    expect(await kindsOf()).toEqual([]);
  });

  it('leaves out what ends a link or needs a person, unless it is named', async () => {
    await start({ seed: 3, rate: 1 });
    await calls(150);
    const harsh = ['status-403', 'move-company', 'wrong-division', 'error-block', 'slow'];
    expect((await kindsOf()).filter((kind) => harsh.includes(String(kind)))).toEqual([]);
    for (let n = 0; n < 60; n += 1) await exact.tokenCall({}).catch(() => undefined);
    const ends = ['lose-answer', 'lose-refresh', 'old-refresh'];
    const tokenFaults = list((await exact.control('GET', '/calls'))['calls']).filter((call) =>
      String(call['path']).includes('token'),
    );
    expect(tokenFaults.filter((call) => ends.includes(String(call['fault'])))).toEqual([]);
  });

  it('keeps a bounded list and counts on', async () => {
    await start({ seed: 1, rate: 1, kinds: ['status-500'] });
    await calls(520);
    const now = await state();
    expect(list(now['injected'])).toHaveLength(500);
    expect(record(now['counts'])['status-500']).toBe(520);
  });

  it('stops when told, and with a reset', async () => {
    await start({ seed: 1, rate: 1, kinds: ['status-500'] });
    await exact.control('DELETE', '/nemesis');
    expect((await exact.call('GET', '123456/logistics/Units')).status).toBe(200);
    await start({ seed: 1, rate: 1, kinds: ['status-500'] });
    await exact.control('POST', '/reset', { keepLink: true });
    expect((await exact.call('GET', '123456/logistics/Units')).status).toBe(200);
  });

  it('refuses an unknown kind and a rate above one', async () => {
    await expect(start({ seed: 1, kinds: ['no-such'] })).rejects.toThrow(/400/);
    await expect(start({ seed: 1, rate: 2 })).rejects.toThrow(/400/);
  });
});
