// Who lives here: the fields that we use of documents: purchase, sales and shop orders, and what was
// issued on shop orders. Statuses are those of the reference (exact-online-api.md §7, §8, §10).

import * as z from 'zod';
import { date, flag, guid, number, oneOf, text } from './fields.ts';

/** 0 awaiting, 1 automatic, 2 approved. */
const approval = oneOf(0, 1, 2).nullable();
/** 10 open, 20 partial, 30 complete, 40 cancelled. */
const received = oneOf(10, 20, 30, 40).nullable();
/** 12 open, 20 partial, 21 complete, 45 cancelled. */
const delivered = oneOf(12, 20, 21, 45).nullable();
/** What the other side calls the order. Rows that were read before it was asked for lack it. */
const reference = text.nullish();

export const orderForms = {
  /** One row per header (LineNumber 0) and per line, in one list (§4.3). */
  PurchaseOrders: z.object({
    ID: guid,
    PurchaseOrderID: guid,
    LineNumber: z.int().nullable(),
    OrderNumber: z.int().nullable(),
    SupplierCode: text.nullable(),
    SupplierName: text.nullable(),
    YourRef: reference,
    Warehouse: guid.nullable(),
    ReceiptDate: date,
    ReceiptStatus: received,
    ApprovalStatus: approval,
    DropShipment: flag,
    Item: guid.nullable(),
    Quantity: number.nullable(),
    QuantityInPurchaseUnits: number.nullable(),
    ReceivedQuantity: number.nullable(),
    SupplierItemCode: text.nullable(),
  }),
  SalesOrderHeaders: z.object({
    OrderID: guid,
    OrderNumber: z.int().nullable(),
    OrderedByName: text.nullable(),
    DeliverToName: text.nullable(),
    YourRef: reference,
    DeliveryDate: date,
    DeliveryStatus: delivered,
    ApprovalStatus: approval,
    WarehouseID: guid.nullable(),
    ShippingMethod: guid.nullable(),
  }),
  SalesOrderLines: z.object({
    ID: guid,
    OrderID: guid,
    LineNumber: z.int().nullable(),
    Item: guid.nullable(),
    Quantity: number.nullable(),
    QuantityDelivered: number.nullable(),
    DeliveryStatus: delivered,
    UseDropShipment: flag,
    CustomerItemCode: text.nullable(),
  }),
  /** 10 open, 20 in process, 30 finished, 40 completed. */
  ShopOrders: z.object({
    ID: guid,
    ShopOrderNumber: z.int().nullable(),
    Item: guid.nullable(),
    Warehouse: guid.nullable(),
    Description: text.nullable(),
    YourRef: reference,
    PlannedDate: date,
    PlannedQuantity: number.nullable(),
    ProducedQuantity: number.nullable(),
    Status: oneOf(10, 20, 30, 40).nullable(),
    IsReleased: flag,
    IsOnHold: flag,
  }),
  /** Status 5 draft, 10 open, 20 on order, 25 partial, 30 finished; type 1 material, 2 by-product. */
  ShopOrderMaterialPlans: z.object({
    ID: guid,
    ShopOrder: guid,
    LineNumber: z.int().nullable(),
    Item: guid.nullable(),
    PlannedQuantity: number.nullable(),
    Status: oneOf(5, 10, 20, 25, 30).nullable(),
    Type: oneOf(1, 2).nullable(),
    Backflush: flag,
    Notes: text.nullable(),
  }),
  MaterialIssues: z.object({
    StockTransactionId: guid,
    ShopOrder: guid.nullable(),
    ShopOrderMaterialPlan: guid.nullable(),
    Quantity: number.nullable(),
  }),
  MaterialReversals: z.object({
    ReversalStockTransactionId: guid,
    ShopOrder: guid.nullable(),
    ShopOrderMaterialPlan: guid.nullable(),
    Quantity: number.nullable(),
  }),
  ByProductReceipts: z.object({
    StockTransactionId: guid,
    ShopOrder: guid.nullable(),
    ShopOrderMaterialPlan: guid.nullable(),
    Quantity: number.nullable(),
  }),
  ByProductReversals: z.object({
    ReversalStockTransactionId: guid,
    ShopOrder: guid.nullable(),
    ShopOrderMaterialPlan: guid.nullable(),
    Quantity: number.nullable(),
  }),
  BillOfMaterialVersions: z.object({
    ID: guid,
    Item: guid.nullable(),
    VersionNumber: z.int().nullable(),
    IsDefault: flag,
    BatchQuantity: number.nullable(),
  }),
  BillOfMaterialMaterials: z.object({
    ID: guid,
    ItemVersion: guid.nullable(),
    LineNumber: z.int().nullable(),
    PartItem: guid.nullable(),
    Quantity: number.nullable(),
    Backflush: flag,
  }),
} as const;
