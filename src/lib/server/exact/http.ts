// Who lives here: the one client that speaks to Exact's REST API. Everything that goes there passes
// this file: one request at a time, within the budget, with a token that is fresh, and with an
// outcome that never pretends to know more than the answer said.
//
// Terms: path (relative to `/api/v1/{division}/`, or absolute from `/api/`), endpoint (the path
// without query and key: what Exact counts errors by), lane (who pays for the call).

import { assert, LIMITS } from '../../domain/index.ts';
import type { Clock, Scheduler } from '../../domain/index.ts';
import type { CallBudget } from './budget/budget.ts';
import type { Lane, PerLane } from './budget/lanes.ts';
import type { Ticket } from './budget/permits.ts';
import { classify } from './classify.ts';
import { readWords } from './envelope.ts';
import type { Page } from './envelope.ts';
import type { Failure, Outcome } from './outcomes.ts';
import type { Line, Silence } from './line.ts';
import type { Exchanged } from './transport.ts';
import { Turns } from './turns.ts';
import type { Wanted } from './turns.ts';

/** Where the client gets its tokens (auth/keeper.ts). */
export interface TokenSource {
  /** A token that is valid now; fetched anew when, and only when, Exact allows it. */
  current(): Promise<Outcome<string>>;
  /** Exact refused this token although it should have been valid. */
  refused(token: string): Promise<void>;
}

export interface ExactClientParts {
  /** e.g. `https://start.exactonline.nl`. Read at every call: a person may change the site. */
  readonly baseUrl: string;
  readonly division: () => number | undefined;
  readonly tokens: TokenSource;
  readonly budget: CallBudget;
  readonly clock: Clock;
  readonly scheduler: Scheduler;
  readonly line: Line;
  /** Makes the count durable; awaited before a counted call leaves and after its answer. */
  readonly keep: () => Promise<void>;
}

interface Call {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly url: URL;
  readonly endpoint: string;
  readonly lane: Lane;
  /** Whether the URL has a division: others are not counted (§3.1). */
  readonly counted: boolean;
  readonly body?: string;
  readonly signal?: AbortSignal;
}

const API = /^\/+api\/v1\/+/i;
/** The mirror waits for permits, a person a little; the outbox is told when to come back. */
const PATIENCE_MS: PerLane<number> = {
  ...{ human: LIMITS.exactHumanWaitMs, post: 0, settle: 0, sync: LIMITS.exactSyncWaitMs },
};
/** The outcome of whoever waits for a call when the house closes, or calls it off. */
const STOPPED: Failure = {
  ...{ kind: 'unavailable', nothingSent: true, words: 'called off before it was sent' },
};

export class ExactClient {
  readonly #parts: ExactClientParts;
  readonly #turns: Turns;
  readonly #closing = new AbortController();

  constructor(parts: ExactClientParts) {
    this.#parts = parts;
    this.#turns = new Turns(parts.budget, parts.clock, parts.scheduler);
  }

  get #base(): URL {
    return new URL(this.#parts.baseUrl);
  }

  /**
   * The house is closing: whoever waits for a permit or reads is let go at once, with
   * `unavailable` and nothing sent, and nothing is sent any more. A POST on its way ends by itself.
   */
  stop(): void {
    this.#closing.abort();
    this.#turns.stop();
  }

  /**
   * `query` values are encoded here; give them plain. `signal` calls off the waiting for a permit
   * and the reading, with `unavailable` and nothing sent.
   */
  async get(
    path: string,
    query: Readonly<Record<string, string>>,
    lane: Lane,
    signal?: AbortSignal,
  ): Promise<Outcome<Page>> {
    const url = this.#url(path);
    if (url === null) return this.#noDivision();
    // Exact wants %20 and not +, although it reads both (§2.3).
    const pairs = Object.entries(query).map(([k, v]) => `${k}=${encodeURIComponent(v)}`);
    url.search = pairs.join('&');
    return this.#send(this.#call('GET', url, lane, signal));
  }

