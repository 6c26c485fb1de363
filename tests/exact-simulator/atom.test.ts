/*
 * Atom XML: what a client gets that forgets Accept, and what one may send instead of JSON.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseXml, type XmlElement } from '../../exact-simulator/odata/xml.ts';
import { messageOf, only, order, parsed, peek, record, startExact, type Exact } from './helpers.ts';

const ATOM = 'http://www.w3.org/2005/Atom';
const DATA = 'http://schemas.microsoft.com/ado/2007/08/dataservices';
const META = `${DATA}/metadata`;

let exact: Exact;
const orders = '123456/purchaseorder/PurchaseOrders';
const items = '123456/logistics/Items';

beforeAll(async () => {
  exact = await startExact();
  const free = { minutely: 1_000_000, daily: 1_000_000, errorsPerHour: 100_000 };
  await exact.control('POST', '/limits', free);
});
afterAll(async () => {
  await exact.close();
});

const atom = (path: string) =>
  exact.call('GET', path, undefined, { Accept: 'application/atom+xml,application/xml;q=0.9' });

function inside(element: XmlElement | undefined, name: string): XmlElement[] {
  return element?.children.filter((child) => child.name === name) ?? [];
}

const attribute = (element: XmlElement | undefined, name: string): string | undefined =>
  element?.attributes.get(name.startsWith('{') ? name : `{}${name}`);

function fieldsOf(entry: XmlElement | undefined): Map<string, XmlElement> {
  const [content] = inside(entry, 'content');
  const [properties] = inside(content, 'properties');
  return new Map((properties?.children ?? []).map((field) => [field.name, field]));
}

const related = (entry: XmlElement | undefined, name: string): XmlElement | undefined =>
  inside(entry, 'link').find((link) => attribute(link, 'rel') === `${DATA}/related/${name}`);

describe('a feed', () => {
  it('has an entry for each row, with typed fields, nulls and a deferred link', async () => {
    const answer = await atom(`${orders}?$filter=OrderNumber eq 10000001`);
    expect(answer.headers.get('content-type')).toBe('application/atom+xml;type=feed;charset=utf-8');
    const feed = parseXml(answer.text);
    expect([feed.namespace, feed.name]).toEqual([ATOM, 'feed']);
    expect(attribute(feed, '{http://www.w3.org/XML/1998/namespace}base')).toBe(
      `${exact.running.url}/api/v1/123456/purchaseorder/`,
    );
    const entry = only(inside(feed, 'entry'));
    const fields = fieldsOf(entry);
    const type = (name: string) => attribute(fields.get(name), `{${META}}type`);
    expect(type('PurchaseOrderID')).toBe('Edm.Guid');
    expect(type('OrderDate')).toBe('Edm.DateTime');
    expect(type('DropShipment')).toBe('Edm.Boolean');
    expect(type('YourRef')).toBeUndefined();
    expect(fields.get('OrderDate')?.text).toMatch(/^\d{4}-\d\d-\d\dT00:00:00$/);
    expect(fields.get('DropShipment')?.text).toBe('false');
    expect(attribute(fields.get('Remarks'), `{${META}}null`)).toBe('true');
    const id = fields.get('PurchaseOrderID')?.text ?? '';
    expect(inside(entry, 'id')[0]?.text).toBe(`${exact.running.url}/api/v1/${orders}(guid'${id}')`);
    const link = related(entry, 'PurchaseOrderLines');
    expect(attribute(link, 'href')).toBe(`PurchaseOrders(guid'${id}')/PurchaseOrderLines`);
    expect(link?.children).toEqual([]);
  });

  it('says the same as JSON, field by field', async () => {
    const path = `${items}?$filter=Code eq 'PNT-001'`;
    const json = only(await peek(exact, `logistics/Items?$filter=Code eq 'PNT-001'`));
    const fields = fieldsOf(only(inside(parseXml((await atom(path)).text), 'entry')));
    for (const [name, value] of Object.entries(json)) {
      if (name === '__metadata') continue;
      const field = fields.get(name);
      if (value === null) expect(attribute(field, `{${META}}null`), name).toBe('true');
      else if (!String(value).startsWith('/Date(')) expect(field?.text, name).toBe(String(value));
    }
    expect(fields.get('Unit')?.text).toBe('pc      ');
  });

  it('leads to the next page, counts, and puts expanded rows inline', async () => {
    const answer = await atom(
      `${items}?$filter=IsStockItem eq true&$select=Code&$inlinecount=allpages`,
    );
    const feed = parseXml(answer.text);
    expect(inside(feed, 'entry')).toHaveLength(60);
    expect(inside(feed, 'count')[0]?.text).toBe('200');
    const next = inside(feed, 'link').find((link) => attribute(link, 'rel') === 'next');
    const url = new URL(attribute(next, 'href') ?? '');
    expect(url.searchParams.get('$skiptoken')).toMatch(/^guid'/);
    const second = parseXml((await atom(url.href.split('/api/v1/')[1] ?? '')).text);
    expect(inside(second, 'entry')).toHaveLength(60);

    const expanded = await atom(
      `${orders}?$filter=OrderNumber eq 10000001&$expand=PurchaseOrderLines`,
    );
    const entry = only(inside(parseXml(expanded.text), 'entry'));
    const [inline] = inside(related(entry, 'PurchaseOrderLines'), 'inline');
    expect(inline?.namespace).toBe(META);
    expect(inside(inside(inline, 'feed')[0], 'entry')).toHaveLength(6);
  });

  it('stays well-formed whatever a text holds', async () => {
    const item = only(await peek(exact, `logistics/Items?$filter=Code eq 'BLT-002'`));
    const text = `<&>"'\u0001 ]]> é€ \r\n\t`;
    await exact.control('PATCH', `/records/logistics/Items/${String(item['ID'])}`, { Notes: text });
    const entry = parseXml((await atom(`${items}(guid'${String(item['ID'])}')`)).text);
    expect(fieldsOf(entry).get('Notes')?.text).toBe(text.replace('\u0001', ''));
  });
});

describe('what a client takes', () => {
  it.each([
    ['nothing named', '*/*', 'application/atom+xml;type=feed;charset=utf-8'],
    ['JSON', 'application/json', 'application/json;charset=utf-8'],
    ['JSON before all', 'application/json, text/plain, */*', 'application/json;charset=utf-8'],
    [
      'Atom before JSON',
      'application/atom+xml, application/json;q=0.5',
      'application/atom+xml;type=feed;charset=utf-8',
    ],
    [
      'a browser',
      'text/html,application/xml;q=0.9,*/*;q=0.8',
      'application/atom+xml;type=feed;charset=utf-8',
    ],
  ])('%s', async (_what, accept, type) => {
    const answer = await exact.call('GET', orders, undefined, { Accept: accept });
    expect(answer.headers.get('content-type')).toBe(type);
  });

  it.each(['application/xml', 'text/csv'])('%s alone is refused for data', async (accept) => {
    const answer = await exact.call('GET', orders, undefined, { Accept: accept });
    expect(answer.status).toBe(415);
    const error = parseXml(answer.text);
    expect([error.namespace, error.name]).toEqual([META, 'error']);
    expect(inside(error, 'code')[0]?.text).toBe('');
    const [message] = inside(error, 'message');
    expect(message?.text).toBe('Unsupported media type requested.');
    expect(attribute(message, '{http://www.w3.org/XML/1998/namespace}lang')).toBe('');
  });

  it('a write whose answer the client would refuse books nothing', async () => {
    const before = (await peek(exact, 'logistics/CustomerItems')).length;
    const account = only(await peek(exact, `crm/Accounts?$filter=Status eq 'C'`))['ID'];
    const item = only(await peek(exact, `logistics/Items?$filter=Code eq 'VLV-001'`))['ID'];
    const body = { Account: account, Item: item };
    const accept = { Accept: 'application/xml' };
    expect((await exact.call('POST', '123456/logistics/CustomerItems', body, accept)).status).toBe(
      415,
    );
    expect(await peek(exact, 'logistics/CustomerItems')).toHaveLength(before);
  });

  it('a function answers in XML too', async () => {
    const path = `123456/users/UserHasRights?endpoint='logistics/Items'&action='GET'`;
    const value = parseXml((await atom(path)).text);
    expect([value.namespace, value.name, value.text]).toEqual([DATA, 'UserHasRights', 'true']);
  });
});

