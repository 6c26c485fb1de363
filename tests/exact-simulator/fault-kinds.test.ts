/*
 * The other fault switches: late work, lagging readers, refusals, moving companies.
 */
import { describe, expect, it } from 'vitest';
import { FaultStage } from './fault-stage.ts';
import { messageOf, order, parsed, peek, record, rowsOf } from './helpers.ts';

const stage = FaultStage.forEachTest();
const { marked, receipts, units } = stage;
const positions = '123456/sync/Inventory/StockPositions?$select=ID,CurrentStock,Timestamp';

async function highest(): Promise<number> {
  const rows = await peek(stage.exact, 'sync/Inventory/StockPositions?$select=Timestamp');
  return Math.max(...rows.map((row) => Number(row['Timestamp'])));
}

describe('apply-later', () => {
  it('cuts the line now and books when the simulator’s clock has come that far', async () => {
    await stage.fault('apply-later', { delayMs: 30_000 });
    await expect(stage.post()).rejects.toThrow();
    await stage.advance(29_999);
    expect(rowsOf(await stage.exact.call('GET', marked))).toEqual([]);
    await stage.advance(1);
    expect(rowsOf(await stage.exact.call('GET', marked))).toHaveLength(1);
    expect(JSON.stringify(await stage.exact.control('GET', '/calls'))).toContain(
      'apply-later: 201',
    );
  });

  it('books although the token has ended by then, and answers what was asked for', async () => {
    await stage.fault('apply-later', { delayMs: 700_000, answer: 'status-408' });
    expect((await stage.post()).status).toBe(408);
    await stage.advance(700_000);
    expect(
      await peek(stage.exact, "purchaseorder/GoodsReceipts?$filter=Remarks eq 'marker-1'"),
    ).toHaveLength(1);
  });

  it('looks at token and limits at once', async () => {
    await stage.exact.control('POST', '/limits', { minutely: 0 });
    await stage.fault('apply-later');
    expect((await stage.post()).status).toBe(429);
    await stage.advance(60_000);
    expect(
      await peek(stage.exact, "purchaseorder/GoodsReceipts?$filter=Remarks eq 'marker-1'"),
    ).toEqual([]);
  });
});

describe('lag', () => {
  it('answers at once, while every reader sees things as before until it is over', async () => {
    const since = await highest();
    const before = (await stage.exact.call('GET', positions)).text;
    await stage.fault('lag', { delayMs: 10_000 });
    const answer = await stage.post();
    expect(answer.status).toBe(201);
    const key = String(record(parsed(answer)['d'])['ID']);
    expect(rowsOf(await stage.exact.call('GET', marked))).toEqual([]);
    expect((await stage.exact.call('GET', `${receipts}(guid'${key}')?$select=ID`)).status).toBe(
      404,
    );
    expect((await stage.exact.call('GET', positions)).text).toBe(before);
    await stage.advance(9999);
    expect(rowsOf(await stage.exact.call('GET', marked))).toEqual([]);
    await stage.advance(1);
    expect(rowsOf(await stage.exact.call('GET', marked))).toHaveLength(1);
    const changed = await stage.exact.call('GET', `${positions}&$filter=Timestamp gt ${since}L`);
    expect(rowsOf(changed)).toHaveLength(1);
  });

  it('lets writers see the truth: what was received cannot be received again', async () => {
    await stage.fault('lag', { times: 4 });
    for (let n = 0; n < 4; n += 1) expect((await stage.post()).status).toBe(201);
    expect((await stage.post()).status).toBe(500);
  });

  it('shows writes in their order, those after it too', async () => {
    await stage.fault('lag', { delayMs: 10_000 });
    await stage.post();
    await stage.post(10_000_002, 'marker-2');
    const both = `${receipts}?$select=Remarks&$filter=startswith(Remarks,'marker')`;
    expect(rowsOf(await stage.exact.call('GET', both))).toEqual([]);
    await stage.advance(10_000);
    expect(rowsOf(await stage.exact.call('GET', both))).toHaveLength(2);
  });

  it('late-commit lets later writes pass by: low row versions come last', async () => {
    await stage.fault('late-commit', { delayMs: 10_000 });
    const since = await highest();
    await stage.post();
    await stage.exact.control(
      'PATCH',
      `/records/sync/Inventory/StockPositions/${await otherPosition()}`,
      {
        ReorderPoint: 3,
      },
    );
    const news = `${positions}&$filter=Timestamp gt ${since}L`;
    const first = rowsOf(await stage.exact.call('GET', news));
    expect(first).toHaveLength(1);
    await stage.advance(10_000);
    const second = rowsOf(await stage.exact.call('GET', news));
    expect(second).toHaveLength(2);
    expect(Number(second[0]?.['Timestamp'])).toBeLessThan(Number(first[0]?.['Timestamp']));
  });

  async function otherPosition(): Promise<string> {
    const [line] = (await order(stage.exact, 10_000_001)).lines;
    const rows = await peek(stage.exact, 'sync/Inventory/StockPositions?$select=ID,ItemId');
    return String(rows.find((row) => row['ItemId'] !== line?.['Item'])?.['ID']);
  }
});

