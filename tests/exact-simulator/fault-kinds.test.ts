/*
 * The other fault switches: late work, lagging readers, refusals, moving companies.
 */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  messageOf,
  order,
  parsed,
  peek,
  record,
  rowsOf,
  startExact,
  type Exact,
} from './helpers.ts';

let exact: Exact;
const receipts = '123456/purchaseorder/GoodsReceipts';
const marked = `${receipts}?$select=ID,Remarks&$filter=Remarks eq 'marker-1'`;
const units = '123456/logistics/Units';
const positions = '123456/sync/Inventory/StockPositions?$select=ID,CurrentStock,Timestamp';

beforeEach(async () => {
  exact = await startExact();
  await exact.control('POST', '/clock', { freeze: true });
  await exact.control('POST', '/limits', { minutely: 1000 });
});
afterEach(async () => {
  await exact.close();
});

const fault = (kind: string, more: Record<string, unknown> = {}) =>
  exact.control('POST', '/faults', { kind, ...more });
const advance = (advanceMs: number) => exact.control('POST', '/clock', { advanceMs });

async function post(number = 10_000_001, Remarks = 'marker-1') {
  const id = (await order(exact, number)).lines[0]?.['ID'];
  return exact.call('POST', receipts, {
    ReceiptDate: '2026-11-18',
    Remarks,
    GoodsReceiptLines: [{ PurchaseOrderLineID: id, QuantityReceived: 5 }],
  });
}

async function highest(): Promise<number> {
  const rows = await peek(exact, 'sync/Inventory/StockPositions?$select=Timestamp');
  return Math.max(...rows.map((row) => Number(row['Timestamp'])));
}

describe('apply-later', () => {
  it('cuts the line now and books when the simulator’s clock has come that far', async () => {
    await fault('apply-later', { delayMs: 30_000 });
    await expect(post()).rejects.toThrow();
    await advance(29_999);
    expect(rowsOf(await exact.call('GET', marked))).toEqual([]);
    await advance(1);
    expect(rowsOf(await exact.call('GET', marked))).toHaveLength(1);
    expect(JSON.stringify(await exact.control('GET', '/calls'))).toContain('apply-later: 201');
  });

  it('books although the token has ended by then, and answers what was asked for', async () => {
    await fault('apply-later', { delayMs: 700_000, answer: 'status-408' });
    expect((await post()).status).toBe(408);
    await advance(700_000);
    expect(
      await peek(exact, "purchaseorder/GoodsReceipts?$filter=Remarks eq 'marker-1'"),
    ).toHaveLength(1);
  });

  it('looks at token and limits at once', async () => {
    await exact.control('POST', '/limits', { minutely: 0 });
    await fault('apply-later');
    expect((await post()).status).toBe(429);
    await advance(60_000);
    expect(await peek(exact, "purchaseorder/GoodsReceipts?$filter=Remarks eq 'marker-1'")).toEqual(
      [],
    );
  });
});

describe('lag', () => {
  it('answers at once, while every reader sees things as before until it is over', async () => {
    const since = await highest();
    const before = (await exact.call('GET', positions)).text;
    await fault('lag', { delayMs: 10_000 });
    const answer = await post();
    expect(answer.status).toBe(201);
    const key = String(record(parsed(answer)['d'])['ID']);
    expect(rowsOf(await exact.call('GET', marked))).toEqual([]);
    expect((await exact.call('GET', `${receipts}(guid'${key}')?$select=ID`)).status).toBe(404);
    expect((await exact.call('GET', positions)).text).toBe(before);
    await advance(9999);
    expect(rowsOf(await exact.call('GET', marked))).toEqual([]);
    await advance(1);
    expect(rowsOf(await exact.call('GET', marked))).toHaveLength(1);
    const changed = await exact.call('GET', `${positions}&$filter=Timestamp gt ${since}L`);
    expect(rowsOf(changed)).toHaveLength(1);
  });

  it('lets writers see the truth: what was received cannot be received again', async () => {
    await fault('lag', { times: 4 });
    for (let n = 0; n < 4; n += 1) expect((await post()).status).toBe(201);
    expect((await post()).status).toBe(500);
  });

  it('shows writes in their order, those after it too', async () => {
    await fault('lag', { delayMs: 10_000 });
    await post();
    await post(10_000_002, 'marker-2');
    const both = `${receipts}?$select=Remarks&$filter=startswith(Remarks,'marker')`;
    expect(rowsOf(await exact.call('GET', both))).toEqual([]);
    await advance(10_000);
    expect(rowsOf(await exact.call('GET', both))).toHaveLength(2);
  });

  it('late-commit lets later writes pass by: low row versions come last', async () => {
    await fault('late-commit', { delayMs: 10_000 });
    const since = await highest();
    await post();
    await exact.control(
      'PATCH',
      `/records/sync/Inventory/StockPositions/${await otherPosition()}`,
      {
        ReorderPoint: 3,
      },
    );
    const news = `${positions}&$filter=Timestamp gt ${since}L`;
    const first = rowsOf(await exact.call('GET', news));
    expect(first).toHaveLength(1);
    await advance(10_000);
    const second = rowsOf(await exact.call('GET', news));
    expect(second).toHaveLength(2);
    expect(Number(second[0]?.['Timestamp'])).toBeLessThan(Number(first[0]?.['Timestamp']));
  });

  async function otherPosition(): Promise<string> {
    const [line] = (await order(exact, 10_000_001)).lines;
    const rows = await peek(exact, 'sync/Inventory/StockPositions?$select=ID,ItemId');
    return String(rows.find((row) => row['ItemId'] !== line?.['Item'])?.['ID']);
  }
});

