// Who lives here: what the tests of postings share: finding an order line of a kind in the seed, and
// putting a posting for it into the outbox.

import type { Posting, PostingId, PostingOf, ReceiptLine } from '../../src/lib/domain/index.ts';
import type { MirrorItem, MirrorOrder, MirrorOrderLine } from '../../src/lib/server/exact/index.ts';
import type { PostingView } from '../../src/lib/server/outbox/index.ts';
import { Goods } from './posting-goods.ts';
import type { FirstKind, Place, Tracking } from './posting-goods.ts';
import { commit, commitPosting, freshName, makeWorld, pumpUntil } from './world.ts';
import type { World } from './world.ts';

export const SETTLE_MS = 5 * 60_000;

export interface Open {
  readonly order: MirrorOrder;
  readonly line: MirrorOrderLine;
  readonly item: MirrorItem;
}

/** Tables of the simulator, and the field by which a document of ours is known there. */
const STANDS_IN: Readonly<Record<Posting['kind'], { table: string; field: string }>> = {
  goodsReceipt: { table: 'GoodsReceipts', field: 'Description' },
  goodsDelivery: { table: 'GoodsDeliveries', field: 'Description' },
  stockCount: { table: 'StockCounts', field: 'Description' },
  warehouseTransfer: { table: 'WarehouseTransfers', field: 'Description' },
  locationTransfer: { table: 'WarehouseTransfers', field: 'Description' },
  materialIssue: { table: 'MaterialIssues', field: 'Note' },
  materialSubstitution: { table: 'MaterialIssues', field: 'Note' },
  materialReturn: { table: 'MaterialReversals', field: 'Note' },
  shopOrderReceipt: { table: 'ShopOrderReceipts', field: 'ShopOrder' },
  byProductReceipt: { table: 'ByProductReceipts', field: 'ShopOrder' },
  purchaseReturn: { table: 'PurchaseReturns', field: 'Description' },
  materialReversal: { table: 'MaterialReversals', field: 'Note' },
  shopOrderReversal: { table: 'ShopOrderReversals', field: 'Note' },
  byProductReversal: { table: 'ByProductReversals', field: 'Note' },
};

export class PostingKit {
  readonly world: World;
  readonly goods: Goods;

  private constructor(world: World) {
    this.world = world;
    this.goods = new Goods(world);
  }

  /** A connected hub with a full mirror. */
  static async make(): Promise<PostingKit> {
    const world = await makeWorld();
    await world.connect();
    await world.hub.mirror.round();
    // The mirror has used up a minute of calls; these tests are about postings.
    world.time.advance(2 * 60_000);
    return new PostingKit(world);
  }

  /** A posting of any first kind that Exact will take, in the outbox. */
  async put(
    kind: FirstKind,
    tracking: Tracking = 'plain',
    place: Place = 'location',
  ): Promise<Posting> {
    const head = { ...freshName(this.now()), document: '' };
    const own = { ...head, document: head.id };
    return this.commit(await this.goods.posting(kind, own, tracking, place));
  }

  /** Names that no posting has yet. */
  names(): Pick<Posting, 'id' | 'marker' | 'commands'> {
    return freshName(this.now());
  }

  async commit(posting: Posting): Promise<Posting> {
    return commit(this.world.hub, posting, this.now());
  }

  /** The hub dies after each of so many turns, and begins again. */
  async killedEachTurn(turns: number): Promise<void> {
    for (let turn = 0; turn < turns; turn += 1) {
      await this.world.hub.pump.step();
      // As a kill -9 leaves the row: the answer that was lost had not come yet.
      await this.world.hub.store.db
        .updateTable('posting')
        .set({ state: 'sending' })
        .where('state', '=', 'in-doubt')
        .execute();
      await this.world.restart();
    }
  }

  /** Lets the pump work for so long and says what became of this posting. */
  async after(posting: Posting, ms = 1000): Promise<PostingView> {
    await pumpUntil(this.world, this.now() + ms);
    const view = await this.stateOf(posting.id);
    if (view === null) throw new Error('the posting is gone');
    return view;
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

  post(open: Open, more: Partial<ReceiptLine> = {}): Promise<PostingOf<'goodsReceipt'>> {
    const line = { orderLine: open.line.id, item: open.item.id, quantity: 1, ...more };
    return commitPosting(this.world.hub, open.order.id, [line], this.now());
  }

  stateOf(id: PostingId): Promise<PostingView | null> {
    return this.world.hub.pump.status(id);
  }

  /** What stands in the simulator for this posting, drafts of counts included. */
  documents(posting: Posting): readonly Record<string, unknown>[] {
    const { table, field } = STANDS_IN[posting.kind];
    const value = field === 'ShopOrder' ? posting.document : posting.marker;
    return this.sql(`SELECT * FROM "${table}" WHERE "${field}" = ?`, value);
  }

  /** Draft numbers that no transaction has used. */
  drafts(): readonly Record<string, unknown>[] {
    return this.sql('SELECT * FROM "StockSerialBatchNumbers" WHERE "IsDraft" = 1');
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
