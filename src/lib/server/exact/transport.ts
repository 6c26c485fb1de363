// Who lives here: one HTTP exchange, and nothing about Exact. It tells apart what the house must
// never confuse: an answer, a connection that was refused before a byte left, and a request whose
// answer was lost. Redirects are not followed: on an API they lead to a login page
// (exact-online-api.md §1.6), and following one could carry a token to a stranger.

import { assert, LIMITS } from '../../domain/index.ts';
import type { Scheduler } from '../../domain/index.ts';

export interface Exchange {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly timeoutMs: number;
  /** Calls a GET off; what may change something over there is never called off. */
  readonly signal?: AbortSignal;
}

export type Exchanged =
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly headers: Headers;
      readonly text: string;
    }
  /** Surely nothing left: no connection came about. */
  | { readonly kind: 'not-sent'; readonly words: string }
  /** A GET that nobody waits for any more; it may have left. */
  | { readonly kind: 'called-off'; readonly words: string }
  | { readonly kind: 'lost'; readonly words: string };

/**
 * Error codes of undici and TLS that come before a connection stands. Those of the system say it by
 * their call: a host that cannot be reached any more ends a connection that stood, too.
 */
const BEFORE_SENDING = new Set([
  ...['UND_ERR_CONNECT_TIMEOUT', 'CERT_HAS_EXPIRED', 'DEPTH_ZERO_SELF_SIGNED_CERT'],
  ...['SELF_SIGNED_CERT_IN_CHAIN', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'],
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const cause = error.cause;
  if (cause instanceof Error && 'code' in cause && typeof cause.code === 'string')
    return cause.code;
  if ('code' in error && typeof error.code === 'string') return error.code;
  return error.name;
}

/** Calls of the system that come before a connection stands; what they end with has many names. */
const BEFORE_CONNECTED = new Set(['connect', 'getaddrinfo']);

/** Where a name has several addresses, all of them failed. */
function neverConnected(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : undefined;
  const all: readonly unknown[] = cause instanceof AggregateError ? cause.errors : [cause];
  return all.every((one) => {
    const call: unknown = one instanceof Error ? Reflect.get(one, 'syscall') : undefined;
    return typeof call === 'string' && BEFORE_CONNECTED.has(call);
  });
}

/** Reads at most `LIMITS.exactAnswerBytes`; null when there is more. */
async function readText(response: Response): Promise<string | null> {
  if (response.body === null) return '';
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of response.body) {
    assert(part instanceof Uint8Array, 'a response body comes in bytes');
    bytes += part.byteLength;
    if (bytes > LIMITS.exactAnswerBytes) return null;
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

/** Never throws for what the network does; a wrong call of ours still throws. */
export async function exchange(request: Exchange, scheduler: Scheduler): Promise<Exchanged> {
  const { signal } = request;
  assert(signal === undefined || request.method === 'GET', 'only what reads can be called off');
  const deadline = new AbortController();
  const end = () => deadline.abort();
  const cancel = scheduler.after(request.timeoutMs, end);
  signal?.addEventListener('abort', end, { once: true });
  const place = `${request.url.origin}${request.url.pathname}`;
  try {
    const response = await fetch(request.url, {
      method: request.method,
      headers: request.headers,
      redirect: 'manual',
      signal: deadline.signal,
      ...(request.body === undefined ? {} : { body: request.body }),
    });
    const text = await readText(response);
    if (text === null) return { kind: 'lost', words: `the answer of ${place} is too long` };
    return { kind: 'answer', status: response.status, headers: response.headers, text };
  } catch (error) {
    if (signal?.aborted === true) return { kind: 'called-off', words: `${place}: called off` };
    if (deadline.signal.aborted) {
      return { kind: 'lost', words: `no answer from ${place} in ${request.timeoutMs / 1000} s` };
    }
    const code = codeOf(error);
    if (BEFORE_SENDING.has(code) || neverConnected(error))
      return { kind: 'not-sent', words: `${place}: ${code}` };
    return { kind: 'lost', words: `the answer of ${place} was lost: ${code}` };
  } finally {
    cancel();
    signal?.removeEventListener('abort', end);
  }
}
