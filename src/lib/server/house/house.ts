// Who lives here: the House: every room of the hub, made once, wired together, opened in order and
// closed in the reverse. Nothing is decided here. A reader who wants to know what happens after
// something happened reads `#wire`.

import type { Server as HttpServer } from 'node:http';
import { join } from 'node:path';
import { LIMITS } from '../../domain/index.ts';
import type { CommandId } from '../../domain/index.ts';
import {
  documentOf,
  progress,
  settlement,
  sweep,
  withOrder,
  withoutOrder,
} from '../../ledger/index.ts';
import type { JournalEntry } from '../../ledger/index.ts';
import type { AdminPort, SheetData } from '../admin/index.ts';
import type { Environment } from '../env/index.ts';
import type { EntityName } from '../exact/index.ts';
import { attachSockets, startWriter } from '../hub/index.ts';
import type { HubAlarm, HubSockets, Writer } from '../hub/index.ts';
import { openJournal } from '../journal/index.ts';
import type { Settle } from '../outbox/index.ts';
import { Projection } from '../projection/index.ts';
import type { Store } from '../store/index.ts';
import type { WorkflowFile } from '../workflow-file/index.ts';
import { Admin } from './admin-port.ts';
import { ExactSide } from './exact-side.ts';
import { StartupFailure } from './failure.ts';
import { openLog, wordsOf } from './log.ts';
import type { Logger } from './log.ts';
import { Master, SHOWN_IN } from './master.ts';
import { openHubStore, openWorkflows } from './opening.ts';
import { systemClock, systemRandom, systemScheduler } from './shells.ts';
import { States } from './states.ts';

const clock = systemClock;
const scheduler = systemScheduler;

interface Rooms {
  readonly environment: Environment;
  readonly log: Logger;
  readonly store: Store;
  readonly writer: Writer;
  readonly exact: ExactSide;
  readonly master: Master;
  readonly projection: Projection;
  readonly workflows: WorkflowFile;
  readonly states: States;
  readonly sockets: HubSockets;
}

export class House {
  readonly admin: AdminPort;
  readonly #rooms: Rooms;
  #mirrored: Promise<void> = Promise.resolve();
  #endSweeping: (() => void) | undefined;

  private constructor(rooms: Rooms) {
    this.#rooms = rooms;
    this.admin = new Admin(rooms);
  }

  /** Opens the hub on this server. @throws StartupFailure with what a person must do. */
  static async open(environment: Environment, http: HttpServer): Promise<House> {
    const log = openLog(join(environment.dataDir, 'hub.log'), environment.logLevel);
    const store = await openHubStore(environment);
    try {
      const rooms = await build(environment, http, log, store);
      const house = new House(rooms);
      house.#wire();
      await house.#learnOrders(await rooms.master.ids('order'));
      await rooms.projection.everything();
      house.#begin(http);
      return house;
    } catch (error) {
      await store.close();
      if (error instanceof StartupFailure) log.error({ lines: error.lines }, 'not started');
      throw error;
    }
  }

  /** Where a browser goes to connect with Exact. */
  consentUrl(): URL {
    return this.#rooms.exact.session.authorizeUrl();
  }

  /** The query with which that browser came back. */
  consented(query: URLSearchParams): ReturnType<ExactSide['session']['callback']> {
    return this.#rooms.exact.session.callback(query);
  }

  /** What the barcode sheet shows: everything that stations have. */
  async sheet(): Promise<SheetData> {
    const data = { orders: [], items: [], locations: [], warehouses: [] } as {
      [K in 'orders' | 'items' | 'locations' | 'warehouses']: SheetData[K][number][];
    };
    for (let after = 0, complete = false; !complete;) {
      const page = await this.#rooms.projection.page(after);
      for (const row of page.rows) {
        if (row.body === null) continue;
        if (row.kind === 'order') data.orders.push(row.body);
        else if (row.kind === 'item') data.items.push(row.body);
        else if (row.kind === 'location') data.locations.push(row.body);
        else data.warehouses.push(row.body);
      }
      ({ version: after, complete } = page);
    }
    return { today: new Date(clock.nowMs()).toISOString().slice(0, 10), ...data };
  }

  /** Finishes what is under way and gives the disk back. */
  async close(): Promise<void> {
    const { sockets, writer, projection, workflows, exact, store, log } = this.#rooms;
    this.#endSweeping?.();
    await sockets.close();
    await exact.close();
    await writer.close();
    await this.#mirrored;
    await projection.close();
    await workflows.close();
    await store.close();
    log.info('closed');
  }

