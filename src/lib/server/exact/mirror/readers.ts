// Who lives here: the mirror as the rest of the house reads it: by id, a few or a batch at a time.
// A scan never comes here; whoever makes the stations' rows, decides on an order or shows stock does.

import { isFault } from '../../../domain/index.ts';
import type {
  LocationView,
  NumberView,
  PlaceRef,
  StockView,
  WarehouseView,
} from '../../../domain/index.ts';
import { parseJson } from '../envelope.ts';
import type { ExactDb } from '../tables.ts';
import { factorOf, ordersById, salesOrdersById, shopOrdersById } from './documents.ts';
import type { MirrorOrder, MirrorSalesOrder, MirrorShopOrder } from './documents.ts';
import type { EntityName, MirrorRowOf } from './forms.ts';
import { itemsById, placeOf } from './items.ts';
import type { MirrorItem } from './items.ts';
import { byId, idsAfter, liveSubjects, rowsBy, subjectsWith } from './read-rows.ts';
import { numbersOf, stockOf } from './stock.ts';

/** A reason for a difference in a count, or for a return. */
export interface ReasonCode {
  readonly code: string;
  readonly name: string;
}

/** What goes into one batch of a made item. */
export interface BillLine {
  readonly itemId: string;
  readonly quantity: number;
  readonly backflush: boolean;
}

export interface Bill {
  readonly versionId: string;
  /** Stock units that one batch makes. */
  readonly batchQuantity: number;
  readonly lines: readonly BillLine[];
}

const PICK_LOCATION = 1;

export class MirrorReader {
  readonly #db: ExactDb;

  constructor(db: ExactDb) {
    this.#db = db;
  }

