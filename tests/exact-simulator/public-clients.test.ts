/*
 * The requests of public clients, byte for byte as they leave those clients, and what each of them
 * refuses in an answer. The clients themselves were run too: docs/exact-simulator-clients.md.
 */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as shapes from './client-shapes.ts';
import { bare, body, CALLBACK, d, distinct, FORM, JSON_TYPE, pathOf } from './client-shapes.ts';
import { results, type Sent } from './client-shapes.ts';
import { only, peek, record, startExact, type Exact } from './helpers.ts';

const API = '/api/v1/123456';
const RECEIPTS = `${API}/purchaseorder/GoodsReceipts`;

let exact: Exact;

beforeEach(async () => {
  exact = await startExact();
});
afterEach(() => exact.close());

const raw = (method: string, path: string, headers?: Sent, text?: string) =>
  shapes.raw(exact, method, path, headers, text);
const follow = (path: string, headers: Sent, again?: (next: string) => string) =>
  shapes.follow(exact, path, headers, again);
const codeFrom = (authorize: string) => shapes.codeFrom(exact, authorize);
const token = (form: string, headers?: Sent) => shapes.granted(exact, form, headers);
const app = () => ({ id: exact.running.clientId, secret: exact.running.clientSecret });

const bearer = () => ({ Authorization: `Bearer ${exact.token}` });
/** What picqer sends with every call, reads included. */
const picqer = () => ({
  ...{ Accept: JSON_TYPE, 'Content-Type': JSON_TYPE, Prefer: 'return=representation' },
  ...bearer(),
});
/** urllib names a form type on reads too, for it always passes a body, if an empty one. */
const ossobv = () => ({ Accept: JSON_TYPE, 'Content-Type': FORM, ...bearer() });
/** elmas and the .NET client, which name the type of a body on reads too. */
const typed = () => ({ Accept: JSON_TYPE, 'Content-Type': JSON_TYPE, ...bearer() });

async function customer(): Promise<Record<string, unknown>> {
  return only(await peek(exact, "crm/Accounts?$filter=Status eq 'C'&$top=1"));
}

/** A receipt of one piece on the first line of order 10000001. */
async function receipt(more: Record<string, unknown> = {}): Promise<string> {
  const lines = await peek(exact, 'purchaseorder/PurchaseOrderLines?$filter=LineNumber eq 1');
  const orders = await peek(exact, 'purchaseorder/PurchaseOrders?$filter=OrderNumber eq 10000001');
  const order = only(orders)['PurchaseOrderID'];
  const line = only(lines.filter((one) => one['PurchaseOrderID'] === order));
  const GoodsReceiptLines = [{ PurchaseOrderLineID: line['ID'], QuantityReceived: '1' }];
  return JSON.stringify({ ReceiptDate: '2026-11-18', ...more, GoodsReceiptLines });
}

describe('picqer/exact-php-client 4.6.0', () => {
  it('logs in, and finds expires_in as a text of digits only', async () => {
    const callback = encodeURIComponent(CALLBACK);
    const { id, secret } = app();
    const code = await codeFrom(
      `/api/oauth2/auth?client_id=${id}&redirect_uri=${callback}&response_type=code` +
        '&state=x+y%26z&force_login=1',
    );
    const tokens = await token(
      `redirect_uri=${callback}&grant_type=authorization_code&client_id=${id}` +
        `&client_secret=${secret}&code=${encodeURIComponent(code)}`,
    );
    expect(tokens['expires_in']).toMatch(/^\d+$/);
  });

  it('finds by id in a bare array of one, and Me in results', async () => {
    const [item] = await peek(exact, "logistics/Items?$filter=Code eq 'BLT-001'");
    const query = `%24filter=ID+eq+guid%27${String(item?.['ID'])}%27&%24top=1`;
    const found = await raw('GET', `${API}/logistics/Items?${query}`, picqer());
    expect(bare(found).map((row) => row['Code'])).toEqual(['BLT-001']);
    const me = await raw('GET', '/api/v1/current/Me', picqer());
    expect(results(me).map((row) => row['CurrentDivision'])).toEqual([123456]);
  });

  it('finds an account by its padded code, with an order and a select', async () => {
    const account = await customer();
    const code = String(account['Code']).padStart(18).replaceAll(' ', '+');
    const query = `%24filter=Code+eq+%27${code}%27&%24top=1&%24select=ID&%24orderby=ID`;
    const found = await raw('GET', `${API}/crm/Accounts?${query}`, picqer());
    expect(bare(found).map((row) => row['ID'])).toEqual([account['ID']]);
  });

  it('pages by __next to the end, and follows a deferred navigation', async () => {
    const items = `${API}/logistics/Items?%24filter=IsSalesItem+eq+1&%24select=ID%2CCode`;
    const rows = await follow(items, picqer());
    expect(rows.length).toBeGreaterThan(120);
    expect(distinct(rows)).toBe(rows.length);
    const query = '%24filter=OrderNumber+eq+10000001';
    const orders = await raw('GET', `${API}/purchaseorder/PurchaseOrders?${query}`, picqer());
    const lines = record(record(only(results(orders))['PurchaseOrderLines'])['__deferred']);
    expect(await follow(pathOf(lines['uri']), picqer())).toHaveLength(6);
  });

  it('puts back all it got from a post, read-only fields and deferred lines too', async () => {
    const sent = await receipt({ YourRef: 'pk-1' });
    const posted = await raw('POST', RECEIPTS, picqer(), sent);
    expect(posted.status).toBe(201);
    const { __metadata: _, ...got } = d(posted);
    const path = `${RECEIPTS}(guid'${String(got['ID'])}')`;
    const text = JSON.stringify({ ...got, Remarks: 'counted twice' });
    const put = await raw('PUT', path, picqer(), text);
    expect([put.status, put.text]).toEqual([204, '']);
    const kept = d(await raw('GET', path, picqer()));
    expect([kept['YourRef'], kept['Remarks']]).toEqual(['pk-1', 'counted twice']);
  });

  it('asks for rights with quoted parameters, and reads the error text', async () => {
    const query = 'endpoint=%27logistics%2FItems%27&action=%27GET%27';
    const rights = await raw('GET', `${API}/users/UserHasRights?${query}`, picqer());
    expect(d(rights)).toEqual({ UserHasRights: true });
    const refused = await raw('GET', `${API}/logistics/Items?%24filter=No+eq+1`, picqer());
    expect(record(record(body(refused)['error'])['message'])['value']).toContain('syntax');
  });
});

