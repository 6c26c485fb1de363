/*
 * Sources of what production is planned with: bills of material, operations and work centres, the
 * hours worked, and assembly orders. The three `read/…` lists are other looks at the same rows.
 */
import { linked, routingStep, unitOf } from './sources-manufacturing.ts';
import type { Source } from './sources.ts';

const user = (fk: string): string => linked('Users', fk, 'FullName', 'UserID');

const version: Record<string, string> = {
  StatusDescription: `CASE t."Status" WHEN 10 THEN 'Change pending' WHEN 20 THEN 'Approved'
    WHEN 30 THEN 'Active' WHEN 40 THEN 'Historic' END`,
  TypeDescription: `CASE t."Type" WHEN 10 THEN 'Sales bill of material'
    WHEN 20 THEN 'Recipe' END`,
};

/** A field of the version a line of a bill of material belongs to. */
const ofVersion = (column: string): string =>
  linked('BillOfMaterialVersions', 'ItemVersion', column);

const quantityBatch = `t."Quantity" * ${ofVersion('BatchQuantity')}`;

const material: Record<string, string> = {
  AverageCost: linked('Items', 'PartItem', 'AverageCost'),
  CostBatch: `${quantityBatch} * ${linked('Items', 'PartItem', 'CostPriceStandard')}`,
  CostCenterDescription: 'NULL',
  CostUnitDescription: 'NULL',
  CreatorFullName: user('syscreator'),
  NetWeightUnit: linked('Items', 'PartItem', 'NetWeightUnit'),
  PartItemAverageCost: linked('Items', 'PartItem', 'AverageCost'),
  PartItemCode: linked('Items', 'PartItem', 'Code'),
  PartItemCostPriceStandard: linked('Items', 'PartItem', 'CostPriceStandard'),
  PartItemDescription: linked('Items', 'PartItem', 'Description'),
  QuantityBatch: quantityBatch,
};

const ofResource = (column: string): string =>
  linked('OperationResources', 'OperationResource', column);

const routing: Record<string, string> = {
  Account: ofResource('Account'),
  CreatorFullName: user('CreatedBy'),
  Currency: ofResource('Currency'),
  Item: ofVersion('Item'),
  ModifierFullName: user('ModifiedBy'),
  PurchaseUnitQuantity: '1 / t."PurchaseUnitFactor"',
  ResourceDescription: `(SELECT w."Description" FROM "OperationResources" x
    JOIN "Workcenters" w ON w."ID" = x."Workcenter" WHERE x."ID" = t."OperationResource")`,
  SetupUnit: ofResource('SetupUnit'),
  Workcenter: ofResource('Workcenter'),
};

const code = (fk: string, table: string): Record<string, string> => ({
  [`${fk}Code`]: linked(table, fk, 'Code'),
  [`${fk}Description`]: linked(table, fk, 'Description'),
});

/** A field of the routing step plan on which somebody works. */
const step = (column: string): string =>
  linked('ShopOrderRoutingStepPlans', 'ShopOrderRoutingStepPlan', column);

const through = (table: string, column: string, key: string): string =>
  `(SELECT x."${column}" FROM "${table}" x WHERE x."ID" = ${key})`;

const stepOrder = (column: string): string => through('ShopOrders', column, step('ShopOrder'));
const stepItem = (column: string): string => through('Items', column, stepOrder('Item'));

const timed: Record<string, string> = {
  ...code('Workcenter', 'Workcenters'),
  EmployeeFullName: user('Employee'),
  Operation: step('Operation'),
  OperationCode: through('Operations', 'Code', step('Operation')),
  OperationDescription: through('Operations', 'Description', step('Operation')),
  ProductionAreaCode: linked('ProductionAreas', 'ProductionArea', 'Code'),
  ProductionAreaDescription: linked('ProductionAreas', 'ProductionArea', 'Description'),
  ShopOrder: step('ShopOrder'),
  ShopOrderDescription: stepOrder('Description'),
  ShopOrderNumber: stepOrder('ShopOrderNumber'),
  ShopOrderRoutingStepPlanDescription: step('Description'),
};

/** What the data collection lists add to a timed transaction. */
const collected: Record<string, string> = {
  ...timed,
  CustomerCount: '0',
  DataType: '0',
  IsFractionAllowedItem: stepItem('IsFractionAllowedItem'),
  Item: stepOrder('Item'),
  ItemCode: stepItem('Code'),
  ItemPictureUrl: stepItem('PictureUrl'),
  ItemUnit: stepItem('Unit'),
  SalesOrderCount: '0',
  ShopOrderPlannedQuantity: stepOrder('PlannedQuantity'),
  ShopOrderRoutingStepPlanAttendedPercentage: step('AttendedPercentage'),
  Warehouse: stepOrder('Warehouse'),
};

