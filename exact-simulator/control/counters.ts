/*
 * Counts over all calls since the start or the last reset, for benches: the log of calls forgets,
 * these do not. Kept in memory; endpoints beyond a maximum are counted together.
 */
import type { Request } from '../http/answer.ts';

const MINUTE_MS = 60_000;
const MOST_ENDPOINTS = 500;
const OTHERS = '(others)';

interface PerEndpoint {
  calls: number;
  status: Record<string, number>;
}

/** `GET purchaseorder/goodsreceipts`: method and endpoint without company, key or query. */
export function endpointOf(request: Request): string {
  const path = request.path
    .toLowerCase()
    .replaceAll(/\/{2,}/g, '/')
    .replace(/^\/api\/v1\/(?:\d+\/)?/, '')
    .replace(/\(.*$/, '')
    .replace(/\/+$/, '');
  return `${request.method} ${path}`;
}

export class Counters {
  private calls = 0;
  private bytesOut = 0;
  private tokenCalls = 0;
  private byStatus: Record<string, number> = {};
  private endpoints = new Map<string, PerEndpoint>();
  private minute = { startMs: -1, calls: 0 };
  private worst = { startMs: 0, calls: 0 };

  constructor(private readonly clock: { nowMs: () => number }) {}

  /** Notes an answer of `status` (0 for none) to an API call. */
  note(request: Request, status: number, bytes: number): void {
    const name = endpointOf(request);
    this.calls += 1;
    this.bytesOut += bytes;
    if (name.includes('/api/oauth2/token')) this.tokenCalls += 1;
    if (/^\/+api\/+v1\/+\d/i.test(request.path)) this.noteMinute();
    const label = String(status);
    this.byStatus[label] = (this.byStatus[label] ?? 0) + 1;
    const known = this.endpoints.has(name) || this.endpoints.size < MOST_ENDPOINTS;
    const key = known ? name : OTHERS;
    const endpoint = this.endpoints.get(key) ?? { calls: 0, status: {} };
    endpoint.calls += 1;
    endpoint.status[label] = (endpoint.status[label] ?? 0) + 1;
    this.endpoints.set(key, endpoint);
  }

  state() {
    return {
      calls: this.calls,
      bytesOut: this.bytesOut,
      tokenCalls: this.tokenCalls,
      /** By status; 0 stands for a line that was cut. */
      byStatus: this.byStatus,
      /** Answers 429. */
      refused429: this.byStatus['429'] ?? 0,
      /** Most calls below a company in one clock minute, refused ones included. */
      worstMinute: this.worst,
      callsByEndpoint: Object.fromEntries(
        [...this.endpoints].sort(([, a], [, b]) => b.calls - a.calls),
      ),
    };
  }

  reset(): void {
    this.calls = 0;
    this.bytesOut = 0;
    this.tokenCalls = 0;
    this.byStatus = {};
    this.endpoints = new Map();
    this.minute = { startMs: -1, calls: 0 };
    this.worst = { startMs: 0, calls: 0 };
  }

  private noteMinute(): void {
    const nowMs = this.clock.nowMs();
    const startMs = nowMs - (nowMs % MINUTE_MS);
    if (this.minute.startMs !== startMs) this.minute = { startMs, calls: 0 };
    this.minute.calls += 1;
    if (this.minute.calls > this.worst.calls) this.worst = { ...this.minute };
  }
}
