// Who lives here: the line to Exact as the whole hub knows it. Every exchange passes here, so that
// one call that could not leave tells all the others; and while the line is down one of them, the
// next that is due, tries it again. It is tried often, because a call that surely never left costs
// Exact nothing and us nothing. What Exact answered, and what may have reached it, is no matter of
// the line: those waits stand where they are made (auth/keeper.ts, budget/, the outbox).
//
// Terms: down (the last exchange surely never left), silent (the last exchanges brought no answer).

import { LIMITS } from '../../domain/index.ts';
import type { Clock, Scheduler } from '../../domain/index.ts';
import { exchange } from './transport.ts';
import type { Exchange, Exchanged } from './transport.ts';

const FIRST_WAIT_MS = 1_000;
/** One lost answer is an accident; this many in a row are worth a word to a person. */
const SILENT_CALLS = 2;

/** Why nothing leaves now, and when the line is tried next. */
export interface Down {
  readonly untilMs: number;
  readonly words: string;
}

/** Calls in a row brought no answer: since when, and what the last one met. */
export interface Silence {
  readonly sinceMs: number;
  readonly words: string;
}

export class Line {
  readonly #clock: Clock;
  readonly #scheduler: Scheduler;
  #down: (Down & { readonly origin: string; readonly tries: number }) | undefined;
  #silence: (Silence & { readonly calls: number }) | undefined;

  constructor(clock: Clock, scheduler: Scheduler) {
    this.#clock = clock;
    this.#scheduler = scheduler;
  }

  /** Carries it, whatever was known of the line; who can wait asks `down` before. */
  async exchange(request: Exchange): Promise<Exchanged> {
    const begunMs = this.#clock.nowMs();
    const ended = await exchange(request, this.#scheduler);
    if (ended.kind === 'called-off') return ended;
    this.#hear(ended);
    if (ended.kind === 'not-sent') this.#fell(request.url.origin, begunMs, ended.words);
    else this.#down = undefined;
    return ended;
  }

  /** Until when nobody need try to reach this house; undefined when the next call may. */
  down({ origin }: URL): Down | undefined {
    const nowMs = this.#clock.nowMs();
    const down = this.#down;
    if (down?.origin !== origin || down.untilMs <= nowMs) return undefined;
    // A clock that was set back must not keep us off the line.
    return down.untilMs > nowMs + LIMITS.exactLineTryMs ? undefined : down;
  }

  /** Undefined while calls are answered, one lost answer or not. */
  silence(): Silence | undefined {
    return (this.#silence?.calls ?? 0) >= SILENT_CALLS ? this.#silence : undefined;
  }

  #hear(ended: Exclude<Exchanged, { kind: 'called-off' }>): void {
    if (ended.kind === 'answer') {
      this.#silence = undefined;
      return;
    }
    const { sinceMs, calls } = this.#silence ?? { sinceMs: this.#clock.nowMs(), calls: 0 };
    this.#silence = { sinceMs, calls: calls + 1, words: ended.words };
  }

  /** A try that took long to fail is part of the wait. */
  #fell(origin: string, begunMs: number, words: string): void {
    const nowMs = this.#clock.nowMs();
    const tries = this.#down?.origin === origin ? this.#down.tries + 1 : 0;
    const waitMs = Math.min(FIRST_WAIT_MS * 2 ** Math.min(tries, 10), LIMITS.exactLineTryMs);
    const leastMs = nowMs + FIRST_WAIT_MS;
    const untilMs = Math.min(nowMs + waitMs, Math.max(leastMs, begunMs + waitMs));
    this.#down = { origin, tries, words, untilMs };
  }
}
