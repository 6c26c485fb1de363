/*
 * Sources of the documents: purchase orders and receipts, sales orders, shop orders. The sync
 * endpoints of the same documents are other looks at the same tables; purchase order sync is flat,
 * one row for the header (line number 0) and one for each line.
 */
import type { Source } from './sources.ts';

const SALES_ORDER_FILTERS = [
  ...['OrderID', 'OrderNumber', 'OrderDate', 'OrderedBy', 'OrderedByContactPerson', 'DeliverTo'],
  ...['DeliverToContactPerson', 'InvoiceTo', 'InvoiceToContactPerson', 'DeliveryAddress'],
  ...['DeliveryDate', 'Status', 'DeliveryStatus', 'InvoiceStatus', 'ApprovalStatus', 'Approver'],
  ...['WarehouseID', 'ShippingMethod', 'Salesperson', 'SelectionCode', 'TaxSchedule'],
  ...['PaymentReference', 'Document', 'Description', 'YourRef', 'Created', 'Modified'],
];

const SALES_LINE_FILTERS = [
  ...['ID', 'OrderID', 'OrderNumber', 'Item', 'ItemVersion', 'LineNumber', 'DeliveryDate'],
  ...['DeliveryStatus', 'InvoiceStatus', 'OrderStatus', 'Description', 'Project', 'CostCenter'],
  ...['CostUnit', 'Pricelist', 'ShopOrder', 'UseDropShipment', 'VATCode'],
];

const lineCount = (table: string, foreign: string, key: string, where = ''): string =>
  `(SELECT count(*) FROM "${table}" l WHERE l."${foreign}" = t."${key}"${where})`;

/** A field of the purchase order header, seen from a line. */
const header = (column: string): string =>
  `(SELECT h."${column}" FROM "PurchaseOrders" h
    WHERE h."PurchaseOrderID" = t."PurchaseOrderID")`;

const headers = (...columns: string[]): Record<string, string> =>
  Object.fromEntries(columns.map((column) => [column, header(column)]));

const headerLink = (table: string, column: string, foreign: string): string =>
  `(SELECT x."${column}" FROM "${table}" x WHERE x."ID" = ${header(foreign)})`;

const approvalText = (status: string): string =>
  `CASE ${status} WHEN 0 THEN 'Awaiting approval' WHEN 1 THEN 'Automatic' ELSE 'Approved' END`;

/** Sales statuses: 12 open, 20 partial, 21 complete, 45 cancelled (Exact KB, sales orders). */
const salesText = (status: string): string =>
  `CASE ${status} WHEN 12 THEN 'Open' WHEN 20 THEN 'Partial' WHEN 21 THEN 'Complete'
    WHEN 45 THEN 'Cancelled' END`;

const stockInOrderWarehouse = (expression: string): string =>
  `(SELECT ${expression} FROM "StockPositions" p
    WHERE p."ItemId" = t."Item" AND p."Warehouse" = ${header('Warehouse')})`;

const purchaseLine: Record<string, string> = {
  InStock: stockInOrderWarehouse('p."CurrentStock"'),
  ProjectedStock: stockInOrderWarehouse('p."CurrentStock" + p."PlanningIn" - p."PlanningOut"'),
  // The barcode of the unit the order was placed in, when it is not the unit of the item itself.
  ItemBarcodeAdditional: `(SELECT s."Barcode" FROM "SalesItemPrices" s
    WHERE s."Item" = t."Item" AND s."Unit" = t."Unit" AND s."Barcode" IS NOT NULL LIMIT 1)`,
};

/** Receipt status of one line: 10 open, 20 partial, 30 complete (Exact KB, purchase orders). */
const lineReceiptStatus = `CASE WHEN t."ReceivedQuantity" >= t."Quantity" THEN 30
  WHEN t."ReceivedQuantity" > 0 THEN 20 ELSE 10 END`;

const purchaseHeader: Record<string, string> = {
  PurchaseOrderLineCount: lineCount('PurchaseOrderLines', 'PurchaseOrderID', 'PurchaseOrderID'),
  ApprovalStatusDescription: approvalText('t."ApprovalStatus"'),
};

const flatPurchaseOrders: Source = {
  table: 'PurchaseOrders',
  columns: { ...purchaseHeader, ID: 't."PurchaseOrderID"', LineNumber: '0' },
  union: {
    table: 'PurchaseOrderLines',
    columns: {
      ...headers('ApprovalStatus', 'Approved', 'Approver', 'Currency', 'DropShipment'),
      ...headers('InvoiceStatus', 'OrderDate', 'OrderNumber', 'OrderStatus', 'Remarks', 'Source'),
      ...headers('Supplier', 'SupplierContact', 'Warehouse', 'YourRef', 'PaymentCondition'),
      ...headers('PurchaseAgent', 'ShippingMethod', 'SelectionCode', 'Document', 'ExchangeRate'),
      SupplierCode: headerLink('Accounts', 'Code', 'Supplier'),
      SupplierName: headerLink('Accounts', 'Name', 'Supplier'),
      WarehouseCode: headerLink('Warehouses', 'Code', 'Warehouse'),
      WarehouseDescription: headerLink('Warehouses', 'Description', 'Warehouse'),
      ApprovalStatusDescription: approvalText(header('ApprovalStatus')),
      ReceiptStatus: lineReceiptStatus,
    },
  },
};

