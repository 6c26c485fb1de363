/*
 * Sources of stock: positions per warehouse and per location, batch and serial master rows, and
 * their movements. Masters and movements are one table each; the batch and serial endpoints are
 * two looks at it, as the combined sync endpoints of Exact show.
 */
import type { Source } from './sources.ts';

const projected = 't."CurrentStock" + t."PlanningIn" - t."PlanningOut"';

const itemOf = (column: string): string =>
  `(SELECT x."${column}" FROM "Items" x WHERE x."ID" = t."ItemId")`;

const positions: Record<string, string> = {
  ItemCode: itemOf('Code'),
  ItemDescription: itemOf('Description'),
  UnitCode: itemOf('Unit'),
  UnitDescription: `(SELECT u."Description" FROM "Items" x
    JOIN "Units" u ON u."Code" = x."Unit" WHERE x."ID" = t."ItemId")`,
  ProjectedStock: projected,
  FreeStock: 't."CurrentStock" - t."ReservedStock"',
};

const locationStock: Record<string, string> = {
  UnitCode: '(SELECT x."Unit" FROM "Items" x WHERE x."ID" = t."Item")',
  UnitDescription: `(SELECT u."Description" FROM "Items" x
    JOIN "Units" u ON u."Code" = x."Unit" WHERE x."ID" = t."Item")`,
};

const total = (column: string): string => `sum(t."${column}")`;

/** Everything the movements of a number add up to, drafts left out. */
const inStock = `(SELECT sum(m."Quantity") FROM "StockSerialBatchNumbers" m
  WHERE m."SerialBatchNumber" = t."ID" AND m."IsDraft" = 0)`;

/** Where a serial number stands now: the place of its last movement, when it is in stock. */
const lastPlace = (column: string): string => `(SELECT m."${column}"
  FROM "StockSerialBatchNumbers" m WHERE m."SerialBatchNumber" = t."ID" AND m."IsDraft" = 0
  AND ${inStock} > 0 ORDER BY m."_rowversion" DESC LIMIT 1)`;

const place = (table: string, column: string, key: string): string =>
  `(SELECT x."${column}" FROM "${table}" x WHERE x."ID" = ${lastPlace(key)})`;

const movement = (number: string, masterId: string): Record<string, string> => ({
  [number]: 'n."SerialBatchNumber"',
  [masterId]: 't."SerialBatchNumber"',
  DraftStockTransactionID: 't."DraftTransactionID"',
  EndDate: 'n."EndDate"',
  StartDate: 'n."StartDate"',
  IsBlocked: 'n."IsBlocked"',
});

const ofType = (type: number): string =>
  `JOIN "SerialBatchNumbers" n ON n."ID" = t."SerialBatchNumber" WHERE n."Type" = ${type}`;

export const SERIAL = 1;
export const BATCH = 2;

/** How much of a batch each warehouse or location holds, from its movements. */
function batchPlace(field: string, table: string): Source {
  const ofPlace = (column: string): string =>
    `(SELECT x."${column}" FROM "${table}" x WHERE x."ID" = t."${field}")`;
  return {
    table: 'StockSerialBatchNumbers',
    tail: `${ofType(BATCH)} AND t."IsDraft" = 0 AND t."${field}" IS NOT NULL
      GROUP BY t."_division", t."SerialBatchNumber", t."${field}" HAVING ${total('Quantity')} <> 0`,
    columns: {
      ...{ ID: 'min(t."ID")', BatchNumberID: 't."SerialBatchNumber"' },
      ...{ Code: ofPlace('Code'), Description: ofPlace('Description') },
      AvailableQuantity: total('Quantity'),
    },
  };
}

export const stockSources: Record<string, Source> = {
  'Sync/Inventory/StockPositions': { table: 'StockPositions', columns: positions },
  'Read/Logistics/StockPosition': {
    table: 'StockPositions',
    tail: 'GROUP BY t."_division", t."ItemId"',
    columns: {
      InStock: total('CurrentStock'),
      PlanningIn: total('PlanningIn'),
      PlanningOut: total('PlanningOut'),
      ReservedStock: total('ReservedStock'),
      ProjectedStock: `sum(${projected})`,
      FreeStock: 'sum(t."CurrentStock" - t."ReservedStock")',
    },
  },
  'Sync/Inventory/StorageLocationStockPositions': {
    table: 'LocationStock',
    columns: locationStock,
  },
  'Inventory/ItemWarehouseStorageLocations': { table: 'LocationStock' },
  'Sync/Inventory/SerialBatchNumbers': { table: 'SerialBatchNumbers' },
  'Inventory/BatchNumbers': {
    table: 'SerialBatchNumbers',
    tail: `WHERE t."Type" = ${BATCH}`,
    selectRequired: true,
    columns: {
      BatchNumber: 't."SerialBatchNumber"',
      ExpiryDate: 't."EndDate"',
      // Exact shows null for a batch without stock (Exact KB, batch numbers).
      AvailableQuantity: `nullif(${inStock}, 0)`,
    },
    navigations: {
      StorageLocations: {
        entity: 'Inventory/BatchNumberStorageLocations',
        ...{ foreign: 'BatchNumberID', local: 'ID' },
      },
      Warehouses: {
        ...{ entity: 'Inventory/BatchNumberWarehouses', foreign: 'BatchNumberID', local: 'ID' },
      },
    },
  },
  'Inventory/BatchNumberWarehouses': batchPlace('Warehouse', 'Warehouses'),
  'Inventory/BatchNumberStorageLocations': batchPlace('StorageLocation', 'StorageLocations'),
  'Inventory/SerialNumbers': {
    table: 'SerialBatchNumbers',
    tail: `WHERE t."Type" = ${SERIAL}`,
    columns: {
      SerialNumber: 't."SerialBatchNumber"',
      Available: `(coalesce(${inStock}, 0) > 0)`,
      Warehouse: lastPlace('Warehouse'),
      WarehouseCode: place('Warehouses', 'Code', 'Warehouse'),
      WarehouseDescription: place('Warehouses', 'Description', 'Warehouse'),
      StorageLocation: lastPlace('StorageLocation'),
      StorageLocationCode: place('StorageLocations', 'Code', 'StorageLocation'),
      StorageLocationDescription: place('StorageLocations', 'Description', 'StorageLocation'),
    },
  },
  'Sync/Inventory/StockSerialBatchNumbers': { table: 'StockSerialBatchNumbers' },
  'Inventory/StockBatchNumbers': {
    table: 'StockSerialBatchNumbers',
    tail: ofType(BATCH),
    columns: movement('BatchNumber', 'BatchNumberID'),
  },
  'Inventory/StockSerialNumbers': {
    table: 'StockSerialBatchNumbers',
    tail: ofType(SERIAL),
    columns: movement('SerialNumber', 'SerialNumberID'),
  },
};
