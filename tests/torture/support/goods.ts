// Goods for tests of the hub: one order with a plain, a batch and a serial item, commands about it,
// and names that count 1, 2, 3 … so that a failing test reads like a story.

import type {
  Command,
  CommandId,
  CommandPayload,
  FinishDocument,
  Id,
  Marker,
  PostingId,
  ReceiveLine,
  Revision,
  SessionId,
  StationId,
} from '../../../src/lib/domain/index.ts';
import { emptyWorld, withOrder } from '../../../src/lib/ledger/index.ts';
import type { DecisionContext, MirrorOrder, World } from '../../../src/lib/ledger/index.ts';

/** An id that says what it names: `id('c', 7)` ends in `c7` as hexadecimal digits. */
export function id<T extends Id<string>>(kind: 'a' | 'b' | 'c' | 'd' | 'e' | 'f', n: number): T {
  return `00000000-0000-7000-8000-${kind}${n.toString(16).padStart(11, '0')}` as T;
}

export const ORDER: string = id('d', 1);
export const PLAIN = { line: id<Id<'line'>>('e', 1), item: id<Id<'item'>>('f', 1) };
export const BATCH = { line: id<Id<'line'>>('e', 2), item: id<Id<'item'>>('f', 2) };
export const SERIAL = { line: id<Id<'line'>>('e', 3), item: id<Id<'item'>>('f', 3) };
export const PLACE: string = id('f', 99);
export const OTHER_PLACE: string = id('f', 98);

export const T0 = Date.UTC(2026, 10, 22, 8);

/** Ten plain, ten in batches with expiry, four serials; a warehouse with locations. */
export function order(changes: Partial<MirrorOrder> = {}): MirrorOrder {
  const line = { open: true, unit: 'pc', doneInExact: 0, hasExpiry: false };
  return {
    id: ORDER,
    kind: 'purchaseOrder',
    open: true,
    usesLocations: true,
    lines: [
      { ...line, id: PLAIN.line, item: PLAIN.item, tracking: 'none', ordered: 10 },
      {
        ...line,
        id: BATCH.line,
        item: BATCH.item,
        tracking: 'batch',
        hasExpiry: true,
        ordered: 10,
      },
      { ...line, id: SERIAL.line, item: SERIAL.item, tracking: 'serial', ordered: 4 },
    ],
    ...changes,
  };
}

/** The same order with one line changed. */
export function orderWith(line: string, changes: Partial<MirrorOrder['lines'][number]>) {
  const lines = order().lines.map((known) =>
    known.id === line ? { ...known, ...changes } : known,
  );
  return order({ lines });
}

export function worldWith(...orders: MirrorOrder[]): World {
  return orders.reduce(withOrder, emptyWorld());
}

/** What the writer gives to a decision, with names that count. */
export function contextOf(world: World, nowMs: number = T0): DecisionContext {
  let made = 0;
  const newPosting = () => {
    made += 1;
    const number = world.seq * 100 + made;
    return { id: id<PostingId>('b', number), marker: `SD${number}` as Marker };
  };
  return { nowMs, nextSeq: world.seq + 1, bundle: false, newPosting };
}

type Part = Partial<Omit<Command, 'payload'>>;

export function command(n: number, payload: CommandPayload, part: Part = {}): Command {
  return {
    id: id<CommandId>('c', n),
    station: id<StationId>('a', 1),
    stationSeq: n,
    operator: 'Anna',
    session: id<SessionId>('a', 101),
    revision: 'r1' as Revision,
    madeAtMs: T0,
    payload,
    ...part,
  };
}

const RECEIVE = {
  type: 'receive.line',
  document: ORDER,
  location: PLACE,
  tolerance: 0,
  posting: 'document-complete',
} as const;

export function plain(quantity: number, changes: Partial<ReceiveLine> = {}): ReceiveLine {
  return { ...RECEIVE, ...PLAIN, quantity, ...changes };
}

export function batch(quantity: number, changes: Partial<ReceiveLine> = {}): ReceiveLine {
  return { ...RECEIVE, ...BATCH, quantity, batch: 'L1', expiry: '2027-02-28', ...changes };
}

export function serials(...numbers: string[]): ReceiveLine {
  return { ...RECEIVE, ...SERIAL, quantity: numbers.length, serials: numbers };
}

export function finish(linesLeftOpen = 0): FinishDocument {
  return { type: 'document.finish', document: ORDER, linesLeftOpen };
}

export function undo(n: number): CommandPayload {
  return { type: 'line.undo', document: ORDER, target: id<CommandId>('c', n) };
}