  /** Up to `limit` ids of a list after one of them, ascending; `''` begins. */
  ids(list: EntityName, after: string, limit: number): Promise<readonly string[]> {
    return idsAfter(this.#db, list, after, limit);
  }

  /** When this list was last read without trouble; 0 for never. */
  async readAtMs(list: EntityName): Promise<number> {
    const row = await this.#db
      .selectFrom('sync_cursor')
      .select(['synced_ms', 'full_ms'])
      .where('entity', '=', list)
      .executeTakeFirst();
    return row === undefined || row.full_ms === null ? 0 : row.synced_ms;
  }

  /**
   * Whether this list was never read to its end and still will be; not while it stands in a fault
   * that only a person can end.
   */
  async awaited(list: EntityName): Promise<boolean> {
    const row = await this.#db
      .selectFrom('sync_cursor')
      .select(['full_ms', 'fault'])
      .where('entity', '=', list)
      .executeTakeFirst();
    if (row === undefined) return true;
    const fault = row.fault === null ? null : parseJson(row.fault);
    return row.full_ms === null && !(isFault(fault) && fault.data['lasting'] === 1);
  }

  itemsById(ids: readonly string[]): Promise<ReadonlyMap<string, MirrorItem>> {
    return itemsById(this.#db, ids);
  }

  warehousesById(ids: readonly string[]): Promise<ReadonlyMap<string, WarehouseView>> {
    return byId(this.#db, 'Warehouses', ids, warehouseOf);
  }

  locationsById(ids: readonly string[]): Promise<ReadonlyMap<string, LocationView>> {
    return byId(this.#db, 'StorageLocations', ids, locationOf);
  }

  ordersById(ids: readonly string[]): Promise<ReadonlyMap<string, MirrorOrder>> {
    return ordersById(this.#db, ids);
  }

  salesOrdersById(ids: readonly string[]): Promise<ReadonlyMap<string, MirrorSalesOrder>> {
    return salesOrdersById(this.#db, ids);
  }

  shopOrdersById(ids: readonly string[]): Promise<ReadonlyMap<string, MirrorShopOrder>> {
    return shopOrdersById(this.#db, ids);
  }

  /** Ids of the documents of one kind that goods may still move on. */
  liveIds(list: 'PurchaseOrders' | 'SalesOrderHeaders' | 'ShopOrders'): Promise<readonly string[]> {
    return liveSubjects(this.#db, list);
  }

  /** Ids of the documents with a line about one of these items. */
  documentsWith(
    lines: 'PurchaseOrders' | 'SalesOrderLines' | 'ShopOrders' | 'ShopOrderMaterialPlans',
    items: readonly string[],
  ): Promise<readonly string[]> {
    return subjectsWith(this.#db, lines, items);
  }

  /** Where goods are when a document names no warehouse. */
  async mainWarehouseId(): Promise<string | undefined> {
    return (await liveSubjects(this.#db, 'Warehouses'))[0];
  }

  /** Stock units by warehouse, and by storage location where there are any. */
  stockOf(item: string): Promise<readonly StockView[]> {
    return stockOf(this.#db, item);
  }

  /** Batches or serials of a tracked item, with expiry and where they are. */
  numbersOf(item: string): Promise<readonly NumberView[]> {
    return numbersOf(this.#db, item);
  }

  /** Where an item is picked from, by warehouse id. */
  async pickPlacesOf(item: string): Promise<Readonly<Record<string, readonly PlaceRef[]>>> {
    const places: Record<string, PlaceRef[]> = {};
    for (const row of await rowsBy(this.#db, 'ItemStorageLocations', 'subject', [item])) {
      const place = placeOf(row.StorageLocation, row.StorageLocationCode);
      if (row.Type !== PICK_LOCATION || place === undefined) continue;
      places[row.Warehouse] = [...(places[row.Warehouse] ?? []), place];
    }
    return places;
  }

  /** What goes into a made item, by its default version; undefined: it has no bill of material. */
  async billOf(item: string): Promise<Bill | undefined> {
    const versions = await rowsBy(this.#db, 'BillOfMaterialVersions', 'subject', [item]);
    const version = versions.find((each) => each.IsDefault) ?? versions[0];
    if (version === undefined) return undefined;
    const rows = await rowsBy(this.#db, 'BillOfMaterialMaterials', 'subject', [version.ID]);
    const lines = rows
      .sort((a, b) => (a.LineNumber ?? 0) - (b.LineNumber ?? 0))
      .flatMap(({ PartItem, Quantity, Backflush }) =>
        PartItem === null
          ? []
          : [{ itemId: PartItem, quantity: Quantity ?? 0, backflush: Backflush }],
      );
    return { versionId: version.ID, batchQuantity: version.BatchQuantity ?? 1, lines };
  }

  /** Reasons that are in use, by their code. */
  async reasonCodes(): Promise<readonly ReasonCode[]> {
    const ids = await idsAfter(this.#db, 'ReasonCodes', '', MOST_REASONS);
    const rows = await rowsBy(this.#db, 'ReasonCodes', 'id', ids);
    return rows
      .filter((row) => row.Active)
      .map((row) => ({ code: row.Code, name: row.Description ?? row.Code }))
      .sort((a, b) => a.code.localeCompare(b.code));
  }

  /** The name of a customer or supplier. */
  async accountName(id: string): Promise<string | undefined> {
    const [row] = await rowsBy(this.#db, 'Accounts', 'id', [id]);
    return row?.Name ?? row?.Code ?? undefined;
  }

  /** How a sales order is to be shipped, when it says so. */
  async shippingMethod(salesOrder: string): Promise<string | undefined> {
    const [row] = await rowsBy(this.#db, 'SalesOrderHeaders', 'id', [salesOrder]);
    return row?.ShippingMethod ?? undefined;
  }

  /** Stock units in one purchase unit, by order line: what a receipt's quantities are divided by. */
  async purchaseUnitFactors(lineIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
    const lines = await rowsBy(this.#db, 'PurchaseOrders', 'id', lineIds);
    return new Map(lines.map((line) => [line.ID, factorOf(line)]));
  }
}

/** A screen shows no more; Exact's companies have a dozen. */
const MOST_REASONS = 500;

function warehouseOf(row: MirrorRowOf<'Warehouses'>): WarehouseView {
  const at = placeOf(row.DefaultStorageLocation, row.DefaultStorageLocationCode);
  return {
    ...{ id: row.ID, code: row.Code, name: row.Description ?? row.Code },
    usesLocations: row.UseStorageLocations,
    ...(at === undefined ? {} : { defaultLocation: at }),
  };
}

function locationOf(row: MirrorRowOf<'StorageLocations'>): LocationView {
  const { ID: id, Code: code, Warehouse: warehouseId, PickSequence: sequence } = row;
  const place = { id, code, name: row.Description ?? code, warehouseId };
  // Zero is what a place has that nobody gave a turn: the dock, for one.
  return sequence === null || sequence <= 0 ? place : { ...place, sequence };
}