describe('ossobv/exactonline 0.4.0', () => {
  it('logs in with the slashes of its redirect URI as they are', async () => {
    const callback = CALLBACK.replaceAll(':', '%3A');
    const { id, secret } = app();
    const code = await codeFrom(
      `/api/oauth2/auth?client_id=${id}&redirect_uri=${callback}&response_type=code`,
    );
    const tokens = await token(
      `client_id=${id}&client_secret=${secret}&code=${encodeURIComponent(code)}` +
        `&grant_type=authorization_code&redirect_uri=${callback}`,
    );
    expect(tokens['token_type']).toBe('bearer');
  });

  it('names a form type on reads, and wants nothing in d but results and __next', async () => {
    const query = '$filter=Modified%20gt%20datetime%272020-01-01%27&$select=ID%2CCode';
    const page = await raw('GET', `${API}/logistics/Items?${query}`, ossobv());
    expect(Object.keys(body(page))).toEqual(['d']);
    expect(Object.keys(d(page)).sort()).toEqual(['__next', 'results']);
    expect(page.headers['x-ratelimit-minutely-reset']).toMatch(/^\d{13}$/);
    const divisions = `${API}/hrm/Divisions?$select=Code,Description`;
    expect(only(results(await raw('GET', divisions, ossobv())))['Code']).toBe(123456);
  });
});

describe('elmas 3.1.0', () => {
  it('asks for the authorize page with a slash at the end and Me with two', async () => {
    const { id, secret } = app();
    const query = new URLSearchParams({ client_id: id, response_type: 'code' });
    query.set('redirect_uri', CALLBACK);
    const code = await codeFrom(`/api/oauth2/auth/?${query}`);
    const form = { client_id: id, client_secret: secret, grant_type: 'authorization_code' };
    const tokens = await token(
      new URLSearchParams({ ...form, code, redirect_uri: CALLBACK }).toString(),
      { Accept: JSON_TYPE },
    );
    const headers = { ...typed(), Authorization: `Bearer ${String(tokens['access_token'])}` };
    const me = await raw('GET', '/api/v1//Current/Me', headers);
    expect(only(results(me))['CurrentDivision']).toBe(123456);
  });

  it('filters with bare quotes and a Z after the moment, and names types per row', async () => {
    const filter = "Modified+gt+datetime'2020-01-01T00:00:00Z'";
    const rows = await follow(
      `${API}/logistics/Items?$orderby=Code&$select=Code&$filter=${filter}`,
      typed(),
    );
    expect(rows).toHaveLength(200);
    expect(record(rows[0]?.['__metadata'])['type']).toBe('Exact.Web.Api.Models.Item');
  });

  it('posts without Prefer and finds the id, then gets nothing back from a put', async () => {
    const { ID } = await customer();
    const item = only(await peek(exact, "logistics/Items?$filter=Code eq 'BLT-001'"));
    const order = { OrderedBy: ID, YourRef: 'rb', SalesOrderLines: [{ Item: item['ID'] }] };
    const lines = order.SalesOrderLines.map((line) => ({ ...line, Quantity: 2 }));
    const text = JSON.stringify({ ...order, SalesOrderLines: lines });
    const posted = await raw('POST', `${API}/salesorder/SalesOrders`, typed(), text);
    expect([posted.status, String(d(posted)['OrderID']).length]).toEqual([201, 36]);
    const name = JSON.stringify({ Name: 'Ruby', Remarks: 'ruby' });
    const put = await raw('PUT', `${API}/crm/Accounts(guid'${String(ID)}')`, typed(), name);
    expect([put.status, put.text]).toEqual([204, '']);
  });

  it('reads deliveries with $select=*', async () => {
    const all = await raw('GET', `${API}/salesorder/GoodsDeliveries?$select=*`, typed());
    expect(all.status).toBe(200);
  });
});

