// Who lives here: the ways by which stations reach the rooms of the hub: by their sockets, and by HTTP
// for what is too large for a message.

import type { CommandId, LookQuestion } from '../../domain/index.ts';
import type { HubSockets } from '../hub/index.ts';
import { PhotoDoor } from '../photos/index.ts';
import type { Photos } from '../photos/index.ts';
import type { Projection } from '../projection/index.ts';
import type { TapeMessage } from '../../protocol/index.ts';
import type { Store } from '../store/index.ts';
import type { Tapes } from '../tapes/index.ts';
import type { WorkflowFile } from '../workflow-file/index.ts';
import type { Logger } from './log.ts';
import { lookUp } from './look-desk.ts';
import { lying } from './look-stock.ts';
import type { Master } from './master.ts';
import type { States } from './states.ts';

interface Behind {
  readonly store: Store;
  readonly master: Master;
  readonly projection: Projection;
  readonly workflows: WorkflowFile;
  readonly states: States;
  readonly tapes: Tapes;
}

/** What stations ask of the rooms behind the sockets. */
export function portsOf({ store, master, projection, workflows, states, tapes }: Behind) {
  return {
    replicaPage: (after: number) => projection.page(after),
    replicaVersion: () => projection.version,
    look: (ask: LookQuestion) => lookUp(ask, master, (about) => lying(store.db, about)),
    workflowSet: () => workflows.set.workflowSet,
    workflows: () => workflows.set,
    statesOf: (ids: readonly CommandId[]) => states.of(ids),
    tape: (tape: TapeMessage) => tapes.take(tape),
  };
}

interface ForPhotos {
  readonly photos: Photos;
  readonly sockets: Pick<HubSockets, 'stations'>;
  readonly log: Logger;
}

/** Where stations that are connected bring photos; whatever is refused stands in the log. */
export function photoDoor({ photos, sockets, log }: ForPhotos): PhotoDoor {
  return new PhotoDoor(
    photos,
    () => sockets.stations(),
    (status, station) => log.warn({ status, station }, 'photo'),
  );
}
