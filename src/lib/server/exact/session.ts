// Who lives here: our connection to Exact as a whole: the app's registration, the consent, the
// tokens, the division, and the client that all the rest of the room calls through.
//
// Terms: app (client id and secret at one site of Exact), connect (a person's consent becomes a
// chain of tokens), chain (each refresh token makes the next one), division (Exact's
// administration), needs consent (the chain died; only a person helps, and picking goes on).
//
// An app comes from the environment, or a person typed it, or the simulator beside us stands in,
// in this order.

import { EventEmitter } from 'node:events';
import { assert, LIMITS } from '../../domain/index.ts';
import type { Clock, Random, Scheduler } from '../../domain/index.ts';
import { ConnectionStore } from './auth/connection.ts';
import { Consents } from './auth/consent.ts';
import { Grants } from './auth/grants.ts';
import type { ExactApp } from './auth/grants.ts';
import { TokenKeeper } from './auth/keeper.ts';
import type { Vault } from './auth/vault.ts';
import type { ConnectionView, Origin } from './auth/view.ts';
import { CallBudget } from './budget/budget.ts';
import { BudgetKeeper, readKept } from './budget/kept.ts';
import type { Steady } from './budget/their-clock.ts';
import type { BudgetView } from './budget/view.ts';
import { refused } from './connected.ts';
import type { Connected, SessionEvents } from './connected.ts';
import { Connecting } from './connecting.ts';
import { ExactClient } from './http.ts';
import { Line } from './line.ts';
import type { Need } from './rights.ts';
import { isSite, refuseBaseUrl, SITES } from './sites.ts';
import type { ExactDb } from './tables.ts';

/** Stands in an address while there is no app; nothing is ever sent then. */
const NOWHERE = SITES[0]?.baseUrl ?? '';

/** What a person types. */
export interface TypedApp {
  readonly baseUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

export interface SessionParts {
  readonly db: ExactDb;
  readonly vault: Vault;
  /** From the environment: wins over what a person typed. */
  readonly app?: ExactApp;
  /** The simulator beside us: used while nothing else is given. */
  readonly standIn?: ExactApp;
  /** Where a site sends the browser back to, for an app that a person types. */
  readonly redirectUri?: (baseUrl: string) => string;
  /** What the workflows in force and the mirror need of the user's rights. */
  readonly needs?: () => readonly Need[];
  /** In words, what is not in Exact yet; null when everything is. */
  readonly openWork?: () => Promise<string | null>;
  readonly clock: Clock;
  /** Time that nobody sets, for the minute of Exact; the clock where there is none. */
  readonly steady?: Steady;
  readonly scheduler: Scheduler;
  readonly random: Random;
}

export class ExactSession {
  readonly events = new EventEmitter<SessionEvents>();
  readonly client: ExactClient;
  readonly budget: CallBudget;
  /** The steps that a person takes on the admin page. */
  readonly connecting: Connecting;
  readonly #parts: SessionParts;
  readonly #store: ConnectionStore;
  readonly #consents: Consents;
  #app: ExactApp | undefined;
  #division: number | undefined;

