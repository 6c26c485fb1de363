/*
 * Sources and tables of sales and inventory documents: deliveries, drop shipments, returns, stock
 * counts, warehouse transfers, and the process endpoints whose answers say what became of them.
 */
import type { Navigation, Source, Table } from './sources.ts';

const of = (table: string, key: string, fk: string) => (column: string) =>
  `(SELECT x."${column}" FROM "${table}" x WHERE x."${key}" = t."${fk}")`;

const named = (
  look: (column: string) => string,
  gives: Record<string, string>,
): Record<string, string> =>
  Object.fromEntries(Object.entries(gives).map(([property, column]) => [property, look(column)]));

const numbers = (foreign: string): Record<string, Navigation> => ({
  BatchNumbers: { entity: 'Inventory/StockBatchNumbers', foreign, local: 'ID' },
  SerialNumbers: { entity: 'Inventory/StockSerialNumbers', foreign, local: 'ID' },
});

const deliveryHeader: Record<string, string> = {
  ...named(of('Accounts', 'ID', 'DeliveryAccount'), {
    ...{ DeliveryAccountCode: 'Code', DeliveryAccountName: 'Name' },
  }),
  ...named(of('ShippingMethods', 'ID', 'ShippingMethod'), {
    ...{ ShippingMethodCode: 'Code', ShippingMethodDescription: 'Description' },
  }),
};

const salesLine = of('SalesOrderLines', 'ID', 'SalesOrderLineID');

const soldLine: Record<string, string> = {
  ...named(salesLine, { QuantityOrdered: 'Quantity', Unitcode: 'UnitCode' }),
  ...named(salesLine, { SalesOrderLineNumber: 'LineNumber', SalesOrderNumber: 'OrderNumber' }),
  CustomerItemCode: salesLine('CustomerItemCode'),
};

/**
 * A line whose numbers came from several locations shows one row per location, all with the same
 * ID (Exact KB, goods delivery lines): `m` is one movement of each place.
 */
const perLocation = `LEFT JOIN "StockSerialBatchNumbers" m
  ON m."StockTransactionID" = t."ID" AND m."IsDraft" = 0 AND NOT EXISTS (
    SELECT 1 FROM "StockSerialBatchNumbers" e
    WHERE e."StockTransactionID" = t."ID" AND e."IsDraft" = 0
      AND e."StorageLocation" IS m."StorageLocation" AND e."ID" < m."ID")`;

const locationShown = 'coalesce(m."StorageLocation", t."StorageLocation")';
const place = (column: string): string =>
  `(SELECT x."${column}" FROM "StorageLocations" x WHERE x."ID" = ${locationShown})`;

const goodsDeliveryLine: Record<string, string> = {
  ...soldLine,
  DeliveryDate: of('GoodsDeliveries', 'EntryID', 'EntryID')('DeliveryDate'),
  StorageLocation: locationShown,
  StorageLocationCode: place('Code'),
  StorageLocationDescription: place('Description'),
  QuantityDelivered: `CASE WHEN m."ID" IS NULL THEN t."QuantityDelivered" ELSE (
    SELECT -sum(e."Quantity") FROM "StockSerialBatchNumbers" e
    WHERE e."StockTransactionID" = t."ID" AND e."IsDraft" = 0
      AND e."StorageLocation" IS m."StorageLocation") END`,
};

const deliveries: Source = {
  ...{ table: 'GoodsDeliveries', columns: deliveryHeader, selectRequired: true },
  navigations: {
    GoodsDeliveryLines: {
      ...{ entity: 'SalesOrder/GoodsDeliveryLines', foreign: 'EntryID', local: 'EntryID' },
    },
  },
};

const deliveryLines: Source = {
  ...{ table: 'GoodsDeliveryLines', tail: perLocation, columns: goodsDeliveryLine },
  navigations: numbers('StockTransactionID'),
};

/** Fields of a location under the names a transfer line shows. */
const transferPlace = (side: 'From' | 'To'): Record<string, string> =>
  named(of('StorageLocations', 'ID', `StorageLocation${side}`), {
    [`StorageLocation${side}Code`]: 'Code',
    [`StorageLocation${side}Description`]: 'Description',
    [`StorageLocation${side}LocationSequence`]: 'PickSequence',
  });

