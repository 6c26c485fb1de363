/*
 * Fault switches: what can go wrong between a client and Exact, ordered by tests over the control
 * API (Exact KB, simulator fault switches). They live in memory: a restart clears them.
 */
import { z } from 'zod';
import type { Answer, Request } from '../http/answer.ts';
import { empty, html } from '../http/answer.ts';
import { dailyHeaders, minutelyHeaders, type Limits } from '../limits/limits.ts';

export const faultInput = z.strictObject({
  kind: z.enum([
    ...(['lose-answer', 'lose-request', 'delay', 'delay-answer', 'truncate'] as const),
    ...(['status-500', 'status-500-message', 'status-500-after', 'status-408'] as const),
    ...(['status-429', 'status-403', 'html-503', 'expire-tokens', 'ignore-prefer'] as const),
  ]),
  match: z
    .strictObject({ method: z.string().toUpperCase().optional(), path: z.string().optional() })
    .default({}),
  times: z.number().int().min(1).max(1_000_000).default(1),
  delayMs: z.number().int().min(0).max(600_000).default(0),
  message: z.string().optional(),
  reason: z.string().optional(),
  window: z.enum(['minute', 'day']).default('minute'),
});
type FaultInput = z.infer<typeof faultInput>;
export type Fault = FaultInput & { id: number; left: number };

const PROBLEM =
  'A problem has occurred. The cause of this issue will be investigated as soon as possible.';

function errorBody(message: string): string {
  return JSON.stringify({ error: { code: '', message: { lang: '', value: message } } });
}

/** `purchaseorder/GoodsReceipts` or `/api/…`: a prefix in any case, with or without division. */
function pathMatches(prefix: string, path: string): boolean {
  const full = path.toLowerCase().replaceAll(/\/{2,}/g, '/');
  const wanted = prefix.toLowerCase();
  if (full.startsWith(wanted)) return true;
  const below = full.replace(/^\/api\/v1\/(?:\d+\/)?/, '');
  return below.startsWith(wanted.replace(/^\//, ''));
}

export class Faults {
  private faults: Fault[] = [];
  private nextId = 1;

  add(input: FaultInput): Fault {
    const fault = { ...input, id: this.nextId, left: input.times };
    this.nextId += 1;
    this.faults.push(fault);
    return fault;
  }

  list(): readonly Fault[] {
    return this.faults;
  }

  clear(): void {
    this.faults = [];
  }

  /** Uses up and returns the first fault that fits a call. */
  take(request: Request): Fault | undefined {
    const fault = this.faults.find(
      ({ match }) =>
        (match.method === undefined || match.method === request.method) &&
        (match.path === undefined || pathMatches(match.path, request.path)),
    );
    if (!fault) return undefined;
    fault.left -= 1;
    this.faults = this.faults.filter((f) => f.left > 0);
    return fault;
  }
}

/** The answer a fault gives instead of doing the work; undefined when the work goes ahead. */
export function insteadOf(fault: Fault, limits: Limits, client: string): Answer | undefined {
  const headers = { 'Content-Type': 'application/json;charset=utf-8' };
  const message = fault.message ?? PROBLEM;
  switch (fault.kind) {
    case 'status-500':
      return empty(500);
    case 'status-500-message':
      return { status: 500, headers, body: errorBody(message) };
    case 'status-408':
      return empty(408);
    case 'status-403': {
      const reason: Record<string, string> = fault.reason ? { Reason: fault.reason } : {};
      const body = errorBody(fault.message ?? 'Forbidden');
      return { status: 403, headers: { ...headers, ...reason }, body };
    }
    case 'status-429': {
      const { minute, day } = limits.usage(client, 'fault');
      const spent = (window: typeof minute) => ({ ...window, used: window.limit });
      return fault.window === 'day'
        ? empty(429, dailyHeaders(spent(day)))
        : empty(429, minutelyHeaders(spent(minute)));
    }
    case 'html-503':
      return html(503, '<html><body><h1>Exact Online is being maintained</h1></body></html>');
    default:
      return undefined;
  }
}

/** The answer after a fault spoilt it; the effect of the call stands. */
export function spoilt(fault: Fault, answer: Answer): Answer {
  if (fault.kind === 'status-500-after') {
    const headers = { 'Content-Type': 'application/json;charset=utf-8' };
    if (fault.message === undefined) return empty(500);
    return { status: 500, headers, body: errorBody(fault.message) };
  }
  if (fault.kind !== 'truncate') return answer;
  const kept = answer.body.slice(0, Math.ceil(answer.body.length / 2));
  return { ...answer, body: kept + errorBody(PROBLEM) };
}
