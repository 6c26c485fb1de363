// Who lives here: the one client that speaks to Exact's REST API. Everything that goes there passes
// this file: one request at a time, within the budget, with a token that is fresh, and with an
// outcome that never pretends to know more than the answer said.
//
// Terms: path (relative to `/api/v1/{division}/`, or absolute from `/api/`), endpoint (the path
// without query and key: what Exact counts errors by), lane (who pays for the call).

import { assert, LIMITS } from '../../domain/index.ts';
import type { Clock, Scheduler } from '../../domain/index.ts';
import type { CallBudget, CountedErrors, Lane } from './budget.ts';
import { classify } from './classify.ts';
import type { Page } from './envelope.ts';
import type { Failure, Outcome } from './outcomes.ts';
import { exchange } from './transport.ts';
import type { Exchanged } from './transport.ts';
import { Turns } from './turns.ts';

/** Where the client gets its tokens (auth/keeper.ts). */
export interface TokenSource {
  /** A token that is valid now; fetched anew when, and only when, Exact allows it. */
  current(): Promise<Outcome<string>>;
  /** Exact refused this token although it should have been valid. */
  refused(token: string): Promise<void>;
}

export interface ExactClientParts {
  /** e.g. `https://start.exactonline.nl`. */
  readonly baseUrl: string;
  readonly division: () => number | undefined;
  readonly tokens: TokenSource;
  readonly budget: CallBudget;
  readonly clock: Clock;
  readonly scheduler: Scheduler;
  /** Called whenever Exact counted an error against us, to be kept over a restart. */
  readonly remember: (errors: CountedErrors) => Promise<void>;
}

interface Call {
  readonly method: 'GET' | 'POST';
  readonly url: URL;
  readonly endpoint: string;
  readonly lane: Lane;
  /** Whether the URL has a division: others are not counted (§3.1). */
  readonly counted: boolean;
  readonly body?: string;
}

const API = /^\/+api\/v1\/+/i;
/** A lane that is not the mirror's is told to come back; the mirror waits, at most this long. */
const PATIENCE_MS = 2 * 60_000;

export class ExactClient {
  readonly #parts: ExactClientParts;
  readonly #base: URL;
  readonly #turns = new Turns();

  #silence: string | undefined;

  constructor(parts: ExactClientParts) {
    this.#parts = parts;
    this.#base = new URL(parts.baseUrl);
  }

  /** `query` values are encoded here; give them plain. */
  async get(
    path: string,
    query: Readonly<Record<string, string>>,
    lane: Lane,
  ): Promise<Outcome<Page>> {
    const url = this.#url(path);
    if (url === null) return this.#noDivision();
    // Exact wants %20 and not +, although it reads both (§2.3).
    const pairs = Object.entries(query).map(([k, v]) => `${k}=${encodeURIComponent(v)}`);
    url.search = pairs.join('&');
    return this.#send(this.#call('GET', url, lane));
  }

  /** A `__next` address, verbatim, if it is of the house that gave it. */
  async follow(next: string, lane: Lane): Promise<Outcome<Page>> {
    const url = URL.canParse(next) ? new URL(next) : null;
    if (url?.origin !== this.#base.origin || !API.test(url.pathname)) {
      return { kind: 'unknown', words: 'the next page lies on another host' };
    }
    return this.#send(this.#call('GET', url, lane));
  }

  /** Sends at most once, and once more only after a 401, which says that nothing was applied. */
  async post(path: string, body: unknown, lane: Lane): Promise<Outcome<Page>> {
    const url = this.#url(path);
    if (url === null) return this.#noDivision();
    return this.#send({ ...this.#call('POST', url, lane), body: JSON.stringify(body) });
  }

  /** Why the last call got no answer at all; undefined when it got one. */
  silence(): string | undefined {
    return this.#silence;
  }

  /** The earliest moment at which a document could be posted there; in the past means now. */
  freeAtMs(path: string, lane: Lane): number {
    const url = this.#url(path);
    return url === null
      ? 0
      : this.#parts.budget.freeAtMs(lane, this.#call('GET', url, lane).endpoint);
  }

  #noDivision(): Failure {
    return { kind: 'auth', state: 'needs-consent', untilMs: this.#parts.clock.nowMs() };
  }