  #wire(): void {
    const { writer, exact, projection, states, sockets } = this.#rooms;
    writer.onCommitted((entries) => this.#committed(entries));
    exact.mirror.events.on('changed', (entity, subjects) => this.#changed(entity, subjects));
    exact.pump.events.on('state', (posting) => sockets.statesChanged(states.moved(posting)));
    projection.touch('order', []);
  }

  #begin(http: HttpServer): void {
    const { exact, log } = this.#rooms;
    const connect = () => {
      exact.start().catch((error: unknown) => log.error({ words: wordsOf(error) }, 'Exact'));
    };
    // The simulator's consent comes back to our own callback, so the door must be open first.
    if (http.listening) connect();
    else http.once('listening', connect);
    this.#sweep();
    log.info({ seq: this.#rooms.writer.world().seq }, 'open');
  }

  #committed(entries: readonly JournalEntry[]): void {
    const { projection, exact } = this.#rooms;
    projection.touch('order', new Set(entries.map(documentOf)));
    if (entries.some((entry) => entry.body.type === 'posting-cut')) exact.pump.poke();
  }

  /** Exact's records changed: the ledger hears of orders first, then the rows are made anew. */
  #changed(entity: EntityName, subjects: readonly string[]): void {
    const kind = SHOWN_IN[entity];
    if (kind === undefined) return;
    const { master, projection, log } = this.#rooms;
    master.forget(kind);
    this.#mirrored = this.#mirrored
      .then(async () => {
        projection.touch(kind, subjects);
        const orders =
          kind === 'order'
            ? subjects
            : kind === 'item'
              ? await master.ordersWith(new Set(subjects))
              : await master.ids('order');
        await this.#learnOrders(orders);
        projection.touch('order', orders);
      })
      .catch((error: unknown) => log.error({ entity, words: wordsOf(error) }, 'mirror to ledger'));
  }

  async #learnOrders(ids: readonly string[]): Promise<void> {
    const { master, writer } = this.#rooms;
    const asOfMs = clock.nowMs();
    const known = await Promise.all(
      ids.map(async (id) => ({ id, order: await master.ledgerOrder(id, asOfMs) })),
    );
    await writer.withWorld((world) =>
      known.reduce(
        (next, { id, order }) =>
          order === undefined ? withoutOrder(next, id) : withOrder(next, order),
        world,
      ),
    );
  }

  #sweep(): void {
    const { writer, log } = this.#rooms;
    this.#endSweeping = scheduler.after(LIMITS.sweepEveryMs, () => {
      writer
        .record((world, context) => sweep(world, context))
        .catch((error: unknown) => log.error({ words: wordsOf(error) }, 'sweep'))
        .finally(() => this.#sweep());
    });
  }
}

async function build(
  environment: Environment,
  http: HttpServer,
  log: Logger,
  store: Store,
): Promise<Rooms> {
  const report = (alarm: HubAlarm) => log.warn(describeAlarm(alarm), 'hub');
  const writer = await startWriter({
    journal: openJournal(store),
    clock,
    random: systemRandom,
    report,
  });
  const exact = await ExactSide.open({ environment, store, log, settle: settleIn(writer) });
  const master = new Master(exact.reader);
  const states = new States(() => writer.world());
  for (const posting of await exact.pump.list(['in-doubt'])) states.moved(posting);
  const late: { sockets?: HubSockets } = {};
  const projection = await Projection.open({
    store,
    source: master,
    ledger: {
      progress: (id) => ({ seq: writer.world().seq, lines: progress(writer.world(), id) }),
    },
    onChanged: () => late.sockets?.changed(),
    onFailure: (error) => log.error({ words: wordsOf(error) }, 'projection'),
    later: (delayMs, work) => scheduler.after(delayMs, work),
  });
  const workflows = await openWorkflows(environment, clock, () => late.sockets?.changed());
  const sockets = attachSockets({
    http,
    hubId: store.hubId,
    writer,
    clock,
    scheduler,
    report,
    ports: {
      replicaPage: (after) => projection.page(after),
      replicaVersion: () => projection.version,
      workflowSet: () => workflows.set.workflowSet,
      workflows: () => workflows.set,
      statesOf: (ids: readonly CommandId[]) => states.of(ids),
    },
  });
  late.sockets = sockets;
  return { environment, log, store, writer, exact, master, projection, workflows, states, sockets };
}

/** What the outbox learnt becomes an entry; a disk that fails is the outbox's to try again. */
function settleIn(writer: Writer): Settle {
  return async (told) => {
    const recorded = await writer.record((world, context) => settlement(world, told, context));
    if (!recorded.ok) throw new Error(recorded.failure.message);
  };
}

function describeAlarm(alarm: HubAlarm): object {
  return alarm.kind === 'broken' ? { kind: alarm.kind, words: wordsOf(alarm.error) } : alarm;
}
