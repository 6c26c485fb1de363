// Who lives here: items as the house reads them: with their packs, their suppliers' codes and their
// places, put together from four of Exact's lists.

import type { ItemView, Pack, PlaceRef } from '../../../domain/index.ts';
import type { ExactDb } from '../tables.ts';
import type { MirrorRowOf } from './forms.ts';
import { groupBy, rowsBy } from './read-rows.ts';

/** An item, and whether it is in use: calendar dates, `yyyy-mm-dd`, both included. */
export interface MirrorItem extends ItemView {
  readonly kept: boolean;
  readonly startDate: string | null;
  readonly endDate: string | null;
  readonly searchCode?: string;
  /** Barcodes in free fields of the item, by convention of the administration. */
  readonly extraCodes: readonly string[];
  /** What suppliers call it. */
  readonly supplierCodes: readonly string[];
}

export function placeOf(id: string | null, code: string | null): PlaceRef | undefined {
  return id === null || code === null ? undefined : { id, code };
}

/**
 * Barcodes of units other than the stock unit: from sales prices and from suppliers (§6.1). One that
 * stands for two quantities is both, and the kiosk asks which: to believe the first would be to count
 * boxes as cases. The same of several prices or suppliers is one.
 */
export function packsOf(
  prices: readonly MirrorRowOf<'SalesItemPrices'>[],
  supplies: readonly MirrorRowOf<'SupplierItem'>[],
): readonly Pack[] {
  const packs = new Map<string, Pack>();
  const add = (barcode: string | null, quantity: number | null, unit: string | null) => {
    if (barcode === null || barcode === '' || quantity === null || quantity <= 0) return;
    const key = `${barcode} ${quantity}`;
    if (!packs.has(key)) packs.set(key, { barcode, quantity, unit: unit ?? '' });
  };
  for (const row of prices) add(row.Barcode, row.NumberOfItemsPerUnit, row.Unit);
  for (const row of supplies) add(row.Barcode, row.PurchaseUnitFactor, row.PurchaseUnit);
  return [...packs.values()];
}

export function trackingOf(item: MirrorRowOf<'Items'>): ItemView['tracking'] {
  if (item.IsSerialItem) return 'serial';
  return item.IsBatchItem ? 'batch' : 'none';
}

/** Those of these items that are here, in four questions for any number of them. */
export async function itemsById(
  db: ExactDb,
  ids: readonly string[],
): Promise<ReadonlyMap<string, MirrorItem>> {
  const items = await rowsBy(db, 'Items', 'id', ids);
  const about = items.map((item) => item.ID);
  const prices = groupBy(
    await rowsBy(db, 'SalesItemPrices', 'subject', about),
    (r) => r.Item ?? '',
  );
  const supplies = groupBy(await rowsBy(db, 'SupplierItem', 'subject', about), (r) => r.Item);
  const settings = groupBy(await rowsBy(db, 'ItemWarehouses', 'subject', about), (r) => r.Item);
  return new Map(
    items.map((item) => {
      const of = <T>(group: ReadonlyMap<string, readonly T[]>) => group.get(item.ID) ?? [];
      return [item.ID, itemOf(item, of(prices), of(supplies), of(settings))];
    }),
  );
}

function itemOf(
  item: MirrorRowOf<'Items'>,
  prices: readonly MirrorRowOf<'SalesItemPrices'>[],
  supplies: readonly MirrorRowOf<'SupplierItem'>[],
  settings: readonly MirrorRowOf<'ItemWarehouses'>[],
): MirrorItem {
  const places = settings.flatMap((row) => {
    const at = placeOf(row.DefaultStorageLocation, row.DefaultStorageLocationCode);
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
    packs: packsOf(prices, supplies),
    defaultLocations: Object.fromEntries(places),
    kept: item.IsStockItem,
    startDate: item.StartDate,
    endDate: item.EndDate,
    extraCodes: item.ExtraCodes.flatMap((code) => (code === null || code === '' ? [] : [code])),
    supplierCodes: supplies.flatMap((row) => (row.SupplierItemCode ? [row.SupplierItemCode] : [])),
    ...(item.Barcode ? { barcode: item.Barcode } : {}),
    ...(item.SearchCode ? { searchCode: item.SearchCode } : {}),
  };
}
