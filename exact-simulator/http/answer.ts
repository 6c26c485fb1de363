/*
 * What the parts of the simulator hand to the HTTP server: an answer, or an error with the status
 * and text Exact would give. Kept free of node's response object so that faults can still change
 * or drop an answer after its effect was applied.
 */

export interface Answer {
  status: number;
  headers: Record<string, string>;
  body: string;
}

export interface Request {
  method: string;
  /** Path without query, percent-decoded only where a part is used. */
  path: string;
  query: URLSearchParams;
  headers: Record<string, string | undefined>;
  body: string;
  /** `http://127.0.0.1:4100`: scheme and host as the client called it. */
  origin: string;
}

/** An error answer of the API: `message` becomes `error.message.value` (Exact KB, errors). */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly headers: Record<string, string> = {},
  ) {
    super(message);
  }
}

export function json(status: number, value: unknown, headers: Record<string, string> = {}): Answer {
  return {
    status,
    headers: { 'Content-Type': 'application/json;charset=utf-8', ...headers },
    body: JSON.stringify(value),
  };
}

/** Pages run no script, load nothing and stand in no frame. */
const PAGE_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'";

export function html(status: number, body: string, headers: Record<string, string> = {}): Answer {
  const own = {
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Security-Policy': PAGE_POLICY,
  };
  return { status, headers: { ...own, ...headers }, body };
}

export function empty(status: number, headers: Record<string, string> = {}): Answer {
  return { status, headers, body: '' };
}
