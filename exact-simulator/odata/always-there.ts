/*
 * The properties that Exact's own models can not leave empty, apart from keys and flags of type
 * Byte, which never are. The typed clients (exactonline-api-dotnet-client 1.0, whose models follow
 * Exact's) refuse a null in any of them, also in the answer to a POST without `Prefer`.
 */

/** By entity name; all other properties but keys and Bytes may be null. */
export const ALWAYS_THERE: Readonly<Record<string, readonly string[]>> = {
  'Bulk/SalesOrder/SalesOrderLines': [
    ...['AmountDC', 'AmountFC', 'Discount', 'Division', 'LineNumber', 'OrderID', 'OrderNumber'],
  ],
  'CRM/Accounts': ['IgnoreDatevWarningMessage'],
  'Inventory/AssemblyOrders': [
    ...['Division', 'FinishedQuantity', 'Item', 'OrderNumber', 'OrderStatus', 'PlannedQuantity'],
  ],
  'Inventory/ItemWarehousePlanningDetails': [
    ...['Item', 'PlannedDate', 'PlannedQuantity', 'Warehouse'],
  ],
  'Inventory/ItemWarehouseStorageLocations': ['Item'],
  'Inventory/WarehouseTransfers': ['Status'],
  'Logistics/ItemAssortment': ['Code', 'Division'],
  'Logistics/ItemAssortmentProperty': ['Division', 'ItemAssortmentCode'],
  'Logistics/ItemVersions': ['Item'],
  'Logistics/SalesItemPrices': ['StartDate'],
  'Manufacturing/BillOfMaterialVersions': ['Item'],
  'Manufacturing/ByProductReceipts': ['HasReversibleQuantity', 'IsBackflush'],
  'Manufacturing/ByProductReversals': ['IsBackflush'],
  'Manufacturing/ManufacturingSettings': ['InventoryMainMethod', 'InventorySubMethod'],
  'Manufacturing/MaterialIssues': ['HasReversibleQuantity'],
  'Manufacturing/MaterialReversals': ['IsBackflush'],
  'Manufacturing/ShopOrderReceipts': ['HasReversibleQuantity', 'IsIssueToParent'],
  'Manufacturing/ShopOrders': [
    ...['ProductionLeadDays', 'SalesOrderLineCount', 'ShopOrderByProductPlanBackflushCount'],
    ...['ShopOrderByProductPlanCount', 'ShopOrderMaterialPlanBackflushCount'],
    ...['ShopOrderMaterialPlanCount', 'ShopOrderRoutingStepPlanCount', 'SubShopOrderCount'],
  ],
  'Manufacturing/StageForDeliveryReceipts': ['HasReversibleQuantity', 'ShopOrder'],
  'Manufacturing/SubOrderReceipts': ['HasReversibleQuantity'],
  'Manufacturing/TimedTimeTransactions': [
    'ShopOrderRoutingStepPlanRemainingRunHours',
    'ShopOrderRoutingStepPlanRemainingSetupHours',
  ],
  'PurchaseOrder/GoodsReceiptLines': [
    ...['Created', 'Division', 'LineNumber', 'Modified', 'PurchaseOrderID', 'PurchaseOrderNumber'],
  ],
  'PurchaseOrder/GoodsReceipts': ['Created', 'Division', 'Modified'],
  'PurchaseOrder/PurchaseOrderLines': ['PurchaseOrderID'],
  'SalesOrder/SalesOrderLines': [
    ...['AmountDC', 'AmountFC', 'Division', 'LineNumber', 'OrderID', 'OrderNumber'],
  ],
  'SalesOrder/SalesOrders': [
    ...['AmountDC', 'AmountFC', 'ApprovalStatus', 'Created', 'Division', 'Modified'],
    'OrderNumber',
  ],
};
