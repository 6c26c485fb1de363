/*
 * Where the rows of each served entity come from, as data: the table, the properties that are
 * computed instead of stored, and the navigations. An entity is served exactly when it has a
 * source; a new entity needs an entry here (and an effect when it may be posted), no handler.
 */
import { documentSources, documentTables } from './sources-documents.ts';
import { manufacturingSources } from './sources-manufacturing.ts';
import { masterSources } from './sources-master.ts';
import { orderSources } from './sources-orders.ts';
import { pickingSources, pickingTables } from './sources-picking.ts';
import { planningSources } from './sources-planning.ts';
import { productionSources } from './sources-production.ts';
import { referenceSources, referenceTables } from './sources-reference.ts';
import { stockSources } from './sources-stock.ts';
import { manufacturingTables } from './tables-manufacturing.ts';

/** A collection reached from a row: rows of `entity` whose `foreign` equals this row's `local`. */
export interface Navigation {
  entity: string;
  foreign: string;
  local: string;
  /** A second pair that must be equal as well. */
  and?: { foreign: string; local: string };
}

export interface Source {
  /** The table that holds the rows. */
  table: string;
  /** Joins and conditions after `FROM table t`, e.g. `JOIN … WHERE t."Type" = 2`. */
  tail?: string;
  /** Property → SQL over the alias `t`, for what is computed rather than stored. */
  columns?: Record<string, string>;
  /** Property → collection. */
  navigations?: Record<string, Navigation>;
  /** A second source whose rows stand beside these (purchase order sync is flat). */
  union?: Source;
  /** Not offered at a page of its own without `$select` (Exact KB, query options). */
  selectRequired?: boolean;
  /** Endpoints released after 1 March 2017 know no `$skip` (Exact KB, query options). */
  noSkip?: boolean;
  /** Fields that cannot be filtered on. */
  noFilter?: readonly string[];
  /** One of these fields must occur in `$filter` of a collection (Exact KB, mandatory filter). */
  filterFields?: readonly string[];
}

/** A table: the entity whose plain properties it stores, its key and its `sync/Deleted` code. */
export interface Table {
  entity: string;
  key: string;
  /** A second entity whose plain properties the table stores as well. */
  also?: string;
  /** Properties that are stored although the entity's source shows them computed. */
  keeps?: readonly string[];
  deletedType?: number;
  indexes?: readonly string[];
}

const link = (table: string, fk: string, column: string, key: string): string =>
  `(SELECT x."${column}" FROM "${table}" x WHERE x."${key}" = t."${fk}")`;

const links = (table: string, fk: string, gives: Record<string, string>, key = 'ID') => ({
  when: fk,
  gives: Object.fromEntries(Object.entries(gives).map(([p, c]) => [p, link(table, fk, c, key)])),
});

const person = (fk: string, gives: string) => links('Users', fk, { [gives]: 'FullName' }, 'UserID');

const unit = (fk: string, gives: string) => ({
  when: fk,
  gives: {
    [gives]: `(SELECT x."Description" FROM "Units" x
      WHERE x."Code" = substr(t."${fk}" || '        ', 1, 8))`,
  },
});

/**
 * Codes and descriptions that follow from a stored foreign key wherever it occurs. They are looked
 * up on read, so renaming an item shows everywhere at once, as in Exact.
 */
export const conventions: readonly { when: string; gives: Record<string, string> }[] = [
  links('Items', 'Item', {
    ...{ ItemCode: 'Code', ItemDescription: 'Description', ItemBarcode: 'Barcode' },
    ...{ ItemUnit: 'Unit', ItemStartDate: 'StartDate', ItemEndDate: 'EndDate' },
    ...{ ItemPictureUrl: 'PictureUrl', ItemIsStockItem: 'IsStockItem', IsStockItem: 'IsStockItem' },
    ...{
      ItemIsFractionAllowedItem: 'IsFractionAllowedItem',
      ItemDivisable: 'IsFractionAllowedItem',
    },
    ...{ IsFractionAllowedItem: 'IsFractionAllowedItem' },
    ...{ IsBatchNumberItem: 'IsBatchItem', IsSerialNumberItem: 'IsSerialItem' },
    ...{ IsBatch: 'IsBatchItem', IsSerial: 'IsSerialItem' },
  }),
  {
    when: 'Item',
    gives: {
      ItemUnitDescription: `(SELECT u."Description" FROM "Items" x
        JOIN "Units" u ON u."Code" = x."Unit" WHERE x."ID" = t."Item")`,
    },
  },
  links('Warehouses', 'Warehouse', { WarehouseCode: 'Code', WarehouseDescription: 'Description' }),
  links('Warehouses', 'WarehouseID', {
    WarehouseCode: 'Code',
    WarehouseDescription: 'Description',
  }),
  links('StorageLocations', 'StorageLocation', {
    StorageLocationCode: 'Code',
    StorageLocationDescription: 'Description',
    StorageLocationSequenceNumber: 'PickSequence',
  }),
  links('StorageLocations', 'Location', {
    LocationCode: 'Code',
    LocationDescription: 'Description',
  }),
  links('StorageLocations', 'DefaultStorageLocation', {
    DefaultStorageLocationCode: 'Code',
    DefaultStorageLocationDescription: 'Description',
  }),
  links('Accounts', 'Supplier', {
    ...{ SupplierCode: 'Code', SupplierName: 'Name', SupplierDescription: 'Name' },
  }),
  links('Accounts', 'OrderedBy', { OrderedByName: 'Name' }),
  links('Accounts', 'DeliverTo', { DeliverToName: 'Name' }),
  links('Accounts', 'InvoiceTo', { InvoiceToName: 'Name' }),
  links('Accounts', 'Account', { AccountName: 'Name' }),
  links('ItemGroups', 'ItemGroup', { ItemGroupCode: 'Code', ItemGroupDescription: 'Description' }),
  links('ShippingMethods', 'ShippingMethod', {
    ...{ ShippingMethodCode: 'Code', ShippingMethodDescription: 'Description' },
  }),
  links('SelectionCodes', 'SelectionCode', {
    ...{ SelectionCodeCode: 'Code', SelectionCodeDescription: 'Description' },
  }),
  unit('Unit', 'UnitDescription'),
  unit('UnitCode', 'UnitDescription'),
  unit('PurchaseUnit', 'PurchaseUnitDescription'),
  person('Creator', 'CreatorFullName'),
  person('Modifier', 'ModifierFullName'),
  person('Approver', 'ApproverFullName'),
  person('PurchaseAgent', 'PurchaseAgentFullName'),
  person('Salesperson', 'SalespersonFullName'),
  person('OrderPicker', 'OrderPickerFullName'),
];

