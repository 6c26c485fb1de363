// A hub as the composition root would put it together, on a real file, without Exact and without
// sockets: what a process needs that is started hundreds of times.

import { withOrder } from '../../../src/lib/ledger/index.ts';
import type { MirrorOrder } from '../../../src/lib/ledger/index.ts';
import type { HubAlarm } from '../../../src/lib/server/hub/index.ts';
import { startWriter } from '../../../src/lib/server/hub/writer.ts';
import { openJournal } from '../../../src/lib/server/journal/index.ts';
import type { JournalStore } from '../../../src/lib/server/journal/index.ts';
import type { StatementWatch } from '../../../src/lib/server/store/index.ts';
import { clock, openAt, random } from './disk.ts';

export async function startHub(
  file: string,
  orders: readonly MirrorOrder[],
  watch?: StatementWatch,
  spoil: (journal: JournalStore) => JournalStore = (journal) => journal,
) {
  const store = await openAt(file, watch);
  const journal = spoil(openJournal(store));
  const alarms: HubAlarm[] = [];
  const report = (alarm: HubAlarm) => alarms.push(alarm);
  const writer = await startWriter({ journal, clock, random, report });
  await writer.withWorld((world) => orders.reduce(withOrder, world));
  return {
    store,
    journal,
    writer,
    alarms,
    stop: async () => {
      await writer.close();
      await store.close();
    },
  };
}

export type TestHub = Awaited<ReturnType<typeof startHub>>;
