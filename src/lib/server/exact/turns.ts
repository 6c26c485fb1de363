// Who lives here: the scheduler of calls to Exact: every call goes through this door, one at a
// time, because parallel ones are queued in random order on Exact's side (exact-online-api.md §2.4,
// §13.29). It waits for permits of the budget on behalf of those who have patience, and serves the
// lanes by what each may count on, so that none starves another (I-17).
//
// Terms: patience (how long a caller waits in all, if there is no permit yet, before it is told
// when to come back), call off (the caller no longer wants to wait).

import { LIMITS } from '../../domain/index.ts';
import type { Clock, Scheduler } from '../../domain/index.ts';
import type { CallBudget } from './budget/budget.ts';
import { LANES, perLane } from './budget/lanes.ts';
import type { Lane } from './budget/lanes.ts';

export interface Wanted {
  readonly lane: Lane;
  /** Undefined: Exact does not count this call. */
  readonly endpoint?: string;
  readonly patienceMs: number;
  readonly signal?: AbortSignal;
}

export type Turn<T> =
  | { readonly kind: 'done'; readonly value: T }
  /** Not called: no permit before `untilMs`, or too many wait already. */
  | { readonly kind: 'later'; readonly untilMs: number }
  /** Not called: the caller called it off, or the house is closing. */
  | { readonly kind: 'stopped' };

/** What the door needs of the budget. */
export type TurnBudget = Pick<CallBudget, 'waitMs' | 'askMs' | 'waits' | 'minuteShare'>;

interface Waiter {
  readonly wanted: Wanted;
  readonly sinceMs: number;
  readonly end: (end: End) => void;
  readonly callOff: () => void;
}

type End = 'go' | 'stopped' | { readonly untilMs: number };

const FULL_MS = 1_000;

export class Turns {
  readonly #budget: TurnBudget;
  readonly #clock: Clock;
  readonly #scheduler: Scheduler;
  readonly #waiting: Record<Lane, Waiter[]> = perLane(() => []);
  #busy = false;
  #stopped = false;
  #cancel: (() => void) | undefined;

  constructor(budget: TurnBudget, clock: Clock, scheduler: Scheduler) {
    this.#budget = budget;
    this.#clock = clock;
    this.#scheduler = scheduler;
  }

  /** Runs `act` when it is this caller's turn and there is a permit for it. */
  async run<T>(wanted: Wanted, act: () => Promise<T>): Promise<Turn<T>> {
    if (this.#stopped || wanted.signal?.aborted === true) return { kind: 'stopped' };
    const queue = this.#waiting[wanted.lane];
    if (queue.length >= LIMITS.exactWaitingCalls) {
      return { kind: 'later', untilMs: this.#clock.nowMs() + FULL_MS };
    }
    const end = await this.#queue(wanted, queue);
    if (end === 'stopped') return { kind: 'stopped' };
    if (end !== 'go') return { kind: 'later', untilMs: end.untilMs };
    try {
      return { kind: 'done', value: await act() };
    } finally {
      this.#busy = false;
      this.#next();
    }
  }

  /** Whoever waits is let go at once, and nobody calls any more. A call on its way ends by itself. */
  stop(): void {
    this.#stopped = true;
    this.#cancel?.();
    for (const lane of LANES) {
      for (const waiter of [...this.#waiting[lane]]) this.#leave(waiter, 'stopped');
    }
  }

  #queue(wanted: Wanted, queue: Waiter[]): Promise<End> {
    return new Promise<End>((resolve) => {
      const callOff = () => this.#leave(waiter, 'stopped');
      const waiter = { wanted, sinceMs: this.#clock.nowMs(), end: resolve, callOff };
      wanted.signal?.addEventListener('abort', callOff, { once: true });
      queue.push(waiter);
      this.#counted(wanted.lane);
      this.#next();
    });
  }

  #next(): void {
    if (this.#busy || this.#stopped) return;
    this.#cancel?.();
    this.#cancel = undefined;
    const ready: Waiter[] = [];
    let soonestMs = Number.POSITIVE_INFINITY;
    for (const lane of LANES) {
      // Within a lane in order; whose endpoint is shut lets the others pass.
      const waitMs = new Map<string | undefined, number>();
      for (const waiter of [...this.#waiting[lane]]) {
        const { endpoint } = waiter.wanted;
        const known = waitMs.get(endpoint) ?? this.#waitMs(lane, endpoint);
        waitMs.set(endpoint, known);
        if (known === 0) ready.push(waiter);
        if (known === 0) break;
        if (this.#impatient(waiter, known)) continue;
        soonestMs = Math.min(soonestMs, known);
      }
    }
    const chosen = this.#choose(ready);
    if (chosen === undefined) {
      if (soonestMs < Number.POSITIVE_INFINITY) {
        this.#cancel = this.#scheduler.after(soonestMs, () => this.#next());
      }
      return;
    }
    this.#busy = true;
    this.#leave(chosen, 'go');
  }

  #waitMs(lane: Lane, endpoint: string | undefined): number {
    return endpoint === undefined ? 0 : this.#budget.waitMs(lane, endpoint);
  }

  /** A person first, within what people may count on; then the lane with the smallest share. */
  #choose(ready: readonly Waiter[]): Waiter | undefined {
    const share = (waiter: Waiter) => this.#budget.minuteShare(waiter.wanted.lane);
    const person = ready.find(({ wanted }) => wanted.lane === 'human');
    if (person !== undefined && share(person) < 1) return person;
    return ready.toSorted((a, b) => share(a) - share(b))[0];
  }

  /** Sends away who would have to wait for longer than it wants to. */
  #impatient(waiter: Waiter, waitMs: number): boolean {
    const nowMs = this.#clock.nowMs();
    const waitedMs = Math.max(0, nowMs - waiter.sinceMs);
    const { lane, endpoint, patienceMs } = waiter.wanted;
    if (endpoint === undefined || waitedMs + waitMs <= patienceMs) return false;
    this.#leave(waiter, { untilMs: this.#budget.askMs(lane, endpoint) });
    return true;
  }

  #leave(waiter: Waiter, end: End): void {
    const queue = this.#waiting[waiter.wanted.lane];
    const place = queue.indexOf(waiter);
    if (place === -1) return;
    queue.splice(place, 1);
    waiter.wanted.signal?.removeEventListener('abort', waiter.callOff);
    this.#counted(waiter.wanted.lane);
    waiter.end(end);
  }

  #counted(lane: Lane): void {
    this.#budget.waits(lane, this.#waiting[lane].length);
  }
}
