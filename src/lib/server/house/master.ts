// Who lives here: the mirror's records for the rooms that ask for them by id: the ledger (what is
// ordered) and the projection (what stations keep). What was asked lately is remembered, a few
// thousand of each kind; a record is read again when the mirror says that it changed.

import { LIMITS } from '../../domain/index.ts';
import type {
  ExactOrderKind,
  LocationView,
  SourceView,
  Tracking,
  WarehouseView,
} from '../../domain/index.ts';
import type { MirrorOrder as LedgerOrder } from '../../ledger/index.ts';
import type {
  MirrorItem,
  MirrorOrder,
  MirrorReader,
  MirrorSalesOrder,
  MirrorShopOrder,
} from '../exact/index.ts';
import type { EntityName } from '../exact/index.ts';
import type {
  MasterSource,
  MirrorKind,
  SourceItem,
  SourceLine,
  SourceOrder,
  SourceOrderOfAnyKind,
} from '../projection/index.ts';
import { receivable, salesLines, salesSource, shopLines, shopSource } from './documents.ts';
import { openDemands } from './wanted.ts';
import { ledgerOrder } from './ledger-orders.ts';
import { Links } from './links.ts';
import type { Demand } from './refills.ts';
import { Remembered } from './remembered.ts';
import { sourcesOf } from './stock-places.ts';
import type { StockPlace } from './stock-places.ts';

/** Which rows of the replica a list of Exact shows in; absent ones show in none yet. */
export const SHOWN_IN: Readonly<Partial<Record<EntityName, MirrorKind>>> = {
  Items: 'item',
  SalesItemPrices: 'item',
  SupplierItem: 'item',
  ItemWarehouses: 'item',
  Warehouses: 'warehouse',
  StorageLocations: 'location',
  PurchaseOrders: 'order',
  SalesOrderHeaders: 'order',
  SalesOrderLines: 'order',
  ShopOrders: 'order',
  ShopOrderMaterialPlans: 'order',
  MaterialIssues: 'order',
  MaterialReversals: 'order',
  ByProductReceipts: 'order',
  ByProductReversals: 'order',
};

/** Lists that say where an item lies: their rows are about items. */
export const STOCK_IN: ReadonlySet<EntityName> = new Set([
  ...(['StockPositions', 'StorageLocationStockPositions'] as const),
  ...(['SerialBatchNumbers', 'StockSerialBatchNumbers'] as const),
]);

/** The kinds of orders that the ledger books on, and the lists of Exact that hold them. */
export const ORDER_KINDS: readonly ExactOrderKind[] = ['purchaseOrder', 'salesOrder', 'shopOrder'];
const HEADERS = {
  purchaseOrder: 'PurchaseOrders',
  salesOrder: 'SalesOrderHeaders',
  shopOrder: 'ShopOrders',
} as const;

/** What must have been read to its end before an order that is not here is none. */
const LISTS: Readonly<Record<ExactOrderKind, readonly EntityName[]>> = {
  purchaseOrder: ['Warehouses', 'Items', 'PurchaseOrders'],
  salesOrder: ['Warehouses', 'Items', 'SalesOrderHeaders', 'SalesOrderLines'],
  shopOrder: ['Warehouses', 'Items', 'ShopOrders', 'ShopOrderMaterialPlans'],
};

/** What the projection asks, of Exact's records alone. */
export interface MasterOfGoods extends Omit<MasterSource, 'ids' | 'warm' | 'person'> {
  ids(kind: MirrorKind, after: string, limit: number): Promise<readonly string[]>;
  warm(kind: MirrorKind, ids: readonly string[]): Promise<void>;
}

/** Where these items lie, and the calendar date (`yyyy-mm-dd`) by which batches expire. */
export interface StockSource {
  places(items: ReadonlyMap<string, Tracking>): Promise<ReadonlyMap<string, readonly StockPlace[]>>;
  today(): string;
  /** Patterns of the codes of places in which goods are on their way: nobody takes them from there. */
  onTheWay?(): readonly string[];
}

