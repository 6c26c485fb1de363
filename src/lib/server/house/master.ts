// Who lives here: the mirror's records for the rooms that ask for them by id: the ledger (what is
// ordered) and the projection (what stations keep). What was asked lately is remembered, a few
// thousand of each kind; a record is read again when the mirror says that it changed.

import { LIMITS } from '../../domain/index.ts';
import type { LocationView, OrderKind, WarehouseView } from '../../domain/index.ts';
import type { MirrorLine, MirrorOrder as LedgerOrder } from '../../ledger/index.ts';
import type { MirrorItem, MirrorOrder, MirrorReader } from '../exact/index.ts';
import type { EntityName } from '../exact/index.ts';
import type { MasterSource, RowKind, SourceItem, SourceOrder } from '../projection/index.ts';
import { Remembered } from './remembered.ts';

const COMPLETE = 30;
const DELIVERED = 21;
const FINISHED = 30;

/** Which rows of the replica a list of Exact shows in; absent ones show in none yet. */
export const SHOWN_IN: Readonly<Partial<Record<EntityName, RowKind>>> = {
  Items: 'item',
  SalesItemPrices: 'item',
  SupplierItem: 'item',
  ItemWarehouses: 'item',
  Warehouses: 'warehouse',
  StorageLocations: 'location',
  PurchaseOrders: 'order',
};

/** The kinds of orders that the ledger books on, and the lists of Exact that hold them. */
export const ORDER_KINDS: readonly OrderKind[] = ['purchaseOrder', 'salesOrder', 'shopOrder'];
const HEADERS = {
  purchaseOrder: 'PurchaseOrders',
  salesOrder: 'SalesOrderHeaders',
  shopOrder: 'ShopOrders',
} as const;

/** What must have been read to its end before an order that is not here is none. */
const LISTS: Readonly<Record<OrderKind, readonly EntityName[]>> = {
  purchaseOrder: ['Warehouses', 'Items', 'PurchaseOrders'],
  salesOrder: ['Warehouses', 'Items', 'SalesOrderHeaders', 'SalesOrderLines'],
  shopOrder: ['Warehouses', 'Items', 'ShopOrders', 'ShopOrderMaterialPlans'],
};

/** Whether goods may come on an order: approved, delivered to us, not complete nor cancelled. */
function receivable(order: MirrorOrder): boolean {
  return order.approved && !order.dropShipment && order.receiptStatus < COMPLETE;
}

