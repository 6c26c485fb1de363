/*
 * Tables of manufacturing and assembly: which entity's fields each stores, its key, and its code
 * in `sync/Deleted` (Exact KB, deleted).
 */
import type { Table } from './sources.ts';

const made = (set: string, key: string, ...indexes: string[]): Table => ({
  ...{ entity: `Manufacturing/${set}`, key, indexes },
});

export const manufacturingTables: Record<string, Table> = {
  ShopOrders: {
    ...{ entity: 'Manufacturing/ShopOrders', key: 'ID', deletedType: 36, indexes: ['Item'] },
  },
  ShopOrderMaterialPlans: {
    ...{ entity: 'Manufacturing/ShopOrderMaterialPlans', key: 'ID', deletedType: 37 },
    // The details store how much was issued, which the plans themselves do not show.
    also: 'Manufacturing/ShopOrderMaterialPlanDetails',
    indexes: ['ShopOrder', 'Item'],
  },
  ShopOrderRoutingStepPlans: {
    ...{ entity: 'Manufacturing/ShopOrderRoutingStepPlans', key: 'ID', deletedType: 38 },
    indexes: ['ShopOrder'],
  },
  ShopOrderPriorities: made('ShopOrderPriorities', 'ID', 'ShopOrder'),
  ShopOrderSubOrders: {
    ...{ entity: 'Sync/Manufacturing/ShopOrderSubOrders', key: 'ID', deletedType: 51 },
    indexes: ['ShopOrder', 'ShopOrderParent', 'ShopOrderMaterialPlan'],
  },
  ShopOrderPurchasePlanning: {
    ...{ entity: 'Sync/Manufacturing/ShopOrderPurchasePlanning', key: 'ID', deletedType: 50 },
    indexes: ['ShopOrder'],
  },
  MaterialIssues: {
    ...made('MaterialIssues', 'StockTransactionId', 'ShopOrder', 'ShopOrderMaterialPlan'),
    deletedType: 53,
  },
  MaterialReversals: made(
    ...(['MaterialReversals', 'ReversalStockTransactionId'] as const),
    ...['OriginalStockTransactionId', 'ShopOrder'],
  ),
  ShopOrderReceipts: made('ShopOrderReceipts', 'StockTransactionId', 'ShopOrder'),
  ShopOrderReversals: made(
    ...(['ShopOrderReversals', 'ReversalStockTransactionId'] as const),
    ...['OriginalStockTransactionId', 'ShopOrder'],
  ),
  ByProductReceipts: {
    ...made('ByProductReceipts', 'StockTransactionId', 'ShopOrder', 'ShopOrderMaterialPlan'),
    // Its link to the receipt that booked it has a column only in the entity of the issues.
    also: 'Manufacturing/MaterialIssues',
  },
  ByProductReversals: made(
    ...(['ByProductReversals', 'ReversalStockTransactionId'] as const),
    ...['OriginalStockTransactionId', 'ShopOrder'],
  ),
  SubOrderReceipts: made('SubOrderReceipts', 'ShopOrderReceiptStockTransactionId'),
  SubOrderReversals: made('SubOrderReversals', 'MaterialReversalStockTransactionId'),
  StageForDeliveryReceipts: made('StageForDeliveryReceipts', 'Id', 'ShopOrder'),
  StageForDeliveryReversals: made('StageForDeliveryReversals', 'Id', 'RelatedId'),
  BillOfMaterialVersions: {
    ...{ entity: 'Manufacturing/BillOfMaterialVersions', key: 'ID', deletedType: 55 },
    indexes: ['Item'],
  },
  BillOfMaterialMaterials: {
    ...{ entity: 'Manufacturing/BillOfMaterialMaterials', key: 'ID', deletedType: 54 },
    indexes: ['ItemVersion'],
  },
  BillOfMaterialRoutings: made('BillOfMaterialRoutings', 'ID', 'ItemVersion'),
  Operations: made('Operations', 'ID'),
  OperationResources: made('OperationResources', 'ID', 'Operation'),
  Workcenters: made('Workcenters', 'ID'),
  ProductionAreas: made('ProductionAreas', 'ID'),
  TimeTransactions: made('TimeTransactions', 'ID', 'ShopOrder', 'RoutingStepPlan'),
  TimedTimeTransactions: made('TimedTimeTransactions', 'ID', 'ShopOrderRoutingStepPlan'),
  ManufacturingSettings: made('ManufacturingSettings', 'Division'),
  AssemblyOrders: { entity: 'Inventory/AssemblyOrders', key: 'ID' },
  FinishedAssemblyOrders: { entity: 'Inventory/FinishAssemblyOrder', key: 'AssemblyOrder' },
  AssemblyBillOfMaterialHeader: {
    ...{ entity: 'Inventory/AssemblyBillOfMaterialHeader', key: 'ID' },
  },
  AssemblyBillOfMaterialMaterials: {
    ...{ entity: 'Inventory/AssemblyBillOfMaterialMaterials', key: 'ID' },
    indexes: ['AssembledItem'],
  },
};