  #url(path: string): URL | null {
    if (path.startsWith('/')) return new URL(path, this.#base);
    const division = this.#parts.division();
    return division === undefined ? null : new URL(`/api/v1/${division}/${path}`, this.#base);
  }

  #call(method: Call['method'], url: URL, lane: Lane): Call {
    const rest = url.pathname.replace(API, '').toLowerCase();
    const endpoint = rest.replace(/^\d+\//, '').replace(/\(.*$/, '');
    return { method, url, lane, endpoint, counted: /^\d+\//.test(rest) };
  }

  async #send(call: Call): Promise<Outcome<Page>> {
    const { budget, clock } = this.#parts;
    for (;;) {
      const freeMs = call.counted ? budget.freeAtMs(call.lane, call.endpoint) : 0;
      const waitMs = freeMs - clock.nowMs();
      if (waitMs > 0) {
        if (call.lane !== 'sync' || waitMs > PATIENCE_MS) {
          return { kind: 'throttled', untilMs: freeMs };
        }
        await this.#sleep(waitMs);
        continue;
      }
      const outcome = await this.#turns.run(call.lane, () => this.#inTurn(call));
      if (outcome === null) return { kind: 'throttled', untilMs: clock.nowMs() + 1000 };
      if (outcome !== 'not-now') return outcome;
    }
  }

  async #inTurn(call: Call): Promise<Outcome<Page> | 'not-now'> {
    const { budget, clock, tokens } = this.#parts;
    const free = () => !call.counted || budget.freeAtMs(call.lane, call.endpoint) <= clock.nowMs();
    if (!free()) return 'not-now';
    const token = await tokens.current();
    if (token.kind !== 'ok') return token;
    const first = await this.#exchange(call, token.value);
    if (first.kind !== 'answer' || !isLogin(first.status)) return this.#read(call, first);
    await tokens.refused(token.value);
    const second = await tokens.current();
    if (second.kind !== 'ok') return second;
    if (!free()) return { kind: 'throttled', untilMs: budget.freeAtMs(call.lane, call.endpoint) };
    const answer = await this.#exchange(call, second.value);
    if (answer.kind === 'answer' && isLogin(answer.status)) {
      return { kind: 'auth', state: 'waiting', untilMs: clock.nowMs() + LIMITS.exactBackoffMaxMs };
    }
    return this.#read(call, answer);
  }

  async #exchange(call: Call, token: string): Promise<Exchanged> {
    const { budget, scheduler, remember } = this.#parts;
    const post = call.method === 'POST';
    if (call.counted) budget.sent();
    const answer = await exchange(
      {
        method: call.method,
        url: call.url,
        headers: {
          Authorization: `Bearer ${token}`,
          Accept: 'application/json',
          ...(post ? { 'Content-Type': 'application/json', Prefer: 'return=representation' } : {}),
        },
        timeoutMs: post ? LIMITS.exactPostTimeoutMs : LIMITS.exactGetTimeoutMs,
        ...(call.body === undefined ? {} : { body: call.body }),
      },
      scheduler,
    );
    this.#silence = answer.kind === 'answer' ? undefined : answer.words;
    if (answer.kind === 'answer' && call.counted) {
      const counted = budget.heard(call.endpoint, answer.status, answer.headers);
      if (counted) await remember(budget.countedErrors());
    }
    return answer;
  }

  #read(call: Call, answer: Exchanged): Outcome<Page> {
    if (answer.kind === 'not-sent') {
      return { kind: 'unavailable', nothingSent: true, words: answer.words };
    }
    if (answer.kind === 'lost') return { kind: 'unknown', words: answer.words };
    if (answer.status === 429) {
      return { kind: 'throttled', untilMs: this.#parts.budget.throttled(answer.headers) };
    }
    assert(!isLogin(answer.status), 'a refused token is settled before an answer is read');
    return classify(answer, call.counted ? this.#parts.division() : undefined);
  }

  async #sleep(ms: number): Promise<void> {
    await new Promise<void>((resolve) => this.#parts.scheduler.after(ms, resolve));
  }
}

/** 401, or a redirect to a login page: the token is no good, and nothing was applied (§1.6). */
function isLogin(status: number): boolean {
  return status === 401 || (status >= 300 && status < 400);
}
