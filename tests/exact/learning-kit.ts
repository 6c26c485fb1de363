// Who lives here: the rooms of the house between the mirror and a verdict, for the tests of what the
// ledger learns.

import { expect } from 'vitest';
import { progress, withUnread } from '../../src/lib/ledger/index.ts';
import { startWriter } from '../../src/lib/server/hub/index.ts';
import type { Writer } from '../../src/lib/server/hub/index.ts';
import { Learning } from '../../src/lib/server/house/learning.ts';
import { withCrew } from '../../src/lib/server/house/crew.ts';
import { Master, ORDER_KINDS } from '../../src/lib/server/house/master.ts';
import { People } from '../../src/lib/server/people/index.ts';
import { stockPlaces } from '../../src/lib/server/house/stock-places.ts';
import { openJournal } from '../../src/lib/server/journal/index.ts';
import { Projection } from '../../src/lib/server/projection/index.ts';
import { random } from '../torture/support/disk.ts';
import type { World } from './world.ts';

/** The rooms of the house between the mirror and a verdict, wired as the house does it. */
export class Hub {
  private constructor(
    readonly writer: Writer,
    readonly learning: Learning,
    readonly projection: Projection,
    readonly failures: unknown[],
  ) {}

  static async open({ hub, time }: World): Promise<Hub> {
    const failures: unknown[] = [];
    const journal = openJournal(hub.store);
    const report = (alarm: unknown) => failures.push(alarm);
    const writer = await startWriter({ journal, clock: time, random, report });
    await writer.withWorld((world) => withUnread(world, new Set(ORDER_KINDS)));
    const master = new Master(hub.reader, {
      places: (items) => stockPlaces(hub.store.db, items),
      today: () => new Date(time.nowMs()).toISOString().slice(0, 10),
    });
    const people = await People.open({ store: hub.store, clock: time, random });
    const projection = await Projection.open({
      ...{ store: hub.store, source: withCrew(master, people) },
      ledger: {
        progress: (id) => ({ seq: writer.world().seq, lines: progress(writer.world(), id) }),
      },
      onChanged: () => undefined,
      onFailure: (error) => failures.push(error),
      later: (_delayMs, work) => {
        const soon = setImmediate(work);
        return () => clearImmediate(soon);
      },
    });
    const onFailure = (_list: string, error: unknown) => failures.push(error);
    const learning = new Learning({
      ...{ master, writer, projection, clock: time, onFailure },
      later: (delayMs, work) => time.after(delayMs, work),
    });
    hub.mirror.events.on('changed', (list, subjects) => learning.changed(list, subjects));
    hub.mirror.events.on('reach', () => learning.reached());
    await learning.begin([]);
    await projection.everything();
    return new Hub(writer, learning, projection, failures);
  }

  /** Everything that was told is learnt, and the stations' rows are made. */
  async settled(): Promise<void> {
    await this.learning.settled();
    await this.projection.flush();
    expect(this.failures).toEqual([]);
  }

  async close(): Promise<void> {
    await this.learning.close();
    await this.projection.close();
    await this.writer.close();
  }
}

/** A plain item's open line, and its order. */
export async function openLine(world: World) {
  for (const order of await world.hub.reader.openOrders()) {
    const items = await world.hub.reader.itemsById(order.lines.map((line) => line.itemId));
    const line = order.lines.find(({ itemId, ordered, received }) => {
      return items.get(itemId)?.tracking === 'none' && ordered > received;
    });
    if (line !== undefined && order.receiptStatus < 30) return { order: order.id, line };
  }
  throw new Error('the seeded company has an open line of a plain item');
}
