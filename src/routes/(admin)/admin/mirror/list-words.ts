// What the lists of the mirror hold, as a person says it; Exact's own names stand beside it, for
// whoever looks them up in Exact's documentation.

const HOLDS: Readonly<Record<string, string>> = {
  Accounts: 'Suppliers and customers',
  BillOfMaterialMaterials: 'Parts of bills of material',
  BillOfMaterialVersions: 'Bills of material',
  ByProductReceipts: 'By-products that came in',
  ByProductReversals: 'By-products that were taken back',
  Deleted: 'What was deleted at Exact',
  Divisions: 'Where the administration is',
  ItemStorageLocations: 'Usual locations of items',
  ItemWarehouses: 'Warehouses of items',
  Items: 'Items and their barcodes',
  MaterialIssues: 'Material that was issued',
  MaterialReversals: 'Material that came back',
  PurchaseOrders: 'Purchase orders',
  ReasonCodes: 'Reasons',
  SalesItemPrices: 'Packs and their barcodes',
  SalesOrderHeaders: 'Sales orders',
  SalesOrderLines: 'Lines of sales orders',
  SerialBatchNumbers: 'Batch and serial numbers',
  ShopOrderMaterialPlans: 'Material of shop orders',
  ShopOrders: 'Shop orders',
  StockPositions: 'Stock per warehouse',
  StockSerialBatchNumbers: 'Stock per batch and serial number',
  StorageLocationStockPositions: 'Stock per location',
  StorageLocations: 'Locations',
  SupplierItem: 'Item codes of suppliers',
  Units: 'Units',
  Warehouses: 'Warehouses',
};

/** A list that has no words yet goes by Exact's name. */
export function listWords(name: string): string {
  return HOLDS[name] ?? name;
}