export const sources: Readonly<Record<string, Source>> = {
  ...masterSources,
  ...referenceSources,
  ...stockSources,
  ...planningSources,
  ...pickingSources,
  ...orderSources,
  ...documentSources,
  ...manufacturingSources,
  ...productionSources,
};

export const tables: Readonly<Record<string, Table>> = {
  Users: { entity: 'System/Me', key: 'UserID', also: 'Users/Users' },
  Divisions: { entity: 'System/Divisions', key: 'Code' },
  Accounts: { entity: 'CRM/Accounts', key: 'ID', deletedType: 2 },
  Items: { entity: 'Logistics/Items', key: 'ID', deletedType: 9, indexes: ['Code', 'Barcode'] },
  Units: { entity: 'Logistics/Units', key: 'ID', indexes: ['Code'] },
  SupplierItems: {
    ...{ entity: 'Logistics/SupplierItem', key: 'ID', deletedType: 30, indexes: ['Item'] },
  },
  SalesItemPrices: {
    ...{ entity: 'Logistics/SalesItemPrices', key: 'ID', deletedType: 8 },
    indexes: ['Item', 'Barcode'],
  },
  Warehouses: { entity: 'Inventory/Warehouses', key: 'ID' },
  StorageLocations: { entity: 'Inventory/StorageLocations', key: 'ID', indexes: ['Warehouse'] },
  ItemWarehouses: {
    ...{ entity: 'Inventory/ItemWarehouses', key: 'ID', deletedType: 19 },
    indexes: ['Item", "Warehouse'],
  },
  ItemStorageLocations: {
    ...{ entity: 'Sync/Inventory/ItemStorageLocations', key: 'ID', deletedType: 41 },
    indexes: ['Item'],
  },
  StockPositions: {
    ...{ entity: 'Sync/Inventory/StockPositions', key: 'ID', deletedType: 15 },
    indexes: ['ItemId", "Warehouse'],
  },
  LocationStock: {
    ...{ entity: 'Sync/Inventory/StorageLocationStockPositions', key: 'ID', deletedType: 20 },
    indexes: ['Item", "StorageLocation'],
  },
  SerialBatchNumbers: {
    ...{ entity: 'Sync/Inventory/SerialBatchNumbers', key: 'ID', deletedType: 28 },
    indexes: ['Item", "SerialBatchNumber', 'SerialBatchNumber'],
  },
  StockSerialBatchNumbers: {
    ...{ entity: 'Sync/Inventory/StockSerialBatchNumbers', key: 'ID', deletedType: 29 },
    indexes: [
      ...['SerialBatchNumber', 'StockTransactionID', 'Item', 'DraftTransactionID'],
      ...['StockCountLine', 'WarehouseTransferLine', 'SalesReturnLine'],
    ],
  },
  PurchaseOrders: {
    ...{ entity: 'PurchaseOrder/PurchaseOrders', key: 'PurchaseOrderID', deletedType: 22 },
    indexes: ['OrderNumber'],
  },
  PurchaseOrderLines: {
    ...{ entity: 'PurchaseOrder/PurchaseOrderLines', key: 'ID', deletedType: 22 },
    indexes: ['PurchaseOrderID', 'Item'],
  },
  GoodsReceipts: { entity: 'PurchaseOrder/GoodsReceipts', key: 'ID', indexes: ['Created'] },
  GoodsReceiptLines: {
    ...{ entity: 'PurchaseOrder/GoodsReceiptLines', key: 'ID' },
    indexes: ['GoodsReceiptID', 'PurchaseOrderLineID'],
  },
  SalesOrders: { entity: 'SalesOrder/SalesOrders', key: 'OrderID', deletedType: 32 },
  SalesOrderLines: {
    ...{ entity: 'SalesOrder/SalesOrderLines', key: 'ID', deletedType: 33 },
    also: 'Sync/SalesOrder/SalesOrderLines',
    indexes: ['OrderID', 'Item'],
  },
  ...manufacturingTables,
  ...documentTables,
  ...referenceTables,
  ...pickingTables,
  SalesOrderChargeLines: {
    ...{ entity: 'SalesOrder/SalesOrderOrderChargeLines', key: 'ID', indexes: ['OrderID'] },
  },
  WebhookSubscriptions: { entity: 'Webhooks/WebhookSubscriptions', key: 'ID' },
  Deleted: { entity: 'Sync/Deleted', key: 'ID' },
};

/** The table an entity's rows are stored in. Throws for an entity without a source. */
export function tableOf(entityName: string): string {
  const source = sources[entityName];
  if (!source) throw new Error(`${entityName} has no source`);
  return source.table;
}