const recent: Record<string, string> = {
  ...collected,
  Date: 't."StartTime"',
  HourStatus: `(SELECT h."Status" FROM "TimeTransactions" h
    WHERE h."TimedTimeTransaction" = t."ID" LIMIT 1)`,
};

const rank = (expression: string): string => `(row_number() OVER (ORDER BY ${expression}))`;

/** The running clock entry of a step: type 10 sets up, 20 runs (Exact KB, timed transactions). */
const running = (type: number, column: string): string =>
  `(SELECT c."${column}" FROM "TimedTimeTransactions" c
    WHERE c."ShopOrderRoutingStepPlan" = t."ID" AND c."Type" = ${type} AND c."EndTime" IS NULL
    LIMIT 1)`;

const finished = (type: number): string =>
  `(SELECT coalesce(max(c."IsOperationFinished"), 0) FROM "TimedTimeTransactions" c
    WHERE c."ShopOrderRoutingStepPlan" = t."ID" AND c."Type" = ${type})`;

const made = (column: string): string =>
  `(SELECT i."${column}" FROM "Items" i WHERE i."ID" = s."Item")`;

const priority = (column: string): string =>
  `(SELECT p."${column}" FROM "ShopOrderPriorities" p WHERE p."ShopOrder" = s."ID")`;

const availableToWork: Record<string, string> = {
  RoutingStep: 't."ID"',
  CustomerCount: '0',
  DataType: '0',
  DateAscendingOrder: rank('s."PlannedDate", t."ID"'),
  DateDescendingOrder: rank('s."PlannedDate" DESC, t."ID"'),
  IsFractionAllowedItem: made('IsFractionAllowedItem'),
  IsReleased: 's."IsReleased"',
  IsRunOperationFinished: finished(20),
  IsSetupOperationFinished: finished(10),
  Item: 's."Item"',
  ItemCode: made('Code'),
  ItemCodeAscendingOrder: rank(`${made('Code')}, t."ID"`),
  ItemCodeDescendingOrder: rank(`${made('Code')} DESC, t."ID"`),
  ItemDescription: made('Description'),
  ItemVersion: 's."ItemVersion"',
  ItemVersionNotes: `(SELECT v."Notes" FROM "BillOfMaterialVersions" v
    WHERE v."ID" = s."ItemVersion")`,
  Mode: priority('Mode'),
  OperationCode: routingStep['OperationCode'] ?? 'NULL',
  PlannedDate: 's."PlannedDate"',
  PlannedQuantity: 's."PlannedQuantity"',
  Priority: priority('Priority'),
  PriorityDescendingOrder: rank(`${priority('Priority')} DESC, t."ID"`),
  Project: 's."Project"',
  QuantityCompleted: `(SELECT coalesce(sum(c."ProducedQuantity"), 0)
    FROM "TimedTimeTransactions" c WHERE c."ShopOrderRoutingStepPlan" = t."ID")`,
  RoutingStepDescription: 't."Description"',
  RoutingStepStatus: 't."Status"',
  RoutingStepStatusDescription: routingStep['StatusDescription'] ?? 'NULL',
  RunStartTime: running(20, 'StartTime'),
  RunStatus: running(20, 'Status'),
  RunTimedTimeTransaction: running(20, 'ID'),
  SalesOrderCount: '0',
  SetupStartTime: running(10, 'StartTime'),
  SetupStatus: running(10, 'Status'),
  SetupTimedTimeTransaction: running(10, 'ID'),
  ShopOrderDescription: 's."Description"',
  ShopOrderNumber: 's."ShopOrderNumber"',
  ShopOrderNumberAscendingOrder: rank('s."ShopOrderNumber", t."ID"'),
  ShopOrderNumberDescendingOrder: rank('s."ShopOrderNumber" DESC, t."ID"'),
  ShopOrderStatus: 's."Status"',
  Unit: made('Unit'),
  Warehouse: 's."Warehouse"',
  WorkcenterCode: linked('Workcenters', 'Workcenter', 'Code'),
};

const unitRow = `(SELECT u."ID" FROM "Items" x
  JOIN "Units" u ON u."Code" = x."Unit" WHERE x."ID" = t."Item")`;

