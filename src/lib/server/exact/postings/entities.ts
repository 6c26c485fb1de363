// Who lives here: the lists of Exact in which our documents stand, by their own names
// (exact-online-api.md §6.3, §7 to §10).

import type { Entity } from './step.ts';

const CREATED = { created: 'Created' } as const;
/** Manufacturing transactions say `CreatedDate`, and have no number but their order's. */
const MADE = { created: 'CreatedDate', marker: 'Note', number: 'ShopOrderNumber' } as const;

export const ENTITIES = {
  goodsReceipts: {
    ...CREATED,
    ...{ path: 'purchaseorder/GoodsReceipts', key: 'ID' },
    ...{ number: 'ReceiptNumber', marker: 'Description' },
  },
  goodsDeliveries: {
    ...CREATED,
    ...{ path: 'salesorder/GoodsDeliveries', key: 'EntryID' },
    ...{ number: 'DeliveryNumber', marker: 'Description' },
  },
  stockCounts: {
    ...CREATED,
    ...{ path: 'inventory/StockCounts', key: 'StockCountID' },
    ...{ number: 'StockCountNumber', marker: 'Description' },
  },
  warehouseTransfers: {
    ...CREATED,
    ...{ path: 'inventory/WarehouseTransfers', key: 'TransferID' },
    ...{ number: 'TransferNumber', marker: 'Description' },
  },
  purchaseReturns: {
    ...CREATED,
    ...{ path: 'purchaseorder/PurchaseReturns', key: 'ID' },
    ...{ number: 'ReturnNumber', marker: 'Description' },
  },
  /** A line of the plan, not a document: our marker stands in what anybody may write there. */
  materialPlans: {
    ...{ ...CREATED, path: 'manufacturing/ShopOrderMaterialPlans', key: 'ID' },
    ...{ number: null, marker: 'Notes' },
  },
  materialIssues: { ...MADE, path: 'manufacturing/MaterialIssues', key: 'StockTransactionId' },
  materialReversals: {
    ...{ ...MADE, path: 'manufacturing/MaterialReversals', key: 'ReversalStockTransactionId' },
  },
  shopOrderReceipts: {
    ...{ ...MADE, path: 'manufacturing/ShopOrderReceipts', key: 'StockTransactionId' },
    ...{ number: 'ReceiptNumber', marker: null },
  },
  byProductReceipts: {
    ...{
      ...MADE,
      path: 'manufacturing/ByProductReceipts',
      key: 'StockTransactionId',
      marker: null,
    },
  },
  byProductReversals: {
    ...{ ...MADE, path: 'manufacturing/ByProductReversals', key: 'ReversalStockTransactionId' },
  },
  shopOrderReversals: {
    ...{ ...MADE, path: 'manufacturing/ShopOrderReversals', key: 'ReversalStockTransactionId' },
  },
  batchDrafts: {
    ...CREATED,
    ...{ path: 'inventory/StockBatchNumbers', key: 'ID', number: null, marker: 'Remarks' },
  },
  serialDrafts: {
    ...CREATED,
    ...{ path: 'inventory/StockSerialNumbers', key: 'ID', number: null, marker: 'Remarks' },
  },
} as const satisfies Readonly<Record<string, Entity>>;
