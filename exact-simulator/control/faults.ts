/*
 * Fault switches: what can go wrong between a client and Exact, ordered by tests over the control
 * API (Exact KB, simulator fault switches). They live in memory: a restart clears them.
 */
import { z } from 'zod';
import { ApiError, type Request } from '../http/answer.ts';
import { ALL_KINDS, FAULT_KINDS, type FaultKind, type Target } from './fault-kinds.ts';

/** Faults that wait for their call; more are refused. */
const MOST_FAULTS = 1000;

export const faultInput = z.strictObject({
  kind: z.enum(ALL_KINDS),
  match: z
    .strictObject({
      method: z.string().toUpperCase().optional(),
      path: z.string().optional(),
      topic: z.string().optional(),
    })
    .default({}),
  times: z.number().int().min(1).max(1_000_000).default(1),
  delayMs: z.number().int().min(0).max(86_400_000).optional(),
  message: z.string().optional(),
  reason: z.string().optional(),
  window: z.enum(['minute', 'day']).default('minute'),
  /** What `apply-later` answers now. */
  answer: z.enum(['lost', 'status-500', 'status-408', 'html-503']).default('lost'),
});
type FaultInput = z.infer<typeof faultInput>;
export type Fault = Omit<FaultInput, 'delayMs'> & { id: number; left: number; delayMs: number };

/** `purchaseorder/GoodsReceipts` or `/api/…`: a prefix in any case, with or without division. */
function pathMatches(prefix: string, path: string): boolean {
  const full = path.toLowerCase().replaceAll(/\/{2,}/g, '/');
  const wanted = prefix.toLowerCase();
  if (full.startsWith(wanted)) return true;
  const below = full.replace(/^\/api\/v1\/(?:\d+\/)?/, '');
  return below.startsWith(wanted.replace(/^\//, ''));
}

/** The targets a call is one of; none for the pages of the login. */
export function targetsOf(request: Request): readonly Target[] {
  const path = request.path.toLowerCase().replaceAll(/\/{2,}/g, '/');
  if (path.startsWith('/api/oauth2/token')) return ['any', 'token'];
  if (!path.startsWith('/api/v1/')) return [];
  return ['any', 'data', request.method === 'GET' ? 'read' : 'write'];
}

/** A fault of an order, with the delay its kind has by default. */
export function faultOf(input: FaultInput, id: number): Fault {
  const delayMs = input.delayMs ?? FAULT_KINDS[input.kind].delayMs ?? 0;
  return { ...input, delayMs, id, left: input.times };
}

export class Faults {
  private faults: Fault[] = [];
  private nextId = 1;

  /** Throws a ZodError for a wrong order and 400 when too many wait. */
  add(input: z.input<typeof faultInput>): Fault {
    if (this.faults.length >= MOST_FAULTS) throw new ApiError(400, 'Too many faults are waiting');
    const fault = faultOf(faultInput.parse(input), this.nextId);
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
    const targets = targetsOf(request);
    return this.use(
      ({ kind, match }) =>
        targets.includes(FAULT_KINDS[kind].target) &&
        (match.method === undefined || match.method === request.method) &&
        (match.path === undefined || pathMatches(match.path, request.path)),
    );
  }

  /** Uses up and returns the first fault that fits a notification of a topic. */
  takeWebhook(topic: string): Fault | undefined {
    return this.use(
      ({ kind, match }) =>
        FAULT_KINDS[kind].target === 'webhook' &&
        (match.topic === undefined || match.topic.toLowerCase() === topic.toLowerCase()),
    );
  }

  /** A fault that found nothing to spoil waits for the next call. */
  giveBack(fault: Fault): void {
    if (fault.id === 0) return;
    fault.left += 1;
    if (!this.faults.includes(fault)) this.faults.unshift(fault);
  }

  private use(fits: (fault: Fault) => boolean): Fault | undefined {
    const fault = this.faults.find(fits);
    if (!fault) return undefined;
    fault.left -= 1;
    this.faults = this.faults.filter((f) => f.left > 0);
    return fault;
  }
}

export type { FaultKind };
