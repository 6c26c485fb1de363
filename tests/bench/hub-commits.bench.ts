// P-06 and P-07: durable commands a second without a wire: the hub's writer and journal on a real
// file, in this process. One at a time against bare write + fdatasync on the same file system; and
// with many waiting, which one commit then takes together.

import { join } from 'node:path';
import type { Command, CommandPayload, SessionId, StationId } from '../../src/lib/domain/index.ts';
import { folder } from '../torture/support/disk.ts';
import { command, id, order, plain } from '../torture/support/goods.ts';
import { startHub } from '../torture/support/hub.ts';
import type { TestHub } from '../torture/support/hub.ts';
import type { Measure, Plan } from './measure.ts';
import { perSecond } from './parts/pace.ts';
import { RawLog } from './parts/raw-log.ts';
import { compare, PAIRS_MIN } from './statistics.ts';

const WAITING = 64;
/** A document of a warehouse has some hundreds of lines taken in, never tens of thousands. */
const COMMANDS_PER_DOCUMENT = 256;

/** The next command of one station: receives, and takes it back with the one after. */
function makeCommands(documents: number): () => Command {
  let made = 0;
  return () => {
    made += 1;
    const document = id('d', 1 + (Math.ceil(made / COMMANDS_PER_DOCUMENT) % documents));
    const payload: CommandPayload =
      made % 2 === 1
        ? plain(1, { document })
        : { type: 'line.undo', document, target: id('c', made - 1) };
    const who = { station: id<StationId>('a', 1), session: id<SessionId>('a', 101) };
    return command(made, payload, who);
  };
}

async function accept(hub: TestHub, one: Command): Promise<void> {
  const verdict = await hub.writer.submit(one);
  if (verdict.kind !== 'accepted') throw new Error(`${verdict.kind}: ${verdict.fault.code}`);
}

interface Rates {
  readonly raw: number;
  readonly single: number;
  readonly together: number;
}

async function takeRates(
  log: RawLog,
  hub: TestHub,
  next: () => Command,
  count: number,
): Promise<Rates> {
  const first = next();
  await accept(hub, first);
  const bytes = Buffer.from(JSON.stringify(first));
  let startMs = performance.now();
  for (let done = 0; done < count; done += 1) log.write(bytes);
  const raw = perSecond(count, startMs);
  startMs = performance.now();
  for (let done = 0; done < count; done += 1) await accept(hub, next());
  const single = perSecond(count, startMs);
  const many = count * 4;
  startMs = performance.now();
  const hands = Array.from({ length: WAITING }, async () => {
    for (let done = 0; done < many / WAITING; done += 1) await accept(hub, next());
  });
  await Promise.all(hands);
  return { raw, single, together: perSecond(many, startMs) };
}

/** Opens a journal of its own, and takes it away again. */
export async function hubCommits(plan: Plan): Promise<Measure[]> {
  const { path, clean } = folder();
  const count = plan.commitsPerBlock;
  const documents = Math.ceil(((PAIRS_MIN + 1) * (5 * count + 1)) / COMMANDS_PER_DOCUMENT) + 1;
  const orders = Array.from({ length: documents }, (_, at) => order({ id: id('d', 1 + at) }));
  const hub = await startHub(join(path, 'hub.db'), orders);
  const log = new RawLog(join(path, 'raw'));
  const next = makeCommands(documents);
  try {
    await takeRates(log, hub, next, count);
    const rates: Rates[] = [];
    while (rates.length < PAIRS_MIN) rates.push(await takeRates(log, hub, next, count));
    return measuresOf(rates, count);
  } finally {
    log.close();
    await hub.stop();
    clean();
  }
}

function measuresOf(rates: readonly Rates[], count: number): Measure[] {
  const unit = 'commands/s';
  return [
    {
      ...{ name: 'P-06', says: 'durable commands, one at a time / raw write + fdatasync', unit },
      n: rates.length * count,
      comparison: compare(rates.map(({ raw, single }) => ({ limit: raw, ours: single }))),
      target: { kind: 'least', figure: 0.4 },
    },
    {
      ...{ name: 'P-07', says: `durable commands, ${WAITING} waiting / one at a time`, unit },
      n: rates.length * count * 4,
      comparison: compare(rates.map(({ single, together }) => ({ limit: single, ours: together }))),
      target: { kind: 'least', figure: 5 },
    },
  ];
}
