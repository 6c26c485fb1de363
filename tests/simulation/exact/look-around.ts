// Who lives here: the nightly look around of a world in which time goes on only when nothing else does.

import { sweepMarkers } from '../../../src/lib/server/exact/index.ts';
import type { Swept } from '../../../src/lib/server/exact/index.ts';
import { partsIn, PostingRows } from '../../../src/lib/server/outbox/index.ts';
import type { World } from '../../exact/world.ts';

export async function lookAround(world: World): Promise<Swept> {
  const { store, session } = world.hub;
  const rows = new PostingRows(store.db);
  let through = false;
  const sweeping = sweepMarkers({
    ...{ client: session.client, clock: world.time, scheduler: world.time },
    ...{ signal: new AbortController().signal, held: (texts) => heldIn(rows, texts) },
    sentAgain: (kinds, sinceMs) => rows.sentAgain(kinds, sinceMs),
    known: (kind, ids) => rows.known(kind, ids),
  }).finally(() => (through = true));
  // It waits for the minute when the minute is used up: time goes on while nothing is under way.
  for (let calm = 0; !through; calm = world.wire.inFlight === 0 ? calm + 1 : 0) {
    if (calm > 20) world.time.advance(1_000);
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  return sweeping;
}

async function heldIn(rows: PostingRows, texts: readonly string[]) {
  return (await rows.marked(texts)).map((row) => ({ ...row, parts: partsIn(row) }));
}