const transferWarehouse = (side: 'From' | 'To'): Record<string, string> =>
  named(of('Warehouses', 'ID', `Warehouse${side}`), {
    ...{ [`Warehouse${side}Code`]: 'Code', [`Warehouse${side}Description`]: 'Description' },
  });

const itemOf = of('Items', 'ID', 'Item');

const unitName = `(SELECT u."Description" FROM "Items" x
  JOIN "Units" u ON u."Code" = x."Unit" WHERE x."ID" = t."Item")`;

const receiptLine = of('GoodsReceiptLines', 'ID', 'GoodsReceiptLineID');

const returnSources: Record<string, Source> = {
  'PurchaseOrder/PurchaseReturns': {
    table: 'PurchaseReturns',
    navigations: {
      PurchaseReturnLines: {
        ...{ entity: 'PurchaseOrder/PurchaseReturnLines', foreign: 'EntryID', local: 'ID' },
      },
    },
  },
  'PurchaseOrder/PurchaseReturnLines': {
    table: 'PurchaseReturnLines',
    columns: {
      ...named(receiptLine, { ReceivedQuantity: 'QuantityReceived', UnitCode: 'ItemUnitCode' }),
      ...named(receiptLine, { SupplierItemCode: 'SupplierItemCode' }),
      ...named(receiptLine, { PurchaseOrderNumber: 'PurchaseOrderNumber' }),
      ReceiptNumber: `(SELECT h."ReceiptNumber" FROM "GoodsReceiptLines" x
        JOIN "GoodsReceipts" h ON h."ID" = x."GoodsReceiptID"
        WHERE x."ID" = t."GoodsReceiptLineID")`,
    },
    navigations: numbers('StockTransactionID'),
  },
  'SalesOrder/PlannedSalesReturns': {
    table: 'PlannedSalesReturns',
    columns: { DeliveredToName: of('Accounts', 'ID', 'DeliveredTo')('Name') },
    navigations: {
      PlannedSalesReturnLines: {
        ...{ entity: 'SalesOrder/PlannedSalesReturnLines', foreign: 'PlannedSalesReturnID' },
        local: 'PlannedSalesReturnID',
      },
    },
  },
  'SalesOrder/PlannedSalesReturnLines': {
    table: 'PlannedSalesReturnLines',
    columns: {
      SalesOrderNumber: salesLine('OrderNumber'),
      ...{ UnitCode: itemOf('Unit'), UnitDescription: unitName },
    },
    navigations: numbers('SalesReturnLine'),
  },
};

const dropShipmentSources: Record<string, Source> = {
  'SalesOrder/DropShipments': {
    ...{ table: 'DropShipments', columns: deliveryHeader },
    navigations: {
      DropShipmentLines: {
        ...{ entity: 'SalesOrder/DropShipmentLines', foreign: 'EntryID', local: 'EntryID' },
      },
    },
  },
  'SalesOrder/DropShipmentLines': {
    table: 'DropShipmentLines',
    columns: {
      ...soldLine,
      DeliveryDate: of('DropShipments', 'EntryID', 'EntryID')('DeliveryDate'),
    },
    navigations: numbers('StockTransactionID'),
  },
};

