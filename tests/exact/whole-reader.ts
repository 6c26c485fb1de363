// Who lives here: the mirror's reader with whole lists, which only a test of a small company may ask
// for. The hub itself never holds a list whole.

import type { LocationView, StockView, WarehouseView } from '../../src/lib/domain/index.ts';
import { MirrorReader } from '../../src/lib/server/exact/index.ts';
import type { EntityName, MirrorItem, MirrorOrder } from '../../src/lib/server/exact/index.ts';

const ALL = 100_000;
const COMPLETE = 30;

export class WholeReader extends MirrorReader {
  async #all<T>(
    list: EntityName,
    read: (ids: readonly string[]) => Promise<ReadonlyMap<string, T>>,
  ): Promise<readonly T[]> {
    return [...(await read(await this.ids(list, '', ALL))).values()];
  }

  items(): Promise<readonly MirrorItem[]> {
    return this.#all('Items', (ids) => this.itemsById(ids));
  }

  warehouses(): Promise<readonly WarehouseView[]> {
    return this.#all('Warehouses', (ids) => this.warehousesById(ids));
  }

  locations(): Promise<readonly LocationView[]> {
    return this.#all('StorageLocations', (ids) => this.locationsById(ids));
  }

  /** A header's row has the order's own id, so every order is found. */
  orders(): Promise<readonly MirrorOrder[]> {
    return this.#all('PurchaseOrders', (ids) => this.ordersById(ids));
  }

  /** Orders that goods can be received on: approved, not delivered elsewhere, not complete. */
  async openOrders(): Promise<readonly MirrorOrder[]> {
    const all = await this.orders();
    return all.filter((o) => o.approved && !o.dropShipment && o.receiptStatus < COMPLETE);
  }

  async stock(): Promise<readonly (StockView & { readonly itemId: string })[]> {
    const found: (StockView & { readonly itemId: string })[] = [];
    for (const itemId of await this.ids('Items', '', ALL)) {
      for (const each of await this.stockOf(itemId)) found.push({ itemId, ...each });
    }
    return found;
  }
}
