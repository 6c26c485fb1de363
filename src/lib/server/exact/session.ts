// Who lives here: our connection to Exact as a whole: the app's registration, the consent, the
// tokens, the division, and the client that all the rest of the room calls through.
//
// Terms: connect (a person's consent becomes a chain of tokens), chain (each refresh token makes
// the next one), division (Exact's administration), needs consent (the chain died; only a person
// helps, and picking goes on meanwhile).

import { EventEmitter } from 'node:events';
import * as z from 'zod';
import { assert } from '../../domain/index.ts';
import type { Clock, Random, Scheduler } from '../../domain/index.ts';
import { ConnectionStore } from './auth/connection.ts';
import type { ConnectionView } from './auth/connection.ts';
import { Consents } from './auth/consent.ts';
import { Grants, isLoopback } from './auth/grants.ts';
import type { ExactApp } from './auth/grants.ts';
import { TokenKeeper } from './auth/keeper.ts';
import type { Vault } from './auth/vault.ts';
import { CallBudget } from './budget.ts';
import type { CountedErrors } from './budget.ts';
import { chooseDivision } from './divisions.ts';
import { parseJson } from './envelope.ts';
import { ExactClient } from './http.ts';
import { describe } from './outcomes.ts';
import { readMeta, writeMeta } from './tables.ts';
import type { ExactDb } from './tables.ts';

const ERRORS_KEY = 'exact.counted-errors';
const errorsForm = z.record(z.string(), z.array(z.number()));
/** Exact's sites (§1.1): the only hosts beyond this machine that the hub ever calls. */
const SITE = /^start\.exactonline\.(nl|be|de|fr|es|com|co\.uk)$/;

export interface SessionParts {
  readonly db: ExactDb;
  readonly vault: Vault;
  readonly app: ExactApp;
  readonly clock: Clock;
  readonly scheduler: Scheduler;
  readonly random: Random;
}

export interface SessionEvents {
  /** A chain of tokens and a division are there: the mirror and the outbox may go to work. */
  connected: [division: number];
  'needs-consent': [words: string];
}

export type Connected =
  | { readonly kind: 'connected'; readonly division: number }
  | { readonly kind: 'refused'; readonly words: string };

/** The sentence to print when an address is not one that the hub may call; null when it is. */
export function refuseBaseUrl(baseUrl: string): string | null {
  const url = URL.canParse(baseUrl) ? new URL(baseUrl) : null;
  if (url === null) return `${baseUrl} is not an address`;
  if (url.origin !== baseUrl) return `${baseUrl} must be an origin only, like ${url.origin}`;
  if (isLoopback(url)) return null;
  if (url.protocol === 'https:' && SITE.test(url.hostname)) return null;
  return `${baseUrl} is neither a site of Exact Online nor on this machine`;
}

export class ExactSession {
  readonly events = new EventEmitter<SessionEvents>();
  readonly client: ExactClient;
  readonly budget: CallBudget;
  readonly #parts: SessionParts;
  readonly #store: ConnectionStore;
  readonly #consents: Consents;
  readonly #grants: Grants;
  readonly #keeper: TokenKeeper;
  #division: number | undefined;

  private constructor(parts: SessionParts, store: ConnectionStore, budget: CallBudget) {
    this.#parts = parts;
    this.#store = store;
    this.budget = budget;
    this.#consents = new Consents(parts.clock, parts.random);
    this.#grants = new Grants(parts.app, parts.scheduler);
    this.#keeper = new TokenKeeper({
      ...{ store, grants: this.#grants, clock: parts.clock },
      ...{ scheduler: parts.scheduler, random: parts.random },
      onNeedsConsent: (words) => this.events.emit('needs-consent', words),
    });
    this.client = new ExactClient({
      baseUrl: parts.app.baseUrl,
      division: () => this.#division,
      tokens: this.#keeper,
      ...{ budget, clock: parts.clock, scheduler: parts.scheduler },
      remember: (errors) => writeMeta(parts.db, ERRORS_KEY, JSON.stringify(errors)),
    });
  }

  /** @throws KeyFault when the stored secrets were sealed with another key. */
  static async open(parts: SessionParts): Promise<ExactSession> {
    const refusal = refuseBaseUrl(parts.app.baseUrl);
    assert(refusal === null, `the base address was checked before: ${refusal}`);
    const store = new ConnectionStore(parts.db, parts.vault, parts.clock);
    await store.prepare(parts.app);
    const stored = parseJson((await readMeta(parts.db, ERRORS_KEY)) ?? '{}');
    const errors: CountedErrors = errorsForm.parse(stored);
    const session = new ExactSession(parts, store, new CallBudget(parts.clock, errors));
    await store.tokens();
    session.#division = (await session.view()).division ?? undefined;
    return session;
  }

  get division(): number | undefined {
    return this.#division;
  }

  async view(): Promise<ConnectionView> {
    const view = await this.#store.view();
    assert(view !== null, 'the connection row was made when the session was opened');
    return view;
  }

  /** Where to send a browser for consent; void after ten minutes or when it was used. */
  authorizeUrl(): URL {
    return this.#consents.begin(this.#parts.app);
  }

  /** The query of our callback address, as it came. Words are fit to be shown. */
  async callback(parameters: URLSearchParams): Promise<Connected> {
    const state = parameters.get('state') ?? '';
    if (!this.#consents.spend(state)) {
      return { kind: 'refused', words: 'this consent was not asked for, was used, or is too old' };
    }
    const code = parameters.get('code');
    if (code === null || code === '') {
      return { kind: 'refused', words: `no consent: ${parameters.get('error') ?? 'no code came'}` };
    }
    const grant = await this.#grants.fromCode(new URLSearchParams({ code, state }), state);
    if (grant.kind !== 'pair') {
      const words = grant.kind === 'too-early' ? 'Exact asks to wait ten minutes' : grant.words;
      return { kind: 'refused', words };
    }
    await this.#keeper.adopt(grant);
    return this.settleDivision();
  }

  /** Asks Exact for the division again; also for a hub that was stopped in between. */
  async settleDivision(): Promise<Connected> {
    const kept = (await this.view()).division;
    const chosen =
      kept === null ? await chooseDivision(this.client) : { kind: 'ok' as const, value: kept };
    if (chosen.kind !== 'ok') return { kind: 'refused', words: describe(chosen) };
    await this.#store.saveDivision(chosen.value);
    this.#division = chosen.value;
    this.events.emit('connected', chosen.value);
    return { kind: 'connected', division: chosen.value };
  }
}
