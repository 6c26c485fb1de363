// Who lives here: the way of a person's consent: the address to send a browser to, and the state
// that proves the answer is to our own question: 128 bits, used once, ten minutes, and only in the
// browser that asked (exact-online-api.md §1.2; invariants §6.4).

import { Buffer } from 'node:buffer';
import { LIMITS } from '../../../domain/index.ts';
import type { Clock, Random } from '../../../domain/index.ts';
import type { ExactApp } from './grants.ts';

const STATE_BYTES = 16;

export interface ConsentAsk {
  /** What the browser that asks was given as a cookie; undefined: nobody's browser (a robot). */
  readonly browser?: string;
  /** A person chooses the division; false: the only one, or the one the user works in. */
  readonly byPerson: boolean;
}

export interface Consent extends ConsentAsk {
  /** The app it was asked for, which may have been changed since. */
  readonly app: ExactApp;
  readonly madeMs: number;
}

export class Consents {
  readonly #clock: Clock;
  readonly #random: Random;
  /** By state, oldest first. In memory: a restart voids an unfinished consent. */
  readonly #open = new Map<string, Consent>();

  constructor(clock: Clock, random: Random) {
    this.#clock = clock;
    this.#random = random;
  }

  /** Where to send the browser. Beyond the maximum the oldest unfinished consent is void. */
  begin(app: ExactApp, ask: ConsentAsk): URL {
    const state = Buffer.from(this.#random.bytes(STATE_BYTES)).toString('base64url');
    this.#open.set(state, { ...ask, app, madeMs: this.#clock.nowMs() });
    const [oldest] = this.#open.keys();
    if (this.#open.size > LIMITS.exactOpenConsents && oldest !== undefined) {
      this.#open.delete(oldest);
    }
    // Exact compares the redirect address with its slashes as they are (§1.2).
    const redirect = encodeURIComponent(app.redirectUri).replaceAll('%2F', '/');
    const url = new URL('/api/oauth2/auth', app.baseUrl);
    const client = encodeURIComponent(app.clientId);
    url.search = `client_id=${client}&redirect_uri=${redirect}&response_type=code&state=${state}`;
    return url;
  }

  /** Spends a state. Null when it is unknown, spent, or too old. */
  spend(state: string): Consent | null {
    const consent = this.#open.get(state);
    this.#open.delete(state);
    if (consent === undefined) return null;
    const ageMs = this.#clock.nowMs() - consent.madeMs;
    return ageMs >= 0 && ageMs <= LIMITS.exactConsentMs ? consent : null;
  }
}
