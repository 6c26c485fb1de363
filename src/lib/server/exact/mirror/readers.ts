// Who lives here: the mirror as the rest of the house reads it: items with their packs, places,
// open orders, stock. Rows are joined here, in memory, by whoever rebuilds a projection; a scan
// never comes here.

import { assert } from '../../../domain/index.ts';
import type {
  ItemView,
  LocationView,
  Pack,
  PlaceRef,
  WarehouseView,
} from '../../../domain/index.ts';
import { parseJson } from '../envelope.ts';
import type { ExactDb } from '../tables.ts';
import { forms } from './forms.ts';
import type { EntityName, MirrorRowOf } from './forms.ts';

/** An item, and whether it is in use: calendar dates, `yyyy-mm-dd`, both included. */
export interface MirrorItem extends ItemView {
  readonly kept: boolean;
  readonly startDate: string | null;
  readonly endDate: string | null;
  readonly searchCode?: string;
  /** What suppliers call it. */
  readonly supplierCodes: readonly string[];
}

export interface MirrorOrderLine {
  readonly id: string;
  readonly lineNumber: number;
  readonly itemId: string;
  /** Stock units. */
  readonly ordered: number;
  readonly received: number;
  /** Stock units in one purchase unit. */
  readonly purchaseUnitFactor: number;
  readonly supplierItemCode?: string;
}

export interface MirrorOrder {
  readonly id: string;
  readonly number: string;
  readonly supplierCode: string;
  readonly supplierName: string;
  readonly warehouseId: string;
  readonly expectedDate?: string;
  readonly approved: boolean;
  readonly dropShipment: boolean;
  /** 10 open, 20 partial, 30 complete, 40 cancelled (§7). */
  readonly receiptStatus: number;
  readonly lines: readonly MirrorOrderLine[];
}

export interface MirrorStock {
  readonly itemId: string;
  readonly warehouseId: string;
  /** Absent: the whole warehouse. */
  readonly locationId?: string;
  readonly quantity: number;
}

const AWAITING_APPROVAL = 0;
const COMPLETE = 30;

type RowsOf = { readonly [N in EntityName]: readonly MirrorRowOf<N>[] };

/** Everything of one entity. A stored row that does not fit its own form is a broken law. */
async function rowsOf<N extends EntityName>(
  db: ExactDb,
  entity: N,
  read: (value: unknown) => RowsOf[N][number] | undefined,
): Promise<RowsOf[N][number][]> {
  const rows = await db
    .selectFrom('mirror_row')
    .select('body')
    .where('entity', '=', entity)
    .orderBy('id')
    .execute();
  return rows.map((row) => {
    const value = read(parseJson(row.body));
    assert(value !== undefined, `a mirrored row of ${entity} fits its form`);
    return value;
  });
}

function groupBy<T>(rows: readonly T[], key: (row: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const group = groups.get(key(row));
    if (group === undefined) groups.set(key(row), [row]);
    else group.push(row);
  }
  return groups;
}

function place(id: string | null, code: string | null): PlaceRef | undefined {
  return id === null || code === null ? undefined : { id, code };
}

/** Barcodes of units other than the stock unit: from sales prices and from suppliers (§6.1). */
function packsOf(
  prices: readonly MirrorRowOf<'SalesItemPrices'>[],
  supplies: readonly MirrorRowOf<'SupplierItem'>[],
): readonly Pack[] {
  const packs = new Map<string, Pack>();
  const add = (barcode: string | null, quantity: number | null, unit: string | null) => {
    if (barcode === null || barcode === '' || quantity === null || quantity <= 0) return;
    if (!packs.has(barcode)) packs.set(barcode, { barcode, quantity, unit: unit ?? '' });
  };
  for (const row of prices) add(row.Barcode, row.NumberOfItemsPerUnit, row.Unit);
  for (const row of supplies) add(row.Barcode, row.PurchaseUnitFactor, row.PurchaseUnit);
  return [...packs.values()];
}

function trackingOf(item: MirrorRowOf<'Items'>): ItemView['tracking'] {
  if (item.IsSerialItem) return 'serial';
  return item.IsBatchItem ? 'batch' : 'none';
}

export class MirrorReader {
  readonly #db: ExactDb;

  constructor(db: ExactDb) {
    this.#db = db;
  }

  async items(): Promise<readonly MirrorItem[]> {
    const db = this.#db;
    const items = await rowsOf(db, 'Items', (v) => forms.Items.safeParse(v).data);
    const prices = groupBy(
      await rowsOf(db, 'SalesItemPrices', (v) => forms.SalesItemPrices.safeParse(v).data),
      (row) => row.Item ?? '',
    );
    const supplies = groupBy(
      await rowsOf(db, 'SupplierItem', (v) => forms.SupplierItem.safeParse(v).data),
      (row) => row.Item,
    );
    const settings = groupBy(
      await rowsOf(db, 'ItemWarehouses', (v) => forms.ItemWarehouses.safeParse(v).data),
      (row) => row.Item,
    );
    return items.map((item) => {
      const bySuppliers = supplies.get(item.ID) ?? [];
      const places = (settings.get(item.ID) ?? []).flatMap((row) => {
        const at = place(row.DefaultStorageLocation, row.DefaultStorageLocationCode);
        return at === undefined ? [] : [[row.Warehouse, at] as const];
      });
      return {
        id: item.ID,
        code: item.Code,
        name: item.Description,
        unit: item.Unit ?? '',
        tracking: trackingOf(item),
        hasExpiry: item.HasExpiry,
        fractions: item.IsFractionAllowedItem,
        packs: packsOf(prices.get(item.ID) ?? [], bySuppliers),
        defaultLocations: Object.fromEntries(places),
        kept: item.IsStockItem,
        startDate: item.StartDate,
        endDate: item.EndDate,
        supplierCodes: bySuppliers.flatMap((row) =>
          row.SupplierItemCode ? [row.SupplierItemCode] : [],
        ),
        ...(item.Barcode ? { barcode: item.Barcode } : {}),
        ...(item.SearchCode ? { searchCode: item.SearchCode } : {}),
      };
    });
  }