/** A source of all rows but those of people: see crew.ts. */
export class Master implements MasterOfGoods {
  readonly #reader: MirrorReader;
  readonly #sets: {
    readonly item: Remembered<MirrorItem>;
    readonly warehouse: Remembered<WarehouseView>;
    readonly location: Remembered<LocationView>;
    readonly order: Remembered<MirrorOrder>;
    readonly salesOrder: Remembered<MirrorSalesOrder>;
    readonly shopOrder: Remembered<MirrorShopOrder>;
    readonly stock: Remembered<readonly StockPlace[]>;
  };
  readonly #stock: StockSource | undefined;
  /** Barcodes of our own, beside those that Exact has. */
  readonly links: Links;

  /** Without `stock` orders that go out do not say where their goods lie. */
  constructor(reader: MirrorReader, stock?: StockSource, links = new Links()) {
    this.#reader = reader;
    this.links = links;
    this.#stock = stock;
    const most = LIMITS.masterRemembered;
    this.#sets = {
      item: new Remembered((ids) => reader.itemsById(ids), most),
      warehouse: new Remembered((ids) => reader.warehousesById(ids), most),
      location: new Remembered((ids) => reader.locationsById(ids), most),
      order: new Remembered((ids) => reader.ordersById(ids), most),
      salesOrder: new Remembered((ids) => reader.salesOrdersById(ids), most),
      shopOrder: new Remembered((ids) => reader.shopOrdersById(ids), most),
      stock: new Remembered((ids) => this.#placesOf(ids), most),
    };
  }

  /** The next question about these reads the mirror again. */
  forget(kind: MirrorKind, ids: readonly string[]): void {
    this.#sets[kind].forget(ids);
    if (kind === 'item') this.forgetStock(ids);
    if (kind !== 'order') return;
    this.#sets.salesOrder.forget(ids);
    this.#sets.shopOrder.forget(ids);
  }

  /** The same for where these items lie. */
  forgetStock(items: Iterable<string>): void {
    this.#sets.stock.forget(items);
  }

  /** Reads these at once, with what they name, so that the questions that follow cost nothing. */
  async warm(kind: MirrorKind, ids: readonly string[]): Promise<void> {
    if (kind !== 'order') return this.#sets[kind].warm(ids);
    const { order, salesOrder, shopOrder, item, stock } = this.#sets;
    await Promise.all([order.warm(ids), salesOrder.warm(ids), shopOrder.warm(ids)]);
    const named = new Set<string>();
    const leaving = new Set<string>();
    for (const id of ids) {
      for (const line of (await order.get(id))?.lines ?? []) named.add(line.itemId);
      for (const line of (await salesOrder.get(id))?.lines ?? []) leaving.add(line.itemId);
      const made = await shopOrder.get(id);
      if (made !== undefined) named.add(made.itemId);
      for (const line of made?.materials ?? []) leaving.add(line.itemId);
    }
    await item.warm([...new Set([...named, ...leaving])]);
    if (this.#stock === undefined) return;
    await stock.warm([...leaving]);
    const places = await Promise.all([...leaving].map((each) => stock.get(each)));
    await this.#sets.location.warm(places.flatMap((each) => locationsIn(each ?? [])));
  }

  async item(id: string): Promise<SourceItem | undefined> {
    const item = await this.#sets.item.get(id);
    if (item?.kept !== true) return undefined;
    const places = Object.entries(item.defaultLocations).map(([w, place]) => [w, place.id]);
    const extraCodes = [...item.extraCodes, ...this.links.codesOf(id)];
    const defaultLocations = Object.fromEntries(places) as Record<string, string>;
    return { ...item, extraCodes, defaultLocations };
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
  async order(id: string): Promise<SourceOrderOfAnyKind | undefined> {
    const purchase = await this.#sets.order.get(id);
    if (purchase !== undefined) return this.#purchaseSource(purchase);
    const sales = await this.#sets.salesOrder.get(id);
    const shop = sales === undefined ? await this.#sets.shopOrder.get(id) : undefined;
    const from = (sales ?? shop)?.warehouseId ?? (await this.#reader.mainWarehouseId());
    if (from === undefined) return undefined;
    const workOn = async (lines: readonly SourceLine[]) => {
      return { warehouseId: from, lines: await this.#kept(lines) };
    };
    if (sales !== undefined) return salesSource(sales, await workOn(salesLines(sales)));
    return shop && shopSource(shop, await workOn(shopLines(shop)));
  }

  async #purchaseSource(order: MirrorOrder): Promise<SourceOrder> {
    const lines = await this.#kept(order.lines);
    const some = lines.length > 0 || order.lines.length === 0;
    return { ...order, lines, receivable: receivable(order) && some };
  }

  async #kept<T extends { readonly itemId: string }>(lines: readonly T[]): Promise<readonly T[]> {
    const items = await Promise.all(lines.map((line) => this.#sets.item.get(line.itemId)));
    return lines.filter((_, at) => items[at]?.kept === true);
  }

  /** Where an item can be taken from in a warehouse, the best first. */
  async sources(itemId: string, warehouseId: string): Promise<readonly SourceView[]> {
    return (await this.lying(itemId, warehouseId)).slice(0, LIMITS.sourcesPerLine);
  }

  /** The same without an end. */
  async lying(itemId: string, warehouseId: string): Promise<readonly SourceView[]> {
    const warehouse = await this.#sets.warehouse.get(warehouseId);
    if (this.#stock === undefined || warehouse === undefined) return [];
    const places = (await this.#sets.stock.get(itemId)) ?? [];
    const found = await Promise.all(locationsIn(places).map((id) => this.#sets.location.get(id)));
    const here = found.flatMap((at) => (at ? [[at.id, at] as const] : []));
    return sourcesOf(places, {
      ...{ warehouseId, usesLocations: warehouse.usesLocations },
      ...{ locations: new Map(here), today: this.#stock.today() },
      onTheWay: this.#stock.onTheWay?.() ?? [],
    });
  }

  /** What open orders still want of goods that go out, and of material. */
  demands(): Promise<readonly Demand[]> {
    return openDemands(this.#reader, this.#sets);
  }

  /** When the lists of stock were last read, by the hub's clock: the one that is furthest behind. */
  async stockReadMs(): Promise<number> {
    return Math.min(
      ...(await Promise.all([...STOCK_IN].map((list) => this.#reader.readAtMs(list)))),
    );
  }

  async #placesOf(ids: readonly string[]): Promise<ReadonlyMap<string, readonly StockPlace[]>> {
    await this.#sets.item.warm(ids);
    const tracked = new Map<string, Tracking>();
    for (const id of ids) {
      const item = await this.#sets.item.get(id);
      if (item?.kept === true) tracked.set(id, item.tracking);
    }
    if (this.#stock === undefined || tracked.size === 0) return new Map();
    return this.#stock.places(tracked);
  }

  /**
   * Kinds of orders of which the mirror has not read everything yet. A list that stands still until
   * a person does something is waited for no longer: one command for it would hold up its station.
   */
  async unread(): Promise<ReadonlySet<ExactOrderKind>> {
    const unread = new Set<ExactOrderKind>();
    for (const kind of ORDER_KINDS) {
      const awaited = await Promise.all(LISTS[kind].map((list) => this.#reader.awaited(list)));
      if (awaited.includes(true)) unread.add(kind);
    }
    return unread;
  }

  /** Up to `limit` ids after one of them, ascending. Of orders those that are open. */
  async ids(kind: MirrorKind, after: string, limit: number): Promise<readonly string[]> {
    if (kind === 'item') return this.#reader.ids('Items', after, limit);
    if (kind === 'warehouse') return this.#reader.ids('Warehouses', after, limit);
    if (kind === 'location') return this.#reader.ids('StorageLocations', after, limit);
    const open = await Promise.all(ORDER_KINDS.map((each) => this.openOrders(each)));
    const beyond = open.flat().filter((id) => id > after);
    return beyond.sort().slice(0, limit);
  }

  /** Orders of this kind that goods may come or go on. */
  openOrders(kind: ExactOrderKind): Promise<readonly string[]> {
    return this.#reader.liveIds(HEADERS[kind]);
  }

  /** Open orders of this kind that name one of these items. */
  async ordersWith(kind: ExactOrderKind, items: readonly string[]): Promise<readonly string[]> {
    if (kind === 'purchaseOrder') return this.#reader.documentsWith('PurchaseOrders', items);
    if (kind === 'salesOrder') return this.#reader.documentsWith('SalesOrderLines', items);
    const made = await this.#reader.documentsWith('ShopOrders', items);
    return [...made, ...(await this.#reader.documentsWith('ShopOrderMaterialPlans', items))];
  }

  /** An order as the ledger decides on it; undefined until its warehouse is here. */
  ledgerOrder(kind: ExactOrderKind, id: string, asOfMs: number): Promise<LedgerOrder | undefined> {
    return ledgerOrder(this.#reader, this.#sets, { kind, id, asOfMs });
  }
}

function locationsIn(places: readonly StockPlace[]): readonly string[] {
  return [...new Set(places.flatMap(({ locationId }) => locationId ?? []))];
}