export class Master implements MasterSource {
  readonly #reader: MirrorReader;
  readonly #sets: {
    readonly item: Remembered<MirrorItem>;
    readonly warehouse: Remembered<WarehouseView>;
    readonly location: Remembered<LocationView>;
    readonly order: Remembered<MirrorOrder>;
  };

  constructor(reader: MirrorReader) {
    this.#reader = reader;
    const most = LIMITS.masterRemembered;
    this.#sets = {
      item: new Remembered((ids) => reader.itemsById(ids), most),
      warehouse: new Remembered((ids) => reader.warehousesById(ids), most),
      location: new Remembered((ids) => reader.locationsById(ids), most),
      order: new Remembered((ids) => reader.ordersById(ids), most),
    };
  }

  /** The next question about these reads the mirror again. */
  forget(kind: RowKind, ids: Iterable<string>): void {
    this.#sets[kind].forget(ids);
  }

  /** Reads these at once, with what they name, so that the questions that follow cost nothing. */
  async warm(kind: RowKind, ids: readonly string[]): Promise<void> {
    if (kind !== 'order') return this.#sets[kind].warm(ids);
    await this.#sets.order.warm(ids);
    const orders = await Promise.all(ids.map((id) => this.#sets.order.get(id)));
    const items = orders.flatMap((order) => order?.lines.map((line) => line.itemId) ?? []);
    await this.#sets.item.warm([...new Set(items)]);
  }

  async item(id: string): Promise<SourceItem | undefined> {
    const item = await this.#sets.item.get(id);
    if (item?.kept !== true) return undefined;
    const places = Object.entries(item.defaultLocations).map(([w, place]) => [w, place.id]);
    return { ...item, defaultLocations: Object.fromEntries(places) as Record<string, string> };
  }

  async warehouse(id: string) {
    const warehouse = await this.#sets.warehouse.get(id);
    if (warehouse === undefined) return undefined;
    const { defaultLocation, ...rest } = warehouse;
    return defaultLocation === undefined
      ? rest
      : { ...rest, defaultLocationId: defaultLocation.id };
  }

  location(id: string): Promise<LocationView | undefined> {
    return this.#sets.location.get(id);
  }

  /**
   * With the lines that can be worked on: those of items that are not here yet come when the items
   * do, and what is never in stock (freight, say) does not come at all.
   */
  async order(id: string): Promise<SourceOrder | undefined> {
    const order = await this.#sets.order.get(id);
    if (order === undefined) return undefined;
    const items = await Promise.all(order.lines.map((line) => this.#sets.item.get(line.itemId)));
    const lines = order.lines.filter((_, at) => items[at]?.kept === true);
    const workable = lines.length > 0 || order.lines.length === 0;
    return { ...order, lines, receivable: receivable(order) && workable };
  }

  /**
   * Kinds of orders of which the mirror has not read everything yet. A list that stands still until
   * a person does something is waited for no longer: one command for it would hold up its station.
   */
  async unread(): Promise<ReadonlySet<OrderKind>> {
    const unread = new Set<OrderKind>();
    for (const kind of ORDER_KINDS) {
      const awaited = await Promise.all(LISTS[kind].map((list) => this.#reader.awaited(list)));
      if (awaited.includes(true)) unread.add(kind);
    }
    return unread;
  }

  /** Up to `limit` ids after one of them, ascending. Of orders those that goods may come on. */
  async ids(kind: RowKind, after: string, limit: number): Promise<readonly string[]> {
    if (kind === 'item') return this.#reader.ids('Items', after, limit);
    if (kind === 'warehouse') return this.#reader.ids('Warehouses', after, limit);
    if (kind === 'location') return this.#reader.ids('StorageLocations', after, limit);
    const open = await this.#reader.liveIds('PurchaseOrders');
    return open.filter((id) => id > after).slice(0, limit);
  }

  /** Orders of this kind that goods may come or go on. */
  openOrders(kind: OrderKind): Promise<readonly string[]> {
    return this.#reader.liveIds(HEADERS[kind]);
  }

  /** Open orders of this kind that name one of these items. */
  async ordersWith(kind: OrderKind, items: readonly string[]): Promise<readonly string[]> {
    if (kind === 'purchaseOrder') return this.#reader.documentsWith('PurchaseOrders', items);
    if (kind === 'salesOrder') return this.#reader.documentsWith('SalesOrderLines', items);
    const made = await this.#reader.documentsWith('ShopOrders', items);
    return [...made, ...(await this.#reader.documentsWith('ShopOrderMaterialPlans', items))];
  }

  /** An order as the ledger decides on it; undefined until its warehouse is here. */
  ledgerOrder(kind: OrderKind, id: string, asOfMs: number): Promise<LedgerOrder | undefined> {
    if (kind === 'purchaseOrder') return this.#purchaseOrder(id, asOfMs);
    return kind === 'salesOrder' ? this.#salesOrder(id, asOfMs) : this.#shopOrder(id, asOfMs);
  }

  async #purchaseOrder(id: string, asOfMs: number): Promise<LedgerOrder | undefined> {
    const order = await this.#sets.order.get(id);
    const warehouse = order && (await this.#sets.warehouse.get(order.warehouseId));
    if (order === undefined || warehouse === undefined) return undefined;
    const lines = await this.#lines(
      order.lines.map((line) => {
        const { id: lineId, itemId, ordered, received } = line;
        return { id: lineId, itemId, ordered, done: received, open: true };
      }),
    );
    return {
      ...{ id: order.id, kind: 'purchaseOrder', open: receivable(order), lines },
      usesLocations: warehouse.usesLocations,
      asOfMs: Math.min(asOfMs, await this.#reader.readAtMs('PurchaseOrders')),
    };
  }

  /**
   * A sales order as the ledger decides on it. Lines that go from the supplier to the customer, and
   * goods that are traded in, are not ours to pick.
   */
  async #salesOrder(id: string, asOfMs: number): Promise<LedgerOrder | undefined> {
    const order = (await this.#reader.salesOrdersById([id])).get(id);
    if (order === undefined) return undefined;
    const warehouse = await this.#warehouse(order.warehouseId);
    const lines = await this.#lines(
      order.lines.map((line) => {
        const { id: lineId, itemId, ordered, delivered } = line;
        const open = !line.dropShipment && ordered > 0;
        return { id: lineId, itemId, ordered: Math.max(0, ordered), done: delivered, open };
      }),
    );
    if (warehouse === undefined) return undefined;
    const readMs = [
      await this.#reader.readAtMs('SalesOrderHeaders'),
      await this.#reader.readAtMs('SalesOrderLines'),
    ];
    return {
      ...{ id: order.id, kind: 'salesOrder', warehouse: warehouse.id, lines },
      open: order.approved && order.deliveryStatus < DELIVERED,
      usesLocations: warehouse.usesLocations,
      asOfMs: Math.min(asOfMs, ...readMs),
    };
  }

  /**
   * A shop order as the ledger decides on it: a line for each material, and one with the order's own
   * id for what it makes. What Exact issues by itself (backflush) is not issued by hand.
   */
  async #shopOrder(id: string, asOfMs: number): Promise<LedgerOrder | undefined> {
    const order = (await this.#reader.shopOrdersById([id])).get(id);
    if (order === undefined) return undefined;
    const warehouse = await this.#warehouse(order.warehouseId);
    const materials = order.materials.filter((material) => !material.byProduct);
    const lines = await this.#lines([
      ...materials.map((material) => {
        const { id: lineId, itemId, planned, issued, backflush } = material;
        return { id: lineId, itemId, ordered: planned, done: issued, open: !backflush };
      }),
      {
        id: order.id,
        itemId: order.itemId,
        ordered: order.planned,
        done: order.produced,
        open: true,
      },
    ]);
    if (warehouse === undefined) return undefined;
    const lists = ['ShopOrders', 'ShopOrderMaterialPlans', 'MaterialIssues'] as const;
    const readMs = await Promise.all(lists.map((list) => this.#reader.readAtMs(list)));
    return {
      ...{ id: order.id, kind: 'shopOrder', warehouse: warehouse.id, lines },
      open: order.released && !order.onHold && order.status < FINISHED,
      usesLocations: warehouse.usesLocations,
      asOfMs: Math.min(asOfMs, ...readMs),
    };
  }

  /** The warehouse that a document names, or else the main one. */
  async #warehouse(id: string | null): Promise<WarehouseView | undefined> {
    const named = id ?? (await this.#reader.mainWarehouseId());
    return named === undefined ? undefined : this.#sets.warehouse.get(named);
  }

  /** Lines with what their items say. Nobody works on one whose item is not here yet. */
  async #lines(
    lines: readonly {
      readonly id: string;
      readonly itemId: string;
      readonly ordered: number;
      readonly done: number;
      readonly open: boolean;
    }[],
  ): Promise<readonly MirrorLine[]> {
    await this.#sets.item.warm(lines.map((line) => line.itemId));
    const made: MirrorLine[] = [];
    for (const { id, itemId, ordered, done, open } of lines) {
      const item = await this.#sets.item.get(itemId);
      const line = { id, item: itemId, ordered, doneInExact: done };
      if (item === undefined) {
        made.push({ ...line, open: false, tracking: 'none', hasExpiry: false });
        continue;
      }
      const { tracking, hasExpiry, unit } = item;
      made.push({ ...line, open, tracking, hasExpiry, unit });
    }
    return made;
  }
}
