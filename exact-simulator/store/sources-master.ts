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
  `coalesce((SELECT ${column} FROM "StockPositions" p
    WHERE p."ItemId" = t."Item" AND p."Warehouse" = t."Warehouse"), 0)`;

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

/** Extra fields of an item as rows: one look per field (Exact KB, read functions). */
const EXTRA_FIELDS: readonly (readonly [stem: string, count: number, text: string])[] = [
  ['FreeTextField', 10, 'Free text field'],
  ['FreeNumberField', 8, 'Free number field'],
  ['FreeDateField', 5, 'Free date field'],
  ['FreeBoolField', 5, 'Free yes/no field'],
];

function extraFieldValue(stem: string, field: string): string {
  if (stem === 'FreeDateField') return `strftime('%Y-%m-%d', t."${field}" / 1000, 'unixepoch')`;
  if (stem === 'FreeBoolField') return `iif(t."${field}" = 1, 'True', 'False')`;
  return `CAST(t."${field}" AS TEXT)`;
}

const extraFields = EXTRA_FIELDS.flatMap(([stem, count, text]) =>
  numbered(stem, count).map((field, n) => ({ stem, field, text: `${text} ${n + 1}` })),
).reduceRight<Source | undefined>((union, { stem, field, text }, n) => {
  const columns = {
    ...{ ItemID: 't."ID"', Number: String(n + 1), Description: `'${text}'` },
    Value: extraFieldValue(stem, field),
  };
  const tail = `WHERE t."${field}" IS NOT NULL`;
  return { table: 'Items', tail, columns, ...(union ? { union } : {}) };
}, undefined);

const itemDetails: Record<string, string> = {
  SalesCurrency: `coalesce((SELECT p."Currency" FROM "SalesItemPrices" p
    WHERE p."Item" = t."ID" LIMIT 1), 'EUR')`,
  SalesPrice: 't."StandardSalesPrice"',
};

/** What a customer calls an item (Exact KB, read functions). */
const accountItems: Source = {
  table: 'CustomerItems',
  columns: {
    ...{ ID: 't."Item"', AccountID: 't."Account"' },
    Code: '(SELECT x."Code" FROM "Items" x WHERE x."ID" = t."Item")',
    Description: '(SELECT x."Description" FROM "Items" x WHERE x."ID" = t."Item")',
    Unit: '(SELECT x."Unit" FROM "Items" x WHERE x."ID" = t."Item")',
  },
};

/** What suppliers ask, as prices per unit. */
const purchasePrices: Record<string, string> = {
  ...{ ID: 't."ID"', Account: 't."Supplier"', Price: 't."PurchasePrice"' },
  AccountName: '(SELECT x."Name" FROM "Accounts" x WHERE x."ID" = t."Supplier")',
  ...{ Quantity: 't."MinimumQuantity"', NumberOfItemsPerUnit: 't."PurchaseUnitFactor"' },
  ...{ Unit: 't."PurchaseUnit"', ...prices },
  UnitDescription: '(SELECT u."Description" FROM "Units" u WHERE u."Code" = t."PurchaseUnit")',
};

const accountBanks: Source['navigations'] = {
  BankAccounts: { entity: 'CRM/BankAccounts', foreign: 'Account', local: 'ID' },
};

export const masterSources: Record<string, Source> = {
  'System/Me': { table: 'Users' },
  'System/Divisions': { table: 'Divisions' },
  'HRM/Divisions': { table: 'Divisions', columns: { HID: 't."Hid"', Main: 't."IsMainDivision"' } },
  'CRM/Accounts': {
    table: 'Accounts',
    filterFields: ACCOUNT_FILTERS,
    navigations: accountBanks,
  },
  'Sync/CRM/Accounts': { table: 'Accounts', navigations: accountBanks },
  'Logistics/Items': { table: 'Items', columns: items, filterFields: ITEM_FILTERS },
  'Sync/Logistics/Items': { table: 'Items', columns: items },
  'Bulk/Logistics/Items': { table: 'Items', columns: items, filterFields: ITEM_FILTERS },
  'Read/Logistics/ItemDetailsByID': { table: 'Items', columns: itemDetails },
  'Read/Logistics/ItemExtraField': extraFields ?? { table: 'Items' },
  'Read/Logistics/AccountItems': accountItems,
  'Logistics/Units': { table: 'Units' },
  'Logistics/SupplierItem': {
    ...{ table: 'SupplierItems', columns: supplierItem, noFilter: ['StartDate', 'EndDate'] },
  },
  'Sync/Logistics/SupplierItem': { table: 'SupplierItems', columns: supplierItem },
  'Logistics/SalesItemPrices': { table: 'SalesItemPrices', columns: prices, selectRequired: true },
  'Bulk/Logistics/SalesItemPrices': { table: 'SalesItemPrices', columns: prices },
  'Sync/Logistics/PurchaseItemPrices': { table: 'SupplierItems', columns: purchasePrices },
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
  'Webhooks/WebhookSubscriptions': { table: 'WebhookSubscriptions' },
};
