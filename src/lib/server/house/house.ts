// Who lives here: the House: every room of the hub, made once, wired together, opened in order and
// closed in the reverse. Nothing is decided here. A reader who wants to know what happens after
// something happened reads `#wire`.

import type { Server as HttpServer } from 'node:http';
import { join } from 'node:path';
import { LIMITS } from '../../domain/index.ts';
import { documentOf, settlement, sweep, withUnread } from '../../ledger/index.ts';
import type { JournalEntry } from '../../ledger/index.ts';
import { printedAnswers } from '../admin/index.ts';
import type { AdminPort, ConnectPort, SheetData } from '../admin/index.ts';
import type { Environment } from '../env/index.ts';
import { attachSockets, startWriter } from '../hub/index.ts';
import type { HubAlarm, HubSockets, Writer } from '../hub/index.ts';
import { openJournal } from '../journal/index.ts';
import type { Settle } from '../outbox/index.ts';
import type { Projection } from '../projection/index.ts';
import type { Store } from '../store/index.ts';
import { Tapes } from '../tapes/index.ts';
import type { WorkflowFile } from '../workflow-file/index.ts';
import { People } from '../people/index.ts';
import { Photos } from '../photos/index.ts';
import type { Offered, PhotoDoor } from '../photos/index.ts';
import { Admin } from './admin-port.ts';
import { ConnectDesk } from './connect-desk.ts';
import { ExactSide } from './exact-side.ts';
import { retireAll, retireSome } from './retiring.ts';
import { StartupFailure } from './failure.ts';
import { openLog, wordsOf } from './log.ts';
import type { Logger } from './log.ts';
import { Learning } from './learning.ts';
import { Links } from './links.ts';
import { Master, ORDER_KINDS } from './master.ts';
import type { StockSource } from './master.ts';
import { namesOf, openHubStore, openWorkflows } from './opening.ts';
import { knowing } from './people-desk.ts';
import { photoDoor, portsOf } from './ports.ts';
import { OnTheWay, placesOnTheWay } from './on-the-way.ts';
import { openProjection, openRefills } from './projecting.ts';
import { systemClock, systemRandom, systemScheduler } from './shells.ts';
import type { Refills } from './refills.ts';
import { States } from './states.ts';
import { stockPlaces } from './stock-places.ts';

const clock = systemClock;
const scheduler = systemScheduler;
const today = () => new Date(clock.nowMs()).toISOString().slice(0, 10);

interface Rooms {
  readonly environment: Environment;
  readonly log: Logger;
  readonly store: Store;
  readonly writer: Writer;
  readonly exact: ExactSide;
  readonly master: Master;
  readonly learning: Learning;
  readonly projection: Projection;
  readonly workflows: WorkflowFile;
  readonly states: States;
  readonly sockets: HubSockets;
  readonly tapes: Tapes;
  readonly people: People;
  readonly refills: Refills;
  readonly photos: Photos;
}

export class House {
  readonly admin: AdminPort;
  /** How a person connects the hub with Exact. */
  readonly connect: ConnectPort;
  readonly #rooms: Rooms;
  readonly #photoDoor: PhotoDoor;
  #endSweeping: (() => void) | undefined;

  private constructor(rooms: Rooms) {
    this.#rooms = rooms;
    this.admin = new Admin(rooms);
    this.#photoDoor = photoDoor(rooms);
    this.connect = new ConnectDesk(rooms.exact, rooms.environment, rooms.log);
  }

  /** Opens the hub on this server. @throws StartupFailure with what a person must do. */
  static async open(environment: Environment, http: HttpServer): Promise<House> {
    const log = openLog(join(environment.dataDir, 'hub.log'), environment.logLevel);
    const store = await openHubStore(environment);
    try {
      const rooms = await build(environment, http, log, store);
      const house = new House(rooms);
      house.#wire();
      const unposted = [...rooms.writer.world().unposted.entries()].map(([document]) => document);
      await rooms.learning.begin(unposted);
      await retireAll(rooms.writer, clock);
      await rooms.refills.refresh();
      await rooms.projection.everything(['person', 'location', 'warehouse', 'order']);
      house.#begin(http);
      return house;
    } catch (error) {
      await store.close();
      if (error instanceof StartupFailure) log.error({ lines: error.lines }, 'not started');
      throw error;
    }
  }

  /** The status for a notification of Exact's; 404 while Exact was told of no address. */
  async webhook(body: ReadableStream<Uint8Array> | null): Promise<number> {
    const { webhooks } = this.#rooms.exact;
    return webhooks === undefined ? 404 : webhooks.receive(body);
  }

  /** The status for a photo that a station brings. */
  photo(offered: Offered): Promise<number> {
    return this.#photoDoor.receive(offered);
  }

  /** What the barcode sheet chooses from; a bounded part of what stations have. */
  async sheet(): Promise<SheetData> {
    const { projection, workflows } = this.#rooms;
    const [orders, items, locations, warehouses] = await Promise.all([
      projection.some('order', LIMITS.sheetOrders),
      projection.some('item', LIMITS.sheetRows),
      projection.some('location', LIMITS.sheetRows),
      projection.some('warehouse', LIMITS.sheetRows),
    ]);
    const answers = printedAnswers(workflows.inForce);
    return { today: today(), orders, items, locations, warehouses, answers };
  }

