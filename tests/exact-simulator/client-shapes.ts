/*
 * What the specifications of public clients share: calls sent byte for byte (fetch would put quotes
 * and spaces right first), the plain forms driven as a browser does, and pages followed to the end.
 */
import { request } from 'node:http';
import { expect } from 'vitest';
import { list, record, type Exact } from './helpers.ts';

export const CALLBACK = 'http://127.0.0.1:4000/exact/callback';
export const JSON_TYPE = 'application/json';
export const FORM = 'application/x-www-form-urlencoded';
/** More pages than any list here has: following must end by itself. */
const MOST_PAGES = 20;

export interface Reply {
  status: number;
  headers: Record<string, unknown>;
  text: string;
}

export type Sent = Record<string, string>;

/** Sends path, headers and body as they stand. */
export function raw(
  exact: Exact,
  method: string,
  path: string,
  headers: Sent = {},
  body = '',
): Promise<Reply> {
  const { hostname, port } = new URL(exact.running.url);
  const length =
    body === '' && method === 'GET' ? {} : { 'Content-Length': Buffer.byteLength(body) };
  const options = { host: hostname, port, method, path, headers: { ...headers, ...length } };
  return new Promise((resolve, reject) => {
    const call = request(options, (answer) => {
      let text = '';
      answer.setEncoding('utf8');
      answer.on('data', (part: string) => (text += part));
      answer.on('end', () => {
        resolve({ status: answer.statusCode ?? 0, headers: { ...answer.headers }, text });
      });
    });
    call.on('error', reject);
    call.end(body);
  });
}

export const body = (reply: Reply) => record(JSON.parse(reply.text));
export const d = (reply: Reply) => record(body(reply)['d']);
export const results = (reply: Reply) => list(d(reply)['results']);
export const bare = (reply: Reply) => list(body(reply)['d']);
export const pathOf = (url: unknown) => String(url).replace(/^https?:\/\/[^/]+/, '');
export const distinct = (rows: Record<string, unknown>[]) =>
  new Set(rows.map((row) => row['ID'])).size;

/** All rows, by following each `__next` as it stands; `again` may make another address of it. */
export async function follow(
  exact: Exact,
  path: string,
  headers: Sent,
  again: (next: string) => string = pathOf,
): Promise<Record<string, unknown>[]> {
  const rows: Record<string, unknown>[] = [];
  let next: string | undefined = path;
  for (let page = 0; next !== undefined && page < MOST_PAGES; page++) {
    const reply: Reply = await raw(exact, 'GET', next, headers);
    expect(reply.status).toBe(200);
    rows.push(...results(reply));
    const link: unknown = d(reply)['__next'];
    next = link === undefined ? undefined : again(String(link));
  }
  expect(next).toBeUndefined();
  return rows;
}

/** The code that the browser brings back from the forms of an authorize address. */
export async function codeFrom(exact: Exact, authorize: string): Promise<string> {
  const login = await raw(exact, 'GET', authorize);
  expect(login.status).toBe(200);
  const hidden = [...login.text.matchAll(/type="hidden" name="(\w+)" value="([^"]*)"/g)]
    .map((found): [string, string] => [found[1] ?? '', found[2] ?? ''])
    .filter(([name]) => name !== 'step');
  const submit = (more: Record<string, string>, cookie: string) => {
    const form = new URLSearchParams([...hidden, ...Object.entries(more)]);
    const headers = { 'Content-Type': FORM, Cookie: cookie };
    return raw(exact, 'POST', '/api/oauth2/auth', headers, form.toString());
  };
  const user = { step: 'login', user: 'demo@scandock.test', password: 'demo' };
  const cookie = String((await submit(user, '')).headers['set-cookie']).split(';')[0] ?? '';
  const back = await submit({ step: 'consent', choice: 'allow', division: '123456' }, cookie);
  expect(back.status).toBe(302);
  return new URL(String(back.headers['location'])).searchParams.get('code') ?? '';
}

/** A token call that must be granted. */
export async function granted(
  exact: Exact,
  form: string,
  headers: Sent = {},
): Promise<Record<string, unknown>> {
  const sent = { 'Content-Type': FORM, ...headers };
  const reply = await raw(exact, 'POST', '/api/oauth2/token', sent, form);
  expect(reply.status).toBe(200);
  return body(reply);
}
