/*
 * Sources of the master data: accounts, items, units, prices, warehouses, locations, divisions.
 * The filter lists are the "Filter" column of the reference (Exact KB, mandatory filter).
 */
import type { Source } from './sources.ts';

const numbered = (stem: string, count: number): string[] =>
  Array.from({ length: count }, (_, i) => `${stem}_${String(i + 1).padStart(2, '0')}`);

const ITEM_FILTERS = [
  ...['ID', 'Code', 'Barcode', 'SearchCode', 'Description', 'ExtraDescription', 'ItemGroup'],
  ...['Created', 'Modified', 'StartDate', 'EndDate', 'CostPriceNew', 'GLCosts', 'GLRevenue'],
  ...['GLStock', 'IsBatchItem', 'IsSerialItem', 'IsStockItem', 'IsMakeItem', 'IsPurchaseItem'],
  ...['IsSalesItem', 'IsFractionAllowedItem', 'IsSubcontractedItem', 'IsTime', 'IsWebshopItem'],
  ...numbered('Class', 10),
  ...numbered('FreeBoolField', 5),
  ...numbered('FreeDateField', 5),
  ...numbered('FreeNumberField', 8),
  ...numbered('FreeTextField', 10),
];

const ACCOUNT_FILTERS = [
  ...['ID', 'Code', 'CodeAtSupplier', 'Name', 'SearchCode', 'Status', 'Type', 'Blocked'],
  ...['IsSupplier', 'IsSales', 'Created', 'Modified', 'StartDate', 'EndDate', 'Email', 'Phone'],
  ...['Postcode', 'City', 'Country', 'VATNumber', 'ChamberOfCommerce', 'Parent', 'MainContact'],
  ...Array.from({ length: 8 }, (_, i) => `Classification${i + 1}`),
];

/** Stock settings of an item in a warehouse; its quantities come from the stock position. */
const position = (column: string): string =>
  `(SELECT ${column} FROM "StockPositions" p
    WHERE p."ItemId" = t."Item" AND p."Warehouse" = t."Warehouse")`;

const items: Record<string, string> = {
  Stock: `(SELECT coalesce(sum(p."CurrentStock"), 0) FROM "StockPositions" p
    WHERE p."ItemId" = t."ID")`,
  IsBatchNumberItem: 't."IsBatchItem"',
  IsSerialNumberItem: 't."IsSerialItem"',
  UnitType: '(SELECT u."Type" FROM "Units" u WHERE u."Code" = t."Unit")',
};

/** On supplier items `ItemUnit` is the guid of the unit, elsewhere it is the unit's code. */
const unitOfItem = (column: string): string =>
  `(SELECT u."${column}" FROM "Items" x
    JOIN "Units" u ON u."Code" = x."Unit" WHERE x."ID" = t."Item")`;

const supplierItem: Record<string, string> = {
  ItemUnit: unitOfItem('ID'),
  ItemUnitCode: unitOfItem('Code'),
  ItemUnitDescription: unitOfItem('Description'),
};

const prices: Record<string, string> = {
  DefaultItemUnit: '(SELECT x."Unit" FROM "Items" x WHERE x."ID" = t."Item")',
  DefaultItemUnitDescription: `(SELECT u."Description" FROM "Items" x
    JOIN "Units" u ON u."Code" = x."Unit" WHERE x."ID" = t."Item")`,
};

export const masterSources: Record<string, Source> = {
  'System/Me': { table: 'Users' },
  'System/Divisions': { table: 'Divisions' },
  'HRM/Divisions': { table: 'Divisions', columns: { HID: 't."Hid"', Main: 't."IsMainDivision"' } },
  'CRM/Accounts': { table: 'Accounts', filterFields: ACCOUNT_FILTERS },
  'Sync/CRM/Accounts': { table: 'Accounts' },
  'Logistics/Items': { table: 'Items', columns: items, filterFields: ITEM_FILTERS },
  'Sync/Logistics/Items': { table: 'Items', columns: items },
  'Logistics/Units': { table: 'Units' },
  'Logistics/SupplierItem': { table: 'SupplierItems', columns: supplierItem },
  'Sync/Logistics/SupplierItem': { table: 'SupplierItems', columns: supplierItem },
  'Logistics/SalesItemPrices': { table: 'SalesItemPrices', columns: prices, selectRequired: true },
  'Sync/Logistics/SalesItemPrices': { table: 'SalesItemPrices', columns: prices },
  'Inventory/Warehouses': { table: 'Warehouses' },
  'Inventory/StorageLocations': { table: 'StorageLocations' },
  'Inventory/ItemWarehouses': {
    table: 'ItemWarehouses',
    columns: {
      CurrentStock: position('p."CurrentStock"'),
      PlannedStockIn: position('p."PlanningIn"'),
      PlannedStockOut: position('p."PlanningOut"'),
      ProjectedStock: position('p."CurrentStock" + p."PlanningIn" - p."PlanningOut"'),
      ReservedStock: position('p."ReservedStock"'),
    },
  },
  'Sync/Inventory/ItemWarehouses': {
    table: 'ItemWarehouses',
    columns: { ReservedStock: position('p."ReservedStock"') },
  },
  'Sync/Inventory/ItemStorageLocations': { table: 'ItemStorageLocations' },
  'Sync/Deleted': { table: 'Deleted' },
};
