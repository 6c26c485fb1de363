// Who lives here: how the ledger hears of Exact's orders. The mirror says which records changed;
// every order that may look different now is read again and told to the ledger's world, between
// two commits. What stations keep of them is made anew afterwards.

import { LIMITS } from '../../domain/index.ts';
import type { Clock, ExactOrderKind, Scheduler } from '../../domain/index.ts';
import { withOrder, withoutOrder, withUnread } from '../../ledger/index.ts';
import type { MirrorOrder, World } from '../../ledger/index.ts';
import type { EntityName } from '../exact/index.ts';
import type { Writer } from '../hub/index.ts';
import type { Projection } from '../projection/index.ts';
import { ORDER_KINDS, SHOWN_IN, STOCK_IN } from './master.ts';
import type { Master } from './master.ts';
import { StockNews } from './stock-news.ts';

export interface LearningParts {
  readonly master: Master;
  readonly writer: Writer;
  readonly projection: Projection;
  readonly clock: Clock;
  readonly later: Scheduler['after'];
  /** Something of Exact's changed, whatever it was. */
  readonly onChanged?: () => void;
  readonly onFailure: (what: EntityName | 'reach' | 'stock', error: unknown) => void;
}

/** The orders that rows of these lists are about: each row's subject is its order. */
const ORDERS_IN: Readonly<Partial<Record<EntityName, ExactOrderKind>>> = {
  PurchaseOrders: 'purchaseOrder',
  SalesOrderHeaders: 'salesOrder',
  SalesOrderLines: 'salesOrder',
  ShopOrders: 'shopOrder',
  ShopOrderMaterialPlans: 'shopOrder',
  MaterialIssues: 'shopOrder',
  MaterialReversals: 'shopOrder',
  ByProductReceipts: 'shopOrder',
  ByProductReversals: 'shopOrder',
};

export class Learning {
  readonly #parts: LearningParts;
  #done: Promise<void> = Promise.resolve();
  /** What changed and is not learnt yet, in the order it came; a failure leaves it here. */
  readonly #owed = new Map<EntityName, Set<string>>();
  readonly #stock: StockNews;
  #callOff: (() => void) | undefined;
  #closed = false;

  constructor(parts: LearningParts) {
    this.#parts = parts;
    const onFailure = (error: unknown) => parts.onFailure('stock', error);
    this.#stock = new StockNews({ ...parts, onFailure });
  }

  /** Everything that is open, and `documents` that were worked on, after a start. */
  async begin(documents: readonly string[]): Promise<void> {
    for (const kind of ORDER_KINDS) {
      const open = await this.#parts.master.openOrders(kind);
      await this.#learn(kind, [...new Set([...open, ...documents])]);
    }
    await this.#reach();
  }

  /** Other lists than before were read to their end; told in the order of the changes. */
  reached(): void {
    this.#stock.day();
    this.#done = this.#done
      .then(() => this.#catchUp())
      .then(() => this.#reach())
      .catch((error: unknown) => this.#failed('reach', error));
  }

  /** Exact's records changed; one change after the other, in the order they came. */
  changed(entity: EntityName, subjects: readonly string[]): void {
    this.#done = this.#done.then(() => {
      const owed = this.#owed.get(entity) ?? new Set();
      for (const subject of subjects) owed.add(subject);
      this.#owed.set(entity, owed);
      return this.#catchUp();
    });
  }

  /** Resolves when everything that was told is learnt, or was tried and will be again. */
  async settled(): Promise<void> {
    await this.#done;
    await this.#stock.told();
  }

  /** Nothing is tried again; a start learns everything anew. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#callOff?.();
    await this.#stock.close();
    await this.#done;
  }

  async #catchUp(): Promise<void> {
    for (const [entity, subjects] of this.#owed) {
      try {
        await this.#take(entity, [...subjects]);
        this.#owed.delete(entity);
        this.#parts.onChanged?.();
      } catch (error) {
        this.#failed(entity, error);
      }
    }
  }

  #failed(what: EntityName | 'reach', error: unknown): void {
    this.#parts.onFailure(what, error);
    if (this.#closed) return;
    this.#callOff?.();
    this.#callOff = this.#parts.later(LIMITS.projectionRetryMs, () => this.reached());
  }

  async #take(entity: EntityName, subjects: readonly string[]): Promise<void> {
    const { master, projection } = this.#parts;
    if (STOCK_IN.has(entity)) return this.#stock.moved(subjects);
    const row = SHOWN_IN[entity];
    if (row !== undefined) {
      master.forget(row, subjects);
      projection.touch(row, subjects);
    }
    const own = ORDERS_IN[entity];
    if (own !== undefined) return this.#learn(own, subjects);
    if (row === 'location') return this.#stock.everywhere();
    if (row !== 'item' && row !== 'warehouse') return;
    for (const kind of ORDER_KINDS) {
      const orders =
        row === 'item' ? await master.ordersWith(kind, subjects) : await master.openOrders(kind);
      await this.#learn(kind, orders);
    }
  }

  async #reach(): Promise<void> {
    const unread = await this.#parts.master.unread();
    // Nobody refuses goods for an order that was read and is not learnt (I-01).
    const owes = this.#owed.size > 0;
    await this.#parts.writer.withWorld((world) =>
      withUnread(world, owes ? new Set([...world.unread, ...unread]) : unread),
    );
  }

  async #learn(kind: ExactOrderKind, ids: readonly string[]): Promise<void> {
    const { master, writer, projection, clock } = this.#parts;
    if (ids.length === 0) return;
    const asOfMs = clock.nowMs();
    if (kind === 'purchaseOrder') await master.warm('order', ids);
    const known = await Promise.all(
      ids.map(async (id) => ({ id, order: await master.ledgerOrder(kind, id, asOfMs) })),
    );
    await writer.withWorld((world) =>
      known.reduce((next, { id, order }) => told(next, kind, id, order), world),
    );
    projection.touch('order', ids);
  }
}

function told(
  world: World,
  kind: ExactOrderKind,
  id: string,
  order: MirrorOrder | undefined,
): World {
  const before = world.orders.get(id);
  // A document of another kind, or none at all, is not this list's to take away.
  if (order === undefined) return before?.kind === kind ? withoutOrder(world, id) : world;
  // Years of closed orders that nobody here has worked on are not held in memory.
  const worked = before !== undefined || world.documents.get(id) !== undefined;
  return order.open || worked ? withOrder(world, order) : world;
}