  /** A `__next` address, verbatim, if it is of the house that gave it. */
  async follow(next: string, lane: Lane, signal?: AbortSignal): Promise<Outcome<Page>> {
    const url = URL.canParse(next) ? new URL(next) : null;
    if (url?.origin !== this.#base.origin || !API.test(url.pathname)) {
      return { kind: 'unknown', words: 'the next page lies on another host' };
    }
    return this.#send(this.#call('GET', url, lane, signal));
  }

  /** Sends at most once, and once more only after a 401, which says that nothing was applied. */
  async post(path: string, body: unknown, lane: Lane): Promise<Outcome<Page>> {
    const url = this.#url(path);
    if (url === null) return this.#noDivision();
    return this.#send({ ...this.#call('POST', url, lane), body: JSON.stringify(body) });
  }

  /** Changes the fields of one row. Sends at most once, as `post` does. */
  async put(path: string, body: unknown, lane: Lane): Promise<Outcome<Page>> {
    const url = this.#url(path);
    if (url === null) return this.#noDivision();
    return this.#send({ ...this.#call('PUT', url, lane), body: JSON.stringify(body) });
  }

  /** Takes one row away, e.g. `inventory/StockCounts(guid'…')`. Doing it twice does no harm. */
  async delete(path: string, lane: Lane): Promise<Outcome<Page>> {
    const url = this.#url(path);
    return url === null ? this.#noDivision() : this.#send(this.#call('DELETE', url, lane));
  }

  /** Since when calls have brought no answer, and why the last one did not; undefined: they do. */
  silence(): Silence | undefined {
    return this.#parts.line.silence();
  }

  /**
   * The earliest moment at which a call of this lane to this path could leave; in the past means
   * now. Who asks wants to call: until then the other lanes leave it its floor.
   */
  freeAtMs(path: string, lane: Lane): number {
    const url = this.#url(path);
    if (url === null) return 0;
    const { endpoint } = this.#call('GET', url, lane);
    const upMs = this.#down(lane)?.untilMs ?? 0;
    return Math.max(upMs, this.#parts.budget.askMs(lane, endpoint));
  }

  /** A person who waits tries the line at once; all others when it is tried next. */
  #down(lane: Lane): (Extract<Failure, { kind: 'unavailable' }> & { untilMs: number }) | undefined {
    const down = lane === 'human' ? undefined : this.#parts.line.down(this.#base);
    if (down === undefined) return undefined;
    return { kind: 'unavailable', nothingSent: true, untilMs: down.untilMs, words: down.words };
  }

  #noDivision(): Failure {
    return { kind: 'auth', state: 'needs-consent', untilMs: this.#parts.clock.nowMs() };
  }

  #url(path: string): URL | null {
    if (path.startsWith('/')) return new URL(path, this.#base);
    const division = this.#parts.division();
    return division === undefined ? null : new URL(`/api/v1/${division}/${path}`, this.#base);
  }

  #call(method: Call['method'], url: URL, lane: Lane, signal?: AbortSignal): Call {
    const rest = url.pathname.replace(API, '').toLowerCase();
    const endpoint = rest.replace(/^\d+\//, '').replace(/\(.*$/, '');
    const call = { method, url, lane, endpoint, counted: /^\d+\//.test(rest) };
    return signal === undefined ? call : { ...call, signal };
  }

  async #send(call: Call): Promise<Outcome<Page>> {
    const { lane, endpoint, counted, signal } = call;
    const wanted: Wanted = {
      ...{ lane, patienceMs: PATIENCE_MS[lane] },
      ...(counted ? { endpoint } : {}),
      ...(signal === undefined ? {} : { signal }),
    };
    const turn = await this.#turns.run(wanted, () => this.#inTurn(call));
    if (turn.kind === 'done') return turn.value;
    return turn.kind === 'stopped' ? STOPPED : { kind: 'throttled', untilMs: turn.untilMs };
  }

  async #inTurn(call: Call): Promise<Outcome<Page>> {
    const { clock, tokens } = this.#parts;
    const down = this.#down(call.lane);
    if (down !== undefined) return down;
    const token = await tokens.current();
    if (token.kind !== 'ok') return token;
    const first = await this.#exchange(call, token.value);
    if (isFailure(first)) return first;
    if (first.kind !== 'answer' || !isLogin(first.status)) return this.#read(call, first);
    await tokens.refused(token.value);
    const second = await tokens.current();
    if (second.kind !== 'ok') return second;
    const answer = await this.#exchange(call, second.value);
    if (isFailure(answer)) return answer;
    if (answer.kind === 'answer' && isLogin(answer.status)) {
      return { kind: 'auth', state: 'waiting', untilMs: clock.nowMs() + LIMITS.exactBackoffMaxMs };
    }
    return this.#read(call, answer);
  }

