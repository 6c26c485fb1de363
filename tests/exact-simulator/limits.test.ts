/*
 * Limits: the minute, the day, their headers, and the block after too many errors.
 */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parsed, record, startExact, type Exact } from './helpers.ts';

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

describe('the fair use of a contract', () => {
  it('counts the day’s calls on all companies together, and ends with the day', async () => {
    const pair = await exact.control('POST', '/tokens/issue', { divisions: [123456, 123987] });
    const read = async (division: number) => {
      const url = `${exact.running.url}/api/v1/${division}/inventory/Warehouses?$select=Code`;
      const authorization = `Bearer ${String(pair['accessToken'])}`;
      return fetch(url, { headers: { authorization, accept: 'application/json' } });
    };
    expect(await exact.control('GET', '/limits')).toMatchObject({ contractDaily: 20_000 });
    await exact.control('POST', '/limits', { contractDaily: 2 });
    expect((await read(123456)).status).toBe(200);
    expect((await read(123987)).status).toBe(200);
    const refused = await read(123987);
    expect([refused.status, names(refused.headers)]).toEqual([429, []]);
    exact.wait(24 * 3_600_000);
    const next = await exact.control('POST', '/tokens/issue', { divisions: [123987] });
    pair['accessToken'] = next['accessToken'];
    expect((await read(123987)).status).toBe(200);
  });
});

describe('older limits and headers', () => {
  it('gives apps from before the present limits 300 a minute and 50,000 a day', async () => {
    const older = await exact.control('POST', '/limits', { preset: 'older' });
    expect(older).toMatchObject({ minutely: 300, daily: 50_000 });
    const answer = await exact.call('GET', path);
    expect(answer.headers.get('x-ratelimit-minutely-limit')).toBe('300');
    const current = await exact.control('POST', '/limits', { preset: 'current', daily: 7 });
    expect(current).toMatchObject({ minutely: 60, daily: 7 });
  });

  it('can go without minutely headers, also on the 429 of the minute', async () => {
    await exact.control('POST', '/limits', { headers: 'no-minutely', minutely: 1 });
    expect(names((await exact.call('GET', path)).headers)).toHaveLength(3);
    const refused = await exact.call('GET', path);
    expect([refused.status, names(refused.headers)]).toEqual([429, []]);
  });
});

describe('request bodies', () => {
  it('are refused above 10 MB, and read below', async () => {
    const send = (megabytes: number) =>
      exact.call('POST', '123456/purchaseorder/GoodsReceipts', {
        Remarks: 'x'.repeat(megabytes * 1024 * 1024),
      });
    expect((await send(10)).status).toBe(413);
    expect((await send(9)).status).toBe(400);
  });
});

describe('the counts for benches', () => {
  it('tell calls by endpoint and status, the worst minute, the worst error hour, token calls', async () => {
    await exact.control('POST', '/limits', { minutely: 3 });
    for (let n = 0; n < 4; n += 1) await exact.call('GET', path);
    exact.wait(60_000);
    for (let n = 0; n < 2; n += 1) await exact.call('GET', '123456/inventory/Warehouses?$top=x');
    await exact.call('GET', 'current/Me');
    await exact.tokenCall({ grant_type: 'refresh_token' });
    await exact.control('POST', '/faults', { kind: 'lose-request' });
    await exact.call('GET', '123456//Inventory/Warehouses').catch(() => undefined);
    const counts = record((await exact.control('GET', '/state'))['counts']);
    expect(counts).toMatchObject({
      ...{ calls: 9, tokenCalls: 1, refused429: 1 },
      byStatus: { '0': 1, '200': 4, '400': 3, '429': 1 },
      worstMinute: { calls: 4, startMs: Date.UTC(2026, 10, 18, 9) },
      errorsWorstHour: { errors: 2 },
    });
    expect(String(record(counts['errorsWorstHour'])['who'])).toContain('inventory/warehouses');
    expect(record(counts['callsByEndpoint'])['GET inventory/warehouses']).toEqual({
      calls: 7,
      status: { '0': 1, '200': 3, '400': 2, '429': 1 },
    });
  });

  it('go on when the log forgets, which keeps a bounded number of calls and bodies', async () => {
    await exact.control('POST', '/limits', { tokenCallsPerDay: 0 });
    const { simulation } = exact.running;
    simulation.store.run("UPDATE sim_counter SET value = 4998 WHERE name = 'calls'");
    simulation.store.run(
      "INSERT INTO sim_counter (name, value) VALUES ('calls', 4998) ON CONFLICT DO NOTHING",
    );
    simulation.store.transaction(() => {
      for (let id = 1; id <= 4998; id += 1) {
        simulation.store.run(
          `INSERT INTO sim_call (id, at_ms, method, path, status, request_body)
           VALUES (?, 0, 'POST', '/api/v1/1/x', 200, 'body')`,
          id,
        );
      }
    });
    for (let n = 0; n < 102; n += 1) {
      await exact.call('GET', '123456/inventory/Nothing');
      if (n % 9 === 8) await exact.control('POST', '/limits', { resetCounters: n === 98 });
    }
    const kept = simulation.store.get('SELECT count(*) AS n, min(id) AS low FROM sim_call');
    expect(kept).toMatchObject({ n: 5000, low: 101 });
    const sql = 'SELECT count(*) AS n FROM sim_call WHERE request_body IS NOT NULL AND id > 4400';
    expect(Number(simulation.store.get(sql)?.['n'])).toBeLessThanOrEqual(500);
    expect((await exact.control('GET', '/state'))['calls']).toBe(5100);
    expect(parsed(await exact.tokenCall({}))['error']).toBeDefined();
  });
});