/** On assembly orders `Unit` is the guid of the unit, elsewhere it is the unit's code. */
const assemblyOrder: Record<string, string> = {
  Unit: unitRow,
  UnitCode: linked('Items', 'Item', 'Unit'),
  UnitDescription: unitOf('Item')['UnitDescription'] ?? 'NULL',
};

const assemblyHeader: Record<string, string> = {
  Code: linked('Items', 'ID', 'Code'),
  CostPrice: linked('Items', 'ID', 'CostPriceStandard'),
  Description: linked('Items', 'ID', 'Description'),
};

const ofHeader = (column: string): string =>
  linked('AssemblyBillOfMaterialHeader', 'AssembledItem', column);

const assemblyMaterial: Record<string, string> = {
  ...code('AssembledItem', 'Items'),
  ...code('PartItem', 'Items'),
  AssembledLeadDays: ofHeader('AssembledLeadDays'),
  BatchQuantity: ofHeader('BatchQuantity'),
  QuantityBatch: `t."Quantity" * ${ofHeader('BatchQuantity')}`,
  UseExplosion: ofHeader('UseExplosion'),
};

const partsBy = (local: string) => ({
  ...{ entity: 'Inventory/AssemblyBillOfMaterialMaterials', foreign: 'AssembledItem', local },
});

const settings: Record<string, string> = {
  NegativeStockIsAllowed: `coalesce((SELECT n.value = 'true' FROM sim_setting n
    WHERE n.name = 'negativeStockAllowed'), 0)`,
};

export const productionSources: Record<string, Source> = {
  'Manufacturing/BillOfMaterialVersions': { table: 'BillOfMaterialVersions', columns: version },
  'Sync/Manufacturing/BillOfMaterialVersions': {
    ...{ table: 'BillOfMaterialVersions', columns: version },
  },
  'Manufacturing/BillOfMaterialMaterials': { table: 'BillOfMaterialMaterials', columns: material },
  'Sync/Manufacturing/BillOfMaterialMaterials': {
    ...{ table: 'BillOfMaterialMaterials', columns: material },
  },
  'Manufacturing/BillOfMaterialRoutings': { table: 'BillOfMaterialRoutings', columns: routing },
  'Manufacturing/Operations': { table: 'Operations' },
  'Manufacturing/OperationResources': {
    table: 'OperationResources',
    columns: {
      OperationDescription: linked('Operations', 'Operation', 'Description'),
      WorkcenterDescription: linked('Workcenters', 'Workcenter', 'Description'),
    },
  },
  'Manufacturing/Workcenters': { table: 'Workcenters' },
  'Manufacturing/ProductionAreas': { table: 'ProductionAreas' },
  'Manufacturing/TimeTransactions': { table: 'TimeTransactions' },
  'Manufacturing/TimedTimeTransactions': { table: 'TimedTimeTransactions', columns: timed },
  'Manufacturing/StartedTimedTimeTransactions': {
    ...{ table: 'TimedTimeTransactions', tail: 'WHERE t."EndTime" IS NULL', columns: collected },
  },
  'Manufacturing/RecentTimeTransactions': {
    ...{ table: 'TimedTimeTransactions', tail: 'WHERE t."EndTime" IS NOT NULL', columns: recent },
  },
  'Manufacturing/ShopOrderRoutingStepPlansAvailableToWork': {
    table: 'ShopOrderRoutingStepPlans',
    tail: `JOIN "ShopOrders" s ON s."ID" = t."ShopOrder"
      WHERE s."IsReleased" = 1 AND s."IsOnHold" = 0 AND s."Status" < 30 AND t."Status" < 30`,
    columns: availableToWork,
  },
  'Manufacturing/ManufacturingSettings': { table: 'ManufacturingSettings', columns: settings },
  'Inventory/AssemblyOrders': {
    table: 'AssemblyOrders',
    columns: assemblyOrder,
    navigations: { PartItems: partsBy('Item') },
  },
  'Inventory/FinishAssemblyOrder': { table: 'FinishedAssemblyOrders' },
  'Inventory/AssemblyBillOfMaterialHeader': {
    table: 'AssemblyBillOfMaterialHeader',
    columns: assemblyHeader,
    navigations: { AssemblyBillOfMaterialMaterials: partsBy('ID') },
  },
  'Inventory/AssemblyBillOfMaterialMaterials': {
    ...{ table: 'AssemblyBillOfMaterialMaterials', columns: assemblyMaterial },
  },
};
