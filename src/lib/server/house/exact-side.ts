// Who lives here: the wiring of everything that speaks with Exact: the connection, the mirror, the
// outbox. It goes to work when there is a connection and stands still, without losing anything,
// while there is none.

import type { PostingId, PostingKind } from '../../domain/index.ts';
import type { Environment } from '../env/index.ts';
import {
  connectToSimulator,
  DEFAULT_CONVENTIONS,
  ExactSession,
  isPostingKind,
  KeyFault,
  Mirror,
  MirrorReader,
  needsOf,
  openVault,
  Postings,
  refuseBaseUrl,
  Webhooks,
} from '../exact/index.ts';
import type { WorkflowNeeds } from '../exact/index.ts';
import { PostingRows, Pump } from '../outbox/index.ts';
import type { Settle } from '../outbox/index.ts';
import type { Store } from '../store/index.ts';
import { StartupFailure } from './failure.ts';
import { wordsOf } from './log.ts';
import type { Logger } from './log.ts';
import { keyFileOf } from './opening.ts';
import { MarkerWatch } from './marker-watch.ts';
import { bookedLately, movedBy } from './moved.ts';
import { systemClock, systemRandom, systemScheduler, systemSteady } from './shells.ts';

/** The user of the simulator's seeded company; printed in its README, valid on this machine only. */
const SIMULATOR_LOGIN = { userName: 'demo@scandock.test', password: 'demo' };
const RECONNECT_MS = 5_000;
const RIGHTS_WATCH_MS = 90_000;

export interface ExactParts {
  readonly environment: Environment;
  readonly store: Store;
  readonly settle: Settle;
  /** The workflows in force, asked when rights are checked. */
  readonly workflows: () => readonly WorkflowNeeds[];
  /** Documents with goods that no posting holds yet. */
  readonly unposted: () => number;
  readonly log: Logger;
}

export class ExactSide {
  readonly reader: MirrorReader;
  readonly mirror: Mirror;
  readonly pump: Pump;
  readonly session: ExactSession;
  /** Where the simulator beside us is; undefined when none runs. */
  readonly simulatorUrl: string | undefined;
  /** Undefined: Exact was not told of an address. */
  readonly webhooks: Webhooks | undefined;
  readonly #rows: PostingRows;
  readonly #watch: MarkerWatch;
  readonly #log: Logger;
  readonly #unposted: () => number;
  #closed = false;
  #callOff: (() => void) | undefined;
  #endRightsWatch: (() => void) | undefined;

  private constructor(parts: ExactParts, session: ExactSession) {
    const { store, log, settle, environment } = parts;
    this.#log = log;
    this.#unposted = parts.unposted;
    this.session = session;
    this.simulatorUrl = environment.simulatorUrl;
    const shells = { clock: systemClock, scheduler: systemScheduler };
    this.reader = new MirrorReader(store.db);
    this.mirror = new Mirror({
      db: store.db,
      client: session.client,
      get baseUrl() {
        return session.baseUrl;
      },
      division: () => session.division,
      booked: () => bookedLately(store.db),
      conventions: { ...DEFAULT_CONVENTIONS, barcodeFields: environment.barcodeFields },
      ...shells,
    });
    const rows = new PostingRows(store.db);
    this.#rows = rows;
    this.webhooks = this.#hook(parts);
    const exact = new Postings({
      client: session.client,
      facts: this.reader,
      clock: systemClock,
      known: (kind, ids) => rows.known(kind, ids),
    });
    const { settleMs } = environment;
    this.pump = new Pump({ rows, exact, settle, settleMs, ...shells });
    const { client } = session;
    this.#watch = new MarkerWatch({ db: store.db, client, rows, pump: this.pump, log, ...shells });
    this.#listen();
  }

  /** @throws StartupFailure with a sentence when the address or the key is not what it must be. */
  static async open(parts: ExactParts): Promise<ExactSide> {
    const { environment, store } = parts;
    const { exact: credentials, redirectUri, ownRedirectUri } = environment;
    const refusal = credentials === undefined ? null : refuseBaseUrl(credentials.baseUrl);
    if (refusal !== null) throw new StartupFailure([`EXACT_BASE_URL: ${refusal}`]);
    const given = credentials?.simulator === true ? 'standIn' : 'app';
    const late: { side?: ExactSide } = {};
    try {
      const session = await ExactSession.open({
        db: store.db,
        vault: openVault({
          file: keyFileOf(environment),
          older: environment.oldKeys,
          ...(environment.key === undefined ? {} : { key: environment.key }),
        }),
        ...(credentials === undefined ? {} : { [given]: credentials }),
        redirectUri: (site) => (site === environment.simulatorUrl ? ownRedirectUri : redirectUri),
        needs: () => needsOf(parts.workflows()),
        openWork: async () => (await late.side?.openWork()) ?? null,
        ...{ clock: systemClock, scheduler: systemScheduler, random: systemRandom },
        steady: systemSteady,
      });
      late.side = new ExactSide(parts, session);
      return late.side;
    } catch (error) {
      if (error instanceof KeyFault) throw new StartupFailure([error.message], error);
      throw error;
    }
  }

  /** Whether the books are a simulator's. */
  get simulator(): boolean {
    return this.session.baseUrl === this.simulatorUrl;
  }

