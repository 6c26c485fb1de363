// What is told apart when an exchange fails: a connection that never came about, and one that stood.
// The second may have carried the request (I-03).

import { afterEach, expect, it, vi } from 'vitest';
import { LIMITS } from '../../domain/index.ts';
import type { Scheduler } from '../../domain/index.ts';
import { exchange } from './transport.ts';

afterEach(() => vi.unstubAllGlobals());

const never: Scheduler = { after: () => () => undefined };

/** What fetch throws: the system's own error is its cause. */
function failing(cause: Error): void {
  const failed = new TypeError('fetch failed', { cause });
  vi.stubGlobal('fetch', () => Promise.reject(failed));
}

function system(code: string, syscall: string): Error {
  return Object.assign(new Error(`${syscall} ${code}`), { code, syscall });
}

const send = () =>
  exchange(
    {
      ...{ method: 'POST', url: new URL('http://127.0.0.1:9/api'), headers: {}, body: '{}' },
      timeoutMs: LIMITS.exactPostTimeoutMs,
    },
    never,
  );

it.each([
  system('EHOSTUNREACH', 'read'),
  system('ENETUNREACH', 'write'),
  system('ECONNREFUSED', 'read'),
  system('ECONNRESET', 'read'),
  new AggregateError([system('ECONNREFUSED', 'connect'), system('EHOSTUNREACH', 'read')]),
  new Error('other side closed'),
])('I-03: %s may have come after the request', async (cause) => {
  failing(cause);
  expect(await send()).toMatchObject({ kind: 'lost' });
});

it.each([
  system('EHOSTUNREACH', 'connect'),
  system('ENETDOWN', 'connect'),
  system('ENOTFOUND', 'getaddrinfo'),
  new AggregateError([system('ECONNREFUSED', 'connect'), system('ENETUNREACH', 'connect')]),
  Object.assign(new Error('timeout'), { code: 'UND_ERR_CONNECT_TIMEOUT' }),
  Object.assign(new Error('expired'), { code: 'CERT_HAS_EXPIRED' }),
])('%s comes before anything left', async (cause) => {
  failing(cause);
  expect(await send()).toMatchObject({ kind: 'not-sent' });
});
