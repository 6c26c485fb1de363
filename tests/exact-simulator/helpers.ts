/*
 * What the specifications of the simulator share: a running simulator with a clock of its own and
 * a small client that speaks to it over real HTTP, as Scandock does.
 */
import { startSimulator, type RunningSimulator } from '../../exact-simulator/index.ts';
import type { SimulatorOptions } from '../../exact-simulator/index.ts';

/** Wednesday 18 November 2026, 09:00:00 UTC. */
export const START_MS = Date.UTC(2026, 10, 18, 9);

export interface Answered {
  status: number;
  headers: Headers;
  text: string;
}

export interface Exact {
  running: RunningSimulator;
  /** The access token `call` uses; replace it to play another client. */
  token: string;
  refreshToken: string;
  /** Moves the simulator's clock. */
  wait: (ms: number) => void;
  call: (method: string, path: string, body?: unknown, headers?: HeadersInit) => Promise<Answered>;
  control: (method: string, path: string, body?: unknown) => Promise<Record<string, unknown>>;
  tokenCall: (form: Record<string, string>) => Promise<Answered>;
  close: () => Promise<void>;
}

async function send(url: string, init: RequestInit): Promise<Answered> {
  const answer = await fetch(url, { redirect: 'manual', ...init });
  return { status: answer.status, headers: answer.headers, text: await answer.text() };
}

/** Starts a simulator whose clock stands still until `wait` moves it. */
export async function startExact(options: SimulatorOptions = {}): Promise<Exact> {
  let nowMs = START_MS;
  const running = await startSimulator({ now: () => nowMs, ...options });
  const control: Exact['control'] = async (method, path, body) => {
    const init = body === undefined ? { method } : { method, body: JSON.stringify(body) };
    const answer = await send(`${running.url}/control${path}`, init);
    if (answer.status >= 400) throw new Error(`${answer.status} ${answer.text}`);
    return answer.text === '' ? {} : record(JSON.parse(answer.text));
  };
  const issued = await control('POST', '/tokens/issue', {});
  const exact: Exact = {
    running,
    token: String(issued['accessToken']),
    refreshToken: String(issued['refreshToken']),
    wait: (ms) => {
      nowMs += ms;
    },
    call: (method, path, body, headers) => {
      const sent = { ...(body === undefined ? {} : { 'Content-Type': 'application/json' }) };
      const defaults = { Accept: 'application/json', Authorization: `Bearer ${exact.token}` };
      return send(`${running.url}/api/v1/${path}`, {
        method,
        headers: { ...defaults, ...sent, ...headers },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
    },
    control,
    tokenCall: (form) =>
      send(`${running.url}/api/oauth2/token`, { method: 'POST', body: new URLSearchParams(form) }),
    close: running.close,
  };
  return exact;
}

/** The value as an object; anything else is a failed test. */
export function record(value: unknown): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Error(`no object: ${JSON.stringify(value)}`);
  }
  return { ...value };
}

export function list(value: unknown): Record<string, unknown>[] {
  if (!Array.isArray(value)) throw new Error(`no list: ${JSON.stringify(value)}`);
  return value.map(record);
}

export function parsed(answer: Answered): Record<string, unknown> {
  return record(JSON.parse(answer.text));
}

/** The rows of a collection answer, whether bare or in `results`. */
export function rowsOf(answer: Answered): Record<string, unknown>[] {
  const d = parsed(answer)['d'];
  return Array.isArray(d) ? list(d) : list(record(d)['results']);
}

export function messageOf(answer: Answered): string {
  return String(record(record(parsed(answer)['error'])['message'])['value']);
}

/** Rows read past all limits and mandatory options. */
export async function peek(exact: Exact, path: string): Promise<Record<string, unknown>[]> {
  const d = (await exact.control('GET', `/records/${path}`))['d'];
  return Array.isArray(d) ? list(d) : list(record(d)['results']);
}

/** The first of a list; a failed test when it is empty. */
export function only<T>(rows: readonly T[]): T {
  const [row] = rows;
  if (row === undefined) throw new Error('nothing found');
  return row;
}

/** A purchase order and its lines in line order. */
export async function order(exact: Exact, number: number) {
  const path = `purchaseorder/PurchaseOrders?$filter=OrderNumber eq ${number}`;
  const head = only(await peek(exact, `${path}&$expand=PurchaseOrderLines`));
  return { head, lines: list(record(head['PurchaseOrderLines'])['results']) };
}

export async function locationId(exact: Exact, code: string): Promise<string> {
  const path = `inventory/StorageLocations?$filter=Code eq '${code}'`;
  return String(only(await peek(exact, path))['ID']);
}
