// Who lives here: the page "Exact Online" and the rooms behind it, brought together: what the
// session knows, said in the page's terms; and each step of a person, handed on.

import type {
  ConnectOutcome,
  ConnectPort,
  ConnectReport,
  LoginStart,
  SiteChoice,
} from '../admin/index.ts';
import type { Environment } from '../env/index.ts';
import { describeFailure, SITES } from '../exact/index.ts';
import type { Connected, ConnectionView, DivisionChoice } from '../exact/index.ts';
import type { ExactSide } from './exact-side.ts';
import type { Logger } from './log.ts';
import { systemClock } from './shells.ts';

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

export class ConnectDesk implements ConnectPort {
  readonly #exact: ExactSide;
  readonly #environment: Environment;
  readonly #log: Logger;

  constructor(exact: ExactSide, environment: Environment, log: Logger) {
    this.#exact = exact;
    this.#environment = environment;
    this.#log = log;
  }

  async report(choosing: boolean): Promise<ConnectReport> {
    const { session } = this.#exact;
    const view = await session.view();
    const { stage, origin, clientId, secretSetMs, rights, words, division } = view;
    const lists = stage === 'choose' || (choosing && ['rights', 'connected'].includes(stage));
    const site = stage === 'app' ? undefined : this.#siteOf(view.baseUrl);
    return {
      atMs: systemClock.nowMs(),
      ...{ stage, origin, clientId, secretSetMs, rights, words, sites: this.#sites() },
      standIn: this.#environment.exact?.simulator === true,
      ...(site === undefined ? {} : { site }),
      division: division === null ? null : { code: division, name: view.divisionName },
      ...(lists ? await this.#divisions() : {}),
      booksDivision: view.books?.split(' ').at(-1) ?? null,
      ...timesOf(view),
      openWork: await this.#exact.openWork(),
      problem: session.connecting.problem ?? null,
    };
  }

  async useApp(
    app: { readonly site: string; readonly clientId: string; readonly clientSecret: string },
    confirmed: boolean,
  ): Promise<ConnectOutcome> {
    const { session } = this.#exact;
    const site = this.#sites().find(({ id }) => id === app.site);
    if (site === undefined) return { kind: 'refused', problem: 'form', words: 'Choose a country.' };
    const { clientId, clientSecret } = app;
    if (site.simulator && clientId === '' && clientSecret === '' && this.#standsIn()) {
      return this.#outcome('app', await session.useStandIn(confirmed));
    }
    if (clientId === '' || clientSecret === '') {
      const words = 'Type both the client id and the client secret.';
      return { kind: 'refused', problem: 'form', words };
    }
    const typed = { baseUrl: site.baseUrl, clientId, clientSecret };
    return this.#outcome('app', await session.typeApp(typed, confirmed));
  }

  login(origin: string, browser: string): LoginStart {
    const { session } = this.#exact;
    const back = session.redirectUri;
    if (back === undefined || !URL.canParse(back)) return { kind: 'no-app' };
    const { origin: backOrigin, hostname } = new URL(back);
    if (LOOPBACK.includes(hostname) && backOrigin !== origin) {
      return { kind: 'elsewhere', origin: backOrigin };
    }
    const url = session.beginConsent(browser);
    return url === null ? { kind: 'no-app' } : { kind: 'go', url: url.href };
  }

  async returned(query: URLSearchParams, browser: string | undefined): Promise<ConnectOutcome> {
    return this.#outcome('consent', await this.#exact.session.callback(query, browser));
  }

  async choose(division: number, confirmed: boolean): Promise<ConnectOutcome> {
    const { connecting } = this.#exact.session;
    return this.#outcome('division', await connecting.choose(division, confirmed));
  }

  async checkRights(): Promise<ConnectOutcome> {
    return this.#outcome('rights', await this.#exact.session.connecting.checkAgain());
  }

  async goToWork(): Promise<ConnectOutcome> {
    return this.#outcome('work', await this.#exact.session.connecting.goToWork());
  }

  async disconnect(): Promise<ConnectOutcome> {
    await this.#exact.session.connecting.disconnect();
    return { kind: 'done' };
  }

  #outcome(step: string, connected: Connected): ConnectOutcome {
    if (connected.kind === 'confirm') return { kind: 'confirm' };
    if (connected.kind !== 'refused') return { kind: 'done' };
    const { problem, words } = connected;
    this.#log.warn({ step, problem, words }, 'connecting to Exact');
    return { kind: 'refused', problem, words };
  }

  #standsIn(): boolean {
    return this.#environment.exact?.simulator === true;
  }

  #sites(): readonly SiteChoice[] {
    const { redirectUri, ownRedirectUri, simulatorUrl } = this.#environment;
    const sites = SITES.map((site) => ({ ...site, redirectUri, simulator: false }));
    if (simulatorUrl === undefined) return sites;
    const simulator = { id: 'simulator', country: 'Simulator on this machine', simulator: true };
    return [...sites, { ...simulator, baseUrl: simulatorUrl, redirectUri: ownRedirectUri }];
  }

  #siteOf(baseUrl: string): SiteChoice {
    const redirectUri = this.#exact.session.redirectUri ?? '';
    const known = this.#sites().find((site) => site.baseUrl === baseUrl);
    const other = { id: 'other', country: 'Another address', baseUrl, simulator: false };
    return { ...(known ?? other), redirectUri };
  }

  async #divisions(): Promise<Pick<ConnectReport, 'divisions' | 'divisionsProblem'>> {
    const listed = await this.#exact.session.connecting.divisions();
    if (listed.kind !== 'ok') return { divisionsProblem: describeFailure(listed) };
    const byName = (a: DivisionChoice, b: DivisionChoice) => a.name.localeCompare(b.name);
    return { divisions: [...listed.value].sort(byName) };
  }
}

function timesOf(view: ConnectionView) {
  const { consentedMs, refreshedMs, expiresMs, disconnectedMs } = view;
  return { consentedMs, refreshedMs, expiresMs, disconnectedMs };
}