const salesHeader: Record<string, string> = {
  StatusDescription: salesText('t."Status"'),
  DeliveryStatusDescription: salesText('t."DeliveryStatus"'),
  InvoiceStatusDescription: salesText('t."InvoiceStatus"'),
  ApprovalStatusDescription: approvalText('t."ApprovalStatus"'),
};

const plans = (where = ''): string => lineCount('ShopOrderMaterialPlans', 'ShopOrder', 'ID', where);

const shopOrder: Record<string, string> = {
  ShopOrderNumberString: 'CAST(t."ShopOrderNumber" AS TEXT)',
  ShopOrderMaterialPlanCount: plans(),
  ShopOrderMaterialPlanBackflushCount: plans(' AND l."Backflush" = 1'),
  ShopOrderMaterialPlansNonIssuedMaterialsCount: plans(' AND l."Status" < 30'),
};

/** Material plan statuses (Exact KB, shop order material plan details). */
const materialPlan: Record<string, string> = {
  Barcode: '(SELECT x."Barcode" FROM "Items" x WHERE x."ID" = t."Item")',
  StatusDescription: `CASE t."Status" WHEN 5 THEN 'Draft' WHEN 10 THEN 'Open'
    WHEN 20 THEN 'On order' WHEN 25 THEN 'Partial' WHEN 30 THEN 'Finished' END`,
};

export const orderSources: Record<string, Source> = {
  'PurchaseOrder/PurchaseOrders': {
    table: 'PurchaseOrders',
    columns: purchaseHeader,
    navigations: {
      PurchaseOrderLines: {
        ...{ entity: 'PurchaseOrder/PurchaseOrderLines', foreign: 'PurchaseOrderID' },
        local: 'PurchaseOrderID',
      },
    },
  },
  'PurchaseOrder/PurchaseOrderLines': { table: 'PurchaseOrderLines', columns: purchaseLine },
  'Sync/PurchaseOrder/PurchaseOrders': flatPurchaseOrders,
  'PurchaseOrder/GoodsReceipts': {
    table: 'GoodsReceipts',
    columns: { GoodsReceiptLineCount: lineCount('GoodsReceiptLines', 'GoodsReceiptID', 'ID') },
    navigations: {
      GoodsReceiptLines: {
        ...{ entity: 'PurchaseOrder/GoodsReceiptLines', foreign: 'GoodsReceiptID', local: 'ID' },
      },
    },
  },
  'PurchaseOrder/GoodsReceiptLines': {
    table: 'GoodsReceiptLines',
    navigations: {
      BatchNumbers: {
        ...{ entity: 'Inventory/StockBatchNumbers', foreign: 'StockTransactionID', local: 'ID' },
      },
      SerialNumbers: {
        ...{ entity: 'Inventory/StockSerialNumbers', foreign: 'StockTransactionID', local: 'ID' },
      },
    },
  },
  'SalesOrder/SalesOrders': {
    table: 'SalesOrders',
    columns: salesHeader,
    filterFields: SALES_ORDER_FILTERS,
    navigations: {
      SalesOrderLines: {
        ...{ entity: 'SalesOrder/SalesOrderLines', foreign: 'OrderID', local: 'OrderID' },
      },
    },
  },
  'SalesOrder/SalesOrderLines': { table: 'SalesOrderLines', filterFields: SALES_LINE_FILTERS },
  'Sync/SalesOrder/SalesOrderHeaders': {
    table: 'SalesOrders',
    columns: { ...salesHeader, ID: 't."OrderID"' },
  },
  'Sync/SalesOrder/SalesOrderLines': {
    table: 'SalesOrderLines',
    columns: {
      Status: 't."OrderStatus"',
      StatusDescription: salesText('t."OrderStatus"'),
      DeliveryStatusDescription: salesText('t."DeliveryStatus"'),
      InvoiceStatusDescription: salesText('t."InvoiceStatus"'),
    },
  },
  'Manufacturing/ShopOrders': {
    table: 'ShopOrders',
    columns: shopOrder,
    navigations: {
      ShopOrderMaterialPlans: {
        ...{ entity: 'Manufacturing/ShopOrderMaterialPlans', foreign: 'ShopOrder', local: 'ID' },
      },
    },
  },
  'Sync/Manufacturing/ShopOrders': { table: 'ShopOrders', columns: shopOrder },
  'Manufacturing/ShopOrderMaterialPlans': {
    table: 'ShopOrderMaterialPlans',
    columns: materialPlan,
  },
  'Sync/Manufacturing/ShopOrderMaterialPlans': {
    table: 'ShopOrderMaterialPlans',
    columns: materialPlan,
  },
};
