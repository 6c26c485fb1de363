// Who lives here: how the rows that stations keep are made: from the mirror, the people and what the
// ledger knows of the work on them.

import { progress, returnable, toPack, totesIn } from '../../ledger/index.ts';
import type { HubSockets, Writer } from '../hub/index.ts';
import type { People } from '../people/index.ts';
import { Projection } from '../projection/index.ts';
import type { Store } from '../store/index.ts';
import { withCrew } from './crew.ts';
import { withLoads } from './loads.ts';
import { wordsOf } from './log.ts';
import type { Logger } from './log.ts';
import type { Master } from './master.ts';
import { systemScheduler } from './shells.ts';

interface Projecting {
  readonly store: Store;
  readonly master: Master;
  readonly people: People;
  readonly writer: Writer;
  readonly log: Logger;
}

/** Whoever tells stations that something changed; not there yet when the rows are opened. */
interface Told {
  readonly sockets?: Pick<HubSockets, 'changed'>;
}

/** Every row that stations keep, made from the mirror and the ledger. */
export function openProjection(parts: Projecting, told: Told): Promise<Projection> {
  const { store, master, people, writer, log } = parts;
  return Projection.open({
    ...{ store, source: withLoads(withCrew(master, people), () => writer.world()) },
    ledger: {
      progress: (id) => ({ seq: writer.world().seq, lines: progress(writer.world(), id) }),
      returnable: (id) => returnable(writer.world(), id),
      totes: (id) => totesIn(writer.world(), id),
      toPack: (id) => toPack(writer.world(), id),
    },
    onChanged: () => told.sockets?.changed(),
    onFailure: (error) => log.error({ words: wordsOf(error) }, 'projection'),
    later: (delayMs, work) => systemScheduler.after(delayMs, work),
  });
}