export const documentSources: Record<string, Source> = {
  ...returnSources,
  ...dropShipmentSources,
  'SalesOrder/CompleteSalesOrder': { table: 'CompletedSalesOrders' },
  'SalesOrder/CompleteSalesOrderLine': { table: 'CompletedSalesOrderLines' },
  'SalesOrder/PrintedSalesOrders': { table: 'PrintedSalesOrders' },
  'Inventory/StockCounts': {
    table: 'StockCounts',
    navigations: {
      StockCountLines: {
        ...{ entity: 'Inventory/StockCountLines', foreign: 'StockCountID', local: 'StockCountID' },
      },
    },
  },
  'Inventory/StockCountLines': {
    table: 'StockCountLines',
    columns: {
      ...{ CostPrice: itemOf('CostPriceStandard'), ItemCostPrice: itemOf('CostPriceStandard') },
      ...{ ItemDivisable: itemOf('IsFractionAllowedItem'), StockKeepingUnit: itemOf('Unit') },
      // A line stores only what was entered; the other one follows from the stock of that moment.
      QuantityNew: 'coalesce(t."QuantityNew", t."QuantityInStock" + t."QuantityDifference")',
      QuantityDifference: 'coalesce(t."QuantityDifference", t."QuantityNew" - t."QuantityInStock")',
      ReasonCodeDescription: of('ReasonCodes', 'ID', 'ReasonCodeID')('Description'),
    },
    navigations: numbers('StockCountLine'),
  },
  'Inventory/ProcessStockCount': { table: 'ProcessedStockCounts' },
  'Inventory/WarehouseTransfers': {
    table: 'WarehouseTransfers',
    columns: { ...transferWarehouse('From'), ...transferWarehouse('To') },
    navigations: {
      WarehouseTransferLines: {
        ...{ entity: 'Inventory/WarehouseTransferLines', foreign: 'TransferID' },
        local: 'TransferID',
      },
    },
  },
  'Inventory/WarehouseTransferLines': {
    table: 'WarehouseTransferLines',
    columns: {
      ...{ ...transferPlace('From'), ...transferPlace('To') },
      ...{ UnitCode: itemOf('Unit'), UnitDescription: unitName },
    },
    navigations: numbers('WarehouseTransferLine'),
  },
  'Inventory/ProcessWarehouseTransfer': { table: 'WarehouseTransfers' },
  'SalesOrder/GoodsDeliveries': deliveries,
  'SalesOrder/GoodsDeliveryLines': deliveryLines,
  'Sync/SalesOrder/GoodsDeliveries': { table: 'GoodsDeliveries', columns: deliveryHeader },
  'Sync/SalesOrder/GoodsDeliveryLines': deliveryLines,
  'Bulk/SalesOrder/GoodsDeliveries': deliveries,
  'Bulk/SalesOrder/GoodsDeliveryLines': { ...deliveryLines, selectRequired: true },
};

export const documentTables: Record<string, Table> = {
  PurchaseReturns: { entity: 'PurchaseOrder/PurchaseReturns', key: 'ID', indexes: ['Created'] },
  PurchaseReturnLines: {
    ...{ entity: 'PurchaseOrder/PurchaseReturnLines', key: 'ID' },
    indexes: ['EntryID', 'GoodsReceiptLineID'],
  },
  DropShipments: { entity: 'SalesOrder/DropShipments', key: 'EntryID', indexes: ['Created'] },
  DropShipmentLines: {
    ...{ entity: 'SalesOrder/DropShipmentLines', key: 'ID', indexes: ['EntryID'] },
  },
  PlannedSalesReturns: {
    ...{ entity: 'SalesOrder/PlannedSalesReturns', key: 'PlannedSalesReturnID' },
    indexes: ['Created'],
  },
  PlannedSalesReturnLines: {
    ...{ entity: 'SalesOrder/PlannedSalesReturnLines', key: 'ID' },
    indexes: ['PlannedSalesReturnID', 'GoodDeliveryLineID'],
  },
  CompletedSalesOrders: { entity: 'SalesOrder/CompleteSalesOrder', key: 'OrderID' },
  CompletedSalesOrderLines: { entity: 'SalesOrder/CompleteSalesOrderLine', key: 'ID' },
  PrintedSalesOrders: { entity: 'SalesOrder/PrintedSalesOrders', key: 'OrderId' },
  StockCounts: {
    ...{ entity: 'Inventory/StockCounts', key: 'StockCountID', indexes: ['Created'] },
  },
  StockCountLines: {
    ...{ entity: 'Inventory/StockCountLines', key: 'ID', indexes: ['StockCountID', 'Item'] },
    keeps: ['QuantityNew', 'QuantityDifference'],
  },
  ProcessedStockCounts: { entity: 'Inventory/ProcessStockCount', key: 'StockCountID' },
  WarehouseTransfers: {
    ...{ entity: 'Inventory/WarehouseTransfers', key: 'TransferID', indexes: ['Created'] },
  },
  WarehouseTransferLines: {
    ...{ entity: 'Inventory/WarehouseTransferLines', key: 'ID', indexes: ['TransferID', 'Item'] },
  },
  GoodsDeliveries: {
    ...{ entity: 'SalesOrder/GoodsDeliveries', key: 'EntryID', deletedType: 16 },
    indexes: ['Created', 'DeliveryNumber'],
  },
  GoodsDeliveryLines: {
    ...{ entity: 'SalesOrder/GoodsDeliveryLines', key: 'ID', deletedType: 17 },
    keeps: ['QuantityDelivered', 'StorageLocation'],
    indexes: ['EntryID', 'SalesOrderLineID'],
  },
};
