// Who lives here: how the rows that stations keep are made: from the mirror, the people and what the
// ledger knows of the work on them.

import { heldBy, progress, returnable, toPack, totesIn } from '../../ledger/index.ts';
import type { HubSockets, Writer } from '../hub/index.ts';
import type { People } from '../people/index.ts';
import { Projection } from '../projection/index.ts';
import type { Store } from '../store/index.ts';
import type { CompiledWorkflow } from '../../workflows/index.ts';
import { withCrew } from './crew.ts';
import { withLoads } from './loads.ts';
import { Refills, withRefills } from './refills.ts';
import { wordsOf } from './log.ts';
import type { Logger } from './log.ts';
import type { Master } from './master.ts';
import { systemClock, systemScheduler } from './shells.ts';

interface Projecting {
  readonly store: Store;
  readonly master: Master;
  readonly people: People;
  readonly writer: Writer;
  readonly log: Logger;
  readonly refills: Refills;
}

/** Whoever tells stations that something changed; not there yet when the rows are opened. */
interface Told {
  readonly sockets?: Pick<HubSockets, 'changed'>;
}

/** Every row that stations keep, made from the mirror and the ledger. */
export function openProjection(parts: Projecting, told: Told): Promise<Projection> {
  const { store, master, people, writer, log, refills } = parts;
  const goods = withLoads(withCrew(master, people), () => writer.world());
  return Projection.open({
    ...{ store, source: withRefills(goods, refills) },
    ledger: {
      progress: (id) => ({ seq: writer.world().seq, lines: progress(writer.world(), id) }),
      held: (need) => heldBy(writer.world(), need, systemClock.nowMs()),
      returnable: (id) => returnable(writer.world(), id),
      totes: (id) => totesIn(writer.world(), id),
      toPack: (id) => toPack(writer.world(), id),
    },
    onChanged: () => told.sockets?.changed(),
    onFailure: (error) => log.error({ words: wordsOf(error) }, 'projection'),
    later: (delayMs, work) => systemScheduler.after(delayMs, work),
  });
}

/** Rooms that are opened later than what speaks to them. */
interface Later {
  readonly projection?: Pick<Projection, 'touch'>;
  readonly workflows?: {
    readonly inForce: readonly Pick<CompiledWorkflow, 'action'>[];
  };
}

/** What pick places need, for as long as some work in force asks for it. */
export function openRefills({
  master,
  writer,
  log,
  late,
}: Pick<Projecting, 'master' | 'writer' | 'log'> & { readonly late: Later }): Refills {
  return new Refills({
    ...{ source: master, clock: systemClock, world: () => writer.world() },
    later: (delayMs, work) => systemScheduler.after(delayMs, work),
    withWorld: (change) => writer.withWorld(change),
    touch: (lists) => late.projection?.touch('order', lists),
    asked: () => (late.workflows?.inForce ?? []).some(({ action }) => action === 'replenish'),
    onFailure: (error) => log.error({ words: wordsOf(error) }, 'needs'),
  });
}
