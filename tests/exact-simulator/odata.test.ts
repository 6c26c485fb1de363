/*
 * The OData dialect: what is refused, shapes of answers, values and paging.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import fc from 'fast-check';
import {
  messageOf,
  only,
  parsed,
  peek,
  record,
  rowsOf,
  startExact,
  type Exact,
} from './helpers.ts';

let exact: Exact;
const items = '123456/logistics/Items';
const orders = '123456/purchaseorder/PurchaseOrders';

beforeAll(async () => {
  exact = await startExact();
  await exact.control('POST', '/limits', {
    minutely: 100_000,
    daily: 100_000,
    errorsPerHour: 9999,
  });
});
afterAll(async () => {
  await exact.close();
});

const get = (path: string, headers?: HeadersInit) => exact.call('GET', path, undefined, headers);

describe('refusals', () => {
  const SYNTAX = 'Bad Request - Error in query syntax.';

  it.each([
    ['an unknown field', `${orders}?$filter=Nothing eq 1`],
    ['an unknown selected field', `${orders}?$select=Nothing`],
    ['an open quote', `${orders}?$filter=YourRef eq 'x`],
    ['two fields compared', `${orders}?$filter=OrderStatus eq ReceiptStatus`],
    ['a navigation in a filter', `${orders}?$filter=PurchaseOrderLines/Item eq 1`],
    ['a text where a guid belongs', `${orders}?$filter=Supplier eq 'x'`],
    ['a second level of expand', `${orders}?$expand=PurchaseOrderLines/Item`],
    ['an unknown option', `${orders}?$apply=x`],
    ['an unknown function', `${orders}?$filter=year(Created) eq 2026`],
  ])('400 for %s', async (_what, path) => {
    const answer = await get(path);
    expect(answer.status).toBe(400);
    expect(messageOf(answer)).toBe(SYNTAX);
  });

  it('400 for a collection with mandatory filtering, but not for a key', async () => {
    const refused = await get(`${items}?$select=ID`);
    expect(refused.status).toBe(400);
    expect(messageOf(refused)).toContain('mandatory filtering applied');
    expect((await get(`${items}?$select=ID&$filter=Notes eq 'x'`)).status).toBe(400);
    const first = only(await peek(exact, 'logistics/Items?$top=1'));
    expect((await get(`${items}(guid'${String(first['ID'])}')`)).status).toBe(200);
  });

  it('400 where $select is mandatory, lifted by $top=1', async () => {
    const path = '123456/inventory/BatchNumbers';
    expect(messageOf(await get(path))).toBe(
      'Please add a $select or a $top=1 statement to the query string.',
    );
    expect((await get(`${path}?$top=1`)).status).toBe(200);
    expect((await get('123456/logistics/SalesItemPrices')).status).toBe(400);
  });

  it('404 for an unknown endpoint and key, 405 for a verb, 501 for $batch', async () => {
    expect((await get('123456/inventory/Nothing')).status).toBe(404);
    expect(
      (await get(`${orders}(guid'${'0'.repeat(8)}-0000-0000-0000-${'0'.repeat(12)}')`)).status,
    ).toBe(404);
    expect((await exact.call('DELETE', orders)).status).toBe(405);
    expect((await exact.call('POST', '123456/logistics/Units', { Code: 'x' })).status).toBe(405);
    expect((await exact.call('POST', '123456/logistics/$batch', {})).status).toBe(501);
  });

  it('Atom when Accept is forgotten, and XML errors', async () => {
    const feed = await get(`${orders}?$top=2`, { Accept: '*/*' });
    expect(feed.headers.get('content-type')).toContain('application/atom+xml');
    expect(feed.text).toContain('<m:properties>');
    expect((await get(`${orders}?$select=Nothing`, { Accept: '*/*' })).text).toContain('<error');
  });
});

describe('shapes', () => {
  it('results for a collection, a bare array when $top keeps it below a page', async () => {
    expect(Object.keys(record(parsed(await get(orders))['d']))).toEqual(['results']);
    expect(Array.isArray(parsed(await get(`${orders}?$top=1`))['d'])).toBe(true);
    const counted = record(parsed(await get(`${orders}?$top=1&$inlinecount=allpages`))['d']);
    expect(counted['__count']).toBe('18');
  });

  it('one object for a key, deferred and expanded navigations, and navigation by URI', async () => {
    const id = String(
      only(await peek(exact, 'purchaseorder/PurchaseOrders?$filter=OrderNumber eq 10000001'))[
        'PurchaseOrderID'
      ],
    );
    const one = record(parsed(await get(`${orders}(guid'${id}')`))['d']);
    expect(record(one['PurchaseOrderLines'])['__deferred']).toEqual({
      uri: `${exact.running.url}/api/v1/${orders}(guid'${id}')/PurchaseOrderLines`,
    });
    const expanded = record(
      parsed(
        await get(
          `${orders}(guid'${id}')?$expand=PurchaseOrderLines&$select=OrderNumber,PurchaseOrderLines/ItemCode`,
        ),
      )['d'],
    );
    const results = record(expanded['PurchaseOrderLines'])['results'];
    expect(results).toHaveLength(6);
    expect(Object.keys(expanded).sort()).toEqual([
      'OrderNumber',
      'PurchaseOrderLines',
      '__metadata',
    ]);
    expect(rowsOf(await get(`${orders}(guid'${id}')/PurchaseOrderLines`))).toHaveLength(6);
  });

  it('a bare number for $count', async () => {
    const answer = await get(`${items}/$count?$filter=IsSerialItem eq true`);
    expect(answer.text).toMatch(/^\d+$/);
  });

  it('any case, double slashes and trailing slashes are fine', async () => {
    expect((await get('/Current/Me/')).status).toBe(200);
    expect((await get('123456/INVENTORY/warehouses/')).status).toBe(200);
  });

  it('functions take named arguments', async () => {
    const rights = await get(`123456/users/UserHasRights?endpoint='Logistics/Items'&action='GET'`);
    expect(parsed(rights)).toEqual({ d: { UserHasRights: true } });
    expect((await get('123456/users/UserHasRights?action=%27GET%27')).status).toBe(400);
    const item = only(await peek(exact, `logistics/Items?$filter=Code eq 'BLT-001'`));
    const stock = rowsOf(
      await get(`123456/read/logistics/StockPosition?itemId=guid'${String(item['ID'])}'`),
    );
    expect(only(stock)['InStock']).toBe(item['Stock']);
  });
});