describe('refusals', () => {
  it('403 for a wrong company and a missing scope, counted and with the limit headers', async () => {
    await fault('wrong-division');
    const wrong = await exact.call('GET', units);
    expect([wrong.status, messageOf(wrong)]).toEqual([403, 'Forbidden - WrongDivision']);
    expect(wrong.headers.get('reason')).toBe('NoDivisionAccess');
    expect(wrong.headers.get('x-ratelimit-remaining')).toBe('4999');
    await fault('scope-violated');
    expect(messageOf(await exact.call('GET', units))).toContain('Application Scope Violated');
  });

  it('blocks an endpoint as after too many errors, for an hour', async () => {
    await fault('error-block');
    expect((await exact.call('GET', units)).status).toBe(403);
    expect((await exact.call('GET', units)).status).toBe(403);
    await advance(3_600_000);
    exact.token = String((await exact.control('POST', '/tokens/issue', {}))['accessToken']);
    expect((await exact.call('GET', units)).status).toBe(200);
  });

  it('refuses a refresh as too early or as old, without rotating', async () => {
    const refresh = () =>
      exact.tokenCall({
        ...{ grant_type: 'refresh_token', refresh_token: exact.refreshToken },
        ...{ client_id: exact.running.clientId, client_secret: exact.running.clientSecret },
      });
    await advance(570_000);
    await fault('early-refresh');
    const early = await refresh();
    expect([early.status, parsed(early)['error']]).toEqual([400, 'access_denied']);
    expect(early.headers.get('reason')).toContain('TooEarlyToRefreshTokens');
    await fault('old-refresh');
    expect((await refresh()).status).toBe(401);
    await fault('lose-refresh');
    await expect(refresh()).rejects.toThrow();
    expect(parsed(await refresh())['error_description']).toBe('Old refresh token used.');
  });

  it('closes for maintenance from 04:00 to 04:30 on the Dutch clock, when switched on', async () => {
    await exact.control('POST', '/clock', { set: '2026-11-19T03:00:00Z' });
    exact.token = String((await exact.control('POST', '/tokens/issue', {}))['accessToken']);
    expect((await exact.call('GET', units)).status).toBe(200);
    await exact.control('POST', '/settings', { maintenance: true });
    const closed = await exact.call('GET', units);
    expect([closed.status, closed.headers.get('content-type')]).toEqual([
      503,
      'text/html; charset=utf-8',
    ]);
    expect((await exact.tokenCall({})).status).toBe(503);
    await advance(29 * 60_000);
    expect((await exact.call('GET', units)).status).toBe(503);
    await advance(60_000);
    exact.token = String((await exact.control('POST', '/tokens/issue', {}))['accessToken']);
    expect((await exact.call('GET', units)).status).toBe(200);
  });
});

describe('moving the company', () => {
  it('gives a new DivisionMoveDate and starts row versions from low, in their order', async () => {
    const before = await peek(exact, 'sync/Inventory/StockPositions?$select=ID,Timestamp');
    await exact.control('POST', '/move', {});
    const after = await peek(exact, 'sync/Inventory/StockPositions?$select=ID,Timestamp');
    expect(after.map((row) => row['ID'])).toEqual(before.map((row) => row['ID']));
    expect(Number(after.at(-1)?.['Timestamp'])).toBeLessThan(Number(before[0]?.['Timestamp']));
    const divisions = rowsOf(await exact.call('GET', '123456/system/Divisions'));
    expect(divisions[0]?.['DivisionMoveDate']).toBe(`/Date(${Date.UTC(2026, 10, 18, 10)})/`);
    const top = await highest();
    await post();
    expect(await highest()).toBeGreaterThan(top);
  });
});
