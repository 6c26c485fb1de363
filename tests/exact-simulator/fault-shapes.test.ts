/*
 * Fault switches that change the answer: odd shapes, late and broken ones, pages that move.
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
const waiting = async () => (await exact.control('GET', '/faults'))['faults'];

async function post(number = 10_000_001, Remarks = 'marker-1') {
  const id = (await order(exact, number)).lines[0]?.['ID'];
  return exact.call('POST', receipts, {
    ReceiptDate: '2026-11-18',
    Remarks,
    GoodsReceiptLines: [{ PurchaseOrderLineID: id, QuantityReceived: 5 }],
  });
}

describe('odd answers', () => {
  it('cuts the line in mid-answer although the length promised more', async () => {
    await fault('half-body', { match: { path: 'purchaseorder/' } });
    await expect(post()).rejects.toThrow();
    expect(rowsOf(await exact.call('GET', marked))).toHaveLength(1);
  });

  it('gives a page of HTML with status 200', async () => {
    await fault('html-200');
    const answer = await exact.call('GET', units);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([
      200,
      'text/html; charset=utf-8',
    ]);
  });

  it('gives Int64 as numbers, d as an array, unknown and missing fields', async () => {
    const sync = '123456/sync/Logistics/Items?$select=Code,Timestamp';
    await fault('int64-number');
    expect(rowsOf(await exact.call('GET', sync))[0]?.['Timestamp']).toBeTypeOf('number');
    expect(rowsOf(await exact.call('GET', sync))[0]?.['Timestamp']).toBeTypeOf('string');
    await fault('d-array');
    expect(Array.isArray(parsed(await exact.call('GET', units))['d'])).toBe(true);
    await fault('unknown-field');
    expect(rowsOf(await exact.call('GET', units))[0]).toHaveProperty('BrandNewField');
    await fault('missing-field');
    const select = '123456/logistics/Units?$select=ID,Code';
    expect(rowsOf(await exact.call('GET', select))[0]).not.toHaveProperty('Code');
  });

  it('leaves out the minutely headers, once by a fault and always by a setting', async () => {
    const has = async () =>
      (await exact.call('GET', units)).headers.has('x-ratelimit-minutely-remaining');
    await fault('no-minutely');
    expect([await has(), await has()]).toEqual([false, true]);
    await exact.control('POST', '/limits', { headers: 'no-minutely' });
    expect(await has()).toBe(false);
  });

  it('answers with rows of another company, and with messages in Dutch', async () => {
    await fault('wrong-answer-division');
    const answer = await exact.call('GET', '123456/inventory/Warehouses?$select=Division');
    expect(rowsOf(answer)[0]?.['Division']).toBe(123987);
    expect(answer.text).not.toContain('/123456/');
    await fault('dutch-messages');
    await post();
    for (let n = 0; n < 3; n += 1) await post();
    await fault('dutch-messages');
    expect(messageOf(await post())).toContain('Artikel');
    expect(messageOf(await post())).toContain('Item');
  });

  it('answers more than a minute later on the simulator’s clock, having done the work', async () => {
    await fault('slow');
    let answered = false;
    const answer = post().then((found) => {
      answered = true;
      return found;
    });
    while (
      (await peek(exact, "purchaseorder/GoodsReceipts?$filter=Remarks eq 'marker-1'")).length === 0
    );
    await advance(60_000);
    expect(answered).toBe(false);
    await advance(1000);
    expect((await answer).status).toBe(201);
  });

  it('keeps a fault that found nothing to spoil for the next call', async () => {
    await fault('repeat-page');
    await exact.call('GET', units);
    expect(await waiting()).toMatchObject([{ kind: 'repeat-page', left: 1 }]);
  });
});

describe('paging', () => {
  const items = "123456/logistics/Items?$select=ID&$filter=Code ne ''";

  async function pages(first: string): Promise<string[][]> {
    const seen: string[][] = [];
    for (let url: unknown = first; typeof url === 'string';) {
      const answer = await exact.call('GET', url.replace(/^.*\/api\/v1\//, ''));
      seen.push(rowsOf(answer).map((row) => String(row['ID'])));
      url = record(parsed(answer)['d'])['__next'];
    }
    return seen;
  }

  it('repeats a page, and goes on behind it', async () => {
    await fault('repeat-page');
    const seen = await pages(items);
    expect(seen.map((page) => page.length)).toEqual([60, 60, 60, 60, 20]);
    expect(seen[1]).toEqual(seen[0]);
    expect(new Set(seen.flat()).size).toBe(200);
  });

  it('overlaps two pages of a regular endpoint', async () => {
    await fault('page-shift');
    const seen = (await pages(items)).flat();
    expect(seen).toHaveLength(201);
    expect(new Set(seen).size).toBe(200);
  });

  it('moves rows of a sync endpoint to the end while they are being paged: no row is missed', async () => {
    const grown = await startExact({ items: 1100 });
    await exact.close();
    exact = grown;
    await exact.control('POST', '/faults', { kind: 'page-shift' });
    const seen = (await pages('123456/sync/Logistics/Items?$select=ID,Timestamp')).flat();
    // The last row of the first page comes again; the first of the second page comes once, later.
    expect(seen).toHaveLength(1101);
    expect(new Set(seen).size).toBe(1100);
  });
});