describe('refusals', () => {
  it('403 for a wrong company and a missing scope, counted and with the limit headers', async () => {
    await stage.fault('wrong-division');
    const wrong = await stage.exact.call('GET', units);
    expect([wrong.status, messageOf(wrong)]).toEqual([403, 'Forbidden - WrongDivision']);
    expect(wrong.headers.get('reason')).toBe('NoDivisionAccess');
    expect(wrong.headers.get('x-ratelimit-remaining')).toBe('4999');
    await stage.fault('scope-violated');
    expect(messageOf(await stage.exact.call('GET', units))).toContain('Application Scope Violated');
  });

  it('blocks an endpoint as after too many errors, for an hour', async () => {
    await stage.fault('error-block');
    expect((await stage.exact.call('GET', units)).status).toBe(403);
    expect((await stage.exact.call('GET', units)).status).toBe(403);
    await stage.advance(3_600_000);
    stage.exact.token = String(
      (await stage.exact.control('POST', '/tokens/issue', {}))['accessToken'],
    );
    expect((await stage.exact.call('GET', units)).status).toBe(200);
  });

  it('refuses a refresh as too early or as old, without rotating', async () => {
    const refresh = () =>
      stage.exact.tokenCall({
        ...{ grant_type: 'refresh_token', refresh_token: stage.exact.refreshToken },
        ...{
          client_id: stage.exact.running.clientId,
          client_secret: stage.exact.running.clientSecret,
        },
      });
    await stage.advance(570_000);
    await stage.fault('early-refresh');
    const early = await refresh();
    expect([early.status, parsed(early)['error']]).toEqual([400, 'access_denied']);
    expect(early.headers.get('reason')).toContain('TooEarlyToRefreshTokens');
    await stage.fault('old-refresh');
    expect((await refresh()).status).toBe(401);
    await stage.fault('lose-refresh');
    await expect(refresh()).rejects.toThrow();
    expect(parsed(await refresh())['error_description']).toBe('Old refresh token used.');
  });

  it('closes for maintenance from 04:00 to 04:30 on the Dutch clock, when switched on', async () => {
    await stage.exact.control('POST', '/clock', { set: '2026-11-19T03:00:00Z' });
    stage.exact.token = String(
      (await stage.exact.control('POST', '/tokens/issue', {}))['accessToken'],
    );
    expect((await stage.exact.call('GET', units)).status).toBe(200);
    await stage.exact.control('POST', '/settings', { maintenance: true });
    const closed = await stage.exact.call('GET', units);
    expect([closed.status, closed.headers.get('content-type')]).toEqual([
      503,
      'text/html; charset=utf-8',
    ]);
    expect((await stage.exact.tokenCall({})).status).toBe(503);
    await stage.advance(29 * 60_000);
    expect((await stage.exact.call('GET', units)).status).toBe(503);
    await stage.advance(60_000);
    stage.exact.token = String(
      (await stage.exact.control('POST', '/tokens/issue', {}))['accessToken'],
    );
    expect((await stage.exact.call('GET', units)).status).toBe(200);
  });
});

describe('moving the company', () => {
  it('gives a new DivisionMoveDate and starts row versions from low, in their order', async () => {
    const before = await peek(stage.exact, 'sync/Inventory/StockPositions?$select=ID,Timestamp');
    await stage.exact.control('POST', '/move', {});
    const after = await peek(stage.exact, 'sync/Inventory/StockPositions?$select=ID,Timestamp');
    expect(after.map((row) => row['ID'])).toEqual(before.map((row) => row['ID']));
    expect(Number(after.at(-1)?.['Timestamp'])).toBeLessThan(Number(before[0]?.['Timestamp']));
    const divisions = rowsOf(await stage.exact.call('GET', '123456/system/Divisions'));
    expect(divisions[0]?.['DivisionMoveDate']).toBe(`/Date(${Date.UTC(2026, 10, 18, 10)})/`);
    const top = await highest();
    await stage.post();
    expect(await highest()).toBeGreaterThan(top);
  });
});