  /** In words, what belongs to the division and is not in Exact yet; null when everything is. */
  async openWork(): Promise<string | null> {
    const many = (count: number, what: string) => `${count} ${what}${count === 1 ? '' : 's'}`;
    const waiting = await this.pump.count(['ready', 'sending', 'in-doubt']);
    const rejected = (await this.pump.waiting()).total;
    const unposted = this.#unposted();
    const parts = [
      ...(waiting > 0 ? [`${many(waiting, 'posting')} on the way to Exact`] : []),
      ...(rejected > 0 ? [`${many(rejected, 'rejected posting')} that a person must settle`] : []),
      ...(unposted > 0 ? [`${many(unposted, 'document')} with goods that nobody posted yet`] : []),
    ];
    return parts.length === 0 ? null : parts.join(', ');
  }

  /** Goes to work with the tokens that are there, or asks the simulator for consent. */
  async start(): Promise<void> {
    const { stage, origin, disconnectedMs } = await this.session.view();
    if (stage === 'connected') return this.#settleDivision();
    const lost = stage === 'needs-consent' || (stage === 'consent' && disconnectedMs === null);
    if (origin === 'stand-in' && lost) await this.#walk();
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#callOff?.();
    this.#endRightsWatch?.();
    this.session.client.stop();
    await this.webhooks?.stop();
    await this.mirror.stop();
    await this.#watch.stop();
    await this.pump.stop();
  }

  #listen(): void {
    const log = this.#log;
    this.session.events.on('connected', (division) => {
      log.info({ division }, 'connected to Exact');
      this.mirror.start();
      this.webhooks?.start();
      this.pump.start();
      this.#watch.start();
      this.#watchRights();
      this.pump.wake().catch((error: unknown) => log.error({ words: wordsOf(error) }, 'outbox'));
    });
    this.session.events.on('needs-consent', (words) => {
      log.warn({ words }, 'Exact needs a new consent');
      this.#later();
    });
    this.session.events.on('disconnecting', (wait) => {
      if (this.webhooks !== undefined) wait(this.webhooks.leave());
    });
    this.session.events.on('disconnected', () => {
      log.info('disconnected from Exact');
      this.#endRightsWatch?.();
      Promise.all([this.mirror.stop(), this.#watch.stop(), this.pump.stop()]).catch(
        (error: unknown) => log.error({ words: wordsOf(error) }, 'disconnecting'),
      );
    });
    this.session.budget.events.on('event', (event) => log.info({ event }, 'calls to Exact'));
    this.session.budget.events.on('trouble', (error) =>
      log.error({ words: wordsOf(error) }, 'counting calls to Exact'),
    );
    // What came from Exact may name persons: the admin page shows it, the log keeps its shape.
    this.mirror.events.on('fault', (entity, { code }, shape) => {
      log.warn({ entity, code, shape }, 'mirror');
    });
    this.mirror.events.on('healed', (entity) => log.info({ entity }, 'mirror healed'));
    this.mirror.events.on('trouble', (error) => log.error({ words: wordsOf(error) }, 'mirror'));
    this.pump.events.on('trouble', (error) => log.error({ words: wordsOf(error) }, 'outbox'));
    this.pump.events.on('state', ({ id, state, words }) =>
      log.info({ id, state, words }, 'outbox'),
    );
    this.pump.events.on('settled', (posting, outcome, kind) => {
      log.info({ posting, outcome }, 'posting settled');
      // What a booked document changes in Exact is read next instead of at its time.
      if (outcome.kind !== 'posted' || !isPostingKind(kind)) return;
      this.#posted(posting, kind).catch((error: unknown) =>
        log.error({ posting, words: wordsOf(error) }, 'posting to mirror'),
      );
    });
  }

  async #posted(posting: PostingId, kind: PostingKind): Promise<void> {
    const row = await this.#rows.get(posting);
    if (row === undefined) return;
    const { document, items } = movedBy(row.body);
    this.mirror.posted(kind, document, items);
  }

  /** The first minutes are for what kiosks need; rights that nobody asked for come after. */
  #watchRights(): void {
    this.#endRightsWatch?.();
    this.#endRightsWatch = systemScheduler.after(RIGHTS_WATCH_MS, () => {
      if (this.#closed) return;
      this.session.connecting
        .watchRights()
        .catch((error: unknown) => this.#log.error({ words: wordsOf(error) }, 'rights at Exact'))
        .finally(() => {
          if (!this.#closed && this.session.division !== undefined) this.#watchRights();
        });
    });
  }

  #hook({ environment }: ExactParts): Webhooks | undefined {
    const { webhook } = environment;
    if (webhook === undefined) return undefined;
    const { session, mirror } = this;
    return new Webhooks({
      ...{ client: session.client, callbackUrl: webhook.url, secret: webhook.secret },
      clientId: async () => (await session.view()).clientId,
      division: () => session.division,
      ...{ clock: systemClock, scheduler: systemScheduler },
      heard: (topic, key, deleted) => mirror.heard(topic, key, deleted),
      live: (live) => {
        mirror.hooked = live;
      },
      trouble: (words) => this.#log.warn({ words }, 'webhooks'),
    });
  }

  /** After a start: the division may not have been settled when the hub stopped. */
  async #settleDivision(): Promise<void> {
    const connected = await this.session.settleDivision();
    if (connected.kind !== 'refused') return;
    this.#log.warn({ words: connected.words }, 'Exact is out of reach');
    this.#later();
  }

  /** Through the same pages and the same callback that a person's browser uses. */
  async #walk(): Promise<void> {
    const callback = new URL(this.session.redirectUri ?? '');
    const url = this.session.authorizeUrl();
    const walked = await connectToSimulator(url, callback, SIMULATOR_LOGIN, systemScheduler);
    if ((await this.session.view()).stage === 'connected') return;
    const problem = this.session.connecting.problem?.words ?? 'the consent led nowhere';
    const words = walked.kind === 'arrived' ? problem : walked.words;
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
