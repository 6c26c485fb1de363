/*
 * Fault switches that change the answer: odd shapes, late and broken ones, pages that move.
 */
import { describe, expect, it } from 'vitest';
import { FaultStage } from './fault-stage.ts';
import { messageOf, parsed, peek, record, rowsOf } from './helpers.ts';

const stage = FaultStage.forEachTest();
const { marked, units } = stage;

const waiting = async () => (await stage.exact.control('GET', '/faults'))['faults'];

describe('odd answers', () => {
  it('cuts the line in mid-answer although the length promised more', async () => {
    await stage.fault('half-body', { match: { path: 'purchaseorder/' } });
    await expect(stage.post()).rejects.toThrow();
    expect(rowsOf(await stage.exact.call('GET', marked))).toHaveLength(1);
  });

  it('gives a page of HTML with status 200', async () => {
    await stage.fault('html-200');
    const answer = await stage.exact.call('GET', units);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([
      200,
      'text/html; charset=utf-8',
    ]);
  });

  it('gives Int64 as numbers, d as an array, unknown and missing fields', async () => {
    const sync = '123456/sync/Logistics/Items?$select=Code,Timestamp';
    await stage.fault('int64-number');
    expect(rowsOf(await stage.exact.call('GET', sync))[0]?.['Timestamp']).toBeTypeOf('number');
    expect(rowsOf(await stage.exact.call('GET', sync))[0]?.['Timestamp']).toBeTypeOf('string');
    await stage.fault('d-array');
    expect(Array.isArray(parsed(await stage.exact.call('GET', units))['d'])).toBe(true);
    await stage.fault('unknown-field');
    expect(rowsOf(await stage.exact.call('GET', units))[0]).toHaveProperty('BrandNewField');
    await stage.fault('missing-field');
    const select = '123456/logistics/Units?$select=ID,Code';
    expect(rowsOf(await stage.exact.call('GET', select))[0]).not.toHaveProperty('Code');
  });

  it('leaves out the minutely headers, once by a fault and always by a setting', async () => {
    const has = async () =>
      (await stage.exact.call('GET', units)).headers.has('x-ratelimit-minutely-remaining');
    await stage.fault('no-minutely');
    expect([await has(), await has()]).toEqual([false, true]);
    await stage.exact.control('POST', '/limits', { headers: 'no-minutely' });
    expect(await has()).toBe(false);
  });

  it('answers with rows of another company, and with messages in Dutch', async () => {
    await stage.fault('wrong-answer-division');
    const answer = await stage.exact.call('GET', '123456/inventory/Warehouses?$select=Division');
    expect(rowsOf(answer)[0]?.['Division']).toBe(123987);
    expect(answer.text).not.toContain('/123456/');
    await stage.fault('dutch-messages');
    await stage.post();
    for (let n = 0; n < 3; n += 1) await stage.post();
    await stage.fault('dutch-messages');
    expect(messageOf(await stage.post())).toContain('Artikel');
    expect(messageOf(await stage.post())).toContain('Item');
  });

  it('answers more than a minute later on the simulator’s clock, having done the work', async () => {
    await stage.fault('slow');
    let answered = false;
    const answer = stage.post().then((found) => {
      answered = true;
      return found;
    });
    while (
      (await peek(stage.exact, "purchaseorder/GoodsReceipts?$filter=Remarks eq 'marker-1'"))
        .length === 0
    );
    await stage.advance(60_000);
    expect(answered).toBe(false);
    await stage.advance(1000);
    expect((await answer).status).toBe(201);
  });

  it('keeps a fault that found nothing to spoil for the next call', async () => {
    await stage.fault('repeat-page');
    await stage.exact.call('GET', units);
    expect(await waiting()).toMatchObject([{ kind: 'repeat-page', left: 1 }]);
  });
});

describe('paging', () => {
  const items = "123456/logistics/Items?$select=ID&$filter=Code ne ''";

  async function pages(first: string): Promise<string[][]> {
    const seen: string[][] = [];
    for (let url: unknown = first; typeof url === 'string';) {
      const answer = await stage.exact.call('GET', url.replace(/^.*\/api\/v1\//, ''));
      seen.push(rowsOf(answer).map((row) => String(row['ID'])));
      url = record(parsed(answer)['d'])['__next'];
    }
    return seen;
  }

  it('repeats a page, and goes on behind it', async () => {
    await stage.fault('repeat-page');
    const seen = await pages(items);
    expect(seen.map((page) => page.length)).toEqual([60, 60, 60, 60, 20]);
    expect(seen[1]).toEqual(seen[0]);
    expect(new Set(seen.flat()).size).toBe(200);
  });

  it('overlaps two pages of a regular endpoint', async () => {
    await stage.fault('page-shift');
    const seen = (await pages(items)).flat();
    expect(seen).toHaveLength(201);
    expect(new Set(seen).size).toBe(200);
  });

  it('moves rows of a sync endpoint to the end while they are being paged: no row is missed', async () => {
    await stage.restart({ items: 1100 });
    await stage.exact.control('POST', '/faults', { kind: 'page-shift' });
    const seen = (await pages('123456/sync/Logistics/Items?$select=ID,Timestamp')).flat();
    // The last row of the first page comes again; the first of the second page comes once, later.
    expect(seen).toHaveLength(1101);
    expect(new Set(seen).size).toBe(1100);
  });
});
