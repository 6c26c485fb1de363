/*
 * The clock: Dutch wall time in summer and winter, and moving the clock over the control API.
 */
import { describe, expect, it } from 'vitest';
import { dutchWallMs } from '../../exact-simulator/clock/dutch.ts';
import { order, parsed, record, rowsOf, startExact } from './helpers.ts';

const utc = (text: string) => Date.parse(`${text}Z`);

describe('Dutch wall clock', () => {
  it.each([
    ['2026-01-15T12:00:00', '2026-01-15T13:00:00'],
    ['2026-07-15T12:00:00', '2026-07-15T14:00:00'],
    ['2026-03-29T00:59:59', '2026-03-29T01:59:59'],
    ['2026-03-29T01:00:00', '2026-03-29T03:00:00'],
    ['2026-10-25T00:59:59', '2026-10-25T02:59:59'],
    ['2026-10-25T01:00:00', '2026-10-25T02:00:00'],
    ['2027-03-28T01:00:00', '2027-03-28T03:00:00'],
  ])('%s UTC is %s', (at, wall) => {
    expect(dutchWallMs(utc(at))).toBe(utc(wall));
  });

  it('agrees with the time zone database for every day of ten years', () => {
    const format = new Intl.DateTimeFormat('en-GB', {
      ...{ timeZone: 'Europe/Amsterdam', hour: '2-digit', hourCycle: 'h23' },
    });
    for (let ms = utc('2020-01-01T03:30:00'); ms < utc('2030-01-01T00:00:00'); ms += 86_400_000) {
      expect(new Date(dutchWallMs(ms)).getUTCHours()).toBe(Number(format.format(ms)));
    }
  });

  it('shows in what is created and in Me, in summer as in winter', async () => {
    const exact = await startExact();
    for (const [at, offset] of [
      ['2027-01-15T12:00:00', 3600],
      ['2027-07-15T12:00:00', 7200],
    ] as const) {
      await exact.control('POST', '/clock', { set: `${at}Z` });
      exact.token = String((await exact.control('POST', '/tokens/issue', {}))['accessToken']);
      const [me] = rowsOf(await exact.call('GET', 'current/Me?$select=ServerUtcOffset,ServerTime'));
      expect(me?.['ServerUtcOffset']).toBe(offset);
      const id = (await order(exact, 10_000_001)).lines[0]?.['ID'];
      const answer = await exact.call(
        ...(['POST', '123456/purchaseorder/GoodsReceipts'] as const),
        { ReceiptDate: at, GoodsReceiptLines: [{ PurchaseOrderLineID: id, QuantityReceived: 1 }] },
        { Prefer: 'return=representation' },
      );
      const created = record(parsed(answer)['d'])['Created'];
      expect(created).toBe(`/Date(${utc(at) + offset * 1000})/`);
    }
    await exact.close();
  });
});

describe('moving the clock', () => {
  it('sets, advances and freezes', async () => {
    const exact = await startExact();
    const set = await exact.control('POST', '/clock', {
      set: '2027-05-01T00:00:00Z',
      freeze: true,
    });
    expect(set['nowIso']).toBe('2027-05-01T00:00:00.000Z');
    exact.wait(5000);
    expect((await exact.control('GET', '/clock'))['nowMs']).toBe(set['nowMs']);
    const moved = await exact.control('POST', '/clock', { advanceMs: 1000 });
    expect(moved['nowIso']).toBe('2027-05-01T00:00:01.000Z');
    await exact.control('POST', '/clock', { freeze: false });
    exact.wait(2000);
    expect((await exact.control('GET', '/clock'))['nowIso']).toBe('2027-05-01T00:00:03.000Z');
    await exact.close();
  });
});

describe('a ten-hour day on a clock that stands still', () => {
  it('moves every window, token and plan with it, minute by minute', async () => {
    const exact = await startExact();
    await exact.control('POST', '/clock', { set: '2026-11-18T06:00:00Z', freeze: true });
    let refresh = '';
    const renew = async (first: boolean) => {
      const issued = first
        ? await exact.control('POST', '/tokens/issue', {})
        : parsed(
            await exact.tokenCall({
              ...{ grant_type: 'refresh_token', refresh_token: refresh },
              ...{ client_id: exact.running.clientId, client_secret: exact.running.clientSecret },
            }),
          );
      exact.token = String(issued['accessToken'] ?? issued['access_token']);
      refresh = String(issued['refreshToken'] ?? issued['refresh_token']);
    };
    await renew(true);
    for (let minute = 0; minute < 600; minute += 1) {
      if (minute > 0 && minute % 10 === 0) await renew(false);
      if (minute % 5 === 0) {
        const answer = await exact.call('GET', '123456/logistics/Units?$select=Code');
        expect(answer.status).toBe(200);
        expect(answer.headers.get('x-ratelimit-minutely-remaining')).toBe('59');
      }
      await exact.control('POST', '/clock', { advanceMs: 60_000 });
    }
    const state = await exact.control('GET', '/state');
    expect(record(state['clock'])['nowIso']).toBe('2026-11-18T16:00:00.000Z');
    expect(state['counts']).toMatchObject({ calls: 179, tokenCalls: 59, refused429: 0 });
    expect(state['usage']).toEqual({ minute: 0, day: 120 });
    await exact.close();
  });
});