  /** Finishes what is under way and gives the disk back. */
  async close(): Promise<void> {
    const { sockets, writer, learning, projection, workflows, exact, store, log } = this.#rooms;
    this.#endSweeping?.();
    await sockets.close();
    await exact.close();
    await writer.close();
    await learning.close();
    await this.#rooms.refills.close();
    await projection.close();
    await workflows.close();
    await store.close();
    log.info('closed');
  }

  #wire(): void {
    const { writer, exact, projection, states, sockets, learning } = this.#rooms;
    writer.onCommitted((entries) => this.#committed(entries));
    exact.mirror.events.on('changed', (entity, subjects) => learning.changed(entity, subjects));
    exact.mirror.events.on('reach', () => learning.reached());
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
    // Items by the hundred thousand: stations work with those of yesterday meanwhile.
    this.#rooms.projection
      .everything(['item'])
      .catch((error: unknown) => log.error({ words: wordsOf(error) }, 'projection'));
    log.info({ seq: this.#rooms.writer.world().seq }, 'open');
  }

  #committed(entries: readonly JournalEntry[]): void {
    const { projection, exact } = this.#rooms;
    const { refills } = this.#rooms;
    projection.touch('order', new Set(entries.map((each) => refills.listWith(documentOf(each)))));
    if (entries.some((entry) => entry.body.type === 'posting-cut')) exact.pump.poke();
  }

  #sweep(): void {
    const { writer, learning, tapes, photos, log } = this.#rooms;
    this.#endSweeping = scheduler.after(LIMITS.sweepEveryMs, () => {
      writer
        .record((world, context) => sweep(world, context))
        .then(() => retireSome(writer, clock))
        .then(() => tapes.sweep())
        .then(() => photos.sweep())
        .catch((error: unknown) => log.error({ words: wordsOf(error) }, 'sweep'))
        .finally(() => {
          // What a list's fault says of its kind changes without its being read to the end.
          learning.reached();
          // A promise to bring goods ends by itself.
          this.#rooms.refills.changed();
          this.#sweep();
        });
    });
  }
}

/** Rooms that others speak to before they are there. */
interface Late {
  sockets?: HubSockets;
  workflows?: WorkflowFile;
  exact?: ExactSide;
  projection?: Projection;
  onTheWay?: OnTheWay;
}

async function build(
  environment: Environment,
  http: HttpServer,
  log: Logger,
  store: Store,
): Promise<Rooms> {
  const report = (alarm: HubAlarm) => log.warn(describeAlarm(alarm), 'hub');
  const late: Late = {};
  const writer = await startWriter({
    journal: openJournal(store),
    clock,
    random: systemRandom,
    report,
    bundle: () => late.exact?.session.budget.tight() ?? false,
  });
  // Until somebody has looked what the mirror has read.
  await writer.withWorld((world) => withUnread(world, new Set(ORDER_KINDS)));
  const exact = await ExactSide.open({
    ...{ environment, store, log, settle: settleIn(writer) },
    unposted: () => writer.world().unposted.size,
    workflows: () => namesOf(late.workflows?.inForce),
  });
  late.exact = exact;
  const inForce = () => late.workflows?.inForce ?? [];
  const stock = stockIn(store, () => placesOnTheWay(inForce()));
  const master = new Master(exact.reader, stock, await Links.read(store.db));
  const states = new States(() => writer.world());
  for (const posting of await exact.pump.list(['in-doubt'])) states.moved(posting);
  const people = await People.open({ store, clock, random: systemRandom });
  await writer.withWorld(knowing(people));
  const refills = openRefills({ master, writer, log, late });
  const projection = await openProjection({ store, writer, log, master, people, refills }, late);
  late.projection = projection;
  const learning = new Learning({
    ...{ master, writer, projection, clock },
    onChanged: () => refills.changed(),
    later: (delayMs, work) => scheduler.after(delayMs, work),
    onFailure: (entity, error) => log.error({ entity, words: wordsOf(error) }, 'mirror to ledger'),
  });
  const tapes = await Tapes.open({ store, clock, keepDays: environment.tapeDays });
  const { photoDays: keepDays, photoBytes: keepBytes } = environment;
  const photos = await Photos.open({ store, clock, keepDays, keepBytes });
  const onChanged = () => {
    late.sockets?.changed();
    late.onTheWay?.look();
  };
  const opening = { environment, clock, store, tapes, log, writer, onChanged };
  const workflows = await openWorkflows(opening);
  late.workflows = workflows;
  late.onTheWay = new OnTheWay(inForce, () => madeAnew({ refills, projection, log }));
  const ports = portsOf({ store, master, projection, workflows, states, tapes });
  const { hubId } = store;
  const sockets = attachSockets({ http, hubId, writer, clock, scheduler, report, ports });
  late.sockets = sockets;
  return {
    ...{ environment, log, store, writer, exact, master },
    ...{ learning, projection, workflows, states, sockets, tapes, people, refills, photos },
  };
}

/** Every row that says where goods lie. */
function madeAnew({ refills, projection, log }: Pick<Rooms, 'refills' | 'projection' | 'log'>) {
  refills.changed();
  projection
    .everything(['order'])
    .catch((error: unknown) => log.error({ words: wordsOf(error) }, 'projection'));
}

function stockIn(store: Store, onTheWay: () => readonly string[]): StockSource {
  return { places: (items) => stockPlaces(store.db, items), today, onTheWay };
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
