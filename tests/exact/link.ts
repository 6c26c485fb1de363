// Who lives here: a link to the simulator for the tests of connecting and of tokens: real HTTP, a
// real database file, one virtual time, and a session that can be ended and opened again as a
// crash and a restart would. Nothing of the mirror and the outbox.

import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSimulator } from '../../exact-simulator/index.ts';
import type { RunningSimulator } from '../../exact-simulator/index.ts';
import { ExactSession, openVault } from '../../src/lib/server/exact/index.ts';
import type { Connected, SessionParts } from '../../src/lib/server/exact/index.ts';
import { openStore } from '../../src/lib/server/store/index.ts';
import type { Store } from '../../src/lib/server/store/index.ts';
import { Front } from '../support/front.ts';
import { VirtualTime } from './virtual-time.ts';

export const REDIRECT = 'http://127.0.0.1:4000/exact/callback';
export const random = { bytes: (count: number) => new Uint8Array(randomBytes(count)) };
const START_MS = Date.UTC(2026, 10, 23, 8, 0, 30);

export class Link {
  readonly time = new VirtualTime(START_MS);
  readonly folder = mkdtempSync(join(tmpdir(), 'scandock-link-'));
  readonly front: Front;
  readonly sim: RunningSimulator;
  #store: Store | undefined;
  #session: ExactSession | undefined;

  private constructor(front: Front, sim: (time: VirtualTime) => RunningSimulator) {
    this.front = front;
    this.sim = sim(this.time);
  }

  static async open(): Promise<Link> {
    const front = await Front.open();
    const late: { time?: VirtualTime } = {};
    const sim = await startSimulator({
      now: () => late.time?.nowMs() ?? START_MS,
      redirectUris: [REDIRECT],
    });
    front.target = sim.url;
    return new Link(front, (time) => {
      late.time = time;
      return sim;
    });
  }

  get store(): Store {
    if (this.#store === undefined) throw new Error('the store is not open');
    return this.#store;
  }

  get session(): ExactSession {
    if (this.#session === undefined) throw new Error('the session is not open');
    return this.#session;
  }

  get file(): string {
    return join(this.folder, 'hub.sqlite');
  }

  get keyFile(): string {
    return join(this.folder, 'secret.key');
  }

  /** The app as it is registered at the simulator. */
  get app() {
    const { clientId, clientSecret } = this.sim;
    return { baseUrl: this.front.url, clientId, clientSecret, redirectUri: REDIRECT };
  }

  /** Opens the hub's side; what was open before is gone without a word, as after a crash. */
  async start(more: Partial<SessionParts> = {}): Promise<ExactSession> {
    await this.#store?.close();
    this.#store = await openStore({ file: this.file, clock: this.time, random });
    this.#session = await ExactSession.open({
      ...{ db: this.#store.db, vault: openVault({ file: this.keyFile }), random },
      ...{ clock: this.time, scheduler: this.time, redirectUri: () => REDIRECT },
      ...more,
    });
    return this.#session;
  }

  /** What a person does at Exact; gives the query with which the browser comes back. */
  consent(url: URL | null, divisions: readonly number[] = [this.sim.division]): URLSearchParams {
    const state = url?.searchParams.get('state') ?? '';
    const code = this.sim.simulation.chains.issueCode(this.sim.clientId, REDIRECT, divisions);
    return new URLSearchParams({ code, state });
  }

  /** A whole login by a person, up to where the hub asks or works. */
  login(divisions?: readonly number[]): Promise<Connected> {
    const query = this.consent(this.session.beginConsent('this browser'), divisions);
    return this.session.callback(query, 'this browser');
  }

  /** A login by a robot: the division settles itself. */
  connect(): Promise<Connected> {
    return this.session.callback(this.consent(this.session.authorizeUrl()));
  }

  /** Calls to the token endpoint, with the status that each was answered with. */
  tokenCalls(): readonly number[] {
    const sql = "SELECT status FROM sim_call WHERE path LIKE '/api/oauth2/token%' ORDER BY id";
    return this.sim.simulation.store.all(sql).map((row) => Number(row['status']));
  }

  /** The simulator's control API. */
  async control(path: string, body: object): Promise<void> {
    const answer = await fetch(`${this.sim.url}/control/${path}`, {
      ...{ method: 'POST', headers: { 'content-type': 'application/json' } },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  }

  async close(): Promise<void> {
    await this.#store?.close();
    await this.front.close();
    await this.sim.close();
    rmSync(this.folder, { recursive: true });
  }
}
