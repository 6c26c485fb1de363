/*
 * Fault switches: what a client meets when the line or Exact fails, and what was booked
 * all the same.
 */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { messageOf, order, peek, startExact, type Exact } from './helpers.ts';

let exact: Exact;
const path = '123456/purchaseorder/GoodsReceipts';
const read = '123456/inventory/Warehouses';

beforeEach(async () => {
  exact = await startExact();
});
afterEach(async () => {
  await exact.close();
});

async function post() {
  const id = (await order(exact, 10_000_001)).lines[0]?.['ID'];
  return exact.call('POST', path, {
    ReceiptDate: '2026-11-18',
    Remarks: 'marker-1',
    GoodsReceiptLines: [{ PurchaseOrderLineID: id, QuantityReceived: 5 }],
  });
}

const booked = () => peek(exact, "purchaseorder/GoodsReceipts?$filter=Remarks eq 'marker-1'");
const fault = (body: Record<string, unknown>) => exact.control('POST', '/faults', body);

describe('a lost answer', () => {
  it('cuts the line after the receipt was booked', async () => {
    await fault({
      kind: 'lose-answer',
      match: { method: 'POST', path: 'purchaseorder/GoodsReceipts' },
    });
    await expect(post()).rejects.toThrow();
    expect(await booked()).toHaveLength(1);
    expect((await exact.call('GET', read)).status).toBe(200);
  });

  it('cuts the line before anything was booked with lose-request', async () => {
    await fault({ kind: 'lose-request', match: { method: 'POST' } });
    await expect(post()).rejects.toThrow();
    expect(await booked()).toEqual([]);
  });

  it('loses a refreshed token pair for good', async () => {
    exact.wait(570_000);
    const form = {
      ...{ grant_type: 'refresh_token', refresh_token: exact.refreshToken },
      ...{ client_id: exact.running.clientId, client_secret: exact.running.clientSecret },
    };
    await fault({ kind: 'lose-answer', match: { path: '/api/oauth2/token' } });
    await expect(exact.tokenCall(form)).rejects.toThrow();
    expect((await exact.tokenCall(form)).status).toBe(401);
  });
});

describe('failing answers', () => {
  it('500 without a body books nothing; 500 after applying books', async () => {
    await fault({ kind: 'status-500', match: { method: 'POST' } });
    const failed = await post();
    expect([failed.status, failed.text]).toEqual([500, '']);
    expect(await booked()).toEqual([]);
    await fault({ kind: 'status-500-after', match: { method: 'POST' } });
    expect((await post()).status).toBe(500);
    expect(await booked()).toHaveLength(1);
  });

  it('500 with a message, 429 with partial headers, 503 as HTML, 403 with a reason, 408', async () => {
    await fault({ kind: 'status-500-message', message: 'Ongeldig: Magazijn' });
    expect(messageOf(await exact.call('GET', read))).toBe('Ongeldig: Magazijn');
    await fault({ kind: 'status-429', window: 'day' });
    const limited = await exact.call('GET', read);
    expect(limited.status).toBe(429);
    expect(limited.headers.get('x-ratelimit-remaining')).toBe('0');
    expect(limited.headers.get('x-ratelimit-minutely-limit')).toBeNull();
    await fault({ kind: 'html-503' });
    const closed = await exact.call('GET', read);
    expect([closed.status, closed.headers.get('content-type')]).toEqual([
      503,
      'text/html; charset=utf-8',
    ]);
    await fault({ kind: 'status-403', reason: 'DivisionBlocked' });
    expect((await exact.call('GET', read)).headers.get('reason')).toBe('DivisionBlocked');
    await fault({ kind: 'status-408' });
    expect((await exact.call('GET', read)).status).toBe(408);
  });

  it('a 200 that breaks off and ends in an error is no JSON', async () => {
    await fault({ kind: 'truncate' });
    const answer = await exact.call('GET', read);
    expect(answer.status).toBe(200);
    expect(() => JSON.parse(answer.text) as unknown).toThrow();
    expect(answer.text).toContain('A problem has occurred');
  });

  it('expires the token in the middle of work; a refresh is allowed at once', async () => {
    await fault({ kind: 'expire-tokens' });
    expect((await exact.call('GET', read)).status).toBe(401);
    const answer = await exact.tokenCall({
      ...{ grant_type: 'refresh_token', refresh_token: exact.refreshToken },
      ...{ client_id: exact.running.clientId, client_secret: exact.running.clientSecret },
    });
    expect(answer.status).toBe(200);
  });

  it('delays, counts down, and leaves other paths alone', async () => {
    await fault({ kind: 'delay', delayMs: 150, times: 2, match: { path: 'inventory/' } });
    const started = performance.now();
    await exact.call('GET', '123456/logistics/Units');
    await exact.call('GET', read);
    expect(performance.now() - started).toBeGreaterThanOrEqual(140);
    const faults = (await exact.control('GET', '/faults'))['faults'];
    expect(faults).toMatchObject([{ kind: 'delay', left: 1 }]);
    await exact.control('DELETE', '/faults');
    expect((await exact.control('GET', '/faults'))['faults']).toEqual([]);
  });
});

describe('the control API itself', () => {
  it('tells plainly what is wrong with a body or a route', async () => {
    await expect(fault({ kind: 'no such' })).rejects.toThrow(/400/);
    await expect(exact.control('POST', '/limits', { minutely: -1 })).rejects.toThrow(/400/);
    await expect(exact.control('POST', '/nothing', {})).rejects.toThrow(/404/);
    await expect(
      exact.control('PATCH', '/records/logistics/Items/x', { Code: 'y' }),
    ).rejects.toThrow(/404/);
  });

  it('resets to the seeded company, keeping the link when asked', async () => {
    await post();
    await exact.control('POST', '/reset', { keepLink: true });
    expect(await booked()).toEqual([]);
    expect((await exact.call('GET', read)).status).toBe(200);
    await exact.control('POST', '/tokens/issue', {});
    await exact.control('POST', '/reset', { seed: 9, items: 100 });
    expect((await exact.call('GET', read)).status).toBe(401);
    expect(await exact.control('GET', '/state')).toMatchObject({ seed: 9, items: 100, calls: 1 });
  });

  it('logs calls with their fault and never the bodies of token calls', async () => {
    await fault({ kind: 'lose-answer', match: { method: 'POST' } });
    await expect(post()).rejects.toThrow();
    await exact.tokenCall({ grant_type: 'refresh_token', client_secret: 'top-secret' });
    const calls = JSON.stringify((await exact.control('GET', '/calls'))['calls']);
    expect(calls).toContain('"fault":"lose-answer"');
    expect(calls).toContain('marker-1');
    expect(calls).not.toContain('top-secret');
  });

  it('shows a front page with what was posted', async () => {
    await post();
    const page = await (await fetch(exact.running.url)).text();
    expect(page).toContain('marker-1');
    expect(page).toContain('Van der Berg Bevestiging');
  });
});