describe('an Atom body', () => {
  const send = (method: string, path: string, body: string, type = 'application/atom+xml') =>
    fetch(`${exact.running.url}/api/v1/${path}`, {
      method,
      headers: {
        Authorization: `Bearer ${exact.token}`,
        'Content-Type': type,
        Prefer: 'return=representation',
      },
      body,
    });

  const entryOf = (fields: string, links = '') =>
    `<?xml version="1.0"?><entry xmlns="${ATOM}" xmlns:d="${DATA}" xmlns:m="${META}">${links}` +
    `<content type="application/xml"><m:properties>${fields}</m:properties></content></entry>`;

  it('books a goods receipt with nested lines and numbers, and the answer is an entry', async () => {
    const { lines } = await order(exact, 10_000_001);
    const line = record(lines[1]);
    const number = entryOf(
      '<d:BatchNumber>ATOM-1</d:BatchNumber><d:Quantity m:type="Edm.Double">2</d:Quantity>',
    );
    const inline = (name: string, entries: string) =>
      `<link rel="${DATA}/related/${name}" type="application/atom+xml;type=feed"><m:inline>` +
      `<feed>${entries.replaceAll(/<\?xml[^>]*>/g, '')}</feed></m:inline></link>`;
    const fields =
      `<d:PurchaseOrderLineID m:type="Edm.Guid">${String(line['ID'])}</d:PurchaseOrderLineID>` +
      '<d:QuantityReceived m:type="Edm.Double">2</d:QuantityReceived>';
    const head =
      '<d:ReceiptDate m:type="Edm.DateTime">2026-11-18T00:00:00</d:ReceiptDate>' +
      '<d:YourRef>a &amp; b</d:YourRef><d:Remarks m:null="true" />';
    const body = entryOf(
      head,
      inline('GoodsReceiptLines', entryOf(fields, inline('BatchNumbers', number))),
    );
    const answer = await send('POST', '123456/purchaseorder/GoodsReceipts', body);
    const text = await answer.text();
    expect([answer.status, text.slice(0, 400)]).toEqual([201, expect.any(String)]);
    expect(answer.headers.get('content-type')).toBe(
      'application/atom+xml;type=entry;charset=utf-8',
    );
    const booked = fieldsOf(parseXml(text));
    expect(booked.get('YourRef')?.text).toBe('a & b');
    expect(booked.get('ReceiptDate')?.text).toBe('2026-11-18T00:00:00');
    const made = await peek(exact, `inventory/StockBatchNumbers?$filter=BatchNumber eq 'ATOM-1'`);
    expect(made.map((row) => row['Quantity'])).toEqual([2]);
  });

  it('changes a row, as application/xml and with a read entry sent back', async () => {
    const item = only(await peek(exact, `logistics/Items?$filter=Code eq 'BLT-003'`));
    const path = `${items}(guid'${String(item['ID'])}')`;
    const body = entryOf(
      '<d:ExtraDescription>new</d:ExtraDescription><d:IsSalesItem m:type="Edm.Boolean">false</d:IsSalesItem>' +
        '<d:EndDate m:type="Edm.DateTime" m:null="true" />',
    );
    expect((await send('PUT', path, body, 'application/xml')).status).toBe(204);
    const read = await atom(path);
    expect((await send('PUT', path, read.text)).status).toBe(204);
    const after = parsed(await exact.call('GET', path))['d'];
    expect(record(after)).toMatchObject({ ExtraDescription: 'new', IsSalesItem: false });
  });

  it.each([
    ['no XML', '<entry', 'application/xml'],
    ['a feed', `<feed xmlns="${ATOM}"/>`, 'application/atom+xml'],
    ['a document type', `<!DOCTYPE x><entry xmlns="${ATOM}"/>`, 'application/xml'],
    ['JSON under the name of XML', '{"Code":"x"}', 'application/xml'],
    ['XML under the name of JSON', entryOf('<d:Code>x</d:Code>'), 'application/json'],
    ['a form', 'Code=x', 'application/x-www-form-urlencoded'],
  ])('that is %s is refused', async (_what, body, type) => {
    const answer = await send('POST', items, body, type);
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain(
      'The request should be a valid top-level resource object.',
    );
  });

  it('with an unknown field is refused like in JSON', async () => {
    const answer = await send('POST', items, entryOf('<d:Nothing>x</d:Nothing>'));
    expect(await answer.text()).toContain("The property name 'Nothing' specified for type");
    const json = await exact.call('POST', items, { Nothing: 'x' });
    expect(messageOf(json)).toContain("The property name 'Nothing' specified for type");
  });
});
