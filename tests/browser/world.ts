// Who lives here: one small warehouse for the tests of the station: a workflow, goods, an order, a
// clock that stands where it is told, and the parts of a station on a fresh database.

import type { Clock, ItemView, OrderView, RawScan, Scan } from '../../src/lib/domain/index.ts';
import type { ReplicaRow } from '../../src/lib/protocol/index.ts';
import { openStationDb } from '../../src/lib/station/database.ts';
import type { StationDb } from '../../src/lib/station/database.ts';
import { ensureIdentity } from '../../src/lib/station/identity.ts';
import { overlay } from '../../src/lib/station/overlay.ts';
import { Photos } from '../../src/lib/station/photos.ts';
import { Queue } from '../../src/lib/station/queue.ts';
import { Replica } from '../../src/lib/station/replica.ts';
import { Session } from '../../src/lib/station/session.ts';
import type { Running } from '../../src/lib/station/session.ts';
import { Tapes } from '../../src/lib/station/tapes.ts';
import { compile } from '../../src/lib/workflows/index.ts';
import type { CompiledWorkflow, Signal } from '../../src/lib/workflows/index.ts';
import { advance, begin, resume } from '../../src/lib/workflows/runtime/index.ts';

export const RUNTIME = { begin, advance, resume };

const ROLES = `
roles:
  supervisor: { en: Supervisor, nl: Leiding, de: Leitung, fr: Responsable }`;
const FILE = `
scandock: 1
workflows:
  - id: receive
    label: { en: Receive, nl: Ontvangen, de: Wareneingang, fr: Réception }
    icon: truck
    action: goodsReceipt
    document: purchaseOrder
    stations: ['dock-*']
    steps:
      - ask: document
      - ask: item
      - ask: batch
        when: item.tracking == "batch"
      - ask: expiry
        when: item.tracking == "batch" && item.hasExpiry
      - ask: serial
        when: item.tracking == "serial"
        each: quantity
      - ask: quantity
        default: line.open
      - ask: location
        when: warehouse.usesLocations
        suggest: item.defaultLocation
      - confirm: line
      - repeat: item
    posting: { when: document-complete }
`;

/** `more` than the order needs the badge of a supervisor. */
export function receiveWorkflow(more = false): CompiledWorkflow {
  const asks = FILE.replace('line.open\n', 'line.open\n        over: { role: supervisor }\n');
  const { workflows, diagnostics } = compile(
    more ? `${ROLES}${asks}` : FILE,
    (text) => `r${text.length}`,
  );
  const [workflow] = workflows;
  if (workflow === undefined) throw new Error(JSON.stringify(diagnostics));
  return workflow;
}

const uuid = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

export const BOLT: ItemView = {
  id: uuid(1),
  code: 'BOLT',
  name: 'Bolt M8',
  unit: 'pc',
  tracking: 'none',
  hasExpiry: false,
  fractions: false,
  packs: [],
  defaultLocations: {},
};

export const ORDER: OrderView = {
  kind: 'purchaseOrder',
  id: uuid(10),
  number: '4500123',
  partnerName: 'Van Dijk',
  partnerCode: 'VD',
  warehouse: { id: uuid(30), code: '1', name: 'Rotterdam', usesLocations: false },
  expectedDate: '2026-11-22',
  seq: 0,
  lines: [{ id: uuid(20), lineNumber: 1, item: BOLT, ordered: 10, done: 0, pending: 0 }],
};

export const ORDER_ROW: ReplicaRow = {
  kind: 'order',
  id: ORDER.id,
  version: 2,
  keys: ['code:4500123'],
  body: ORDER,
};

export class TestClock implements Clock {
  now = Date.UTC(2026, 10, 22, 9);
  nowMs(): number {
    return this.now;
  }
}

export const random = {
  bytes: (count: number) => crypto.getRandomValues(new Uint8Array(count)),
};

function raw(text: string): RawScan {
  const bytes = new TextEncoder().encode(text);
  return { bytes, text, device: 'test', startedMs: 0, endedMs: 1 };
}

/** A scan of the bolt's item code. */
export function boltScan(): Scan {
  return { raw: raw('BOLT'), symbology: 'plain', elements: [], candidates: [{ item: BOLT }] };
}

/** A station's parts over the database `name`, as after a page load. */
export interface World {
  readonly db: StationDb;
  readonly queue: Queue;
  readonly replica: Replica;
  readonly session: Session;
  readonly tapes: Tapes;
  readonly photos: Photos;
  readonly shown: { readonly running: Running; readonly signal: Signal }[];
  readonly clock: TestClock;
}

/** Loads a page: opens the database, reads queue and replica, takes up the dialogue or begins one. */
export async function loadPage(name: string): Promise<World> {
  const clock = new TestClock();
  const opened = await openStationDb(name, () => undefined);
  if (!opened.ok) throw new Error(opened.fault.code);
  const db = opened.value;
  await ensureIdentity(db, undefined, 'dock-1', { clock, random });
  const queue = new Queue(db, { clock, random });
  const replica = new Replica(db);
  await queue.load();
  await replica.load();
  const shown: World['shown'] = [];
  const overlaid = (order: OrderView) => overlay(order, queue.rows);
  const ordersWith = () => replica.openOrders(overlaid);
  const tapes = new Tapes(db);
  const photos = new Photos(db, clock);
  const operator = () => undefined;
  const ports = { clock, random, runtime: RUNTIME, overlaid, ordersWith, tapes, photos, operator };
  const session = new Session(db, queue, ports, (running, signal) => {
    shown.push({ running, signal });
  });
  const restored = await session.restore();
  if (restored.ok && restored.value !== 'restored') await session.start(receiveWorkflow());
  return { db, queue, replica, tapes, photos, session, shown, clock };
}

/** Opens the order and takes in `quantity` bolts: the last event makes the command. */
export async function receiveBolts(world: World, quantity: number) {
  const inOrder = world.session.running?.screen.document !== undefined;
  if (!inOrder) await world.session.handle({ type: 'open', order: ORDER });
  await world.session.handle({ type: 'scan', scan: boltScan() });
  return world.session.handle({ type: 'enter', fact: 'quantity', value: String(quantity) });
}