  /** One call, counted before it leaves; refused when the permit is gone by now. */
  async #exchange(call: Call, token: string): Promise<Exchanged | Failure> {
    const { budget } = this.#parts;
    const { lane, endpoint } = call;
    if (this.#closing.signal.aborted) return STOPPED;
    if (!call.counted) return this.#carry(call, token);
    if (budget.waitMs(lane, endpoint) > 0) {
      return { kind: 'throttled', untilMs: budget.askMs(lane, endpoint) };
    }
    const ticket = budget.take(lane, endpoint);
    await this.#keep();
    const answer = await this.#carry(call, token);
    settle(ticket, answer);
    await this.#keep();
    return answer;
  }

  async #carry(call: Call, token: string): Promise<Exchanged> {
    const reads = call.method === 'GET';
    const post = call.method === 'POST';
    const giveUp = new AbortController();
    const callOff = () => giveUp.abort();
    const signals = [this.#closing.signal, ...(call.signal === undefined ? [] : [call.signal])];
    for (const signal of signals) signal.addEventListener('abort', callOff, { once: true });
    const answer = await this.#parts.line.exchange({
      method: call.method,
      url: call.url,
      headers: {
        Authorization: `Bearer ${token}`,
        Accept: 'application/json',
        ...(call.body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...(post ? { Prefer: 'return=representation' } : {}),
      },
      timeoutMs: reads ? LIMITS.exactGetTimeoutMs : LIMITS.exactPostTimeoutMs,
      ...(reads ? { signal: giveUp.signal } : {}),
      ...(call.body === undefined ? {} : { body: call.body }),
    });
    for (const signal of signals) signal.removeEventListener('abort', callOff);
    return answer;
  }

  /** An answer of Exact is not lost because our own disk fails: the count in memory is right. */
  async #keep(): Promise<void> {
    try {
      await this.#parts.keep();
    } catch (error) {
      this.#parts.budget.events.emit('trouble', error);
    }
  }

  #read(call: Call, answer: Exchanged): Outcome<Page> {
    if (answer.kind === 'not-sent') {
      const untilMs = this.#parts.line.down(this.#base)?.untilMs ?? this.#parts.clock.nowMs();
      return { kind: 'unavailable', nothingSent: true, untilMs, words: answer.words };
    }
    if (answer.kind === 'called-off') {
      return { kind: 'unavailable', nothingSent: true, words: answer.words };
    }
    if (answer.kind === 'lost') return { kind: 'unknown', words: answer.words };
    if (answer.status === 429) {
      const { budget } = this.#parts;
      return { kind: 'throttled', untilMs: budget.freeAtMs(call.lane, call.endpoint) };
    }
    assert(!isLogin(answer.status), 'a refused token is settled before an answer is read');
    return classify(answer, call.counted ? this.#parts.division() : undefined);
  }
}

/** 401, or a redirect to a login page: the token is no good, and nothing was applied (§1.6). */
function isLogin(status: number): boolean {
  return status === 401 || (status >= 300 && status < 400);
}

const ENDS = new Set<string>(['answer', 'not-sent', 'called-off', 'lost']);

function isFailure(ended: Exchanged | Failure): ended is Failure {
  return !ENDS.has(ended.kind);
}

function settle(ticket: Ticket, answer: Exchanged): void {
  if (answer.kind === 'not-sent') return ticket.unsent();
  if (answer.kind !== 'answer') return ticket.lost();
  const { status, headers, text } = answer;
  const words = readWords(text) ?? headers.get('reason') ?? '';
  ticket.answered(status, headers, words === '' ? `status ${status}` : words);
}
