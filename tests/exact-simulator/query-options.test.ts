/*
 * Query options in full (Exact KB, query options, paging, tolerance): grammar with precedence, every
 * literal, keys of every type, what is mandatory where, functions with named arguments.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { allEntities } from '../../exact-simulator/odata/catalogue.ts';
import { sources } from '../../exact-simulator/store/sources.ts';
import {
  list,
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
  const free = { minutely: 1_000_000, daily: 1_000_000, errorsPerHour: 100_000 };
  await exact.control('POST', '/limits', free);
});
afterAll(async () => {
  await exact.close();
});

const get = (path: string, headers?: HeadersInit) => exact.call('GET', path, undefined, headers);
const codes = async (filter: string): Promise<unknown[]> => {
  const answer = await get(`${items}?$select=Code&$filter=${encodeURIComponent(filter)}`);
  if (answer.status !== 200) throw new Error(`${answer.status} ${answer.text}`);
  return rowsOf(answer).map((row) => row['Code']);
};

describe('$filter', () => {
  const A = `Code eq 'PNT-001'`;
  const B = `Code eq 'PNT-002'`;
  const C = `Code eq 'PNT-003'`;

  it.each([
    ['and binds tighter than or', `${A} or ${B} and ${C}`, ['PNT-001']],
    ['parentheses win', `(${A} or ${B}) and ${C}`, []],
    [
      'not binds tightest',
      `not ${A} and startswith(Code,'PNT-00') and Code lt 'PNT-003'`,
      ['PNT-002'],
    ],
    [
      'not takes a parenthesis',
      `startswith(Code,'PNT-00') and Code lt 'PNT-004' and not (${A} or ${B})`,
      ['PNT-003'],
    ],
    ['an operand may stand in parentheses', `(Code) eq ('PNT-001')`, ['PNT-001']],
    ['functions nest', `toupper(trim(tolower(Code))) eq 'PNT-001'`, ['PNT-001']],
    ['substringof names the part first', `substringof('NT-00',Code) and ${A}`, ['PNT-001']],
    ['a function may be compared with false', `endswith(Code,'1') eq false and ${B}`, ['PNT-002']],
    ['a value may stand in front', `'PNT-001' eq Code`, ['PNT-001']],
    ['a number may come as 1 for true', `IsBatchItem eq 1 and ${A}`, ['PNT-001']],
    ['a flag may come as true', `IsBatchItem eq true and ${A}`, ['PNT-001']],
    [
      'Int64, Double and exponents',
      `CostPriceStandard gt 2.05e1 and CostPriceStandard lt 22L and ${A}`,
      ['PNT-001'],
    ],
    ['datetime with a zone', `Created lt datetime'2099-01-01T00:00:00Z' and ${A}`, ['PNT-001']],
    ['datetime of a day', `Created lt datetime'2099-01-01' and ${A}`, ['PNT-001']],
    ['null', `EndDate eq null and ${A}`, ['PNT-001']],
    ['not null', `EndDate ne null and ${A}`, []],
    ['blanks anywhere', `  ( Code   eq  'PNT-001' ) `, ['PNT-001']],
  ])('%s', async (_what, filter, found) => {
    expect(await codes(filter)).toEqual(found);
  });

  it.each([
    `Code eq`,
    `Code 'x'`,
    `Code eq 'x' and`,
    `(Code eq 'x'`,
    `Code eq 'x')`,
    `Code eq 'x' xor Barcode eq 'y'`,
    `Code eq "x"`,
    `Code eq guid'x'`,
    `ID eq guid'no-guid'`,
    `Created gt '2026-01-01'`,
    `Created gt datetime'2026-02-30'`,
    `IsBatchItem`,
    `startswith(Code) eq true`,
    `tolower(IsBatchItem) eq 'x'`,
    `Code gt null`,
    `'a' eq 'a'`,
    `ItemGroup/Code eq 'x'`,
    `code eq 'x'`,
  ])('400 for %s', async (filter) => {
    const answer = await get(`${items}?$select=Code&$filter=${encodeURIComponent(filter)}`);
    expect([answer.status, messageOf(answer)]).toEqual([
      400,
      'Bad Request - Error in query syntax.',
    ]);
  });

  it('has no filter on the dates of supplier items', async () => {
    const path = `123456/logistics/SupplierItem?$filter=StartDate lt datetime'2027-01-01'`;
    expect((await get(path)).status).toBe(400);
  });
});

describe('mandatory options', () => {
  const filtered = allEntities().filter((of) => sources[of.name]?.filterFields);

  it.each(filtered.map((of) => of.name))(
    '%s wants one of its fields, named in order',
    async (name) => {
      const of = only(filtered.filter((e) => e.name === name));
      const fields = sources[name]?.filterFields ?? [];
      const refused = await get(`123456/${of.path}?$select=${of.key.name}`);
      expect(messageOf(refused)).toBe(
        'This endpoint has mandatory filtering applied. A GET request for this endpoint must have a ' +
          `$filter parameter with one of the following fields in the url:${[...fields].sort().join()}`,
      );
      const known = fields.filter((field) => of.properties.has(field));
      for (const field of known) {
        const answer = await get(
          `123456/${of.path}?$select=${of.key.name}&$filter=${field} ne null`,
        );
        expect([field, answer.status]).toEqual([field, 200]);
      }
    },
  );

  const heavy = [
    ...['bulk/Logistics/Items', 'bulk/Logistics/SalesItemPrices', 'bulk/SalesOrder/SalesOrders'],
    ...['bulk/SalesOrder/SalesOrderLines', 'inventory/BatchNumbers', 'logistics/SalesItemPrices'],
    ...[
      'sync/Logistics/Items',
      'sync/Logistics/PurchaseItemPrices',
      'sync/Inventory/StockPositions',
    ],
  ];
  it.each(heavy)('%s wants $select, lifted by $top=1', async (path) => {
    const of = only(allEntities().filter((e) => e.path === path));
    const [field] = sources[of.name]?.filterFields ?? [];
    const filter = field === undefined ? '' : `$filter=${field} ne null&`;
    expect(messageOf(await get(`123456/${path}?${filter}`))).toBe(
      'Please add a $select or a $top=1 statement to the query string.',
    );
    expect((await get(`123456/${path}?${filter}$top=1`)).status).toBe(200);
    expect((await get(`123456/${path}?${filter}$select=${of.key.name}`)).status).toBe(200);
    expect((await get(`123456/${path}/$count?${filter}`)).status).toBe(200);
  });
});

describe('paging', () => {
  it('bulk gives 1,000 a page', async () => {
    const answer = await get(`123456/bulk/Logistics/Items?$select=ID&$filter=ID ne null`);
    expect(rowsOf(answer)).toHaveLength(200);
  });

  it('a $top above the page size still pages, and what is left of it goes along', async () => {
    const sizes: number[] = [];
    let next: string | undefined = `${items}?$filter=ID ne null&$select=Code&$top=130`;
    while (next !== undefined) {
      const d = record(parsed(await get(next))['d']);
      sizes.push(list(d['results']).length);
      const url: unknown = d['__next'];
      next = typeof url === 'string' ? url.split('/api/v1/')[1] : undefined;
    }
    expect(sizes).toEqual([60, 60, 10]);
  });

  it('$skip works on old endpoints, not on sync and newer ones', async () => {
    const all = rowsOf(await get(`${orders}?$select=OrderNumber&$orderby=OrderNumber`));
    const some = rowsOf(
      await get(`${orders}?$select=OrderNumber&$orderby=OrderNumber&$skip=5&$top=3`),
    );
    expect(some.map((row) => row['OrderNumber'])).toEqual(
      all.slice(5, 8).map((r) => r['OrderNumber']),
    );
    for (const path of ['sync/Logistics/Items?$select=ID&', 'salesorder/DigitalOrderPickings?']) {
      expect((await get(`123456/${path}$skip=1`)).status).toBe(400);
    }
  });

  it('orders by several keys, each in its own direction', async () => {
    const path = `${orders}?$select=OrderNumber,ReceiptStatus&$orderby=ReceiptStatus desc,OrderNumber`;
    const rows = rowsOf(await get(path));
    const sorted = [...rows].sort(
      (a, b) =>
        Number(b['ReceiptStatus']) - Number(a['ReceiptStatus']) ||
        Number(a['OrderNumber']) - Number(b['OrderNumber']),
    );
    expect(rows).toEqual(sorted);
  });

  it.each(['-1', '1.5', 'x'])('400 for $top=%s', async (top) => {
    expect((await get(`${orders}?$top=${top}`)).status).toBe(400);
  });

  it('400 for a skip token that does not belong to the query', async () => {
    expect((await get(`${orders}?$skiptoken=1L,2L`)).status).toBe(400);
  });
});

describe('$select and $expand', () => {
  it('choose fields of expanded rows by path', async () => {
    const path = `${orders}?$top=1&$expand=PurchaseOrderLines&$select=OrderNumber,PurchaseOrderLines/ID`;
    const row = only(rowsOf(await get(path)));
    const line = only(list(record(row['PurchaseOrderLines'])['results']));
    expect(Object.keys(line).sort()).toEqual(['ID', '__metadata']);
  });

  it.each([
    `$select=OrderNumber,PurchaseOrderLines/ID`,
    `$expand=PurchaseOrderLines&$select=PurchaseOrderLines/Nothing`,
    `$expand=PurchaseOrderLines&$select=PurchaseOrderLines/Item/Code`,
    `$expand=OrderNumber`,
    `$inlinecount=some`,
    `$filter=PurchaseOrderLines/Item ne null`,
  ])('400 for %s', async (query) => {
    const nothing = `${orders}?$filter=OrderNumber eq 1&${query}`;
    expect((await get(query.startsWith('$filter') ? `${orders}?${query}` : nothing)).status).toBe(
      400,
    );
  });

  it('$select=* works on ordinary endpoints and is refused on sync', async () => {
    expect((await get(`${orders}?$select=*&$top=1`)).status).toBe(200);
    const answer = await get('123456/sync/Logistics/Items?$select=*');
    expect(messageOf(answer)).toContain('does not support query { $select=* }');
  });
});

describe('what real clients send', () => {
  it('a plus for a blank, a form type on a GET, any case, double and trailing slashes', async () => {
    const form = { 'Content-Type': 'application/x-www-form-urlencoded' };
    const path = `123456//PURCHASEORDER/purchaseorders/?$filter=OrderNumber+eq+10000001`;
    expect(rowsOf(await get(path, form))).toHaveLength(1);
  });

  it('keys of every type, named keys and empty parentheses', async () => {
    const order = only(
      await peek(exact, 'purchaseorder/PurchaseOrders?$filter=OrderNumber eq 10000001'),
    );
    const id = String(order['PurchaseOrderID']);
    expect((await get(`${orders}(guid'${id.toUpperCase()}')`)).status).toBe(200);
    expect((await get(`${orders}(PurchaseOrderID=guid'${id}')`)).status).toBe(200);
    expect(rowsOf(await get(`${orders}()`))).toHaveLength(18);
    expect((await get('123456/system/Divisions(123456)')).status).toBe(200);
    expect((await get('123456/logistics/Incoterms(1)')).status).toBe(200);
    const change = only(await peek(exact, 'sync/Logistics/Items?$top=1'));
    expect((await get(`123456/sync/Logistics/Items(${String(change['Timestamp'])}L)`)).status).toBe(
      200,
    );
    for (const key of [`'${id}'`, '1', `guid'${id}`, `guid'nothing'`, `${id}`]) {
      expect([key, (await get(`${orders}(${key})`)).status]).toEqual([key, 400]);
    }
  });

  it('a service, entity, key or collection that is not there is a 404 that names it', async () => {
    const id = '00000000-0000-0000-0000-000000000000';
    for (const path of ['nothing/Items', 'logistics/Nothing', `logistics/Items(guid'${id}')`]) {
      const answer = await get(`123456/${path}`);
      expect([answer.status, messageOf(answer)]).toEqual([404, expect.stringContaining('segment')]);
    }
  });
});
