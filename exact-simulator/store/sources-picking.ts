/*
 * Sources of digital order picking (Exact KB, sales): pick orders, their lines and the places to
 * pick from. They are confirmed in Exact's own app, so the API only reads them.
 */
import type { Source, Table } from './sources.ts';

const order = (column: string): string =>
  `(SELECT x."${column}" FROM "SalesOrderLines" x WHERE x."ID" = t."SalesOrderLineID")`;

const item = (column: string): string =>
  `(SELECT x."${column}" FROM "Items" x WHERE x."ID" = t."Item")`;

const lines: Record<string, string> = {
  SalesOrderNumber: order('OrderNumber'),
  ItemUnitcode: item('Unit'),
  ItemBarcodeAdditional: `(SELECT s."Barcode" FROM "SalesItemPrices" s
    WHERE s."Item" = t."Item" AND s."Barcode" IS NOT NULL ORDER BY s."Barcode" LIMIT 1)`,
  IsAssembledItem: item('UseExplosion'),
};

const total = (what: string): string => `(SELECT ${what} FROM "PickOrderLines" l
  JOIN "SalesOrderLines" s ON s."ID" = l."SalesOrderLineID" WHERE l."EntryID" = t."EntryID")`;

export const pickingSources: Record<string, Source> = {
  'SalesOrder/DigitalOrderPickings': {
    ...{ table: 'PickOrders', noSkip: true },
    columns: {
      SalesOrderCount: total('count(DISTINCT s."OrderID")'),
      SalesOrderNumber: total('min(s."OrderNumber")'),
    },
    navigations: {
      DigitalOrderPickingLines: {
        ...{ entity: 'SalesOrder/DigitalOrderPickingLines', foreign: 'EntryID', local: 'EntryID' },
      },
    },
  },
  'SalesOrder/DigitalOrderPickingLines': {
    ...{ table: 'PickOrderLines', columns: lines, noSkip: true },
    navigations: {
      PickingLocations: {
        entity: 'SalesOrder/DigitalOrderPickingLocations',
        ...{ foreign: 'PickOrderLineID', local: 'ID' },
      },
      BatchNumbers: {
        ...{ entity: 'Inventory/StockBatchNumbers', foreign: 'PickOrderLine', local: 'ID' },
      },
      SerialNumbers: {
        ...{ entity: 'Inventory/StockSerialNumbers', foreign: 'PickOrderLine', local: 'ID' },
      },
    },
  },
  'SalesOrder/DigitalOrderPickingLocations': {
    ...{ table: 'PickLocations', noSkip: true },
    columns: {
      PickSequence: `(SELECT x."PickSequence" FROM "StorageLocations" x
        WHERE x."ID" = t."StorageLocation")`,
    },
  },
};

export const pickingTables: Record<string, Table> = {
  PickOrders: { entity: 'SalesOrder/DigitalOrderPickings', key: 'EntryID' },
  PickOrderLines: {
    ...{ entity: 'SalesOrder/DigitalOrderPickingLines', key: 'ID', indexes: ['EntryID'] },
  },
  PickLocations: {
    ...{ entity: 'SalesOrder/DigitalOrderPickingLocations', key: 'ID' },
    indexes: ['PickOrderLineID'],
  },
};
