// Who lives here: the parts of a working station and how they are wired. They exist once the disk is
// open; what they tell goes up through hooks, so that only the station knows all of them.

import type { Clock, Fault, OrderView, Random } from '../domain/index.ts';
import type { Signal } from '../workflows/index.ts';
import { Crew } from './crew.ts';
import type { StationDb, Stored } from './database.ts';
import { ensureIdentity } from './identity.ts';
import { HubLink } from './link.ts';
import type { HubState } from './link.ts';
import { Looking } from './looking.ts';
import { overlay } from './overlay.ts';
import { Photos } from './photos.ts';
import { Queue } from './queue.ts';
import type { QueueRow } from './queue-rows.ts';
import { Replica } from './replica.ts';
import { Session } from './session.ts';
import type { DialogueRuntime, Running } from './session.ts';
import { Shelf } from './shelf.ts';
import { asOne, hasItem, ordersFor } from './work.ts';
import { Tapes } from './tapes.ts';
import type { Work } from './work.ts';

export interface Parts {
  readonly db: StationDb;
  readonly queue: Queue;
  readonly replica: Replica;
  readonly session: Session;
  readonly shelf: Shelf;
  readonly link: HubLink;
  readonly looking: Looking;
  readonly crew: Crew;
  readonly photos: Photos;
}

export interface Hooks {
  readonly shown: (running: Running, signal: Signal) => void;
  readonly workflowsTaken: () => Promise<void>;
  readonly hubState: (state: HubState) => void;
  readonly settled: (row: QueueRow) => void;
  readonly fault: (fault: Fault) => void;
  readonly changed: () => void;
  readonly ordersChanged: (orders: ReadonlySet<string>) => void;
}

export interface PartOptions {
  /** Where the hub listens, e.g. `location.origin`. */
  readonly hubUrl: string;
  readonly defaultName: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly runtime: DialogueRuntime;
}

/** What is shown of the parts; nothing is there before the disk is open. */
export function heldBy(parts: Parts | undefined) {
  const running = parts?.session.running;
  return {
    rows: parts?.queue.rows ?? [],
    waiting: parts?.queue.waiting ?? 0,
    photos: parts?.photos.onTheWay,
    open: parts !== undefined,
    replica: parts?.replica,
    people: parts?.replica.people ?? [],
    operator: parts?.crew.operator,
    order: asOne(running?.screen, (id) => parts?.replica.order(id)),
    running,
  };
}

/** Orders that a search by goods offers. */
const FOUND_ORDERS = 20;

export function assemble(db: StationDb, options: PartOptions, hooks: Hooks): Parts {
  const queue = new Queue(db, options);
  const replica = new Replica(db);
  const shelf = new Shelf(db);
  const overlaid = (order: OrderView) => overlay(order, queue.rows);
  const ordersWith = (items: readonly string[], work: Work) =>
    ordersFor(work, replica.openOrders(overlaid))
      .filter((order) => items.some((item) => hasItem(order, work, item)))
      .slice(0, FOUND_ORDERS);
  const tapes = new Tapes(db);
  const photos = new Photos(db, options.clock);
  const crew = new Crew(db, { ...options, replica, hub: () => shelf.knownHub() });
  const operator = () => crew.operator;
  const ports = { ...options, overlaid, ordersWith, tapes, photos, operator };
  const shown: Hooks['shown'] = (running, signal) => {
    hooks.shown(running, signal);
    looking.shown(running.screen);
    void photos.forgetUnnamed(running.ended === undefined ? running.state : undefined);
  };
  const session = new Session(db, queue, ports, shown);
  const link = new HubLink(options.hubUrl, {
    queue,
    replica,
    tapes,
    photos,
    identity: () => ensureIdentity(db, undefined, options.defaultName, options),
    knownHub: () => shelf.knownHub(),
    rememberHub: (hubId) => shelf.rememberHub(hubId),
    workflowSet: () => shelf.workflowSet,
    takeWorkflows: async (set) => {
      const taken = await shelf.takeWorkflows(set);
      if (taken.ok) await hooks.workflowsTaken();
      return taken;
    },
    onState: (state) => {
      hooks.hubState(state);
      if (state.kind === 'connected') looking.hubBack(session.running?.screen);
    },
    onSettled: hooks.settled,
    onFault: hooks.fault,
  });
  const looking = new Looking({
    look: (ask) => link.look(ask),
    orders: () => replica.openOrders(overlaid),
    tell: async (event) => {
      const handled = await session.handle(event);
      if (!handled.ok) hooks.fault(handled.fault);
    },
  });
  queue.onChange(hooks.changed);
  photos.onChange(hooks.changed);
  replica.onChange(hooks.ordersChanged);
  return { db, queue, replica, session, shelf, link, looking, crew, photos };
}

/**
 * Reads everything from the disk. The value: how many rows could not be read and went to
 * quarantine. Replica rows are not counted, because the hub gives them again.
 */
export async function load({
  queue,
  replica,
  session,
  shelf,
  looking,
  crew,
  photos,
}: Parts): Promise<Stored<number>> {
  const rows = await queue.load();
  if (!rows.ok) return rows;
  for (const part of [
    ...[await replica.load(), await shelf.load(), await queue.purge(), await crew.load()],
  ]) {
    if (!part.ok) return part;
  }
  const restored = await session.restore();
  if (!restored.ok) return restored;
  const pictures = await photos.load(session.running?.state);
  if (!pictures.ok) return pictures;
  looking.shown(session.running?.screen);
  return { ok: true, value: rows.value + (restored.value === 'unreadable' ? 1 : 0) };
}