describe('exactonline-api-dotnet-client 1.0.0-169', () => {
  it('cuts the skip token out of __next and builds the next address itself', async () => {
    const query = '$filter=IsStockItem+eq+true&$select=ID,Code';
    const tail = '&$orderby=Code';
    const cut = (next: string) => {
      const found = /\$skiptoken=([^&#]*)/.exec(next)?.[1] ?? '';
      return `${API}/Logistics/Items?${query}&$skiptoken=${found}${tail}`;
    };
    const rows = await follow(`${API}/Logistics/Items?${query}${tail}`, typed(), cut);
    expect(rows.length).toBeGreaterThan(120);
    expect(distinct(rows)).toBe(rows.length);
  });

  it('counts without Accept and reads a whole number', async () => {
    const query = "$filter=Modified+ge+datetime'2020-01-01T00:00:00'";
    const headers = { 'Content-Type': JSON_TYPE, ...bearer() };
    const count = await raw('GET', `${API}/Logistics/Items/$count?${query}`, headers);
    expect(count.text).toBe('200');
  });

  it('finds a value in every property that its models cannot leave empty', async () => {
    const posted = d(await raw('POST', RECEIPTS, typed(), await receipt()));
    expect(posted).toMatchObject({
      Created: '/Date(-62135596800000)/',
      Division: 0,
      YourRef: null,
    });
    const whole = d(await raw('GET', `${RECEIPTS}(guid'${String(posted['ID'])}')`, typed()));
    expect(whole['Division']).toBe(123456);
    const { ID } = await customer();
    const account = d(await raw('GET', `${API}/CRM/Accounts(guid'${String(ID)}')`, typed()));
    const flags = { CostPaid: 0, IsAgency: 0, IsMailing: 0, IgnoreDatevWarningMessage: false };
    expect(account).toMatchObject(flags);
    const query = `$filter=IsAgency+eq+0+and+ID+eq+guid'${String(ID)}'&$select=ID`;
    expect(results(await raw('GET', `${API}/CRM/Accounts?${query}`, typed()))).toHaveLength(1);
  });
});

describe('the JavaScript clients', () => {
  it('client-oauth2 4.3.3 (n8n-nodes-exact-online 0.2.32): HTTP Basic and an empty scope', async () => {
    const { id, secret } = app();
    const callback = encodeURIComponent(CALLBACK);
    const code = await codeFrom(
      `/api/oauth2/auth?client_id=${id}&redirect_uri=${callback}&response_type=code` +
        '&state=eyJ0b2tlbiI6IngifQ%3D%3D&scope=',
    );
    const basic = Buffer.from(`${id}:${secret}`).toString('base64');
    const headers = { Authorization: `Basic ${basic}`, Accept: JSON_TYPE };
    const form = `code=${code}&grant_type=authorization_code&redirect_uri=${callback}`;
    const tokens = await token(form, headers);
    exact.wait(600_000);
    // The refresh names the credentials twice: in the header and in the body.
    const refresh = encodeURIComponent(String(tokens['refresh_token']));
    const both = `client_id=${id}&client_secret=${secret}`;
    await token(`refresh_token=${refresh}&grant_type=refresh_token&${both}`, headers);
  });

  it('@quantix-ict/exact-online 1.1.0: an option without its dollar is no option', async () => {
    const me = await raw('GET', '/api/v1/current/Me?Select=CurrentDivision', typed());
    const user = only(results(me));
    expect(user['CurrentDivision']).toBe(123456);
    expect(Object.keys(user)).toContain('UserName');
  });

  it('exact-online 0.1.5: a refresh too early is an answer in JSON, trim() finds a code', async () => {
    const { id, secret } = app();
    const form = `grant_type=refresh_token&client_id=${id}&client_secret=${secret}`;
    const early = await raw(
      ...(['POST', '/api/oauth2/token', { 'Content-Type': FORM }] as const),
      `${form}&refresh_token=${encodeURIComponent(exact.refreshToken)}`,
    );
    expect([early.status, body(early)['error']]).toEqual([400, 'access_denied']);
    const account = await customer();
    const query = `$filter=trim(Code)%20eq%20'${String(account['Code']).trim()}'`;
    const found = await raw('GET', `${API}/crm/Accounts?${query}`, {
      ...bearer(),
      Accept: JSON_TYPE,
    });
    expect(results(found).map((row) => row['ID'])).toEqual([account['ID']]);
  });
});

describe('a client that names no format (tap-exact)', () => {
  it('gets Atom', async () => {
    const feed = await raw('GET', `${API}/inventory/Warehouses`, bearer());
    expect(feed.headers['content-type']).toMatch(/^application\/atom\+xml/);
    expect(feed.text).toContain('<feed');
  });
});
