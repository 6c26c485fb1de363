// Who lives here: the nightly look around of a test's hub, on its virtual time.

import { openLog } from '../../src/lib/server/house/log.ts';
import { MarkerWatch } from '../../src/lib/server/house/marker-watch.ts';
import { PostingRows } from '../../src/lib/server/outbox/index.ts';
import type { PostingKit } from './posting-kit.ts';

export function watchOf({ world }: PostingKit): MarkerWatch {
  const { store, session, pump } = world.hub;
  return new MarkerWatch({
    ...{ client: session.client, db: store.db, rows: new PostingRows(store.db), pump },
    ...{ clock: world.time, scheduler: world.time },
    log: openLog(`${world.folder}/hub.log`, 'info'),
  });
}

/** A sweep waits when the minute is used up: time goes on until it is through. */
export async function sweepOf({ world }: PostingKit, watch: MarkerWatch) {
  const swept = watch.sweep();
  let through = false;
  void swept.finally(() => (through = true));
  while (!through) {
    world.time.advance(1000);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  return swept;
}
