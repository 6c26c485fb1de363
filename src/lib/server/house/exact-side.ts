// Who lives here: the wiring of everything that speaks with Exact: the connection, the mirror, the
// outbox. It goes to work when there is a connection and stands still, without losing anything,
// while there is none.

import { join } from 'node:path';
import type { Environment, ExactCredentials } from '../env/index.ts';
import {
  connectToSimulator,
  DEFAULT_CONVENTIONS,
  ExactSession,
  KeyFault,
  Mirror,
  MirrorReader,
  openVault,
  Receipts,
  refuseBaseUrl,
} from '../exact/index.ts';
import type { Connected } from '../exact/index.ts';
import { PostingRows, Pump } from '../outbox/index.ts';
import type { Settle } from '../outbox/index.ts';
import type { Store } from '../store/index.ts';
import { StartupFailure } from './failure.ts';
import { wordsOf } from './log.ts';
import type { Logger } from './log.ts';
import { systemClock, systemRandom, systemScheduler } from './shells.ts';

/** The user of the simulator's seeded company; printed in its README, valid on this machine only. */
const SIMULATOR_LOGIN = { userName: 'demo@scandock.test', password: 'demo' };
const RECONNECT_MS = 5_000;
/** Lists that a booked receipt changes in Exact: read next instead of at their time. */
const CHANGED_BY_RECEIPT = [
  'PurchaseOrders',
  'StockPositions',
  'StorageLocationStockPositions',
] as const;

export interface ExactParts {
  readonly environment: Environment;
  readonly store: Store;
  readonly settle: Settle;
  readonly log: Logger;
}

export class ExactSide {
  readonly reader: MirrorReader;
  readonly mirror: Mirror;
  readonly pump: Pump;
  readonly session: ExactSession;
  readonly credentials: ExactCredentials;
  readonly #log: Logger;
  #closed = false;
  #callOff: (() => void) | undefined;

  private constructor(parts: ExactParts, session: ExactSession, credentials: ExactCredentials) {
    const { store, log, settle, environment } = parts;
    this.#log = log;
    this.session = session;
    this.credentials = credentials;
    const shells = { clock: systemClock, scheduler: systemScheduler };
    this.reader = new MirrorReader(store.db);
    this.mirror = new Mirror({
      db: store.db,
      client: session.client,
      baseUrl: credentials.baseUrl,
      division: () => session.division,
      conventions: DEFAULT_CONVENTIONS,
      ...shells,
    });
    const exact = new Receipts(session.client, this.reader, systemClock);
    const { settleMs } = environment;
    this.pump = new Pump({ rows: new PostingRows(store.db), exact, settle, settleMs, ...shells });
    this.#listen();
  }

  /** @throws StartupFailure with a sentence when the address or the key is not what it must be. */
  static async open(parts: ExactParts): Promise<ExactSide> {
    const { environment, store } = parts;
    const { exact: credentials } = environment;
    if (credentials === undefined) {
      throw new StartupFailure([
        'The hub has no connection to Exact: EXACT_CLIENT_ID and EXACT_CLIENT_SECRET are not set.',
        'Start it with `npm start`, which starts a simulator beside it when there are none.',
      ]);
    }
    const refusal = refuseBaseUrl(credentials.baseUrl);
    if (refusal !== null) throw new StartupFailure([`EXACT_BASE_URL: ${refusal}`]);
    try {
      const vault = openVault({
        file: join(environment.dataDir, 'secret.key'),
        ...(environment.key === undefined ? {} : { key: environment.key }),
      });
      const session = await ExactSession.open({
        db: store.db,
        vault,
        app: credentials,
        clock: systemClock,
        scheduler: systemScheduler,
        random: systemRandom,
      });
      return new ExactSide(parts, session, credentials);
    } catch (error) {
      if (error instanceof KeyFault) throw new StartupFailure([error.message], error);
      throw error;
    }
  }

  /** Goes to work with the tokens that are there, or asks the simulator for consent. */
  async start(): Promise<void> {
    const { state } = await this.session.view();
    if (state === 'connected') await this.#settleDivision();
    else if (this.credentials.simulator) await this.#walk();
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#callOff?.();
    await this.mirror.stop();
    await this.pump.stop();
  }

  #listen(): void {
    const log = this.#log;
    this.session.events.on('connected', (division) => {
      log.info({ division }, 'connected to Exact');
      this.mirror.start();
      this.pump.start();
      this.pump.wake().catch((error: unknown) => log.error({ words: wordsOf(error) }, 'outbox'));
    });
    this.session.events.on('needs-consent', (words) => {
      log.warn({ words }, 'Exact needs a new consent');
      if (this.credentials.simulator) this.#later();
    });
    this.mirror.events.on('fault', (entity, fault) => log.warn({ entity, fault }, 'mirror'));
    this.mirror.events.on('healed', (entity) => log.info({ entity }, 'mirror healed'));
    this.mirror.events.on('trouble', (error) => log.error({ words: wordsOf(error) }, 'mirror'));
    this.pump.events.on('trouble', (error) => log.error({ words: wordsOf(error) }, 'outbox'));
    this.pump.events.on('state', ({ id, state, words }) =>
      log.info({ id, state, words }, 'outbox'),
    );
    this.pump.events.on('settled', (posting, outcome) => {
      log.info({ posting, outcome }, 'posting settled');
      if (outcome.kind === 'posted') this.mirror.hint(CHANGED_BY_RECEIPT);
    });
  }

  /** After a start: the division may not have been settled when the hub stopped. */
  async #settleDivision(): Promise<void> {
    const connected: Connected = await this.session.settleDivision();
    if (connected.kind === 'connected') return;
    this.#log.warn({ words: connected.words }, 'Exact is out of reach');
    this.#later();
  }

  /** Through the same pages and the same callback that a person's browser uses. */
  async #walk(): Promise<void> {
    const callback = new URL(this.credentials.redirectUri);
    const url = this.session.authorizeUrl();
    const walked = await connectToSimulator(url, callback, SIMULATOR_LOGIN, systemScheduler);
    if (walked.kind === 'arrived' && walked.status < 400) return;
    const words = walked.kind === 'arrived' ? `status ${walked.status}` : walked.words;
    this.#log.warn({ words }, 'the simulator gave no consent');
    this.#later();
  }

  #later(): void {
    if (this.#closed) return;
    this.#callOff?.();
    this.#callOff = systemScheduler.after(RECONNECT_MS, () => {
      this.start().catch((error: unknown) => {
        this.#log.error({ words: wordsOf(error) }, 'connecting to Exact');
        this.#later();
      });
    });
  }
}
