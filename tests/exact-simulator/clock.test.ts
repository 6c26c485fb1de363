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
