// Who lives here: the mirror's records in memory, for the rooms that read them often: the ledger
// (what is ordered) and the projection (what stations keep). A record set is read again when the
// mirror says that one of its entities changed; until somebody asks, nothing is read.

import type { LocationView, WarehouseView } from '../../domain/index.ts';
import type { MirrorItem, MirrorOrder, MirrorReader } from '../exact/index.ts';
import type { EntityName } from '../exact/index.ts';
import type { MirrorOrder as LedgerOrder } from '../../ledger/index.ts';
import type { MasterSource, RowKind, SourceItem, SourceOrder } from '../projection/index.ts';

const COMPLETE = 30;

/** Which rows of the replica an entity of Exact shows in. */
export const SHOWN_IN: Readonly<Record<EntityName, RowKind | undefined>> = {
  Items: 'item',
  SalesItemPrices: 'item',
  SupplierItem: 'item',
  ItemWarehouses: 'item',
  Warehouses: 'warehouse',
  StorageLocations: 'location',
  PurchaseOrders: 'order',
  StockPositions: undefined,
  StorageLocationStockPositions: undefined,
  Units: undefined,
};

interface Sets {
  item: ReadonlyMap<string, MirrorItem>;
  warehouse: ReadonlyMap<string, WarehouseView>;
  location: ReadonlyMap<string, LocationView>;
  order: ReadonlyMap<string, MirrorOrder>;
}

function byId<T extends { readonly id: string }>(rows: readonly T[]): ReadonlyMap<string, T> {
  return new Map(rows.map((row) => [row.id, row]));
}

/** Whether goods may come on an order: approved, delivered to us, not complete nor cancelled. */
function receivable(order: MirrorOrder): boolean {
  return order.approved && !order.dropShipment && order.receiptStatus < COMPLETE;
}

export class Master implements MasterSource {
  readonly #reader: MirrorReader;
  readonly #sets = new Map<RowKind, Promise<ReadonlyMap<string, unknown>>>();

  constructor(reader: MirrorReader) {
    this.#reader = reader;
  }

  /** The next question about these rows reads the mirror again. */
  forget(kind: RowKind): void {
    this.#sets.delete(kind);
  }

  async item(id: string): Promise<SourceItem | undefined> {
    const item = (await this.#set('item')).get(id);
    if (item?.kept !== true) return undefined;
    const places = Object.entries(item.defaultLocations).map(([w, place]) => [w, place.id]);
    return { ...item, defaultLocations: Object.fromEntries(places) as Record<string, string> };
  }

  async warehouse(id: string) {
    const warehouse = (await this.#set('warehouse')).get(id);
    if (warehouse === undefined) return undefined;
    const { defaultLocation, ...rest } = warehouse;
    return defaultLocation === undefined
      ? rest
      : { ...rest, defaultLocationId: defaultLocation.id };
  }

  async location(id: string): Promise<LocationView | undefined> {
    return (await this.#set('location')).get(id);
  }

  async order(id: string): Promise<SourceOrder | undefined> {
    const order = (await this.#set('order')).get(id);
    return order === undefined ? undefined : { ...order, receivable: receivable(order) };
  }

  async ids(kind: RowKind): Promise<readonly string[]> {
    return [...(await this.#set(kind)).keys()];
  }

  /** The orders that hold one of these items: their rows show it. */
  async ordersWith(items: ReadonlySet<string>): Promise<readonly string[]> {
    const orders = [...(await this.#set('order')).values()];
    return orders
      .filter((order) => order.lines.some((line) => items.has(line.itemId)))
      .map((order) => order.id);
  }

  /** An order as the ledger decides on it; undefined until its items and warehouse are here. */
  async ledgerOrder(id: string, asOfMs: number): Promise<LedgerOrder | undefined> {
    const order = (await this.#set('order')).get(id);
    const warehouse = order && (await this.#set('warehouse')).get(order.warehouseId);
    if (order === undefined || warehouse === undefined) return undefined;
    const items = await this.#set('item');
    const lines: LedgerOrder['lines'][number][] = [];
    for (const line of order.lines) {
      const item = items.get(line.itemId);
      if (item === undefined) return undefined;
      lines.push({
        id: line.id,
        open: true,
        item: item.id,
        tracking: item.tracking,
        hasExpiry: item.hasExpiry,
        unit: item.unit,
        ordered: line.ordered,
        receivedInExact: line.received,
      });
    }
    const { usesLocations } = warehouse;
    return { id: order.id, open: receivable(order), usesLocations, lines, asOfMs };
  }

  #set<K extends RowKind>(kind: K): Promise<Sets[K]> {
    const known = this.#sets.get(kind) as Promise<Sets[K]> | undefined;
    if (known !== undefined) return known;
    const read = this.#read(kind) as Promise<Sets[K]>;
    this.#sets.set(kind, read);
    // A failed reading is not kept: the next question tries again.
    read.catch(() => this.#sets.delete(kind));
    return read;
  }

  async #read(kind: RowKind): Promise<ReadonlyMap<string, unknown>> {
    if (kind === 'item') return byId(await this.#reader.items());
    if (kind === 'warehouse') return byId(await this.#reader.warehouses());
    if (kind === 'location') return byId(await this.#reader.locations());
    return byId(await this.#reader.orders());
  }
}
