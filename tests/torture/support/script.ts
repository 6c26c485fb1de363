// What every station does, for ever, as a function of its number and the command's: so that the
// process that is killed and the one that looks afterwards know the same commands.

import type { Command, SessionId, StationId } from '../../../src/lib/domain/index.ts';
import type { MirrorOrder } from '../../../src/lib/ledger/index.ts';
import { batch, command, finish, id, order, plain, undo } from './goods.ts';

export const STATIONS = 4;
/** So many documents that none of them grows without end. */
const DOCUMENTS = 50;
const PER_STATION = 1_000_000;

export function ordersOf(): readonly MirrorOrder[] {
  return Array.from({ length: DOCUMENTS }, (_, at) => ({
    ...order({ lines: order().lines.map((line) => ({ ...line, ordered: 1e6 })) }),
    id: id('d', at + 1),
  }));
}

/** Lines at once and later, an undo, a refusal, a finish: again and again. */
export function scriptOf(station: number, number: number): Command {
  const document = id('d', 1 + (Math.floor(number / 6) % DOCUMENTS)) as string;
  const base = (station + 1) * PER_STATION;
  const previous = { ...undo(base + number - 1), document };
  const payloads: Command['payload'][] = [
    plain(1, { document, posting: 'line-complete' }),
    plain(2, { document }),
    batch(1, { document }),
    previous,
    plain(1, { document, item: document }),
    { ...finish(), document },
  ];
  return command(base + number, payloads[number % payloads.length] ?? finish(), {
    station: id<StationId>('a', station + 1),
    session: id<SessionId>('a', 100 + station),
    stationSeq: number,
  });
}