  async warehouses(): Promise<readonly WarehouseView[]> {
    const rows = await rowsOf(this.#db, 'Warehouses', (v) => forms.Warehouses.safeParse(v).data);
    return rows.map((row) => {
      const at = place(row.DefaultStorageLocation, row.DefaultStorageLocationCode);
      return {
        id: row.ID,
        code: row.Code,
        name: row.Description ?? row.Code,
        usesLocations: row.UseStorageLocations,
        ...(at === undefined ? {} : { defaultLocation: at }),
      };
    });
  }

  async locations(): Promise<readonly LocationView[]> {
    const read = (value: unknown) => forms.StorageLocations.safeParse(value).data;
    const rows = await rowsOf(this.#db, 'StorageLocations', read);
    return rows.map((row) => ({
      id: row.ID,
      code: row.Code,
      name: row.Description ?? row.Code,
      warehouseId: row.Warehouse,
    }));
  }

  /** Every order that is known, open or not; whoever shows them filters. */
  async orders(): Promise<readonly MirrorOrder[]> {
    const read = (value: unknown) => forms.PurchaseOrders.safeParse(value).data;
    const rows = await rowsOf(this.#db, 'PurchaseOrders', read);
    const groups = groupBy(rows, (row) => row.PurchaseOrderID);
    return [...groups.values()].flatMap((group) => orderOf(group) ?? []);
  }

  /** Orders that goods can be received on: approved, not delivered elsewhere, not complete. */
  async openOrders(): Promise<readonly MirrorOrder[]> {
    const all = await this.orders();
    return all.filter((o) => o.approved && !o.dropShipment && o.receiptStatus < COMPLETE);
  }

  async stock(): Promise<readonly MirrorStock[]> {
    const whole = await rowsOf(
      ...([this.#db, 'StockPositions'] as const),
      (value) => forms.StockPositions.safeParse(value).data,
    );
    const placed = await rowsOf(
      ...([this.#db, 'StorageLocationStockPositions'] as const),
      (value) => forms.StorageLocationStockPositions.safeParse(value).data,
    );
    return [
      ...whole.map((row) => ({
        itemId: row.ItemId,
        warehouseId: row.Warehouse,
        quantity: row.CurrentStock ?? 0,
      })),
      ...placed.map((row) => ({
        itemId: row.Item,
        warehouseId: row.Warehouse,
        quantity: row.Stock ?? 0,
        ...(row.StorageLocation === null ? {} : { locationId: row.StorageLocation }),
      })),
    ];
  }

  /** Stock units in one purchase unit, by order line: what a receipt's quantities are divided by. */
  async purchaseUnitFactors(lineIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
    if (lineIds.length === 0) return new Map();
    const rows = await this.#db
      .selectFrom('mirror_row')
      .select('body')
      .where('entity', '=', 'PurchaseOrders')
      .where('id', 'in', [...lineIds])
      .execute();
    const lines = rows.map((row) => forms.PurchaseOrders.parse(parseJson(row.body)));
    return new Map(lines.map((line) => [line.ID, factorOf(line)]));
  }
}

function factorOf(line: MirrorRowOf<'PurchaseOrders'>): number {
  const inStock = line.Quantity ?? 0;
  const inPurchase = line.QuantityInPurchaseUnits ?? 0;
  return inStock > 0 && inPurchase > 0 ? inStock / inPurchase : 1;
}

/** A header row and its lines; null while one of the two has not come yet. */
function orderOf(group: readonly MirrorRowOf<'PurchaseOrders'>[]): MirrorOrder | null {
  const header = group.find((row) => (row.LineNumber ?? 0) === 0);
  if (header === undefined) return null;
  if (header.OrderNumber === null || header.Warehouse === null) return null;
  const lines = group.flatMap((row) => {
    if (row.LineNumber === null || row.LineNumber < 1 || row.Item === null) return [];
    const line: MirrorOrderLine = {
      id: row.ID,
      lineNumber: row.LineNumber,
      itemId: row.Item,
      ordered: row.Quantity ?? 0,
      received: row.ReceivedQuantity ?? 0,
      purchaseUnitFactor: factorOf(row),
      ...(row.SupplierItemCode ? { supplierItemCode: row.SupplierItemCode } : {}),
    };
    return [line];
  });
  return {
    id: header.PurchaseOrderID,
    number: String(header.OrderNumber),
    supplierCode: header.SupplierCode ?? '',
    supplierName: header.SupplierName ?? '',
    warehouseId: header.Warehouse,
    approved: (header.ApprovalStatus ?? AWAITING_APPROVAL) !== AWAITING_APPROVAL,
    dropShipment: header.DropShipment,
    receiptStatus: header.ReceiptStatus ?? COMPLETE,
    lines: lines.sort((a, b) => a.lineNumber - b.lineNumber),
    ...(header.ReceiptDate === null ? {} : { expectedDate: header.ReceiptDate }),
  };
}
