/*
 * The seeded nemesis: faults at random, the same for the same seed. Every call draws from its own
 * running number, so that the n-th call meets the same fate however many draws others took.
 */
import { z } from 'zod';
import type { Request } from '../http/answer.ts';
import { Random } from '../seed/random.ts';
import { ALL_KINDS, FAULT_KINDS, MILD_KINDS, type FaultKind, type Target } from './fault-kinds.ts';
import { faultInput, faultOf, targetsOf, type Fault } from './faults.ts';

/** Injected faults that are remembered with their call. */
export const KEPT_INJECTED = 500;
export const DEFAULT_RATE = 0.02;
/** Real-time waits stay short, so that a run of many thousand calls ends. */
const LONGEST_REAL_DELAY_MS = 40;
const REAL_TIME: ReadonlySet<FaultKind> = new Set(['delay', 'delay-answer']);
/** Kinds whose delay is on the simulator's clock. */
const VIRTUAL: ReadonlySet<FaultKind> = new Set([
  ...(['apply-later', 'lag', 'late-commit', 'slow', 'webhook-delay', 'webhook-reorder'] as const),
]);

export const nemesisInput = z.strictObject({
  seed: z.number().int().min(0).max(4_294_967_295),
  rate: z.number().min(0).max(1).default(DEFAULT_RATE),
  /** Default: what a good client comes through without a person. */
  kinds: z.array(z.enum(ALL_KINDS)).min(1).optional(),
  /** Longest delay on the simulator's clock. */
  maxDelayMs: z.number().int().min(0).max(86_400_000).default(20_000),
});
type NemesisInput = z.infer<typeof nemesisInput>;

interface Injected {
  /** Id in the call log; null for a notification. */
  call: number | null;
  kind: FaultKind;
  delayMs: number;
}

export class Nemesis {
  private order: NemesisInput | undefined;
  private drawn = { calls: 0, webhooks: 0 };
  private injected: Injected[] = [];
  private counts = new Map<FaultKind, number>();

  start(order: NemesisInput): void {
    this.stop();
    this.order = order;
  }

  stop(): void {
    this.order = undefined;
    this.drawn = { calls: 0, webhooks: 0 };
    this.injected = [];
    this.counts = new Map();
  }

  state() {
    return {
      running: this.order ?? null,
      drawn: this.drawn.calls + this.drawn.webhooks,
      counts: Object.fromEntries(this.counts),
      injected: this.injected,
    };
  }

  /** The fate of a call; undefined for most. */
  draw(request: Request, call: number): Fault | undefined {
    const targets = targetsOf(request);
    if (!this.order || targets.length === 0) return undefined;
    this.drawn.calls += 1;
    const fault = this.fate(this.order, this.drawn.calls * 2, targets);
    if (fault) this.note(fault, call);
    return fault;
  }

  /** The fate of a notification. */
  drawWebhook(): Fault | undefined {
    if (!this.order) return undefined;
    this.drawn.webhooks += 1;
    const fault = this.fate(this.order, this.drawn.webhooks * 2 + 1, ['webhook']);
    if (fault) this.note(fault, null);
    return fault;
  }

  private fate(order: NemesisInput, n: number, targets: readonly Target[]): Fault | undefined {
    const random = new Random(Math.imul(order.seed + 1, 0x9e3779b1) ^ Math.imul(n, 0x85ebca6b));
    if (!random.chance(order.rate)) return undefined;
    const kinds = (order.kinds ?? MILD_KINDS).filter(
      (kind) =>
        targets.includes(FAULT_KINDS[kind].target) &&
        // A lost refresh ends the link: `lose-refresh` has to be asked for.
        !(targets.includes('token') && kind === 'lose-answer'),
    );
    if (kinds.length === 0) return undefined;
    const kind = random.pick(kinds);
    const longest = REAL_TIME.has(kind) ? LONGEST_REAL_DELAY_MS : order.maxDelayMs;
    const delayMs = REAL_TIME.has(kind) || VIRTUAL.has(kind) ? random.int(0, longest) : 0;
    const answer = random.pick(['lost', 'status-500', 'status-408', 'html-503'] as const);
    return faultOf(faultInput.parse({ kind, delayMs, answer }), 0);
  }

  private note({ kind, delayMs }: Fault, call: number | null): void {
    this.counts.set(kind, (this.counts.get(kind) ?? 0) + 1);
    this.injected.push({ call, kind, delayMs });
    if (this.injected.length > KEPT_INJECTED) this.injected.shift();
  }
}