describe('values', () => {
  it('Int64 is text, Byte a number, Boolean a boolean, units and account codes are padded', async () => {
    const item = only(rowsOf(await get(`${items}?$filter=Code eq 'PNT-001'`)));
    expect(item['IsBatchItem']).toBe(1);
    expect(item['IsSerialItem']).toBe(false);
    expect(item['FreeBoolField_01']).toBe(true);
    expect(item['Unit']).toBe('pc      ');
    expect(item['Created']).toMatch(/^\/Date\(-?\d+\)\/$/);
    const sync = only(rowsOf(await get('123456/sync/Logistics/Items?$select=Timestamp&$top=1')));
    expect(typeof sync['Timestamp']).toBe('string');
    const accounts = `123456/crm/Accounts?$select=Code,Name&$filter=`;
    expect(rowsOf(await get(`${accounts}Code eq '50001'`))).toHaveLength(0);
    expect(rowsOf(await get(`${accounts}trim(Code) eq '50001'`))).toHaveLength(1);
    const padded = '50001'.padStart(18);
    expect(rowsOf(await get(`${accounts}Code eq '${padded}'`))).toHaveLength(1);
  });
});

describe('filters', () => {
  const codes = async (filter: string) =>
    rowsOf(await get(`${items}?$select=Code&$filter=${encodeURIComponent(filter)}`)).map(
      (r) => r['Code'],
    );

  it('knows all operators, functions and literals', async () => {
    expect(await codes(`Barcode eq '8712300000070'`)).toEqual(['BLT-001']);
    expect(await codes(`Code eq 'blt-001'`)).toEqual(['BLT-001']);
    expect(
      await codes(
        `startswith(Code,'PNT') and not (Code eq 'PNT-001') and Code lt 'PNT-003' and CostPriceStandard gt 22`,
      ),
    ).toEqual(['PNT-002']);
    expect(
      await codes(
        `substringof('matt',tolower(Description)) eq true and Code ne 'PNT-001' and endswith(Code,'-003')`,
      ),
    ).toEqual(['PNT-003']);
    expect(
      await codes(`Code eq 'PNT-001' or (Code eq 'PNT-002' and IsBatchItem eq 1)`),
    ).toHaveLength(2);
    expect(
      await codes(`Code eq 'PNT-001' and Created lt datetime'2027-01-01' and EndDate eq null`),
    ).toEqual(['PNT-001']);
    expect(await codes(`Code eq 'PNT-001' and length(Code) ge 7 and IsSalesItem eq 1`)).toEqual([
      'PNT-001',
    ]);
  });

  it('finds any text again, whatever quotes and signs it holds', async () => {
    const id = String(only(await peek(exact, `logistics/Items?$filter=Code eq 'BLT-002'`))['ID']);
    await fc.assert(
      fc.asyncProperty(fc.string({ minLength: 1, maxLength: 40 }), async (text) => {
        await exact.control('PATCH', `/records/logistics/Items/${id}`, { FreeTextField_01: text });
        const filter = `FreeTextField_01 eq '${text.replaceAll("'", "''")}'`;
        expect(await codes(filter)).toEqual(['BLT-002']);
      }),
      { numRuns: 40 },
    );
  });
});

describe('paging', () => {
  it('gives 60 a page and every row exactly once over __next, which repeats all options', async () => {
    const seen: unknown[] = [];
    let next: string | undefined = `${items}?$filter=IsStockItem eq true&$select=Code,ID`;
    const sizes: number[] = [];
    while (next !== undefined) {
      const answer = await get(next);
      const d = record(parsed(answer)['d']);
      const rows = rowsOf(answer);
      sizes.push(rows.length);
      seen.push(...rows.map((row) => row['ID']));
      const url: unknown = d['__next'];
      if (typeof url === 'string') expect(url).toContain('$skiptoken=guid');
      next = typeof url === 'string' ? url.split('/api/v1/')[1] : undefined;
    }
    expect(sizes).toEqual([60, 60, 60, 20]);
    expect(new Set(seen).size).toBe(200);
  });

  it.each(['SearchCode', 'SearchCode desc', 'Barcode', 'Barcode desc', 'Barcode desc,Code'])(
    'keeps the order of $orderby=%s over pages, empty values included',
    async (orderBy) => {
      const path = `${items}?$filter=IsStockItem eq true&$select=ID,Code&$orderby=${orderBy}`;
      const ids: unknown[] = [];
      let next: string | undefined = path;
      while (next !== undefined) {
        const answer = await get(next);
        ids.push(...rowsOf(answer).map((row) => row['ID']));
        const url: unknown = record(parsed(answer)['d'])['__next'];
        next = typeof url === 'string' ? url.split('/api/v1/')[1] : undefined;
      }
      expect(new Set(ids).size).toBe(200);
      expect(ids).toHaveLength(200);
    },
  );
});
