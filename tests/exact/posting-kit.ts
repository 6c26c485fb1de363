// Who lives here: what the tests of postings share: finding an order line of a kind in the seed, and
// putting a posting for it into the outbox.

import type { PostingId } from '../../src/lib/domain/index.ts';
import type { GoodsReceiptPosting, ReceiptLine } from '../../src/lib/ledger/index.ts';
import type { MirrorItem, MirrorOrder, MirrorOrderLine } from '../../src/lib/server/exact/index.ts';
import type { PostingView } from '../../src/lib/server/outbox/index.ts';
import { commitPosting, makeWorld } from './world.ts';
import type { World } from './world.ts';

export const SETTLE_MS = 5 * 60_000;

export interface Open {
  readonly order: MirrorOrder;
  readonly line: MirrorOrderLine;
  readonly item: MirrorItem;
}

export class PostingKit {
  readonly world: World;

  private constructor(world: World) {
    this.world = world;
  }

  /** A connected hub with a full mirror. */
  static async make(): Promise<PostingKit> {
    const world = await makeWorld();
    await world.connect();
    await world.hub.mirror.round();
    return new PostingKit(world);
  }

  now(): number {
    return this.world.time.nowMs();
  }

  /** An open order line that fits. */
  async openLine(fits: (open: Open) => boolean): Promise<Open> {
    const { reader } = this.world.hub;
    const items = new Map((await reader.items()).map((item) => [item.id, item]));
    for (const order of await reader.openOrders()) {
      for (const line of order.lines) {
        const item = items.get(line.itemId);
        if (item === undefined || line.ordered <= line.received) continue;
        if (fits({ order, line, item })) return { order, line, item };
      }
    }
    throw new Error('the seed has no such order line');
  }

  /** A line of an item that is counted by quantity alone, with room for two. */
  plain(): Promise<Open> {
    return this.openLine(
      ({ item, line }) =>
        item.tracking === 'none' &&
        line.purchaseUnitFactor === 1 &&
        line.ordered - line.received >= 2,
    );
  }

  post(open: Open, more: Partial<ReceiptLine> = {}): Promise<GoodsReceiptPosting> {
    const line = { orderLine: open.line.id, item: open.item.id, quantity: 1, ...more };
    return commitPosting(this.world.hub, open.order.id, [line], this.now());
  }

  stateOf(id: PostingId): Promise<PostingView | null> {
    return this.world.hub.pump.status(id);
  }

  sql(query: string, ...values: string[]): readonly Record<string, unknown>[] {
    return this.world.sim.simulation.store.all(query, ...values);
  }

  /** For the next POST of a receipt. */
  receiptFault(kind: string, more: object = {}): Promise<unknown> {
    const match = { method: 'POST', path: 'purchaseorder/GoodsReceipts' };
    return this.world.control('faults', { kind, match, ...more });
  }
}
