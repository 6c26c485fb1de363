// P-05: from a command on the wire to the hub's durable word, against the least that this can cost:
// the same bytes over a bare WebSocket to another process, one write with fdatasync on the same file
// system, and back. One connection on either side, a schedule of its own for every operation.
//
// The hub lets one station send LIMITS.stationMessagesBurst messages at once and only some a second
// after that. So each sub-block is sent by a station of its own, which uses up one burst and goes.

import { join } from 'node:path';
import { LIMITS } from '../../src/lib/domain/index.ts';
import type { Command, OrderView } from '../../src/lib/domain/index.ts';
import type { Product } from '../support/product.ts';
import type { Measure, Plan } from './measure.ts';
import { onSchedule } from './parts/pace.ts';
import { startProgram } from './parts/program.ts';
import { connectRaw } from './parts/raw-socket.ts';
import { BenchStation } from './parts/station.ts';
import { compare, P99_OPERATIONS_MIN, PAIRS_MIN, quantile } from './statistics.ts';

const COMMANDS = LIMITS.stationMessagesBurst;
/** Some three hundred a second: a tenth of what the hub can do, so no queue builds by itself. */
const EVERY_MS = 3;
/** With twenty stations on a LAN; the contract with people. */
const GUARD_P99_MS = 10;
const TARGETS = { p50: 3, p99: 4 } as const;

interface Block {
  readonly limit: number[];
  readonly ours: number[];
}

/** One receives, the next takes it back: the orders never fill up. */
function commandsFor(station: BenchStation, orders: readonly OrderView[], nth: number): Command[] {
  const order = orders[nth % orders.length];
  const line = order?.lines[nth % order.lines.length];
  if (order === undefined || line === undefined) throw new Error('no line to receive on');
  const commands: Command[] = [];
  while (commands.length < COMMANDS) {
    const received = station.make({
      ...{ type: 'receive.line', document: order.id, line: line.id, item: line.item.id },
      ...{ quantity: 1, tolerance: 0.1, posting: 'document-complete' },
    });
    commands.push(received);
    commands.push(station.make({ type: 'line.undo', document: order.id, target: received.id }));
  }
  return commands;
}

/** The limit's end here: sends bytes, and answers when they came back. */
async function openEcho(url: string) {
  const socket = await connectRaw(url);
  const waiting: (() => void)[] = [];
  socket.on('message', () => waiting.shift()?.());
  return {
    send: (bytes: Uint8Array) =>
      new Promise<void>((resolve) => {
        waiting.push(resolve);
        socket.send(bytes);
      }),
    close: () => {
      socket.close();
    },
  };
}

/** Sub-blocks in turn: the limit, then ours with the same bytes on a connection as new. */
async function takePair(
  urls: { hub: string; echo: string },
  orders: readonly OrderView[],
  stations: readonly number[],
): Promise<Block> {
  const block: Block = { limit: [], ours: [] };
  for (const nth of stations) {
    const station = await BenchStation.open(urls.hub);
    const commands = commandsFor(station, orders, nth);
    const bytes = commands.map((command) => Buffer.from(JSON.stringify(command)));
    const echo = await openEcho(urls.echo);
    const onWire = async (index: number) => echo.send(bytes[index] ?? Buffer.alloc(0));
    block.limit.push(...(await onSchedule(COMMANDS, EVERY_MS, onWire)));
    echo.close();
    const asked = async (index: number): Promise<void> => {
      const command = commands[index];
      if (command !== undefined) await station.send(command);
    };
    block.ours.push(...(await onSchedule(COMMANDS, EVERY_MS, asked)));
    station.close();
  }
  return block;
}

function measureOf(blocks: readonly Block[], name: 'p50' | 'p99'): Measure {
  const q = name === 'p50' ? 0.5 : 0.99;
  const all = blocks.flatMap(({ ours }) => ours);
  const found = quantile(all, 0.99);
  return {
    name: `P-05 ${name}`,
    says: 'hub verdict / raw echo + fdatasync',
    unit: 'ms',
    n: all.length,
    comparison: compare(
      blocks.map(({ limit, ours }) => ({ limit: quantile(limit, q), ours: quantile(ours, q) })),
    ),
    target: { kind: 'most', figure: TARGETS[name] },
    ...(name === 'p50'
      ? {
          notes: {
            rate: `one each ${EVERY_MS} ms`,
            stations: `in turn, ${COMMANDS} commands each`,
          },
        }
      : { guards: [{ says: `p99 ≤ ${GUARD_P99_MS} ms`, found, most: GUARD_P99_MS }] }),
  };
}

/**
 * p50 always; p99 where a block has enough operations to know it.
 * `orders` have lines of plain goods with plenty to come, in a warehouse without locations.
 */
export async function hubVerdict(
  product: Product,
  orders: readonly OrderView[],
  plan: Plan,
): Promise<Measure[]> {
  const program = join(import.meta.dirname, 'parts/echo.ts');
  const file = join(product.dataDir, 'echo.raw');
  const echo = await startProgram(['--import', 'tsx', program, file], /^echo on \d+$/);
  const port = echo.said.replace(/\D/g, '');
  const urls = { hub: product.url, echo: `ws://127.0.0.1:${port}` };
  try {
    await takePair(urls, orders, [0]); // Warms both ends up; thrown away.
    const blocks: Block[] = [];
    for (let pair = 0; pair < PAIRS_MIN; pair += 1) {
      const first = 1 + pair * plan.stationsPerPair;
      const stations = Array.from({ length: plan.stationsPerPair }, (_, at) => first + at);
      blocks.push(await takePair(urls, orders, stations));
    }
    const isEnough = plan.stationsPerPair * COMMANDS >= P99_OPERATIONS_MIN;
    return [measureOf(blocks, 'p50'), ...(isEnough ? [measureOf(blocks, 'p99')] : [])];
  } finally {
    await echo.stop();
  }
}