  private constructor(parts: SessionParts, store: ConnectionStore, budget: CallBudget) {
    this.#parts = parts;
    this.#store = store;
    this.budget = budget;
    const { clock, scheduler, random, db } = parts;
    const app = (): ExactApp | undefined => this.#app;
    this.#consents = new Consents(clock, random);
    const line = new Line(clock, scheduler);
    const grants = new Grants(app, line);
    const keeper = new TokenKeeper({
      ...{ store, grants, clock, scheduler, random },
      onNeedsConsent: (words) => this.events.emit('needs-consent', words),
    });
    const baseUrl = (): string => this.baseUrl;
    const kept = new BudgetKeeper(db, budget);
    this.client = new ExactClient({
      get baseUrl() {
        return baseUrl();
      },
      division: () => this.#division,
      tokens: keeper,
      ...{ budget, clock, scheduler, line },
      keep: () => kept.save(),
    });
    this.connecting = new Connecting({
      ...{ store, keeper, grants, clock, scheduler, app },
      ...{ consents: this.#consents, client: this.client, events: this.events },
      setDivision: (division) => {
        this.#division = division;
      },
      needs: parts.needs ?? (() => []),
      openWork: parts.openWork ?? (() => Promise.resolve(null)),
    });
  }

  /** @throws KeyFault when the stored secrets were sealed with another key. */
  static async open(parts: SessionParts): Promise<ExactSession> {
    for (const app of [parts.app, parts.standIn]) {
      const refusal = app === undefined ? null : refuseBaseUrl(app.baseUrl);
      assert(refusal === null, `the base address was checked before: ${refusal}`);
    }
    const store = new ConnectionStore(parts.db, parts.vault, parts.clock);
    const kept = await readKept(parts.db);
    const { clock, steady } = parts;
    const late: { session?: ExactSession } = {};
    const budget = new CallBudget({
      ...{ clock, kept, ...(steady === undefined ? {} : { steady }) },
      // A stand-in on this machine has no nightly maintenance.
      rests: () => isSite(late.session?.baseUrl ?? NOWHERE),
    });
    const session = new ExactSession(parts, store, budget);
    late.session = session;
    await session.#takeApp();
    await store.tokens();
    const { stage, division } = await session.view();
    const settled = stage === 'connected' || stage === 'needs-consent';
    session.#division = settled ? (division ?? undefined) : undefined;
    return session;
  }

  get division(): number | undefined {
    return this.#division;
  }

  /** The site of the app; of no meaning while there is no app. */
  get baseUrl(): string {
    return this.#app?.baseUrl ?? NOWHERE;
  }

  /** The app's redirect address; undefined while there is no app. */
  get redirectUri(): string | undefined {
    return this.#app?.redirectUri;
  }

  view(): Promise<ConnectionView> {
    return this.#store.view();
  }

  /** For the admin page: gauges, lanes, forecast, and the chart of the day. */
  async budgetView(): Promise<BudgetView> {
    const { length: used } = await this.#store.tokenCalls();
    return this.budget.view({ used, limit: LIMITS.exactTokenCallsPerDay });
  }

  /** Where to send a robot for consent; void after ten minutes or when it was used. */
  authorizeUrl(): URL {
    assert(this.#app !== undefined, 'a consent is for an app');
    return this.#consents.begin(this.#app, { byPerson: false });
  }

  /**
   * Where to send a person's browser, which is known again by `browser` when it comes back; null
   * while there is no app.
   */
  beginConsent(browser: string): URL | null {
    if (this.#app === undefined) return null;
    return this.#consents.begin(this.#app, { byPerson: true, browser });
  }

  /** The query of our callback address, as it came. Words are fit to be shown. */
  callback(parameters: URLSearchParams, browser?: string): Promise<Connected> {
    return this.connecting.callback(parameters, browser);
  }

  settleDivision(): Promise<Connected> {
    return this.connecting.settleDivision();
  }

  /** A person typed an app; another one than before loses the tokens of the one before. */
  typeApp(typed: TypedApp, confirmed: boolean): Promise<Connected> {
    const redirectUri = this.#parts.redirectUri?.(typed.baseUrl) ?? '';
    return this.connecting.inTurn(() =>
      this.#change({ ...typed, redirectUri }, 'typed', confirmed),
    );
  }

  /** A person chose the simulator beside us, which brings its own app. */
  useStandIn(confirmed: boolean): Promise<Connected> {
    const { standIn } = this.#parts;
    if (standIn === undefined) return Promise.resolve(refused('address', 'no simulator runs'));
    return this.connecting.inTurn(() => this.#change(standIn, 'stand-in', confirmed));
  }

  async #change(app: ExactApp, origin: Origin, confirmed: boolean): Promise<Connected> {
    if (this.#parts.app !== undefined) {
      return refused('environment', 'the client id and secret come from the environment');
    }
    const refusal = refuseBaseUrl(app.baseUrl);
    if (refusal !== null) return refused('address', refusal);
    const change = await this.connecting.changeOfBooks(app.baseUrl, confirmed);
    if (change !== null) return change;
    const { baseUrl, clientId, stage } = await this.view();
    const same = baseUrl === app.baseUrl && clientId === app.clientId;
    if (!same && stage === 'connected') await this.connecting.leave();
    await this.#store.prepare(app, origin);
    this.#app = app;
    if (!same) this.#division = undefined;
    return this.connecting.told({ kind: 'asks' });
  }

  async #takeApp(): Promise<void> {
    const { app, standIn, redirectUri } = this.#parts;
    const typed = app === undefined ? await this.#store.typedApp() : null;
    if (typed !== null) {
      this.#app = { ...typed, redirectUri: redirectUri?.(typed.baseUrl) ?? '' };
      return;
    }
    this.#app = app ?? standIn;
    if (this.#app === undefined) return this.#store.forgetApp();
    await this.#store.prepare(this.#app, app === undefined ? 'stand-in' : 'environment');
  }
}
