/*
 * Limits: the minute, the day, their headers, and the block after too many errors.
 */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startExact, type Exact } from './helpers.ts';

let exact: Exact;
const path = '123456/inventory/Warehouses?$select=Code';

beforeEach(async () => {
  exact = await startExact();
});
afterEach(async () => {
  await exact.close();
});

const names = (headers: Headers) =>
  [...headers.keys()].filter((name) => name.startsWith('x-ratelimit')).sort();

describe('the minutely limit', () => {
  it('answers 429 with only the minutely headers and an empty body, until the clock minute ends', async () => {
    await exact.control('POST', '/limits', { minutely: 2 });
    exact.wait(30_000);
    await exact.call('GET', path);
    await exact.call('GET', path);
    const refused = await exact.call('GET', path);
    expect(refused.status).toBe(429);
    expect(refused.text).toBe('');
    expect(names(refused.headers)).toEqual([
      'x-ratelimit-minutely-limit',
      'x-ratelimit-minutely-remaining',
      'x-ratelimit-minutely-reset',
    ]);
    exact.wait(30_000);
    expect((await exact.call('GET', path)).status).toBe(200);
  });

  it('does not count refused calls', async () => {
    await exact.control('POST', '/limits', { minutely: 1 });
    await exact.call('GET', path);
    await exact.call('GET', path);
    const state = await exact.control('GET', '/state');
    expect(state['usage']).toEqual({ minute: 1, day: 1 });
  });
});

describe('the daily limit', () => {
  it('answers 429 with only the daily headers until midnight UTC', async () => {
    await exact.control('POST', '/limits', { daily: 1 });
    await exact.call('GET', path);
    const refused = await exact.call('GET', path);
    expect(refused.status).toBe(429);
    expect(names(refused.headers)).toEqual([
      'x-ratelimit-limit',
      'x-ratelimit-remaining',
      'x-ratelimit-reset',
    ]);
    expect(refused.headers.get('x-ratelimit-reset')).toBe(String(Date.UTC(2026, 10, 19)));
  });
});

describe('the headers', () => {
  it('stand on every answer below a company, errors included', async () => {
    const good = await exact.call('GET', path);
    expect(good.headers.get('x-ratelimit-limit')).toBe('5000');
    expect(good.headers.get('x-ratelimit-remaining')).toBe('4999');
    expect(good.headers.get('x-ratelimit-minutely-limit')).toBe('60');
    expect(good.headers.get('x-ratelimit-minutely-remaining')).toBe('59');
    const bad = await exact.call('GET', '123456/inventory/Nothing');
    expect(bad.status).toBe(404);
    expect(names(bad.headers)).toHaveLength(6);
  });

  it('are absent on current/Me, which counts for nothing', async () => {
    const me = await exact.call('GET', 'current/Me');
    expect(names(me.headers)).toEqual([]);
    expect((await exact.control('GET', '/state'))['usage']).toEqual({ minute: 0, day: 0 });
  });
});

describe('the block after errors', () => {
  const wrong = '123456/inventory/Warehouses?$select=Nothing';

  it('starts with the tenth error on one endpoint and leaves other endpoints free', async () => {
    for (let n = 0; n < 10; n += 1) expect((await exact.call('GET', wrong)).status).toBe(400);
    const blocked = await exact.call('GET', path);
    expect(blocked.status).toBe(403);
    expect(blocked.text).toBe('');
    expect((await exact.call('GET', '123456/logistics/Units')).status).toBe(200);
  });

  it('ends after an hour and doubles when the errors go on', async () => {
    await exact.control('POST', '/limits', { errorBlockStatus: 429 });
    const block = async () => {
      for (let n = 0; n < 10; n += 1) await exact.call('GET', wrong);
    };
    const renew = async () => {
      exact.token = String((await exact.control('POST', '/tokens/issue', {}))['accessToken']);
    };
    await block();
    expect((await exact.call('GET', path)).status).toBe(429);
    exact.wait(3_600_000);
    await renew();
    await block();
    exact.wait(3_600_000);
    await renew();
    expect((await exact.call('GET', path)).status).toBe(429);
    exact.wait(3_600_000);
    await renew();
    expect((await exact.call('GET', path)).status).toBe(200);
  });

  it('does not count business refusals of status 500', async () => {
    const body = {
      ReceiptDate: '2026-11-18',
      GoodsReceiptLines: [{ PurchaseOrderLineID: exact.running.simulation.user }],
    };
    for (let n = 0; n < 11; n += 1) {
      const answer = await exact.call('POST', '123456/purchaseorder/GoodsReceipts', body);
      expect(answer.status).toBe(500);
    }
  });
});
