/*
 * Seeds items with their barcodes, packs, suppliers and warehouse links.
 * Convention of this company: FreeBoolField_01 = true means that batches of the item expire.
 */
import { ean13, gtin14 } from './barcodes.ts';
import { padUnit } from './company.ts';
import { put, type Seeding, type SeedItem } from './context.ts';
import { wares, type Ware } from './wares.ts';

type Base = Omit<Seeding, 'items'>;

/** Every twentieth item has no barcode at all, as in any real company. */
function barcodeOf(n: number): string | null {
  return n % 20 === 19 ? null : ean13(n + 1);
}

function itemRow(base: Base, ware: Ware, barcode: string | null) {
  const { family } = ware;
  return {
    ...{ Code: ware.code, Description: ware.description, Barcode: barcode },
    ...{ Unit: padUnit(family.unit), SearchCode: family.prefix },
    ...{ IsBatchItem: Number(family.tracking === 'expiry' || family.tracking === 'batch') },
    ...{ IsSerialItem: Number(family.tracking === 'serial') },
    ...{ FreeBoolField_01: Number(family.tracking === 'expiry'), FreeBoolField_02: 0 },
    ...{ FreeBoolField_03: 0, FreeBoolField_04: 0, FreeBoolField_05: 0 },
    ...{ IsFractionAllowedItem: Number(family.unit === 'm'), IsStockItem: 1 },
    ...{ IsMakeItem: Number(family.makes === true), IsSalesItem: 1 },
    ...{ IsPurchaseItem: Number(family.makes !== true), IsPackageItem: 0, UseExplosion: 0 },
    ...{ IsSubcontractedItem: 0, IsTime: 0, IsWebshopItem: 0, IsOnDemandItem: 0, CopyRemarks: 0 },
    ...{ IsTaxableItem: 1, IsNewContract: 0, IsRegistrationCodeItem: 0, SecurityLevel: 10 },
    ...{ CostPriceStandard: ware.price, AverageCost: ware.price, CostPriceCurrency: 'EUR' },
    ...{ StandardSalesPrice: Math.round(ware.price * 160) / 100, SalesVatCode: '2  ' },
    StartDate: base.day(-700),
  };
}

/** A sales price per unit; the packs among them carry their own barcodes. */
function seedPrices(base: Base, item: SeedItem, n: number): void {
  const { ware, barcode, id } = item;
  const price = Math.round(ware.price * 160) / 100;
  const common = { Item: id, Currency: 'EUR', Quantity: 1, StartDate: base.day(-365) };
  put(base, 'SalesItemPrices', {
    ...{ ...common, Unit: padUnit(ware.family.unit), NumberOfItemsPerUnit: 1, Price: price },
    Barcode: null,
  });
  for (const [p, pieces] of ware.family.packs.entries()) {
    // Some packs have a GTIN-14 around the piece, others an EAN-13 of their own.
    const own = ean13(5_000_000 + n * 4 + p);
    const pack = n % 3 === 2 || barcode === null ? own : gtin14(p + 1, barcode);
    put(base, 'SalesItemPrices', {
      ...{ ...common, Unit: padUnit(p === 0 ? 'box' : 'ctn'), NumberOfItemsPerUnit: pieces },
      ...{ Price: Math.round(price * pieces * 95) / 100, Barcode: pack },
    });
  }
}

function seedSupply(base: Base, item: SeedItem): void {
  const { ware, id, pack } = item;
  const unit = pack?.unit ?? ware.family.unit;
  put(base, 'SupplierItems', {
    ...{ Item: id, Supplier: item.supplier, SupplierItemCode: item.supplierItemCode },
    ...{
      PurchaseUnit: padUnit(unit),
      PurchaseUnitFactor: pack?.pieces ?? 1,
      MainSupplier: 1,
      Currency: 'EUR',
    },
    ...{ PurchasePrice: Math.round(ware.price * (pack?.pieces ?? 1) * 100) / 100 },
    ...{ MinimumQuantity: 1, PurchaseLeadTime: 5, PurchaseLotSize: 1, DropShipment: 0 },
    ...{ CopyRemarks: 0, StartDate: base.day(-365), CountryOfOrigin: 'NL ' },
  });
}

function seedPlacesOf(base: Base, item: SeedItem, inOutlet: boolean): void {
  const { places } = base;
  put(base, 'ItemWarehouses', {
    ...{ Item: item.id, Warehouse: places.main, DefaultStorageLocation: item.pickLocation },
    ...{ MaximumStock: 500, ReorderPoint: 10, ReorderQuantity: 50, SafetyStock: 5 },
    ...{ OrderPolicy: 1, ReplenishmentType: item.ware.family.makes === true ? 3 : 1 },
  });
  if (inOutlet) {
    put(base, 'ItemWarehouses', {
      ...{ Item: item.id, Warehouse: places.outlet, ReorderPoint: 2, ReplenishmentType: 4 },
      ...{ SafetyStock: 1, OrderPolicy: 1 },
    });
  }
  put(base, 'ItemStorageLocations', {
    ...{ Item: item.id, Warehouse: places.main, StorageLocation: item.pickLocation, Type: 1 },
    ...{ MinimumStock: 5, MaximumStock: 200 },
  });
}

/** Seeds `count` items with everything that hangs on them. */
export function seedItems(base: Base, count: number): SeedItem[] {
  return wares(count).map((ware, n) => {
    const barcode = barcodeOf(n);
    const pieces = ware.family.packs[0];
    const item: SeedItem = {
      ...{ ware, barcode, id: put(base, 'Items', itemRow(base, ware, barcode)) },
      // Only plain goods are bought by the box here; numbered goods are bought by the piece.
      pack:
        pieces !== undefined && ware.family.tracking === 'plain' && n % 4 === 3
          ? { unit: 'box', pieces }
          : undefined,
      pickLocation: base.random.pick(base.places.shelves),
      supplier: base.random.pick(base.suppliers),
      supplierItemCode: `${ware.family.prefix}${base.random.int(10_000, 99_999)}`,
    };
    seedPrices(base, item, n);
    if (ware.family.makes !== true) seedSupply(base, item);
    seedPlacesOf(base, item, n % 3 === 0);
    return item;
  });
}
