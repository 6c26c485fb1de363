/*
 * Sources of the documents: purchase orders and receipts, sales orders. The sync
 * endpoints of the same documents are other looks at the same tables; purchase order sync is flat,
 * one row for the header (line number 0) and one for each line.
 */
import type { Navigation, Source } from './sources.ts';

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

const lineCount = (table: string, foreign: string, key: string): string =>
  `(SELECT count(*) FROM "${table}" l WHERE l."${foreign}" = t."${key}")`;

const sumOf = (table: string, key: string, expression: string): string =>
  `(SELECT round(coalesce(sum(${expression}), 0), 2) FROM "${table}" l
    WHERE l."${key}" = t."${key}")`;

/** Amounts of an order follow from its lines. */
const amountsOf = (table: string, key: string): Record<string, string> => {
  const gross = sumOf(table, key, 'l."AmountFC" + coalesce(l."VATAmount", 0)');
  return {
    ...{ AmountDC: gross, AmountFC: gross },
    AmountFCExclVat: sumOf(table, key, 'l."AmountFC"'),
  };
};

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
  ...amountsOf('PurchaseOrderLines', 'PurchaseOrderID'),
  VATAmount: sumOf('PurchaseOrderLines', 'PurchaseOrderID', 'l."VATAmount"'),
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
  ...amountsOf('SalesOrderLines', 'OrderID'),
};

const salesLinesOfOrder: Navigation = {
  ...{ entity: 'SalesOrder/SalesOrderLines', foreign: 'OrderID', local: 'OrderID' },
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
  'PurchaseOrder/PurchaseOrderLines': {
    table: 'PurchaseOrderLines',
    columns: purchaseLine,
    navigations: {
      ShopOrderMaterialPlans: {
        ...{ entity: 'Manufacturing/ShopOrderMaterialPlans', foreign: 'ID' },
        local: 'ShopOrderMaterialPlan',
      },
      ShopOrderRoutingStepPlans: {
        ...{ entity: 'Manufacturing/ShopOrderRoutingStepPlans', foreign: 'ID' },
        local: 'ShopOrderRoutingStepPlan',
      },
    },
  },
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
      SalesOrderLines: salesLinesOfOrder,
      SalesOrderOrderChargeLines: {
        ...{ entity: 'SalesOrder/SalesOrderOrderChargeLines', foreign: 'OrderID' },
        local: 'OrderID',
      },
    },
  },
  'Bulk/SalesOrder/SalesOrders': {
    table: 'SalesOrders',
    columns: salesHeader,
    filterFields: SALES_ORDER_FILTERS,
    navigations: { SalesOrderLines: salesLinesOfOrder },
  },
  'SalesOrder/SalesOrderLines': { table: 'SalesOrderLines', filterFields: SALES_LINE_FILTERS },
  'Bulk/SalesOrder/SalesOrderLines': {
    ...{ table: 'SalesOrderLines', filterFields: SALES_LINE_FILTERS },
  },
  'SalesOrder/SalesOrderOrderChargeLines': { table: 'SalesOrderChargeLines' },
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
};
