// P-05: from a command on the wire to the hub's durable word, against the least that this can cost:
// the same bytes over a bare WebSocket to another process, one write with fdatasync on the same file
// system, and back. One connection on either side, a schedule of its own for every operation.
//
// The hub lets one station send LIMITS.stationMessagesBurst messages at once and only some a second
// after that. So each sub-block is sent by a station of its own, which uses up one burst and goes.

import { join } from 'node:path';
import { LIMITS } from '../../src/lib/domain/index.ts';
import type { Command, CommandPayload, OrderView } from '../../src/lib/domain/index.ts';
import type { Product } from '../support/product.ts';
import type { Measure, Plan } from './measure.ts';
import { onSchedule } from './parts/pace.ts';
import { startProgram } from './parts/program.ts';
import { connectRaw } from './parts/raw-socket.ts';
import type { RawSocket } from './parts/raw-socket.ts';
import { BenchStation } from './parts/station.ts';
import { compare, P99_OPERATIONS_MIN, PAIRS_MIN, quantile } from './statistics.ts';

const COMMANDS = LIMITS.stationMessagesBurst;
/** Five hundred a second: a tenth of what the hub can do, so no queue builds by itself. */
const EVERY_MS = 2;
/** LAN p99 with twenty stations: the contract with people (performance.md, P-05). */
const GUARD_P99_MS = 10;

/** One receives, the next takes it back: the order never fills up. */
function payloads(orders: readonly OrderView[], nth: number): () => (last?: Command) => CommandPayload {
  let made = 0;
  return () => (last) => {
    const order = orders[(nth * COMMANDS + made) % orders.length];
    const line = order?.lines[made % order.lines.length];
    if (order === undefined || line === undefined) throw new Error('no order to receive on');
    made += 1;
    if (last?.payload.type === 'receive.line') {
      return { type: 'line.undo', document: last.payload.document, target: last.id };
    }
    return {
      ...{ type: 'receive.line', document: order.id, line: line.id, item: line.item.id },
      ...{ quantity: 1, tolerance: 0.1, posting: 'document-complete' },
    };
  };
}

async function askHub(url: string, orders: readonly OrderView[], nth: number): Promise<number[]> {
  const station = await BenchStation.open(url);
  const next = payloads(orders, nth);
  let last: Command | undefined;
  const times = await onSchedule(COMMANDS, EVERY_MS, async () => {
    last = station.make(next()(last));
    await station.send(last);
  });
  station.close();
  return times;
}
